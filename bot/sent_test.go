package bot

import (
	"regexp"
	"strings"
	"testing"
)

// What was written and said can be read again, newest first: from the card's
// menu, and by words.
func TestWhatWasSentCanBeRead(t *testing.T) {
	t.Parallel()
	k := newTalk(t, monday(t, 10, 0))
	k.types(addJane)
	k.types("show jane sent").sees("Nothing was sent to Jane Doe, Acme yet.")
	k.types("next jane").presses("Left voicemail").presses("Log it")
	k.w.move(k.w.now().AddDate(0, 0, 1))
	k.types(`log jane email "Jane, who looks after the second hub in Leipzig?"`)
	k.w.move(k.w.now().AddDate(0, 0, 1))
	k.types("log jane call no answer")
	k.types("show jane sent").sees("Sent to Jane Doe, Acme, newest first", "Today, call", "no answer", "who looks after the second hub", "voicemail", "Leipzig", "email I'm sending you now")
	said := string(k.last.Shown[0].Blocks)
	if call, own, voicemail := strings.Index(said, "no answer"), strings.Index(said, "second hub"), strings.Index(said, "oicemail"); call > own || own > voicemail {
		t.Errorf("not newest first: %s", said)
	}
	if n := strings.Count(said, "Subject: "); n != 1 {
		t.Errorf("the email that followed the voicemail is not there with its subject (%d): %s", n, said)
	}
	if blank := regexp.MustCompile(`\{[a-z_]+\}`).FindString(said); blank != "" {
		t.Errorf("the blank %s of a draft: %s", blank, said)
	}
}
