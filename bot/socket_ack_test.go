package bot

import (
	"fmt"
	"testing"
	"testing/synctest"
	"time"
)

// An acknowledgement that waits for a link waits as long as Slack does, also
// when a link took others in the meantime.
func TestEachAcknowledgementWaitsItsOwnTime(t *testing.T) {
	t.Parallel()
	synctest.Test(t, func(t *testing.T) {
		l := &links{}
		waits := func(want ...string) {
			t.Helper()
			synctest.Wait()
			l.mu.Lock()
			defer l.mu.Unlock()
			heard := inTime(l.unheard)
			if len(heard) != len(want) {
				t.Fatalf("%d wait, want %v", len(heard), want)
			}
			for i, w := range heard {
				if string(w.raw) != want[i] {
					t.Errorf("%s waits, want %s", w.raw, want[i])
				}
			}
		}
		l.again(acks("a", "b"))
		<-time.After(2 * time.Second)
		waits("a", "b")
		l.mu.Lock()
		l.unheard = nil // a new link took them
		l.mu.Unlock()
		l.again(acks("c", "d"))
		<-time.After(slackWaits - time.Second)
		waits("c", "d")
		<-time.After(time.Second)
		waits()
	})
}

// Links that break one after the other hand on what Slack still waits for, and
// not all that was ever said.
func TestWhatIsLateIsNotHandedOn(t *testing.T) {
	t.Parallel()
	synctest.Test(t, func(t *testing.T) {
		l := &links{}
		handed := 0
		for n := range 40 { // one is said every half second, on a link that then breaks
			k := &link{l: l}
			l.mu.Lock()
			k.said, l.unheard = l.unheard, nil
			l.mu.Unlock()
			k.said = append(k.said, acks(fmt.Sprint(n))...)
			<-time.After(500 * time.Millisecond)
			synctest.Wait()
			l.again(k.lately())
			handed = len(l.unheard)
			if oldest := string(l.unheard[0].raw); oldest != fmt.Sprint(max(0, n-4)) {
				t.Fatalf("after %d the oldest handed on is %s", n, oldest)
			}
		}
		if handed != 5 {
			t.Errorf("%d are handed on from link to link", handed)
		}
	})
}

func acks(texts ...string) (all []*acked) {
	for _, s := range texts {
		all = append(all, newAcked([]byte(s)))
	}
	return all
}
