package bot

import (
	"database/sql"
	"strings"
	"testing"
	"time"
)

// An offer and its question, and a No and its word to the owner, are one: what
// broke off in between did not happen, and asking again asks.
func TestAnOfferThatBrokeOffIsAskedAgain(t *testing.T) {
	t.Parallel()
	k := newTalk(t, monday(t, 10, 0))
	db, err := sql.Open("sqlite", strings.TrimPrefix(k.w.url, "sqlite://"))
	if err != nil {
		t.Fatal(err)
	}
	defer db.Close()
	breaks := func(kind string) (mend func()) {
		t.Helper()
		run := func(text string) {
			if _, err := db.Exec(text); err != nil {
				t.Fatal(err)
			}
		}
		run("CREATE TRIGGER broken BEFORE INSERT ON outbox WHEN NEW.kind = '" + kind + "' BEGIN SELECT RAISE(ABORT, 'broken off'); END")
		return func() { run("DROP TRIGGER broken") }
	}
	k.types(addJane)
	for _, kind := range []string{kindOffer, kindOfferOver} {
		mend := breaks(kind)
		k.types("assign 1 @eve").sees("went wrong")
		mend()
	}
	k.w.move(k.w.now().Add(time.Second))
	k.types("assign 1 @eve").sees("Eve Other is asked")
	k.w.tick(monday(t, 10, 1))
	eve := k.as("eve").finds("asks you to take over")
	mend := breaks(kindDeclined)
	eve.presses("No, thank you").sees("went wrong")
	mend()
	k.w.move(k.w.now().Add(time.Second))
	eve.finds("asks you to take over").presses("No, thank you").sees("Declined")
	k.w.tick(monday(t, 10, 2))
	k.finds("Eve Other cannot take over Jane Doe, Acme (#1). It stays yours.")
}

// An offer is the rep's last change like any other: undo takes the question
// back, and not what was done before it; so does the button beneath it.
func TestAnOfferIsUndone(t *testing.T) {
	t.Parallel()
	k := newTalk(t, monday(t, 10, 0))
	k.types(addJane)
	k.types("note 1 said: onboarding takes six weeks")
	k.types("assign 1 @eve").sees("Eve Other is asked")
	k.w.tick(monday(t, 10, 1))
	k.types("undo").sees("Taken back: asked Eve Other to take over #1.")
	k.as("eve").finds("asks you to take over").presses("Accept").sees("no longer stands")
	if p := k.life(1); p.Owner != "U1" || len(p.Facts) != 2 {
		t.Fatalf("owned by %s, facts %+v", p.Owner, p.Facts)
	}
	k.types("assign 1 @eve").presses("Undo").sees("Taken back: asked Eve Other")
	// One taken back by one's own name stands again.
	k.types("assign 1 @max")
	k.w.tick(monday(t, 10, 3))
	k.types("assign 1 @ada").sees("is taken back").presses("Undo").sees("Taken back: withdrew the question about #1.")
	k.as("max").finds("asks you to take over").presses("No, thank you").sees("Declined")
	k.types("undo").sees("That cannot be undone any more (asked Max Lind to take over #1).")
}

// The window that asks a colleague can take it back too.
func TestAnOfferOfAWindowIsUndone(t *testing.T) {
	t.Parallel()
	k := newTalk(t, monday(t, 10, 0))
	k.types(addJane)
	k.types("assign 1")
	k.got(k.p.Fill("To whom", "U6")).got(k.p.Submit()).sees("Asked", "Eve Other is asked")
	k.got(k.p.ViewClick("Undo")).sees("Taken back: asked Eve Other to take over #1.")
}
