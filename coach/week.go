package coach

import (
	"fmt"
	"maps"
	"slices"
	"strconv"
	"strings"
)

// WeekTouch is one touch of the week, for the summary.
type WeekTouch struct {
	Rep       string
	Prospect  int64
	On        Date
	Channel   Channel
	Angle     Angle
	Situation Situation
	Attempt   int
	Leads     bool // first touch of its attempt
	OnTime    bool // C7; of a leading touch
	Outcome   Outcome
	Findings  []string
}

// WeekEnd is one campaign that ended in the week.
type WeekEnd struct {
	Rep     string
	On      Date
	End     End
	Answer  Answer
	Angle   Angle
	Channel Channel
	Attempt int
	Early   bool // moved on although V1 did not hold (V6)
	Reason  string
}

// WeekInput is everything the summary of a week rests on.
type WeekInput struct {
	From, To  Date // both included
	Touches   []WeekTouch
	Ends      []WeekEnd
	LastTries int          // prospects in their last tries now
	Undone    int          // attempts due by To that are still to be made
	Since     Date         // since when the oldest of them waits
	Load      map[Date]int // due per day of next week
}

// Count is a figure (replies that came in the week) with the number it rests
// on (attempts made in it); a rate is only shown from ten outcomes on (S6).
type Count struct {
	Name  string
	Of    int
	Count int
}

// rateFrom is the number of outcomes from which a rate means something (S6).
const rateFrom = 10

// Rate is Count of Of, and whether there are enough outcomes to show it.
func (c Count) Rate() (rate float64, enough bool) {
	if c.Of < rateFrom || c.Count > c.Of {
		return 0, false
	}
	return float64(c.Count) / float64(c.Of), true
}

// Week is the summary of a week (S6).
type Week struct {
	From, To                       Date
	Attempts, Touches              int
	Replies, Meetings              int
	OnTime                         int // of Attempts: adherence (C7)
	MovedOn, MovedOnEarly, Stopped int
	Reasons                        []Count // of moving on, as each rep wrote them
	ReasonKinds                    []Count // the same by kind: nobody's own words, hence nobody's name
	ByAngle                        []Count // the last has no name: made without an angle
	ByChannel, ByAttempt           []Count
	Persevered                     int // replies on attempt 4 or later
	LastTries                      int
	Undone                         int  // attempts due by To that are still to be made
	Since                          Date // since when the oldest of them waits
	ByDay                          []DayCount
	NextWeek                       []DayCount // attempts due
	Practise                       string     // id of the commonest draft finding
	PractiseSay                    string     // as one concrete thing to practise
	PractiseCount                  int
	Encourage                      string // S7: earned and concrete, or ""
}

// DayCount is a day's attempts and replies.
type DayCount struct {
	Day      Date
	Attempts int
	Replies  int
}

// perseverance is the attempt from which a reply was earned by persevering.
const perseverance = 4

// Summarise makes the week's summary (S6). Touches and ends outside From to To
// are left out. A reply counts in the week it came, under what earned it; the
// attempt itself may have been made before, so a count can be more than Of.
func Summarise(in WeekInput) Week {
	w := Week{From: in.From, To: in.To, LastTries: in.LastTries, Undone: in.Undone, Since: in.Since}
	t := tally{angle: map[Angle]*Count{}, channel: map[Channel]*Count{}, attempt: map[int]*Count{}, reasons: map[string]int{}, kinds: map[string]int{}, findings: map[string]int{}}
	for d := in.From; d <= in.To; d++ {
		w.ByDay = append(w.ByDay, DayCount{Day: d})
	}
	for _, touch := range in.Touches {
		if touch.On >= in.From && touch.On <= in.To {
			w.touch(touch, &t)
		}
	}
	for _, end := range in.Ends {
		if end.On >= in.From && end.On <= in.To {
			w.end(end, &t)
		}
	}
	w.counts(&t)
	for _, d := range slices.Sorted(maps.Keys(in.Load)) {
		w.NextWeek = append(w.NextWeek, DayCount{Day: d, Attempts: in.Load[d]})
	}
	w.practise(t.findings)
	w.Encourage = w.encourage()
	return w
}

type tally struct {
	angle          map[Angle]*Count
	channel        map[Channel]*Count
	attempt        map[int]*Count
	reasons, kinds map[string]int
	findings       map[string]int
}

// manyAttempts is the attempt number from which all count as one.
const manyAttempts = 12

// at counts attempt n; a reply that no attempt earned (0) is nowhere counted.
func (t *tally) at(n int) *Count {
	if n < 1 {
		return &Count{}
	}
	return counted(t.attempt, min(n, manyAttempts))
}

func counted[K comparable](m map[K]*Count, k K) *Count {
	if m[k] == nil {
		m[k] = &Count{}
	}
	return m[k]
}

func (w *Week) touch(touch WeekTouch, t *tally) {
	for i, id := range touch.Findings {
		if !slices.Contains(touch.Findings[:i], id) {
			t.findings[id]++
		}
	}
	if touch.Outcome == OutcomeBounced {
		return // no attempt, and nobody heard it
	}
	w.Touches++
	if !touch.Leads {
		return
	}
	w.Attempts++
	if touch.OnTime {
		w.OnTime++
	}
	w.ByDay[touch.On-w.From].Attempts++
	counted(t.angle, touch.Angle).Of++
	counted(t.channel, touch.Channel).Of++
	t.at(touch.Attempt).Of++
}

func (w *Week) end(end WeekEnd, t *tally) {
	switch end.End {
	case EndReply:
		w.Replies++
		w.ByDay[end.On-w.From].Replies++
		if end.Answer == AnswerMeeting {
			w.Meetings++
		}
		if end.Attempt >= perseverance {
			w.Persevered++
		}
		counted(t.angle, end.Angle).Count++
		counted(t.channel, end.Channel).Count++
		t.at(end.Attempt).Count++
	case EndMovedOn:
		w.MovedOn++
		if end.Early {
			w.MovedOnEarly++
		}
		if r := strings.TrimSpace(end.Reason); r != "" {
			t.reasons[strings.ToLower(r)]++
			t.kinds[ReasonKind(r)]++
		}
	case EndStopped:
		w.Stopped++
	}
}

func (w *Week) counts(t *tally) {
	for _, a := range Angles {
		w.ByAngle = appendCount(w.ByAngle, string(a), t.angle[a])
		delete(t.angle, a)
	}
	if len(t.angle) > 0 { // what is left had none that we know
		var none Count
		for _, c := range t.angle {
			none.Of, none.Count = none.Of+c.Of, none.Count+c.Count
		}
		w.ByAngle = append(w.ByAngle, none)
	}
	for _, c := range Channels {
		w.ByChannel = appendCount(w.ByChannel, string(c), t.channel[c])
	}
	if len(t.attempt) > 0 {
		// The numbers between that saw nothing are there too, so that a curve
		// over them has no number missing.
		for n := 1; n <= slices.Max(slices.Collect(maps.Keys(t.attempt))); n++ {
			name := strconv.Itoa(n)
			if n == manyAttempts {
				name += " or later"
			}
			w.ByAttempt = appendCount(w.ByAttempt, name, counted(t.attempt, n))
		}
	}
	w.Reasons, w.ReasonKinds = w.commonest(t.reasons), w.commonest(t.kinds)
}

// commonest are the reasons of moving on, the commonest first.
func (w *Week) commonest(reasons map[string]int) []Count {
	var list []Count
	for _, r := range slices.Sorted(maps.Keys(reasons)) {
		list = append(list, Count{Name: r, Of: w.MovedOn, Count: reasons[r]})
	}
	slices.SortStableFunc(list, func(a, b Count) int { return b.Count - a.Count })
	return list
}

func appendCount(list []Count, name string, c *Count) []Count {
	if c == nil {
		return list
	}
	return append(list, Count{Name: name, Of: c.Of, Count: c.Count})
}

// practise picks the commonest finding; of equals the first of the
// documentation.
func (w *Week) practise(findings map[string]int) {
	for _, j := range judges {
		for _, id := range j.ids {
			if findings[id] > w.PractiseCount {
				w.Practise, w.PractiseCount, w.PractiseSay = id, findings[id], practices[id]
			}
		}
	}
}

// practices says each finding as one concrete thing to practise.
var practices = map[string]string{
	TooLong:            "Cut the draft by a third before you send it: keep the sentence about them and the question.",
	Cryptic:            "Say who you are, from where and what it is about, once, in the first two sentences.",
	Repeat:             "Before each attempt, write down what is new in it. If nothing is, look for a fact first.",
	Generic:            "Put one thing in that is true of this company alone.",
	Placeholder:        "Read the draft aloud once before sending; blanks cannot hide from a voice.",
	WrongWorld:         "Check that every example comes from their own trade.",
	Jargon:             "Swap each big word for the one you would use at lunch.",
	SoundsLikeEveryone: "Take out the pitch and tell what happened to one customer, with one number.",
	AboutMe:            "Begin the first two sentences with them, and count your I and we afterwards.",
	NoReason:           "Finish this sentence before you write: they will want to answer because …",
	NoAsk:              "End with one question that can be answered from a phone.",
	ManyAsks:           "Pick the one question you most want answered, and save the others.",
	CheckingIn:         "Open follow-ups with something new for them, never with your own waiting.",
	Needy:              "Leave out sorry, just and grateful; you are offering something.",
	HardToScan:         "One thought a sentence, two sentences a paragraph, and no capitals.",
	Unpaired:           "End each voicemail with the email that follows, and send it at once.",
}

// encourage says what was earned, with its figure, or nothing (S7).
func (w *Week) encourage() string {
	switch {
	case w.Persevered == 1:
		return fmt.Sprintf("One reply came on attempt %d or later: it was worth going on.", perseverance)
	case w.Persevered > 1:
		return fmt.Sprintf("%s replies came on attempt %d or later: they were worth going on for.", spell(w.Persevered), perseverance)
	case w.Meetings > 1:
		return fmt.Sprintf("%s of the %d replies became meetings.", spell(w.Meetings), w.Replies)
	case w.Attempts >= rateFrom && 10*w.OnTime >= 9*w.Attempts && w.Undone == 0:
		return fmt.Sprintf("%d of %d attempts were made on time.", w.OnTime, w.Attempts)
	}
	return ""
}

// spell writes a small number as a word, as a sentence begins.
func spell(n int) string {
	words := [...]string{"No", "One", "Two", "Three", "Four", "Five", "Six", "Seven", "Eight", "Nine", "Ten", "Eleven", "Twelve"}
	if n >= 0 && n < len(words) {
		return words[n]
	}
	return strconv.Itoa(n)
}
