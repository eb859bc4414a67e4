package coach

import (
	"cmp"
	"slices"
	"time"
)

// run is a prospect's life as it stands on one day: what was done, what is
// used up, who led. It is built touch by touch, and the plan goes on building
// it in the same way, so that the plan equals what then happens (V7).
type run struct {
	c      Case
	p      *Prospect
	k      *calendar
	zone   *time.Location // the rep's
	today  Date
	level  Level
	guess  bool // the level was guessed from the title
	gap    int
	usable []Family // in the order of H1
	camp   Campaign // the current one, a copy

	at       int       // number of the campaign the touches have reached
	attempts []attempt // of that campaign
	used     []Angle   // in it, each once
	industry bool      // sharp_question rested on the industry alone
	finished bool      // last tries were begun

	// Over the whole life (A1).
	spent      []Ref    // facts and nuggets
	stocked    *stock   // once somebody asked for it
	variants   []string // ids of drafts
	said       []saying
	printed    int      // how many of said have a print
	names      *names   // of both sides, once a text was read
	lastAngles [2]Angle // of the last attempts, newest first
	gatekeeper bool     // the gatekeeper known now was asked (H3)
	wrote      Date     // the last touch
	skipped    Date     // the last skip of the current campaign
	declined   []Decline
}

// attempt is a local day with at least one touch, or a voicemail's day with
// its email of one working day later (section 1).
type attempt struct {
	on, last Date
	channel  Channel // of the touch that led
	family   Family
	angle    Angle
	made     bool // something reached them: not only calls without an answer
	voice    bool // holds a voicemail that waits for its email
	spoken   Angle
	said     int // index in run.said of its first text, -1 without one
}

// saying is a text that was sent, or the draft it came from.
type saying struct {
	text  string
	touch *Touch // set when only the draft is known
	print []*Print
}

// run reads the case as it stands today.
func (c Case) run() *run { return c.runOn(c.Today(), c.zone(), c.Prospect.Touches) }

// zone is the rep's, which decides the day.
func (c Case) zone() *time.Location {
	if c.Rep != nil && c.Rep.Zone != nil {
		return c.Rep.Zone
	}
	return c.Now.Location()
}

// Today is the rep's local day.
func (c Case) Today() Date { return DateOf(c.Now.In(c.zone())) }

func (c Case) runOn(today Date, zone *time.Location, touches []Touch) *run {
	p := c.Prospect
	r := &run{c: c, p: p, k: c.calendar(c.Rep), zone: zone, today: today, declined: p.Declined}
	r.level, r.guess = c.LevelOf(p)
	r.gap = c.gap(p, r.level)
	r.camp = Campaign{No: 1, Situation: Cold, Starts: today}
	if n := len(p.Campaigns); n > 0 {
		r.camp = p.Campaigns[n-1]
	}
	if r.camp.Starts == 0 {
		r.camp.Starts = today
	}
	spoken := p.LastTalk != 0
	touches = r.inOrder(touches)
	if len(touches) > 0 {
		r.attempts, r.said = make([]attempt, 0, min(len(touches), usualAttempts)), make([]saying, 0, len(touches))
	}
	r.begin(0)
	for i := range touches {
		r.add(&touches[i])
		spoken = spoken || touches[i].Outcome == OutcomeSpoke
	}
	if r.at != r.camp.No {
		r.begin(r.camp.No)
	}
	r.usable = p.usable(spoken)
	r.finished = r.camp.LastTries
	for _, s := range p.Skips {
		if (s.Campaign == r.camp.No || s.Campaign == 0) && s.On <= today {
			r.skipped = max(r.skipped, s.On)
		}
	}
	return r
}

// usualAttempts is how many attempts a campaign mostly has at its end.
const usualAttempts = 8

// inOrder are the touches by campaign and day, as they mostly are already.
func (r *run) inOrder(touches []Touch) []Touch {
	before := func(a, b *Touch) int { return cmp.Or(cmp.Compare(r.number(a), r.number(b)), cmp.Compare(a.On, b.On)) }
	for i := 1; i < len(touches); i++ {
		if before(&touches[i-1], &touches[i]) > 0 {
			touches = slices.Clone(touches)
			slices.SortStableFunc(touches, func(a, b Touch) int { return before(&a, &b) })
			break
		}
	}
	return touches
}

// number is the campaign a touch belongs to; 0 in a touch means the current.
func (r *run) number(t *Touch) int {
	if t.Campaign == 0 {
		return r.camp.No
	}
	return t.Campaign
}

func (r *run) begin(no int) {
	r.at, r.attempts, r.used, r.industry = no, r.attempts[:0], r.used[:0], false
}

// hasUsed tells whether the angle was used in the campaign.
func (r *run) hasUsed(a Angle) bool { return slices.Contains(r.used, a) }

// led counts the attempts of the campaign that a family led.
func (r *run) led(f Family) int {
	n := 0
	for i := range r.attempts {
		n += yes(r.attempts[i].family == f)
	}
	return n
}

// add takes a touch into account and answers the number of its attempt, 0 for
// a bounce. Touches come in the order of their days.
func (r *run) add(t *Touch) int {
	if n := r.number(t); n != r.at {
		r.begin(n)
	}
	if t.Outcome == OutcomeBounced {
		return 0 // no attempt, uses nothing up
	}
	r.wrote = max(r.wrote, t.On)
	i := r.attempt(t)
	a := &r.attempts[i]
	a.last = max(a.last, t.On)
	if t.Outcome == OutcomeNoAnswer {
		return i + 1 // an attempt that uses nothing up
	}
	if !a.made {
		a.made, a.angle = true, t.Angle
		r.lastAngles = [2]Angle{t.Angle, r.lastAngles[0]}
	}
	if t.isVoicemail() && t.Angle != AskGatekeeper { // who asks the assistant announces no email
		a.voice, a.spoken = true, t.Angle
	} else if t.Channel == Email {
		a.voice = false
	}
	r.useUp(t, a)
	return i + 1
}

// attempt finds the attempt that t belongs to, or begins it.
func (r *run) attempt(t *Touch) int {
	n := len(r.attempts)
	for i := n - 1; i >= max(0, n-2); i-- {
		// H2: the email of a voicemail belongs to it, also when it follows
		// within one working day.
		a := &r.attempts[i]
		if a.voice && t.Channel == Email && t.Angle == a.spoken && t.Angle != "" && t.On > a.on && t.On <= r.k.add(a.on, 1) {
			return i
		}
	}
	if n > 0 && r.attempts[n-1].on == t.On {
		return n - 1
	}
	r.attempts = append(r.attempts, attempt{on: t.On, last: t.On, channel: t.Channel, family: t.Channel.Family(), said: -1})
	return n
}

func (t *Touch) isVoicemail() bool {
	return t.Channel == Voicemail && t.Outcome != OutcomeNoAnswer || t.Channel == Call && t.Outcome == OutcomeLeft
}

// useUp notes what the touch makes unusable for the rest of the life (A1).
func (r *run) useUp(t *Touch, a *attempt) {
	grounded := false
	for _, u := range t.Uses {
		r.spent = append(r.spent, u)
		grounded = grounded || !u.Nugget
	}
	if t.Angle != "" && !r.hasUsed(t.Angle) {
		r.used = append(r.used, t.Angle)
	}
	if t.Angle == SharpQuestion && !grounded {
		r.industry = true
	}
	if t.Angle == AskGatekeeper && t.On >= r.p.Gatekeeper.Since {
		r.gatekeeper = true
	}
	if t.Variant != "" {
		r.variants = append(r.variants, t.Variant)
	}
	switch {
	case t.Text != "":
		r.said = append(r.said, saying{text: t.Text})
	case t.Variant != "":
		r.said = append(r.said, saying{touch: t})
	default:
		return
	}
	if a.said < 0 {
		a.said = len(r.said) - 1
	}
}

// made counts the attempts of the campaign.
func (r *run) made() int { return len(r.attempts) }

// base is the day from which the gap counts: the last attempt's or skip's; 0
// when the campaign has neither (C8).
func (r *run) base() Date {
	d := r.skipped
	if n := len(r.attempts); n > 0 {
		d = max(d, r.attempts[n-1].on)
	}
	return d
}

// ledLast is the family that led the last attempt, "" before the first.
func (r *run) ledLast() Family {
	if n := len(r.attempts); n > 0 {
		return r.attempts[n-1].family
	}
	return ""
}

// company is what sentences call the prospect's company.
func (r *run) company() string {
	if r.p.Company != "" {
		return r.p.Company
	}
	return r.p.First()
}

// current is the current campaign of p, nil before the first.
func (p *Prospect) current() *Campaign {
	if len(p.Campaigns) == 0 {
		return nil
	}
	return &p.Campaigns[len(p.Campaigns)-1]
}

// Situation of the current campaign; Cold before the first.
func (p *Prospect) Situation() Situation {
	if c := p.current(); c != nil {
		return c.Situation
	}
	return Cold
}
