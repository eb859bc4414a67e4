package view

import (
	"fmt"
	"strconv"
	"strings"

	"github.com/prospectcoach/prospectcoach/coach"
)

// Actions that many views share.
const (
	// ActionRun runs the button's value as a command line without the slash.
	ActionRun = "run"
	// ActionMore is an overflow menu; what was chosen is an action id, a
	// space and that action's value.
	ActionMore = "more"
	// ActionUndo takes back the change whose number is the value.
	ActionUndo = "undo"
	// ActionNext shows the suggestion, ActionShow the card, ActionPlan the
	// plan, ActionEdit the form of a prospect.
	ActionNext = "next"
	ActionShow = "show"
	ActionPlan = "plan"
	ActionEdit = "edit"
)

// Target is what a button is about: the prospect, how far its life was when
// the button was drawn, and the message the button stands in. It travels in
// the button's value.
type Target struct {
	ID    int64
	Stamp string // Stamp of the prospect when drawn
	Place Place
	Rest  string // what this action needs besides
}

// Place is the kind of message a button stands in, so that the click redraws
// that kind: "s" a suggestion, "c" a card, "t" what is due now, and "n" with
// a day the nudge of that day.
type Place string

// The places.
const (
	InSuggestion Place = "s"
	InCard       Place = "c"
	InToday      Place = "t"
	InDraft      Place = "d" // a checked draft
	inNudge      Place = "n"
)

// InNudge is the place of a nudge of that day.
func InNudge(day coach.Date) Place { return inNudge + Place(day.String()) }

// NudgeDay is the day of the nudge; 0 for other places.
func (p Place) NudgeDay() coach.Date {
	if !strings.HasPrefix(string(p), string(inNudge)) {
		return 0
	}
	d, err := coach.ParseDate(string(p[1:]))
	if err != nil {
		return 0
	}
	return d
}

// Stamp changes whenever something happened in the prospect's life that makes
// an old button mean something else.
func Stamp(p *coach.Prospect) string {
	return fmt.Sprintf("%d.%d.%d.%s", len(p.Touches), len(p.Skips), len(p.Campaigns), p.State)
}

func target(p *coach.Prospect, place Place, rest string) string {
	return Target{ID: p.ID, Stamp: Stamp(p), Place: place, Rest: rest}.String()
}

// String is the target as a button's value.
func (t Target) String() string {
	return strings.TrimSpace(fmt.Sprintf("%d %s %s %s", t.ID, t.Stamp, t.Place, t.Rest))
}

// ParseTarget reads a button's value; false for anything else.
func ParseTarget(value string) (Target, bool) {
	f := strings.SplitN(value, " ", 4)
	if len(f) < 3 {
		return Target{}, false
	}
	id, err := strconv.ParseInt(f[0], 10, 64)
	t := Target{ID: id, Stamp: f[1], Place: Place(f[2])}
	if len(f) == 4 {
		t.Rest = f[3]
	}
	return t, err == nil && id > 0 && t.Place.known()
}

func (p Place) known() bool {
	return p == InSuggestion || p == InCard || p == InToday || p == InDraft || p.NudgeDay() != 0
}

// CardOf reads the prospect's number from a block id of a message that is
// about one prospect ("card:12", "card:12:plan").
func CardOf(blockID string) (int64, bool) {
	rest, ok := strings.CutPrefix(blockID, "card:")
	if !ok {
		return 0, false
	}
	number, _, _ := strings.Cut(rest, ":")
	id, err := strconv.ParseInt(number, 10, 64)
	return id, err == nil && id > 0
}
