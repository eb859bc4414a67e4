package bot

import (
	"context"
	"errors"
	"fmt"
	"strings"
	"sync"
	"sync/atomic"
	"testing"

	"github.com/prospectcoach/prospectcoach/coach"
)

// An export asked for a hundred times is made once, and keeps nobody waiting.
func TestOneExportIsMadeAtATime(t *testing.T) {
	t.Parallel()
	k := newDrop(t)
	k.types(addJane)
	k.w.slack.SetIdle(nil)
	release := k.w.slack.Faults().Delay("files.getUploadURLExternal", 1)
	k.types("export")
	k.w.until("the file hangs in Slack", func() bool { return k.w.slack.Faults().Waiting() == 0 })
	there := &talk{t: t, w: k.w, p: k.p.In("C00000001")} // where the answer is in the acknowledgement
	for range 99 {
		there.types("export").sees("on its way already")
	}
	there.types("list").sees("Jane Doe, Acme")
	if n := k.w.slack.Calls("files.getUploadURLExternal"); n != 0 { // the one that hangs is not counted yet
		t.Errorf("%d exports beside the one that hangs", n)
	}
	release()
	k.w.bot.Idle(t.Context())
	k.w.slack.SetIdle(k.w.bot.Idle)
	k.finds("1 prospect")
	k.types("export")
	if n := k.w.slack.Calls("files.getUploadURLExternal"); n != 2 {
		t.Errorf("%d exports after one more", n)
	}
}

// However much is asked for, a few whole files are in memory at a time, one of
// them a person's, and everything is done in the end.
func TestBulkWorkIsBounded(t *testing.T) {
	t.Parallel()
	b := newBulk()
	var all, most, done atomic.Int32
	var own [10]atomic.Int32
	var wg sync.WaitGroup
	for i := range 10 * bulkWaiting {
		wg.Go(func() {
			if err := b.run(t.Context(), fmt.Sprint("U", i%10), func() error {
				if n := own[i%10].Add(1); n > 1 {
					t.Errorf("%d of one person's at a time", n)
				}
				n := all.Add(1)
				for was := most.Load(); n > was && !most.CompareAndSwap(was, n); was = most.Load() {
				}
				all.Add(-1)
				own[i%10].Add(-1)
				done.Add(1)
				return nil
			}); err != nil {
				t.Error(err)
			}
		})
	}
	wg.Wait()
	if most.Load() > bulkAtOnce || done.Load() != 10*bulkWaiting {
		t.Errorf("%d at a time, %d done", most.Load(), done.Load())
	}
	if len(b.people) != 0 {
		t.Errorf("%d people are kept for nothing", len(b.people))
	}
}

// Who has too much waiting is told so; others are not kept from theirs, and
// who waits ends with the program.
func TestBulkWorkTurnsAwayTooMuchOfOnePerson(t *testing.T) {
	t.Parallel()
	b := newBulk()
	ctx, stop := context.WithCancel(t.Context())
	begun, release := make(chan struct{}), make(chan struct{})
	var wg sync.WaitGroup
	wg.Go(func() {
		if err := b.run(ctx, "U1", func() error { close(begun); <-release; return nil }); err != nil {
			t.Error(err)
		}
	})
	<-begun
	full, got := make(chan error, 1), make(chan error, bulkWaiting)
	for range bulkWaiting {
		wg.Go(func() {
			err := b.run(ctx, "U1", func() error { return errors.New("ran") })
			var problem coach.Problem
			if errors.As(err, &problem) {
				full <- err
				return
			}
			got <- err
		})
	}
	if err := <-full; !strings.Contains(err.Error(), "your files") {
		t.Error(err)
	}
	if err := b.run(ctx, "U2", func() error { return nil }); err != nil {
		t.Error(err)
	}
	stop()
	for range bulkWaiting - 1 {
		if err := <-got; !errors.Is(err, context.Canceled) {
			t.Error(err)
		}
	}
	close(release)
	wg.Wait()
}
