package bot

import (
	"context"
	"fmt"
	"net/http"
	"net/http/httptest"
	"testing"

	"github.com/slack-go/slack"
)

// What Slack repeats of a post is not looked at, whatever is in it; its refusal
// and its ts are.
func TestTheAnswerToAPostNeedsNoMessage(t *testing.T) {
	t.Parallel()
	for answer, want := range map[string]string{
		`{"ok":true,"channel":"D1","ts":"1.5","message":{"text":"hello","blocks":[{"type":"of the future","elements":7}]}}`: "D1 1.5 <nil>",
		`{"ok":true,"channel":"D1","ts":"1.5"}`:                "D1 1.5 <nil>",
		`{"ok":false,"error":"channel_not_found"}`:             "  channel_not_found",
		`{"ok":true,"channel":"D1","message":{"text":"lost"}}`: "D1  <nil>",
	} {
		srv := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, _ *http.Request) { fmt.Fprint(w, answer) }))
		t.Cleanup(srv.Close)
		api := newAPI(Config{HTTP: srv.Client(), APIURL: srv.URL + "/", BotToken: "xoxb-1"})
		ch, ts, err := api.PostMessageContext(context.Background(), "D1", slack.MsgOptionText("hello", false))
		if got := fmt.Sprint(ch, " ", ts, " ", err); got != want {
			t.Errorf("%s\nis read as %q, want %q", answer, got, want)
		}
	}
	srv := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, _ *http.Request) {
		w.Header().Set("Content-Length", "100") // cut off: nobody can tell whether it was posted
		fmt.Fprint(w, `{"ok":true,`)
	}))
	t.Cleanup(srv.Close)
	api := newAPI(Config{HTTP: srv.Client(), APIURL: srv.URL + "/", BotToken: "xoxb-1"})
	if _, _, err := api.PostMessageContext(context.Background(), "D1", slack.MsgOptionText("hello", false)); !unclear(err) {
		t.Errorf("an answer that was cut off: %v", err)
	}
}
