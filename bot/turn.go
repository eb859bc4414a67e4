package bot

import (
	"context"
	"time"

	"github.com/slack-go/slack"

	"github.com/prospectcoach/prospectcoach/bot/view"
	"github.com/prospectcoach/prospectcoach/coach"
	"github.com/prospectcoach/prospectcoach/storage"
)

// Turn is one thing one person did, as every handler sees it. The dispatcher
// has checked that this person may use the bot before it makes one.
type Turn struct {
	Rep     storage.RepRow // who; a row exists in the store
	Manager bool
	Now     time.Time // in the rep's zone
	Key     string    // for storage.Change: the same envelope twice has the same key
	Slash   string    // the app's command as typed, "/prospect"; in texts that name a command

	Channel  string // conversation the turn happened in, "" in windows and the Home
	InDM     bool   // that conversation is the bot's own DM with the rep
	ThreadTS string // thread it happened in, "" outside threads
	Trigger  string // trigger_id: opens one window, within 3 s; "" in DM texts

	origin origin // the message it began in, also behind a window
	row    int    // of a nudge: where the clicked prospect stood, so that a question stands there
	press  *press // of a click, nil for all else
}

// press is the life that a click's handler saw when it decided, by prospect
// and stamp: the click counts for the life as it was then, and for no later one.
type press struct {
	id    int64
	stamp string
}

// sees notes the life the handler decides on, or that it has just changed.
func (p *press) sees(life *coach.Prospect) {
	if p != nil {
		p.id, p.stamp = life.ID, view.Stamp(life)
	}
}

// overtaken tells whether another press changed the life since. A life that
// the handler did not look at before counts as it was at opened.
func (p *press) overtaken(now, opened *coach.Prospect) bool {
	switch {
	case p == nil:
		return false
	case p.id == now.ID:
		return view.Stamp(now) != p.stamp
	}
	return view.Stamp(now) != view.Stamp(opened)
}

// Command is a slash command, or the same words in the bot's DM.
type Command struct {
	Turn
	Word  string       // canonical word of the route, "" for none
	Text  string       // what follows the word, cleaned
	Whole string       // the whole line, cleaned (Word included as typed)
	TS    string       // of the DM message, "" for a slash command
	Files []slack.File // dropped into the DM
}

// Click is a button, a choice or a date picked in a message, a window or the
// Home.
type Click struct {
	Turn
	Action  string // action id as routed: what stands before the first ":"
	Tail    string // what stands after it, "" without one
	Value   string // the button's value, or what was chosen: option, date, user, channel
	Values  []string
	Message Shown   // the message that holds the button; never redrawn from
	Window  *Window // the window it was clicked in, nil elsewhere
	InHome  bool
}

// Form is a submitted window.
type Form struct {
	Turn
	Window
}

// Window is a modal as it stood when something happened in it.
type Window struct {
	ID       string
	Callback string
	Meta     string // private_metadata
	Hash     string
	State    map[string]map[string]slack.BlockAction // block id, action id
}

// Shown is a message in Slack. Its blocks are not kept: a single kind of block
// that the library does not know must not cost the click.
type Shown struct {
	TS, ThreadTS string
	Text         string
	User, BotID  string
}

// Shortcut is an entry of Slack's own menus, global or on a message.
type Shortcut struct {
	Turn
	Callback string
	Message  Shown // of a message shortcut
}

// Event is something that happened in the workspace.
type Event struct {
	Turn
	Type string
	Raw  []byte // the inner event
}

// Reply is what a handler wants to be seen. The zero Reply shows nothing. What
// is possible depends on the turn: Message goes with everything, the windows
// only where the turn carries a trigger or is a form.
type Reply struct {
	view.Message

	// Replace redraws the clicked message instead of answering beside it. It
	// falls back to an answer when there is no message to redraw.
	Replace bool
	// ToDM posts Message into the rep's DM, wherever the turn happened.
	ToDM bool

	// Behind redraws the message that the window was opened from (forms and
	// clicks in windows), or the clicked one when Message is an answer beside it.
	Behind view.Message

	// Open opens a window (commands, clicks, shortcuts); from within a window
	// it is put on top.
	Open *slack.ModalViewRequest
	// Later makes what the opened window shows in the end, where that takes
	// longer than Slack lets a window be opened after the click.
	Later func(ctx context.Context) (*slack.ModalViewRequest, error)
	// Update redraws the window the turn came from (forms and clicks in it).
	Update *slack.ModalViewRequest
	// Errors keep the submitted window open: block id of an input to a sentence.
	Errors map[string]string

	// Also are further messages, after Message, in the same place.
	Also []view.Message
	// Follow is later work that nobody waits for, such as an import; what it
	// answers is posted like an answer to the same turn, but never ephemeral.
	Follow func(ctx context.Context) (Reply, error)

	said string // of a refusal or a failure: the words without markup
}

// saying is a reply of one paragraph in which people's text may stand.
func saying(text string) Reply { return Reply{Message: view.Words(text), said: text} }

// Say is a reply of our own words alone.
func Say(text string) Reply { return Reply{Message: view.Say(text)} }

// Show is a reply with a drawn message.
func Show(m view.Message) Reply { return Reply{Message: m} }

// Redraw replaces the clicked message.
func Redraw(m view.Message) Reply { return Reply{Message: m, Replace: true} }
