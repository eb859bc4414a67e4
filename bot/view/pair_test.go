package view

import (
	"strings"
	"testing"

	"github.com/prospectcoach/prospectcoach/coach"
)

// What was logged is said in English, also where somebody else answered.
func TestLoggedWordsNameWhoWasSpokenTo(t *testing.T) {
	t.Parallel()
	for _, tt := range []struct {
		name, gatekeeper string
		touch            coach.Touch
		want             string
	}{
		{"an email", "", coach.Touch{Channel: coach.Email, Outcome: coach.OutcomeSent}, "Logged: email to Jane Doe, Acme."},
		{"somebody else, no name known", "", coach.Touch{Channel: coach.Call, Outcome: coach.OutcomeGatekeeper}, "Logged: call with the assistant of Jane Doe, Acme."},
		{"somebody else", "Ana", coach.Touch{Channel: coach.Call, Outcome: coach.OutcomeGatekeeper}, "Logged: call with Ana, the assistant of Jane Doe, Acme."},
	} {
		p := jane()
		p.Gatekeeper.Name = tt.gatekeeper
		if got := LoggedWords(p, tt.touch, coach.Advice{}, today); !strings.HasPrefix(got, tt.want) {
			t.Errorf("%s: %q", tt.name, got)
		}
	}
}
