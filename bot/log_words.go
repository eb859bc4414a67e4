package bot

import (
	"fmt"
	"strings"

	"github.com/prospectcoach/prospectcoach/bot/view"
	"github.com/prospectcoach/prospectcoach/coach"
)

// channelsSaid are other words that people have for the channels.
var channelsSaid = map[string]coach.Channel{
	"mail": coach.Email, "mails": coach.Email, "emails": coach.Email, "emailed": coach.Email, "mailed": coach.Email,
	"phone": coach.Call, "phoned": coach.Call, "called": coach.Call, "calls": coach.Call, "ring": coach.Call, "rang": coach.Call, "tel": coach.Call, "telephone": coach.Call,
	"vm": coach.Voicemail, "voice": coach.Voicemail, "mailbox": coach.Voicemail, "sms": coach.Text, "texted": coach.Text, "whatsapp": coach.Text,
	"li": coach.LinkedIn, "inmail": coach.LinkedIn, "inperson": coach.InPerson, "visit": coach.InPerson, "visited": coach.InPerson,
}

// saidChannel reads a channel by its own word or another people have for it,
// of one word or two ("in person").
func saidChannel(l *line) (coach.Channel, bool) {
	words := l.bare(2)
	if len(words) == 2 {
		if c, ok := channelsSaid[foldWord(words[0]+words[1])]; ok {
			l.skip(2)
			return c, true
		}
	}
	if len(words) == 0 {
		return "", false
	}
	if word, ok := oneOf(words[0], channelWords()...); ok && foldWord(word) == foldWord(words[0]) {
		l.skip(1)
		return coach.Channel(word), true
	}
	if c, ok := channelsSaid[foldWord(words[0])]; ok {
		l.skip(1)
		return c, true
	}
	word, ok := l.keyword(channelWords()...)
	return coach.Channel(word), ok
}

// askChannel says what is missing, with the channels as buttons. A word that
// stood in the channel's place is left out of what they run.
func askChannel(in Command, id int64, l *line) Reply {
	said := "How did you reach out? Like this: “%s log %d email”, with one of call, voicemail, email, linkedin, text or in person."
	rest := strings.TrimSpace(l.s[l.at:])
	if tok, ok := l.peek(); ok && !tok.quoted {
		said = fmt.Sprintf("“%.40s” is no channel I know. ", tok.text) + said
		rest = strings.TrimSpace(l.s[tok.end:])
		if strings.HasPrefix(strings.ToLower(tok.text), "outcome:") {
			rest = strings.TrimSpace(l.s[l.at:])
		}
	}
	var next []view.Next
	for _, c := range []coach.Channel{coach.Call, coach.Voicemail, coach.Email, coach.LinkedIn, coach.Text} {
		next = append(next, view.Next{Label: strings.TrimSuffix(view.Sentence(view.ChannelName(c)), "."), Line: strings.TrimSpace(fmt.Sprintf("log %d %s %s", id, c, rest))})
	}
	return Show(view.Ask(fmt.Sprintf(said, in.Slash, id), next...))
}

// outcomesSaid are the ways to say what came of a touch in a word or three.
var outcomesSaid = map[string]coach.Outcome{
	"sent": coach.OutcomeSent, "left": coach.OutcomeLeft, "left voicemail": coach.OutcomeLeft, "left a voicemail": coach.OutcomeLeft, "left message": coach.OutcomeLeft,
	"left a message": coach.OutcomeLeft, "voicemail": coach.OutcomeLeft, "no answer": coach.OutcomeNoAnswer, "no-answer": coach.OutcomeNoAnswer, "not answered": coach.OutcomeNoAnswer,
	"no reply": coach.OutcomeNoAnswer, "spoke": coach.OutcomeSpoke, "talked": coach.OutcomeSpoke, "gatekeeper": coach.OutcomeGatekeeper, "bounced": coach.OutcomeBounced,
}

// shortOutcome takes three words at most that are all of the TEXT and name an
// outcome as such: nobody's draft reads "no answer". What is only near to one
// is asked about, and so is a key or an angle with a slip in it; nothing is
// taken for the text of a message by mistake.
func shortOutcome(id int64, t coach.Touch, l *line) (coach.Outcome, *Reply) {
	tok, ok := l.peek()
	if !ok || tok.quoted {
		return "", nil
	}
	whole := strings.TrimSpace(l.s[l.at:])
	said := strings.ToLower(strings.TrimRight(strings.Join(strings.Fields(whole), " "), ".!"))
	if len(strings.Fields(said)) <= 3 && t.Outcome == "" {
		if o, ok := outcomesSaid[said]; ok {
			l.rest()
			return o, nil
		}
		if near := nearWord(said, keysOf(outcomesSaid)...); near != "" {
			o := outcomesSaid[near]
			return "", askMeant(id, t, whole, whole, view.OutcomeName(o), fmt.Sprintf("%s outcome:%s", touchLine(id, t), o))
		}
	}
	if name, value, ok := strings.Cut(tok.text, ":"); ok && nearWord(strings.ToLower(name), "outcome") != "" {
		return "", askMeant(id, t, tok.text, whole, "outcome:"+value, strings.TrimSpace(touchLine(id, t)+" outcome:"+value+" "+l.s[tok.end:]))
	}
	if near := nearWord(strings.ToLower(tok.text), angleWords()...); near != "" && t.Angle == "" {
		with := t
		with.Angle = coach.Angle(near)
		return "", askMeant(id, t, tok.text, whole, "angle "+view.AngleName(coach.Angle(near)), strings.TrimSpace(touchLine(id, with)+" "+l.s[tok.end:]))
	}
	return "", nil
}

// askMeant asks whether what was said was meant as the line says, or whether the
// whole rest is the text.
func askMeant(id int64, t coach.Touch, said, whole, meant, line string) *Reply {
	r := Show(view.Ask(fmt.Sprintf("“%.60s”: did you mean “%s”? Nothing is logged yet.", said, meant),
		view.Next{Label: clipLabel("Yes: " + meant), Line: line},
		view.Next{Label: "It is what I wrote", Line: touchLine(id, t) + " " + asText(whole)},
	))
	return &r
}

// nearWord is the one known word that was surely meant by a typo: one slip in
// short words, two in long ones, or the beginning of a long one.
func nearWord(typed string, known ...string) string {
	if len([]rune(typed)) < 4 {
		return ""
	}
	near := nearest(typed, known...)
	if near != "" && near != typed && len(near) >= 4 && (slips(typed, near) == 1 || len(typed) > 6) {
		return near
	}
	return ""
}

func keysOf(m map[string]coach.Outcome) []string {
	var keys []string
	for k := range m {
		if k != "no-answer" {
			keys = append(keys, k)
		}
	}
	return keys
}

func clipLabel(s string) string {
	if r := []rune(s); len(r) > 70 {
		return string(r[:69]) + "…"
	}
	return s
}
