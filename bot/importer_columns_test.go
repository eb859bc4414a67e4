package bot

import (
	"net/http"
	"net/http/httptest"
	"slices"
	"strings"
	"sync/atomic"
	"testing"

	"github.com/prospectcoach/prospectcoach/bot/localslack"
)

// slowFiles is a file host that keeps its files back, once it is told to,
// until they are let go; then it may say that the file is gone.
type slowFiles struct {
	next       http.RoundTripper
	slow, gone atomic.Bool
	let        chan struct{}
}

func (f *slowFiles) RoundTrip(r *http.Request) (*http.Response, error) {
	if strings.HasPrefix(r.URL.Path, "/api/") || !f.slow.Load() {
		return f.next.RoundTrip(r)
	}
	select {
	case <-f.let:
	case <-r.Context().Done():
		return nil, r.Context().Err()
	}
	if f.gone.Load() {
		w := httptest.NewRecorder()
		w.WriteHeader(http.StatusGone)
		return w.Result(), nil
	}
	return f.next.RoundTrip(r)
}

// A window opens in time also when the file takes longer than Slack waits: it
// says that it reads, and shows the columns, or what went wrong, in the end.
func TestAFileThatComesSlowlyIsWaitedForInTheWindow(t *testing.T) {
	t.Parallel()
	for _, gone := range []bool{false, true} {
		files := &slowFiles{let: make(chan struct{})}
		k := newDrop(t)
		k.w.tune = func(b *Bot) {
			if files.next = b.HTTP.Transport; files.next == nil {
				files.next = http.DefaultTransport
			}
			b.HTTP.Transport = files
		}
		k.reboot()
		k.drops("odd.csv", "Wer,Firma\nJane Doe,Acme\n").sees("1 row is left out")
		preview := k.last.Shown[slices.IndexFunc(k.last.Shown, func(m localslack.Message) bool { return strings.Contains(string(m.Blocks), `"Columns"`) })]
		files.gone.Store(gone)
		files.slow.Store(true)
		type pressed struct {
			r   localslack.Result
			err error
		}
		press := make(chan pressed, 1)
		go func() {
			r, err := k.p.Click(preview, "Columns")
			press <- pressed{r, err}
		}()
		shows := func(words string) func() bool {
			return func() bool { v := k.p.View(); return v != nil && strings.Contains(string(v.Blocks), words) }
		}
		k.w.until("a window that says that it reads", shows("Reading the file."))
		close(files.let)
		if p := <-press; p.err != nil {
			t.Fatal(p.err)
		}
		if gone {
			k.w.until("the reason", shows("no longer in Slack"))
			continue
		}
		k.w.until("the columns", shows("Wer: Jane Doe"))
		for label, choice := range map[string]string{"Name": "Wer: Jane Doe", "Company": "Firma: Acme"} {
			if _, err := k.p.Fill(label, choice); err != nil {
				t.Fatal(err)
			}
		}
		if r, err := k.p.Submit(); err != nil || len(r.Errors) > 0 {
			t.Fatal(r.Errors, err)
		}
		now, _ := k.p.Message(preview)
		if !strings.Contains(string(now.Blocks), "Name from “Wer”") {
			t.Errorf("the preview behind the window is still %s", now.Blocks)
		}
	}
}
