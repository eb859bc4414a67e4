package localslack

import (
	"bytes"
	"encoding/json"
	"io"
	"net/http"
	"testing"
	"time"
)

func (o *office) trigger(user, view string) string {
	o.mu.Lock()
	defer o.mu.Unlock()
	return o.newTrigger(user, view)
}

func TestATriggerIsGoodOnceAndNotForLong(t *testing.T) {
	t.Parallel()
	o := newOffice(t)
	once := o.trigger("U1", "")
	if a := o.call("views.open", "trigger_id", once, "view", `{"type":"modal"}`); a.Error != "invalid_arguments" {
		t.Errorf("bad view: %s", a.Error)
	}
	if a := o.call("views.open", "trigger_id", once, "view", modal); !a.OK {
		t.Errorf("a refused view spent the trigger: %s", a.Error)
	}
	if a := o.call("views.open", "trigger_id", once, "view", modal); a.Error != "exchanged_trigger_id" {
		t.Errorf("second use: %s", a.Error)
	}
	late := o.trigger("U1", "")
	o.Faults().ExpireTriggers()
	if a := o.call("views.open", "trigger_id", late, "view", modal); a.Error != "expired_trigger_id" {
		t.Errorf("late use: %s", a.Error)
	}
}

func TestATriggerExpiresByItself(t *testing.T) {
	t.Parallel()
	o := newOffice(t, func(op *Options) { op.TriggerLife = time.Millisecond })
	id := o.trigger("U1", "")
	for expired := false; !expired; {
		o.mu.Lock()
		expired = o.triggers[id].expired
		o.mu.Unlock()
	}
	if a := o.call("views.open", "trigger_id", id, "view", modal); a.Error != "expired_trigger_id" {
		t.Errorf("late use: %s", a.Error)
	}
}

func TestViewsStackHashAndExternalID(t *testing.T) {
	t.Parallel()
	o := newOffice(t)
	withID := `{"type":"modal","external_id":"x1","title":{"type":"plain_text","text":"Add"},"blocks":[]}`
	first := o.call("views.open", "trigger_id", o.trigger("U1", ""), "view", withID)
	if !first.OK {
		t.Fatal(first.Error)
	}
	if a := o.call("views.open", "trigger_id", o.trigger("U2", ""), "view", withID); a.Error != "duplicate_external_id" {
		t.Errorf("external id twice: %s", a.Error)
	}
	if a := o.call("views.push", "trigger_id", o.trigger("U2", ""), "view", modal); a.Error != "not_found" {
		t.Errorf("push onto nothing: %s", a.Error)
	}
	for range 2 {
		if a := o.call("views.push", "trigger_id", o.trigger("U1", first.View.ID), "view", modal); !a.OK {
			t.Fatal(a.Error)
		}
	}
	if a := o.call("views.push", "trigger_id", o.trigger("U1", first.View.ID), "view", modal); a.Error != "push_limit_reached" {
		t.Errorf("fourth: %s", a.Error)
	}
	second := o.call("views.update", "view_id", first.View.ID, "hash", first.View.Hash, "view", withID)
	if !second.OK || second.View.Hash == first.View.Hash || second.View.ID != first.View.ID {
		t.Errorf("update %s %+v", second.Error, second.View)
	}
	if a := o.call("views.update", "view_id", first.View.ID, "hash", first.View.Hash, "view", withID); a.Error != "hash_conflict" {
		t.Errorf("old hash: %s", a.Error)
	}
	if a := o.call("views.update", "external_id", "x1", "view", withID); !a.OK {
		t.Errorf("by external id: %s", a.Error)
	}
	ada := o.Person("ada")
	for want := 2; want >= 0; want-- {
		if _, err := ada.CloseView(); err != nil || len(ada.Views()) != want {
			t.Errorf("closing: %v, %d open", err, len(ada.Views()))
		}
	}
	if a := o.call("views.update", "view_id", first.View.ID, "view", modal); a.Error != "not_found" {
		t.Errorf("update of a closed view: %s", a.Error)
	}
}

// answerTo makes a response_url for a message, or for a command.
func (o *office) answerTo(m *Message, user, channel string) string {
	o.mu.Lock()
	defer o.mu.Unlock()
	return o.newResponse(responseURL{channel: channel, user: user, original: m})
}

func (o *office) post(url string, body any) (int, string) {
	o.t.Helper()
	raw, err := json.Marshal(body)
	if err != nil {
		o.t.Fatal(err)
	}
	res, err := http.Post(url, "application/json", bytes.NewReader(raw))
	if err != nil {
		o.t.Fatal(err)
	}
	defer func() { _ = res.Body.Close() }()
	text, _ := io.ReadAll(res.Body)
	return res.StatusCode, string(text)
}

func TestAResponseURLLastsFiveUsesAndThirtyMinutes(t *testing.T) {
	t.Parallel()
	o := newOffice(t)
	say := map[string]any{"text": "x"}
	url := o.answerTo(nil, "U1", "C2") // The app is no member of C2 and may answer all the same.
	for i := range 5 {
		if st, body := o.post(url, say); st != 200 || body != "ok" {
			t.Fatalf("use %d: %d %s", i, st, body)
		}
	}
	if st, body := o.post(url, say); st != 404 || body != `{"ok":false,"error":"used_url"}` {
		t.Errorf("sixth use: %d %s", st, body)
	}
	url = o.answerTo(nil, "U1", "C1")
	o.clock.move(30 * time.Minute)
	if st, _ := o.post(url, say); st != 200 {
		t.Errorf("after thirty minutes: %d", st)
	}
	o.clock.move(time.Second)
	if st, body := o.post(url, say); st != 404 || body != `{"ok":false,"error":"expired_url"}` {
		t.Errorf("after that: %d %s", st, body)
	}
	for _, m := range o.Person("ada").Channel("random").Messages {
		if m.EphemeralFor != "U1" {
			t.Errorf("an answer without response_type was shown to all: %+v", m)
		}
	}
}

func TestAResponseURLReplacesDeletesAndCannotUncover(t *testing.T) {
	t.Parallel()
	o := newOffice(t)
	a := o.call("chat.postMessage", "channel", "C1", "text", "one")
	o.mu.Lock()
	m := o.convs["C1"].byTS[a.TS]
	o.mu.Unlock()
	o.post(o.answerTo(m, "U1", "C1"), map[string]any{"text": "two", "replace_original": true})
	if got := o.Person("ben").Channel("C1").Last(); got.Text != "two" || got.TS != a.TS {
		t.Errorf("replaced: %+v", got)
	}
	o.post(o.answerTo(m, "U1", "C1"), map[string]any{"text": "all", "response_type": "in_channel"})
	if got := o.Person("ben").Channel("C1").Last(); got.Text != "all" {
		t.Errorf("in_channel: %+v", got)
	}
	o.post(o.answerTo(nil, "U1", "C1"), map[string]any{"text": "mine"})
	o.mu.Lock()
	eph := o.convs["C1"].messages[len(o.convs["C1"].messages)-1]
	o.mu.Unlock()
	o.post(o.answerTo(eph, "U1", "C1"), map[string]any{"text": "still mine", "replace_original": true, "response_type": "in_channel"})
	if got := o.Person("ben").Channel("C1").Last(); got.Text != "all" {
		t.Errorf("an ephemeral message was uncovered: %+v", got)
	}
	if got := o.Person("ada").Channel("C1").Last(); got.Text != "still mine" {
		t.Errorf("ada sees %+v", got)
	}
	o.post(o.answerTo(m, "U1", "C1"), map[string]any{"delete_original": true})
	if st, body := o.post(o.answerTo(m, "U1", "C1"), map[string]any{"text": "x", "replace_original": true}); st != 400 || body != "message_not_found" {
		t.Errorf("replacing what is gone: %d %s", st, body)
	}
	if st, body := o.post(o.answerTo(nil, "U1", "C1"), map[string]any{"blocks": []any{map[string]any{"type": "header"}}}); st != 400 || body != "invalid_blocks" {
		t.Errorf("bad blocks: %d %s", st, body)
	}
	if len(o.Violations()) != 2 {
		t.Errorf("violations %v", o.Violations())
	}
}

// A workspace that is used for hours does not keep all of it.
func TestTrimKeepsTheNewest(t *testing.T) {
	t.Parallel()
	o := newOffice(t)
	p := o.Person("U1")
	var first Message
	for i := range 10 {
		r, err := p.DropFile("", "a.csv", []byte("a;b"), "number "+string(rune('0'+i)))
		if err != nil {
			t.Fatal(err)
		}
		if i == 0 {
			first = r.Message
		}
	}
	o.Trim(3)
	left := p.DM().Messages
	if len(left) != 3 || left[2].Text != "number 9" {
		t.Errorf("left are %v", left)
	}
	if _, there := p.Message(first); there {
		t.Error("the first message is still there")
	}
	if _, _, there := o.FileContent(first.Files[0].ID); there {
		t.Error("the first file is still there")
	}
	if _, _, there := o.FileContent(left[0].Files[0].ID); !there {
		t.Error("a file that is shown is gone")
	}
	if waiting := o.UnexpectedIn(left[0].Channel); len(waiting) > 3 {
		t.Errorf("%d forgotten messages wait to be expected", len(waiting))
	}
}
