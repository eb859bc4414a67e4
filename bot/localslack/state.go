package localslack

import (
	"encoding/json"
	"fmt"
	"strings"
	"time"
)

// Team is the workspace.
type Team struct {
	ID, Name, Domain string
}

// User is a member of the workspace, a bot, or somebody of another workspace
// met in a shared channel.
type User struct {
	ID       string // U… (or W… on Enterprise Grid)
	Name     string // the handle, without @
	RealName string
	TZ       string // IANA; may be empty, as for bots and external users
	Email    string
	TeamID   string // empty means the workspace's own
	Admin, Owner, Bot, Deleted,
	Restricted, UltraRestricted, Stranger bool
	StatusText  string
	StatusEmoji string
	DND         DND
}

// DND is a person's do-not-disturb window, Unix seconds as dnd.info gives them.
type DND struct {
	Enabled            bool
	NextStart, NextEnd int64
	SnoozeEnd          int64 // 0: not snoozing
}

// Channel is a public or private channel.
type Channel struct {
	ID, Name                   string
	Private, Archived, General bool
	ExtShared                  bool
	Members                    []string // user ids, the bot's included where it was invited
	Topic, Purpose             string
	PostingRestricted          bool // only admins may post: restricted_action
}

// Usergroup is a group of people, asked for with usergroups.list.
type Usergroup struct {
	ID, Handle, Name string
	Disabled         bool
	Users            []string
}

// File is an uploaded file. Its bytes stay in memory.
type File struct {
	ID, Name, Title, MimeType, FileType string
	User                                string
	Size                                int
	Created                             int64
	Channels                            []string
	Pending                             bool // upload URL given, completeUploadExternal not yet called
	content                             []byte
	uploaded                            bool
}

// Message is one message as Slack keeps it: block ids generated, bare URLs
// wrapped, & < > as entities. Values handed out are copies; the raw JSON in
// them is never written to after it was stored.
type Message struct {
	Channel      string // C… or D…
	TS           string // unique in its channel, its identity
	ThreadTS     string // empty outside a thread; equal to TS on a thread's parent
	User         string // author
	BotID        string // set on the app's messages
	SubType      string // "", "file_share", "channel_join", …
	Text         string // mrkdwn source
	Blocks       json.RawMessage
	Attachments  json.RawMessage
	Metadata     json.RawMessage // {"event_type":…,"event_payload":{…}}
	Files        []File
	Reactions    []Reaction
	EphemeralFor string // user id of the only one who sees it; such messages are in no history
	EditedTS     string
	EditedBy     string
	Deleted      bool
	UnfurlLinks  bool
	UnfurlMedia  bool
	Seq          int64 // the change that last touched it
	ClientMsgID  string

	taken bool
	state map[string]stateValues // user id -> what that person chose in the message's elements
}

// Reaction is an emoji under a message.
type Reaction struct {
	Name  string
	Users []string
}

// stateValues is block_id -> action_id -> the value object Slack sends in
// state.values.
type stateValues map[string]map[string]map[string]any

// View is a modal or an App Home as Slack keeps it.
type View struct {
	ID, RootID, PreviousID    string
	Type                      string // "modal" or "home"
	CallbackID, ExternalID    string
	Hash                      string
	PrivateMetadata           string
	Title, Submit, CloseLabel string
	Blocks                    json.RawMessage
	ClearOnClose              bool
	NotifyOnClose             bool
	SubmitDisabled            bool
	User                      string                    // whose screen it is on
	Errors                    map[string]string         // block_id -> the sentence under the field after a refused submit
	State                     map[string]map[string]any // block_id -> action_id -> Slack's state value object

	state stateValues
	raw   map[string]any
}

// conversation is a channel or a direct message with its messages in ts order.
type conversation struct {
	Channel
	im       bool
	user     string // the person of a direct message
	open     bool
	messages []*Message
	byTS     map[string]*Message
	lastTS   int64 // microseconds
}

// member says whether the user is in the conversation.
func (c *conversation) member(user string) bool {
	if c.im {
		return c.user == user
	}
	for _, m := range c.Members {
		if m == user {
			return true
		}
	}
	return false
}

// nextTS gives the ts of the next message: the world's time in microseconds,
// moved on when it is taken, since a ts is unique per channel and serves as the
// message's id (docs.slack.dev/messaging/retrieving-messages).
func (s *Server) nextTS(c *conversation) string {
	us := s.opt.Now().UnixMicro()
	if us <= c.lastTS {
		us = c.lastTS + 1
	}
	c.lastTS = us
	return formatTS(us)
}

func formatTS(us int64) string {
	return fmt.Sprintf("%d.%06d", us/1e6, us%1e6)
}

// parseTS reads "1767600000.000100" (or plain seconds) as microseconds.
func parseTS(ts string) (int64, bool) {
	sec, frac, _ := strings.Cut(ts, ".")
	if sec == "" {
		return 0, false
	}
	var n int64
	for _, r := range sec {
		if r < '0' || r > '9' || n > 1e13 {
			return 0, false
		}
		n = n*10 + int64(r-'0')
	}
	for i := range 6 {
		d := int64(0)
		if i < len(frac) {
			if frac[i] < '0' || frac[i] > '9' {
				return 0, false
			}
			d = int64(frac[i] - '0')
		}
		n = n*10 + d
	}
	return n, true
}

// add stores a message at the end of its conversation and tells the feed.
func (s *Server) add(c *conversation, m *Message) {
	m.Channel = c.ID
	if m.TS == "" {
		m.TS = s.nextTS(c)
	}
	c.messages = append(c.messages, m)
	c.byTS[m.TS] = m
	m.Seq = s.changed(Change{Kind: ChangeMessage, Channel: c.ID, TS: m.TS, User: m.EphemeralFor})
}

// touch tells the feed that a stored message was edited or deleted.
func (s *Server) touch(m *Message) {
	m.Seq = s.changed(Change{Kind: ChangeMessage, Channel: m.Channel, TS: m.TS, User: m.EphemeralFor})
}

// visible returns copies of what a person sees in a conversation, oldest first:
// nothing deleted, and ephemeral messages only when they are theirs.
func (s *Server) visible(c *conversation, user string) []Message {
	out := make([]Message, 0, len(c.messages))
	for _, m := range c.messages {
		if m.Deleted || (m.EphemeralFor != "" && m.EphemeralFor != user) {
			continue
		}
		out = append(out, *m)
	}
	return out
}

// dm gives the direct message between the user and the app, made if need be.
// Slack opens it on conversations.open, on the first chat.postMessage to a user
// id, and when the person opens the app (docs.slack.dev/reference/methods/conversations.open).
func (s *Server) dm(user string) *conversation {
	if id := s.dms[user]; id != "" {
		return s.convs[id]
	}
	id := "D" + strings.TrimLeft(user, "UW")
	for s.convs[id] != nil {
		id += "D"
	}
	c := &conversation{Channel: Channel{ID: id}, im: true, user: user, byTS: map[string]*Message{}}
	s.convs[id], s.dms[user] = c, id
	s.changed(Change{Kind: ChangeChannel, Channel: id, User: user})
	return c
}

// unix is the world's time in seconds, as most of Slack's JSON dates things.
func (s *Server) unix() int64 { return s.opt.Now().Unix() }

// zone loads the user's zone, UTC when there is none.
func (u *User) zone() *time.Location {
	if u.TZ == "" {
		return time.UTC
	}
	loc, err := time.LoadLocation(u.TZ)
	if err != nil {
		return time.UTC
	}
	return loc
}
