package localslack

import (
	"encoding/json"
	"hash/fnv"
	"net/http"
	"strings"
	"time"
)

// shownMessages is how many messages of one conversation the page gets.
const shownMessages = 400

// The JSON of /world/state: what one person's screen shows, and nothing that
// this person could not see in Slack.
type (
	pageState struct {
		Seq      int64                    `json:"seq"`
		Title    string                   `json:"title"`
		Team     pageTeam                 `json:"team"`
		Now      time.Time                `json:"now"`
		Zone     string                   `json:"zone"`
		Clock    clockState               `json:"clock"`
		Me       pageUser                 `json:"me"`
		Personas []pageUser               `json:"personas"`
		Users    map[string]pageUser      `json:"users"`
		App      pageApp                  `json:"app"`
		Channels []pageChannel            `json:"channels"`
		Channel  string                   `json:"channel"`
		Messages []pageMessage            `json:"messages"`
		Threads  map[string][]pageMessage `json:"threads"`
		Views    []pageView               `json:"views"`
		Home     *pageView                `json:"home"`
		Tour     []TourStep               `json:"tour"`
	}
	pageTeam struct {
		Name string `json:"name"`
	}
	pageUser struct {
		ID         string `json:"id"`
		Name       string `json:"name"`
		Handle     string `json:"handle"`
		Bot        bool   `json:"bot,omitempty"`
		Deleted    bool   `json:"deleted,omitempty"`
		Status     string `json:"status,omitempty"`
		StatusText string `json:"status_text,omitempty"`
		Line       string `json:"line,omitempty"`
		Hue        int    `json:"hue"`
		Unread     int    `json:"unread,omitempty"` // of a persona: messages waiting in their direct message
	}
	pageApp struct {
		Name        string            `json:"name"`
		Command     string            `json:"command"`
		Description string            `json:"description"`
		UsageHint   string            `json:"usage_hint"`
		Subcommands []pageSubcommand  `json:"subcommands"`
		Shortcuts   []pageAppShortcut `json:"shortcuts"`
		HomeTab     bool              `json:"home_tab"`
	}
	pageSubcommand struct {
		Word string `json:"word"`
		Hint string `json:"hint"`
		Say  string `json:"say"`
	}
	pageAppShortcut struct {
		Name        string `json:"name"`
		Type        string `json:"type"`
		CallbackID  string `json:"callback_id"`
		Description string `json:"description"`
	}
	pageChannel struct {
		ID       string `json:"id"`
		Name     string `json:"name"`
		Kind     string `json:"kind"` // channel, private, dm
		User     string `json:"user,omitempty"`
		Member   bool   `json:"member"`
		Members  int    `json:"members,omitempty"`
		Topic    string `json:"topic,omitempty"`
		Unread   int    `json:"unread"`
		LastRead string `json:"last_read"`
	}
	pageMessage struct {
		Channel     string          `json:"channel"`
		TS          string          `json:"ts"`
		ThreadTS    string          `json:"thread_ts,omitempty"`
		User        string          `json:"user"`
		SubType     string          `json:"subtype,omitempty"`
		Text        string          `json:"text"`
		Blocks      json.RawMessage `json:"blocks,omitempty"`
		State       json.RawMessage `json:"state,omitempty"`
		Edited      bool            `json:"edited,omitempty"`
		Ephemeral   bool            `json:"ephemeral,omitempty"`
		Files       []pageFile      `json:"files,omitempty"`
		Reactions   []pageReaction  `json:"reactions,omitempty"`
		ReplyCount  int             `json:"reply_count,omitempty"`
		ReplyUsers  []string        `json:"reply_users,omitempty"`
		LatestReply string          `json:"latest_reply,omitempty"`
	}
	pageFile struct {
		ID   string `json:"id"`
		Name string `json:"name"`
		Size int    `json:"size"`
	}
	pageReaction struct {
		Name  string   `json:"name"`
		Users []string `json:"users"`
	}
	pageView struct {
		ID             string                    `json:"id"`
		CallbackID     string                    `json:"callback_id"`
		Hash           string                    `json:"hash"`
		Title          string                    `json:"title"`
		Submit         string                    `json:"submit"`
		Close          string                    `json:"close"`
		SubmitDisabled bool                      `json:"submit_disabled,omitempty"`
		Blocks         json.RawMessage           `json:"blocks"`
		Errors         map[string]string         `json:"errors,omitempty"`
		State          map[string]map[string]any `json:"state,omitempty"`
	}
)

func (p *pageDoor) serveState(w http.ResponseWriter, r *http.Request) {
	as, ok := p.persona(r.URL.Query().Get("as"))
	if !ok {
		// A name remembered from an earlier world: start as the first person.
		if as, ok = p.persona(""); !ok {
			refusePage(w, http.StatusNotFound, "There is nobody to act as.")
			return
		}
	}
	sendPage(w, http.StatusOK, p.state(as, r.URL.Query().Get("channel")))
}

// state is what the person sees with the conversation open; an unknown or empty
// one means the direct message with the app.
func (p *pageDoor) state(as, channel string) pageState {
	snap := p.s.snapshotFor(as)
	now, zone := p.opt.Now(), snap.Me.zone()
	st := pageState{
		Seq: snap.Seq, Title: p.opt.Title, Team: pageTeam{Name: snap.Team.Name},
		Now: now.In(zone), Zone: zone.String(), Clock: p.clock(now, zone),
		Me: pageUserOf(snap.Me), Users: map[string]pageUser{}, App: pageAppOf(snap.App),
		Personas: []pageUser{}, Channels: []pageChannel{}, Messages: []pageMessage{}, Threads: map[string][]pageMessage{}, Views: []pageView{},
		Tour: append([]TourStep{}, p.opt.Tour...),
	}
	for _, u := range snap.Users {
		st.Users[u.ID] = pageUserOf(u)
	}
	for _, one := range p.personas(snap.Users) {
		u := st.Users[one.UserID]
		u.Line, u.Unread = one.Line, p.waiting(one.UserID)
		st.Personas = append(st.Personas, u)
		if u.ID == as {
			st.Me = u
		}
	}
	for _, c := range snap.Conversations {
		pc := p.channelOf(as, c, snap)
		st.Channels = append(st.Channels, pc)
		if pc.ID == channel || st.Channel == "" && pc.Kind == "dm" {
			st.Channel = pc.ID
		}
	}
	if st.Channel == "" && len(st.Channels) > 0 {
		st.Channel = st.Channels[0].ID
	}
	st.spread(snap.Messages[st.Channel], p.s.chosenIn(st.Channel, as))
	for _, v := range snap.Modals {
		st.Views = append(st.Views, pageViewOf(v))
	}
	if snap.Home != nil {
		home := pageViewOf(*snap.Home)
		st.Home = &home
	}
	return st
}

// spread puts the messages where the page shows them: replies under their
// thread, the rest in the conversation.
func (st *pageState) spread(all []Message, chosen map[string]json.RawMessage) {
	for _, m := range all {
		pm := pageMessageOf(m)
		pm.State = chosen[m.TS]
		if m.ThreadTS != "" && m.ThreadTS != m.TS {
			st.Threads[m.ThreadTS] = append(st.Threads[m.ThreadTS], pm)
			if m.SubType != "thread_broadcast" {
				continue
			}
		}
		st.Messages = append(st.Messages, pm)
	}
	if n := len(st.Messages) - shownMessages; n > 0 {
		st.Messages = st.Messages[n:]
	}
	for i := range st.Messages {
		m := &st.Messages[i]
		seen := map[string]bool{}
		for _, reply := range st.Threads[m.TS] {
			m.ReplyCount++
			m.LatestReply = reply.TS
			if !seen[reply.User] {
				seen[reply.User] = true
				m.ReplyUsers = append(m.ReplyUsers, reply.User)
			}
		}
	}
}

// chosenIn copies, as JSON, what the person chose in the elements of a
// conversation's messages.
func (s *Server) chosenIn(channel, user string) map[string]json.RawMessage {
	s.mu.Lock()
	defer s.mu.Unlock()
	out := map[string]json.RawMessage{}
	if c := s.convs[channel]; c != nil {
		for _, m := range c.messages {
			if values := m.state[user]; len(values) > 0 {
				if raw, err := json.Marshal(values); err == nil {
					out[m.TS] = raw
				}
			}
		}
	}
	return out
}

func (p *pageDoor) channelOf(as string, c Conversation, snap Snapshot) pageChannel {
	pc := pageChannel{ID: c.ID, Name: c.Name, Kind: "channel", Member: c.Member, Members: len(c.Members), Topic: c.Topic}
	switch {
	case c.DM:
		pc.Kind, pc.Name, pc.User, pc.Members = "dm", snap.App.Name, snap.App.BotUserID, 0
	case c.Private:
		pc.Kind = "private"
	}
	pc.LastRead = p.lastRead(as, c.ID)
	for _, m := range snap.Messages[c.ID] {
		if m.TS > pc.LastRead && m.User != as && m.EphemeralFor == "" {
			pc.Unread++
		}
	}
	return pc
}

// waiting counts what a persona has not read in their direct message, so that
// the demo's viewer sees whom to act as next. It is a number and nothing more.
func (p *pageDoor) waiting(user string) int {
	p.s.mu.Lock()
	defer p.s.mu.Unlock()
	c := p.s.convs[p.s.dms[user]]
	if c == nil {
		return 0
	}
	n, read := 0, p.lastRead(user, c.ID)
	for _, m := range c.messages {
		if m.TS > read && m.User != user && m.EphemeralFor == "" && !m.Deleted {
			n++
		}
	}
	return n
}

func pageUserOf(u User) pageUser {
	name := u.RealName
	if name == "" {
		name = u.Name
	}
	h := fnv.New32a()
	_, _ = h.Write([]byte(u.ID)) // A hash's Write never fails.
	return pageUser{ID: u.ID, Name: name, Handle: u.Name, Bot: u.Bot, Deleted: u.Deleted, Status: strings.Trim(u.StatusEmoji, ":"), StatusText: u.StatusText, Hue: int(h.Sum32() % 8)}
}

func pageAppOf(a App) pageApp {
	out := pageApp{Name: a.Name, Command: a.Command, Description: a.Description, UsageHint: a.UsageHint, HomeTab: a.HomeTab, Subcommands: []pageSubcommand{}, Shortcuts: []pageAppShortcut{}}
	for _, c := range a.Subcommands {
		out.Subcommands = append(out.Subcommands, pageSubcommand(c))
	}
	for _, x := range a.Shortcuts {
		out.Shortcuts = append(out.Shortcuts, pageAppShortcut(x))
	}
	return out
}

func pageMessageOf(m Message) pageMessage {
	pm := pageMessage{
		Channel: m.Channel, TS: m.TS, ThreadTS: m.ThreadTS, User: m.User, SubType: m.SubType, Text: m.Text, Blocks: m.Blocks,
		Edited: m.EditedTS != "", Ephemeral: m.EphemeralFor != "",
	}
	for _, f := range m.Files {
		pm.Files = append(pm.Files, pageFile{ID: f.ID, Name: f.Name, Size: f.Size})
	}
	for _, r := range m.Reactions {
		pm.Reactions = append(pm.Reactions, pageReaction{Name: r.Name, Users: append([]string{}, r.Users...)})
	}
	return pm
}

func pageViewOf(v View) pageView {
	return pageView{
		ID: v.ID, CallbackID: v.CallbackID, Hash: v.Hash, Title: v.Title, Submit: v.Submit, Close: v.CloseLabel,
		SubmitDisabled: v.SubmitDisabled, Blocks: v.Blocks, Errors: v.Errors, State: v.State,
	}
}
