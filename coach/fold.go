package coach

import (
	"strings"
	"unicode"
	"unicode/utf8"
)

// Fold is the form in which words are compared: lower case, without accents,
// with plain apostrophes, so that "Müller’s" and "muller's" are the same. It
// keeps spaces and punctuation.
func Fold(s string) string {
	plain := 0 // how much is folded as it stands
	for plain < len(s) && s[plain] < utf8.RuneSelf && (s[plain] < 'A' || s[plain] > 'Z') {
		plain++
	}
	if plain == len(s) {
		return s
	}
	var b strings.Builder
	b.Grow(len(s))
	b.WriteString(s[:plain])
	for _, r := range s[plain:] {
		if r < utf8.RuneSelf {
			if 'A' <= r && r <= 'Z' {
				r += 'a' - 'A'
			}
			b.WriteByte(byte(r))
			continue
		}
		first, second := foldRune(r)
		if first != 0 {
			b.WriteRune(first)
		}
		if second != 0 {
			b.WriteRune(second)
		}
	}
	return b.String()
}

// foldRune answers the one or two runes that r folds to; 0 means none.
func foldRune(r rune) (first, second rune) {
	if r < utf8.RuneSelf {
		if 'A' <= r && r <= 'Z' {
			r += 'a' - 'A'
		}
		return r, 0
	}
	switch r {
	case '’', '‘', 'ʼ', '′':
		return '\'', 0
	case 'ß', 'ẞ':
		return 's', 's'
	case 'æ', 'Æ':
		return 'a', 'e'
	case 'œ', 'Œ':
		return 'o', 'e'
	case 'ø', 'Ø':
		return 'o', 0
	case 'ł', 'Ł':
		return 'l', 0
	case 'đ', 'Đ', 'ð', 'Ð':
		return 'd', 0
	case 'ı', 'İ':
		return 'i', 0
	}
	r = unicode.ToLower(r)
	if plain, ok := accents[r]; ok {
		return plain, 0
	}
	if unicode.Is(unicode.Mn, r) {
		return 0, 0 // a combining accent, so that both ways of writing é agree
	}
	return r, 0
}

// accents maps the accented Latin letters to their plain ones; it never varies.
var accents = plainLetters(map[rune]string{
	'a': "àáâãäåāăąǎ", 'c': "çćĉċč", 'd': "ď", 'e': "èéêëēĕėęě", 'g': "ĝğġģ", 'h': "ĥħ", 'i': "ìíîïĩīĭį",
	'j': "ĵ", 'k': "ķ", 'l': "ĺļľ", 'n': "ñńņň", 'o': "òóôõöōŏő", 'r': "ŕŗř", 's': "śŝşšș", 't': "ţťŧț",
	'u': "ùúûüũūŭůűų", 'w': "ŵ", 'y': "ýÿŷ", 'z': "źżž",
})

func plainLetters(byPlain map[rune]string) map[rune]rune {
	m := map[rune]rune{}
	for plain, letters := range byPlain {
		for _, l := range letters {
			m[l] = plain
		}
	}
	return m
}
