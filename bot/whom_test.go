package bot

import (
	"fmt"
	"strings"
	"testing"

	"github.com/prospectcoach/prospectcoach/bot/view"
)

// A draft that greets somebody is for them, unless several are called so.
func TestADraftIsForWhomItGreets(t *testing.T) {
	t.Parallel()
	k := newTalk(t, monday(t, 10, 0))
	k.types("add Bob Ray, Beta email:bob@beta.test")
	k.types("add Henrik Vos, Port email:vos@port.test")
	k.types("add Henrika Holm, Quay email:holm@quay.test")
	turn := Turn{Rep: k.row(), Now: k.w.now()}
	for text, want := range map[string]int64{
		"Hi Henrik, who checks the bills?": 2, "Dear Mr Vos: who checks them?": 2, "Subject: the new yard\n\nHello Bob, who checks?": 1, "henrik – one thing": 2,
		"": 0, "Hi,": 0, "Henrikas, hello": 0, "Who checks the bills of Henrik?": 0,
	} {
		w, id, err := k.w.bot.whom(t.Context(), turn, text)
		if err != nil || id != want || len(w.Lines) != 3 || w.More || want != 0 && w.Lines[0].ID != want {
			t.Errorf("%q is for %d of %+v (%v), want %d", text, id, w.Lines, err, want)
		}
	}
	k.types("add Henrik Aas, Fjord email:aas@fjord.test")
	if _, id, err := k.w.bot.whom(t.Context(), turn, "Hi Henrik, who checks the bills?"); id != 0 || err != nil {
		t.Errorf("of two Henriks it is %d (%v)", id, err)
	}
	k.got(k.p.Say("", "Hi Bob, your new yard opened in January with three more carriers. Who checks what they charge there now?")).presses("For Bob Ray, Beta").sees("email to Bob Ray, Beta")
}

// Of more people than a choice can hold, the rest can be written; the error of
// a written one stands where it was written.
func TestAFormOfManyTakesAName(t *testing.T) {
	t.Parallel()
	k := newTalk(t, monday(t, 10, 0))
	for i := range mostOffered + 1 {
		k.types(fmt.Sprintf("add Person%d Nr, Firm%d", i, i))
	}
	k.types("log")
	k.got(k.p.Fill("channel", "Email")).got(k.p.Submit())
	if say := k.last.Errors["prospect"]; !strings.Contains(say, "Choose whom") {
		t.Errorf("nobody chosen: %q", k.last.Errors)
	}
	k.got(k.p.Fill("other", "nobody")).got(k.p.Submit())
	if say := k.last.Errors["other"]; !strings.Contains(say, "None of your prospects") {
		t.Errorf("nobody of that name: %q", k.last.Errors)
	}
	k.got(k.p.Fill("other", fmt.Sprintf("Person%d", mostOffered))).got(k.p.Submit()).sees("Logged: email to Person100")
	if view.Rests()[2].Said != "next week" {
		t.Error("the window of snooze chooses another day than the week to come")
	}
}
