// Package view draws everything a person sees: pure functions from values to
// Block Kit. It owns every word, every id and every form of the product, and
// the reading of a submitted form stands under the form that drew it.
//
// It may import coach and slack-go's block types; never storage, a clock, or
// anything that does I/O.
//
// People's text is only ever put into plain_text and rich_text text elements,
// where nothing comes alive; in mrkdwn and in Message.Text it goes through
// [Escape]. Draw with the few functions of draw.go, which keep that and the
// limits of Block Kit.
//
// Start reading at [Message], then [Suggestion], the message reps see most.
package view
