package view

import (
	"bytes"
	"encoding/json"
	"flag"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"github.com/slack-go/slack"

	"github.com/prospectcoach/prospectcoach/coach"
)

var update = flag.Bool("update", false, "write the golden files anew")

// today is Tuesday 3 March 2026 in every golden.
var today = coach.NewDate(2026, time.March, 3)

const hostile = `<!channel> & *Sons* <@U1> <http://evil.test|Acme> _x_ ~y~ :smile:`

// shown is every view as the goldens hold it.
func shown() map[string]any {
	engaged := jane()
	engaged.State = coach.Engaged
	snoozed := jane()
	snoozed.State, snoozed.SnoozedUntil = coach.Snoozed, today+7
	stopped := mallory()
	stopped.State = coach.Stopped
	met := jane()
	met.MetOn, met.ID = today-3, 14
	quit := jane()
	quit.ID = 15
	ask := moveOnAdvice()
	ask.Verdict = coach.Verdict{Kind: coach.KeepGoing, Say: "The meeting of Monday 2 March is over. Did it take place, was it cancelled, did Jane not show up, or has it moved?"}
	left := jane()
	left.ID, left.Touches = 16, append(left.Touches, coach.Touch{Campaign: 1, On: today - 1, Channel: coach.Voicemail, Angle: coach.Homework, Variant: "homework-voicemail-1", Outcome: coach.OutcomeLeft})
	spoke := mallory()
	spoke.Touches = []coach.Touch{{Campaign: 1, On: today - 4, Channel: coach.Voicemail, Outcome: coach.OutcomeLeft, Text: hostile}}
	rep := &coach.Rep{ID: "UADA", Name: "Ada Weber", Company: "Northwind"}
	lines := []Line{{ID: 12, Name: "Jane Doe", Company: "Acme", State: coach.Active, Due: today - 2, Attempts: 2}, {ID: 13, Name: hostile, Company: hostile, State: coach.Snoozed, Until: today + 9}, {ID: 14, Name: "Bo", State: coach.MovedOn, Until: today + 90}}
	own := int64(7)
	never := mallory()
	never.NeverContact = true
	views := map[string]any{
		"nudge":              Nudge(NudgeView{Rep: rep, Today: today, Cards: []NudgeCard{{Prospect: jane(), Advice: callAdvice()}, {Prospect: mallory(), Advice: emailAdvice()}, {Prospect: met, Advice: ask}, {Prospect: quit, Advice: moveOnAdvice()}}, Why: "I take paper off people's desks.", Slash: "/prospect"}),
		"nudge_full":         Nudge(NudgeView{Rep: rep, Today: today, Cards: manyCards(12), More: More{Due: 2, Owed: 1}, Slash: "/prospect", Moved: true, Done: []DoneLine{{"Logged: email to Jane Doe, Acme.", 99}}}),
		"today_empty":        NothingDue(jane(), today, "/prospect"),
		"today_none":         NothingDue(nil, today, "/prospect"),
		"suggestion_call":    Suggestion(SuggestionView{Prospect: jane(), Advice: callAdvice(), Today: today, Slash: "/prospect"}),
		"suggestion_email":   Suggestion(SuggestionView{Prospect: jane(), Advice: emailAdvice(), Today: today, Slash: "/prospect", Done: "Snooze taken back.", UndoID: 4}),
		"suggestion_moveon":  Suggestion(SuggestionView{Prospect: jane(), Advice: moveOnAdvice(), Today: today, Slash: "/prospect"}),
		"suggestion_met":     Suggestion(SuggestionView{Prospect: met, Advice: ask, Today: today, Slash: "/prospect"}),
		"suggestion_hostile": Suggestion(SuggestionView{Prospect: mallory(), Advice: hostileAdvice(), Today: today, Slash: "/prospect", Notes: []string{hostile}}),
		"card":               Card(CardView{Prospect: jane(), Advice: callAdvice(), Today: today, ToDM: true}),
		"card_record":        Card(CardView{Prospect: jane(), Advice: callAdvice(), Today: today, Record: coach.Rate{Tried: 24, Replied: 6}}),
		"card_hostile":       Card(CardView{Prospect: mallory(), Advice: hostileAdvice(), Today: today, Owner: hostile, Done: hostile, Undo: 3}),
		"card_engaged":       Card(CardView{Prospect: engaged, Advice: coach.Advice{}, Today: today}),
		"card_met_asks":      Card(CardView{Prospect: met, Advice: ask, Today: today}),
		"card_moveon":        Card(CardView{Prospect: quit, Advice: moveOnAdvice(), Today: today}),
		"card_snoozed":       Card(CardView{Prospect: snoozed, Advice: callAdvice(), Today: today}),
		"card_stopped":       Card(CardView{Prospect: stopped, Advice: coach.Advice{}, Today: today}),
		"plan":               Plan(PlanView{Prospect: jane(), Advice: callAdvice(), Today: today}),
		"plan_none":          Plan(PlanView{Prospect: mallory(), Advice: moveOnAdvice(), Today: today}),
		"list":               List(ListView{What: "active", Lines: lines, Total: 33, From: 10, Today: today, Line: "list active", Slash: "/prospect"}),
		"list_states":        List(ListView{Lines: stateLines(), Total: 11, Words: "ac", Today: today, Line: "list ac", Slash: "/prospect"}),
		"list_none":          List(ListView{What: "won", Today: today, Slash: "/prospect"}),
		"choose":             Choose(hostile, lines, func(id int64) string { return "show 1" }),
		"replied":            Replied(RepliedView{Prospect: engaged, Done: "They answered: the campaign is over.", Undo: 8, Place: InSuggestion}),
		"answer_form":        AnswerForm(mallory(), coach.AnswerMeeting, InCard),
		"early_move_on_day":  EarlyMoveOn(EarlyView{Prospect: mallory(), Advice: callAdvice(), Today: today, Place: InNudge(today), Decided: true, Decision: MoveOnDay{Again: today + 90, Reason: hostile}}),
		"early_move_on":      EarlyMoveOn(EarlyView{Prospect: mallory(), Advice: callAdvice(), Today: today, Evidence: "Of your team's last 20 replies, 8 came at attempt 3 or later.", Place: InCard, Decision: MoveOnDay{Reason: "no budget"}}),
		"move_on_choice":     MoveOnChoice(jane(), today+90, today, 90, "", "no budget", InSuggestion),
		"done":               Done("Snoozed "+hostile+" until Tue 10 March.", 44, Next{"Next due", "next"}),
		"ask":                Ask("“12/03” can mean Thu 12 March or Thu 3 December. Which one?", Next{"12 March", "snooze 12 2026-03-12"}, Next{"3 December", "snooze 12 2026-12-03"}),
		"help":               Help([]HelpLine{{"add", "", "adds a prospect", "add Jane Doe, Acme, CFO", "Every day"}, {"next", "[REF]", "what to say next", "next", ""}}, false, "/prospect"),
		"help_all":           Help([]HelpLine{{"add", "", "adds a prospect", "add Jane Doe, Acme, CFO", "Every day"}, {"undo", "", "takes back your last change", "", "You and your data"}}, true, ""),
		"help_word":          HelpWord(HelpLine{"snooze", "REF WHEN", "puts a prospect aside until a day", "snooze jane fri", ""}, "/prospect"),
		"unknown":            Unknown(hostile, "", "", "email 0 1700000000.000100 -", "/prospect"),
		"unknown_typo":       Unknown("snoze", "snooze", "snooze 12 fri", "", "/prospect"),
		"welcome":            Welcome(rep, "/prospect"),
		"hello":              Hello("/prospect"),
		"added":              Added(AddedView{Prospect: mallory(), Advice: freshAdvice(), Today: today, Undo: 5}),
		"added_window":       AddedWindow(AddedView{Prospect: fresh(), Advice: freshAdvice(), Today: today, Undo: 5}),
		"import_reading":     ColumnsReading(),
		"not_done":           NotDone(strings.Repeat(hostile+" ", 200)),
		"import_columns":     ColumnsForm(Dropped{File: "F1", Digest: "01"}, hostile, []string{"Name: " + hostile, strings.Repeat("x", 400)}, Columns{"name": 0}),
		"add_form":           AddForm(map[string]string{"name": hostile, "company": strings.Repeat("x", 400), "level": "vp"}),
		"add_again":          AddAgain(map[string]string{"name": "Jane"}, "Bo pursues "+hostile+" already.", AddMeta{Same: true}),
		"edit_form":          EditForm(mallory(), InCard),
		"log_form":           LogForm(Touched{Prospect: "12", Channel: "email", Text: hostile}, Whom{Lines: lines}),
		"log_form_of_many":   LogForm(Touched{}, Whom{Lines: lines, More: true}),
		"log_form_of_nobody": LogForm(Touched{}, Whom{}),
		"note_form":          NoteForm(mallory(), InCard),
		"noted":              Words(NotedWords(jane(), Noting{Kind: "research", Text: "opened a hub in Leipzig"}, callAdvice(), emailAdvice())),
		"noted_gatekeeper":   Words(NotedWords(jane(), Noting{Kind: "gatekeeper", Text: "Ana, try before 9"}, callAdvice(), callAdvice())),
		"suggestion_ready":   Suggestion(SuggestionView{Prospect: fresh(), Advice: freshAdvice(), Today: today, Slash: "/prospect"}),
		"suggestion_unready": Suggestion(SuggestionView{Prospect: fresh(), Advice: unreadyAdvice(), Today: today, Slash: "/prospect"}),
		"nudge_owed":         Nudge(NudgeView{Rep: rep, Today: today, Cards: []NudgeCard{{Prospect: left, Advice: callAdvice(), Owes: true, Pair: &coach.Pair{Channel: coach.Email, Subject: "the second hub", Draft: "Jane, the two lines I promised."}}, {Prospect: spoke, Advice: emailAdvice(), Owes: true}}, Slash: "/prospect"}),
		"nudge_pair":         Nudge(NudgeView{Rep: rep, Today: today, Done: []DoneLine{{"Logged: voicemail to Jane Doe, Acme.", 7}}, Asks: []NudgeAsk{{ID: 12, Text: "The voicemail to Jane says an email is coming. Here it is.", Blocks: PairOffer(PairView{Prospect: jane(), Pair: *callAdvice().Suggestion.Pair, Place: InNudge(today)}).Blocks}}, Slash: "/prospect"}),
		"nudge_done":         Nudge(NudgeView{Rep: rep, Today: today, Done: []DoneLine{{"Logged: email to Jane Doe, Acme.", 7}}, Next: coach.DayCount{Day: today + 1, Attempts: 3}, Slash: "/prospect"}),
		"suggestion_back":    Suggestion(SuggestionView{Prospect: jane(), Advice: emailAdvice(), Today: today, Slash: "/prospect", Back: []string{RevisitedLine(coach.Touch{On: today - 14, Channel: coach.Email, Angle: coach.Homework, Text: "Just checking in, " + hostile}, checkReport(), today)}}),
		"help_topic":         Topic("Days off and country stand in the settings.", []HelpLine{{Word: "settings", Help: "Your hours."}, {Word: "snooze", Help: "Silence.", Example: "snooze 12 fri"}}, "email 0 1.2 -", "/prospect"),
		"sent":               Sent(SentView{Prospect: left, Today: today, From: 1, Sent: sentLines(12)}),
		"sent_nothing":       Sent(SentView{Prospect: fresh(), Today: today}),
		"nudge_unready":      Nudge(NudgeView{Rep: rep, Today: today, Cards: []NudgeCard{{Prospect: fresh(), Advice: unreadyAdvice()}}, Slash: "/prospect"}),
		"snooze_form":        SnoozeForm(mallory(), InToday, rests(), today),
		"duplicate":          Duplicate("Jane Doe, Acme is yours already (#7).", "add Jane Doe, Acme", &own),
		"open_form":          OpenFormFirst("That has more than three pieces.", "add a, b, c, d"),
		"undone":             Undone("snooze of Jane Doe, Acme"),
		"draft":              DraftAlone(jane(), "Subject: the Leipzig hub\n\nJane, "+hostile),
		"week_team":          Week(WeekView{Week: sampleWeek(), Team: true, LastTries: []string{hostile}}),
		"week_manager":       Week(WeekView{Week: coach.Week{From: today - 1, To: today + 3}, Team: true, Playbook: true}),
		"playbook":           Playbook(PlaybookView{Cadence: coach.DefaultTable(), Own: []string{"angles/homework.yaml", "cadence.yaml"}, Drafts: []DraftCount{{coach.Homework, 14, 2}, {coach.EitherWay, 12, 0}}, Faults: []string{hostile}}),
		"week_quiet":         Week(WeekView{Week: coach.Week{From: today - 1, To: today + 3}, Name: hostile}),
		"home":               Home(HomeView{Rep: rep, Today: today, Cards: manyCards(10), More: More{Due: 2}, NextDays: []coach.DayCount{{Day: today, Attempts: 3}, {Day: today + 1, Attempts: 1}}, LastTries: lines, Replies: []HomeReply{{hostile, "Acme", 4, coach.Email}}, Slash: "/prospect"}),
		"moved_form":         MovedForm(jane(), InToday),
		"choose_of_team":     Choose("jane", []Line{{ID: 12, Name: "Jane Doe", Company: "Acme"}, {ID: 13, Name: hostile, Company: hostile, Owner: hostile}}, func(id int64) string { return fmt.Sprint("show ", id) }),
		"wrong_person":       WrongPerson(mallory(), AnsweredWords(mallory(), coach.AnswerWrongPerson, 0, today), 5),
		"add_instead_form":   AddInsteadForm(mallory()),
		"pair_offer":         PairOffer(PairView{Prospect: mallory(), Pair: *callAdvice().Suggestion.Pair, Done: LoggedWords(mallory(), coach.Touch{Outcome: coach.OutcomeLeft}, callAdvice(), today), Undo: 6}),
		"pair_reminder":      PairReminder(jane(), callAdvice().Suggestion.Pair),
		"pair_own_words":     PairReminder(jane(), nil),
		"best_time":          BestTimeReminder(jane()),
		"nuggets":            Nuggets([]coach.Nugget{{ID: 1, Kind: coach.NuggetOutcome, Text: hostile}, {ID: 2, Kind: coach.NuggetStory, Text: "a forwarder in Hamburg"}, {ID: 5, Kind: coach.NuggetIssue, Text: "paper"}}, map[int64]coach.Rate{1: {Tried: 12, Replied: 2}, 2: {Tried: 1}}, "/prospect"),
		"nuggets_none":       Nuggets(nil, nil, "/prospect"),
		"check_form":         CheckForm(Checking{Text: hostile, Channel: "email"}, Whom{Lines: lines}),
		"check":              Check(CheckView{Text: "Hi " + hostile, Channel: coach.Email, Report: checkReport()}),
		"check_window":       CheckWindow(CheckView{Text: "Just checking in", Channel: coach.Email, Prospect: mallory(), ID: 13, Report: checkReport()}),
		"settings_form":      SettingsForm(&coach.Rep{Zone: time.UTC, WorkingDays: coach.MonToFri, From: 480, To: 1080, NudgeAt: 540, Daily: 10, DaysOff: []coach.Span{{From: today - 9, To: today - 8}, {From: today + 3, To: today + 3}, {From: today + 30, To: today + 40}}}, today),
		"settings_button":    SettingsButton(),
		"handed_to_you":      HandedToYou(waitingOne(), hostile),
		"handed_away":        HandedAway(mallory(), hostile, "Eve Other"),
		"offer":              Offer(mallory(), hostile),
		"offer_over":         OfferOver(mallory(), hostile, "U6"),
		"hand_over_form":     HandOverForm(mallory(), false, InCard),
		"hand_over_manager":  HandOverForm(jane(), true, InCard),
		"offer_declined":     OfferDeclined(mallory(), hostile),
		"rep_left":           RepLeft("UADA", hostile, 7, "/prospect"),
		"forget_ask":         ForgetAsk(never),
		"forgotten":          Forgotten(13),
		"forgotten_left":     ForgottenLeft(2, 1),
		"never_again":        NeverAgain(mallory()),
		"list_meant":         List(ListView{Words: "actve " + hostile, Meant: "active " + hostile, Instead: "list @UADA active " + hostile, Today: today, Line: "list @UADA actve", Owner: hostile, Slash: "/prospect"}),
		"list_besides":       List(ListView{Lines: lines, Total: 13, Besides: map[coach.State]int{coach.Snoozed: 3, coach.Waiting: 2}, Today: today, Line: "list @UADA", Owner: hostile, Slash: "/prospect"}),
		"list_besides_only":  List(ListView{Besides: map[coach.State]int{coach.Engaged: 1}, Today: today, Line: "list", Slash: "/prospect"}),
		"list_of_rep":        List(ListView{What: "all", Lines: lines, Total: 3, Today: today, Line: "list @UADA all", Owner: hostile, Slash: "/prospect"}),
		"settings_saved":     Words(SettingsWords(&coach.Rep{Zone: time.UTC, From: 480, To: 1080, NudgeAt: 540, Daily: 10, DaysOff: []coach.Span{{From: today - 9, To: today - 8}, {From: today + 3, To: today + 3}, {From: today + 30, To: today + 400}}}, today)),
		"home_new":           Home(HomeView{Rep: rep, Today: today, Slash: "/prospect", New: true}),
		"home_empty":         Home(HomeView{Rep: rep, Today: today, Slash: "/prospect"}),
	}
	for name, m := range imports() {
		views[name] = m
	}
	for name, m := range toldViews() {
		views[name] = m
	}
	return views
}

// golden is how a message looks in its file.
type golden struct {
	Text   string        `json:"text"`
	Blocks []slack.Block `json:"blocks"`
	Plain  []slack.Block `json:"plain,omitempty"`
}

func render(t *testing.T, v any) []byte {
	t.Helper()
	if m, ok := v.(Message); ok {
		v = golden(m)
	}
	var b bytes.Buffer
	e := json.NewEncoder(&b)
	e.SetEscapeHTML(false)
	e.SetIndent("", " ")
	if err := e.Encode(v); err != nil {
		t.Fatal(err)
	}
	return b.Bytes()
}

func TestGoldens(t *testing.T) {
	t.Parallel()
	for name, v := range shown() {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			got := render(t, v)
			checkLimits(t, got)
			path := filepath.Join("testdata", name+".json")
			if *update {
				if err := os.WriteFile(path, got, 0o644); err != nil {
					t.Fatal(err)
				}
				return
			}
			want, err := os.ReadFile(path)
			if err != nil {
				t.Fatal(err)
			}
			if !bytes.Equal(got, want) {
				t.Errorf("%s changed; look at it, then run go test ./bot/view -update\n%s", name, got)
			}
		})
	}
}

func TestNoGoldenIsLeftOver(t *testing.T) {
	t.Parallel()
	files, err := filepath.Glob("testdata/*.json")
	if err != nil {
		t.Fatal(err)
	}
	views := shown()
	for _, f := range files {
		if _, ok := views[strings.TrimSuffix(filepath.Base(f), ".json")]; !ok {
			t.Errorf("%s belongs to no view", f)
		}
	}
}
