package localslack

import (
	"encoding/json"
	"errors"
	"io"
	"net/http"
	"slices"
)

// maxDrop is the largest file the page takes, in bytes.
const maxDrop = 20 << 20

// pageVerb is what the page asks a person to do. The fields a verb does not
// need stay empty.
type pageVerb struct {
	As         string    `json:"as"`
	Verb       string    `json:"verb"`
	Channel    string    `json:"channel"`
	TS         string    `json:"ts"`
	ThreadTS   string    `json:"thread_ts"`
	ViewID     string    `json:"view_id"`
	Home       bool      `json:"home"`
	BlockID    string    `json:"block_id"`
	ActionID   string    `json:"action_id"`
	CallbackID string    `json:"callback_id"`
	Text       string    `json:"text"`
	Value      pageValue `json:"value"`
}

// pageValue is what was chosen in an element, by its kind.
type pageValue struct {
	Text     string   `json:"text"`
	Options  []string `json:"options"`
	Date     string   `json:"date"`
	Time     string   `json:"time"`
	Unix     int64    `json:"unix"`
	Users    []string `json:"users"`
	Channels []string `json:"channels"`
}

func (v pageValue) value() Value {
	return Value{Text: v.Text, Options: v.Options, Date: v.Date, Time: v.Time, Unix: v.Unix, Users: v.Users, Channels: v.Channels}
}

// pageOption is one line of an external select.
type pageOption struct {
	Value string `json:"value"`
	Label string `json:"label"`
}

// pageAnswer is what came of a verb: nothing, or what Slack would show.
type pageAnswer struct {
	OK      bool              `json:"ok"`
	Error   string            `json:"error,omitempty"`
	Code    string            `json:"code,omitempty"`
	Errors  map[string]string `json:"errors,omitempty"`
	Options []pageOption      `json:"options,omitempty"`
}

// pageVerbs is the table of what the page can do; each is a person's verb.
var pageVerbs = map[string]func(p *Person, v pageVerb) (Result, error){
	"say":     func(p *Person, v pageVerb) (Result, error) { return p.SayInThread(v.Channel, v.ThreadTS, v.Text) },
	"edit":    func(p *Person, v pageVerb) (Result, error) { return p.Edit(v.Channel, v.TS, v.Text) },
	"delete":  func(p *Person, v pageVerb) (Result, error) { return p.Delete(v.Channel, v.TS) },
	"command": func(p *Person, v pageVerb) (Result, error) { return p.In(v.Channel).Command(v.Text) },
	"act": func(p *Person, v pageVerb) (Result, error) {
		return p.Act(v.where(), v.BlockID, v.ActionID, v.Value.value())
	},
	"fill": func(p *Person, v pageVerb) (Result, error) {
		return p.FillID(v.ViewID, v.BlockID, v.ActionID, v.Value.value())
	},
	"submit":        func(p *Person, v pageVerb) (Result, error) { return p.onTop(v.ViewID, p.Submit) },
	"close_view":    func(p *Person, v pageVerb) (Result, error) { return p.onTop(v.ViewID, p.CloseView) },
	"clear_views":   func(p *Person, v pageVerb) (Result, error) { return p.onTop(v.ViewID, p.ClearViews) },
	"open_home":     func(p *Person, v pageVerb) (Result, error) { return p.OpenHome() },
	"open_messages": func(p *Person, v pageVerb) (Result, error) { return p.OpenMessages() },
	"shortcut":      func(p *Person, v pageVerb) (Result, error) { return p.Shortcut(v.CallbackID) },
	"message_shortcut": func(p *Person, v pageVerb) (Result, error) {
		m, err := p.onScreen(v.Channel, v.TS)
		if err != nil {
			return Result{}, err
		}
		return p.MessageShortcut(v.CallbackID, m)
	},
	"react": func(p *Person, v pageVerb) (Result, error) {
		m, err := p.onScreen(v.Channel, v.TS)
		if err != nil {
			return Result{}, err
		}
		return p.React(m, v.Text)
	},
}

func (v pageVerb) where() Where {
	return Where{Channel: v.Channel, TS: v.TS, ViewID: v.ViewID, Home: v.Home}
}

// onScreen is a message the person can see.
func (p *Person) onScreen(channel, ts string) (Message, error) {
	for _, m := range p.Channel(channel).Messages {
		if m.TS == ts {
			return m, nil
		}
	}
	return Message{}, &Trouble{Code: "message_not_found", Say: "That message is gone."}
}

// onTop does the verb if the view the page speaks of is still the topmost: a
// click that was overtaken by the app must not hit another form.
func (p *Person) onTop(viewID string, verb func() (Result, error)) (Result, error) {
	if v := p.View(); v == nil || v.ID != viewID {
		return Result{}, &Trouble{Code: "not_found", Say: "That form is no longer open."}
	}
	return verb()
}

func (p *pageDoor) serveVerb(w http.ResponseWriter, r *http.Request) {
	var v pageVerb
	if err := json.NewDecoder(r.Body).Decode(&v); err != nil {
		refusePage(w, http.StatusBadRequest, "The request is not readable JSON.")
		return
	}
	as, ok := p.persona(v.As)
	if !ok || v.As == "" {
		refusePage(w, http.StatusForbidden, "You cannot act as that person.")
		return
	}
	person := p.s.Person(as)
	if v.Verb == "suggest" {
		options, err := person.Suggest(v.where(), v.BlockID, v.ActionID, v.Text)
		answer := answerOf(Result{}, err)
		for _, o := range options {
			answer.Options = append(answer.Options, pageOption{Value: o.Value, Label: o.Text})
		}
		sendPage(w, http.StatusOK, answer)
		return
	}
	verb, ok := pageVerbs[v.Verb]
	if !ok {
		refusePage(w, http.StatusBadRequest, "The page knows no such verb.")
		return
	}
	sendPage(w, http.StatusOK, answerOf(verb(person, v)))
}

func (p *pageDoor) serveDrop(w http.ResponseWriter, r *http.Request) {
	q := r.URL.Query()
	as, ok := p.persona(q.Get("as"))
	if !ok || q.Get("as") == "" {
		refusePage(w, http.StatusForbidden, "You cannot act as that person.")
		return
	}
	content, err := io.ReadAll(r.Body)
	if err != nil || len(content) > maxDrop {
		refusePage(w, http.StatusRequestEntityTooLarge, "Files up to 20 MB, please.")
		return
	}
	var text []string
	if t := q.Get("text"); t != "" {
		text = append(text, t)
	}
	sendPage(w, http.StatusOK, answerOf(p.s.Person(as).DropFile(q.Get("channel"), q.Get("name"), content, text...)))
}

// serveRead keeps how far the person has read.
func (p *pageDoor) serveRead(w http.ResponseWriter, r *http.Request) {
	var ask struct{ As, Channel, TS string }
	if err := json.NewDecoder(r.Body).Decode(&ask); err != nil {
		refusePage(w, http.StatusBadRequest, "The request is not readable JSON.")
		return
	}
	as, ok := p.persona(ask.As)
	if _, good := parseTS(ask.TS); !ok || !good {
		refusePage(w, http.StatusBadRequest, "Read by whom, and how far?")
		return
	}
	p.mu.Lock()
	if key := as + " " + ask.Channel; ask.TS > p.read[key] {
		p.read[key] = ask.TS
	}
	p.mu.Unlock()
	sendPage(w, http.StatusOK, pageAnswer{OK: true})
}

// lastRead is the ts of the last message the person has seen in the conversation.
func (p *pageDoor) lastRead(as, channel string) string {
	p.mu.Lock()
	defer p.mu.Unlock()
	return max(p.readFrom, p.read[as+" "+channel])
}

// answerOf turns a verb's outcome into what the page shows. Sentences at the
// fields of a form say more than a notice, so with them there is none.
func answerOf(res Result, err error) pageAnswer {
	if err == nil {
		return pageAnswer{OK: true, Errors: res.Errors}
	}
	if len(res.Errors) > 0 {
		return pageAnswer{Errors: res.Errors}
	}
	var t *Trouble
	if errors.As(err, &t) {
		return pageAnswer{Error: t.Say, Code: t.Code}
	}
	return pageAnswer{Error: err.Error()}
}

// persona answers whom the page may act as: the one asked for, the first for an
// empty name, and nobody who was not offered.
func (p *pageDoor) persona(id string) (string, bool) {
	p.s.mu.Lock()
	users := make([]User, 0, len(p.s.userOrder))
	for _, u := range p.s.userOrder {
		users = append(users, *p.s.users[u])
	}
	p.s.mu.Unlock()
	all := p.personas(users)
	if len(all) == 0 {
		return "", false
	}
	if id == "" {
		return all[0].UserID, true
	}
	return id, slices.ContainsFunc(all, func(one Persona) bool { return one.UserID == id })
}

// personas lists whom the page offers; people who were deactivated drop out.
func (p *pageDoor) personas(users []User) []Persona {
	var out []Persona
	if len(p.opt.Personas) > 0 {
		for _, one := range p.opt.Personas {
			if slices.ContainsFunc(users, func(u User) bool { return u.ID == one.UserID && !u.Deleted }) {
				out = append(out, one)
			}
		}
		return out
	}
	for _, u := range users {
		if !u.Bot && !u.Deleted && !u.Restricted && !u.UltraRestricted && !u.Stranger && u.ID != "USLACKBOT" {
			out = append(out, Persona{UserID: u.ID, Line: u.zone().String()})
		}
	}
	return out
}
