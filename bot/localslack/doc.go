// Package localslack is a local Slack: the other end of the wire the bot talks
// over. It is to package bot what httptest is to net/http, and it also ships in
// the binary for the demo.
//
// It owns one state behind thin doors: the Web API (webapi.go), the Socket Mode
// link (socket.go, envelope.go), the people (person.go, person_view.go), the
// browser page (page.go), faults (faults.go) and limits (limits.go). The page
// and the tests use the same person verbs, so whatever the page can do a story
// can do, and the demo is tested by construction.
//
// It refuses what Slack refuses, with Slack's error codes and JSON pointers; an
// emulator that says yes to everything proves nothing. Each rule names the
// page of docs.slack.dev it follows.
//
// It may import the standard library and a websocket library, nothing else. It
// knows Slack and nothing of the bot: it decodes Slack's JSON itself, so that
// the two ends of the wire cannot share one mistake.
//
// Time comes in two kinds. What Slack dates (message ts, response_url lifetime,
// event times) follows the world's clock, Options.Now. What is a deadline of the
// wire (the 3 s to acknowledge, the 3 s of a trigger) follows real timers, which
// Faults can let expire at once.
//
// Start reading at state.go (what there is), then server.go (the doors), then
// person.go (what a person can do).
package localslack
