package bot

import (
	"fmt"
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

// S1: what stands in no list is not said to stand there: announced emails that
// a message has no room for are counted apart from who is due.
func TestS1_AnnouncedEmailsBeyondTheTenthAreCountedApart(t *testing.T) {
	t.Parallel()
	k := newTalk(t, monday(t, 10, 0))
	for i := range 12 {
		k.types(fmt.Sprintf("add P%d Other, Company%d email:p%d@x.test phone:+4934100%03d starts:today", i, i, i, i)).sees("Added")
		k.types(fmt.Sprintf("log %d voicemail the reason of my call is an email", i+1)).sees("Logged: voicemail")
	}
	k.w.move(monday(t, 10, 0).AddDate(0, 0, 1))
	k.types("").sees("12 due now", "and 2 more")
	if blocks := string(k.last.Shown[0].Blocks); !strings.Contains(blocks, "And 2 more announced emails; they come up here as these are done.") || strings.Contains(blocks, "list due") {
		t.Errorf("today says %s", blocks)
	}
	k.types("add Bo Ek, Beta email:bo@beta.test starts:today").types("")
	if blocks := string(k.last.Shown[0].Blocks); !strings.Contains(blocks, "And 1 more, which ") || !strings.Contains(blocks, "and 2 announced emails") {
		t.Errorf("today says %s", blocks)
	}
	k.types("list due").sees("Bo Ek")
}
