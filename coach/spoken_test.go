package coach_test

import (
	"math"
	"strings"
	"testing"
)

// seconds are the parts of the formula: syllables, sentences, commas.
func seconds(syllables, sentences, commas int) float64 {
	return float64(syllables)/5 + 0.4*float64(sentences) + 0.25*float64(commas)
}

func TestSpokenSeconds_SaysItAsPeopleDo(t *testing.T) {
	t.Parallel()
	pb := playbook(t)
	for text, want := range map[string]float64{
		"":                                 0,
		"  \n ":                            0,
		"Hello.":                           seconds(2, 1, 0),
		"Hello":                            seconds(2, 1, 0),
		"Hi Jane, this is Ada.":            seconds(6, 1, 1),
		"Really? Yes!":                     seconds(3, 2, 0),
		"Call 555 0134.":                   seconds(1+3+5, 1, 0),
		"Call +49 170 1234567.":            seconds(1+1+2+5+8, 1, 0),
		"Call +491701234567.":              seconds(1+1+2+5+8, 1, 0),
		"Call 555-0134.":                   seconds(1+3+5, 1, 0),
		"in 2026":                          seconds(1+5, 1, 0),
		"in 1905":                          seconds(1+2+1+1, 1, 0),
		"30 people":                        seconds(2+2, 1, 0),
		"30% less":                         seconds(2+2+1, 1, 0),
		"$1,500 more":                      seconds(1+2+1+2+2+1, 1, 0),
		"10,000,000 more":                  seconds(1+2+1, 1, 0),
		"1,000,000,000 more":               seconds(1+2+1, 1, 0),
		"250,000 more":                     seconds(1+2+2+2+1, 1, 0),
		"1,905 more":                       seconds(1+2+1+2+1+1, 1, 0),
		"3.5 hours":                        seconds(1+1+1+1, 1, 0),
		"at 9:30":                          seconds(1+1+2, 1, 0),
		"Visit acme.com":                   seconds(2+2+1+1, 1, 0),
		"Visit https://www.acme.com/ten":   seconds(2+9+1+2+1+1+1+1, 1, 0),
		"Write to ada@engines.test":        seconds(1+1+2+1+2+1+1, 1, 0),
		"Our CRM and ROI":                  seconds(1+3+1+3, 1, 0),
		"Mr. Brown is here":                seconds(2+1+1+1, 1, 0),
		"Acme, e.g. the one in Ghent":      seconds(2+4+1+1+1+1, 1, 1),
		"AI & BI":                          seconds(2+1+2, 1, 0),
		"a well-known call-center manager": seconds(1+2+3+3, 1, 0),
		"1 day":                            seconds(2, 1, 0),
		"Yes \n\n no":                      seconds(2, 1, 1),
	} {
		if got := pb.SpokenSeconds(text); math.Abs(got-want) > 0.001 {
			t.Errorf("%q: %.2f s, want %.2f", text, got, want)
		}
	}
}

func TestSpokenSeconds_GrowsWithTheText(t *testing.T) {
	t.Parallel()
	pb := playbook(t)
	before := 0.0
	for n := 1; n < 40; n++ {
		s := pb.SpokenSeconds(strings.Repeat("You open a shop in Ghent, I hear. ", n))
		if s <= before {
			t.Fatalf("%d sentences: %.1f s after %.1f", n, s, before)
		}
		before = s
	}
}

func TestSpokenSeconds_AMinuteIsAMinute(t *testing.T) {
	t.Parallel()
	// Read aloud at an even pace this takes about a minute.
	text := strings.Repeat("Your people in the bakery know the ovens better than anybody, and they told us where the hours go. ", 8) +
		"Please call me at 0171 555 0134, that is 0171 555 0134."
	if s := playbook(t).SpokenSeconds(text); s < 48 || s > 70 {
		t.Errorf("%.0f seconds", s)
	}
}
