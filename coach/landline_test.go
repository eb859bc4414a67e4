package coach_test

import (
	"testing"

	"github.com/prospectcoach/prospectcoach/coach"
)

// H1: no text message to a number that is known as a land line; what nobody
// can tell stays usable once they have spoken.
func TestH1_NoTextToALandLine(t *testing.T) {
	t.Parallel()
	for phone, texts := range map[string]bool{
		"+33 4 68 12 34 56": false, "+33 6 12 34 56 78": true, "0033 7 12 34 56 78": true, "+49 341 1234567": false, "+49 (0)171 5551234": true,
		"+44 20 7946 0018": false, "+44 7700 900123": true, "+353 1 234 5678": false, "+353 86 123 4567": true, "+39 06 1234567": false, "+39 333 1234567": true,
		"+1 212 555 0100": true, "0341 1234567": true, "+7 495 1234567": true, "+33": true,
	} {
		for _, line := range []coach.Line{"", coach.Mobile, coach.Switchboard, coach.Direct} {
			c := fresh(t, "2026-02-23", coach.Cold)
			c.Prospect.Phone, c.Prospect.Line, c.Prospect.Email, c.Prospect.LinkedIn = phone, line, "", ""
			c.Prospect.LastTalk = c.Today() - 100
			sent(t, c, "2026-02-16", coach.Voicemail, coach.ShortAsk)
			want := texts && line != coach.Switchboard || line == coach.Mobile
			s := c.Advise().Suggestion
			if got := s != nil && s.Channel == coach.Text; got != want {
				t.Errorf("%s, line %q: a text is suggested: %v, want %v", phone, line, got, want)
			}
		}
	}
}
