// Package templates owns what a team edits: the drafts (angles), the cadence
// table, the rules that guess a level from a title, the word lists of the
// draft check, and the numbers the documentation marks as defaults. The
// built-in ones are embedded; a team's folder adds to them or replaces them,
// file by file and entry by entry.
//
// It imports coach and a YAML reader, never storage, the bot, a network or a
// clock. It answers with a complete *coach.Playbook in which everything has
// been checked, so that the rules never have to; what was wrong is said as a
// [Fault] by file, line and cell, and what was good stays in use (C2).
//
// Start reading at [Load]; each sort of file is one piece (pieces.go) with its
// own reader: drafts.go, cadence.go, titles.go, words.go, limits.go. [Live]
// reads a team's folder again when it changed.
package templates
