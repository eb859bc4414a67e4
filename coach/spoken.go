package coach

import (
	"strings"
	"unicode"
)

// How long speech takes: syllables at five a second, and the breath after a
// sentence or a comma. Measured against a speech synthesiser this is within a
// tenth on the average; what breaks counting words are telephone numbers,
// which is why digits are spelled out.
const (
	syllablesASecond = 5.0
	sentencePause    = 0.4
	commaPause       = 0.25
)

// SpokenSeconds is how long a text takes to speak, in seconds.
func (pb *Playbook) SpokenSeconds(text string) float64 { return pb.lex().spokenSeconds(text) }

func (x *lexicon) spokenSeconds(text string) float64 {
	syllables, seconds := 0, 0.0
	pending := false // words since the last pause
	var before string
	for rest := text; ; {
		chunk, gap, tail := nextChunk(rest)
		if chunk == "" {
			break
		}
		next, _, _ := nextChunk(tail)
		word := strings.TrimFunc(chunk, func(r rune) bool { return !isWord(r) && !strings.ContainsRune("+$€£&%@", r) })
		word = strings.TrimLeft(word, "@")
		n := x.chunkSyllables(word, holdsDigits(before) || holdsDigits(next))
		syllables += n
		pending = pending || n > 0
		pause := pauseAfter(chunk, word, x.spoken)
		if gap && pause < commaPause {
			pause = commaPause
		}
		if pending && pause > 0 {
			seconds += pause
			pending = false
		}
		before, rest = chunk, tail
	}
	if pending {
		seconds += sentencePause
	}
	return seconds + float64(syllables)/syllablesASecond
}

// nextChunk cuts the next run without spaces off s; gap tells that a line
// ends after it.
func nextChunk(s string) (chunk string, gap bool, rest string) {
	s = strings.TrimLeftFunc(s, unicode.IsSpace)
	end := strings.IndexFunc(s, unicode.IsSpace)
	if end < 0 {
		return s, false, ""
	}
	rest = s[end:]
	trimmed := strings.TrimLeftFunc(rest, unicode.IsSpace)
	return s[:end], strings.Contains(rest[:len(rest)-len(trimmed)], "\n"), trimmed
}

// pauseAfter is the pause that the punctuation after a word makes.
func pauseAfter(chunk, word string, spoken map[string]string) float64 {
	tail := chunk
	if i := strings.LastIndex(chunk, word); word != "" && i >= 0 {
		tail = chunk[i+len(word):]
	}
	switch {
	case strings.ContainsAny(tail, "!?…"):
		return sentencePause
	case strings.Contains(tail, "."):
		if len(word) == 1 || spoken[strings.Trim(Fold(word), ".")] != "" && !isShouted(word) {
			return 0 // "e.g." and "J." end nothing
		}
		return sentencePause
	case strings.ContainsAny(tail, ",;:"), chunk == "-", chunk == "–", chunk == "—", strings.ContainsAny(tail, "—"):
		return commaPause
	}
	return 0
}

func holdsDigits(chunk string) bool {
	digits := 0
	for _, r := range chunk {
		switch {
		case '0' <= r && r <= '9':
			digits++
		case !strings.ContainsRune("+-().,/;:", r):
			return false
		}
	}
	return digits > 1
}

// chunkSyllables counts one run without spaces: a number, an address, an
// abbreviation, or a word with hyphens. besideDigits tells that it stands
// beside other digits, as the parts of a telephone number do.
func (x *lexicon) chunkSyllables(w string, besideDigits bool) int {
	if w == "" {
		return 0
	}
	if s, ok := x.spoken[strings.Trim(Fold(w), ".")]; ok {
		return x.phraseSyllables(s)
	}
	if isAddress(w) {
		return x.addressSyllables(w)
	}
	if w[0] == '+' || holdsDigits(w) && (besideDigits && !strings.ContainsAny(w, "%$€£") || countDigits(w) >= 7 && !strings.Contains(w, ",")) || w[0] == '0' && countDigits(w) > 1 && !strings.ContainsAny(w, ".:") {
		return digitSyllables(w)
	}
	n := 0
	for _, part := range strings.FieldsFunc(w, func(r rune) bool {
		return r == '-' || r == '/' || r == '–' || r == '—' || r == '_' || r == '|' || r == '&' || r == '+'
	}) {
		n += x.partSyllables(part)
	}
	return n + strings.Count(w, "&") + strings.Count(w, "+") // "and", "plus"
}

// phraseSyllables counts what an abbreviation stands for; a single letter in
// it is said as a letter.
func (x *lexicon) phraseSyllables(s string) (n int) {
	for w := range strings.FieldsSeq(s) {
		if len(w) == 1 {
			n += letterSyllables(rune(w[0]))
			continue
		}
		n += x.wordSyllables(w)
	}
	return n
}

func letterSyllables(r rune) int {
	if r == 'w' || r == 'W' {
		return 3
	}
	return 1
}

// isAddress tells web and mail addresses from words.
func isAddress(w string) bool {
	if strings.Contains(w, "://") || strings.HasPrefix(w, "www.") || strings.Contains(w, "@") {
		return true
	}
	i := strings.LastIndexByte(w, '.')
	if slash := strings.IndexByte(w, '/'); slash > 0 {
		i = strings.LastIndexByte(w[:slash], '.')
		w = w[:slash]
	}
	if i < 2 || len(w)-i < 3 || strings.Contains(w, "..") {
		return false
	}
	for _, r := range w[i+1:] {
		if r < 'a' || r > 'z' {
			return false
		}
	}
	return !strings.ContainsFunc(w[:i], func(r rune) bool { return !isWord(r) && r != '.' && r != '-' })
}

// addressSyllables spells an address as people say it: "acme dot com slash".
func (x *lexicon) addressSyllables(w string) (n int) {
	if i := strings.Index(w, "://"); i >= 0 {
		w = w[i+3:]
	}
	w = strings.Trim(w, "/.")
	start := 0
	for i := 0; i <= len(w); i++ {
		if i < len(w) && !strings.ContainsRune("./-_@?=&#:+%", rune(w[i])) {
			continue
		}
		n += x.addressPart(w[start:i])
		if i < len(w) {
			n++ // dot, slash, dash, at
			if w[i] == '_' {
				n += 2
			}
		}
		start = i + 1
	}
	return n
}

func (x *lexicon) addressPart(p string) (n int) {
	if p == "" {
		return 0
	}
	low := Fold(p)
	if !strings.ContainsAny(low, "aeiouy") || len(low) < 3 && low != "me" && low != "my" && low != "go" {
		for _, r := range p {
			if '0' <= r && r <= '9' {
				n += digits[r-'0']
			} else {
				n += letterSyllables(r)
			}
		}
		return n
	}
	return x.partSyllables(p)
}

// partSyllables counts a word, a number, or both ("30k", "Q3", "1st").
func (x *lexicon) partSyllables(p string) int {
	if strings.ContainsAny(p, "0123456789") {
		return x.numberSyllables(p)
	}
	if s, ok := x.spoken[Fold(p)]; ok {
		return x.phraseSyllables(s)
	}
	if n, ok := x.syllables[Fold(p)]; ok {
		return n
	}
	if isShouted(p) && !x.common[hashWord(p)] && (len(p) < 4 || len(p) < 6 && !x.ordinary[hashWord(x.stemmer(Fold(p)))]) {
		n := 0
		for _, r := range p {
			n += letterSyllables(r)
		}
		return n
	}
	return x.wordSyllables(p)
}

func isShouted(w string) bool {
	if len(w) < 2 {
		return false
	}
	for i := range len(w) {
		if w[i] < 'A' || w[i] > 'Z' {
			return false
		}
	}
	return true
}

// wordSyllables counts the syllables of an English word by its vowels, but
// for the team's exceptions.
func (x *lexicon) wordSyllables(w string) int {
	w = strings.TrimRight(Fold(w), ".'")
	if n, ok := x.syllables[w]; ok {
		return n
	}
	if stem, ok := strings.CutSuffix(w, "'s"); ok {
		if n, ok := x.syllables[stem]; ok {
			return n
		}
		w = stem
		if endsIn(w, "s", "x", "z", "ch", "sh", "ce", "ge", "se") {
			return countSyllables(w) + 1
		}
	}
	return countSyllables(w)
}
