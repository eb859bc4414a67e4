package bot

import (
	"strings"
	"testing"
)

// H2: the announced email's Draft is its subject alone and its text alone, each
// to be copied as it is.
func TestH2_TheDraftOfAnAnnouncedEmailIsSubjectAndTextApart(t *testing.T) {
	t.Parallel()
	k := newTalk(t, monday(t, 10, 0))
	k.types(addJane)
	for range 4 { // until the phone's turn has come
		k.types("next 1")
		if strings.Contains(k.said(), "Voicemail:") {
			break
		}
		k.types("log 1 email outcome:sent")
		k.w.move(k.w.now().AddDate(0, 0, 14))
	}
	k.presses("Left voicemail").sees("Subject: ")
	_, said, _ := strings.Cut(k.said(), "Subject: ")
	subject, _, _ := strings.Cut(said, "\n")
	k.presses("Draft")
	shown := k.last.Shown
	if len(shown) != 2 || shown[0].Text != subject || shown[1].Text == "" || strings.Contains(shown[1].Text, subject) {
		t.Errorf("the draft with the subject %q is %q", subject, k.said())
	}
}
