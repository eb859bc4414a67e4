package localslack

import (
	"strings"
	"testing"

	"pgregory.net/rapid"
)

func TestWhatAPersonTypesArrivesAsSlackSendsIt(t *testing.T) {
	t.Parallel()
	o := newOffice(t)
	rows := []struct{ typed, arrives string }{
		{"hello", "hello"},
		{"Fish & <chips>", "Fish &amp; &lt;chips&gt;"},
		{"see https://acme.test/a?b=1&c=2.", "see <https://acme.test/a?b=1&amp;c=2>."},
		{"see acme.com, now", "see <http://acme.com|acme.com>, now"},
		{"email:jane@acme.test", "email:<mailto:jane@acme.test|jane@acme.test>"},
		{"phone:+49 170 1234567 x", "phone:<tel:+491701234567|+49 170 1234567> x"},
		{"ask @ada and @nobody", "ask <@U1> and @nobody"},
		{"in #sales and #nowhere", "in <#C1|sales> and #nowhere"},
		{"private #secret", "private <#G1>"},
		{"@here now", "<!here> now"},
		{"<!channel>", "&lt;!channel&gt;"},
		{"<@U1>", "&lt;@U1&gt;"},
		{"Grüße 👍", "Grüße :+1:"},
		{"version 1.2.3", "version 1.2.3"},
	}
	for _, r := range rows {
		if got := o.typed(r.typed); got != r.arrives {
			t.Errorf("%q arrives as %q, want %q", r.typed, got, r.arrives)
		}
	}
}

// TestTypedTextComesBackWhole: whatever is typed, what a reader sees of it is
// what was typed, as long as it holds no mention and no emoji.
func TestTypedTextComesBackWhole(t *testing.T) {
	t.Parallel()
	o := newOffice(t)
	rapid.Check(t, func(t *rapid.T) {
		text := rapid.StringMatching(`([a-zäß<>&.,;: |/+0-9-]|https://x\.test/|jane@acme\.test|\+49 341 12345){0,12}`).Draw(t, "text")
		sent := o.typed(text)
		if got := shown(sent); got != text {
			t.Fatalf("%q became %q and reads %q", text, sent, got)
		}
		if plain := keepEscaped(sent); strings.Contains(strings.NewReplacer("<mailto:", "", "<tel:", "", "<http", "").Replace(sent), "<") {
			t.Fatalf("something came alive in %q (%q)", sent, plain)
		}
	})
}

// TestRewritingTwiceIsRewritingOnce: text read back and posted again stays.
func TestRewritingTwiceIsRewritingOnce(t *testing.T) {
	t.Parallel()
	o := newOffice(t)
	rapid.Check(t, func(t *rapid.T) {
		text := rapid.StringMatching(`([a-z <>&.,:|]|&amp;|&lt;|<@U1>|https://x\.test/a|<https://x\.test\|x>|👍){0,12}`).Draw(t, "text")
		once := o.rewriteText(text)
		if twice := o.rewriteText(once); twice != once {
			t.Fatalf("%q became %q and then %q", text, once, twice)
		}
	})
}

func TestTimestampsAreReadAsWritten(t *testing.T) {
	t.Parallel()
	rapid.Check(t, func(t *rapid.T) {
		us := rapid.Int64Range(1e15, 4e15).Draw(t, "us")
		if got, ok := parseTS(formatTS(us)); !ok || got != us {
			t.Fatalf("%d became %d", us, got)
		}
	})
	for _, bad := range []string{"", "x", "1.x", "-1"} {
		if _, ok := parseTS(bad); ok {
			t.Errorf("%q was read", bad)
		}
	}
}
