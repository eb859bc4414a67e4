package main

import (
	"bytes"
	"encoding/json"
	"flag"
	"fmt"
	"maps"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"sync"
	"testing"

	"github.com/sirupsen/logrus"

	"github.com/prospectcoach/prospectcoach/bot"
	"github.com/prospectcoach/prospectcoach/bot/localslack"
	"github.com/prospectcoach/prospectcoach/bot/view"
)

var everyField = flag.Bool("every-field", false, "try every string of the injection corpus in every field, not some in some")

// injections reads the corpus.
func injections(t *testing.T) []string {
	raw, err := os.ReadFile("testdata/injection.txt")
	if err != nil {
		t.Fatal(err)
	}
	var list []string
	for n, l := range strings.Split(strings.TrimSpace(string(raw)), "\n") {
		if strings.HasPrefix(l, "#") {
			continue
		}
		s, err := strconv.Unquote(l)
		if err != nil {
			t.Fatalf("injection.txt:%d: %v", n+1, err)
		}
		list = append(list, s)
	}
	if len(list) < 300 {
		t.Fatalf("only %d strings", len(list))
	}
	return list
}

// keptLog keeps what the bot logs; it is written by many goroutines.
type keptLog struct {
	mu  sync.Mutex
	all bytes.Buffer
}

func (k *keptLog) Write(b []byte) (int, error) {
	k.mu.Lock()
	defer k.mu.Unlock()
	return k.all.Write(b)
}

func (k *keptLog) String() string {
	k.mu.Lock()
	defer k.mu.Unlock()
	return k.all.String()
}

// withLog hands the bot a log at debug level, as serve makes it.
func withLog(k *keptLog) storyOption {
	log := logrus.New()
	log.SetOutput(k)
	log.SetLevel(logrus.DebugLevel)
	log.SetFormatter(&logrus.TextFormatter{FullTimestamp: true, DisableColors: true})
	return func(o *worldOptions, _ *localslack.Options) { o.Log = log }
}

// marker stands beside every injected string, so that people's text is known
// wherever it turns up.
var marker = regexp.MustCompile(`zq\d+zq`)

// mailLink is a link that opens a mail to one address with a subject and a
// text, both encoded, and nothing else: no copy, no further recipient.
var mailLink = regexp.MustCompile(`^mailto:([^?,;&@]+@[^?,;&@]+)\?(?:subject=[^&<>"\s]*)?&?(?:body=[^&<>"\s]*)?$`)

// liveText is a control sequence of Slack's that would come alive in a message.
var liveText = regexp.MustCompile(`<[^<>]*>`)

// alive lists what would come alive in the text or the blocks of a message, a
// window or an acknowledgement.
func alive(text string, blocks json.RawMessage) (found []string) {
	if marker.MatchString(text) {
		for _, hit := range liveText.FindAllString(text, -1) {
			if len(blocks) < 3 || !strings.HasPrefix(hit, "<http") { // a text beside blocks is not shown, but it would notify
				found = append(found, "text: "+hit)
			}
		}
	}
	var v any
	if len(blocks) == 0 || json.Unmarshal(blocks, &v) != nil {
		return found
	}
	var walk func(v any)
	walk = func(v any) {
		switch v := v.(type) {
		case []any:
			for _, x := range v {
				walk(x)
			}
		case map[string]any:
			text, _ := v["text"].(string)
			url, _ := v["url"].(string)
			switch v["type"] {
			case "mrkdwn":
				if marker.MatchString(text) && (v["verbatim"] != true || liveText.MatchString(text) || strings.ContainsAny(strings.NewReplacer("&lt;", "", "&gt;", "").Replace(text), "<>")) {
					found = append(found, "mrkdwn: "+text)
				}
			case "markdown", "user", "usergroup", "channel", "broadcast", "date", "emoji", "image":
				found = append(found, fmt.Sprintf("%s: %v", v["type"], v))
			case "link", "button":
				url = mailLink.ReplaceAllString(url, "mailto:$1")
				if url != "" && !strings.HasPrefix(url, "tel:+") && !strings.HasPrefix(url, "mailto:") && !strings.HasPrefix(url, "https://www.linkedin.com/in/") || strings.ContainsAny(url, "<>\"?&# \n") {
					found = append(found, "link: "+url)
				}
			}
			for _, x := range v {
				walk(x)
			}
		}
	}
	walk(v)
	return found
}

// injection is one story of the corpus.
type injection struct {
	*story
	p     *localslack.Person
	tried int
}

// look checks what a deed brought, and answers its words.
func (j *injection) look(what string, f localslack.Forged) string {
	j.Helper()
	j.tried++
	var all strings.Builder
	for _, m := range f.Shown {
		j.p.Take(m)
		all.WriteString(words(m) + "\n")
		for _, hit := range alive(m.Text, m.Blocks) {
			j.Errorf("%s: alive in a message: %.200q", what, hit)
		}
	}
	if f.View != nil {
		all.WriteString(wordsOf(f.View.Blocks))
		for _, hit := range alive("", f.View.Blocks) {
			j.Errorf("%s: alive in a window: %.200q", what, hit)
		}
		_, _ = j.p.ClearViews()
	}
	if len(f.Ack) > 0 {
		var ack struct {
			Text   string
			Blocks json.RawMessage
			View   struct{ Blocks json.RawMessage }
			Errors map[string]string
		}
		if err := json.Unmarshal(f.Ack, &ack); err != nil {
			j.Errorf("%s: an acknowledgement that cannot be read: %v", what, err)
		}
		all.WriteString(ack.Text + wordsOf(ack.View.Blocks) + fmt.Sprint(ack.Errors))
		for _, hit := range append(alive(ack.Text, ack.Blocks), alive("", ack.View.Blocks)...) {
			j.Errorf("%s: alive in an acknowledgement: %.200q", what, hit)
		}
	}
	if f.Trouble != nil {
		j.Errorf("%s: %v", what, f.Trouble)
	}
	if strings.Contains(all.String(), "Something went wrong") {
		j.Errorf("%s broke something:\n%s", what, all.String())
	}
	return all.String()
}

var addedNumber = regexp.MustCompile(`#(\d+)`)

// typedForm is a form in which every line holds its text.
func typedForm(fields map[string]string) map[string]map[string]any {
	out := map[string]map[string]any{}
	for id, text := range fields {
		out[id] = map[string]any{id: map[string]any{"type": "plain_text_input", "value": text}}
	}
	return out
}

// fieldsOf are the inputs of every window that the golden files hold, by its
// callback; a route without one fails the test.
func fieldsOf(t *testing.T) map[string][]string {
	t.Helper()
	out := map[string][]string{}
	var walk func(v any, callback string)
	walk = func(v any, callback string) {
		switch v := v.(type) {
		case []any:
			for _, x := range v {
				walk(x, callback)
			}
		case map[string]any:
			if v["type"] == "modal" {
				callback, _ = v["callback_id"].(string)
			}
			if id, ok := v["block_id"].(string); ok && v["type"] == "input" && !slices.Contains(out[callback], id) {
				out[callback] = append(out[callback], id)
			}
			for _, x := range v {
				walk(x, callback)
			}
		}
	}
	goldens, err := filepath.Glob("../../bot/view/testdata/*.json")
	if err != nil {
		t.Fatal(err)
	}
	for _, name := range goldens {
		raw, err := os.ReadFile(name)
		if err != nil {
			t.Fatal(err)
		}
		var v any
		if err := json.Unmarshal(raw, &v); err != nil {
			t.Fatalf("%s: %v", name, err)
		}
		walk(v, "")
	}
	for _, f := range bot.Table().Forms {
		if len(out[f.Callback]) == 0 {
			t.Errorf("no golden file shows the window %s, so its fields are not tried", f.Callback)
		}
	}
	return out
}

// Text is text: no string of the corpus comes alive in any field, breaks a
// message, forges a line of the log or is written there.
func TestInjection_TextStaysText(t *testing.T) {
	t.Parallel()
	log := &keptLog{}
	w := newWorld(t, "Mon 2026-01-05 10:00", "Europe/Berlin", withLog(log))
	j := &injection{story: w, p: w.slack.Person("ada")}
	j.p.Take(j.p.DM().Last())
	windows, fields := fieldsOf(t), 0
	for _, of := range windows {
		fields += len(of)
	}
	for i, s := range injections(t) {
		if !*everyField && i%8 != 0 && i < 430 {
			continue // the long ones and those that are no text always
		}
		mark := fmt.Sprintf("zq%dzq", i)
		s := mark + s + mark
		what := func(field string) string { return fmt.Sprintf("line %d in %s", i+2, field) }
		added := j.look(what("the add form"), j.p.ForgeForm(view.CallbackAdd, "same", typedForm(map[string]string{
			"name": s, "company": s, "title": s, "industry": s, "linkedin": "in/" + s, "research": s, "said": s, "trigger": s, "introduction": s, "phone": "+49 341 5550 1" + strconv.Itoa(i),
			"email": fmt.Sprintf("jane%d@acme.test", i),
		})))
		id := "1"
		if hit := addedNumber.FindStringSubmatch(added); hit != nil {
			id = hit[1]
		} else {
			t.Errorf("line %d could not be added:\n%s", i+2, added)
		}
		ways := []func(){
			func() { j.look(what("show"), j.p.ForgeCommand("show "+id)) },
			func() { j.look(what("next"), j.p.ForgeCommand("next "+id)) },
			func() { j.look(what("plan"), j.p.ForgeCommand("plan "+id)) },
			func() { j.look(what("edit"), j.p.ForgeCommand("edit "+id)) },
			func() { j.look(what("a find"), j.p.ForgeCommand("show "+s)) },
			func() { j.look(what("list"), j.p.ForgeCommand("list all "+s)) },
			func() {
				j.look(what("an add line"), j.p.ForgeCommand("add "+s+", "+s+", "+s+" email:"+s+" research:"+s))
			},
			func() { j.look(what("note"), j.p.ForgeCommand("note "+id+" said: "+s)) },
			func() { j.look(what("the gatekeeper"), j.p.ForgeCommand("note "+id+" gatekeeper: "+s)) },
			func() { j.look(what("log"), j.p.ForgeCommand("log "+id+" email homework "+s)) },
			func() { j.look(what("skip"), j.p.ForgeCommand("skip "+id+" "+s)) },
			func() { j.look(what("why"), j.p.ForgeCommand("why "+s)) },
			func() { j.look(what("nugget"), j.p.ForgeCommand("nugget add outcome: "+s)) },
			func() { j.look(what("nuggets"), j.p.ForgeCommand("nugget list")) },
			func() { j.look(what("check"), j.p.ForgeCommand("check email "+id+" "+s)) },
			func() { j.look(what("snooze"), j.p.ForgeCommand("snooze "+id+" "+s)) },
			func() { j.look(what("help"), j.p.ForgeCommand("help "+s)) },
			func() { j.look(what("assign"), j.p.ForgeCommand("assign "+id+" @"+s)) },
			func() { j.look(what("the DM"), j.p.ForgeEvent("message", map[string]any{"text": s})) },
			func() { j.look(what("a shortcut"), j.p.ForgeShortcut("message_action", "check", s)) },
			func() { j.look(what("the log shortcut"), j.p.ForgeShortcut("message_action", "log", s)) },
			func() {
				j.look(what("contacts"), j.p.ForgeForm(view.CallbackAdd, "", typedForm(map[string]string{"name": s, "company": s, "email": s, "phone": s, "last": s, "starts": s})))
			},
			func() {
				j.look(what("contacts that pass"), j.p.ForgeCommand("add Mark "+mark+"b, Acme"+mark+" email:x"+strconv.Itoa(i)+"@acme.test phone:+4934100"+strconv.Itoa(i)+" linkedin:"+s))
			},
			func() { j.look(what("replied"), j.p.ForgeCommand("replied "+id+" later 1 Dec "+s)) },
			func() { j.look(what("move-on"), j.p.ForgeCommand("move-on "+id+" never "+s)) },
			func() {
				j.look(what("settings"), j.p.ForgeForm(view.CallbackSettings, "", typedForm(map[string]string{"nudge": s, "from": s, "to": s, "off": s, "zone": s, "country": s, "daily": s})))
			},
		}
		for _, line := range []string{"met %s next fri %s", "away %s until fri %s", "situation %s %s", "reopen %s %s", "forget %s %s", "plan %s %s"} {
			ways = append(ways, func() { j.look(what(line), j.p.ForgeCommand(fmt.Sprintf(line, id, s))) })
		}
		for _, line := range []string{"pause until %s", "week %s", "team %s", "export %s", "import %s", "settings %s", "undo %s", "resume %s", "%s"} {
			ways = append(ways, func() { j.look(what(line), j.p.ForgeCommand(fmt.Sprintf(line, s))) })
		}
		for _, callback := range slices.Sorted(maps.Keys(windows)) {
			if callback == view.CallbackColumns {
				continue // it holds choices alone, about a file that is there
			} // each window with the string in all its fields, also where a choice is expected
			typed := map[string]string{}
			for _, f := range windows[callback] {
				typed[f] = s
			}
			ways = append(ways, func() { j.look(what("the form "+callback), j.p.ForgeForm(callback, id+" - s later", typedForm(typed))) })
		}
		for k, way := range ways {
			if *everyField || k%6 == i/8%6 {
				way()
			}
		}
	}
	// Days later: nudges, the Home, the manager's view and the weekly summary.
	j.look("the Home", j.p.ForgeEvent("app_home_opened", map[string]any{"tab": "home"}))
	w.Until("Fri 16:05")
	for _, who := range []string{"ada", "ruth"} {
		p := w.slack.Person(who)
		for _, line := range []string{"list all", "list @ada all", "week", "team", "list all page:2"} {
			j.p = p
			j.look(who+" "+line, p.ForgeCommand(line))
		}
		if home := p.Home(); home != nil {
			for _, hit := range alive("", home.Blocks) {
				t.Errorf("alive in the Home of %s: %.200q", who, hit)
			}
		}
		for _, m := range append(p.DM().Messages, p.Channel(demoChannel).Messages...) {
			if m.BotID == "" {
				continue
			}
			for _, hit := range alive(m.Text, m.Blocks) {
				t.Errorf("alive in a message to %s: %.200q", who, hit)
			}
		}
	}
	for _, m := range w.slack.Unexpected() {
		w.slack.Take(m)
	}
	cleanLog(t, log.String())
	t.Logf("%d strings, %d fields of %d windows, %d deeds", len(injections(t)), fields, len(windows), j.tried)
}

// cleanLog fails if the log holds a forged line, people's text, a token, or
// the word that a message was refused.
func cleanLog(t *testing.T, log string) {
	t.Helper()
	for _, l := range strings.Split(strings.TrimSpace(log), "\n") {
		switch {
		case !strings.HasPrefix(l, "time="):
			t.Errorf("a forged line in the log: %.200q", l)
		case marker.MatchString(l):
			t.Errorf("people's text in the log: %.300q", l)
		case strings.Contains(l, demoBotToken), strings.Contains(l, demoAppToken), strings.Contains(l, "xoxb-"), strings.Contains(l, "xapp-"):
			t.Errorf("a token in the log: %.200q", l)
		case strings.Contains(l, "invalid_blocks"), strings.Contains(l, "level=error"):
			t.Errorf("something broke: %.1500q", l)
		}
	}
}
