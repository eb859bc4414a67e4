package coach_test

import (
	"io/fs"
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"testing"
)

// ruleTests says which tests prove each rule of the coach, by its id. A rule
// without a test, a test that was lost, and a rule that no code names any more
// all fail TestEveryRuleIsProven.
var ruleTests = map[string][]string{
	"C0":  {"TestC0_WhereACampaignStarts"},
	"C1":  {"TestC1_GapComesFromTheTable", "TestC1_BuiltInCadenceIsTheDocumentedTable"},
	"C1b": {"TestC3_AGapOfOneMeansEveryWorkingDay_C1b_TheLastTriesLeaveTimeToAnswer"},
	"C2":  {"TestC2_ATableIsMonotoneOrItsCellIsNamed", "TestC2_BrokenFilesAreNamedByFileLineAndCell", "TestC2_BrokenTableLeavesTheBuiltInOneInUse", "TestC2_LiveKeepsTheLastGoodOne"},
	"C3":  {"TestC3_DatesMoveToTheRepsWorkingDays", "TestC3_Holidays", "TestC3_HolidaysOfEveryCountry"},
	"C4":  {"TestC4_LevelIsGuessedFromTheTitle", "TestC4_AnUnknownTitleIsNoGuess"},
	"C5":  {"TestC5_BestTimesAreRead", "TestC5_ABestTimeMovesACall", "TestC5_TheBestTimeIsRemindedOfOnce"},
	"C6":  {"TestC6_TheTwoStepFollowUp", "TestC6_MetPlansTheFollowUp"},
	"C7":  {"TestC7_C8_TheNextDueDayFollowsWhatHappened"},
	"C8":  {"TestC7_C8_TheNextDueDayFollowsWhatHappened", "TestC8_DueDaysFollowTheSettings"},
	"C9":  {"TestC9_WhoIsAwayIsWaitedFor"},
	"C10": {"TestC10_TooThinIsAFaultToo"},
	"C11": {"TestC11_NoPile", "TestC11_WhoIsHandedOverWaitsUnlessBegun", "TestC11_WhatWaitedForARepGoesOnWhereItStood"},
	"C12": {"TestV9_C12_AReplyEndsTheCampaign", "TestC12_OneWhoAnsweredIsAskedAboutTwice"},

	"H1":  {"TestH1_WhoLeads", "TestH1_TheLastTriesChooseTheirOwnWay"},
	"H1b": {"TestH1b_H2_APhoneSuggestionCarriesThreeTexts"},
	"H2":  {"TestH2_AVoicemailAndItsEmailAreOneAttempt", "TestH2_TheGatekeepersMessageIsNotPaired", "TestH2_WithoutAnAddressNoEmailIsAnnounced", "TestH2_AVoicemailOffersItsEmail", "TestH2_TheAnnouncedEmailIsRemindedOfOnceUnlessItWasSent", "TestH2_TwoHoursAreCountedInWorkingTime"},
	"H3":  {"TestH3_TheGatekeepersTurn"},
	"H4":  {"TestLives_V7_A1_A3_A4_EveryPlanIsWhatThenHappens"},
	"H5":  {"TestH5_EmailIsNotPersevering"},
	"H6":  {"TestH6_WithoutAContactThereIsNoCampaignYet", "TestAdviseH6_NoUsableContact"},

	"A1": {"TestA1_ACheckedTouchIsComparedWithWhatWasSentBefore", "TestA1_Alike", "TestA1_NothingIsUsedTwice", "TestA1_AnAlikeTextIsPassedOver_AndABlankComesWhenNoneIsLeft", "TestA1_TheCheckFindsWhatComparingFinds"},
	"A2": {"TestA2_AskingForAnotherGivesAnotherUntilAllAreShown"},
	"A3": {"TestLives_V7_A1_A3_A4_EveryPlanIsWhatThenHappens", "TestV2_LastTriesBeginWithTheLastButOne"},
	"A4": {"TestA4_TwoOfTheSameMorningGetDifferentWords", "TestA4_TheTeamsRecordIsShownFromTenAttempts", "TestA4_TheTeamsOwnRateCountsFromTwentyOutcomes", "TestLives_V7_A1_A3_A4_EveryPlanIsWhatThenHappens", "TestSection4_WhoBegins"},
	"A5": {"TestA5_A7_TheCoachSaysWhyAndAsks"},
	"A6": {"TestA6_BlanksAreFilledOrShown", "TestA6_EveryAngleAndChannelHasVariants", "TestA6_NoTwoVariantsShareASentence"},
	"A7": {"TestA5_A7_TheCoachSaysWhyAndAsks"},
	"A8": {"TestA8_NothingNewToSay"},

	"V1":  {"TestV1_ThePlanHasItsLength", "TestV1_V3_MoveOnNeedsAllFiveTicks"},
	"V2":  {"TestV2_LastTriesBeginWithTheLastButOne"},
	"V3":  {"TestV1_V3_MoveOnNeedsAllFiveTicks"},
	"V4":  {"TestV4_KeepGoingSaysWhichAttemptAndWhatComesNext"},
	"V5":  {"TestV5_StopNow", "TestV5_AskedNotToBeContactedIsFinalForEverybody"},
	"V6":  {"TestV6_GivingUpEarlyIsAnsweredOnce", "TestV6_MovingOnEarlyIsAnsweredOnce"},
	"V7":  {"TestLives_V7_A1_A3_A4_EveryPlanIsWhatThenHappens"},
	"V8":  {"TestV8_WhatMovedOnComesBackAsDormant"},
	"V8b": {"TestV8b_TheTeamsOwnEvidence"},
	"V8c": {"TestV8c_ColleaguesAreToldThatTheCompanyAnswered"},
	"V9":  {"TestV9_C12_AReplyEndsTheCampaign", "TestV9_AReplyEndsTheCampaignAndAsksWhatCameOfIt"},

	"D1": {"TestD1_TheVerdictFollowsTheFindings", "TestD1_AGoodNoteHearsWhatIsGood", "TestReport"},
	"D2": {"TestD2_AfterThreeAttemptsTheLastTextsAreShown"},
	"D3": {"TestD3_TheAngleExcuses", "TestD3_AnUnknownProspectIsNotJudged", "TestD3_EveryDraftGetsSend"},
	"D4": {"TestD4_OtherLanguagesAreToldApart"},

	"S1": {"TestS1_OneNudgeOnAWorkingDayAtTheRepsHour", "TestS1_TheNextNudgeFollowsTheClockOnTheWall"},
	"S2": {"TestS2_TheOrderOfTheMorning", "TestS2_ARowSeesWhatMatters"},
	"S3": {"TestC5_TheBestTimeIsRemindedOfOnce", "TestH2_TheAnnouncedEmailIsRemindedOfOnceUnlessItWasSent"},
	"S4": {"TestS4_WhatNobodyAskedForWaitsForWorkingHours", "TestS4_DoNotDisturbIsKept", "TestS4_DoNotDisturbHoldsWhateverIsUnasked", "TestS4_NudgeSlotsAreOncePerDayAndInWorkingTime"},
	"S5": {"TestS5_TheWhyComesAtMostOnceAWeek"},
	"S6": {"TestS6_TheWeekIsCounted", "TestS6_NoRateUnderTen", "TestS6_EachFindingIsSomethingToPractise", "TestS6_NamesOfProspectsOnlyWhereTheTeamAllowsIt", "TestS6_TheWeekIsPostedOnceAtItsHour"},
	"S7": {"TestS7_EncouragementIsEarned"},
}

// rules are the ids of the documented rules; the table must have them all and
// no other.
var rules = strings.Fields(`
	C0 C1 C1b C2 C3 C4 C5 C6 C7 C8 C9 C10 C11 C12
	H1 H1b H2 H3 H4 H5 H6
	A1 A2 A3 A4 A5 A6 A7 A8
	V1 V2 V3 V4 V5 V6 V7 V8 V8b V8c V9
	D1 D2 D3 D4
	S1 S2 S3 S4 S5 S6 S7`)

var (
	testFunc = regexp.MustCompile(`(?m)^func (Test\w+)\(t \*testing\.T\)`)
	ruleID   = regexp.MustCompile(`\b[CHAVDS]\d{1,2}[bc]?\b`)
)

func TestEveryRuleIsProven(t *testing.T) {
	t.Parallel()
	tests, named := map[string]bool{}, map[string]bool{}
	for _, dir := range []string{"../bot", "../cmd", "../coach", "../storage", "../templates"} {
		err := filepath.WalkDir(dir, func(path string, d fs.DirEntry, err error) error {
			if err != nil || d.IsDir() || filepath.Ext(path) != ".go" {
				return err
			}
			text, err := os.ReadFile(path)
			if err != nil {
				return err
			}
			if strings.HasSuffix(path, "_test.go") {
				for _, m := range testFunc.FindAllSubmatch(text, -1) {
					tests[string(m[1])] = true
				}
				return nil
			}
			for _, id := range ruleID.FindAll(text, -1) {
				named[string(id)] = true
			}
			return nil
		})
		if err != nil {
			t.Fatal(err)
		}
	}
	if len(ruleTests) != len(rules) {
		t.Errorf("the table has %d rules, there are %d", len(ruleTests), len(rules))
	}
	for _, id := range rules {
		if len(ruleTests[id]) == 0 {
			t.Errorf("%s: no test proves it", id)
		}
		for _, name := range ruleTests[id] {
			if !tests[name] {
				t.Errorf("%s: there is no %s any more", id, name)
			}
		}
		if !named[id] {
			t.Errorf("%s: no code names it", id)
		}
	}
}
