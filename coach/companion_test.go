package coach_test

import (
	"strings"
	"testing"

	"github.com/prospectcoach/prospectcoach/coach"
)

// An email that followed a voicemail rests on what that voicemail rested on,
// not on what another attempt with the same draft did.
func TestWroteTellsAnEmailByItsOwnVoicemail(t *testing.T) {
	t.Parallel()
	c := berlin(t, "2026-03-02")
	p := c.Prospect
	p.Facts = []coach.Fact{{ID: 1, Kind: coach.Research, Text: "a hub in Leipzig"}, {ID: 2, Kind: coach.Research, Text: "a bakery in Ghent"}}
	p.Campaigns = []coach.Campaign{{No: 1, Situation: coach.Cold}, {No: 2, Situation: coach.Dormant}}
	var draft coach.Variant
	for _, v := range c.Drafts[coach.Homework] {
		if v.Channel == coach.Call && strings.Contains(v.Text, "{fact}") {
			draft = v
		}
	}
	for no := 1; no <= 2; no++ {
		leads := coach.Touch{Campaign: no, Attempt: 1, Channel: coach.Voicemail, Angle: coach.Homework, Variant: draft.ID, Outcome: coach.OutcomeLeft, Uses: []coach.Ref{{ID: int64(no)}}}
		email := leads
		email.Channel, email.Outcome, email.Uses = coach.Email, coach.OutcomeSent, nil
		p.Touches = append(p.Touches, leads, email)
	}
	for i, want := range map[int]string{1: "Leipzig", 3: "Ghent"} {
		if _, text := c.Wrote(p.Touches[i]); !strings.Contains(text, want) {
			t.Errorf("the email of attempt 1 in campaign %d speaks not of %s: %q", p.Touches[i].Campaign, want, text)
		}
	}
}
