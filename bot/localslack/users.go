package localslack

import (
	"encoding/base64"
	"strings"
)

func (s *Server) apiTest(c *call) (answer, *refusal) {
	if e := c.str("error"); e != "" {
		return nil, refuse(e)
	}
	return answer{"args": map[string]any{}}, nil
}

// authTest follows docs.slack.dev/reference/methods/auth.test.
func (s *Server) authTest(c *call) (answer, *refusal) {
	bot := s.users[s.app.BotUserID]
	return answer{
		"url": "https://" + s.opt.Team.Domain + ".slack.com/", "team": s.opt.Team.Name, "team_id": s.opt.Team.ID,
		"user": bot.Name, "user_id": bot.ID, "bot_id": s.app.BotID, "is_enterprise_install": false,
	}, nil
}

func (s *Server) teamInfo(c *call) (answer, *refusal) {
	if id := c.str("team"); id != "" && id != s.opt.Team.ID {
		return nil, refuse("team_not_found")
	}
	t := s.opt.Team
	return answer{"team": map[string]any{"id": t.ID, "name": t.Name, "domain": t.Domain, "email_domain": "", "icon": map[string]any{"image_default": true}}}, nil
}

// userJSON draws a user as docs.slack.dev/reference/objects/user-object. The
// offset is the one of today, as Slack's is: it moves with daylight saving time.
func (s *Server) userJSON(u *User) map[string]any {
	profile := map[string]any{
		"real_name": u.RealName, "real_name_normalized": u.RealName, "display_name": u.Name, "display_name_normalized": u.Name,
		"status_text": u.StatusText, "status_emoji": u.StatusEmoji, "status_expiration": 0, "team": u.TeamID,
	}
	if s.hasScope("users:read.email") && u.Email != "" {
		profile["email"] = u.Email
	}
	out := map[string]any{
		"id": u.ID, "team_id": u.TeamID, "name": u.Name, "deleted": u.Deleted, "profile": profile,
		"is_bot": u.Bot && u.ID != "USLACKBOT", "is_app_user": false, "updated": s.unix(),
	}
	if u.Bot && u.ID == s.app.BotUserID {
		profile["bot_id"], profile["api_app_id"] = s.app.BotID, s.app.ID
	}
	if u.Deleted {
		return out // Deactivated members come back without zone and roles.
	}
	out["real_name"] = u.RealName
	out["is_admin"], out["is_owner"], out["is_primary_owner"] = u.Admin || u.Owner, u.Owner, false
	out["is_restricted"], out["is_ultra_restricted"] = u.Restricted || u.UltraRestricted, u.UltraRestricted
	out["has_2fa"] = false
	if u.Stranger || u.TeamID != s.opt.Team.ID {
		out["is_stranger"] = true
	}
	if u.TZ != "" {
		zone, offset := s.opt.Now().In(u.zone()).Zone()
		out["tz"], out["tz_label"], out["tz_offset"] = u.TZ, zone, offset
	}
	if c := "en-US"; u.TZ != "" {
		out["locale"] = c
	}
	return out
}

func (s *Server) usersInfo(c *call) (answer, *refusal) {
	id := c.str("user")
	u := s.users[id]
	if u == nil {
		return nil, refuse("user_not_found")
	}
	return answer{"user": s.userJSON(u)}, nil
}

// page cuts ids by limit and cursor; the cursor is opaque base64, as Slack's
// (docs.slack.dev/apis/web-api/pagination).
func page(c *call, ids []string, most int) (out []string, next string, ref *refusal) {
	limit, ok := c.num("limit", most, 1000)
	if !ok {
		return nil, "", refuse("invalid_limit")
	}
	start := 0
	if cur := c.str("cursor"); cur != "" {
		raw, err := base64.StdEncoding.DecodeString(cur)
		at, isNext := strings.CutPrefix(string(raw), "next:")
		if err != nil || !isNext {
			return nil, "", refuse("invalid_cursor")
		}
		start = len(ids)
		for i, id := range ids {
			if id == at {
				start = i
				break
			}
		}
	}
	end := min(start+limit, len(ids))
	if end < len(ids) {
		next = base64.StdEncoding.EncodeToString([]byte("next:" + ids[end]))
	}
	return ids[start:end], next, nil
}

func cursor(next string) map[string]any { return map[string]any{"next_cursor": next} }

func (s *Server) usersList(c *call) (answer, *refusal) {
	ids, next, ref := page(c, s.userOrder, 1000)
	if ref != nil {
		return nil, ref
	}
	members := make([]any, 0, len(ids))
	for _, id := range ids {
		members = append(members, s.userJSON(s.users[id]))
	}
	return answer{"members": members, "cache_ts": s.unix(), "response_metadata": cursor(next)}, nil
}

func dndJSON(d DND, now int64) map[string]any {
	out := map[string]any{"dnd_enabled": d.Enabled, "next_dnd_start_ts": d.NextStart, "next_dnd_end_ts": d.NextEnd}
	if !d.Enabled {
		out["next_dnd_start_ts"], out["next_dnd_end_ts"] = 1, 1 // Slack's way of saying never.
	}
	if d.SnoozeEnd > now {
		out["snooze_enabled"], out["snooze_endtime"], out["snooze_remaining"] = true, d.SnoozeEnd, d.SnoozeEnd-now
	} else {
		out["snooze_enabled"] = false
	}
	return out
}

// dndInfo follows docs.slack.dev/reference/methods/dnd.info.
func (s *Server) dndInfo(c *call) (answer, *refusal) {
	id := c.str("user")
	if id == "" {
		id = s.app.BotUserID
	}
	u := s.users[id]
	if u == nil {
		return nil, refuse("user_not_found")
	}
	return answer(dndJSON(u.DND, s.unix())), nil
}

// dndTeamInfo follows docs.slack.dev/reference/methods/dnd.teamInfo: at most 50
// users, and they must be named.
func (s *Server) dndTeamInfo(c *call) (answer, *refusal) {
	ids := c.list("users")
	if len(ids) == 0 {
		return nil, refuse("missing_argument")
	}
	if len(ids) > 50 {
		return nil, refuse("too_many_users")
	}
	out := map[string]any{}
	for _, id := range ids {
		if u := s.users[id]; u != nil {
			d := dndJSON(u.DND, s.unix())
			delete(d, "snooze_enabled") // The team's answer has no snooze.
			delete(d, "snooze_endtime")
			delete(d, "snooze_remaining")
			out[id] = d
		}
	}
	return answer{"users": out}, nil
}

func (s *Server) usergroupsList(c *call) (answer, *refusal) {
	out := []any{}
	for _, g := range s.groups {
		if g.Disabled && !c.flag("include_disabled", false) {
			continue
		}
		m := map[string]any{"id": g.ID, "team_id": s.opt.Team.ID, "is_usergroup": true, "name": g.Name, "handle": g.Handle,
			"description": "", "is_external": false, "date_create": 0, "date_update": 0, "date_delete": 0, "user_count": len(g.Users)}
		if c.flag("include_users", false) {
			m["users"] = g.Users
		}
		out = append(out, m)
	}
	return answer{"usergroups": out}, nil
}

func (s *Server) usergroupsUsersList(c *call) (answer, *refusal) {
	for _, g := range s.groups {
		if g.ID == c.str("usergroup") {
			users := []string{}
			for _, id := range g.Users {
				if u := s.users[id]; u != nil && !u.Deleted {
					users = append(users, id)
				}
			}
			return answer{"users": users}, nil
		}
	}
	return nil, refuse("no_such_subteam")
}

// UpdateUser changes a member and tells the app by user_change, if it listens
// (docs.slack.dev/reference/events/user_change). It waits like a person's verb.
func (s *Server) UpdateUser(id string, change func(*User)) error {
	s.mu.Lock()
	u := s.users[id]
	if u == nil {
		s.mu.Unlock()
		return &Trouble{Code: "user_not_found", Say: "nobody has the id " + id}
	}
	changed := *u
	change(&changed)
	s.users[id] = &changed
	s.changed(Change{Kind: ChangeUser, User: id})
	d := s.event("user_change", []string{"users:read"}, map[string]any{"type": "user_change", "user": s.userJSON(&changed), "cache_ts": s.unix(), "event_ts": formatTS(s.opt.Now().UnixMicro())})
	s.mu.Unlock()
	s.settle(d)
	return nil
}
