package bot

import (
	"errors"
	"strings"
	"testing"
	"time"
	"unicode"
	"unicode/utf8"

	"github.com/prospectcoach/prospectcoach/coach"
	"github.com/prospectcoach/prospectcoach/templates"
)

// Whatever is typed: a cleaned line is plain text and stays what it is, its
// words can be read to the end, and adding answers with a sentence at most.
func FuzzCommandLine(f *testing.F) {
	for _, s := range []string{
		"add Jane Doe, Acme, CFO email:jane@acme.test phone:+4934112 research:new hub", "log 12 email homework on:yesterday outcome:left \"the text\"",
		"snooze “Jane Doe” next tue", "next <@U123|ada> &lt;b&gt; &amp;amp;", "note 12 said: a\nb", "add ,,,:::", "add a:b,c:d \"", "check email 12 Subject: x\n\ny",
		"\u202e\u200b<mailto:a@b.test|a@b.test>", "add “”", "<", "<>", "<|>", "<@>", "&amp;lt;", strings.Repeat("\"", 9), "add Dr. Ö. Öz, Müller & Söhne GmbH",
	} {
		f.Add(s)
	}
	endings := templates.Endings()
	f.Fuzz(func(t *testing.T, s string) {
		c := clean(s)
		if !utf8.ValidString(c) || tidy(c) != c {
			t.Fatalf("%q is cleaned to %q, and that to %q", s, c, tidy(c))
		}
		for _, r := range c {
			if unicode.IsControl(r) && r != '\n' || unseen(r) {
				t.Fatalf("%q keeps %U", s, r)
			}
		}
		l := readLine(c)
		for n := 0; !l.done(); n++ {
			if n > len(c) {
				t.Fatalf("%q is read without an end", c)
			}
			l.next()
		}
		word, rest := firstWord(c)
		Table().command(word, true)
		var problem coach.Problem
		if _, err := parseAdd(strings.TrimSpace(rest), endings); err != nil && !errors.As(err, &problem) {
			t.Fatalf("%q: %v", rest, err)
		}
	})
}

// Whatever is typed as a day is a day that reads back as itself, or a sentence.
func FuzzDay(f *testing.F) {
	for _, s := range []string{"tomorrow", "next tue", "10 days", "1 Dec", "2026-03-02", "3.2.", "02/03/2026", "in a month", "end of month", "31 Feb", "0", "99999999999999 days", "fri 09:00", "mañana", "-1 day"} {
		f.Add(s, int32(20517))
	}
	f.Fuzz(func(t *testing.T, s string, on int32) {
		today := coach.DateOf(time.Date(2000, time.January, 1, 12, 0, 0, 0, time.UTC)) + coach.Date(uint32(on)%36500)
		for _, tense := range []Tense{Ahead, Behind, AnyDay, AtLeast} {
			d, err := ParseDay(clean(s), today, tense)
			if err != nil {
				if err.Error() == "" || !utf8.ValidString(err.Error()) {
					t.Fatalf("%q: %q", s, err)
				}
				continue
			}
			if tense == Ahead && d <= today || tense == AtLeast && d < today || tense == Behind && d > today {
				t.Fatalf("%q on %v is %v, tense %v", s, today, d, tense)
			}
			if back, err := ParseDay(d.String(), today, AnyDay); err != nil || back != d {
				t.Fatalf("%q is %v, which reads back as %v, %v", s, d, back, err)
			}
		}
	})
}

// Whatever Slack sends is decoded or refused; nothing of it stops the reader.
func FuzzEnvelope(f *testing.F) {
	for _, s := range []string{
		`{"envelope_id":"1","type":"slash_commands","payload":{"user_id":"U1","team_id":"T1","command":"/prospect","text":"next","is_enterprise_install":"false"}}`,
		`{"envelope_id":"1","type":"interactive","payload":{"type":"block_actions","user":{"id":"U1"},"actions":[{"type":"button","action_id":"log:left","value":"1 - s","action_ts":"1.1"}],"container":{"message_ts":"1.1"}}}`,
		`{"envelope_id":"1","type":"interactive","payload":{"type":"view_submission","user":{"id":"U1"},"view":{"id":"V1","callback_id":"add","state":{"values":{"name":{"name":{"type":"plain_text_input","value":"x"}}}}}}}`,
		`{"envelope_id":"1","type":"events_api","payload":{"team_id":"T1","event_id":"E1","event":{"type":"message","channel":"D1","channel_type":"im","user":"U1","text":"next","ts":"1.1"}}}`,
		`{"envelope_id":"1","type":"events_api","payload":{"event":{"type":"user_change","user":{"id":"U1"}}}}`,
		`{"envelope_id":"1","type":"events_api","payload":{"team_id":"T1","event_id":"E1","event":{"type":"message","bot_id":"B1","channel":"D1","channel_type":"im","user":"U1","text":"next","ts":"1.1"}}}`,
		`{"type":"hello","num_connections":1}`, `{"type":"disconnect","reason":"warning"}`, `null`, `[]`, `{"payload":null,"type":"interactive"}`,
	} {
		f.Add([]byte(s))
	}
	b := &Bot{routes: Table()}
	f.Fuzz(func(t *testing.T, raw []byte) {
		e, err := readEnvelope(raw)
		if err != nil {
			return
		}
		unread := echoed(e)
		d := &delivery{b: b, env: e}
		if d.decode() != nil {
			return
		}
		if unread && b.wanted(d) {
			t.Fatalf("taken for our own echo, though somebody waits: %s", raw)
		}
		d.orgWide()
		d.budget()
		d.patience()
		routeLabel(d)
		b.placeOf(d, nil)
		if d.event != nil {
			b.wanted(d)
		}
		if d.act == nil {
			return
		}
		d.shown()
		d.window()
		for _, a := range d.act.Actions {
			chosen(a)
			b.routes.click(a.ActionID)
		}
	})
}
