package main

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"math/rand/v2"
	"strings"
	"time"

	"github.com/prospectcoach/prospectcoach/bot/localslack"
)

// busy is somebody who does whatever can be done, one thing after the other:
// words, buttons of old and new messages, windows, files, shortcuts, the Home.
type busy struct {
	e          *torture
	p          *localslack.Person
	rng        *rand.Rand
	others     []string
	ids        []string // of prospects known
	n          int
	deeds      map[string]int
	unanswered int
	wrong      []string // what should never be seen
}

// work goes on until ctx ends, and rests in the evenings.
func (b *busy) work(ctx context.Context) {
	for ctx.Err() == nil {
		if phase := time.Since(b.e.since) % b.e.day; phase > b.e.day*2/3 {
			wait(b.e.day - phase)
			continue
		}
		b.one()
	}
}

// one does one thing, by chance, and what follows from it.
func (b *busy) one() {
	b.n++
	if len(b.ids) > 20 {
		gone := b.ids[0]
		b.ids = b.ids[1:]
		r := b.say("forget " + gone)
		for _, m := range r.Shown {
			if strings.Contains(string(m.Blocks), `"forget:yes"`) {
				b.did("button", func() (localslack.Result, error) { return b.p.Click(m, "forget:yes") })
			}
		}
		return
	}
	switch k := b.rng.IntN(20); {
	case k < 8:
		b.say(b.line())
	case k < 13:
		b.press(b.messages())
	case k < 14:
		b.did("home", b.p.OpenHome)
		if v := b.p.Home(); v != nil {
			b.use(localslack.Where{Home: true}, v.Blocks)
		}
	case k < 15:
		b.imports()
	case k < 16:
		b.did("shortcut", func() (localslack.Result, error) { return b.p.Shortcut("add") })
	case k < 17:
		r := b.did("sentence", func() (localslack.Result, error) {
			return b.p.Say("", "Jane, just checking in: who looks after your carriers' invoices?")
		})
		b.did("shortcut", func() (localslack.Result, error) {
			return b.p.MessageShortcut([]string{"check", "log"}[b.rng.IntN(2)], r.Message)
		})
	case k < 18:
		b.did("sentence", func() (localslack.Result, error) { return b.p.Say("", b.line()) })
	default:
		b.say("undo")
	}
	b.window()
}

// line is a command, of every word there is.
func (b *busy) line() string {
	id := "1"
	if len(b.ids) > 0 {
		id = b.ids[b.rng.IntN(len(b.ids))]
	}
	lines := []string{
		fmt.Sprintf("add Kim %sx%d, Firm %d GmbH, VP email:k%d@%s.test phone:+4934155%05d research:opened a hub starts:today", strings.ToLower(b.p.ID()), b.n, b.n, b.n, strings.ToLower(b.p.ID()), b.n%99999),
		fmt.Sprintf("add Kim %sy%d, Firm %d Ltd email:y%d@%s.test starts:today", strings.ToLower(b.p.ID()), b.n, b.n, b.n, strings.ToLower(b.p.ID())),
		"", "next", "next " + id, "log " + id + " email homework", "log " + id + " call outcome:left", "replied " + id + " later 3 weeks", "replied " + id + " meeting fri", "replied " + id + " no",
		"snooze " + id + " fri", "snooze " + id + " tomorrow", "check email " + id + " Kim, who checks your freight invoices?", "list", "list all", "list due kim", "show " + id, "plan " + id,
		"note " + id + " said: onboarding takes six weeks", "met " + id + " next fri", "situation " + id + " proposal", "situation " + id + " cold", "away " + id + " until fri", "skip " + id + " not-now",
		"move-on " + id + " again:3 months", "reopen " + id, "assign " + id + " @" + strings.ToLower(b.others[b.rng.IntN(len(b.others))]), "nugget add outcome: cut errors by a third", "nugget list",
		"nugget remove 1", "why I take paperwork off desks", "week", "team", "pause until fri", "resume", "settings", "import", "export", "help", "help snooze", "help all", "edit " + id, "nonsense " + id,
		"list @ada all", "week @ada",
	}
	return lines[b.rng.IntN(len(lines))]
}

func (b *busy) say(line string) localslack.Result {
	p := b.p
	if b.rng.IntN(3) == 0 {
		p = p.In(demoChannel)
	}
	r := b.did("command", func() (localslack.Result, error) { return p.Command("/prospect " + line) })
	for _, m := range r.Shown {
		if hit := addedWords.FindStringSubmatch(words(m)); hit != nil {
			b.ids = append(b.ids, hit[1])
		}
	}
	return r
}

// did counts a deed and looks at what came of it. That somebody else was
// quicker, or that a message is gone, is life.
func (b *busy) did(what string, do func() (localslack.Result, error)) localslack.Result {
	r, err := do()
	if what != "field" { // what is typed into a window is the person's own until it is sent
		b.deeds[what]++
	}
	var trouble *localslack.Trouble
	if errors.As(err, &trouble) {
		switch trouble.Code {
		case "operation_timeout":
			b.unanswered++
		case "dispatch_failed", "view_submission_failed":
			b.wrong = append(b.wrong, what+": "+trouble.Error())
		}
	}
	for _, m := range r.Shown {
		if strings.Contains(words(m), "Something went wrong") && len(b.wrong) < 20 {
			b.wrong = append(b.wrong, what+": "+words(m))
		}
	}
	return r
}

// messages are the newest of the bot's that the person sees.
func (b *busy) messages() []localslack.Message {
	var list []localslack.Message
	for _, m := range b.p.DM().Messages {
		if m.BotID != "" {
			list = append(list, m)
		}
	}
	return list[max(0, len(list)-8):]
}

// press uses something on one of the messages.
func (b *busy) press(list []localslack.Message) {
	if len(list) == 0 {
		return
	}
	m := list[b.rng.IntN(len(list))]
	b.use(localslack.Where{Channel: m.Channel, TS: m.TS}, m.Blocks)
}

// use presses or chooses any one element of a message, a window or the Home.
func (b *busy) use(at localslack.Where, blocks json.RawMessage) {
	var all []element
	for _, el := range elementsOf(blocks) {
		if !el.input {
			all = append(all, el)
		}
	}
	if len(all) == 0 {
		return
	}
	el := all[b.rng.IntN(len(all))]
	b.did("button", func() (localslack.Result, error) { return b.p.Act(at, el.block, el.action, b.value(el)) })
}

// window fills what is open, now and then presses something in it, and sends it.
func (b *busy) window() {
	for range 3 {
		v := b.p.View()
		if v == nil {
			return
		}
		if b.rng.IntN(4) == 0 {
			b.use(localslack.Where{ViewID: v.ID}, v.Blocks)
			continue
		}
		for _, el := range elementsOf(v.Blocks) {
			if el.input && b.rng.IntN(3) > 0 {
				b.did("field", func() (localslack.Result, error) { return b.p.FillID(v.ID, el.block, el.action, b.value(el)) })
			}
		}
		b.did("form", b.p.Submit)
	}
	b.did("close", b.p.ClearViews)
}

// imports drops a file, imports it, and mostly takes it back.
func (b *busy) imports() {
	var csv strings.Builder
	csv.WriteString("Name;Company;Email\n")
	for i := range 3 + b.rng.IntN(20) {
		fmt.Fprintf(&csv, "Lee Row%d%s%d;Sheet %d AG;r%d.%d@%s.test\n", b.n, strings.ToLower(b.p.ID()), i, b.n, b.n, i, strings.ToLower(b.p.ID()))
	}
	b.did("file", func() (localslack.Result, error) { return b.p.DropFile("", "leads.csv", []byte(csv.String())) })
	wait(100 * time.Millisecond) // the preview comes by itself
	for _, m := range b.messages() {
		if strings.Contains(string(m.Blocks), `"import:`) {
			b.use(localslack.Where{Channel: m.Channel, TS: m.TS}, m.Blocks)
		}
	}
	if b.rng.IntN(8) > 0 {
		b.say("undo")
	}
}

// element is something a person can use.
type element struct {
	block, action, kind string
	input               bool
	options             []string
}

func elementsOf(blocks json.RawMessage) (all []element) {
	type raw struct {
		Type    string `json:"type"`
		Action  string `json:"action_id"`
		Options []struct {
			Value string `json:"value"`
		} `json:"options"`
	}
	var list []struct {
		Type      string `json:"type"`
		Block     string `json:"block_id"`
		Accessory *raw   `json:"accessory"`
		Element   *raw   `json:"element"`
		Elements  json.RawMessage
	}
	if json.Unmarshal(blocks, &list) != nil {
		return nil
	}
	for _, bl := range list {
		var els []raw
		switch {
		case bl.Type == "section" && bl.Accessory != nil:
			els = []raw{*bl.Accessory}
		case bl.Type == "input" && bl.Element != nil:
			els = []raw{*bl.Element}
		case bl.Type == "actions":
			_ = json.Unmarshal(bl.Elements, &els)
		}
		for _, el := range els {
			if el.Action == "" {
				continue
			}
			out := element{block: bl.Block, action: el.Action, kind: el.Type, input: bl.Type == "input"}
			for _, o := range el.Options {
				out.options = append(out.options, o.Value)
			}
			all = append(all, out)
		}
	}
	return all
}

// value is something that fits the element, mostly.
func (b *busy) value(el element) localslack.Value {
	text := []string{"Kim Form" + fmt.Sprint(b.n), "Firm " + fmt.Sprint(b.n), "fri", "tomorrow", "09:00", "Kim, who checks your invoices?", "x"}[b.rng.IntN(7)]
	if len(b.ids) > 0 && strings.Contains(el.action, "prospect") {
		text = b.ids[b.rng.IntN(len(b.ids))]
	}
	v := localslack.Value{Text: text, Users: []string{demoBen}, Time: "09:00", Date: tortureClock(b.e.since, b.e.day)().AddDate(0, 0, b.rng.IntN(20)).Format("2006-01-02")}
	if strings.Contains(el.kind, "email") || el.action == "email" {
		v.Text = fmt.Sprintf("f%d@%s.test", b.n, strings.ToLower(b.p.ID()))
	}
	if strings.Contains(el.kind, "number") {
		v.Text = fmt.Sprint(1 + b.rng.IntN(20))
	}
	if len(el.options) > 0 {
		v.Options = []string{el.options[b.rng.IntN(len(el.options))]}
	}
	return v
}
