package bot

import (
	"fmt"
	"strings"

	"github.com/prospectcoach/prospectcoach/bot/view"
	"github.com/prospectcoach/prospectcoach/coach"
)

// aboutUs are words that tell that a time in somebody's words is about when to
// hear from us again, and not about their own business.
var aboutUs = wordSet("call ring phone write email mail contact try ask back talk speak again touch reach ping later busy wait connect chat free " +
	"return returns away leave holiday vacation maternity parental until till")

// seasons are times that have no day.
var seasons = wordSet("spring summer autumn fall winter")

// pauses end the words of a time.
var pauses = wordSet("and but because so as to for with about we they he she i when if then please")

func wordSet(s string) map[string]bool {
	set := map[string]bool{}
	for _, w := range strings.Fields(s) {
		set[w] = true
	}
	return set
}

// whenSaid finds in somebody's words until when they ask to be left alone:
// “call me after the fair”, “back in May”, “not before June”. words is what
// they said of it, "" for nothing; day is 0 when the words do not tell it.
func whenSaid(text string, today coach.Date) (words string, day coach.Date) {
	raw := strings.Fields(text)
	said := make([]string, len(raw))
	ours := false
	for i, w := range raw {
		said[i] = strings.ToLower(strings.Trim(w, `.,;:!?"'()“”’`))
		ours = ours || aboutUs[said[i]]
	}
	if !ours {
		return "", 0
	}
	for i, lead := range said {
		from := i + 1
		switch {
		case lead == "after" || lead == "until" || lead == "till" || lead == "before" && i > 0 && said[i-1] == "not":
		case lead == "in" || lead == "next" || lead == "from" || lead == "on" || lead == "around" || lead == "early" || lead == "late":
		default:
			continue
		}
		end := from
		for end < len(said) && end < from+5 && !pauses[said[end]] && said[end] != "" {
			end++
			if strings.ContainsAny(raw[end-1], ".,;!?") {
				break
			}
		}
		if end == from {
			continue
		}
		phrase := strings.Trim(strings.Join(raw[i:end], " "), `.,;:!?"'()“”’`)
		if lead == "before" {
			phrase = "not " + phrase
		}
		if d := dayBehind(lead, said[from:end], today); d > today {
			return phrase, d
		}
		season := false
		for _, w := range said[from:end] {
			season = season || seasons[w]
		}
		if season || lead == "after" || lead == "until" || lead == "till" || lead == "before" {
			return phrase, 0
		}
	}
	return "", 0
}

// dayBehind reads the longest beginning of the words behind a lead that is a day
// to come; 0 for none.
func dayBehind(lead string, words []string, today coach.Date) coach.Date {
	for n := len(words); n > 0; n-- {
		said := strings.Join(words[:n], " ")
		for _, whole := range []string{lead + " " + said, said} {
			d, err := ParseDay(whole, today, Ahead)
			if err != nil {
				continue
			}
			if lead != "after" {
				return d
			}
			if months[said] != 0 { // after May is June
				y, m, _ := d.Time().Date()
				return coach.NewDate(y, m+1, 1)
			}
			return d + 1
		}
	}
	return 0
}

// askWhen asks about a time in what was just noted, so that nobody writes to
// them before it; nil when there is none, or when nothing is planned till then.
func (b *Bot) askWhen(t Turn, d deed, text string) []view.Message {
	p := d.Prospect
	words, day := whenSaid(text, t.today())
	if words == "" || p.State != coach.Active && p.State != coach.Engaged || day != 0 && p.Due >= day {
		return nil
	}
	until := func(day coach.Date) string { return fmt.Sprintf("snooze %d %s", p.ID, day) }
	other := view.Next{Label: "Another day", Line: fmt.Sprintf("snooze %d", p.ID)}
	if day != 0 {
		return []view.Message{view.Ask(fmt.Sprintf("“%s”: shall %s be left in peace until %s? Nothing is put aside yet.", words, p.First(), view.FullDay(day, t.today())),
			view.Next{Label: "Snooze until " + view.FullDay(day, t.today()), Line: until(day)}, other)}
	}
	other.Label = "Choose a day"
	next := []view.Next{other}
	for _, in := range []string{"2 weeks", "1 month", "3 months"} {
		if day, err := ParseDay(in, t.today(), Ahead); err == nil {
			next = append(next, view.Next{Label: "Until " + view.FullDay(day, t.today()), Line: until(day)})
		}
	}
	return []view.Message{view.Ask(fmt.Sprintf("“%s”: when is that? Until then I can leave %s in peace. Nothing is put aside yet.", words, p.First()), next...)}
}

// aTime tells whether a note of that kind can hold when they want to be heard.
func aTime(kind string) bool { return kind == string(coach.Said) || kind == keeper }
