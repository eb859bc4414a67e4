package bot

import (
	"reflect"
	"strings"
	"testing"
	"unicode/utf8"

	"pgregory.net/rapid"

	"github.com/prospectcoach/prospectcoach/coach"
)

func TestCleanGivesBackWhatWasTyped(t *testing.T) {
	t.Parallel()
	for in, want := range map[string]string{
		"":                "",
		"  add  ":         "add",
		"a &amp; b":       "a & b",
		"&amp;lt;":        "&lt;", // decoded once
		"1 &lt; 2 &gt; 0": "1 < 2 > 0",
		"email:<mailto:jane@acme.test|jane@acme.test>": "email:jane@acme.test",
		"<mailto:jane@acme.test>":                      "jane@acme.test",
		"phone:<tel:+493411234|+49 341 1234>":          "phone:+49 341 1234",
		"<tel:+493411234>":                             "+493411234",
		"<http://acme.test|acme.test>":                 "acme.test",
		"<https://acme.test/a?b=1&amp;c=2>":            "https://acme.test/a?b=1&c=2",
		"Jane, <http://acme.test|Acme.test>, CFO":      "Jane, Acme.test, CFO",
		"list <@U123|ada>":                             "list @U123",
		"list <@W0A>":                                  "list @W0A",
		"in <#C1|general>":                             "in #general",
		"in <#C1>":                                     "in #C1",
		"hey <!channel>":                               "hey @channel",
		"<!subteam^S1|@sales>":                         "@sales",
		"&lt;!channel&gt;":                             "<!channel>", // typed so, stays characters
		"&lt;mailto:a@b|c&gt;":                         "<mailto:a@b|c>",
		"“Jane Doe” „x‟ «y» ‹z› ＂w＂":                   `"Jane Doe" "x" "y" "z" "w"`,
		"O’Brien":                                      "O'Brien",
		"a\u00a0b\u2009c\u3000d\te":                    "a b c d e",
		"zero\u200bwidth\ufeff":                        "zerowidth",
		"line one\r\nline two":                         "line one\nline two",
		"evil\u202etxt":                                "eviltxt",
		"bell\a":                                       "bell",
		"Mu\u0308ller":                                 "Müller",
	} {
		if got := clean(in); got != want {
			t.Errorf("clean(%q) = %q, want %q", in, got, want)
		}
	}
}

func TestCleanIsSafeOnAnything(t *testing.T) {
	t.Parallel()
	rapid.Check(t, func(t *rapid.T) {
		got := clean(rapid.String().Draw(t, "text"))
		if !utf8.ValidString(got) || strings.ContainsAny(got, "“”„\u00a0\r\t\u200b") || got != strings.TrimSpace(got) {
			t.Fatalf("%q", got)
		}
	})
}

func TestLineReadsWordsQuotesAndRest(t *testing.T) {
	t.Parallel()
	l := readLine(`"Jane Doe" EMAIL on:"1 Dec" it's "half open text`)
	if tok := l.next(); tok.text != "Jane Doe" || !tok.quoted {
		t.Errorf("quoted phrase: %+v", tok)
	}
	if w, ok := l.keyword("call", "email"); !ok || w != "email" {
		t.Errorf("keyword: %q %v", w, ok)
	}
	if k := l.key("outcome", "on"); k != "on" {
		t.Errorf("key: %q", k)
	}
	if tok := l.next(); tok.text != "1 Dec" {
		t.Errorf("value: %+v", tok)
	}
	if tok := l.next(); tok.text != "it's" { // an apostrophe delimits nothing
		t.Errorf("apostrophe: %+v", tok)
	}
	if got := l.rest(); got != "half open text" { // a missing quote ends with the line
		t.Errorf("rest: %q", got)
	}
	if !l.done() {
		t.Error("something left")
	}
	for in, want := range map[string]string{
		`"all of it"`: "all of it", `"a" and "b"`: `"a" and "b"`, `said "no"`: `said "no"`, `"`: "", "": "", "two\nlines": "two\nlines",
	} {
		if got := readLine(in).rest(); got != want {
			t.Errorf("rest(%q) = %q, want %q", in, got, want)
		}
	}
	if got := readLine("half \"open\nnext line").bare(9); !reflect.DeepEqual(got, []string{"half"}) {
		t.Errorf("bare: %q", got)
	}
}

func TestKeywordsAreCaseBlindAndUniqueBeginningsDo(t *testing.T) {
	t.Parallel()
	channels := []string{"call", "voicemail", "email", "linkedin", "text", "in_person"}
	for in, want := range map[string]string{
		"E": "email", "e-mail": "email", "Call": "call", "v": "voicemail", "in-person": "in_person", "InPerson": "in_person", "l": "linkedin", "in": "in_person",
		"x": "", "": "", "callback": "", "-": "",
	} {
		if got, ok := oneOf(in, channels...); ok != (want != "") || ok && got != want {
			t.Errorf("oneOf(%q) = %q %v", in, got, ok)
		}
	}
	if got, ok := oneOf("m", "met", "move-on"); ok {
		t.Errorf("m is both met and move-on, got %q", got)
	}
}

func TestNearestFindsTheTypoAndRefusesTheRest(t *testing.T) {
	t.Parallel()
	words := []string{"add", "list", "show", "edit", "next", "plan", "log", "note", "replied", "snooze", "move-on", "reopen", "undo", "help"}
	for in, want := range map[string]string{
		"snoze": "snooze", "snozoe": "snooze", "repleid": "replied", "lgo": "log", "ad": "add", "moveon": "move-on", "halp": "help",
		"banana": "", "x": "", "": "", "prospect": "", "undoo": "undo", "no": "",
	} {
		if got := nearest(in, words...); got != want {
			t.Errorf("nearest(%q) = %q, want %q", in, got, want)
		}
	}
}

func TestParseAddReadsPiecesAndKeys(t *testing.T) {
	t.Parallel()
	endings := []string{"Inc", "Ltd", "LLC", "GmbH", "SA", "PhD", "MBA", "Jr"}
	for _, row := range []struct {
		in   string
		want added
	}{
		{"Jane Doe, Acme", added{Name: "Jane Doe", Company: "Acme"}},
		{"Jane Doe, Acme, CFO", added{Name: "Jane Doe", Company: "Acme", Title: "CFO"}},
		{"Jane Doe, Acme, Inc., CFO", added{Name: "Jane Doe", Company: "Acme, Inc.", Title: "CFO"}},
		{"Jane Doe, PhD, Acme, L.L.C., CFO", added{Name: "Jane Doe, PhD", Company: "Acme, L.L.C.", Title: "CFO"}},
		{`"Doe, Jane", "Acme, Widgets and Co", CFO`, added{Name: "Doe, Jane", Company: "Acme, Widgets and Co", Title: "CFO"}},
		{"Jane, Acme, VP, Sales, EMEA", added{Name: "Jane", Company: "Acme", Title: "VP, Sales, EMEA", TooMany: true}},
		{"Jane", added{Name: "Jane"}},
		{"", added{}},
		{"Jane O'Brien, Acme email:j@acme.test Phone:+49 341 1234 line:mobile", added{Name: "Jane O'Brien", Company: "Acme",
			Keys: map[string]string{"email": "j@acme.test", "phone": "+49 341 1234", "line": "mobile"}}},
		{"Jane, Acme, CFO, email:j@acme.test, phone:1234567", added{Name: "Jane", Company: "Acme", Title: "CFO", Keys: map[string]string{"email": "j@acme.test", "phone": "1234567"}}},
		{"Jane, Acme research:opened a hub, in Leipzig said: onboarding takes six weeks industry:logistics", added{Name: "Jane", Company: "Acme",
			Keys:  map[string]string{"industry": "logistics"},
			Facts: []coach.Fact{{Kind: coach.Research, Text: "opened a hub, in Leipzig"}, {Kind: coach.Said, Text: "onboarding takes six weeks"}}}},
		{`Jane, Acme said:"our email:s get lost" urgency:high`, added{Name: "Jane", Company: "Acme", Keys: map[string]string{"urgency": "high"},
			Facts: []coach.Fact{{Kind: coach.Said, Text: "our email:s get lost"}}}},
		{"Jane, Acme linkedin:https://linkedin.com/in/jane", added{Name: "Jane", Company: "Acme", Keys: map[string]string{"linkedin": "https://linkedin.com/in/jane"}}},
		{"Karl Berg at Berg GmbH, karl@berg.test, 0171 5551234", added{Name: "Karl Berg", Company: "Berg GmbH", Keys: map[string]string{"email": "karl@berg.test", "phone": "0171 5551234"}}},
		{"Karl Berg, Berg GmbH karl@berg.test, CFO, linkedin.com/in/karl", added{Name: "Karl Berg", Company: "Berg GmbH", Title: "CFO",
			Keys: map[string]string{"email": "karl@berg.test", "linkedin": "linkedin.com/in/karl"}}},
		{"Karl Berg, karl@berg.test, Berg GmbH", added{Name: "Karl Berg", Company: "Berg GmbH", Keys: map[string]string{"email": "karl@berg.test"}}},
		{"Clara Bauer, Rheinfracht GmbH, Head of Logistics clara.bauer@rheinfracht.test moans about customs delays", added{Name: "Clara Bauer", Company: "Rheinfracht GmbH",
			Title: "Head of Logistics", Keys: map[string]string{"email": "clara.bauer@rheinfracht.test"}, After: "moans about customs delays"}},
		{"Clara, Rheinfracht clara@rhein.test: moans about customs, every week phone:1234567", added{Name: "Clara", Company: "Rheinfracht",
			Keys: map[string]string{"email": "clara@rhein.test", "phone": "1234567"}, After: "moans about customs, every week"}},
		{"Karl Berg, karl@berg.test Berg GmbH, CFO", added{Name: "Karl Berg", Company: "Berg GmbH", Title: "CFO", Keys: map[string]string{"email": "karl@berg.test"}}},
		{"Karl Berg karl@berg.test Berg GmbH", added{Name: "Karl Berg", Company: "Berg GmbH", Keys: map[string]string{"email": "karl@berg.test"}}},
		{"Karl Berg, Berg GmbH karl@berg.test Head of IT", added{Name: "Karl Berg", Company: "Berg GmbH", Title: "Head of IT", Keys: map[string]string{"email": "karl@berg.test"}}},
		{"Karl, Berg, CFO karl@berg.test Wants a demo", added{Name: "Karl", Company: "Berg", Title: "CFO", Keys: map[string]string{"email": "karl@berg.test"}, After: "Wants a demo"}},
		{"Karl karl@berg.test likes tea", added{Name: "Karl", Keys: map[string]string{"email": "karl@berg.test"}, After: "likes tea"}},
		{"Karl, Berg, a@b.test email:karl@berg.test", added{Name: "Karl", Company: "Berg", Title: "a@b.test", Keys: map[string]string{"email": "karl@berg.test"}}},
		{"Karl at Work, 1 und 1, 24/7", added{Name: "Karl at Work", Company: "1 und 1", Title: "24/7"}},
		{"Jane, Acme website:acme.test", added{Name: "Jane", Company: "Acme website:acme.test"}}, // not a known key: text
	} {
		got, err := parseAdd(row.in, endings)
		if row.want.Keys == nil {
			row.want.Keys = map[string]string{}
		}
		if err != nil || !reflect.DeepEqual(got, row.want) {
			t.Errorf("%q:\n got %+v %v\nwant %+v", row.in, got, err, row.want)
		}
	}
	a, _ := parseAdd("Clara, Rheinfracht clara@rhein.test moans about customs", endings)
	if v, err := a.values(); v["said"] != "moans about customs" || err != nil {
		t.Errorf("the form holds %v (%v)", v, err)
	}
	for _, slip := range []string{"Jane, Acme, CFO emial:jane@acme.test", "Jane, Acme email:jane@acme.test phon:+49341"} {
		if a, err := parseAdd(slip, endings); err == nil || !strings.Contains(err.Error(), "Did you mean") {
			t.Errorf("%s: a mistyped key became %+v, %v", slip, a, err)
		}
	}
	if a, err := parseAdd("Jane, Acme research:their motto: fast and cheap", endings); err != nil || len(a.Facts) != 1 {
		t.Errorf("a colon in a fact: %+v, %v", a, err)
	}
	if _, err := parseAdd("Jane, Acme email:", endings); err == nil || !strings.Contains(err.Error(), "jane@acme.test") {
		t.Errorf("an empty value must be named with an example, got %v", err)
	}
}
