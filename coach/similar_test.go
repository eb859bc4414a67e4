package coach_test

import (
	"fmt"
	"slices"
	"strings"
	"testing"

	"pgregory.net/rapid"

	"github.com/prospectcoach/prospectcoach/coach"
)

// comparing is a playbook with all that comparing texts needs.
func comparing(t testing.TB) *coach.Playbook {
	return (&coach.Playbook{
		Limits: coach.DefaultLimits(), Stem: stemEnglish,
		Words: coach.WordLists{Greetings: list(t, "greetings"), Closings: list(t, "closings")},
	}).Prepare()
}

const (
	plantNote = "Your new plant in Leipzig opens in March with ninety people to train. How do you plan to get the first shift ready without pulling trainers from Kassel?"
	otherNote = "A dairy near Bremen cut its spoilage by a third after it moved the temperature checks to the night crew. Would the two-page story be of use to you?"
)

func TestA1_Alike(t *testing.T) {
	t.Parallel()
	pb := comparing(t)
	for _, c := range []struct {
		name, a, b string
		want       bool
	}{
		{"the same", plantNote, plantNote, true},
		{"another text", plantNote, otherNote, false},
		{"only greeting and signature differ", "Hi Jane,\n\n" + plantNote + "\n\nBest regards,\nAda Lovelace\nEngines Ltd", "Dear Mr. Brown,\n\n" + plantNote + "\n\nCheers\nBob", true},
		{"same greeting and signature, another body", "Hi Jane,\n\n" + plantNote + "\n\nBest regards,\nAda", "Hi Jane,\n\n" + otherNote + "\n\nBest regards,\nAda", false},
		{"quoted text does not count", otherNote, otherNote + "\n\nOn Tue, 3 March 2026 Jane Doe wrote:\n> " + plantNote, true},
		{"a quote of the other is not alike", plantNote, otherNote + "\n\n-----Original Message-----\n" + plantNote, false},
		{"one word changed", plantNote, strings.Replace(plantNote, "ninety", "eighty", 1), true},
		{"capitals, accents and apostrophes", "We’re told the café in München opens on Monday, that’s early", "WE ARE told the cafe in Munchen opens on monday, that is early", true},
		{"inflected words", "Their planners checked the orders twice and shipped pallets late again yesterday", "Their planner checks the order twice and ships pallet late again yesterday", true},
		{"short and equal", "Still you, or someone else?", "still you or someone else", true},
		{"short and nearly equal", "Still you, or someone else?", "Is it you, or someone else?", false},
		{"nothing left", "Hi Jane,", "Hi Jane,", false},
		{"empty", "", "", false},
		{"subject does not count", "Subject: one thing\n\n" + plantNote, "Subject: another\n\n" + plantNote, true},
	} {
		if got := pb.Alike(c.a, c.b); got != c.want {
			t.Errorf("A1 %s: %v, want %v", c.name, got, c.want)
		}
		if pb.Alike(c.a, c.b) != pb.Alike(c.b, c.a) {
			t.Errorf("A1 %s: not the same both ways", c.name)
		}
	}
}

func TestA1_NamesDoNotMakeTextsDiffer(t *testing.T) {
	t.Parallel()
	pb := comparing(t)
	a := pb.Print("Jane, Acme and Globex both dropped paper", "Jane Doe", "Acme")
	b := pb.Print("Otto, Initech and Globex both dropped paper", "Otto", "Initech")
	if !pb.AlikePrints(a, b) {
		t.Error("A1: texts that differ by names only are alike")
	}
	if pb.Print("Hello Jane,", "Jane").Empty() != true {
		t.Error("A1: a greeting alone leaves nothing to compare")
	}
}

func TestA1_LimitsAreTheTeams(t *testing.T) {
	t.Parallel()
	pb := comparing(t)
	half := "Your new plant in Leipzig opens in March with ninety people to train. Who trains the first shift, and when do they start?"
	if pb.Alike(plantNote, half) {
		t.Fatal("A1: half the words are not enough by default")
	}
	pb.Limits.Shingles, pb.Limits.Stems = 0.3, 0.3
	if !pb.Alike(plantNote, half) {
		t.Error("A1: a lower limit makes them alike")
	}
}

func TestA1_LikenessIsSymmetricAndOfItself(t *testing.T) {
	t.Parallel()
	pb := comparing(t)
	word := rapid.SampledFrom(strings.Fields("the plant opens in march, Jane. your people we're told Leipzig can't wait -- > \n hi best, train? Müller’s 3.5 (ok)"))
	text := rapid.Custom(func(t *rapid.T) string { return strings.Join(rapid.SliceOfN(word, 0, 40).Draw(t, "words"), " ") })
	rapid.Check(t, func(t *rapid.T) {
		a, b := text.Draw(t, "a"), text.Draw(t, "b")
		pa, pb2 := pb.Print(a), pb.Print(b)
		if pb.AlikePrints(pa, pb2) != pb.AlikePrints(pb2, pa) {
			t.Fatal("not symmetric")
		}
		if !pa.Empty() && !pb.AlikePrints(pa, pa) {
			t.Fatal("not alike to itself")
		}
	})
}

// However the likeness is found, it is the one that counting by hand finds,
// for short texts and for long ones.
func TestA1_LikenessIsWhatCountingFinds(t *testing.T) {
	t.Parallel()
	pb := (&coach.Playbook{Limits: coach.DefaultLimits()}).Prepare()
	share := func(a, b map[string]bool) float64 {
		both := 0
		for w := range a {
			both += btoi(b[w])
		}
		return float64(both) / float64(len(a)+len(b)-both)
	}
	runs := func(words []string, n int) map[string]bool {
		m := map[string]bool{}
		for i := range words[n-1:] {
			m[strings.Join(words[i:i+n], " ")] = true
		}
		return m
	}
	alike := map[bool]int{}
	rapid.Check(t, func(t *rapid.T) {
		kinds, swaps := rapid.IntRange(5, 500).Draw(t, "kinds"), rapid.IntRange(2, 30).Draw(t, "swaps")
		word := rapid.Custom(func(t *rapid.T) string { return fmt.Sprintf("w%d", rapid.IntRange(1, kinds).Draw(t, "")) })
		a := rapid.SliceOfN(word, 8, 400).Draw(t, "a")
		b := slices.Clone(a)
		for i := range b {
			if rapid.IntRange(0, swaps).Draw(t, "swap") == 0 {
				b[i] = word.Draw(t, "other")
			}
		}
		want := share(runs(a, 3), runs(b, 3)) >= 0.5 || share(runs(a, 1), runs(b, 1)) >= 0.6
		alike[want]++
		if got := pb.Alike(strings.Join(a, " "), strings.Join(b, " ")); got != want {
			t.Fatalf("alike %v, want %v:\n%s\n%s", got, want, a, b)
		}
	})
	if alike[true] == 0 || alike[false] == 0 {
		t.Errorf("alike or not: %v", alike)
	}
}

func BenchmarkAlike200Prints(b *testing.B) {
	pb := comparing(b)
	var earlier []coach.Print
	for i := range 200 {
		earlier = append(earlier, pb.Print(fmt.Sprintf("%s In week %d %s", plantNote, i, otherNote)))
	}
	b.ReportAllocs()
	for b.Loop() {
		now := pb.Print(otherNote)
		for _, e := range earlier {
			if pb.AlikePrints(now, e) {
				b.Fatal("alike")
			}
		}
	}
}
