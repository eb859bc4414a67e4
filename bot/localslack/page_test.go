package localslack

import (
	"context"
	"encoding/json"
	"errors"
	"io"
	"net/http"
	"net/http/httptest"
	"strings"
	"sync"
	"testing"
	"time"
)

// pageWorld is a workspace without an app, its page behind a real listener, and
// a clock.
type pageWorld struct {
	*testing.T
	s   *Server
	url string

	mu  sync.Mutex
	now time.Time
}

func (w *pageWorld) clock() time.Time {
	w.mu.Lock()
	defer w.mu.Unlock()
	return w.now
}

func newPageWorld(t *testing.T) *pageWorld {
	t.Helper()
	w := &pageWorld{T: t, now: time.Date(2026, 1, 5, 8, 59, 0, 0, time.FixedZone("CET", 3600))}
	w.s = New(Options{
		Now:  w.clock,
		Team: Team{ID: "T1", Name: "Northwind"},
		Users: []User{
			{ID: "UADA", Name: "ada", RealName: "Ada Weber", TZ: "Europe/Berlin"},
			{ID: "UBEN", Name: "ben", RealName: "Ben Osei", TZ: "America/New_York"},
			{ID: "UGONE", Name: "gone", Deleted: true},
		},
		Channels: []Channel{
			{ID: "C1", Name: "sales", Members: []string{"UADA", "UBEN"}},
			{ID: "C2", Name: "secret", Private: true, Members: []string{"UBEN"}},
		},
		App: App{ID: "A1", Name: "Coach", BotUserID: "UBOT", Command: "/prospect", Scopes: []string{"commands"}, MessagesTab: true, HomeTab: true, BotToken: "xoxb-very-secret", AppToken: "xapp-very-secret"},
	})
	t.Cleanup(w.s.Close)
	srv := httptest.NewServer(w.s.PageHandler(PageOptions{
		Personas: []Persona{{UserID: "UADA", Line: "Rep"}, {UserID: "UBEN", Line: "Manager"}, {UserID: "UGONE"}},
		Move: func(_ context.Context, to time.Time) error {
			w.mu.Lock()
			defer w.mu.Unlock()
			if to.Year() > 2026 {
				return errors.New("no such year")
			}
			w.now = to
			return nil
		},
	}))
	t.Cleanup(srv.Close)
	w.url = srv.URL
	return w
}

// ask sends one request and returns status, headers and body.
func (w *pageWorld) ask(method, path, body string, headers ...string) (int, http.Header, string) {
	w.Helper()
	req, err := http.NewRequest(method, w.url+path, strings.NewReader(body))
	if err != nil {
		w.Fatal(err)
	}
	for i := 0; i+1 < len(headers); i += 2 {
		if headers[i] == "Host" {
			req.Host = headers[i+1]
		} else {
			req.Header.Set(headers[i], headers[i+1])
		}
	}
	res, err := http.DefaultClient.Do(req)
	if err != nil {
		w.Fatal(err)
	}
	defer res.Body.Close()
	raw, err := io.ReadAll(res.Body)
	if err != nil {
		w.Fatal(err)
	}
	return res.StatusCode, res.Header, string(raw)
}

func (w *pageWorld) do(verb map[string]any) pageAnswer {
	w.Helper()
	raw, err := json.Marshal(verb)
	if err != nil {
		w.Fatal(err)
	}
	status, _, body := w.ask("POST", "/world/do", string(raw), "Content-Type", "application/json")
	var out pageAnswer
	if err := json.Unmarshal([]byte(body), &out); err != nil || status != http.StatusOK {
		w.Fatalf("%v: %d %s", verb, status, body)
	}
	return out
}

func (w *pageWorld) state(query string) pageState {
	w.Helper()
	status, _, body := w.ask("GET", "/world/state?"+query, "")
	var st pageState
	if err := json.Unmarshal([]byte(body), &st); err != nil || status != http.StatusOK {
		w.Fatalf("state: %d %v %s", status, err, body)
	}
	return st
}

func TestPageShowsAPersonNothingOfAnothers(t *testing.T) {
	t.Parallel()
	w := newPageWorld(t)
	for _, m := range []struct{ as, channel, text string }{
		{"UADA", "", "ada's own words"}, {"UBEN", "", "ben's own words"}, {"UBEN", "C1", "for everybody"}, {"UBEN", "C2", "in the secret channel"},
	} {
		if a := w.do(map[string]any{"as": m.as, "verb": "say", "channel": m.channel, "text": m.text}); a.Error != "" {
			t.Fatal(a.Error)
		}
	}
	w.s.mu.Lock()
	w.s.add(w.s.convs["C1"], &Message{User: "UBOT", Text: "only for ben", EphemeralFor: "UBEN"})
	w.s.mu.Unlock()
	ben := w.state("as=UBEN&channel=C1")
	if got := ben.Messages[len(ben.Messages)-1]; !got.Ephemeral || got.Text != "only for ben" {
		t.Errorf("Ben does not see his ephemeral message: %+v", got)
	}
	for _, query := range []string{"as=UADA", "as=UADA&channel=C1", "as=UADA&channel=C2", "as=UADA&channel=DBEN", "as=UGONE", "as=UNOBODY&channel=DBEN", ""} {
		_, _, body := w.ask("GET", "/world/state?"+query, "")
		for _, secret := range []string{"ben's own", "only for ben", "secret", "DBEN", "xoxb", "xapp"} {
			if strings.Contains(strings.ReplaceAll(body, `\u0026`, "&"), secret) {
				t.Errorf("state?%s tells Ada %q", query, secret)
			}
		}
	}
	for _, as := range []string{"", "UGONE", "UBOT", "UNOBODY"} {
		if status, _, _ := w.ask("POST", "/world/do", `{"as":"`+as+`","verb":"say","text":"x"}`); status != http.StatusForbidden {
			t.Errorf("acting as %q: %d, want 403", as, status)
		}
	}
	if a := w.do(map[string]any{"as": "UADA", "verb": "say", "channel": "C2", "text": "let me in"}); a.Code != "channel_not_found" {
		t.Errorf("Ada writes in a channel she cannot see: %+v", a)
	}
	if a := w.do(map[string]any{"as": "UADA", "verb": "message_shortcut", "channel": "C2", "ts": "1.1", "callback_id": "x"}); a.Error == "" {
		t.Error("a shortcut on a message Ada cannot see was taken")
	}
}

func TestPageStateIsWhatThePageDraws(t *testing.T) {
	t.Parallel()
	w := newPageWorld(t)
	w.do(map[string]any{"as": "UADA", "verb": "say", "text": `<img src=x> & "more"`})
	st := w.state("as=UADA")
	if st.Me.ID != "UADA" || st.Me.Line != "Rep" || st.Zone != "Europe/Berlin" || st.Clock.Label != "Mon 5 Jan 2026, 08:59" || !st.Clock.Moves {
		t.Errorf("who and when: %+v %+v", st.Me, st.Clock)
	}
	if len(st.Personas) != 2 || len(st.Channels) != 2 || st.Channels[0].Kind != "dm" || st.Channel != st.Channels[0].ID || st.Channels[1].Name != "sales" {
		t.Errorf("places: %+v %+v", st.Personas, st.Channels)
	}
	if len(st.Messages) != 1 || st.Messages[0].Text != `&lt;img src=x&gt; &amp; "more"` || st.Messages[0].User != "UADA" {
		t.Errorf("messages: %+v", st.Messages)
	}
	_, _, body := w.ask("GET", "/world/state?as=UADA", "")
	if strings.ContainsAny(body, "<>") {
		t.Error("the JSON carries angle brackets unescaped")
	}
	var loose map[string]any
	if err := json.Unmarshal([]byte(body), &loose); err != nil {
		t.Fatal(err)
	}
	for _, list := range []string{"personas", "channels", "messages", "views", "tour"} {
		if _, ok := loose[list].([]any); !ok {
			t.Errorf("%s is %v, want a list even when empty", list, loose[list])
		}
	}
	root := st.Messages[0].TS
	w.do(map[string]any{"as": "UADA", "verb": "say", "thread_ts": root, "text": "one"})
	w.do(map[string]any{"as": "UADA", "verb": "say", "thread_ts": root, "text": "two"})
	st = w.state("as=UADA")
	if len(st.Messages) != 1 || st.Messages[0].ReplyCount != 2 || len(st.Messages[0].ReplyUsers) != 1 || len(st.Threads[root]) != 2 || st.Messages[0].LatestReply != st.Threads[root][1].TS {
		t.Errorf("thread: %+v %+v", st.Messages, st.Threads)
	}
}

func TestPageCountsUnreadUntilRead(t *testing.T) {
	t.Parallel()
	w := newPageWorld(t)
	unread := func(as string) int {
		for _, c := range w.state("as=" + as).Channels {
			if c.ID == "C1" {
				return c.Unread
			}
		}
		return -1
	}
	w.do(map[string]any{"as": "UBEN", "verb": "say", "channel": "C1", "text": "one"})
	w.do(map[string]any{"as": "UBEN", "verb": "say", "channel": "C1", "text": "two"})
	if a, b := unread("UADA"), unread("UBEN"); a != 2 || b != 0 {
		t.Errorf("unread: Ada %d, Ben %d; want 2 and 0 (one's own words are read)", a, b)
	}
	all := w.state("as=UADA&channel=C1").Messages
	mark := func(ts string) {
		if status, _, body := w.ask("POST", "/world/read", `{"as":"UADA","channel":"C1","ts":"`+ts+`"}`); status != 200 {
			t.Fatal(body)
		}
	}
	mark(all[0].TS)
	if got := unread("UADA"); got != 1 {
		t.Errorf("after the first: %d", got)
	}
	mark(all[1].TS)
	mark(all[0].TS)
	if got := unread("UADA"); got != 0 {
		t.Errorf("reading an old one again made %d unread", got)
	}
	w.s.mu.Lock()
	w.s.add(w.s.dm("UBEN"), &Message{User: "UBOT", Text: "due"})
	w.s.mu.Unlock()
	for _, one := range w.state("as=UADA").Personas {
		if want := map[string]int{"UBEN": 1}[one.ID]; one.Unread != want {
			t.Errorf("waiting for %s: %d, want %d", one.ID, one.Unread, want)
		}
	}
	if status, _, _ := w.ask("POST", "/world/read", `{"as":"UADA","channel":"C1","ts":"soon"}`); status != http.StatusBadRequest {
		t.Errorf("a ts that is none: %d", status)
	}
}

func TestPageVerbsSayWhatSlackWouldShow(t *testing.T) {
	t.Parallel()
	w := newPageWorld(t)
	for _, c := range []struct {
		verb map[string]any
		code string
	}{
		{map[string]any{"verb": "command", "text": "/nonsense"}, "unknown_command"},
		{map[string]any{"verb": "command", "text": "/prospect next"}, "dispatch_failed"}, // no app is connected
		{map[string]any{"verb": "say", "text": "   "}, "no_text"},
		{map[string]any{"verb": "say", "channel": "C9", "text": "x"}, "channel_not_found"},
		{map[string]any{"verb": "submit", "view_id": "V1"}, "not_found"},
		{map[string]any{"verb": "react", "channel": "C1", "ts": "1.000000", "text": "eyes"}, "message_not_found"},
	} {
		c.verb["as"] = "UADA"
		if a := w.do(c.verb); a.Code != c.code || a.Error == "" || a.OK {
			t.Errorf("%v: %+v, want %s", c.verb, a, c.code)
		}
	}
	for body, want := range map[string]int{`{"as":"UADA","verb":"fly"}`: 400, `{`: 400, ``: 400} {
		if status, _, _ := w.ask("POST", "/world/do", body); status != want {
			t.Errorf("%q: %d, want %d", body, status, want)
		}
	}
	if status, _, _ := w.ask("GET", "/world/do", ""); status != http.StatusMethodNotAllowed {
		t.Errorf("a verb by GET: %d", status)
	}
}

func TestPageGivesFilesOnlyAsDownloadsToThoseWhoSeeThem(t *testing.T) {
	t.Parallel()
	w := newPageWorld(t)
	status, _, body := w.ask("POST", "/world/drop?as=UBEN&name=a%22%0d%0a%2F.html", "<script>alert(1)</script>")
	if status != 200 || !strings.Contains(body, `"ok":true`) {
		t.Fatal(status, body)
	}
	files := w.state("as=UBEN").Messages[0].Files
	if len(files) != 1 {
		t.Fatalf("files: %+v", files)
	}
	status, h, body := w.ask("GET", "/world/files/"+files[0].ID+"?as=UBEN", "")
	if status != 200 || body != "<script>alert(1)</script>" || h.Get("Content-Type") != "application/octet-stream" || !strings.HasPrefix(h.Get("Content-Disposition"), "attachment;") {
		t.Errorf("%d %v %q", status, h, body)
	}
	if status, _, _ := w.ask("GET", "/world/files/"+files[0].ID+"?as=UADA", ""); status != http.StatusNotFound {
		t.Errorf("Ada gets Ben's file: %d", status)
	}
	if status, _, _ := w.ask("GET", "/world/files/F0?as=UADA", ""); status != http.StatusNotFound {
		t.Errorf("a file that is none: %d", status)
	}
}
