package bot

import (
	"testing"

	"github.com/prospectcoach/prospectcoach/coach"
)

// V9, C12: the commonest good answer, they are interested and we talk, is a
// choice of its own: the campaign is over, and it is asked about again.
func TestV9_InterestedIsAnAnswer(t *testing.T) {
	t.Parallel()
	k := newTalk(t, monday(t, 10, 0))
	k.types(addJane)
	k.types("log jane email")
	k.types("replied jane").sees("What came of Jane Doe’s answer?").presses("Interested").
		sees("Jane Doe, Acme is interested: you are talking, and no plan runs. I ask what came of it Mon 9 March")
	p := k.life(1)
	if c := p.Campaigns[0]; p.State != coach.Engaged || c.Answer != coach.AnswerInterested || p.Due != p.NextAsk || p.NextAsk == 0 {
		t.Errorf("state %s, answer %q, due %s, ask %s", p.State, c.Answer, p.Due, p.NextAsk)
	}
	k.types("show jane").sees("engaged, interested.", "Jane is interested and you are talking. The coach asks again on")
	k.types("log jane email Sent the two pages you asked for").sees("Logged: email to Jane Doe, Acme. Jane answered", "part of your conversation.")
	for _, line := range []string{"replied jane interested, wants the price list", "interested jane wants the price list"} {
		k.types("undo")
		k.types(line)
		if c := k.life(1).Campaigns[0]; c.Answer != coach.AnswerInterested || c.Reason != "wants the price list" {
			t.Errorf("%q: answer %q with the words %q", line, c.Answer, c.Reason)
		}
	}
	k.types("replied jane intrested").sees("did you mean the answer “interested”")
}

// What is logged after an answer is part of the conversation; while nobody
// said what came of it, the log asks.
func TestV9_ALogAfterAnAnswerAsksWhetherTheyTalk(t *testing.T) {
	t.Parallel()
	k := newTalk(t, monday(t, 10, 0))
	k.types(addJane)
	k.types("log jane email")
	k.types("replied jane")
	log := func() *talk {
		return k.types("log jane call").sees("Logged: call to Jane Doe, Acme. Jane answered", "so the campaign is over and this is part of your conversation.", "Are the two of you talking?")
	}
	log().presses("Yes, we are talking").sees("Jane Doe, Acme is interested")
	if c := k.life(1).Campaigns[0]; c.Answer != coach.AnswerInterested {
		t.Errorf("answer %q", c.Answer)
	}
	k.types("undo")
	k.types("undo")
	log().presses("Something came of it").sees("What came of Jane Doe’s answer?")
	if p := k.life(1); len(p.Touches) != 2 {
		t.Errorf("%d touches", len(p.Touches))
	}
	k.types("undo")
	log().presses("No, they are silent: begin anew").sees("Jane Doe")
	if p := k.life(1); p.State != coach.Active || len(p.Campaigns) != 2 || p.Campaigns[1].Situation != coach.Dormant {
		t.Errorf("state %s, campaigns %+v", p.State, p.Campaigns)
	}
}
