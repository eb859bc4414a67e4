package localslack

import (
	"net/http"
	"net/url"
	"strings"
	"testing"
	"time"
)

func TestFaultsOnDemand(t *testing.T) {
	t.Parallel()
	o := newOffice(t)
	f := o.Faults()
	say := func() answered { return o.call("chat.postMessage", "channel", "C1", "text", "x") }
	count := func() int { return len(o.Person("ada").Channel("C1").Messages) }

	f.RateLimit("chat.postMessage", 1, 1500*time.Millisecond)
	if a := say(); a.status != 429 || a.header.Get("Retry-After") != "2" || a.Error != "ratelimited" {
		t.Errorf("429: %+v", a)
	}
	f.Refuse("chat.postMessage", 1, "ratelimited")
	if a := say(); a.status != 200 || a.Error != "ratelimited" {
		t.Errorf("ratelimited in the body: %+v", a)
	}
	f.Status("*", 1, 503)
	if a := say(); a.status != 503 || a.raw != nil || !strings.Contains(a.header.Get("Content-Type"), "html") {
		t.Errorf("503: %+v", a)
	}
	if count() != 0 {
		t.Error("a refused call had an effect")
	}
	f.RefuseAfter("chat.postMessage", 1, "internal_error")
	if a := say(); a.Error != "internal_error" || count() != 1 {
		t.Errorf("partial success: %+v, %d messages", a, count())
	}
	f.LoseAnswer("chat.postMessage", 1)
	_, err := http.PostForm(o.base+"/api/chat.postMessage", url.Values{"token": {"xoxb-1"}, "channel": {"C1"}, "text": {"x"}})
	if err == nil || count() != 2 {
		t.Errorf("lost answer: err %v, %d messages", err, count())
	}
	if f.Waiting() != 0 {
		t.Errorf("%d faults are left", f.Waiting())
	}
	if a := say(); !a.OK {
		t.Errorf("after all faults: %+v", a)
	}
}

func TestADelayedCallWaitsForItsRelease(t *testing.T) {
	t.Parallel()
	o := newOffice(t)
	release := o.Faults().Delay("chat.postMessage", 1)
	done := make(chan answered, 1)
	go func() { done <- o.call("chat.postMessage", "channel", "C1", "text", "slow") }()
	for o.Faults().Waiting() != 0 { // until the call has taken the fault
	}
	if a := o.call("chat.postMessage", "channel", "C1", "text", "quick"); !a.OK {
		t.Error(a.Error)
	}
	select {
	case <-done:
		t.Error("the delayed call is through")
	default:
	}
	release()
	if a := <-done; !a.OK {
		t.Error(a.Error)
	}
	if got := o.Person("ada").Channel("C1").Last().Text; got != "slow" {
		t.Errorf("last is %q", got)
	}
}

func TestTokenAndScopeGoAtRunTime(t *testing.T) {
	t.Parallel()
	o := newOffice(t)
	o.Faults().RevokeToken("token_revoked")
	if a := o.call("auth.test"); a.Error != "token_revoked" {
		t.Error(a.Error)
	}
	if a := o.call("apps.connections.open", "token!", "xapp-1"); a.Error != "token_revoked" {
		t.Error(a.Error)
	}
	o.Faults().RestoreToken()
	for method, scope := range map[string]string{"chat.postMessage": "chat:write", "users.info": "users:read", "dnd.info": "dnd:read", "usergroups.list": "usergroups:read",
		"files.info": "files:read", "files.getUploadURLExternal": "files:write", "team.info": "team:read", "reactions.add": "reactions:write"} {
		o.Faults().RemoveScope(scope)
		a := o.call(method)
		if a.Error != "missing_scope" || a.Needed != scope || a.Provided == "" || strings.Contains(a.Provided, scope+",") {
			t.Errorf("%s: %+v", method, a)
		}
		o.Faults().GrantScope(scope)
	}
	o.Faults().RemoveScope("connections:write")
	if a := o.call("apps.connections.open", "token!", "xapp-1"); a.Error != "missing_scope" {
		t.Error(a.Error)
	}
}

func TestEventsNeedSubscriptionAndScope(t *testing.T) {
	t.Parallel()
	o := newOffice(t, func(op *Options) { op.App.Scopes = without(op.App.Scopes, "im:history") })
	w := o.connect()
	w.next()
	ada := o.Person("ada")
	if _, err := ada.Say("", "x"); err != nil {
		t.Fatal(err)
	}
	if _, err := ada.Say("sales", "x"); err != nil { // message.channels is not subscribed
		t.Fatal(err)
	}
	if len(w.frames) != 0 {
		t.Errorf("got %v", w.next())
	}
	w.serve(func(map[string]any) any { return nil })
	if _, err := ada.OpenHome(); err != nil {
		t.Fatal(err)
	}
}

func TestLimitsRefuseWithRetryAfter(t *testing.T) {
	t.Parallel()
	o := newOffice(t, func(op *Options) { op.Limits = Limits{On: true, PostsPerMinute: 5} })
	say := func(channel string) answered { return o.call("chat.postMessage", "channel", channel, "text", "x") }
	for i := range 3 {
		if a := say("C1"); !a.OK {
			t.Fatalf("message %d of the burst: %s", i, a.Error)
		}
	}
	if a := say("C1"); a.status != 429 || a.header.Get("Retry-After") != "1" {
		t.Errorf("over the burst: %+v", a)
	}
	if a := say("U1"); !a.OK {
		t.Errorf("another conversation: %s", a.Error)
	}
	o.clock.move(time.Second)
	if a := say("C1"); !a.OK {
		t.Errorf("a second later: %s", a.Error)
	}
	if a := say("U2"); a.status != 429 || a.header.Get("Retry-After") != "59" {
		t.Errorf("over the workspace's minute: %+v", a)
	}
	for i := range 20 {
		if a := o.call("users.list"); !a.OK {
			t.Fatalf("call %d of tier 2: %s", i, a.Error)
		}
	}
	if a := o.call("users.list"); a.status != 429 || a.header.Get("Retry-After") != "60" {
		t.Errorf("over tier 2: %+v", a)
	}
	if a := o.call("users.info", "user", "U1"); !a.OK {
		t.Errorf("another method: %s", a.Error)
	}
	o.clock.move(time.Minute)
	if a := o.call("users.list"); !a.OK {
		t.Errorf("a minute later: %s", a.Error)
	}
}
