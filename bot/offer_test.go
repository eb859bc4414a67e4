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
