package bot

import (
	"errors"
	"fmt"
	"sync"
	"testing"

	"github.com/prospectcoach/prospectcoach/storage"
)

func TestPostsGoSideBySideButOneByOneToEach(t *testing.T) {
	t.Parallel()
	p := newPosts()
	var mu sync.Mutex
	got := map[string][]int64{}
	now, most := 0, 0
	full := make(chan struct{}) // closed when as many as may are on their way
	for i := range int64(40) {
		m := storage.Message{ID: i, Kind: kindNudge, Rep: fmt.Sprint("U", i%10)}
		if i%10 == 9 {
			m.Kind = kindWeekly
		}
		p.before(m)
		p.start(m, func() error {
			mu.Lock()
			now++
			if most = max(most, now); most == sideBySide && i < 10 {
				select {
				case <-full:
				default:
					close(full)
				}
			}
			mu.Unlock()
			<-full
			mu.Lock()
			defer mu.Unlock()
			now--
			got[to(m)] = append(got[to(m)], i)
			return nil
		})
	}
	if err := p.wait(); err != nil || p.any() || p.failed() {
		t.Fatal(err)
	}
	if most != sideBySide {
		t.Errorf("%d at a time, want %d", most, sideBySide)
	}
	for whom, ids := range got {
		for i, id := range ids {
			if id != ids[0]+int64(10*i) {
				t.Errorf("to %q in the order %v", whom, ids)
			}
		}
	}
	lost := errors.New("the disk is full")
	p.start(storage.Message{Rep: "U1"}, func() error { return lost })
	if err := p.wait(); !errors.Is(err, lost) {
		t.Errorf("what could not be written down: %v", err)
	}
}
