package bot

import (
	"errors"
	"fmt"
	"regexp"
	"strings"

	"github.com/prospectcoach/prospectcoach/coach"
)

// hourAtEnd is a time of day behind a day: "fri 3pm", "1 Dec at 15:00", "tue
// at 9". A plan knows days alone, so it is read over, and never taken for one.
var hourAtEnd = regexp.MustCompile(`(?i)^(.*\S)\s+(\d{1,2}[:.]\d{2}\s*(?:[ap]m|h)?|\d{1,2}\s*(?:[ap]m|h)|noon)$|(?i)^(.*\S)\s+at\s+(\d{1,2})$`)

// cutHour parts "next thu 3pm" into the day and the hour.
func cutHour(said string) (day, hour string) {
	m := hourAtEnd.FindStringSubmatch(strings.TrimSpace(said))
	if m == nil {
		return said, ""
	}
	return strings.TrimSuffix(m[1]+m[3], " at"), m[2] + m[4]
}

// dayVocabulary are the words of days that a slip of the finger is held
// against. Short ones are not: tue and thu are one slip apart.
var dayVocabulary = []string{
	"today", "tomorrow", "yesterday", "monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday",
	"week", "weeks", "month", "months", "days", "year", "quarter", "next", "january", "february", "april", "june", "july", "august", "september",
	"october", "november", "december",
}

// guessDay is what was perhaps meant by words that are no day: the same with
// each slip mended, if that can be read as a day; else "".
func guessDay(said string, today coach.Date, tense Tense) string {
	said, _ = cutHour(said)
	words := strings.Fields(strings.ToLower(said))
	if len(words) > 5 {
		return ""
	}
	changed := false
	for i, w := range words {
		if len(w) < 4 || wordOfDays(w) {
			continue
		}
		near := nearest(w, dayVocabulary...)
		if near == "" || near == w || len(w) < 6 && slips(w, near) > 1 {
			continue
		}
		words[i], changed = near, true
	}
	guess := strings.Join(words, " ")
	if _, ok := readDay(guess, today, tense); !changed || !ok {
		return ""
	}
	return guess
}

// wordOfDays tells that a word needs no mending.
func wordOfDays(w string) bool {
	_, day := weekdays[w]
	_, month := months[w]
	_, unit := units[w]
	return day || month || unit
}

// atField is a refused day as it is said at the field of a form, where nothing
// can be pressed: one of two readings is to be written.
func atField(err error) string {
	var two *TwoReadings
	if !errors.As(err, &two) {
		return err.Error()
	}
	return fmt.Sprintf("“%.60s” can mean %s. Write the date, such as %s.", two.Said, eitherDay(two.Days), two.Days[0].Time().Format("2 January"))
}

// didYouMean adds the guess to a refusal.
func didYouMean(refusal, said string, today coach.Date, tense Tense) string {
	if guess := guessDay(said, today, tense); guess != "" {
		return fmt.Sprintf("I cannot read “%.60s” as a day. Did you mean “%s”?", said, guess)
	}
	return refusal
}
