package coach_test

import (
	"slices"
	"testing"

	"github.com/prospectcoach/prospectcoach/coach"
)

// The same words may be empty, begging or another's world in one sentence and
// plain in the next.
func TestFindings_WhatIsMeantDecides(t *testing.T) {
	t.Parallel()
	pb := playbook(t)
	for _, tt := range []struct {
		id, text string
		want     bool
	}{
		{coach.CheckingIn, "I'm checking in again about this.", true},
		{coach.CheckingIn, "What do guests see when they are checking in late?", false},
		{coach.CheckingIn, "Did my last email reach you?", true},
		{coach.CheckingIn, "This is my last email about the night shift.", false},
		{coach.CheckingIn, "Me again. Where are we?", true},
		{coach.CheckingIn, "Could you tell me again which oven stands cold?", false},
		{coach.CheckingIn, "Are you still interested in this?", true},
		{coach.CheckingIn, "Is the second oven still cold at ten?", false},
		{coach.Needy, "I don't want to be a nuisance.", true},
		{coach.Needy, "If the night shift becomes a nuisance, you know where I am.", false},

		{coach.WrongWorld, "How do your patients like the waiting room?", true},
		{coach.WrongWorld, "Surgeons like you lose an hour a day.", true},
		{coach.WrongWorld, "We help call centers.", true},
		{coach.WrongWorld, "A surgeon and her nurses lose an hour a day, and so does your night shift.", true},
		{coach.WrongWorld, "A haulier brought the flour late, so the night shift had to wait. Does that happen at Sweet Crumb?", false},
		{coach.WrongWorld, "Someone at a hospital told me how hard a night shift is to fill. Is it the hardest at Sweet Crumb?", false},

		{coach.Generic, "As agreed, here are the numbers.", false},
		{coach.Generic, "Is the proofing done at night?", false},
		{coach.Generic, "Would ten minutes on Thursday suit you?", true},
	} {
		r := pb.CheckDraft(coach.DraftInput{Text: tt.text, Channel: coach.LinkedIn, Rep: ada, Prospect: rosa})
		if slices.Contains(found(r), tt.id) != tt.want {
			t.Errorf("%s in %q: %v, want %t", tt.id, tt.text, found(r), tt.want)
		}
	}
}

// A voicemail is paired by an email that comes, not by one that went unread.
func TestH2_AnEmailThatWasSentBeforeIsNoPair(t *testing.T) {
	t.Parallel()
	for text, unpaired := range map[string]bool{
		"Hi Rosa, Ada from Engines. I sent you an email and want to make sure you received it. Is the night shift still the hardest to fill, and would you call me back?": true,
		"Hi Rosa, Ada from Engines. You said the night shift is the hardest to fill. I've sent you an email with what a baker in Ghent did. Would that work for you?":     false,
	} {
		r := playbook(t).CheckDraft(coach.DraftInput{Text: text, Channel: coach.Voicemail, Rep: ada, Prospect: rosa})
		if slices.Contains(found(r), coach.Unpaired) != unpaired {
			t.Errorf("%q: %v", text, found(r))
		}
	}
}

// One question about something of theirs is understood, however short.
func TestCryptic_AShortQuestionAboutThemIsNone(t *testing.T) {
	t.Parallel()
	for text, cryptic := range map[string]bool{
		"Rosa, when do you fill the night shift at Sweet Crumb?\n\nAda, Engines": false,
		"Rosa, when would you have time for a talk with me?\n\nAda, Engines":     true,
		"Night shift?\n\nAda, Engines":                                           true,
	} {
		r := playbook(t).CheckDraft(coach.DraftInput{Text: text, Channel: coach.Email, Rep: ada, Prospect: rosa})
		if slices.Contains(found(r), coach.Cryptic) != cryptic {
			t.Errorf("%q: %v", text, found(r))
		}
	}
}
