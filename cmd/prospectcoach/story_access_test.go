package main

import (
	"encoding/json"
	"fmt"
	"strings"
	"testing"

	"github.com/prospectcoach/prospectcoach/bot"
	"github.com/prospectcoach/prospectcoach/bot/localslack"
	"github.com/prospectcoach/prospectcoach/bot/view"
	"github.com/prospectcoach/prospectcoach/coach"
)

// benLine adds the prospect that nobody but Ben and his manager may hear of;
// every field holds a word of its own that stands nowhere else.
const benLine = `/prospect add Quentin Zanzibar, Wolkenkuckuck Ltd, Archmage email:quentin@wolkenkuckuck.test phone:+4934177001 ` +
	`industry:basketry research:sells xylophones to zeppelins gatekeeper:Gerlinde`

// benSecrets are the words of that line, as they could show.
var benSecrets = []string{"Quentin", "Zanzibar", "Wolkenkuckuck", "Archmage", "77001", "basketry", "xylophones", "Gerlinde"}

// The people of the access table who may do nothing, and what each is told.
var shutOut = []struct {
	user localslack.User
	say  string // "" means silence
}{
	{localslack.User{ID: "U0OUTSIDER", Name: "otto", RealName: "Otto Outside", TZ: "Europe/Berlin"}, "This is for the sales team."},
	{localslack.User{ID: "U0GUSGUEST", Name: "gus", RealName: "Gus Guest", TZ: "Europe/Berlin", Restricted: true}, "guests cannot use it"},
	{localslack.User{ID: "U0ULTRAGST", Name: "ulla", RealName: "Ulla Guest", UltraRestricted: true}, "guests cannot use it"},
	{localslack.User{ID: "U0STRANGER", Name: "sue", RealName: "Sue Stranger", TeamID: "T0ELSEWHERE", Stranger: true}, "only for members of the workspace"},
	{localslack.User{ID: "U0ROBOTROB", Name: "rob", RealName: "Rob Robot", Bot: true}, ""},
	{localslack.User{ID: "U0DORAGONE", Name: "dora", RealName: "Dora Departed", Deleted: true}, ""},
}

// withAccess is a workspace with all of them; REPS is a channel or a user group.
func withAccess(t *testing.T, reps string) storyOption {
	settings := withSettings(t, map[string]string{
		"COMPANY": "Northwind", "MANAGERS": demoRuth + ",U0GUSGUEST,U0DORAGONE", "TEAM_CHANNEL": demoChannel, "TEAM_TZ": "Europe/Berlin", "REPS": reps,
	})
	return func(w *worldOptions, o *localslack.Options) {
		settings(w, o)
		team := []string{demoAda, demoBen, demoMei, "U0GUSGUEST", "U0ULTRAGST", "U0STRANGER", "U0ROBOTROB", "U0DORAGONE"}
		for _, s := range shutOut {
			o.Users = append(o.Users, s.user)
		}
		o.Channels = append(o.Channels, localslack.Channel{ID: "C0REPSONLY", Name: "reps", Members: append(team, demoBotUser)})
		o.Usergroups = append(o.Usergroups, localslack.Usergroup{ID: "S0REPSGRP1", Handle: "reps", Name: "Reps", Users: team})
	}
}

// deedOf is one cell's attempt: somebody does something about prospect id.
type deedOf struct {
	route string // its line in the table of routes, as "command show"
	name  string
	do    func(p *localslack.Person, id int64) localslack.Forged
	free  bool // it also means something without a prospect, and may change one's own
	more  bool // a further way to say it, for those who get past the door
}

// everyDeed is every command word, button, form, shortcut, event and a file.
func everyDeed(app localslack.App) []deedOf {
	var all []deedOf
	table := bot.Table()
	for _, c := range table.Commands {
		for i, args := range []string{"%d", "", "#%d fri", "%d email homework outcome:sent", "%d said: a word", "%d meeting fri", "%d @ada", "%d until fri", "%d proposal", "%d never", "%d not-now"} {
			line := strings.TrimSpace(c.Word + " " + args)
			free := args == "" || !strings.Contains(c.Args, "REF") || c.Word == "next" || c.Word == "check"
			all = append(all, deedOf{"command " + c.Word, "command " + line, func(p *localslack.Person, id int64) localslack.Forged { return p.ForgeCommand(about(line, id)) }, free, i > 0})
			if i > 1 && c.Word != "assign" {
				continue // the same words reach the same handler
			}
			all = append(all,
				deedOf{"command " + c.Word, "said " + line, func(p *localslack.Person, id int64) localslack.Forged {
					return p.ForgeEvent("message", map[string]any{"text": about(line, id)})
				}, free, i > 0},
				deedOf{"click " + view.ActionRun, "button run " + line, func(p *localslack.Person, id int64) localslack.Forged {
					return p.ForgeClick(view.ActionRun, about(line, id))
				}, free, i > 0})
		}
	}
	tails := map[string][]string{
		view.ActionLog: {"left", "sent", "spoke", "gatekeeper", "bounced"}, view.ActionAnswer: {"meeting", "later", "no", "wrong-person", "won", "dnc"},
		view.ActionMoveOn: {"again", "never", "anyway"}, view.ActionMet: {"moved", "took-place", "cancelled", "no-show"}, view.ActionJudge: {view.JudgeLog, "email", "whom"}, view.ActionForget: {"yes", "no"}, view.ActionOffer: {"yes", "no"},
	}
	for _, c := range table.Clicks {
		for _, tail := range append([]string{""}, tails[c.Action]...) {
			action := strings.TrimSuffix(c.Action+":"+tail, ":")
			values := []string{"%d - s", "%d", "%d - c", "%d - t", "%d 0.0.1.active n2026-01-05", "%d - s email homework homework/email/1 -", "show %d - c", "forget:yes %d", "answer:won %d - c"}
			if c.Action == view.ActionJudge {
				draft := view.Drafted{Channel: coach.Email, ID: 424242, Text: "Jane, who checks your invoices?"}
				values = append(values, strings.Replace(draft.String(), "424242", "%d", 1))
			}
			for i, value := range values {
				free := c.Action == view.ActionAdd || c.Action == view.ActionAddAnyway || c.Action == view.ActionSettings || c.Action == view.ActionUndo || c.Action == view.ActionOffer
				all = append(all, deedOf{"click " + c.Action, "button " + action + " " + value, func(p *localslack.Person, id int64) localslack.Forged {
					return p.ForgeClick(action, about(value, id))
				}, free, i > 0})
			}
		}
	}
	for _, f := range table.Forms {
		for i, meta := range []string{"%d", "%d - s", "%d - c meeting", "%d - s later", "%d - c moved", ""} {
			all = append(all, deedOf{"form " + f.Callback, "form " + f.Callback + " " + meta, func(p *localslack.Person, id int64) localslack.Forged {
				return p.ForgeForm(f.Callback, about(meta, id), formValues(id))
			}, f.Callback == view.CallbackAdd || f.Callback == view.CallbackSettings, i > 0})
		}
	}
	for _, s := range app.Shortcuts {
		kind := map[string]string{"global": "shortcut", "message": "message_action"}[s.Type]
		all = append(all, deedOf{"shortcut " + s.CallbackID, "shortcut " + s.CallbackID, func(p *localslack.Person, id int64) localslack.Forged {
			return p.ForgeShortcut(kind, s.CallbackID, about("%d hello there", id))
		}, true, false})
	}
	return append(all,
		deedOf{"event app_home_opened", "opening the Home", func(p *localslack.Person, _ int64) localslack.Forged {
			return p.ForgeEvent("app_home_opened", map[string]any{"tab": "home"})
		}, true, false},
		deedOf{"event file_shared", "a file", func(p *localslack.Person, _ int64) localslack.Forged {
			return p.ForgeEvent("message", map[string]any{"subtype": "file_share", "text": "", "files": []any{map[string]any{
				"id": "F0FORGED01", "name": "people.csv", "filetype": "csv", "size": 40, "url_private_download": "http://127.0.0.1:1/none.csv"}}})
		}, true, false})
}

func about(pattern string, id int64) string {
	if !strings.Contains(pattern, "%d") {
		return pattern
	}
	return fmt.Sprintf(pattern, id)
}

// formValues fill every field of every form, by block and action id.
func formValues(id int64) map[string]map[string]any {
	out := map[string]map[string]any{}
	text := map[string]string{"prospect": fmt.Sprint(id), "name": "Forged Name", "company": "Forged Company", "title": "Forged", "email": "forged@acme.test",
		"phone": "+49 1234 567", "when": "fri", "day": "fri", "on": "today", "text": "Forged words", "words": "Forged words", "zone": "Europe/Berlin",
		"nudge": "09:00", "from": "08:00", "to": "18:00", "daily": "10", "draft": "Forged draft, is it good?"}
	for field, value := range text {
		out[field] = map[string]any{field: map[string]any{"type": "plain_text_input", "value": value}}
	}
	for field, value := range map[string]string{"channel": "email", "angle": "homework", "outcome": "sent", "pick": "tomorrow", "level": "vp", "urgency": "high", "kind": "said"} {
		option := map[string]any{"text": map[string]any{"type": "plain_text", "text": value}, "value": value}
		out[field] = map[string]any{field: map[string]any{"type": "static_select", "selected_option": option}}
	}
	out["to"]["to"] = map[string]any{"type": "users_select", "value": "18:00", "selected_user": demoMei} // the end of a day, or whom to hand over to
	option := map[string]any{"text": map[string]any{"type": "plain_text", "text": "Monday"}, "value": "1"}
	out["days"] = map[string]any{"days": map[string]any{"type": "checkboxes", "selected_options": []any{option}}}
	return out
}

// seenBy is all that a deed brought to somebody's screen.
func seenBy(p *localslack.Person, f localslack.Forged) string {
	var b strings.Builder
	for _, m := range f.Shown {
		p.Take(m)
		b.WriteString(words(m) + "\n")
		b.WriteString(m.Text + "\n")
	}
	if f.View != nil {
		b.WriteString(f.View.Title + "\n" + wordsOf(f.View.Blocks) + "\n" + f.View.PrivateMetadata + "\n")
		_, _ = p.ClearViews()
	}
	var ack any
	if json.Unmarshal(f.Ack, &ack) == nil {
		collect(&b, []any{ack})
		raw, _ := json.Marshal(ack)
		b.Write(raw)
	}
	if f.Trouble != nil {
		b.WriteString(f.Trouble.Error())
	}
	return b.String()
}

// Nobody outside the sales team gets anything at all: every command, sentence,
// button, form, shortcut, event and file of everybody who may not, with REPS
// as a channel and as a user group. A manager who is a guest or has left is
// no manager.
func TestAccess_WhoMayNotDoesNothing(t *testing.T) {
	t.Parallel()
	for _, reps := range []string{"C0REPSONLY", "S0REPSGRP1"} {
		t.Run(reps, func(t *testing.T) {
			t.Parallel()
			w := newWorld(t, "Mon 2026-01-05 10:00", "Europe/Berlin", withAccess(t, reps))
			w.Person("ben").Command(benLine).Sees("#1")
			dump := openDump(t, w.dbURL)
			before, cells := dump.all(), 0
			for _, d := range everyDeed(installed(bot.BuildManifest("Prospectcoach", "/prospect"))) {
				for _, who := range shutOut {
					if d.more {
						continue // no handler runs, so how it is said makes no difference
					}
					p := w.slack.Person(who.user.ID)
					got := seenBy(p, d.do(p, 1))
					cells++
					switch {
					case who.say == "" && strings.Trim(got, "\nnul{}") != "":
						t.Errorf("%s, %s: expected silence, saw:\n%s", who.user.Name, d.name, got)
					case who.say != "" && !strings.Contains(got, who.say) && d.name != "opening the Home":
						t.Errorf("%s, %s: not told %q, saw:\n%s", who.user.Name, d.name, who.say, got)
					}
					for _, secret := range benSecrets {
						if strings.Contains(got, secret) {
							t.Errorf("%s, %s: leaked %q:\n%s", who.user.Name, d.name, secret, got)
						}
					}
				}
			}
			if diff := differs(before, dump.all()); diff != "" {
				t.Errorf("the store was changed by people who may not:\n%s", diff)
			}
			t.Logf("%d cells", cells)
		})
	}
}

// Values that no button or form of ours carries change nothing, and are
// answered calmly or not at all.
func TestAccess_ForgedValuesChangeNothing(t *testing.T) {
	t.Parallel()
	w := newWorld(t, "Mon 2026-01-05 10:00", "Europe/Berlin", withAccess(t, ""))
	w.Person("ben").Command(benLine).Sees("#1")
	ada := w.Person("ada")
	ada.Command(janeLine).Sees("#2")
	w.Person("ruth").Command("/prospect week")
	dump := openDump(t, w.dbURL)
	before := dump.all()
	odd := []string{"", " ", "0", "-2", "2.5", "0x2", "２", "99999999999999999999", "9223372036854775807", "2\x00", "2;DROP TABLE prospects", "null", "[]", "{}",
		"<@U0BENOKAFOR>", strings.Repeat("9", 2000), "2 - ", "2 ", "two - s", "0 - s", "-2 - s", "2 - x y z", "9223372036854775807 - s", "undo 1", "run run run", "more more"}
	for _, c := range bot.Table().Clicks {
		for i, tail := range []string{"", ":bogus", ":", "::", ":left:left", ":yes", ":" + strings.Repeat("a", 250)} {
			for j, v := range odd {
				if i > 0 && j%5 != i%5 || j%3 != i%3 && !*everyField {
					continue
				}
				if c.Action == view.ActionRun && v == "undo 1" || c.Action == view.ActionUndo && strings.HasPrefix(v, "2") || c.Action == view.ActionLog && tail == ":left" {
					continue
				}
				for _, who := range []*localslack.Person{ada.p, w.slack.Person("ruth")} { // a manager's forged value is no better
					got := seenBy(who, who.ForgeClick(c.Action+tail, v))
					if strings.Contains(got, "Zanzibar") {
						t.Errorf("%s, button %s%s %.40q leaked:\n%s", who.ID(), c.Action, tail, v, got)
					}
					if diff := differs(before, dump.all()); diff != "" {
						t.Fatalf("%s, button %s%s %.40q changed the store:\n%s", who.ID(), c.Action, tail, v, diff)
					}
				}
			}
		}
	}
	wrong := []any{nil, 7, true, "text", []any{1, 2}, map[string]any{"type": "plain_text_input", "value": 7}, map[string]any{"type": "static_select", "selected_option": "email"},
		map[string]any{"type": "static_select", "selected_option": map[string]any{"value": "bogus"}}, map[string]any{"type": "plain_text_input", "value": strings.Repeat("x", 100_000)}}
	for _, f := range bot.Table().Forms {
		for i, meta := range append(odd, "1", "1 - s", "1 - c meeting") {
			if i%3 != 0 && i < len(odd) && !*everyField {
				continue
			}
			seenBy(ada.p, ada.p.ForgeForm(f.Callback, meta, nil))
			if f.Callback != view.CallbackAdd && f.Callback != view.CallbackSettings && f.Callback != view.CallbackLog && f.Callback != view.CallbackCheck {
				if got := seenBy(ada.p, ada.p.ForgeForm(f.Callback, meta, formValues(1))); strings.Contains(got, "Zanzibar") {
					t.Errorf("form %s %.40q leaked:\n%s", f.Callback, meta, got)
				}
			}
			if diff := differs(before, dump.all()); diff != "" {
				t.Fatalf("form %s %.40q changed the store:\n%s", f.Callback, meta, diff)
			}
		}
		for _, value := range wrong {
			values := formValues(2)
			for field := range values {
				values[field] = map[string]any{field: value}
			}
			seenBy(ada.p, ada.p.ForgeForm(f.Callback, "2 - s", values))
			if diff := differs(before, dump.all()); diff != "" {
				t.Fatalf("form %s with %.60v in every field changed the store:\n%s", f.Callback, value, diff)
			}
		}
	}
	for _, kind := range []string{"slash_commands", "interactive", "events_api", "nonsense"} {
		for _, payload := range []map[string]any{nil, {}, {"type": "block_actions"}, {"type": "block_actions", "actions": []any{}}, {"type": "view_submission"}, {"type": 7},
			{"user_id": 7}, {"event": "x"}, {"event": map[string]any{"type": "message", "user": []any{}}}, {"actions": "x", "user": map[string]any{"id": demoAda}, "type": "block_actions"},
			{"type": "view_submission", "user": map[string]any{"id": demoAda}, "view": map[string]any{"callback_id": "nobody knows"}},
			{"type": "shortcut", "user": map[string]any{"id": demoAda}, "callback_id": "nobody knows"}, {"type": "block_suggestion", "user": map[string]any{"id": demoAda}}} {
			if f := ada.p.ForgeRaw(kind, payload); f.Trouble != nil {
				t.Errorf("%s %v was not acknowledged: %v", kind, payload, f.Trouble)
			}
		}
	}
	if diff := differs(before, dump.all()); diff != "" {
		t.Fatalf("unreadable envelopes changed the store:\n%s", diff)
	}
	ada.Command("/prospect show 2").Sees("Jane Doe") // and it still listens
	for _, m := range w.slack.Unexpected() {
		w.slack.Take(m)
	}
}
