package coach_test

import (
	"flag"
	"math/rand/v2"
	"reflect"
	"slices"
	"strings"
	"testing"

	"github.com/prospectcoach/prospectcoach/coach"
)

var lives = flag.Int("lives", 2000, "how many generated lives to walk to their end")

// life generates a prospect with a random past; the same seed gives the same.
func life(t testing.TB, seed uint64) coach.Case {
	rnd := rand.New(rand.NewPCG(seed, 7))
	c := berlin(t, "2026-03-02")
	c = at(c, c.Today()+coach.Date(rnd.IntN(9)))
	p := c.Prospect
	maybe := func() bool { return rnd.IntN(2) == 0 }
	if maybe() {
		p.Email = ""
	}
	if maybe() {
		p.LinkedIn = ""
	}
	if maybe() && (p.Email != "" || p.LinkedIn != "") {
		p.Phone = ""
	}
	p.Level = coach.Levels[rnd.IntN(len(coach.Levels))]
	p.Purchase = coach.Purchases[rnd.IntN(3)]
	p.Urgency = coach.Urgencies[rnd.IntN(3)]
	p.Line = []coach.Line{"", coach.Switchboard, coach.Mobile}[rnd.IntN(3)]
	if maybe() {
		p.Industry = "logistics"
	}
	if maybe() {
		p.Gatekeeper = coach.Gatekeeper{Name: "Ana", BestTime: []string{"", "before 9", "thu 16:30", "tuesday", "mornings"}[rnd.IntN(5)]}
	}
	if maybe() {
		p.LastTalk = c.Today() - coach.Date(20+rnd.IntN(400))
	}
	if rnd.IntN(4) == 0 {
		p.AwayUntil = c.Today() + coach.Date(rnd.IntN(15))
	}
	if rnd.IntN(4) == 0 {
		from := c.Today() + coach.Date(rnd.IntN(30))
		c.Rep.DaysOff = []coach.Span{{From: from, To: from + coach.Date(rnd.IntN(12))}}
	}
	for i := range rnd.IntN(6) {
		p.Facts = append(p.Facts, coach.Fact{ID: int64(i + 1), Kind: coach.FactKinds[rnd.IntN(4)],
			Text: "something that happened as number " + openings[i], On: c.Today() - coach.Date(rnd.IntN(90))})
	}
	for i := range rnd.IntN(6) {
		c.Nuggets = append(c.Nuggets, coach.Nugget{ID: int64(i + 1), Kind: coach.NuggetKinds[rnd.IntN(4)], Text: "an outcome known as " + openings[30+i]})
	}
	past(c, rnd)
	return c
}

// past gives the prospect an earlier campaign and the first touches of this one.
func past(c coach.Case, rnd *rand.Rand) {
	p := c.Prospect
	situation := func() coach.Situation {
		return []coach.Situation{coach.Cold, coach.Existing, coach.Dormant, coach.BlownOff, coach.ProposalSent}[rnd.IntN(5)]
	}
	if rnd.IntN(3) == 0 {
		p.Campaigns = append(p.Campaigns, coach.Campaign{No: 1, Situation: situation(), Starts: c.Today() - 300, Ended: c.Today() - 200, End: coach.EndMovedOn})
		made(c, rnd, 1, c.Today()-290, 1+rnd.IntN(3))
	}
	no := len(p.Campaigns) + 1
	camp := coach.Campaign{No: no, Situation: situation(), Starts: c.Today() + coach.Date(rnd.IntN(5))}
	if n := rnd.IntN(4); n > 0 {
		camp.Starts = c.Today() - 60
		p.Campaigns = append(p.Campaigns, camp)
		made(c, rnd, no, camp.Starts, n)
		return
	}
	p.Campaigns = append(p.Campaigns, camp)
}

// made adds touches as a rep makes them: on any channel, with or without an
// angle, sometimes without an answer, sometimes a bounce.
func made(c coach.Case, rnd *rand.Rand, no int, on coach.Date, n int) {
	p := c.Prospect
	for range n {
		t := coach.Touch{Campaign: no, On: on, Channel: testChannels[rnd.IntN(3)], Outcome: coach.OutcomeSent,
			Text: "own words about " + openings[rnd.IntN(len(openings))] + " and nothing else"}
		if rnd.IntN(3) > 0 {
			t.Angle = coach.Angles[rnd.IntN(12)]
		}
		if t.Channel == coach.Call {
			t.Outcome = []coach.Outcome{coach.OutcomeNoAnswer, coach.OutcomeGatekeeper, coach.OutcomeNoAnswer}[rnd.IntN(3)]
			t.Text = ""
		}
		p.Touches = append(p.Touches, t)
		on += coach.Date(1 + rnd.IntN(8))
	}
}

// follow makes the suggestion as the fold of the plan does (V7).
func follow(t *testing.T, c coach.Case, s *coach.Suggestion) {
	t.Helper()
	touch := s.Touch(coach.OutcomeSent)
	switch {
	case s.Angle == coach.AskGatekeeper:
		touch = s.Touch(coach.OutcomeGatekeeper)
	case s.Channel == coach.Call || s.Channel == coach.Voicemail:
		touch = s.Touch(coach.OutcomeLeft)
	}
	if _, err := c.Log(touch); err != nil {
		t.Fatal(err)
	}
	if s.Pair != nil {
		if _, err := c.Log(s.PairTouch()); err != nil {
			t.Fatal(err)
		}
	}
}

// clone copies a prospect so deep that no rule can reach the original.
func clone(p *coach.Prospect) *coach.Prospect {
	q := *p
	q.Facts, q.Touches, q.Skips = slices.Clone(p.Facts), slices.Clone(p.Touches), slices.Clone(p.Skips)
	q.Campaigns, q.Declined = slices.Clone(p.Campaigns), slices.Clone(p.Declined)
	for i := range q.Touches {
		q.Touches[i].Uses = slices.Clone(q.Touches[i].Uses)
	}
	return &q
}

func TestLives_V7_A1_A3_A4_EveryPlanIsWhatThenHappens(t *testing.T) {
	t.Parallel()
	for part := range 4 {
		t.Run("", func(t *testing.T) {
			t.Parallel()
			for i := part; i < *lives && !t.Failed(); i += 4 {
				walk(t, uint64(i))
			}
		})
	}
}

// walk follows the coach to the end of a life's campaign.
func walk(t *testing.T, seed uint64) {
	c := life(t, seed)
	p := c.Prospect
	before := clone(p)
	a := c.Advise()
	if !reflect.DeepEqual(before, p) {
		t.Fatalf("life %d: advice changed the prospect", seed)
	}
	if b := c.Advise(); !reflect.DeepEqual(a, b) {
		t.Fatalf("life %d: A4: the same facts gave other advice:\n%+v\n%+v", seed, a, b)
	}
	brief := a
	brief.Alternatives, brief.Plan, brief.MovesOn = nil, nil, 0
	if b := c.Brief(); !reflect.DeepEqual(brief, b) {
		t.Fatalf("life %d: in brief the advice is\n%+v, not\n%+v", seed, b, brief)
	}
	if len(a.Plan) == 0 {
		if a.MovesOn != 0 || a.Suggestion != nil || len(a.Missing)+len(a.Questions) == 0 && a.Verdict.Kind != coach.MoveOnVerdict && a.Verdict.Kind != coach.WaitVerdict {
			t.Fatalf("life %d: no plan, yet %+v", seed, a)
		}
		return
	}
	checkPlan(t, seed, c, a)
	from := len(p.Touches)
	plan, end := a.Plan, a.MovesOn
	for len(plan) > 0 {
		c = at(c, plan[0].On)
		a = c.Advise()
		if !reflect.DeepEqual(a.Plan, plan) || a.MovesOn != end {
			t.Fatalf("life %d: V7: the plan was %v until %s, on %s it is %v until %s", seed, plan, end, c.Today(), a.Plan, a.MovesOn)
		}
		s := a.Suggestion
		if s == nil || s.Channel != plan[0].Channel || s.Angle != plan[0].Angle {
			t.Fatalf("life %d: V7: the plan says %v, the suggestion is %+v", seed, plan[0], s)
		}
		checkSuggestion(t, seed, c, a)
		follow(t, c, s)
		plan = plan[1:]
	}
	checkUsedOnce(t, seed, c, from)
	if v := at(c, end-1).Advise().Verdict; v.Kind != coach.WaitVerdict || v.Until != end {
		t.Fatalf("life %d: V3: the day before moving on the verdict is %+v", seed, v)
	}
	a = at(c, end).Advise()
	if a.Verdict.Kind != coach.MoveOnVerdict || a.Suggestion != nil || len(a.Plan) != 0 || a.Due != 0 {
		t.Fatalf("life %d: V1: at the end the advice is %+v", seed, a)
	}
	for _, k := range a.Verdict.Checks {
		if !k.OK {
			t.Fatalf("life %d: V1: moving on without %+v", seed, k)
		}
	}
}

// checkPlan holds the rules of a whole plan.
func checkPlan(t *testing.T, seed uint64, c coach.Case, a coach.Advice) {
	t.Helper()
	n := len(a.Plan)
	led := map[coach.Family]bool{}
	emails := 0
	for _, touch := range c.Prospect.Touches {
		if touch.Campaign == len(c.Prospect.Campaigns) {
			led[touch.Channel.Family()] = true
			emails += btoi(touch.Channel == coach.Email)
		}
	}
	var usable int
	for _, f := range c.Usable() {
		// H5 may leave one family of two; then that one leads again.
		usable += btoi(f != coach.FamilyEmail || emails+n/2 < 3)
	}
	for i, s := range a.Plan {
		led[s.Channel.Family()] = true
		if !c.Works(c.Rep, s.On) {
			t.Fatalf("life %d: C3: %s is no working day", seed, s.On)
		}
		if i > 0 && s.On <= a.Plan[i-1].On {
			t.Fatalf("life %d: C3: two attempts on %s", seed, s.On)
		}
		if i > 0 && usable > 1 && s.Angle != coach.AskGatekeeper && s.Channel.Family() == a.Plan[i-1].Channel.Family() {
			t.Fatalf("life %d: H1: %s leads twice running", seed, s.Channel.Family())
		}
		if last := s.Angle == coach.EitherWay || s.Angle == coach.BackAway; last && i < n-2 {
			t.Fatalf("life %d: A3: %s stands before the end of %v", seed, s.Angle, a.Plan)
		}
	}
	if n > 1 && (a.Plan[n-2].Angle != coach.EitherWay || a.Plan[n-1].Angle != coach.BackAway) {
		t.Fatalf("life %d: A3: the plan ends %v", seed, a.Plan[n-2:])
	}
	if a.MovesOn <= a.Plan[n-1].On || !c.Works(c.Rep, a.MovesOn) {
		t.Fatalf("life %d: V7: moves on %q after %s", seed, a.MovesOn, a.Plan[n-1].On)
	}
	for _, f := range c.Usable() {
		if full := a.Attempts+n >= 5 && a.Attempts+n >= a.PlanLength; full && !led[f] {
			t.Fatalf("life %d: H4: %s never leads in %v", seed, f, a.Plan)
		}
	}
}

func btoi(b bool) int {
	if b {
		return 1
	}
	return 0
}

// checkSuggestion holds the rules of one suggestion.
func checkSuggestion(t *testing.T, seed uint64, c coach.Case, a coach.Advice) {
	t.Helper()
	s, p := a.Suggestion, c.Prospect
	if n := len(p.Touches); n > 0 && p.Touches[n-1].Angle == s.Angle && p.Touches[n-1].Outcome != coach.OutcomeNoAnswer && len(a.Alternatives) > 0 {
		t.Fatalf("life %d: A1: %s twice running though there is %v", seed, s.Angle, a.Alternatives)
	}
	needs := map[coach.Angle][]coach.FactKind{coach.Homework: {coach.Research, coach.Trigger}, coach.TheirWords: {coach.Said}, coach.IntroduceThem: {coach.Introduction}}
	if kinds := needs[s.Angle]; kinds != nil {
		if len(s.Uses) != 1 || s.Uses[0].Nugget || !slices.Contains(kinds, p.Facts[s.Uses[0].ID-1].Kind) {
			t.Fatalf("life %d: section 4: %s rests on %v", seed, s.Angle, s.Uses)
		}
	}
	assets := map[coach.Angle][]coach.NuggetKind{coach.ValueNugget: {coach.NuggetOutcome, coach.NuggetIssue}, coach.Story: {coach.NuggetStory}, coach.UsefulPiece: {coach.NuggetResource}}
	if kinds := assets[s.Angle]; kinds != nil {
		if len(s.Uses) != 1 || !s.Uses[0].Nugget || !slices.Contains(kinds, c.Nuggets[s.Uses[0].ID-1].Kind) {
			t.Fatalf("life %d: section 4: %s rests on %v", seed, s.Angle, s.Uses)
		}
	}
	if words := len(splitWords(s.Why)); words < 12 || words > 60 || strings.Count(s.Why, ". ") > 1 {
		t.Fatalf("life %d: A5: %d words: %s", seed, words, s.Why)
	}
	if (s.Channel == coach.Voicemail || s.Channel == coach.Call && s.Angle != coach.AskGatekeeper) && (s.Pair != nil) != (p.Email != "" && !p.EmailBad) {
		t.Fatalf("life %d: H2: the pair of %+v", seed, s)
	}
}

// checkUsedOnce proves A1 over the whole life: touches from index from on used
// nothing that another attempt used.
func checkUsedOnce(t *testing.T, seed uint64, c coach.Case, from int) {
	t.Helper()
	type key struct {
		camp, attempt int
	}
	refs, variants := map[coach.Ref]key{}, map[string]key{}
	touches := c.Prospect.Touches
	for i, u := range touches {
		k := key{u.Campaign, u.Attempt}
		for _, r := range u.Uses {
			if other, ok := refs[r]; ok && other != k {
				t.Fatalf("life %d: A1: %v used twice", seed, r)
			}
			refs[r] = k
		}
		if other, ok := variants[u.Variant]; u.Variant != "" && ok && other != k {
			t.Fatalf("life %d: A1: draft %s used twice", seed, u.Variant)
		}
		variants[u.Variant] = k
		for j := range i {
			v := touches[j]
			if i >= from && (key{v.Campaign, v.Attempt}) != k && u.Text != "" && c.Alike(u.Text, v.Text) {
				t.Fatalf("life %d: A1: alike:\n%s\n%s", seed, u.Text, v.Text)
			}
		}
	}
}

// What a list shows of a hint is remembered without asking the team's figures.
func TestTheTeamsFiguresChooseOnlyTheAngleOfAHint(t *testing.T) {
	t.Parallel()
	other := 0
	for seed := range uint64(600) {
		c := life(t, seed)
		plain := c.Hint()
		rnd := rand.New(rand.NewPCG(seed, 11))
		c.Evidence.Angles = map[coach.Situation]map[coach.Angle]coach.Rate{}
		for _, s := range coach.Situations {
			c.Evidence.Angles[s] = map[coach.Angle]coach.Rate{}
			for _, a := range coach.Angles {
				c.Evidence.Angles[s][a] = coach.Rate{Tried: 100, Replied: rnd.IntN(100)}
			}
		}
		weighed := c.Hint()
		if weighed.Angle != plain.Angle {
			other++
		}
		weighed.Angle = plain.Angle
		if weighed != plain {
			t.Errorf("life %d: %+v with figures, %+v without", seed, weighed, plain)
		}
	}
	if other == 0 {
		t.Error("the figures never chose another angle")
	}
}
