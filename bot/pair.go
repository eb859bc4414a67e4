package bot

import (
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
