package bot

import (
	"fmt"
	"regexp"
	"strings"
	"unicode"
	"unicode/utf8"

	"github.com/prospectcoach/prospectcoach/coach"
)

// addKeys are the keys of add; a value runs to the next of them.
var addKeys = []string{
	"email", "phone", "line", "linkedin", "industry", "level", "purchase", "urgency", "situation", "zone",
	"research", "said", "introduction", "trigger", "gatekeeper", "last", "starts",
}

// added is what an add line says, before anything is decided about it.
type added struct {
	Name, Company, Title string
	Keys                 map[string]string // by key; the last one counts, facts are in Facts
	Facts                []coach.Fact      // in the order typed; On is not set
	// TooMany is set when there were more than three pieces: nobody can tell
	// which is which, so the form opens filled and nothing is saved.
	TooMany bool
	// After are words behind an address that are no piece of their own. They
	// may be what the person said; the form asks.
	After string
}

// parseAdd reads NAME, COMPANY[, TITLE] key:value …. endings are what stays
// with the piece before it (Inc, Ltd, PhD …), folded.
func parseAdd(text string, endings []string) (added, error) {
	pieces, keys := cutKeys(strings.ReplaceAll(text, "\n", " "))
	a := added{Keys: map[string]string{}}
	for _, kv := range keys {
		if kv.value == "" {
			return a, coach.Problem(fmt.Sprintf("%s: needs something after it, such as %s.", kv.key, addExample(kv.key)))
		}
		if kind, ok := oneOf(kv.key, factKinds()...); ok && kind == kv.key {
			a.Facts = append(a.Facts, coach.Fact{Kind: coach.FactKind(kv.key), Text: kv.value})
			continue
		}
		a.Keys[kv.key] = kv.value
	}
	if err := mistyped(pieces, a.Keys); err != nil {
		return a, err
	}
	left, after := knownPieces(commaPieces(pieces, endings), a.Keys)
	p := namedAndAt(left)
	a.After = after
	for i, field := range []*string{&a.Name, &a.Company, &a.Title} {
		if i < len(p) {
			*field = p[i]
		}
	}
	if len(p) > 3 {
		a.Title, a.TooMany = strings.Join(p[2:], ", "), true
	}
	return a, nil
}

var (
	addressLike = regexp.MustCompile(`(^|\s)[^\s@,]+@[^\s@,]+\.[^\s@,]+$`)
	addressIn   = regexp.MustCompile(`^(|.*\s)([^\s@,]+@[^\s@,]+\.[^\s@,]*[^\s@,.;:])[.;:]?\s+(?:[-–—]\s+)?(.+)$`)
	numberLike  = regexp.MustCompile(`^\+?[0-9 ()/.\-]{7,}$`)
	profileLike = regexp.MustCompile(`(?i)(^|\s)((https?://)?([a-z]{2,3}\.)?linkedin\.com/\S+|in/\S+)$`)
	atCompany   = regexp.MustCompile(`^(.*\S) (?:at|from|@) (\S.*)$`)
)

// knownPieces takes out what shows by itself what it is: an address, a phone
// number, a profile. A key of the same kind goes first, and the piece is left.
// What stands behind an address is the next piece when it can be one, else
// after.
func knownPieces(pieces []string, keys map[string]string) (left []string, after string) {
	for _, piece := range pieces {
		if after != "" && len(left) > 1 {
			after += ", " + piece
			continue
		}
		behind := ""
		if m := addressIn.FindStringSubmatch(piece); m != nil && keys["email"] == "" {
			piece, keys["email"], behind = strings.TrimSpace(m[1]), m[2], m[3]
		}
		if piece = takeKnown(piece, keys); piece != "" {
			left = append(left, piece)
		}
		if first, _ := utf8.DecodeRuneInString(behind); len(left) > 2 || unicode.IsLower(first) {
			after = behind
		} else if behind = takeKnown(behind, keys); behind != "" {
			left = append(left, behind)
		}
	}
	return left, after
}

// takeKnown takes what shows what it is from the end of a piece.
func takeKnown(piece string, keys map[string]string) string {
	for _, k := range []struct {
		key  string
		like *regexp.Regexp
	}{{"email", addressLike}, {"phone", numberLike}, {"linkedin", profileLike}} {
		said := strings.TrimSpace(k.like.FindString(piece))
		if said == "" || keys[k.key] != "" {
			continue
		}
		if k.key == "phone" && strings.Count(digitsOf(said), "") <= 7 {
			continue // six digits are no number anybody dials
		}
		keys[k.key] = said
		piece = strings.TrimSpace(strings.TrimSuffix(piece, said))
	}
	return piece
}

// namedAndAt parts "Karl Berg at Berg GmbH" where no comma did.
func namedAndAt(pieces []string) []string {
	if len(pieces) != 1 {
		return pieces
	}
	if m := atCompany.FindStringSubmatch(pieces[0]); m != nil {
		return m[1:]
	}
	return pieces
}

func digitsOf(s string) string {
	return strings.Map(func(r rune) rune {
		if r >= '0' && r <= '9' {
			return r
		}
		return -1
	}, s)
}

func factKinds() []string {
	var kinds []string
	for _, k := range coach.FactKinds {
		kinds = append(kinds, string(k))
	}
	return kinds
}

// addExample is a value for the key, as an example.
func addExample(key string) string {
	examples := map[string]string{
		"email": "email:jane@acme.test", "phone": "phone:+49 341 1234", "line": "line:mobile", "linkedin": "linkedin:in/janedoe",
		"industry": "industry:logistics", "level": "level:director", "purchase": "purchase:capital", "urgency": "urgency:high",
		"situation": "situation:dormant", "zone": "zone:Europe/Berlin", "last": "last:2026-01-15", "starts": "starts:mon",
		"gatekeeper": "gatekeeper:Ana, try before 9",
	}
	if e, ok := examples[key]; ok {
		return e
	}
	return key + ":opened a hub in Leipzig"
}

type keyValue struct{ key, value string }

var anyKey = regexp.MustCompile(`(?i)(^|[\s,;])(` + strings.Join(addKeys, "|") + `):`)

// keyLike is a word with a value where none was expected, such as emial:jane@acme.test.
var keyLike = regexp.MustCompile(`(?:^|[\s,;])(\p{L}{3,14}):\S`)

// mistyped finds a key that was meant and missed, so that an address does not
// end up in a title. Free words (facts, the gatekeeper) are left alone.
func mistyped(pieces string, keys map[string]string) error {
	for _, text := range []string{pieces, keys["email"], keys["phone"], keys["linkedin"]} {
		m := keyLike.FindStringSubmatch(text)
		if m == nil {
			continue
		}
		if meant := nearest(m[1], addKeys...); meant != "" {
			return coach.Problem(fmt.Sprintf("I do not know “%s:”. Did you mean %s: (such as %s)? Nothing was added.", m[1], meant, addExample(meant)))
		}
	}
	return nil
}

// cutKeys separates what stands before the first known key from the pairs. A
// key inside quotes is text.
func cutKeys(text string) (string, []keyValue) {
	var starts [][2]int // of the key, and of its value
	for at := 0; at < len(text); {
		m := anyKey.FindStringSubmatchIndex(text[at:])
		if m == nil {
			break
		}
		key, value := at+m[4], at+m[1]
		at = value
		if strings.Count(text[:key], `"`)%2 == 0 {
			starts = append(starts, [2]int{key, value})
		}
	}
	if len(starts) == 0 {
		return text, nil
	}
	var pairs []keyValue
	for i, s := range starts {
		end := len(text)
		if i+1 < len(starts) {
			end = starts[i+1][0]
		}
		value := strings.Trim(strings.TrimSpace(text[s[1]:end]), ",;")
		pairs = append(pairs, keyValue{strings.ToLower(text[s[0] : s[1]-1]), unquote(value)})
	}
	return text[:starts[0][0]], pairs
}

func unquote(s string) string { return strings.TrimSpace(strings.Trim(strings.TrimSpace(s), `"`)) }

// commaPieces cuts at commas outside quotes; a piece that is a known ending
// (Acme, Inc.) goes back to the one before it.
func commaPieces(text string, endings []string) []string {
	var pieces []string
	from, quoted := 0, false
	for i := 0; i <= len(text); i++ {
		if i < len(text) && text[i] == '"' {
			quoted = !quoted
		}
		if i < len(text) && (quoted || text[i] != ',') {
			continue
		}
		piece := unquote(text[from:i])
		from = i + 1
		switch {
		case piece == "":
		case len(pieces) > 0 && isEnding(piece, endings):
			pieces[len(pieces)-1] += ", " + piece
		default:
			pieces = append(pieces, piece)
		}
	}
	return pieces
}

func isEnding(piece string, endings []string) bool {
	folded := strings.ReplaceAll(strings.ToLower(piece), ".", "")
	for _, e := range endings {
		if strings.ReplaceAll(strings.ToLower(e), ".", "") == folded {
			return true
		}
	}
	return false
}
