package localslack

import (
	"context"
	"crypto/rand"
	"fmt"
	"net/http"
	"strings"
	"sync"
	"time"
)

// Options describe the workspace and the app installed in it.
type Options struct {
	Now        func() time.Time // the world's clock; required
	Team       Team
	Users      []User
	Channels   []Channel
	Usergroups []Usergroup
	App        App
	Idle       func(ctx context.Context) // waits until the app has nothing more to do; may be nil
	Limits     Limits

	// AckDeadline is the real time an envelope may wait for its acknowledgement;
	// zero means Slack's 3 s. TriggerLife likewise for a trigger_id.
	AckDeadline, TriggerLife time.Duration
	// PingEvery is how often the server pings its sockets; zero means 5 s.
	PingEvery time.Duration
	// WarningTime lies between the disconnect warning and the refresh; zero means 10 s.
	WarningTime time.Duration
	// NoSelfEvents keeps the app's own messages from coming back to it as events.
	// Slack sends them; the switch is for benchmarks that want posts alone.
	NoSelfEvents bool
}

// App is the one app installed in the workspace.
type App struct {
	ID, Name         string
	BotUserID, BotID string // BotID (B…) is made from BotUserID when empty
	Command          string // "/prospect"
	Description      string
	UsageHint        string
	Subcommands      []CommandHint // for the page's completion
	Scopes           []string      // granted to the bot token
	AppScopes        []string      // granted to the app-level token; nil means connections:write
	Events           []string      // subscribed bot events, such as "message.im"
	Shortcuts        []Shortcut
	BotToken         string // xoxb-…
	AppToken         string // xapp-…
	MessagesTab      bool
	HomeTab          bool
	SocketMode       bool
}

// CommandHint is one line of the page's completion.
type CommandHint struct {
	Word, Hint, Say string
}

// Shortcut is an entry of the lightning menu ("global") or of a message's menu
// ("message").
type Shortcut struct {
	Name, Type, CallbackID, Description string
}

// Server is the local Slack. All of its state is guarded by one mutex.
type Server struct {
	opt    Options
	ctx    context.Context
	cancel context.CancelFunc
	work   sync.WaitGroup // goroutines of sockets

	mu            sync.Mutex
	base          string
	app           App
	idle          func(ctx context.Context)
	users         map[string]*User
	userOrder     []string
	convs         map[string]*conversation
	convOrder     []string
	dms           map[string]string // user id -> D…
	groups        []Usergroup
	files         map[string]*File
	uploads       map[string]string // upload path key -> file id
	modals        map[string][]*View
	homes         map[string]*View
	views         map[string]*View // by id, modals and homes
	triggers      map[string]*trigger
	responses     map[string]*responseURL
	tickets       map[string]bool // the single-use part of a wss URL
	conns         []*link
	pending       map[string]*pending
	droppedAcks   int
	sentEnvelopes map[string]struct{}    // to tell a late acknowledgement from an invented one
	sentBefore    map[string]struct{}    // those of before the last Trim
	waiting       map[*delivery]struct{} // events between two attempts
	faults        *Faults
	rate          *limiter
	violations    []string
	ids           int64
	seq           int64
	feed          []Change
	subscribers   map[chan struct{}]struct{}
	calls         map[string]int
	unread        []*Message // the app's messages nobody has taken
	closed        bool
}

// New makes a workspace. It panics without a clock, since that is a mistake of
// the caller's source and not of its input.
func New(opt Options) *Server {
	if opt.Now == nil {
		panic("localslack: Options.Now is required")
	}
	if opt.AckDeadline == 0 {
		opt.AckDeadline = 3 * time.Second
	}
	if opt.TriggerLife == 0 {
		opt.TriggerLife = 3 * time.Second
	}
	if opt.PingEvery == 0 {
		opt.PingEvery = 5 * time.Second
	}
	if opt.WarningTime == 0 {
		opt.WarningTime = 10 * time.Second
	}
	if opt.App.BotID == "" {
		opt.App.BotID = "B" + strings.TrimLeft(opt.App.BotUserID, "UW")
	}
	if opt.App.AppScopes == nil {
		opt.App.AppScopes = []string{"connections:write"}
	}
	s := &Server{
		opt: opt, app: opt.App, idle: opt.Idle, base: "http://localslack.invalid",
		users: map[string]*User{}, convs: map[string]*conversation{}, dms: map[string]string{},
		groups: append([]Usergroup(nil), opt.Usergroups...), files: map[string]*File{}, uploads: map[string]string{},
		modals: map[string][]*View{}, homes: map[string]*View{}, views: map[string]*View{},
		triggers: map[string]*trigger{}, responses: map[string]*responseURL{}, tickets: map[string]bool{},
		pending: map[string]*pending{}, sentEnvelopes: map[string]struct{}{}, waiting: map[*delivery]struct{}{},
		subscribers: map[chan struct{}]struct{}{}, calls: map[string]int{},
	}
	s.app.Scopes = append([]string(nil), opt.App.Scopes...)
	s.app.AppScopes = append([]string(nil), opt.App.AppScopes...)
	s.app.Events = append([]string(nil), opt.App.Events...)
	s.ctx, s.cancel = context.WithCancel(context.Background())
	s.faults = newFaults(s)
	s.rate = newLimiter(opt.Limits, opt.Now)
	for _, u := range opt.Users {
		s.putUser(u)
	}
	if s.users[s.app.BotUserID] == nil {
		s.putUser(User{ID: s.app.BotUserID, Name: strings.ToLower(s.app.Name), RealName: s.app.Name, Bot: true})
	}
	for _, ch := range opt.Channels {
		s.putChannel(ch)
	}
	return s
}

func (s *Server) putUser(u User) *User {
	if u.TeamID == "" {
		u.TeamID = s.opt.Team.ID
	}
	if s.users[u.ID] == nil {
		s.userOrder = append(s.userOrder, u.ID)
	}
	s.users[u.ID] = &u
	return &u
}

func (s *Server) putChannel(ch Channel) *conversation {
	ch.Members = append([]string(nil), ch.Members...)
	c := &conversation{Channel: ch, byTS: map[string]*Message{}}
	if s.convs[ch.ID] == nil {
		s.convOrder = append(s.convOrder, ch.ID)
	}
	s.convs[ch.ID] = c
	return c
}

// AddChannel makes another channel while the workspace runs.
func (s *Server) AddChannel(ch Channel) {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.putChannel(ch)
	s.changed(Change{Kind: ChangeChannel, Channel: ch.ID})
}

// Handler serves the doors the app uses: /api/METHOD, /link (the websocket),
// /response/…, /files/… and /upload/….
func (s *Server) Handler() http.Handler {
	mux := http.NewServeMux()
	mux.HandleFunc("/api/", s.serveAPI)
	mux.HandleFunc("/link", s.serveLink)
	mux.HandleFunc("/response/", s.serveResponse)
	mux.HandleFunc("/files/", s.serveFile)
	mux.HandleFunc("/upload/", s.serveUpload)
	return mux
}

// SetURL says where the handler can be reached, such as http://127.0.0.1:8085.
// All absolute URLs handed out are built from it.
func (s *Server) SetURL(base string) {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.base = strings.TrimRight(base, "/")
}

// URL is the base set by SetURL.
func (s *Server) URL() string {
	s.mu.Lock()
	defer s.mu.Unlock()
	return s.base
}

// SetIdle sets what a person's verb waits for after the acknowledgement.
func (s *Server) SetIdle(idle func(ctx context.Context)) {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.idle = idle
}

// Faults is the switchboard for what can go wrong.
func (s *Server) Faults() *Faults { return s.faults }

// Violations lists what the app did that no well-behaved app does: unknown
// methods, unreadable frames, acknowledgements of nothing, refused payloads in
// acks. A story fails on any.
func (s *Server) Violations() []string {
	s.mu.Lock()
	defer s.mu.Unlock()
	return append([]string(nil), s.violations...)
}

func (s *Server) violate(format string, args ...any) {
	if len(s.violations) < 1000 {
		s.violations = append(s.violations, fmt.Sprintf(format, args...))
	}
}

// Calls tells how often the method was called, refused calls included.
func (s *Server) Calls(method string) int {
	s.mu.Lock()
	defer s.mu.Unlock()
	return s.calls[method]
}

// Close drops the sockets, stops all timers and waits for its goroutines.
func (s *Server) Close() {
	s.mu.Lock()
	if s.closed {
		s.mu.Unlock()
		return
	}
	s.closed = true
	s.cancel()
	for _, p := range s.pending {
		p.timer.Stop()
	}
	for d := range s.waiting {
		d.stop()
	}
	for _, t := range s.triggers {
		t.timer.Stop()
	}
	for _, l := range s.conns {
		l.kill()
	}
	s.faults.releaseAll()
	s.mu.Unlock()
	s.work.Wait()
}

// id makes a new id with Slack's letter in front, such as F0000001K.
func (s *Server) id(prefix string) string {
	s.ids++
	return fmt.Sprintf("%s%09d", prefix, s.ids)
}

// secret makes an unguessable part of a URL or token.
func secret() string { return rand.Text() }
