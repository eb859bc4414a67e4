// Package coach knows how to pursue a prospect who does not answer: when to
// touch next, on which channel, with which reason, and when it is time to move
// on. It is pure: facts in, advice out. It never reads a clock, a network, a
// file or a database, and it imports nothing beyond the standard library; what
// it needs from outside (public holidays, a stemmer, the drafts and tables that
// a team edits) is handed in as a [Playbook].
//
// The words are the field's own: rep, prospect, touch, attempt, campaign,
// situation, channel, angle, fact, nugget, gatekeeper, suggestion, verdict.
// Every rule has an id (C3, H2, A1, V6 …) that stands beside the code that
// keeps it and in the test that proves it.
//
// Start reading at [Case], which holds all that is known about one prospect at
// one moment, then [Case.Advise], which answers everything at once: what is
// due, what to say, how the plan goes on, and the verdict. The life of a
// prospect (log, reply, snooze, move on …) is changed in life.go, the life_*.go
// beside it and settle.go only, and [Case.Reindex] keeps its due day.
package coach
