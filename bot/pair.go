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
