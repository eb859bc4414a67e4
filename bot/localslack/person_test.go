package localslack

import (
	"strings"
	"testing"
)

func TestPeopleCannotDoWhatSlackDoesNotLetThem(t *testing.T) {
	t.Parallel()
	o := newOffice(t)
	w := o.connect()
	w.next()
	w.serve(func(map[string]any) any { return nil })
	ada := o.Person("ada")
	rows := []struct {
		name, want string
		do         func() error
	}{
		{"nobody", "user_not_found", func() error { _, err := o.Person("nobody").Say("", "x"); return err }},
		{"deactivated", "account_inactive", func() error { _, err := o.Person("gone").Say("", "x"); return err }},
		{"nothing said", "no_text", func() error { _, err := ada.Say("", " "); return err }},
		{"archived", "is_archived", func() error { _, err := ada.Say("old", "x"); return err }},
		{"not joined", "not_in_channel", func() error { _, err := o.Person("ben").Say("random", "x"); return err }},
		{"private", "channel_not_found", func() error { _, err := o.Person("ben").Say("secret", "x"); return err }},
		{"other's DM", "channel_not_found", func() error { ada.DM(); _, err := o.Person("ben").Say("D1", "x"); return err }},
		{"another app's command", "unknown_command", func() error { _, err := ada.Command("/giphy cat"); return err }},
		{"no such shortcut", "no_such_shortcut", func() error { _, err := ada.Shortcut("fly"); return err }},
		{"nothing open", "not_found", func() error { _, err := ada.Submit(); return err }},
		{"empty home", "not_found", func() error { _, err := ada.HomeClick("x"); return err }},
		{"edit of nothing", "message_not_found", func() error { _, err := ada.Edit("", "1.1", "x"); return err }},
		{"joined already", "already_in_channel", func() error { _, err := ada.Join("sales"); return err }},
	}
	for _, r := range rows {
		if err := r.do(); code(err) != r.want {
			t.Errorf("%s: %v, want %s", r.name, err, r.want)
		}
	}
}

func TestAnInvitationReachesTheApp(t *testing.T) {
	t.Parallel()
	o := newOffice(t)
	w := o.connect()
	w.next()
	go func() { _, _ = o.Person("ada").Invite("random", "UBOT") }()
	f := w.next()
	if dig(f, "payload", "event", "type") != "member_joined_channel" || dig(f, "payload", "event", "user") != "UBOT" || dig(f, "payload", "event", "inviter") != "U1" {
		t.Errorf("got %v", f)
	}
	w.ack(f, nil)
}

func TestElementsGiveTheValuesSlackGives(t *testing.T) {
	t.Parallel()
	o := newOffice(t)
	w := o.connect()
	w.next()
	var last map[string]any
	w.serve(func(f map[string]any) any {
		if dig(f, "payload", "type") == "block_actions" {
			last = f["payload"].(map[string]any)
		}
		return nil
	})
	blocks := `[{"type":"actions","block_id":"b","elements":[` +
		`{"type":"static_select","action_id":"pick","options":` + opts(3) + `},` +
		`{"type":"datepicker","action_id":"day","initial_date":"2026-01-05"},` +
		`{"type":"users_select","action_id":"who"},` +
		`{"type":"overflow","action_id":"more","options":` + opts(2) + `},` +
		`{"type":"checkboxes","action_id":"ticks","options":` + opts(3) + `},` +
		`{"type":"button","action_id":"go","value":"1","text":{"type":"plain_text","text":"One"}}]},` +
		`{"type":"actions","elements":[{"type":"button","action_id":"go","value":"2","text":{"type":"plain_text","text":"Two"}}]}]`
	if a := o.call("chat.postMessage", "channel", "C1", "text", "t", "blocks", blocks); !a.OK {
		t.Fatal(a.Error, a.Meta.Messages)
	}
	ada := o.Person("ada")
	m := ada.Channel("C1").Last()
	rows := []struct {
		action string
		values []string
		key    string
		want   any
	}{
		{"pick", []string{"v1"}, "selected_option", "v1"},
		{"pick", []string{"o2"}, "selected_option", "v2"}, // by its label
		{"day", []string{"2026-02-03"}, "selected_date", "2026-02-03"},
		{"who", []string{"ben"}, "selected_user", "U2"},
		{"more", []string{"v0"}, "selected_option", "v0"},
	}
	for _, r := range rows {
		if _, err := ada.Choose(m, r.action, r.values...); err != nil {
			t.Fatal(r.action, err)
		}
		action := last["actions"].([]any)[0]
		got := dig(action, r.key)
		if opt, ok := got.(map[string]any); ok {
			got = opt["value"]
		}
		if got != r.want || dig(action, "action_id") != r.action || dig(action, "block_id") != "b" {
			t.Errorf("%s: %v", r.action, action)
		}
	}
	if _, err := ada.Choose(m, "ticks", "v0", "v2"); err != nil {
		t.Fatal(err)
	}
	state := dig(last, "state", "values", "b")
	if dig(state, "day", "selected_date") != "2026-02-03" || dig(state, "go") != nil || dig(state, "more") != nil || len(dig(state, "ticks", "selected_options").([]any)) != 2 {
		t.Errorf("state %v", state)
	}
	if _, err := ada.Click(m, "go", "2"); err != nil || dig(last["actions"].([]any)[0], "value") != "2" {
		t.Errorf("second button: %v %v", err, last["actions"])
	}
	if dig(last, "message", "text") != "t" || dig(last, "container", "is_ephemeral") != false || !strings.Contains(last["response_url"].(string), "/response/") {
		t.Errorf("payload %v", last)
	}
	if _, err := ada.Choose(m, "pick", "v9"); code(err) != "invalid_choice" {
		t.Errorf("an option that is not offered: %v", err)
	}
	if _, err := ada.Choose(m, "day", "tomorrow"); code(err) != "invalid_choice" {
		t.Errorf("a date in words: %v", err)
	}
}

func TestChangesAreNumberedAndForgottenOnesSaidSo(t *testing.T) {
	t.Parallel()
	o := newOffice(t)
	wake, stop := o.Subscribe()
	defer stop()
	_, at := o.Changes(0)
	o.call("chat.postMessage", "channel", "C1", "text", "x")
	<-wake
	ch, next := o.Changes(at)
	if len(ch) != 1 || ch[0].Kind != ChangeMessage || ch[0].Channel != "C1" || next != at+1 {
		t.Errorf("changes %+v, next %d", ch, next)
	}
	o.mu.Lock()
	for range 3 * feedKept {
		o.changed(Change{Kind: ChangeSocket})
	}
	o.mu.Unlock()
	if ch, _ := o.Changes(at); len(ch) != 1 || ch[0].Kind != ChangeReset {
		t.Errorf("far behind: %d changes", len(ch))
	}
	if ch, _ := o.Changes(next + 2*feedKept + 10); len(ch) == 0 || ch[0].Seq != next+2*feedKept+11 {
		t.Errorf("a little behind: %d changes", len(ch))
	}
}

func TestMessagesWaitUntilTheyAreTaken(t *testing.T) {
	t.Parallel()
	o := newOffice(t)
	o.call("chat.postMessage", "channel", "U1", "text", "one")
	o.call("chat.postMessage", "channel", "C1", "text", "two")
	o.call("chat.postEphemeral", "channel", "C1", "user", "U1", "text", "three")
	ada := o.Person("ada")
	if n, m, c := len(o.Unexpected()), len(ada.Unexpected()), len(o.UnexpectedIn("C1")); n != 3 || m != 2 || c != 2 {
		t.Errorf("%d, %d and %d wait", n, m, c)
	}
	for _, m := range ada.Unexpected() {
		if !o.Take(m) {
			t.Errorf("%q was not waiting", m.Text)
		}
	}
	if left := o.Unexpected(); len(left) != 1 || left[0].Text != "two" || left[0].TS == "" {
		t.Errorf("left %+v", left)
	}
}

func BenchmarkPost(b *testing.B) {
	o := newOffice(&testing.T{})
	for b.Loop() {
		o.mu.Lock()
		c := o.convs["C1"]
		_, ref := o.readBlocks([]byte(`[{"type":"section","text":{"type":"mrkdwn","text":"*Jane Doe*, Acme & Co"}},{"type":"actions","elements":[{"type":"button","action_id":"a","value":"1","text":{"type":"plain_text","text":"Log it"}}]}]`), inMessage)
		if ref != nil {
			b.Fatal(ref)
		}
		o.Server.post(c, o.fromApp(c, draft{text: "x"}))
		o.mu.Unlock()
	}
}
