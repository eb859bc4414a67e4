//go:build race

package bot

// underRace shortens what takes ten times as long with the race detector.
const underRace = true
