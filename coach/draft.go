package coach

// DraftVerdict says whether a text is worth an answer (section 6).
type DraftVerdict string

// The three verdicts on a draft.
const (
	Send    DraftVerdict = "send"
	Tighten DraftVerdict = "tighten"
	Rework  DraftVerdict = "rework"
)

// Finding is one thing the draft check saw; Start and End are byte offsets in
// the text, 0 and 0 when it is about the whole.
type Finding struct {
	ID    string
	Start int
	End   int
	Say   string // why, one sentence
	Do    string // what to do
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
	Words         int
	SpokenSeconds int // the middle of the range; 0 when nothing is spoken
	SpokenFrom    int
	SpokenTo      int
	Findings      []Finding
	NotJudged     []string
	Good          []string
}

// CheckDraft judges a text. It never changes it.
func (pb *Playbook) CheckDraft(in DraftInput) DraftReport { panic("draft") }

// SpokenSeconds is how long a text takes to speak, in seconds.
func (pb *Playbook) SpokenSeconds(text string) float64 { panic("draft") }
