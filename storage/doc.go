// Package storage remembers: reps, prospects with their whole lives, what was
// changed by whom (and how to take it back), and the messages that are still
// to be sent. It owns all SQL, transactions, claims and backups, for SQLite
// and PostgreSQL alike, behind one concrete [Store].
//
// It may import coach, database/sql, the two drivers and goose; never bot,
// templates, slack-go or a logger. It decides nothing: it takes facts from
// coach and gives them back unchanged.
//
// One SQL text serves both engines: $1 placeholders, ON CONFLICT, RETURNING,
// instants as BIGINT Unix milliseconds, local days as TEXT YYYY-MM-DD. Only
// dialect.go asks which engine it is; the tables differ and live in one
// migration folder per engine.
//
// Start reading at [Open], then [Store.Change]: everything a person changes
// goes through it, in one transaction, once per click, with undo. The second
// way in is outbox.go, where unasked messages wait and the rules are written
// that let each be posted once.
package storage
