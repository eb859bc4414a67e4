package bot

import (
	"strings"

	"github.com/prospectcoach/prospectcoach/bot/view"
)

// A topic answers what people ask in their own words: what it is about, and
// the commands that do something about it.
type topic struct {
	about string // words, or beginnings of words that end in *, that tell it
	say   string
	words []string // of the commands
}

// topics, the nearer ones first where two are told by the same word.
var topics = []topic{
	{"rhythm cadence often frequency gap interval pace faster slower sooner", "The rhythm follows the person’s level, how big a purchase it is for them and how urgent it is: from every day to every two weeks. " +
		"Change one of the three on the card with Edit, and the plan follows. The table itself is the team’s: a manager sees it with the command team, under Cadence and drafts, and can have a file of the team’s own in its place.", []string{"edit", "plan", "team"}},
	{"holiday* vacation* weekend* leave off absen* sick", "On weekends, on your country’s public holidays and on your days off nobody is due and nothing is posted; due days move to your next working day. " +
		"Days off and country stand in the settings. For now and at once there is pause; for a prospect who is away, away.", []string{"settings", "pause", "away"}},
	{"hour* time* early earlier clock morning nudge* notif* zone timezone remind* quiet silen* disturb", "One message comes each working day at your hour, and only if somebody is due; you can choose the hour, your working hours, your days and your time zone in the settings.", []string{"settings", "pause"}},
	{"csv excel spreadsheet file upload crm hubspot salesforce pipedrive import* list", "Drop a CSV into our direct message: you see what is in it before anything is written, and one undo takes all of it back. Export gives everything back as a file.", []string{"import", "export", "list"}},
	{"many daily number limit ten pile backlog", "Ten are shown in the morning, and new people from a file are let in a few a day, so that there is never a pile. The daily number is yours to choose in the settings; next pulls one forward.", []string{"settings", "next"}},
	{"angle* reason* draft* template* text* write subject say", "An angle is the reason to answer that a message rests on. Next offers one with a draft, and Another angle another one; no fact and no wording is used twice. What you know about them opens more: note it. Nuggets do so for the whole team.", []string{"next", "note", "nugget", "check"}},
	{"gatekeeper* assistant* receptionist* secretary best", "Note what the assistant says, with the best time to call if they told one; I remind you of the call at that time.", []string{"note"}},
	{"meeting* met met. demo calendar", "They agreed to meet: say so with the day, and I ask afterwards how it went. After a good talk, met plans the thank-you and the second message.", []string{"replied", "met"}},
	{"answer* repl* respon* interested", "When they answer, say what came of it: the campaign ends, and I ask again later where nothing is settled.", []string{"replied"}},
	{"stop* quit give up wrong moved move unsubscribe contact* gdpr dnc", "Moving on is recommended when five things are ticked on the card; you can do it earlier. Somebody who said no, is the wrong person or does not want to be contacted goes under replied, and nobody here writes to them again.", []string{"move-on", "replied", "reopen"}},
	{"delet* eras* remov* forget privacy private sees data", "Nobody but you and your manager sees your prospects. Forget erases a person for good; undo takes back a change within a day.", []string{"forget", "undo", "export"}},
	{"mistake wrong undo oops revert back", "Undo takes your last change back, up to three, for a day; each answer has its own Undo button as well.", []string{"undo"}},
	{"colleague hand give transfer take over owner", "Hand somebody to a colleague with assign, or with Hand over in the card’s menu; they accept first.", []string{"assign"}},
	{"week weekly report statistic* figure* number* summary charts rate", "Week shows your own figures so far; the team’s are posted once a week in the channel, and team shows them before.", []string{"week", "team"}},
	{"later sleep wait postpone out office ooo", "Snooze puts somebody aside until a day. Out of office is away: the plan goes on two working days after they are back.", []string{"snooze", "away"}},
	{"phone call* voicemail* sms whatsapp linkedin channel* email* mail", "Channels take turns, and only those are used whose number, address or profile is known: Edit adds them. After a call say what happened: no answer, left voicemail, spoke.", []string{"edit", "log", "next"}},
	{"start* begin first new add", "Add somebody, see what to say first, and log it when it is sent. Each morning I tell you who is due.", []string{"add", "next", "log"}},
}

// questionWords begin a question, also where the mark is missing.
var questionWords = wordSet("how what whats what's where wheres where's when why can could who which do does is are should will did may")

// isQuestion tells whether a line asks something.
func isQuestion(line string) bool {
	words := strings.Fields(strings.ToLower(strings.ReplaceAll(line, "’", "'")))
	return len(words) > 1 && questionWords[words[0]]
}

// topicOf is the topic that most of the words tell, the first among equals;
// nil when none is told.
func topicOf(line string) *topic {
	said := map[string]bool{}
	for _, w := range strings.Fields(strings.ToLower(line)) {
		said[strings.Trim(w, `.,;:!?"'()“”’`)] = true
	}
	if t := mostTold(said, func(w, about string) bool {
		begins, any := strings.CutSuffix(about, "*")
		return w == begins || any && strings.HasPrefix(w, begins)
	}); t != nil {
		return t
	}
	return mostTold(said, func(w, about string) bool { // a slip of the finger; "your" is none for "hour"
		begins := strings.TrimSuffix(about, "*")
		return len(begins) > 4 && nearWord(w, begins) != ""
	})
}

// mostTold is the topic of which most words are told, the first among equals.
func mostTold(said map[string]bool, tells func(w, about string) bool) *topic {
	var best *topic
	most := 0
	for i := range topics {
		n := 0
		for _, about := range strings.Fields(topics[i].about) {
			for w := range said {
				if tells(w, about) {
					n++
				}
			}
		}
		if n > most {
			best, most = &topics[i], n
		}
	}
	return best
}

// explain answers a question in people's own words; nil when it is about
// nothing that is known here. A command that it names counts where no topic is
// told. draft, if not "", offers to check the words all the same: a draft may
// be a question too.
func (b *Bot) explain(in Command, question, draft string) *Reply {
	t := topicOf(question)
	if t == nil {
		for _, w := range strings.Fields(strings.ToLower(strings.Trim(question, "?!. "))) {
			if r, ok := b.routes.command(w, false); ok {
				if draft != "" {
					return nil
				}
				r := Show(view.HelpWord(helpLine(r), typed(in)))
				return &r
			}
		}
		return nil
	}
	var lines []view.HelpLine
	for _, w := range t.words {
		if r, ok := b.routes.command(w, false); ok {
			lines = append(lines, helpLine(r))
		}
	}
	r := Show(view.Topic(t.say, lines, draft, typed(in)))
	return &r
}
