package view

import (
	"fmt"
	"strings"
	"unicode"

	"github.com/slack-go/slack"

	"github.com/prospectcoach/prospectcoach/coach"
)

// HelpLine is one command in the help.
type HelpLine struct {
	Word, Args, Help, Example string
	Group                     string // heading that begins with this one
}

// Help shows commands, examples first. All tells that these are all there are;
// slash is "" where the words stand alone, in the bot's DM.
func Help(lines []HelpLine, all bool, slash string) Message {
	var text, block []string
	m := Message{}
	flush := func() {
		if len(block) > 0 {
			m.Blocks = append(m.Blocks, section(strings.Join(block, "\n")))
		}
		block = nil
	}
	for _, l := range lines {
		line := Command(slash, orDefault(l.Example, l.Word)) + "  " + l.Help
		if l.Group != "" && all {
			flush()
			block = append(block, "*"+l.Group+"*")
			text = append(text, l.Group)
		}
		block, text = append(block, line), append(text, line)
	}
	flush()
	more := "A name, a part of it, or the number on the card: each tells me whom you mean."
	knobs := []knob{button("What is due", ActionRun+":due", "list due"), button("Add a prospect", ActionAdd, "")}
	if !all {
		more += " " + Command(slash, "help all") + " shows the rest."
		if slash != "" {
			more += " In my messages the same words work without the slash."
		}
		knobs = append(knobs, button("All commands", ActionRun+":all", "help all"))
	}
	text = append(text, more)
	m.Blocks = append(m.Blocks, small(more), row("", knobs))
	m.Text = clipText(strings.Join(text, "\n"))
	return m
}

// HelpWord shows one command: how it looks, what it does, what may stand in it.
func HelpWord(l HelpLine, slash string) Message {
	full, parts := l.Args, ""
	for _, a := range argumentWords {
		if !hasWord(l.Args, a.word) {
			continue
		}
		if a.named != "" {
			full = strings.ReplaceAll(full, a.word, a.named)
		}
		if a.say != "" && a.named != "" {
			parts += "\n• *" + a.named + "*: " + a.say
		} else if a.say != "" {
			parts += "\n• " + a.say
		}
	}
	text := fmt.Sprintf("%s\n%s", Command(slash, orDefault(l.Example, l.Word)), l.Help)
	if full != "" {
		text += "\nWrite " + Command(slash, l.Word+" "+full)
		if strings.Contains(full, "[") {
			text += "; what stands in brackets may be left out"
		}
		text += "." + parts
	}
	return Message{Text: clipText(text), Blocks: []slack.Block{section(text)}}
}

// Topic answers a question: what is so, and the commands that do something
// about it, examples first. draft, if not "", checks the words all the same.
func Topic(say string, lines []HelpLine, draft, slash string) Message {
	parts := []string{say}
	for _, l := range lines {
		parts = append(parts, Command(slash, orDefault(l.Example, l.Word))+"  "+l.Help)
	}
	text := strings.Join(parts, "\n")
	m := Message{Text: clipText(text), Blocks: []slack.Block{section(say), section(strings.Join(parts[1:], "\n"))}}
	knobs := []knob{button("All commands", ActionRun+":all", "help all")}
	for _, l := range lines {
		if l.Word == "settings" {
			knobs = append([]knob{button("Settings", ActionSettings, "")}, knobs...)
		}
	}
	if draft != "" {
		knobs = append(knobs, button("It is a draft: check it", ActionJudge, draft))
	}
	return withButtons(m, row("", knobs))
}

// argumentWords say in plain words what stands for what, and how it is called
// where the whole of a command is shown.
var argumentWords = []struct{ word, named, say string }{
	{"REF", "who", "a name, a part of it, or the number on the card, such as 12."},
	{"NAME", "name", "with company and title behind it, commas between them. More goes by key, such as email: phone: research: starts:."},
	{"COMPANY", "company", "where they work."},
	{"TITLE", "title", "what they do there; I guess the level from it."},
	{"CHANNEL", "how", "call, voicemail, email, linkedin, text or in person."},
	{"ANGLE", "angle", "what the message was built on, such as homework or story."},
	{"outcome", "", "outcome: is sent, left, no-answer, spoke, gatekeeper or bounced."},
	{"DATE", "day", "as you would write it: fri, next tue, 3 March, 2026-12-01."},
	{"WHEN", "when", "a day as you would write it: tomorrow, next tue, 2 weeks, 1 Dec."},
	{"KIND", "kind", "what it is; the line above names the kinds."},
	{"REASON", "reason", "in your own words."},
	{"TEXT", "text", "in your own words, to the end of the line; no quotes are needed."},
	{"WORDS", "words", "a part of a name, a company or a title, to narrow it down."},
	{"WORD", "word", ""},
	{"user", "", "@user is a mention of the colleague."},
}

// hasWord tells whether a word stands in the arguments as a word of its own.
func hasWord(args, word string) bool {
	for _, w := range strings.FieldsFunc(args, func(r rune) bool { return !unicode.IsLetter(r) }) {
		if w == word {
			return true
		}
	}
	return false
}

// Unknown answers words that are no command and no prospect: the nearest
// command as a button (never done by itself), or a line of help. draft, if not
// "", checks the words all the same.
func Unknown(typed, nearest, line, draft, slash string) Message {
	parts := []span{word(fmt.Sprintf("I do not know “%s”. ", clip(typed, 60)))}
	next := []Next{{"Help", "help"}}
	if nearest != "" {
		parts = append(parts, word("Did you mean "), code(strings.TrimSpace(slash+" "+nearest)), word("?"))
		next = append([]Next{{clip("Yes: "+line, maxButton), line}}, next...)
	} else {
		next = append([]Next{{"What is due", "list due"}}, next...)
		parts = append(parts, code(strings.TrimSpace(slash+" help")), word(" shows what I understand."))
	}
	m, knobs := tell(parts...), nextKnobs(next)
	if draft != "" {
		knobs = append(knobs, button("Check it all the same", ActionJudge, draft))
	}
	return withButtons(m, row("", knobs))
}

// Welcome greets a rep the first time, with three first steps.
func Welcome(rep *coach.Rep, slash string) Message {
	name := ""
	if first, _, _ := strings.Cut(rep.Name, " "); first != "" {
		name = ", " + clip(first, 40)
	}
	hello := "Hello" + name + ". I keep track of prospects who do not answer: what to say next, on which channel, when, and when to move on."
	m := tell(word(hello+"\n\n1. Add a prospect: "), code(slash+" add Jane Doe, Acme, CFO email:jane@acme.test"),
		word("\n2. See what to say first: "), code(slash+" next"),
		word("\n3. Log it with one button. Each morning I tell you who is due."))
	return withButtons(m, row("", []knob{
		button("Add a prospect", ActionAdd, "").primary(), button("Set my hours", ActionSettings, ""), button("Help", ActionRun+":help", "help"),
	}))
}

// Hello introduces the bot to a team channel it was invited to.
func Hello(slash string) Message {
	return tell(word("Hello. I coach this team in following up with prospects, and every week I post here how it went: attempts, replies, and what earned them. "+
		"The rest happens between each of you and me: write me a direct message, or type "), code(slash+" help"), word(" anywhere."))
}
