package bot

import (
	"os"
	"strings"
	"testing"
)

// The key of a press is kept for weeks, also when the person was forgotten
// whose name and address the button's line carried.
func TestAPressLeavesNoNameBehind(t *testing.T) {
	t.Parallel()
	k := newTalk(t, monday(t, 10, 0))
	k.types(addJane)
	k.types("add Jane Doe, Acme email:secretword@acme.test").sees("yours already").presses("Add all the same")
	k.types("forget 2").presses("Forget for good")
	k.w.halt()
	path := strings.TrimPrefix(k.w.url, "sqlite://")
	for _, suffix := range []string{"", "-wal"} {
		b, err := os.ReadFile(path + suffix)
		if err != nil && !os.IsNotExist(err) {
			t.Fatal(err)
		}
		if strings.Contains(string(b), "secretword") {
			t.Errorf("the file %q still holds the address", suffix)
		}
	}
}
