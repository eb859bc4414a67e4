package bot

import (
	"testing"

	"github.com/prospectcoach/prospectcoach/coach"
)

// V6: the answer to moving on early keeps what the rep has decided, the day and
// the reason; one press does it, and nothing is asked twice.
func TestV6_MovingOnAllTheSameKeepsWhatWasDecided(t *testing.T) {
	t.Parallel()
	for line, want := range map[string]struct{ said, back string }{
		"move-on 1 again:3 June no budget": {"Moved on from Jane Doe, Acme. They come back Wed 3 June.", "2026-06-03"},
		"move-on 1 never no budget":        {"Moved on from Jane Doe, Acme, for good.", ""},
	} {
		k := newTalk(t, monday(t, 10, 0))
		k.types(addJane)
		k.types(line).sees("not everything has been tried")
		if p := k.life(1); p.State != coach.Active {
			t.Fatalf("%q: done before it was answered: %s", line, p.State)
		}
		k.presses("Move on all the same").sees(want.said)
		p := k.life(1)
		if c := p.Campaigns[0]; p.State != coach.MovedOn || p.ComeBack.String() != want.back || c.Reason != "no budget" || !c.Early {
			t.Errorf("%q: %s, back %q, %+v", line, p.State, p.ComeBack, c)
		}
	}
}

// A3: whoever would let go early can begin the last tries instead; they are the
// easy question and the goodbye, and one Undo takes it back.
func TestA3_TheLastTriesBeginWhenTheRepAsks(t *testing.T) {
	t.Parallel()
	k := newTalk(t, monday(t, 10, 0))
	k.types(addJane)
	k.types("log jane email")
	k.types("move-on jane")
	k.presses("The last tries now").sees("The last tries with Jane Doe, Acme begin: an easy question, then a goodbye")
	if p := k.life(1); p.State != coach.Active || !p.Campaigns[0].LastTries {
		t.Errorf("%s, %+v", p.State, p.Campaigns[0])
	}
	k.types("plan jane").sees("either way", "back away")
	k.types("undo").sees("began the last tries")
	if p := k.life(1); p.Campaigns[0].LastTries {
		t.Error("not taken back")
	}
	k.types("move-on jane never").sees("Moved on") // it was asked about before
}

// A day that has passed when the button is pressed is refused, and nothing is
// changed.
func TestV6_ADayThatHasPassedMeanwhileIsRefused(t *testing.T) {
	t.Parallel()
	k := newTalk(t, monday(t, 10, 0))
	k.types(addJane)
	k.types("move-on 1 again:fri")
	old := k.last.Shown[len(k.last.Shown)-1]
	k.w.move(monday(t, 10, 0).AddDate(0, 0, 7))
	k.got(k.p.Click(old, "Move on all the same")).sees("The day to come back lies after today")
	if p := k.life(1); p.State != coach.Active {
		t.Errorf("state %s", p.State)
	}
}
