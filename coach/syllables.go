package coach

import "strings"

// digits are the syllables of the digits as they are spelled out.
var digits = [10]int{2, 1, 1, 1, 1, 1, 1, 2, 1, 1}

func countDigits(s string) (n int) {
	for i := range len(s) {
		if '0' <= s[i] && s[i] <= '9' {
			n++
		}
	}
	return n
}

// digitSyllables spells a telephone number digit by digit.
func digitSyllables(s string) (n int) {
	for i := range len(s) {
		switch c := s[i]; {
		case '0' <= c && c <= '9':
			n += digits[c-'0']
		case c == '+':
			n++
		}
	}
	return n
}

// numberSyllables counts a number with what hangs on it: "$1,500", "30%",
// "3.5", "9:30", "Q3", "1st", "20k", "8am".
func (x *lexicon) numberSyllables(p string) (n int) {
	value, run, decimals, grouped := 0, 0, false, false
	letters := ""
	flush := func() {
		switch {
		case run == 0:
		case decimals:
			n += decimalSyllables(value, run)
		case run > 9 && !(grouped && run == 10):
			n += 9 + run // hardly a number any more
		default:
			n += integerSyllables(value, run, grouped)
		}
		value, run, decimals, grouped = 0, 0, false, false
		if letters != "" {
			n += x.unitSyllables(letters)
			letters = ""
		}
	}
	for i, r := range p {
		switch {
		case '0' <= r && r <= '9':
			if letters != "" {
				flush()
			}
			if run < 10 {
				value = value*10 + int(r-'0')
			}
			run++
		case r == ',' && run > 0 && i+1 < len(p) && p[i+1] >= '0' && p[i+1] <= '9':
			grouped = true // 1,500 is one number, and no year
		case r == '.' && run > 0:
			flush()
			if i+1 < len(p) && p[i+1] >= '0' && p[i+1] <= '9' {
				n++ // point
				decimals = true
			}
		case r == '%':
			n += 2
		case r == '$' || r == '€':
			n += 2
		case r == '£':
			n++
		case isWord(r):
			if run > 0 {
				flush()
			}
			letters += string(r)
		default:
			flush()
		}
	}
	flush()
	return n
}

func decimalSyllables(value, run int) (n int) {
	for ; run > 0; run-- {
		n += digits[value%10]
		value /= 10
	}
	return n
}

// unitSyllables counts the letters on a number.
func (x *lexicon) unitSyllables(letters string) int {
	switch l := Fold(letters); l {
	case "st", "nd", "rd", "th":
		return 0
	case "k", "m", "bn":
		return 2 // thousand, million, billion
	case "s":
		return 0
	case "am", "pm":
		return 2
	default:
		if len(l) <= 2 && !strings.ContainsAny(l, "aeiou") {
			n := 0
			for _, r := range l {
				n += letterSyllables(r)
			}
			return n
		}
		return x.wordSyllables(l)
	}
}

var (
	teens = [20]int{2, 1, 1, 1, 1, 1, 1, 2, 1, 1, 1, 3, 1, 2, 2, 2, 2, 3, 2, 2}
	tens  = [10]int{0, 1, 2, 2, 2, 2, 2, 3, 2, 2}
)

// integerSyllables counts a number as it is read: years in pairs, unless commas
// group the digits.
func integerSyllables(v, run int, grouped bool) int {
	if run == 4 && !grouped && (v >= 1100 && v < 2000 || v >= 2010 && v < 2100) {
		low := v % 100
		n := under100(v / 100)
		switch {
		case low == 0:
			return n + 2
		case low < 10:
			return n + 1 + under100(low)
		}
		return n + under100(low)
	}
	if v == 0 {
		return 2 * run
	}
	n := 0
	for _, unit := range []struct{ size, syllables int }{{1_000_000_000, 2}, {1_000_000, 2}, {1000, 2}} {
		if v >= unit.size {
			n += under1000(v/unit.size) + unit.syllables
			v %= unit.size
		}
	}
	return n + under1000(v)
}

func under1000(v int) (n int) {
	if v >= 100 {
		n = teens[v/100] + 2
		v %= 100
		if v == 0 {
			return n
		}
	}
	return n + under100(v)
}

func under100(v int) int {
	switch {
	case v == 0:
		return 0
	case v < 20:
		return teens[v]
	case v%10 == 0:
		return tens[v/10]
	}
	return tens[v/10] + teens[v%10]
}

func endsIn(w string, ends ...string) bool {
	for _, e := range ends {
		if strings.HasSuffix(w, e) {
			return true
		}
	}
	return false
}

func isVowel(c byte) bool {
	return c == 'a' || c == 'e' || c == 'i' || c == 'o' || c == 'u' || c == 'y'
}

// countSyllables counts groups of vowels, less the silent e, plus the vowels
// that stand side by side and are spoken apart. w is folded.
func countSyllables(w string) int {
	groups, before := 0, false
	for i := range len(w) {
		v := isVowel(w[i]) && !(w[i] == 'y' && i == 0) && !(w[i] == 'u' && i > 0 && w[i-1] == 'q')
		if v && !before {
			groups++
		}
		before = v
	}
	groups += apart(w) - silent(w)
	for i := range len(w) {
		if w[i] >= 0x80 { // another script: a syllable for every two letters or so
			groups += len(w) / 5
			break
		}
	}
	return max(groups, 1)
}

// silent counts the vowel groups at the end that are not spoken.
func silent(w string) int {
	n := len(w)
	if n < 3 {
		return 0
	}
	quiet := 0
	consonant := func(i int) bool { return i >= 0 && !isVowel(w[i]) }
	switch {
	case strings.HasSuffix(w, "e"):
		if consonant(n-2) && !(w[n-2] == 'l' && consonant(n-3) && n > 3) {
			quiet++
		}
	case strings.HasSuffix(w, "es"):
		if consonant(n-3) && !endsIn(w, "ses", "zes", "xes", "ches", "shes", "ces", "ges", "sses") && !(w[n-3] == 'l' && consonant(n-4)) {
			quiet++
		}
	case strings.HasSuffix(w, "ed"):
		if consonant(n-3) && w[n-3] != 't' && w[n-3] != 'd' && !(w[n-3] == 'l' && consonant(n-4) && n > 4 && w[n-4] != 'l' && w[n-4] != 'r') {
			quiet++
		}
	}
	for _, mid := range []string{"ement", "eful", "eless", "ely", "eness"} {
		if i := strings.LastIndex(w, mid); i > 1 && consonant(i-1) && !(w[i-1] == 'l' && consonant(i-2)) && i+len(mid) >= n-1 && hasVowel(w[:i]) {
			quiet++
		}
	}
	return quiet
}

func hasVowel(s string) bool { return strings.ContainsAny(s, "aeiouy") }

// apart counts vowels side by side that are two syllables.
func apart(w string) (n int) {
	for _, pair := range []string{"ia", "eo", "io", "ua", "iu", "uo", "uou", "ying", "eing", "oing", "uing", "aing"} {
		for at := 0; ; {
			i := strings.Index(w[at:], pair)
			if i < 0 {
				break
			}
			i += at
			if spokenApart(w, i, pair) {
				n++
			}
			at = i + len(pair)
		}
	}
	if endsIn(w, "ism", "isms", "thm") {
		n++
	}
	return n
}

func spokenApart(w string, i int, pair string) bool {
	before := byte(' ')
	if i > 0 {
		before = w[i-1]
	}
	after := w[i+2:]
	switch pair {
	case "ia":
		return !(before == 't' || before == 'c' || before == 's' || before == 'g') || after == "" && before != 'g' && before != 't' && before != 'c' && before != 's' || strings.HasPrefix(after, "t") && before != 'g'
	case "io":
		return !strings.ContainsRune("tscgxn", rune(before)) || strings.HasPrefix(after, "r") && before != 's'
	case "eo":
		return !(before == 'g' || before == 'p' && strings.HasPrefix(after, "p"))
	case "ua":
		return before != 'q' && before != 'g'
	case "iu":
		return true
	case "uo":
		return before != 'q' && !strings.HasPrefix(after, "u")
	case "uou":
		return before != 'q'
	case "aing":
		return false
	case "ying":
		return true
	default:
		return i > 0 && before != 'q'
	}
}
