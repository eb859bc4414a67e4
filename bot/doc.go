// Package bot listens to Slack and acts. It owns Slack's wire, the order of
// effects, retries and pacing; it decides nothing about selling (package
// coach) and draws nothing (package view). It may import coach, templates,
// storage and view, and the libraries for Slack, websockets, cron, metrics and
// logging; never localslack, except in tests.
//
// The life of one event:
//
//  1. socket_link.go reads a frame on one of the open sockets (socket.go keeps
//     them open, socket_ack.go answers on them) and hands it to take
//     in dispatch.go, which returns at once.
//  2. delivery.go decodes it; a timer makes sure that Slack gets its
//     acknowledgement within two seconds, whatever happens after.
//  3. lanes.go puts the work behind the same person's other work.
//  4. access.go admits the person, or not; no handler runs before that.
//  5. routes.go, the table of contents, names the handler: a word, a button, a
//     form, a shortcut, an event.
//  6. The handler (one file per conversation) reads the store, asks coach, and
//     changes things in one storage.Change under the turn's key, so that the
//     same delivery twice changes nothing twice. It returns a Reply of view's.
//  7. answer.go brings the Reply to where the turn happened. Errors become
//     words here and nowhere else: a coach.Problem is a sentence for the
//     person, anything else a reference that leads to the log.
//     What must wait for Slack's pace does so in aside.go, outside its turn.
//     A message is always redrawn from the store (seen.go); a window carries
//     the message it was opened from (origin.go), so that a form redraws it.
//
// What nobody asked for goes another way: tick.go compares what is stored with
// the clock and queues rows; outbox.go sends them in their order, built at that
// moment by notices.go, nudge.go and weekly.go, at the pace of pace.go; heal.go
// settles those of which nobody can tell whether they arrived.
//
// To add a command: a file with its handler, func (b *Bot) word(ctx, Command)
// (Reply, error), a view of the same stem in bot/view, and a line in routes.go.
// Help and manifest follow from that line.
package bot
