package view

import (
	"fmt"
	"strconv"
	"strings"

	"github.com/slack-go/slack"

	"github.com/prospectcoach/prospectcoach/coach"
)

// ActionForget erases the prospect whose number is the value; ":no" keeps it.
const ActionForget = "forget"

// ForgetAsk asks, once, whether a person is to be erased.
func ForgetAsk(p *coach.Prospect) Message {
	ask := fmt.Sprintf("Forget %s (%s)? Name, contacts, facts, texts and the gatekeeper are erased, and this cannot be undone. The counts stay, without a name.", Who(p), Num(p.ID))
	if p.NeverContact {
		ask += " The wish not to be contacted is kept, as a mark that cannot be read back."
	}
	id := strconv.FormatInt(p.ID, 10)
	b := words(ask)
	b.BlockID = "card:" + id + ":forget"
	return Message{Text: clipText(Escape(ask)), Blocks: []slack.Block{b, row("", []knob{
		button("Forget for good", ActionForget+":yes", id).danger(), button("Keep", ActionForget+":no", id),
	})}}
}

// Forgotten says what was done and, in one line, what is out of reach. It does
// not name the person any more.
func Forgotten(id int64) Message {
	done := fmt.Sprintf("Prospect %s is forgotten.", Num(id))
	reach := "I am taking my messages about them out of my DMs with you and your colleagues. I cannot reach what people typed themselves, answers that only one person could see, messages in channels, files, copies made elsewhere, and backups."
	return Message{Text: done + " " + reach, Blocks: []slack.Block{words(done), smallPlain(reach)}}
}

// ForgottenLeft is said when messages could not be deleted, or some DMs could
// not be looked through.
func ForgottenLeft(left, unread int) Message {
	var say []string
	if left > 0 {
		say = append(say, "could not delete "+count(left, "message", "messages"))
	}
	if unread > 0 {
		say = append(say, "could not look through "+count(unread, "of my DMs", "of my DMs"))
	}
	return Words("About the person you had me forget: I " + strings.Join(say, ", and ") + ". Please have a look, and delete by hand what you still find.")
}

// NeverAgain tells a rep that somebody they pursued asked a colleague not to
// be contacted (V5).
func NeverAgain(p *coach.Prospect) Message {
	return Words(fmt.Sprintf("%s (%s) asked not to be contacted. I have stopped your campaign, and nobody of the team will be nudged about them again.", Who(p), Num(p.ID)))
}
