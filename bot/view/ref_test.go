package view

import (
	"reflect"
	"testing"

	"github.com/slack-go/slack"

	"github.com/prospectcoach/prospectcoach/coach"
)

func TestTargetTravelsInAButton(t *testing.T) {
	t.Parallel()
	for _, want := range []Target{
		{ID: 12, Stamp: "3.0.1.active", Place: InSuggestion},
		{ID: 12, Stamp: "3.0.1.moved_on", Place: InNudge(today), Rest: "email homework homework/email/1 f3,n2"},
		{ID: 7, Stamp: "-", Place: InCard, Rest: "no budget this year"},
	} {
		got, ok := ParseTarget(want.String())
		if !ok || got != want {
			t.Errorf("%q: %+v %v", want.String(), got, ok)
		}
	}
	for _, bad := range []string{"", "x", "12", "12 3", "-4 s c", "0 s c", "banana s c"} {
		if got, ok := ParseTarget(bad); ok {
			t.Errorf("%q read as %+v", bad, got)
		}
	}
	if d := InNudge(today).NudgeDay(); d != today {
		t.Errorf("the nudge's day: %s", d)
	}
	if InCard.NudgeDay() != 0 || Place("nbanana").NudgeDay() != 0 {
		t.Error("only a nudge has a day")
	}
}

func TestStampChangesWithTheLife(t *testing.T) {
	t.Parallel()
	p := jane()
	before := Stamp(p)
	p.Touches = append(p.Touches, coach.Touch{})
	logged := Stamp(p)
	p.State = coach.Snoozed
	if before == logged || logged == Stamp(p) {
		t.Errorf("%s %s %s", before, logged, Stamp(p))
	}
}

func TestLoggedTravelsInAButton(t *testing.T) {
	t.Parallel()
	for _, s := range []coach.Suggestion{
		{Channel: coach.Email, Angle: coach.Homework, Variant: "homework/email/1", Uses: []coach.Ref{{ID: 3}, {Nugget: true, ID: 2}}},
		{Channel: coach.Call, Angle: coach.EitherWay, Variant: "either_way/call/2"},
		{Channel: coach.LinkedIn},
	} {
		want := Logged{s.Channel, s.Angle, s.Variant, s.Uses}
		if got, ok := ParseLogged(logged(&s)); !ok || !reflect.DeepEqual(got, want) {
			t.Errorf("%q: %+v %v", logged(&s), got, ok)
		}
	}
	for _, bad := range []string{"", "email", "email homework - fx"} {
		if got, ok := ParseLogged(bad); ok {
			t.Errorf("%q read as %+v", bad, got)
		}
	}
}

// What a form draws is what it reads: every field comes back as it was filled.
func TestFormsReadWhatTheyDraw(t *testing.T) {
	t.Parallel()
	for _, f := range []form{addForm, editForm, logForm, answerForm, checkForm, settingsForm} {
		values := map[string]string{}
		for _, fd := range f.fields {
			values[fd.id] = fd.id[:2]
			if len(fd.options) > 0 {
				values[fd.id] = fd.options[len(fd.options)-1].value
			}
		}
		f.title = "Title"
		if got := f.read(submitted(t, f.draw("", values))); !reflect.DeepEqual(got, values) {
			t.Errorf("%s: %v", f.callback, got)
		}
	}
	if when, _ := ReadSnooze(State{"pick": {"pick": {SelectedOption: slack.OptionBlockObject{Value: "3 days"}}}, "when": {"when": {Value: " fri "}}}); when != "fri" {
		t.Errorf("a written day goes first, got %q", when)
	}
}

// submitted is the state a window has when it is sent off as it was opened.
func submitted(t *testing.T, w *slack.ModalViewRequest) State {
	t.Helper()
	s := State{}
	for _, b := range w.Blocks.BlockSet {
		in, ok := b.(*slack.InputBlock)
		if !ok {
			continue
		}
		var a slack.BlockAction
		switch e := in.Element.(type) {
		case *slack.PlainTextInputBlockElement:
			a.Value = e.InitialValue
		case *slack.SelectBlockElement:
			if e.InitialOption != nil {
				a.SelectedOption = *e.InitialOption
			}
		case *slack.CheckboxGroupsBlockElement:
			for _, o := range e.InitialOptions {
				a.SelectedOptions = append(a.SelectedOptions, *o)
			}
		case *slack.RadioButtonsBlockElement:
			if e.InitialOption != nil {
				a.SelectedOption = *e.InitialOption
			}
		default:
			t.Fatalf("unknown element %T", e)
		}
		s[in.BlockID] = map[string]slack.BlockAction{in.BlockID: a}
	}
	return s
}

func TestDayIsSaidAsPeopleSayIt(t *testing.T) {
	t.Parallel()
	for d, want := range map[coach.Date]string{0: "no day", today: "today", today + 1: "tomorrow", today - 1: "yesterday", today + 6: "Mon 9 March", today + 400: "Wed 7 April 2027"} {
		if got := Day(d, today); got != want {
			t.Errorf("%s: %q, want %q", d, got, want)
		}
	}
}
