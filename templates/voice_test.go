package templates

import (
	"regexp"
	"slices"
	"strings"
	"testing"
	"unicode"

	"github.com/prospectcoach/prospectcoach/coach"
)

func TestA6_EveryAngleAndChannelHasVariants(t *testing.T) {
	t.Parallel()
	four := []coach.Angle{coach.ValueNugget, coach.Homework, coach.SharpQuestion, coach.EitherWay, coach.BackAway}
	for _, e := range Describe(mustBuiltIn(t)) {
		want := 3
		if slices.Contains(four, e.Angle) {
			want = 4
		}
		if e.Variants < want {
			t.Errorf("%s by %s has %d variants, want %d", e.Angle, e.Channel, e.Variants, want)
		}
	}
}

// A draft whose blanks cannot be filled cannot be used, so that each kind of
// fact, and its absence, needs drafts of its own.
func TestA6_EachNeedHasDraftsOfItsOwn(t *testing.T) {
	t.Parallel()
	tests := []struct {
		angle         coach.Angle
		with, without string
		want          int
	}{
		{coach.SharpQuestion, "{industry}", "{fact}", 2},
		{coach.SharpQuestion, "{fact}", "{industry}", 2},
		{coach.SecondInsight, "{fact}", "{nugget}", 1},
		{coach.SecondInsight, "{nugget}", "{fact}", 1},
		{coach.SecondInsight, "{said}", "{fact}", 1},
		{coach.ThanksNextStep, "{meeting}", "[", 2},
		{coach.ThanksNextStep, "[the next step]", "{meeting}", 2},
	}
	pb := mustBuiltIn(t)
	for _, tt := range tests {
		for _, c := range WrittenFor(tt.angle) {
			n := 0
			for _, v := range pb.Drafts[tt.angle] {
				whole := v.Subject + v.Text + v.Opener + v.Voicemail
				if v.Channel == c && strings.Contains(whole, tt.with) && !strings.Contains(whole, tt.without) {
					n++
				}
			}
			if n < tt.want {
				t.Errorf("%s by %s has %d drafts with %s alone, want %d", tt.angle, c, n, tt.with, tt.want)
			}
		}
	}
	nameless := 0
	for _, v := range pb.Drafts[coach.AskGatekeeper] {
		if !strings.Contains(v.Opener, "{gatekeeper}") {
			nameless++
		}
	}
	if nameless < 3 {
		t.Errorf("%d gatekeeper drafts do without a name, want 3", nameless)
	}
	// Only these blanks are always known; the others belong to their angle.
	always := []string{"first", "name", "company", "me", "my_name", "my_company"}
	for _, p := range everyPart(t) {
		for _, m := range blank.FindAllStringSubmatch(p.subject+p.text, -1) {
			allowed := slices.Contains(always, m[1]) || slices.Contains(needs[p.angle], m[1]) ||
				p.angle == coach.AskGatekeeper && m[1] == "gatekeeper" || p.angle == coach.ThanksNextStep && m[1] == "meeting"
			if !allowed {
				t.Errorf("%s %s: {%s} may be unknown when %s is used", p.id, p.name, m[1], p.angle)
			}
		}
	}
}

var sentenceEnd = regexp.MustCompile(`[.?:]["”]?(\s+|$)|\n+`)

func TestA6_NoTwoVariantsShareASentence(t *testing.T) {
	t.Parallel()
	seen := map[string]string{}
	for _, p := range everyPart(t) {
		for _, s := range append(sentenceEnd.Split(p.text, -1), p.subject) {
			own := words3(blank.ReplaceAllString(strings.ToLower(s), " "))
			// A greeting and a signature may come twice.
			if len(own) < 4 && s != p.subject {
				continue
			}
			key := strings.Join(own, " ")
			if key == "" {
				continue
			}
			if other, twice := seen[key]; twice && other != p.id {
				t.Errorf("%s and %s share %q", other, p.id, strings.TrimSpace(s))
			}
			seen[key] = p.id
		}
	}
}

func words3(s string) []string {
	return strings.FieldsFunc(s, func(r rune) bool { return !unicode.IsLetter(r) && r != '\'' && !unicode.IsDigit(r) })
}

// Section 8: a draft begins with them.
func TestTheVoice_BeginsWithThem(t *testing.T) {
	t.Parallel()
	not := regexp.MustCompile(`(?i)^(I|I'm|I've|I'd|We|We're|We've|My name|I hope|I wanted|Just|Quick|Only)\b`)
	greeting := regexp.MustCompile(`^(Hi|Hello|Good morning,?)?\s*(\{first\}|\{gatekeeper\})?[,.?]?\s*`)
	for _, p := range everyPart(t) {
		if body := greeting.ReplaceAllString(p.text, ""); not.MatchString(body) {
			t.Errorf("%s %s begins %.40q", p.id, p.name, body)
		}
	}
}

func TestTheVoice_WordsNobodyWants(t *testing.T) {
	t.Parallel()
	never := regexp.MustCompile(`(?i)!|\bsolutions?\b|\*\*|\b(amazing|impressive|impressed|great work|congratulations|exciting|sorry|apologi[sz]e|just checking|touch(ing)? base|circl(e|ing) back|follow(ing)? up|hope this|hope you|last chance|only until|limited)\b|as I said in my voicemail`)
	for _, p := range everyPart(t) {
		if m := never.FindString(p.subject + " " + p.text); m != "" {
			t.Errorf("%s %s says %q", p.id, p.name, m)
		}
	}
}

func TestTheVoice_Subjects(t *testing.T) {
	t.Parallel()
	for _, p := range everyPart(t) {
		if p.channel != coach.Email {
			continue
		}
		// The prospect's name may begin with a capital, no other word may but the first.
		if n := len(strings.Fields(p.subject)); n < 2 || n > 5 {
			t.Errorf("%s: subject %q has %d words", p.id, p.subject, n)
		}
		for i, w := range strings.Fields(p.subject) {
			if r := []rune(w)[0]; i > 0 && unicode.IsUpper(r) && w != "I" && w != "Monday" {
				t.Errorf("%s: subject %q is not in sentence case", p.id, p.subject)
			}
		}
	}
}

func TestTheVoice_Lengths(t *testing.T) {
	t.Parallel()
	for _, p := range everyPart(t) {
		for _, f := range fills {
			text := f.of(p.angle, p.text)
			n := len(strings.Fields(text))
			switch {
			case p.channel == coach.Email && (n < 25 || n > 75):
				t.Errorf("%s %s: %d words", p.id, p.name, n)
			case p.channel == coach.LinkedIn && len([]rune(text)) >= 300:
				t.Errorf("%s: %d characters", p.id, len([]rune(text)))
			case p.channel == coach.Text && len([]rune(text)) >= 160:
				t.Errorf("%s: %d characters: %s", p.id, len([]rune(text)), text)
			case p.name == "opener" && p.angle != coach.AskGatekeeper && n > 40:
				t.Errorf("%s opener: %d words are more than a breath", p.id, n)
			case p.name == "opener" && n > 55:
				t.Errorf("%s opener: %d words", p.id, n)
			}
		}
	}
}

func TestTheVoice_OneQuestion(t *testing.T) {
	t.Parallel()
	for _, p := range everyPart(t) {
		n := strings.Count(p.text, "?")
		low, high := 1, 2
		switch {
		case p.angle == coach.BackAway || p.angle == coach.UsefulPiece:
			low, high = 0, 0
		case p.angle == coach.AskGatekeeper:
			high = 3
		case p.angle == coach.ThanksNextStep && p.name != "opener":
			low = 0
		case p.name == "voicemail" || p.name == "companion":
			low = 0 // an offer or a request will do
		case p.name == "opener":
			low = 1
		case p.angle == coach.ValueNugget || p.angle == coach.Homework:
			low = 0
		}
		if n < low || n > high {
			t.Errorf("%s %s asks %d questions", p.id, p.name, n)
		}
		if p.name == "opener" && !strings.HasSuffix(p.text, "?") && p.angle != coach.AskGatekeeper {
			t.Errorf("%s: an opener ends with a permission", p.id)
		}
	}
}

var spokenSentence = regexp.MustCompile(`[^.?]+[.?]["”]?\s*`)

// withoutEmail is a voicemail without the sentences that announce an email,
// and their number.
func withoutEmail(text string) (rest string, n int) {
	for _, s := range spokenSentence.FindAllString(text, -1) {
		if strings.Contains(strings.ToLower(s), "email") {
			n++
			continue
		}
		rest += s
	}
	return strings.TrimSpace(rest), n
}

// The one sentence that announces the email can be left out (H2), so that it
// stands alone and the rest of the voicemail is whole without it.
func TestH2_EveryVoicemailAnnouncesItsEmailInOneSentence(t *testing.T) {
	t.Parallel()
	for _, p := range everyPart(t) {
		if p.name != "voicemail" {
			continue
		}
		rest, n := withoutEmail(p.text)
		if n != 1 {
			t.Errorf("%s announces its email in %d sentences", p.id, n)
		}
		for _, f := range fills {
			if words := len(strings.Fields(f.of(p.angle, rest))); words < 20 {
				t.Errorf("%s: %d words without the announcement", p.id, words)
			}
			if words := len(strings.Fields(f.of(p.angle, p.text))); words > 52 {
				t.Errorf("%s: %d words", p.id, words)
			}
		}
		for _, b := range []string{"{me}", "{my_company}"} {
			if !strings.Contains(rest, b) {
				t.Errorf("%s does not say %s", p.id, b)
			}
		}
	}
}

func TestA6_EveryDraftSaysWhoWritesToWhom(t *testing.T) {
	t.Parallel()
	for _, p := range everyPart(t) {
		if !strings.Contains(p.text, "{me}") && !strings.Contains(p.text, "{my_name}") || !strings.Contains(p.text, "{my_company}") {
			t.Errorf("%s %s does not say who writes", p.id, p.name)
		}
		if p.name != "opener" && !regexp.MustCompile(`\{(company|fact|said|industry)\}`).MatchString(p.text) {
			t.Errorf("%s %s could have been sent to anyone", p.id, p.name)
		}
	}
}

// What a rep or a team typed in free words may begin with a capital or without
// one, with a noun or a verb; it never begins a sentence of ours, and a name
// never takes an 's, which reads wrong after an s.
func TestA6_FreeWordsReadWellWhateverTheyAre(t *testing.T) {
	t.Parallel()
	free := regexp.MustCompile(`(.{0,2})\{(fact|nugget|introduction|said)\}`)
	asked := regexp.MustCompile(`\{(fact|nugget|introduction)\}\?`)
	for _, p := range everyPart(t) {
		for _, m := range free.FindAllStringSubmatch(p.text, -1) {
			if before := m[1]; before != ": " && before != "– " && !strings.HasSuffix(before, `"`) {
				t.Errorf("%s %s: {%s} stands after %q, not after a colon, a dash or a quotation mark", p.id, p.name, m[2], before)
			}
		}
		if asks := asked.FindString(p.text); asks != "" {
			t.Errorf("%s %s: %s makes a question of words that may be no sentence; ask in one of its own", p.id, p.name, asks)
		}
		if strings.Contains(p.text, "}'s") {
			t.Errorf("%s %s: a name with 's", p.id, p.name)
		}
	}
}
