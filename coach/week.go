package coach

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
	Reason  string
}

// WeekInput is everything the summary of a week rests on.
type WeekInput struct {
	From, To  Date // both included
	Touches   []WeekTouch
	Ends      []WeekEnd
	LastTries int          // prospects in their last tries now
	Load      map[Date]int // due per day of next week
}

// Count is a figure with the number it rests on; a rate is only shown from
// ten outcomes on (S6).
type Count struct {
	Name  string
	Of    int
	Count int
}

// Week is the summary of a week (S6).
type Week struct {
	From, To                       Date
	Attempts, Touches              int
	Replies, Meetings              int
	OnTime, Due                    int // adherence (C7)
	MovedOn, MovedOnEarly, Stopped int
	Reasons                        []Count
	ByAngle, ByChannel, ByAttempt  []Count
	Persevered                     int // replies on attempt 4 or later
	LastTries                      int
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

// Summarise makes the week's summary.
func Summarise(in WeekInput) Week { panic("week") }
