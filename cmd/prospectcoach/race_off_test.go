//go:build !race

package main

// underRace tells that the race detector watches, at several times the cost.
const underRace = false
