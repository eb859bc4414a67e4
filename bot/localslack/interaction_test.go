package localslack

import (
	"testing"
)

// recorder acknowledges everything and keeps the payloads by type.
func (o *office) record() func(kind string) map[string]any {
	w := o.connect()
	w.next()
	seen := make(chan map[string]any, 100)
	w.serve(func(f map[string]any) any {
		p, _ := f["payload"].(map[string]any)
		if p["type"] == "event_callback" {
			p, _ = p["event"].(map[string]any)
			p["ext"] = dig(f, "payload", "is_ext_shared_channel")
		}
		seen <- p
		if p["type"] == "block_suggestion" {
			return map[string]any{"options": []any{map[string]any{"text": map[string]any{"type": "plain_text", "text": "Acme " + p["value"].(string)}, "value": "7"}}}
		}
		return nil
	})
	return func(kind string) map[string]any {
		o.t.Helper()
		for {
			select {
			case p := <-seen:
				if p["type"] == kind || kind == "slash" && p["command"] != nil {
					return p
				}
			default:
				o.t.Errorf("no %s came", kind)
				return nil
			}
		}
	}
}

func TestInteractionPayloads(t *testing.T) {
	t.Parallel()
	o := newOffice(t, func(op *Options) {
		op.Users = append(op.Users, User{ID: "W7", Name: "grid"})
		op.App.Events = append(op.App.Events, "message.channels", "app_uninstalled", "tokens_revoked")
	})
	got := o.record()
	ada := o.Person("ada")
	ok := must2[Result](t)

	ok(o.Person("grid").In("").Command("/prospect"))
	if p := got("slash"); p["channel_id"] != "D7" || p["channel_name"] != "directmessage" || p["text"] != "" || p["user_id"] != "W7" || p["is_enterprise_install"] != "false" {
		t.Errorf("command of a W user: %v", p)
	}
	ok(ada.In("secret").Command("/prospect add A & B"))
	if p := got("slash"); p["channel_name"] != "privategroup" || p["text"] != "add A &amp; B" {
		t.Errorf("command in a private channel: %v", p)
	}

	o.call("chat.postEphemeral", "channel", "C1", "user", "U1", "blocks", `[{"type":"actions","elements":[{"type":"button","action_id":"b","text":{"type":"plain_text","text":"Go"}},{"type":"external_select","action_id":"s"}]}]`)
	m := ada.Channel("C1").Last()
	ok(ada.Click(m, "go"))
	if p := got("block_actions"); p["message"] != nil || dig(p, "container", "is_ephemeral") != true || p["response_url"] == nil {
		t.Errorf("click on an ephemeral message: %v", p)
	}
	if _, err := ada.MessageShortcut("check", m); code(err) != "message_not_found" {
		t.Errorf("shortcut on an ephemeral message: %v", err)
	}
	m = ok(ada.Say("C1", "draft")).Message
	if p := got("message"); p["channel_type"] != "channel" || p["ext"] != false {
		t.Errorf("message event %v", p)
	}
	ok(ada.MessageShortcut("check", m))
	if p := got("message_action"); p["callback_id"] != "check" || dig(p, "message", "text") != "draft" || p["trigger_id"] == nil || p["response_url"] == nil {
		t.Errorf("message shortcut: %v", p)
	}
	ok(ada.Shortcut("add"))
	if p := got("shortcut"); p["response_url"] != nil || p["trigger_id"] == nil {
		t.Errorf("global shortcut: %v", p)
	}
	ok(ada.Edit("C1", m.TS, "draft two"))
	if p := got("message"); p["subtype"] != "message_changed" || dig(p, "message", "text") != "draft two" || dig(p, "message", "edited", "user") != "U1" {
		t.Errorf("edit: %v", p)
	}
	ok(ada.Delete("C1", m.TS))
	if p := got("message"); p["subtype"] != "message_deleted" || p["deleted_ts"] != m.TS {
		t.Errorf("deletion: %v", p)
	}
	ok(ada.SayInThread("C1", m.TS, "reply"))
	if p := got("message"); p["thread_ts"] != m.TS {
		t.Errorf("reply: %v", p)
	}
	ok(ada.DropFile("", "a.csv", []byte("x"), "please"))
	if err := o.UpdateUser("U2", func(u *User) { u.Deleted = true }); err != nil {
		t.Fatal(err)
	}
	if p := got("message"); p["subtype"] != "file_share" || p["text"] != "please" || len(p["files"].([]any)) != 1 {
		t.Errorf("file: %v", p)
	}
	if p := got("user_change"); dig(p, "user", "deleted") != true {
		t.Errorf("deactivation: %v", p)
	}
	o.UpdateChannel("C1", func(c *Channel) { c.ExtShared = true })
	ok(ada.Say("C1", "shared"))
	if p := got("message"); p["ext"] != true {
		t.Errorf("shared channel: %v", p)
	}
	o.call("chat.postMessage", "channel", "U1", "text", "nudge")
	ok(ada.OpenHome())
	if p := got("message"); p["bot_id"] == nil || p["channel_type"] != "im" {
		t.Errorf("the app's own message: %v", p)
	}
	if p := got("app_home_opened"); p["tab"] != "home" || p["view"] != nil {
		t.Errorf("home: %v", p)
	}
	o.Faults().Uninstall()
	got("tokens_revoked")
	got("app_uninstalled")
	if a := o.call("auth.test"); a.Error != "account_inactive" {
		t.Errorf("after the removal: %s", a.Error)
	}
}

func TestFormsCheckWhatSlacksClientChecks(t *testing.T) {
	t.Parallel()
	o := newOffice(t)
	got := o.record()
	input := func(id, el string) string {
		return `{"type":"input","block_id":"` + id + `","label":{"type":"plain_text","text":"` + id + `"},"element":{"action_id":"v",` + el + `}}`
	}
	view := `{"type":"modal","notify_on_close":true,"title":{"type":"plain_text","text":"Add"},"submit":{"type":"plain_text","text":"Save"},"blocks":[` +
		input("name", `"type":"plain_text_input","min_length":3`) + `,` + input("mail", `"type":"email_text_input"`) + `,` + input("site", `"type":"url_text_input"`) + `,` +
		input("count", `"type":"number_input","is_decimal_allowed":false,"min_value":"1","max_value":"9"`) + `,` +
		input("firm", `"type":"external_select"`) + `,` + `{"type":"input","dispatch_action":true,"optional":true,"block_id":"day","label":{"type":"plain_text","text":"day"},"element":{"type":"datepicker","action_id":"v"}}]}`
	ada := o.Person("ada")
	ok := must2[Result](t)
	if a := o.call("views.open", "trigger_id", o.trigger("U1", ""), "view", view); !a.OK {
		t.Fatal(a.Error, a.Meta.Messages)
	}
	fill := func(kv ...string) map[string]string {
		for i := 0; i < len(kv); i += 2 {
			ok(ada.Fill(kv[i], kv[i+1]))
		}
		return ok(ada.Submit()).Errors
	}
	if e := fill(); len(e) != 5 || e["day"] != "" {
		t.Errorf("empty: %v", e)
	}
	if e := fill("name", "Jo", "mail", "jo", "site", "acme", "count", "2.5", "firm", "7"); len(e) != 4 {
		t.Errorf("wrong: %v", e)
	}
	if e := fill("name", "Joe", "mail", "jo@acme.test", "site", "https://acme.test", "count", "12"); len(e) != 1 || e["count"] == "" {
		t.Errorf("too many: %v", e)
	}
	offered, err := ada.Suggest(Where{}, "firm", "v", "in")
	if err != nil || len(offered) != 1 || offered[0] != (Option{Text: "Acme in", Value: "7"}) {
		t.Errorf("suggestions %v %v", offered, err)
	}
	ok(ada.Fill("day", "2026-03-02"))
	if p := got("block_actions"); dig(p, "view", "state", "values", "day", "v", "selected_date") != "2026-03-02" || p["response_url"] != nil {
		t.Errorf("dispatched input: %v", p)
	}
	if _, err := ada.Fill("colour", "red"); code(err) != "no_such_element" {
		t.Errorf("no such field: %v", err)
	}
	if e := fill("count", "5"); len(e) != 0 || ada.View() != nil {
		t.Errorf("good: %v, %v", e, ada.View())
	}
	if p := got("view_submission"); dig(p, "view", "state", "values", "mail", "v", "value") != "jo@acme.test" || dig(p, "view", "state", "values", "count", "v", "value") != "5" || len(p["response_urls"].([]any)) != 0 {
		t.Errorf("submission: %v", p)
	}
	if a := o.call("views.open", "trigger_id", o.trigger("U1", ""), "view", view); !a.OK {
		t.Fatal(a.Error)
	}
	ok(ada.CloseView())
	if p := got("view_closed"); p["is_cleared"] != false {
		t.Errorf("closing: %v", p)
	}
}

// TestWhatWasTypedStaysWhenAViewIsUpdated: an update keeps the values of inputs
// whose block and action ids stay, and drops those that go.
func TestWhatWasTypedStaysWhenAViewIsUpdated(t *testing.T) {
	t.Parallel()
	o := newOffice(t)
	form := func(id string) string {
		return `{"type":"modal","title":{"type":"plain_text","text":"Add"},"submit":{"type":"plain_text","text":"Save"},"blocks":[{"type":"input","block_id":"` + id + `","label":{"type":"plain_text","text":"Name"},"element":{"type":"plain_text_input","action_id":"v"}}]}`
	}
	a := o.call("views.open", "trigger_id", o.trigger("U1", ""), "view", form("one"))
	ada := o.Person("ada")
	if _, err := ada.Fill("Name", "Jane"); err != nil {
		t.Fatal(err)
	}
	o.call("views.update", "view_id", a.View.ID, "view", form("one"))
	if got := dig(ada.View().State["one"]["v"], "value"); got != "Jane" {
		t.Errorf("after the update: %v", got)
	}
	o.call("views.update", "view_id", a.View.ID, "view", form("two"))
	if got := dig(ada.View().State["two"]["v"], "value"); got != nil || ada.View().State["one"] != nil {
		t.Errorf("under another id: %v", ada.View().State)
	}
}
