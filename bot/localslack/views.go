package localslack

import (
	"encoding/json"
	"strings"
	"time"
	"unicode/utf8"
)

// trigger is a trigger_id: good for 3 s after it was sent, and once
// (docs.slack.dev/interactivity/handling-user-interaction, "Triggers").
type trigger struct {
	user          string
	view          string // the modal it came from, empty outside one
	used, expired bool
	timer         *time.Timer
}

const (
	viewBytesMax = 250 * 1000 // docs.slack.dev/reference/methods/views.update: view_too_large
	// triggerMemory is how long an expired trigger is still known as expired.
	triggerMemory = 10 * time.Minute
	stackMax      = 3 // docs.slack.dev/surfaces/modals: at most three views in a stack
)

// newTrigger hands out a trigger_id and starts its clock.
func (s *Server) newTrigger(user, view string) string {
	s.ids++
	id := formatTS(s.opt.Now().UnixMicro()) + "." + strings.ToLower(secret())
	t := &trigger{user: user, view: view}
	s.triggers[id] = t
	t.timer = time.AfterFunc(s.opt.TriggerLife, func() {
		s.mu.Lock()
		defer s.mu.Unlock()
		t.expired = true
		if s.closed {
			return
		}
		// After a while even Slack has forgotten it: invalid, no longer expired.
		t.timer = time.AfterFunc(triggerMemory, func() {
			s.mu.Lock()
			defer s.mu.Unlock()
			delete(s.triggers, id)
		})
	})
	return id
}

// useTrigger finds a good trigger; it is spent by spend, when all else was right.
func (s *Server) useTrigger(id string) (*trigger, *refusal) {
	t := s.triggers[id]
	switch {
	case t == nil:
		return nil, refuse("invalid_trigger_id")
	case t.used:
		return nil, refuse("exchanged_trigger_id")
	case t.expired:
		return nil, refuse("expired_trigger_id")
	}
	return t, nil
}

// readView checks a view of a call and makes it what Slack keeps.
func (s *Server) readView(raw json.RawMessage, user string) (*View, *refusal) {
	if len(raw) == 0 {
		return nil, refuse("invalid_arguments", "[ERROR] missing required field: view")
	}
	if len(raw) > viewBytesMax {
		return nil, refuse("view_too_large")
	}
	obj, messages := s.checkView(raw)
	if len(messages) > 0 {
		return nil, refuse("invalid_arguments", messages...)
	}
	blocks, err := json.Marshal(obj["blocks"])
	if err != nil {
		return nil, refuse("invalid_arguments", "[ERROR] blocks cannot be read [json-pointer:/view/blocks]")
	}
	v := &View{
		Type: word(obj, "type"), CallbackID: word(obj, "callback_id"), ExternalID: word(obj, "external_id"),
		PrivateMetadata: word(obj, "private_metadata"), Title: textOf(obj["title"]), Submit: textOf(obj["submit"]), CloseLabel: textOf(obj["close"]),
		ClearOnClose: obj["clear_on_close"] == true, NotifyOnClose: obj["notify_on_close"] == true, SubmitDisabled: obj["submit_disabled"] == true,
		Blocks: blocks, User: user, raw: obj,
	}
	v.state = initialState(obj["blocks"])
	return v, nil
}

// place gives a new view its id and hash and makes it findable.
func (s *Server) place(v *View) {
	v.ID = s.id("V")
	v.Hash = formatTS(s.opt.Now().UnixMicro()) + "." + secret()[:8]
	if v.RootID == "" {
		v.RootID = v.ID
	}
	s.views[v.ID] = v
}

// externalTaken says whether another view of the app has the external_id, which
// must be unique in the team (docs.slack.dev/reference/methods/views.open).
func (s *Server) externalTaken(v *View, but string) bool {
	if v.ExternalID == "" {
		return false
	}
	for _, other := range s.views {
		if other.ExternalID == v.ExternalID && other.ID != but {
			return true
		}
	}
	return false
}

func (s *Server) viewAnswer(v *View) answer { return answer{"view": s.viewJSON(v)} }

func (s *Server) viewsOpen(c *call) (answer, *refusal) {
	t, ref := s.useTrigger(firstOf(c.str("trigger_id"), c.str("interactivity_pointer")))
	if ref != nil {
		return nil, ref
	}
	v, ref := s.readView(c.raw("view"), t.user)
	if ref != nil {
		return nil, ref
	}
	if v.Type != "modal" {
		return nil, refuse("invalid_arguments", "[ERROR] must be a modal [json-pointer:/view/type]")
	}
	if s.externalTaken(v, "") {
		return nil, refuse("duplicate_external_id")
	}
	t.used = true
	for _, old := range s.modals[t.user] {
		delete(s.views, old.ID)
	}
	s.place(v)
	s.modals[t.user] = []*View{v}
	s.changed(Change{Kind: ChangeView, User: t.user})
	return s.viewAnswer(v), nil
}

func (s *Server) viewsPush(c *call) (answer, *refusal) {
	t, ref := s.useTrigger(firstOf(c.str("trigger_id"), c.str("interactivity_pointer")))
	if ref != nil {
		return nil, ref
	}
	v, ref := s.readView(c.raw("view"), t.user)
	if ref != nil {
		return nil, ref
	}
	if v.Type != "modal" {
		return nil, refuse("invalid_arguments", "[ERROR] must be a modal [json-pointer:/view/type]")
	}
	if t.view == "" || len(s.modals[t.user]) == 0 {
		return nil, refuse("not_found") // There is nothing open to push onto.
	}
	if s.externalTaken(v, "") {
		return nil, refuse("duplicate_external_id")
	}
	if ref := s.push(v); ref != nil {
		return nil, ref
	}
	t.used = true
	return s.viewAnswer(v), nil
}

// push puts a modal on its user's stack.
func (s *Server) push(v *View) *refusal {
	stack := s.modals[v.User]
	if len(stack) >= stackMax {
		return refuse("push_limit_reached")
	}
	top := stack[len(stack)-1]
	v.RootID, v.PreviousID = top.RootID, top.ID
	s.place(v)
	s.modals[v.User] = append(stack, v)
	s.changed(Change{Kind: ChangeView, User: v.User})
	return nil
}

// viewsUpdate follows docs.slack.dev/reference/methods/views.update.
func (s *Server) viewsUpdate(c *call) (answer, *refusal) {
	var old *View
	switch id, ext := c.str("view_id"), c.str("external_id"); {
	case id != "":
		old = s.views[id]
	case ext != "":
		for _, v := range s.views {
			if v.ExternalID == ext {
				old = v
			}
		}
	default:
		return nil, refuse("invalid_arguments", "[ERROR] view_id or external_id is required")
	}
	if old == nil {
		return nil, refuse("not_found")
	}
	v, ref := s.readView(c.raw("view"), old.User)
	if ref != nil {
		return nil, ref
	}
	if v.Type != old.Type {
		return nil, refuse("invalid_arguments", "[ERROR] the type of a view cannot change [json-pointer:/view/type]")
	}
	if h := c.str("hash"); h != "" && h != old.Hash {
		return nil, refuse("hash_conflict")
	}
	if s.externalTaken(v, old.ID) {
		return nil, refuse("duplicate_external_id")
	}
	s.replace(old, v)
	return s.viewAnswer(v), nil
}

// replace puts a new view in the place of an old one. What was typed stays in
// inputs whose block_id and action_id stay
// (docs.slack.dev/surfaces/modals, "Updating views").
func (s *Server) replace(old, v *View) {
	v.ID, v.RootID, v.PreviousID = old.ID, old.RootID, old.PreviousID
	v.Hash = formatTS(s.opt.Now().UnixMicro()) + "." + secret()[:8]
	for b, as := range v.state {
		for a, val := range as {
			if was, ok := old.state[b][a]; ok && was["type"] == val["type"] && v.Type == "modal" {
				as[a] = was
			}
		}
	}
	s.views[v.ID] = v
	if v.Type == "home" {
		s.homes[v.User] = v
		s.changed(Change{Kind: ChangeHome, User: v.User})
		return
	}
	for i, m := range s.modals[v.User] {
		if m.ID == v.ID {
			s.modals[v.User][i] = v
		}
	}
	s.changed(Change{Kind: ChangeView, User: v.User})
}

// viewsPublish follows docs.slack.dev/reference/methods/views.publish.
func (s *Server) viewsPublish(c *call) (answer, *refusal) {
	if !s.app.HomeTab {
		return nil, refuse("not_enabled")
	}
	user := c.str("user_id")
	u := s.users[user]
	if u == nil || u.Deleted {
		return nil, refuse("invalid_arguments", "[ERROR] no such user [json-pointer:/user_id]")
	}
	v, ref := s.readView(c.raw("view"), user)
	if ref != nil {
		return nil, ref
	}
	if v.Type != "home" {
		return nil, refuse("invalid_arguments", "[ERROR] must be a home view [json-pointer:/view/type]")
	}
	old := s.homes[user]
	if h := c.str("hash"); h != "" && (old == nil || h != old.Hash) {
		return nil, refuse("hash_conflict")
	}
	but := ""
	if old != nil {
		but = old.ID
	}
	if s.externalTaken(v, but) {
		return nil, refuse("duplicate_external_id")
	}
	if old == nil {
		s.place(v)
		s.homes[user] = v
		s.changed(Change{Kind: ChangeHome, User: user})
	} else {
		s.replace(old, v)
	}
	return s.viewAnswer(v), nil
}

// viewJSON draws a view as it comes back from views.* and in interactions
// (docs.slack.dev/reference/views/modal-views, "view" payload).
func (s *Server) viewJSON(v *View) map[string]any {
	j := map[string]any{
		"id": v.ID, "team_id": s.opt.Team.ID, "type": v.Type, "blocks": v.Blocks, "private_metadata": v.PrivateMetadata,
		"callback_id": v.CallbackID, "state": map[string]any{"values": v.state.clone()}, "hash": v.Hash,
		"title": nil, "close": nil, "submit": nil, "clear_on_close": v.ClearOnClose, "notify_on_close": v.NotifyOnClose,
		"previous_view_id": nil, "root_view_id": v.RootID, "app_id": s.app.ID, "external_id": v.ExternalID,
		"app_installed_team_id": s.opt.Team.ID, "bot_id": s.app.BotID,
	}
	if v.Type == "modal" {
		j["submit_disabled"] = v.SubmitDisabled
	}
	for _, k := range []string{"title", "close", "submit"} {
		if t, ok := v.raw[k].(map[string]any); ok {
			j[k] = t
		}
	}
	if v.PreviousID != "" {
		j["previous_view_id"] = v.PreviousID
	}
	return j
}

// clone copies a state, so that it can be encoded outside the lock.
func (st stateValues) clone() stateValues {
	out := stateValues{}
	for b, as := range st {
		out[b] = map[string]map[string]any{}
		for a, v := range as {
			out[b][a] = v
		}
	}
	return out
}

func word(obj map[string]any, key string) string {
	v, _ := obj[key].(string)
	return v
}

// textOf reads the text of a text object.
func textOf(v any) string {
	obj, _ := v.(map[string]any)
	return word(obj, "text")
}

func firstOf(a, b string) string {
	if a != "" {
		return a
	}
	return b
}

func length(s string) int { return utf8.RuneCountInString(s) }
