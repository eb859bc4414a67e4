package localslack

import (
	"encoding/json"
	"net/http"
	"net/http/httptest"
	"net/url"
	"slices"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/gorilla/websocket"
	"github.com/slack-go/slack"
)

// clock is the world's time in a test: it stands still until it is moved.
type clock struct {
	mu sync.Mutex
	at time.Time
}

func (c *clock) now() time.Time {
	c.mu.Lock()
	defer c.mu.Unlock()
	return c.at
}

func (c *clock) move(d time.Duration) {
	c.mu.Lock()
	defer c.mu.Unlock()
	c.at = c.at.Add(d)
}

// office is a workspace on a real port with a slack-go client of the app.
type office struct {
	*Server
	t     *testing.T
	clock *clock
	base  string
	api   *slack.Client
}

func newOffice(t *testing.T, change ...func(*Options)) *office {
	t.Helper()
	ck := &clock{at: time.Date(2026, 1, 5, 8, 59, 0, 0, time.UTC)}
	opt := Options{
		Now:  ck.now,
		Team: Team{ID: "T1", Name: "Northwind", Domain: "northwind"},
		Users: []User{
			{ID: "U1", Name: "ada", RealName: "Ada Weber", TZ: "Europe/Berlin"},
			{ID: "U2", Name: "ben", RealName: "Ben Okoro", TZ: "America/New_York", Admin: true},
			{ID: "U3", Name: "gone", RealName: "Gone Person", Deleted: true},
			{ID: "U4", Name: "guest", RealName: "Guest", Restricted: true},
			{ID: "U5", Name: "far", RealName: "Far", TeamID: "T2", Stranger: true},
		},
		Channels: []Channel{
			{ID: "C1", Name: "sales", Members: []string{"U1", "U2", "UBOT"}},
			{ID: "C2", Name: "random", Members: []string{"U1"}},
			{ID: "C3", Name: "old", Archived: true, Members: []string{"U1", "UBOT"}},
			{ID: "C4", Name: "announce", PostingRestricted: true, Members: []string{"U1", "UBOT"}},
			{ID: "G1", Name: "secret", Private: true, Members: []string{"U1"}},
		},
		App: App{
			ID: "A1", Name: "Coach", BotUserID: "UBOT", Command: "/prospect", BotToken: "xoxb-1", AppToken: "xapp-1",
			Scopes: []string{"commands", "chat:write", "im:history", "im:write", "users:read", "channels:read", "groups:read", "channels:history",
				"files:read", "files:write", "dnd:read", "usergroups:read", "team:read", "im:read", "reactions:write"},
			Events:    []string{"message.im", "app_home_opened", "member_joined_channel", "user_change"},
			Shortcuts: []Shortcut{{Name: "Add", Type: "global", CallbackID: "add"}, {Name: "Check", Type: "message", CallbackID: "check"}},
			HomeTab:   true, MessagesTab: true, SocketMode: true,
		},
		Usergroups: []Usergroup{{ID: "S1", Handle: "reps", Name: "Reps", Users: []string{"U1", "U3"}}},
	}
	for _, f := range change {
		f(&opt)
	}
	s := New(opt)
	srv := httptest.NewServer(s.Handler())
	s.SetURL(srv.URL)
	t.Cleanup(func() { s.Close(); srv.Close() })
	return &office{Server: s, t: t, clock: ck, base: srv.URL, api: slack.New("xoxb-1", slack.OptionAPIURL(srv.URL+"/api/"), slack.OptionAppLevelToken("xapp-1"))}
}

// answered is the body of a Web API answer.
type answered struct {
	OK       bool   `json:"ok"`
	Error    string `json:"error"`
	Needed   string `json:"needed"`
	Provided string `json:"provided"`
	URL      string `json:"url"`
	TS       string `json:"ts"`
	Meta     struct {
		Messages []string `json:"messages"`
	} `json:"response_metadata"`
	View struct {
		ID   string `json:"id"`
		Hash string `json:"hash"`
	} `json:"view"`
	status int
	header http.Header
	raw    map[string]any
}

// call posts a form with the bot token, or with the token given as an argument.
func (o *office) call(method string, kv ...string) answered {
	o.t.Helper()
	form := url.Values{}
	token := "xoxb-1"
	for i := 0; i < len(kv); i += 2 {
		if kv[i] == "token!" {
			token = kv[i+1]
			continue
		}
		form.Set(kv[i], kv[i+1])
	}
	req, err := http.NewRequest(http.MethodPost, o.base+"/api/"+method, strings.NewReader(form.Encode()))
	if err != nil {
		o.t.Fatal(err)
	}
	req.Header.Set("Content-Type", "application/x-www-form-urlencoded")
	if token != "" {
		req.Header.Set("Authorization", "Bearer "+token)
	}
	res, err := http.DefaultClient.Do(req)
	if err != nil {
		o.t.Fatal(err)
	}
	defer func() { _ = res.Body.Close() }()
	a := answered{status: res.StatusCode, header: res.Header}
	if err := json.NewDecoder(res.Body).Decode(&a.raw); err != nil {
		return a
	}
	raw, _ := json.Marshal(a.raw)
	if err := json.Unmarshal(raw, &a); err != nil {
		o.t.Fatal(err)
	}
	return a
}

// wire is one raw Socket Mode connection.
type wire struct {
	t      *testing.T
	ws     *websocket.Conn
	mu     sync.Mutex          // for writes
	frames chan map[string]any // closed at the end of the connection
}

func (o *office) connect() *wire {
	o.t.Helper()
	a := o.call("apps.connections.open", "token!", "xapp-1")
	if !a.OK {
		o.t.Fatalf("apps.connections.open: %s", a.Error)
	}
	ws, res, err := websocket.DefaultDialer.Dial(a.URL, nil)
	if err != nil {
		o.t.Fatal(err)
	}
	_ = res.Body.Close()
	w := &wire{t: o.t, ws: ws, frames: make(chan map[string]any, 100)}
	go func() {
		defer close(w.frames)
		for {
			var f map[string]any
			if ws.ReadJSON(&f) != nil {
				return
			}
			w.frames <- f
		}
	}()
	o.t.Cleanup(func() { _ = ws.Close() })
	return w
}

// next reads one frame; nil means that the connection has ended.
func (w *wire) next() map[string]any {
	w.t.Helper()
	select {
	case f := <-w.frames:
		return f
	case <-time.After(5 * time.Second):
		w.t.Fatal("no frame within 5 s")
		return nil
	}
}

func (w *wire) ack(frame map[string]any, payload any) {
	w.t.Helper()
	out := map[string]any{"envelope_id": frame["envelope_id"]}
	if payload != nil {
		out["payload"] = payload
	}
	w.mu.Lock()
	defer w.mu.Unlock()
	if err := w.ws.WriteJSON(out); err != nil {
		w.t.Error(err)
	}
}

// serve acknowledges everything with what answer returns, in the background.
func (w *wire) serve(answer func(frame map[string]any) any) {
	go func() {
		for f := range w.frames {
			if f["envelope_id"] == nil {
				continue
			}
			out := map[string]any{"envelope_id": f["envelope_id"]}
			if p := answer(f); p != nil {
				out["payload"] = p
			}
			w.mu.Lock()
			_ = w.ws.WriteJSON(out)
			w.mu.Unlock()
		}
	}()
}

// dig reads a nested value, such as dig(frame, "payload", "event", "text").
func dig(v any, path ...string) any {
	for _, key := range path {
		obj, ok := v.(map[string]any)
		if !ok {
			return nil
		}
		v = obj[key]
	}
	return v
}

func code(err error) string {
	if t, ok := err.(*Trouble); ok {
		return t.Code
	}
	return ""
}

func without(list []string, item string) []string {
	return slices.DeleteFunc(slices.Clone(list), func(x string) bool { return x == item })
}
