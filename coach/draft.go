package coach

import "slices"

// DraftVerdict says whether a text is worth an answer (section 6).
type DraftVerdict string

// The three verdicts on a draft.
const (
	Send    DraftVerdict = "send"
	Tighten DraftVerdict = "tighten"
	Rework  DraftVerdict = "rework"
)

// The ids of what the draft check can find, in the order of the documentation.
const (
	TooLong            = "too_long"
	Cryptic            = "cryptic"
	Repeat             = "repeat"
	Generic            = "generic"
	Placeholder        = "placeholder"
	WrongWorld         = "wrong_world"
	Jargon             = "jargon"
	SoundsLikeEveryone = "sounds_like_everyone"
	AboutMe            = "about_me"
	NoReason           = "no_reason"
	NoAsk              = "no_ask"
	ManyAsks           = "many_asks"
	CheckingIn         = "checking_in"
	Needy              = "needy"
	HardToScan         = "hard_to_scan"
	Unpaired           = "unpaired"
)

// Finding is one thing the draft check saw; Start and End are byte offsets in
// the text, 0 and 0 when it is about the whole.
type Finding struct {
	ID    string
	Start int
	End   int
	Say   string // why, one sentence
	Do    string // what to do

	many  string // of a phrase: how the sentence ends after several of them in a row
	grave bool   // makes it rework (D1)
}

// DraftInput is what the check looks at. Prospect may be nil (unknown).
type DraftInput struct {
	Text     string
	Channel  Channel
	Angle    Angle
	Attempt  int // 1 for the first of a campaign; 0 unknown, judged as a later one
	Rep      *Rep
	Prospect *Prospect
	Nuggets  []Nugget
	Earlier  []string // texts sent before
}

// DraftReport is the answer of the check.
type DraftReport struct {
	Verdict       DraftVerdict
	Words         int // without subject, signature and quoted text
	SpokenSeconds int // the middle of the range; 0 when nothing is spoken
	SpokenFrom    int
	SpokenTo      int
	Findings      []Finding
	NotJudged     []string // ids of findings that could not be seen
	NotEnglish    bool     // D4: only what needs no language was judged
	Good          []string
}

// judges are the checks, in the order in which their findings are shown.
// Each may add several findings of its id (no_ask also adds many_asks).
var judges = []struct {
	ids     []string
	english bool // D4: needs the language
	run     func(*check)
}{
	{[]string{TooLong}, false, (*check).tooLong},
	{[]string{Cryptic}, true, (*check).cryptic},
	{[]string{Repeat}, false, (*check).repeat},
	{[]string{Generic}, true, (*check).generic},
	{[]string{Placeholder}, false, (*check).placeholder},
	{[]string{WrongWorld}, true, (*check).wrongWorld},
	{[]string{Jargon}, true, (*check).jargon},
	{[]string{SoundsLikeEveryone}, true, (*check).soundsLikeEveryone},
	{[]string{AboutMe}, true, (*check).aboutMe},
	{[]string{NoReason}, true, (*check).noReason},
	{[]string{NoAsk, ManyAsks}, true, (*check).asks},
	{[]string{CheckingIn}, true, (*check).checkingIn},
	{[]string{Needy}, true, (*check).needy},
	{[]string{HardToScan}, false, (*check).hardToScan},
	{[]string{Unpaired}, true, (*check).unpaired},
}

// CheckDraft judges a text (section 6). It never changes it.
func (pb *Playbook) CheckDraft(in DraftInput) DraftReport {
	c := check{pb: pb, x: pb.lex(), in: in}
	c.look()
	for _, j := range judges {
		if j.english && !c.isEnglish {
			for _, id := range j.ids {
				if id != Unpaired || in.Channel == Voicemail {
					c.report.NotJudged = append(c.report.NotJudged, id)
				}
			}
			continue
		}
		j.run(&c)
	}
	c.report.NotEnglish = !c.isEnglish
	c.gravity()
	c.report.Verdict = c.verdict()
	c.praise()
	return c.report
}

// gravity marks what makes it rework (D1).
func (c *check) gravity() {
	for i := range c.report.Findings {
		f := &c.report.Findings[i]
		switch f.ID {
		case Repeat, Placeholder, WrongWorld, NoReason:
			f.grave = true
		case TooLong:
			f.grave = c.overHard
		case CheckingIn:
			f.grave = c.emptyFollowUp
		}
	}
}

// verdict is D1.
func (c *check) verdict() DraftVerdict {
	switch found := c.report.Findings; {
	case slices.ContainsFunc(found, func(f Finding) bool { return f.grave }):
		return Rework
	case len(found) > 0:
		return Tighten
	}
	return Send
}

// excused are the angles that need neither a reason nor an ask (D3).
var excused = []Angle{ThanksNextStep, UsefulPiece, AskGatekeeper, WhatChanged, BackAway}

func (c *check) excused() bool { return slices.Contains(excused, c.in.Angle) }
