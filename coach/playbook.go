package coach

// Playbook is everything a team can edit and everything the coach needs from
// outside. Package templates reads and checks it; a Playbook that templates
// returned is complete and consistent, so the rules never check it again.
type Playbook struct {
	Cadence Table                             // C1
	Titles  []TitleRule                       // C4: first hit wins
	Drafts  map[Angle][]Variant               // A6, in the order of the files
	Words   WordLists                         // section 6
	Limits  Limits                            // the numbers marked (default)
	Own     []string                          // the team's own files that count, by name ("cadence.yaml"); none for the built-in alone
	Holiday func(string, Date) (string, bool) // name of the nationwide public holiday of a country on a day
	Stem    func(string) string               // English stem of one folded word

	lexicon *lexicon // the lists made ready, see Prepare
	prints  *prints  // texts read for comparison (A1); made by Prepare
	guesses *guesses // levels guessed from titles (C4); made by Prepare
}

// Table is the cadence: days between attempts by purchase, urgency and level.
type Table map[Purchase]map[Urgency]map[Level]int

// TitleRule guesses a level from a title (C4). Words are folded; a rule hits
// when one of Any stands in the title as whole words (or as the end of a
// compound when it begins with "-", such as "-leiter").
type TitleRule struct {
	Level Level
	Any   []string
}

// Variant is one draft of an angle for one channel. A phone variant
// (Channel call) is one bundle under one id: Opener, Voicemail, and the
// companion email in Subject and Text. gatekeeper has the Opener alone,
// back_away by phone has Channel voicemail and no Opener.
//
// Texts hold blanks in braces which the coach fills ({first}, {company},
// {fact} …, see BlankNames) and blanks in square brackets which only the rep
// can fill ([what you noticed]); the latter stay visible (A6).
type Variant struct {
	ID        string // "homework/email/1"
	Angle     Angle
	Channel   Channel
	Subject   string
	Text      string
	Opener    string
	Voicemail string
	Source    string // BuiltIn, or file:line of the team's own
}

// BlankNames are the names that may stand in braces in a draft:
// {first} {name} {company} {industry} {title} the prospect's;
// {me} the rep's first name, {my_name} the full name, {my_company};
// {fact} the text of the used fact (research or trigger), {said} what they
// said, {introduction} the person worth meeting, {nugget} the nugget's text;
// {gatekeeper} the assistant's name; {last_talk} as "in May" or "last week";
// {meeting} as "Thursday 12 March".
var BlankNames = []string{
	"first", "name", "company", "industry", "title", "me", "my_name", "my_company",
	"fact", "said", "introduction", "nugget", "gatekeeper", "last_talk", "meeting",
}

// Limits are the numbers of the rules that a team may change.
type Limits struct {
	PlanLength   map[Level]int // V1: ic 6, manager 7, others 8
	PlanSlow     int           // V1: 6 where the gap is SlowGap days or more
	SlowGap      int           // 10
	ComeBackDays int           // V8: 90
	Daily        int           // C11: 10
	NewADay      int           // C11: 5
	Shingles     float64       // A1: 0.5
	Stems        float64       // A1: 0.6
	MinOutcomes  int           // A4: 20
}

// DefaultLimits are the numbers the documentation names.
func DefaultLimits() Limits {
	return Limits{
		PlanLength: map[Level]int{IC: 6, Manager: 7, Director: 8, VP: 8, CSuite: 8},
		PlanSlow:   6, SlowGap: 10, ComeBackDays: 90, Daily: 10, NewADay: 5,
		Shingles: 0.5, Stems: 0.6, MinOutcomes: 20,
	}
}

// WordLists are the lists of the draft check (section 6), folded, as the
// files in templates/words hold them.
type WordLists struct {
	Jargon     []string // words nobody says aloud, by stem
	Stock      []string // sounds_like_everyone: patterns, "…" stands for up to five words
	Empty      []string // checking_in phrases
	Needy      []string
	Bump       []string            // repeat: "re-sending", "see below"
	Strangers  []string            // placeholder: "Dear Sir or Madam", "Mr. Prospect"
	Industries map[string][]string // wrong_world: industry to its tell-tale words
	Common     []string            // the commonest English words (D4)
	Offers     []string            // words that announce something of value (no_reason)
	Requests   []string            // words that ask for something (no_ask, many_asks)
	Paired     []string            // a voicemail says that an email follows (unpaired)
	Between    []string            // words for what passed between the two (generic)
	Greetings  []string            // cut off before texts are compared (A1)
	Closings   []string            // a signature begins here (A1)
	Syllables  map[string]int      // exceptions of the syllable count
	Spoken     map[string]string   // abbreviations as they are spoken
}
