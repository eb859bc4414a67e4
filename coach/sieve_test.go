package coach_test

import (
	"strings"
	"testing"

	"pgregory.net/rapid"

	"github.com/prospectcoach/prospectcoach/coach"
)

// The draft check sorts out most earlier texts early; what remains must be the
// same as comparing all of them.
func TestA1_TheCheckFindsWhatComparingFinds(t *testing.T) {
	t.Parallel()
	pb := playbook(t)
	words := strings.Fields("the plant in Leipzig opens its gates on a Monday in March and your people need to learn how the line runs before it does so who trains them then")
	rapid.Check(t, func(t *rapid.T) {
		some := func(label string) string {
			n := rapid.IntRange(6, 40).Draw(t, label)
			from := rapid.IntRange(0, len(words)-1).Draw(t, label+" from")
			var out []string
			for i := range n {
				w := words[(from+i)%len(words)]
				if rapid.IntRange(0, 5).Draw(t, "swap") == 0 {
					w = rapid.SampledFrom(words).Draw(t, "other")
				}
				out = append(out, w)
			}
			return strings.Join(out, " ")
		}
		a, b := some("a"), some("b")
		r := pb.CheckDraft(coach.DraftInput{Text: a, Channel: coach.Email, Earlier: []string{b}})
		repeat := false
		for _, f := range r.Findings {
			repeat = repeat || f.ID == coach.Repeat
		}
		if want := pb.Alike(a, b); repeat != want {
			t.Fatalf("found %v, alike %v:\n%s\n%s", repeat, want, a, b)
		}
	})
}
