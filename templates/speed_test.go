package templates

import (
	"fmt"
	"math/rand/v2"
	"strings"
	"testing"
	"time"

	"github.com/prospectcoach/prospectcoach/coach"
)

// How fast the coach is with the drafts that the program comes with: mornings
// of reps with two hundred prospects who are all due, six in ten of them new,
// the others after one to three attempts as the coach advised them.
const (
	benchReps = 40
	benchEach = 200
	benchMark = "Qaaaaa" // stands in the names, and is another word for each rep
)

var benchMonday = time.Date(2026, time.January, 5, 9, 0, 0, 0, time.UTC)

// mornings are the cases of each rep on that day.
func mornings(b *testing.B) [][]coach.Case {
	b.Helper()
	pb, rep := stemmed(b), &coach.Rep{ID: "U1", Name: "Ada Weber", Company: "Northwind", Zone: time.UTC, WorkingDays: coach.MonToFri}
	nuggets := []coach.Nugget{
		{ID: 1, Kind: coach.NuggetOutcome, Text: "cut invoice errors by a third in one quarter"},
		{ID: 2, Kind: coach.NuggetOutcome, Text: "found 4 % of the freight spend in charges nobody had agreed to"},
		{ID: 3, Kind: coach.NuggetIssue, Text: "fuel surcharges that nobody compares with the contract"},
		{ID: 4, Kind: coach.NuggetIssue, Text: "late invoices eat a day a week in accounts payable"},
		{ID: 5, Kind: coach.NuggetStory, Text: "a haulier's client in Kassel with 40 lanes stopped checking by hand in six weeks"},
		{ID: 6, Kind: coach.NuggetStory, Text: "a bakery chain with nine depots found the same pallet billed twice, every month, for a year"},
		{ID: 7, Kind: coach.NuggetResource, Text: "a two-page checklist for a freight audit before the year closes"},
	}
	dice := rand.New(rand.NewPCG(1, 2))
	var lives []coach.Prospect
	for len(lives) < benchEach {
		c := coach.Case{Playbook: pb, Rep: rep, Nuggets: nuggets}
		if p := lifeUntil(b, c, len(lives), dice); p.Due != 0 && p.Due <= coach.DateOf(benchMonday) {
			lives = append(lives, p)
		}
	}
	out := make([][]coach.Case, benchReps)
	for r := range out {
		mark := strings.NewReplacer(benchMark, fmt.Sprintf("Q%caa%ca", 'a'+r%26, 'a'+r/26))
		for i := range lives {
			p := lives[i]
			p.ID, p.Name, p.Company = int64(r*benchEach+i+1), mark.Replace(p.Name), mark.Replace(p.Company)
			p.Touches = make([]coach.Touch, len(p.Touches))
			for j, t := range lives[i].Touches {
				t.Text = mark.Replace(t.Text)
				p.Touches[j] = t
			}
			out[r] = append(out[r], coach.Case{Playbook: pb, Now: benchMonday, Rep: rep, Prospect: &p, Nuggets: nuggets})
		}
	}
	return out
}

// lifeUntil is a life as the coach advised it until that Monday.
func lifeUntil(b *testing.B, c coach.Case, i int, dice *rand.Rand) coach.Prospect {
	b.Helper()
	monday, attempts := coach.DateOf(benchMonday), max(0, dice.IntN(10)-6)
	titles := []string{"CFO", "Head of Procurement", "Operations Manager", "Accountant", "VP Logistics", "Finance Manager", "COO", "Supply Chain Director"}
	first := []string{"Jane", "Tomas", "Lena", "Piotr", "Sofia", "Marc", "Katrin"}
	p := coach.Prospect{ID: int64(i + 1), Name: first[i%len(first)] + " " + benchMark + " Doe", Company: fmt.Sprintf("Acme %s %d", benchMark, i),
		Title: titles[i%len(titles)], Industry: "logistics", Email: "p@acme.test", Phone: "+49123456"}
	if i%10 == 0 {
		p.Urgency = coach.High
	}
	starts := monday - coach.Date(dice.IntN(4))
	if attempts > 0 {
		starts = monday - coach.Date(7+dice.IntN(60))
	}
	p.Added = (starts - 3).At(10*60, time.UTC)
	c.Now, c.Prospect = p.Added, &p
	must := func(err error) {
		if err != nil {
			b.Fatal(err)
		}
	}
	if i%5 == 0 {
		_, err := c.Note(coach.Research, "opened a hub in Leipzig in January", 0)
		must(err)
		p.Facts[0].ID = 1
	}
	must(c.Begin(coach.Cold, starts))
	for range attempts {
		c.Now = c.Hint().Due.At(10*60, time.UTC)
		s := c.Advise().Suggestion
		if s == nil || c.Today() >= monday-2 {
			break
		}
		outcome := coach.OutcomeSent
		switch {
		case s.Angle == coach.AskGatekeeper:
			outcome = coach.OutcomeGatekeeper
		case s.Channel == coach.Call:
			outcome = coach.OutcomeLeft
		}
		_, err := c.Log(s.Touch(outcome))
		must(err)
		if s.Pair != nil {
			_, err := c.Log(s.PairTouch())
			must(err)
		}
	}
	c.Now = benchMonday.AddDate(0, 0, -3)
	c.Reindex()
	return p
}

// each calls do with one case after the other, and begins again after the last.
func each(b *testing.B, do func(coach.Case)) {
	reps := mornings(b)
	b.ReportAllocs()
	n := 0
	for b.Loop() {
		do(reps[n%benchReps][n/benchReps%benchEach])
		n++
	}
}

func BenchmarkHint(b *testing.B)   { each(b, func(c coach.Case) { c.Hint() }) }
func BenchmarkRow(b *testing.B)    { each(b, func(c coach.Case) { c.Row() }) }
func BenchmarkBrief(b *testing.B)  { each(b, func(c coach.Case) { c.Brief() }) }
func BenchmarkAdvise(b *testing.B) { each(b, func(c coach.Case) { c.Advise() }) }

// BenchmarkMorning is what a nudge asks of the coach: the ten foremost of all
// who are due, and each of them in brief.
func BenchmarkMorning(b *testing.B) {
	reps := mornings(b)
	sights := make([][]coach.Sight, len(reps))
	for r, cases := range reps {
		for _, c := range cases {
			p := c.Prospect
			s := coach.Sight{ID: p.ID, Added: p.Added, Urgency: p.Urgency, Situation: p.Situation(), Title: p.Title, Due: p.Due}
			for _, t := range p.Touches {
				s.LastTouch = max(s.LastTouch, t.On)
			}
			sights[r] = append(sights[r], s)
		}
	}
	b.ReportAllocs()
	n, loaded := 0, 0
	for b.Loop() {
		r := n % benchReps
		c := reps[r][0]
		c.Prospect = nil
		first, err := c.Foremost(10, sights[r], func(ids []int64) (out []coach.Case, _ error) {
			loaded += len(ids)
			for _, id := range ids {
				out = append(out, reps[r][(id-1)%benchEach])
			}
			return out, nil
		})
		if err != nil {
			b.Fatal(err)
		}
		for _, f := range first {
			f.Brief()
		}
		n++
	}
	b.ReportMetric(float64(loaded)/float64(n), "loaded/op")
}
