package bot

import (
	"encoding/json"
	"testing"

	"github.com/slack-go/slack"

	"github.com/prospectcoach/prospectcoach/bot/view"
)

// Slack allows three windows on top of each other: what answers the third
// stands in its place, and a refusal at its first field, so that nothing typed
// is lost.
func TestAFourthWindowIsNeverPushed(t *testing.T) {
	t.Parallel()
	const fields = `,"blocks":[{"type":"section","block_id":"head"},{"type":"input","block_id":"name"}]`
	for _, c := range []struct {
		name, view         string
		opens, saysInstead slack.ViewSubmissionResponse
	}{
		{"the first", `"id":"V1","root_view_id":"V1","previous_view_id":null` + fields, slack.ViewSubmissionResponse{ResponseAction: slack.RAPush}, slack.ViewSubmissionResponse{ResponseAction: slack.RAPush}},
		{"the second", `"id":"V2","root_view_id":"V1","previous_view_id":"V1"` + fields, slack.ViewSubmissionResponse{ResponseAction: slack.RAPush}, slack.ViewSubmissionResponse{ResponseAction: slack.RAPush}},
		{"the third", `"id":"V3","root_view_id":"V1","previous_view_id":"V2"` + fields, slack.ViewSubmissionResponse{ResponseAction: slack.RAUpdate}, slack.ViewSubmissionResponse{ResponseAction: slack.RAErrors, Errors: map[string]string{"name": "No."}}},
		{"the third, without a field", `"id":"V3","root_view_id":"V1","previous_view_id":"V2"`, slack.ViewSubmissionResponse{ResponseAction: slack.RAUpdate}, slack.ViewSubmissionResponse{ResponseAction: slack.RAUpdate}},
	} {
		d := &delivery{env: envelope{Type: "interactive", Payload: json.RawMessage(`{"type":"view_submission","view":{` + c.view + `}}`)}}
		if err := d.decode(); err != nil {
			t.Fatal(err)
		}
		if got := d.onTop(view.NotDone("x")); got.ResponseAction != c.opens.ResponseAction {
			t.Errorf("%s: another window is answered by %s, want %s", c.name, got.ResponseAction, c.opens.ResponseAction)
		}
		if got := d.sayInWindow("No."); got.ResponseAction != c.saysInstead.ResponseAction || len(got.Errors) != len(c.saysInstead.Errors) || got.Errors["name"] != c.saysInstead.Errors["name"] {
			t.Errorf("%s: a refusal is answered by %s %v", c.name, got.ResponseAction, got.Errors)
		}
	}
}
