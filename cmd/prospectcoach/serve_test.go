package main

import (
	"path/filepath"
	"testing"
	"time"

	"github.com/prospectcoach/prospectcoach/storage"
)

// A process that comes back in the same container, under the same host name and
// process id, is another one: what the dead one had on its way is looked for as
// soon as its lease has run out, however busily the new one sends.
func TestWhoComesBackIsNotTakenForTheDead(t *testing.T) {
	t.Parallel()
	now := testNow()
	store, err := storage.Open(t.Context(), storage.Options{URL: "sqlite://" + filepath.Join(t.TempDir(), "coach.db"), Now: func() time.Time { return now }})
	if err != nil {
		t.Fatal(err)
	}
	defer store.Close()
	if err := store.Queue(t.Context(), storage.Message{Key: "nudge", Kind: "nudge", Rep: "U1", RunAt: now}); err != nil {
		t.Fatal(err)
	}
	dead, back := workerName(), workerName()
	rows, err := store.Claim(t.Context(), dead, now, now.Add(30*time.Second), 1)
	if err != nil || len(rows) != 1 {
		t.Fatal(rows, err)
	}
	if ok, err := store.Sending(t.Context(), rows[0]); err != nil || !ok {
		t.Fatal(ok, err)
	}
	for range 7 {
		now = now.Add(5 * time.Second)
		if _, err := store.Renew(t.Context(), back, now.Add(30*time.Second)); err != nil {
			t.Fatal(err)
		}
	}
	if n, err := store.Expired(t.Context(), now); err != nil || n != 1 {
		t.Errorf("35 seconds later %d leases of the dead ran out, %v", n, err)
	}
	f, err := store.Present(t.Context(), dead, 1, now, now.Add(time.Minute))
	if err == nil {
		f, err = store.Present(t.Context(), back, 1, now, now.Add(time.Minute))
	}
	if err != nil || f.Replicas != 2 {
		t.Errorf("two processes count as %d, %v", f.Replicas, err)
	}
}
