package localslack

import (
	"bufio"
	"context"
	"encoding/json"
	"net/http"
	"strings"
	"testing"
	"time"
)

// events reads server-sent events until n changes came.
func (w *pageWorld) events(ctx context.Context, query, lastID string, n int, ready func()) []Change {
	w.Helper()
	req, err := http.NewRequestWithContext(ctx, "GET", w.url+"/world/events?"+query, nil)
	if err != nil {
		w.Fatal(err)
	}
	if lastID != "" {
		req.Header.Set("Last-Event-ID", lastID)
	}
	res, err := http.DefaultClient.Do(req)
	if err != nil {
		w.Fatal(err)
	}
	defer res.Body.Close()
	if res.Header.Get("Content-Type") != "text/event-stream" {
		w.Fatalf("content type %q", res.Header.Get("Content-Type"))
	}
	if ready != nil {
		ready()
	}
	var out []Change
	for in := bufio.NewScanner(res.Body); len(out) < n && in.Scan(); {
		if data, ok := strings.CutPrefix(in.Text(), "data: "); ok {
			var c Change
			if err := json.Unmarshal([]byte(data), &c); err != nil {
				w.Fatal(err)
			}
			out = append(out, c)
		}
	}
	return out
}

func TestPageFeedTellsOnlyWhatThePersonMaySee(t *testing.T) {
	t.Parallel()
	w := newPageWorld(t)
	ctx, cancel := context.WithTimeout(t.Context(), 10*time.Second)
	defer cancel()
	w.state("as=UADA") // Looking for the first time opens Ada's direct message, which is a change of its own.
	since := w.state("as=UADA").Seq
	say := func() {
		w.do(map[string]any{"as": "UBEN", "verb": "say", "text": "mine"})
		w.do(map[string]any{"as": "UBEN", "verb": "say", "channel": "C2", "text": "hush"})
		w.do(map[string]any{"as": "UBEN", "verb": "say", "channel": "C1", "text": "all"})
	}
	got := w.events(ctx, "as=UADA&after="+jsonText(since), "", 1, say)
	if len(got) != 1 || got[0].Channel != "C1" || got[0].Kind != ChangeMessage || got[0].Seq <= since {
		t.Fatalf("Ada hears %+v, want the message in C1 alone", got)
	}
	w.do(map[string]any{"as": "UADA", "verb": "say", "channel": "C1", "text": "and me"})
	again := w.events(ctx, "as=UADA&after=0", jsonText(got[0].Seq), 1, nil)
	if len(again) != 1 || again[0].Seq <= got[0].Seq {
		t.Errorf("after a reconnect Ada hears %+v, want what came after %d", again, got[0].Seq)
	}
	moved := w.events(ctx, "as=UADA", jsonText(again[0].Seq), 1, func() { w.ask("POST", "/world/clock", `{"as":"UBEN","to":"hour"}`) })
	if len(moved) != 1 || moved[0].Kind != changeClock {
		t.Errorf("a moved clock is told as %+v", moved)
	}
	if status, _, _ := w.ask("GET", "/world/events?as=UNOBODY", ""); status != http.StatusForbidden {
		t.Errorf("a feed for nobody: %d", status)
	}
}

func jsonText(n int64) string { raw, _ := json.Marshal(n); return string(raw) }
