package view

import (
	"fmt"

	"github.com/prospectcoach/prospectcoach/coach"
)

// NotedWords repeats what was noted. What a gatekeeper said about time is
// repeated as it was understood (C5).
func NotedWords(p *coach.Prospect, kind string) string {
	if kind == "gatekeeper" {
		g := p.Gatekeeper
		switch {
		case g.NoChance:
			return fmt.Sprintf("Noted: no chance at %s, says the gatekeeper. The coach stops here.", Who(p))
		case g.BestTime != "":
			return fmt.Sprintf("Noted for %s Best time to call: %s.", WhoEnds(p), g.BestTime)
		}
		return fmt.Sprintf("Noted the gatekeeper of %s", WhoEnds(p))
	}
	return fmt.Sprintf("Noted for %s It can open a message once.", WhoEnds(p))
}
