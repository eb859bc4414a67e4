package bot

import (
	"fmt"
	"regexp"
	"testing"
	"time"
)

// A2: another angle says which of how many it is, until none is left.
func TestA2_AnotherAngleIsCounted(t *testing.T) {
	t.Parallel()
	k := newTalk(t, monday(t, 10, 0))
	k.types(addJane)
	k.types("nugget add outcome: cut invoice errors by a third")
	k.types("nugget add story: Kohler wrote one list and saved a day a week")
	k.types("next jane")
	counted := regexp.MustCompile(`Angle (\d+) of (\d+) for this attempt`)
	for n, all := 2, 3; n <= all; n++ {
		k.w.move(k.w.now().Add(time.Second))
		k.presses("Another angle")
		got := counted.FindStringSubmatch(string(k.last.Shown[0].Blocks))
		if got == nil || got[1] != fmt.Sprint(n) {
			t.Fatalf("press %d shows %v in %s", n-1, got, k.last.Shown[0].Blocks)
		}
		if _, err := fmt.Sscan(got[2], &all); err != nil || all < 3 {
			t.Fatalf("%d angles, %v", all, err)
		}
	}
	k.w.move(k.w.now().Add(time.Second))
	k.presses("Another angle").sees("You have seen all that fits this attempt.")
}
