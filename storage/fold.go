package storage

import (
	"strings"
	"unicode"
)

// fold makes names comparable: small letters without accents, anything that is
// neither letter nor digit as one space. It is done here, not in SQL, because
// SQLite's lower() knows ASCII only. Stored keys depend on it: whoever changes
// it must rewrite them in a migration.
func fold(s string) string {
	var b strings.Builder
	b.Grow(len(s))
	gap := false
	for _, r := range s {
		if unicode.Is(unicode.Mn, r) || r == '\'' || r == '’' {
			continue // an accent typed on its own; O'Brien is one word
		}
		r = unicode.ToLower(unicode.ToUpper(r)) // both sigmas become one
		if !unicode.IsLetter(r) && !unicode.IsDigit(r) {
			gap = b.Len() > 0
			continue
		}
		if gap {
			b.WriteByte(' ')
			gap = false
		}
		if p, ok := unaccented[r]; ok {
			b.WriteString(p)
		} else {
			b.WriteRune(r)
		}
	}
	return b.String()
}

// foldName is fold, but never empty for a name that is nothing but signs.
func foldName(s string) string {
	if f := fold(s); f != "" {
		return f
	}
	return strings.ToLower(strings.Join(strings.Fields(clean(s)), " "))
}

// unaccented tells the plain letters behind a Latin one.
var unaccented = func() map[rune]string {
	out := map[rune]string{}
	for plain, letters := range accents {
		for _, r := range letters {
			out[r] = plain
		}
	}
	return out
}()

var accents = map[string]string{
	"a":  "àáâãäåāăą",
	"c":  "çćĉċč",
	"d":  "ďđð",
	"e":  "èéêëēĕėęě",
	"g":  "ĝğġģ",
	"h":  "ĥħ",
	"i":  "ìíîïĩīĭįı",
	"j":  "ĵ",
	"k":  "ķ",
	"l":  "ĺļľŀł",
	"n":  "ñńņň",
	"o":  "òóôõöøōŏő",
	"r":  "ŕŗř",
	"s":  "śŝşšș",
	"t":  "ţťŧț",
	"u":  "ùúûüũūŭůűų",
	"w":  "ŵ",
	"y":  "ýÿŷ",
	"z":  "źżž",
	"ss": "ß",
	"ae": "æ",
	"oe": "œ",
	"th": "þ",
}

// legalForms say nothing about which company it is.
var legalForms = map[string]bool{
	"inc": true, "llc": true, "ltd": true, "limited": true, "corp": true, "corporation": true, "co": true, "plc": true,
	"gmbh": true, "ag": true, "kg": true, "se": true, "sa": true, "sas": true, "sarl": true, "bv": true, "nv": true,
	"oy": true, "ab": true, "as": true, "srl": true, "spa": true,
}

// foldCompany is the folded company without the legal form at its end.
func foldCompany(s string) string {
	words := strings.Fields(foldName(s))
	for len(words) > 1 && legalForms[words[len(words)-1]] {
		words = words[:len(words)-1]
	}
	return strings.Join(words, " ")
}

// EmailKey is the address as it is compared, and hashed for the never-contact
// list; "" when it is none.
func EmailKey(email string) string { return strings.ToLower(strings.TrimSpace(clean(email))) }

// PhoneKey is the number as it is compared, and hashed for the never-contact
// list: its last nine digits, so that +49 341 1234567 and 0341 1234567 are the
// same; "" under five digits.
func PhoneKey(phone string) string {
	var digits []rune
	for _, r := range phone {
		if r >= '0' && r <= '9' {
			digits = append(digits, r)
		}
	}
	for len(digits) > 0 && digits[0] == '0' {
		digits = digits[1:]
	}
	if len(digits) < 5 {
		return ""
	}
	return string(digits[max(0, len(digits)-9):])
}
