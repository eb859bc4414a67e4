package view

import (
	"fmt"
	"strconv"
	"strings"

	"github.com/slack-go/slack"

	"github.com/prospectcoach/prospectcoach/coach"
)

// ActionJudge checks a draft again, for a channel or a prospect; with
// [JudgeLog] after the ":" it logs it. Its value is a [Drafted].
const (
	ActionJudge = "judge"
	JudgeLog    = "log"
)

// Drafted is a draft to be checked: where its text stands in the DM, so that
// it is read there again, or the text itself.
type Drafted struct {
	Channel    coach.Channel
	ID         int64  // of the prospect, 0 for nobody
	TS, Thread string // of the message; "" when Text holds the draft
	Text       string
}

// String is the draft as a button's value.
func (d Drafted) String() string {
	return strings.TrimSpace(fmt.Sprintf("%s %d %s %s %s", d.Channel, d.ID, dash(d.TS), dash(d.Thread), d.Text))
}

// ParseDrafted reads it back.
func ParseDrafted(value string) (Drafted, bool) {
	f := strings.SplitN(value, " ", 5)
	if len(f) < 4 {
		return Drafted{}, false
	}
	id, err := strconv.ParseInt(f[1], 10, 64)
	d := Drafted{Channel: coach.Channel(f[0]), ID: id, TS: strings.TrimSuffix(f[2], "-"), Thread: strings.TrimSuffix(f[3], "-")}
	if len(f) == 5 {
		d.Text = f[4]
	}
	return d, err == nil && id >= 0 && (d.TS != "" || d.Text != "")
}

// Long tells that the text is too much for a button, on whatever channel and
// to whomever it is.
func (d Drafted) Long() bool { return len(d.Text) > maxValue-100 }

// fits tells whether buttons can carry the draft: a cut one would be another.
func (d Drafted) fits() bool { return len(d.String()) <= maxValue }

// mostDue is how many prospects stand as buttons under a draft, mostListed how
// many in its menu.
const (
	mostDue    = 5
	mostListed = 100
)

// judgeRows are the ways on from a checked draft: whom it is for, on which
// channel, and with a prospect the log and another angle.
// In a window, where copying from a message is not at hand, the draft stays away.
func judgeRows(v CheckView, window bool) []slack.Block {
	d := v.Draft
	if !d.fits() {
		return nil
	}
	var rows []slack.Block
	if v.Prospect != nil {
		t := target(v.Prospect, InDraft, "")
		knobs := []knob{button("Log it", ActionJudge+":"+JudgeLog, d.String()).primary(), button("Another angle", ActionAngle, t)}
		if !window {
			knobs = append(knobs, button("Draft", ActionDraft, t))
		}
		rows = append(rows, row(fmt.Sprintf("card:%d:check", v.Prospect.ID), knobs))
	} else if len(v.Lines) > 0 {
		rows = append(rows, judgeWhom(v))
	}
	var channels []knob
	for _, c := range []coach.Channel{coach.Email, coach.LinkedIn, coach.Voicemail, coach.Text} {
		if c != v.Channel {
			as := d
			as.Channel = c
			channels = append(channels, button("Check as "+ChannelName(c), ActionJudge+":"+string(c), as.String()))
		}
	}
	return append(rows, row("", channels))
}

// judgeWhom offers the rep's own, the due ones first; a menu that can be typed
// into holds the rest.
func judgeWhom(v CheckView) slack.Block {
	var knobs []knob
	var all []option
	for i, l := range v.Lines[:min(len(v.Lines), mostListed)] {
		to := v.Draft
		to.ID = l.ID
		label := "For " + who(l.Name, l.Company)
		switch k := button(label, fmt.Sprintf("%s:to%d", ActionJudge, i), to.String()); {
		case i == 0 && v.Greeted:
			knobs = append(knobs, k.primary())
		case i < mostDue:
			knobs = append(knobs, k)
		}
		all = append(all, option{to.String(), Num(l.ID) + " " + who(l.Name, l.Company)})
	}
	b := row("", knobs).(*slack.ActionBlock)
	if len(v.Lines) > mostDue && v.Draft.Text == "" { // a menu's values are short
		b.Elements.ElementSet = append(b.Elements.ElementSet,
			slack.NewOptionsSelectBlockElement(slack.OptTypeStatic, plain("Somebody else", 150), ActionJudge+":whom", drawOptions(all)...))
	}
	return b
}
