package view

import (
	"fmt"
	"strconv"
	"strings"

	"github.com/prospectcoach/prospectcoach/coach"
)

// PairReminder reminds, once, of the email that a voicemail announced (H2), and
// brings it along. Without its text (pair nil: the rep's own voicemail) it can
// still be logged with the voicemail's angle, so that the two stay one attempt.
func PairReminder(p *coach.Prospect, pair *coach.Pair) Message {
	say := "You told " + Who(p) + " on the voicemail that an email follows, and none is logged yet."
	if pair != nil {
		return PairOffer(PairView{Prospect: p, Pair: *pair, Say: say + " Here it is."})
	}
	line := strings.TrimSpace(fmt.Sprintf("log %d email %s", p.ID, p.LastVoicemail().Angle))
	return Done(say, 0, Next{Label: "I sent it", Line: line})
}

// BestTimeReminder reminds of a call at the time the gatekeeper told (C5).
func BestTimeReminder(p *coach.Prospect) Message {
	who := "You were told"
	if p.Gatekeeper.Name != "" {
		who = p.Gatekeeper.Name + " told you"
	}
	return Done("A good time to call "+Who(p)+" is now: "+who+" “"+clip(p.Gatekeeper.BestTime, 60)+"”.", 0,
		Next{Label: "What to say", Line: "next " + strconv.FormatInt(p.ID, 10)})
}

// RepLeft tells a manager that a rep is no longer there, with the way to hand
// over their prospects one by one.
func RepLeft(id, name string, prospects int, slash string) Message {
	if name == "" {
		name = "A rep"
	}
	text := name + " was deactivated in Slack and gets no more nudges. "
	if prospects == 0 {
		return Words(text + "There are no open prospects to hand over.")
	}
	return Done(text+fmt.Sprintf("%s left behind: open one and press Hand over in its menu, or type %s assign 12 @colleague.",
		count(prospects, "prospect is", "prospects are"), slash), 0, Next{Label: "Show them", Line: "list @" + id + " all"})
}

// TemplateFaults tells a manager what is wrong with the team's own templates
// (C2): file, line and cell. The last good ones stay in use.
func TemplateFaults(faults []string) Message {
	lines := []string{"Some of the team's own templates cannot be read. The last good ones stay in use until this is mended:"}
	for i, f := range faults {
		if i == 12 {
			lines = append(lines, fmt.Sprintf("and %d more", len(faults)-i))
			break
		}
		lines = append(lines, "• "+clip(f, 200))
	}
	return Words(strings.Join(lines, "\n"))
}

// channelMends says what mends each trouble with the team channel.
var channelMends = map[string]string{
	"none":                "No team channel is set, so the week comes to you. Set TEAM_CHANNEL to post it to the team.",
	"not_in_channel":      "I am not a member of the team channel, so the week comes to you. Invite me there with /invite.",
	"channel_not_found":   "The team channel cannot be found, so the week comes to you. Check TEAM_CHANNEL, and if it is private, invite me.",
	"is_archived":         "The team channel is archived, so the week comes to you. Name another in TEAM_CHANNEL.",
	"shared":              "The team channel is shared with another company, so the week comes to you. Name an internal one in TEAM_CHANNEL.",
	"missing_scope":       "Finding the team channel by name needs the scope channels:read, so the week comes to you. Grant it, or give TEAM_CHANNEL as an id.",
	"restricted_action":   "Only some members may post in the team channel, so the week comes to you. Let the app post there.",
	"posting_not_allowed": "Nobody may post in the team channel now, so the week comes to you.",
}

// ChannelTrouble is the week for a manager, with the one line that mends why
// it could not be posted to the team.
func ChannelTrouble(week Message, trouble string) Message {
	line, ok := channelMends[trouble]
	if !ok {
		line = "The week could not be posted in the team channel (" + trouble + "), so it comes to you."
	}
	week.Text = clipText(Escape(line) + "\n" + week.Text)
	week.Blocks = append(week.Blocks, smallPlain(line))
	week.Plain = append(week.Plain, smallPlain(line))
	return week
}

// WeekUnclear asks a manager to look, because nobody can tell whether the
// summary was posted.
func WeekUnclear(slash string) Message {
	return Words("Slack did not say whether the weekly summary was posted, and I cannot look in the team channel. " +
		"I do not post it twice; if it is missing there, " + slash + " team shows it to you.")
}

// ColleagueAnswered tells a rep that somebody at a company they pursue people
// at answered a colleague (V8c), with a button to let theirs rest.
func ColleagueAnswered(owner, company string, mine []int64) Message {
	var next []Next
	for i, id := range mine {
		if i == 4 {
			break
		}
		n := strconv.FormatInt(id, 10)
		next = append(next, Next{Label: "Pause #" + n, Line: "snooze " + n + " 2 weeks"})
	}
	return Done("Somebody at "+company+" answered "+owner+". You pursue people there too; you may want to talk to each other first.", 0, next...)
}
