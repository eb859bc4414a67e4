package bot

import (
	"github.com/prospectcoach/prospectcoach/bot/view"
	"github.com/prospectcoach/prospectcoach/coach"
)

// pairNow is the companion email of the voicemail just logged (H2); nil when
// there is none to send.
func (b *Bot) pairNow(c coach.Case) *coach.Pair {
	n := len(c.Prospect.Touches)
	if n == 0 || c.Prospect.Touches[n-1].Channel != coach.Voicemail || c.Prospect.State != coach.Active {
		return nil
	}
	return c.PairOf(c.Prospect.Touches[n-1])
}

// owed tells whether what a button logs is the email that a voicemail
// announced and that is still to come, whatever else happened since (H2).
func owed(c coach.Case, l view.Logged) bool {
	v := c.Prospect.LastVoicemail()
	return l.Channel == coach.Email && c.Unpaired() && l.Angle == v.Angle && l.Variant == v.Variant
}

// owedEmail tells whether the email that the voicemail of an earlier day
// announced is still to come, and which it is; nil when the voicemail was in
// the rep's own words (H2, S2).
func owedEmail(c coach.Case) (*coach.Pair, bool) {
	v := c.Prospect.LastVoicemail()
	if v.On == 0 || v.On >= c.Today() || !c.Unpaired() {
		return nil, false
	}
	return c.PairOf(v), true
}

// owedFirst shows the email that is still to come, and beneath it the next
// step if that is due as well.
func (b *Bot) owedFirst(t Turn, c coach.Case, pair *coach.Pair) Reply {
	r := Show(view.PairReminder(c.Prospect, pair))
	if c.Prospect.Due <= c.Today() {
		r.Also = append(r.Also, b.suggestion(t, c, "", 0))
	}
	return r
}
