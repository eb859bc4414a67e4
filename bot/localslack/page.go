package localslack

import (
	"context"
	"embed"
	"encoding/json"
	"io/fs"
	"net/http"
	"path"
	"sync"
	"time"
)

// pageFiles are the page's assets: plain HTML, CSS and ES modules, as written.
//
//go:embed page
var pageFiles embed.FS

// PageOptions describe the browser page of a workspace.
type PageOptions struct {
	// Title is shown on top and in the tab; empty means "Local Slack".
	Title string
	// Hosts are the accepted Host headers, such as "127.0.0.1:8085". Empty means
	// 127.0.0.1, localhost and [::1] with the port the request came in on.
	Hosts []string
	// Now is the world's clock as the page shows it; nil means the server's own.
	Now func() time.Time
	// Move advances the world to the instant, doing on the way all that falls due.
	// It returns when that is done. Nil means a clock that cannot be moved.
	Move func(ctx context.Context, to time.Time) error
	// Personas are the people one may act as, in the order shown. Empty means
	// every active full member.
	Personas []Persona
	// Tour is the guided tour; empty means none.
	Tour []TourStep
}

// Persona is somebody the page may act as.
type Persona struct {
	UserID string `json:"id"`
	Line   string `json:"line"` // one line about them, such as "Rep, Berlin"
}

// TourStep is one panel of the guided tour. Target is a CSS selector of what
// gets a ring around it; Action says what to try, and each of Lines is put
// into the message box by a press.
type TourStep struct {
	Title  string   `json:"title"`
	Text   string   `json:"text"`
	Target string   `json:"target,omitempty"`
	Action string   `json:"action,omitempty"`
	Lines  []string `json:"lines,omitempty"`
}

// pageDoor is the door between a browser and the workspace: it turns HTTP into a
// person's verbs and the state into JSON, and decides nothing itself.
type pageDoor struct {
	s        *Server
	opt      PageOptions
	assets   http.Handler
	readFrom string     // ts: what was there when the page was made counts as read by everybody
	moving   sync.Mutex // held while the clock moves

	mu    sync.Mutex
	read  map[string]string // person and channel -> ts of the last message seen
	moved chan struct{}     // closed and replaced when something changed that the feed does not tell
}

// PageHandler serves the browser page: "/", its assets under "/page/", and the
// JSON it lives on under "/world/". It shares no path with Handler, so that both
// fit one mux. It answers only to this machine's own names and refuses requests
// that another site made.
func (s *Server) PageHandler(opt PageOptions) http.Handler {
	if opt.Now == nil {
		opt.Now = s.opt.Now
	}
	if opt.Title == "" {
		opt.Title = "Local Slack"
	}
	assets, err := fs.Sub(pageFiles, "page")
	if err != nil {
		panic(err) // The folder is embedded above; without it nothing would have compiled.
	}
	p := &pageDoor{
		s: s, opt: opt,
		assets:   http.StripPrefix("/page/", http.FileServerFS(assets)),
		readFrom: formatTS(opt.Now().UnixMicro() - 1),
		read:     map[string]string{},
		moved:    make(chan struct{}),
	}
	mux := http.NewServeMux()
	mux.HandleFunc("GET /{$}", p.serveIndex)
	mux.HandleFunc("GET /page/{file}", p.serveAsset)
	mux.HandleFunc("GET /world/state", p.serveState)
	mux.HandleFunc("GET /world/events", p.serveEvents)
	mux.HandleFunc("GET /world/files/{id}", p.serveFile)
	mux.HandleFunc("POST /world/do", p.serveVerb)
	mux.HandleFunc("POST /world/drop", p.serveDrop)
	mux.HandleFunc("POST /world/clock", p.serveClock)
	mux.HandleFunc("POST /world/read", p.serveRead)
	return p.guard(mux)
}

func (p *pageDoor) serveIndex(w http.ResponseWriter, r *http.Request) {
	w.Header().Set("Cache-Control", "no-store")
	http.ServeFileFS(w, r, pageFiles, "page/index.html")
}

func (p *pageDoor) serveAsset(w http.ResponseWriter, r *http.Request) {
	// The machine's own table of types may say anything; these must be right.
	switch path.Ext(r.PathValue("file")) {
	case ".js":
		w.Header().Set("Content-Type", "text/javascript; charset=utf-8")
	case ".css":
		w.Header().Set("Content-Type", "text/css; charset=utf-8")
	case ".svg":
		w.Header().Set("Content-Type", "image/svg+xml")
	default:
		http.NotFound(w, r)
		return
	}
	w.Header().Set("Cache-Control", "no-cache")
	p.assets.ServeHTTP(w, r)
}

// serveFile gives a file to a person who can see a conversation it was shared
// in, always as a download: what somebody uploaded is never rendered here.
func (p *pageDoor) serveFile(w http.ResponseWriter, r *http.Request) {
	as, ok := p.persona(r.URL.Query().Get("as"))
	if !ok {
		refusePage(w, http.StatusForbidden, "You cannot act as that person.")
		return
	}
	f, content, ok := p.s.FileContent(r.PathValue("id"))
	if !ok || !p.s.seesFile(as, f) {
		refusePage(w, http.StatusNotFound, "There is no such file.")
		return
	}
	w.Header().Set("Content-Type", "application/octet-stream")
	w.Header().Set("Content-Disposition", attachment(f.Name))
	w.Header().Set("Cache-Control", "no-store")
	_, _ = w.Write(content) // A reader who left needs no answer.
}

// sendPage writes JSON. Text stays text: < > & leave as \u003c and so on.
func sendPage(w http.ResponseWriter, status int, body any) {
	raw, err := json.Marshal(body)
	if err != nil {
		refusePage(w, http.StatusInternalServerError, "The answer could not be written as JSON.")
		return
	}
	w.Header().Set("Content-Type", "application/json; charset=utf-8")
	w.Header().Set("Cache-Control", "no-store")
	w.WriteHeader(status)
	_, _ = w.Write(raw)
}

// refusePage answers with one line for the person.
func refusePage(w http.ResponseWriter, status int, line string) {
	sendPage(w, status, map[string]string{"error": line})
}
