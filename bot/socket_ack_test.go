package bot

import (
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
			if len(l.unheard) != len(want) {
				t.Fatalf("%d wait, want %v", len(l.unheard), want)
			}
			for i, w := range l.unheard {
				if string(w.raw) != want[i] {
					t.Errorf("%s waits, want %s", w.raw, want[i])
				}
			}
		}
		l.again([][]byte{[]byte("a"), []byte("b")})
		<-time.After(2 * time.Second)
		waits("a", "b")
		l.mu.Lock()
		l.unheard = nil // a new link took them
		l.mu.Unlock()
		l.again([][]byte{[]byte("c"), []byte("d")})
		<-time.After(slackWaits - time.Second)
		waits("c", "d")
		<-time.After(time.Second)
		waits()
	})
}
