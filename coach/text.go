package coach

import (
	"unicode"
	"unicode/utf8"
)

// A token is one word of a text. Words are compared by the hash of their
// folded form, so that reading a text makes no strings at all.
type token struct {
	start, end int32
	word, stem uint64
	sent, para int32 // which sentence and paragraph it belongs to, from 0
	bits       tokenBits
}

type tokenBits uint8

const (
	capital   tokenBits = 1 << iota // begins with a capital letter
	shouted                         // all capitals, at least two letters
	numeric                         // holds a digit
	lineStart                       // first word of its line
	sentStart                       // first word of its sentence
	breakAt                         // a comma, dash, line end or the like follows
	quoted                          // stands in a line that begins with ">"
	suffix                          // the second half of a contraction
)

const (
	hashSeed  = 14695981039346656037
	hashPrime = 1099511628211
)

func hashByte(h uint64, b byte) uint64 { return (h ^ uint64(b)) * hashPrime }

func hashRune(h uint64, r rune) uint64 {
	if r < utf8.RuneSelf {
		return hashByte(h, byte(r))
	}
	for ; r > 0; r >>= 8 {
		h = hashByte(h, byte(r))
	}
	return h
}

// hashWord is the hash of one word as reading finds it.
func hashWord(s string) uint64 {
	h := uint64(hashSeed)
	for _, r := range s {
		first, second := foldRune(r)
		if first != 0 {
			h = hashRune(h, first)
		}
		if second != 0 {
			h = hashRune(h, second)
		}
	}
	return h
}

// plainASCII folds the ASCII letters and digits; 0 is no part of a word. Most
// texts are nothing else, which makes reading them twice as fast.
var plainASCII = func() (t [utf8.RuneSelf]byte) {
	for c := range t {
		if isWord(rune(c)) {
			r, _ := foldRune(rune(c))
			t[c] = byte(r)
		}
	}
	return t
}()

func isApostrophe(r rune) bool { return r == '\'' || r == '’' || r == '‘' || r == 'ʼ' || r == '`' }

func isWord(r rune) bool {
	if r < utf8.RuneSelf {
		return 'a' <= r && r <= 'z' || 'A' <= r && r <= 'Z' || '0' <= r && r <= '9'
	}
	return unicode.IsLetter(r) || unicode.IsDigit(r) || unicode.Is(unicode.Mn, r)
}

// The second halves of contractions and what they stand for, so that "we're"
// and "we are" read alike. Others after an apostrophe are words of their own.
var contractions = map[string]uint64{
	"re": hashWord("are"), "ve": hashWord("have"), "ll": hashWord("will"), "d": hashWord("would"), "m": hashWord("am"),
}

// The words after which 's means "is"; after any other it is a possessive,
// which adds nothing.
var isAfter = map[uint64]bool{
	hashWord("it"): true, hashWord("that"): true, hashWord("here"): true, hashWord("what"): true, hashWord("there"): true,
	hashWord("who"): true, hashWord("how"): true, hashWord("where"): true, hashWord("he"): true, hashWord("she"): true,
}

// The words whose full stop ends no sentence.
var dotted = map[uint64]bool{
	hashWord("mr"): true, hashWord("mrs"): true, hashWord("ms"): true, hashWord("dr"): true, hashWord("prof"): true,
	hashWord("st"): true, hashWord("vs"): true, hashWord("approx"): true, hashWord("no"): true, hashWord("e"): true,
	hashWord("g"): true, hashWord("eg"): true, hashWord("ie"): true, hashWord("etc"): true, hashWord("ca"): true,
}

var (
	wordIs    = hashWord("is")
	wordNot   = hashWord("not")
	wordCan   = hashWord("can")
	wordCa    = hashWord("ca")
	wordWill  = hashWord("will")
	wordWo    = hashWord("wo")
	wordI     = hashWord("i")
	wordUs    = hashWord("us")
	wordLet   = hashWord("let")
	wordNo    = hashWord("no")
	wordThere = hashWord("there")
)

// scan appends the words of text[from:] to toks; offsets count from the start
// of text. Stems are left to the lexicon.
func scan(toks []token, text string, from int) []token {
	if toks == nil {
		toks = make([]token, 0, (len(text)-from)/5+4)
	}
	s := scanner{text: text, toks: toks, newLine: true, newSent: true, first: len(toks)}
	for i := from; i < len(text); {
		if c := text[i]; c < utf8.RuneSelf {
			if plainASCII[c] != 0 {
				i = s.take(i)
				continue
			}
			if c != ' ' {
				s.between(rune(c), i)
			}
			i++
			continue
		}
		r, size := utf8.DecodeRuneInString(text[i:])
		if isWord(r) {
			i = s.take(i)
			continue
		}
		s.between(r, i)
		i += size
	}
	if n := len(s.toks); n > s.first {
		s.toks[n-1].bits |= breakAt
	}
	return s.toks
}

type scanner struct {
	text             string
	toks             []token
	first            int
	sent, para       int32
	newLine, newSent bool
	quote            bool
	lines            int  // line ends since the last word
	stop             bool // a full stop or the like since the last word
	bullet           bool
}

// between notes what stands between two words.
func (s *scanner) between(r rune, at int) {
	switch r {
	case ' ', '\t', '\r', '\u00a0':
		return
	case '\n':
		s.newLine, s.quote, s.bullet = true, false, false
		s.lines++
	case '>':
		s.quote = s.quote || s.newLine
	case '.', '!', '?', '…':
		s.ends(r, at)
	case '-', '*', '•':
		s.bullet = s.bullet || s.newLine
		if r == '-' && !s.newLine && at > 0 && s.text[at-1] != ' ' {
			return // within a compound
		}
	case '"', '“', '”', '(', ')', '[', ']', '{', '}', '\'', '’', '/', '&', '@', '_', '#', '+', '%', '$', '€', '£':
		return
	}
	if n := len(s.toks); n > s.first {
		s.toks[n-1].bits |= breakAt
	}
}

// ends decides whether a stop at this place ends the sentence.
func (s *scanner) ends(r rune, at int) {
	if next := at + utf8.RuneLen(r); next < len(s.text) && isWord(rune(s.text[next])) && s.text[next] < utf8.RuneSelf {
		return // 3.5, acme.com
	}
	if n := len(s.toks); r == '.' && n > s.first {
		last := s.toks[n-1]
		if dotted[last.word] && !(last.word == wordNo && last.bits&capital == 0) || last.end-last.start == 1 && last.bits&capital != 0 && last.word != wordI {
			return
		}
	}
	s.stop = true
}

// take reads the word that begins at i and answers where it ends.
func (s *scanner) take(i int) int {
	start, h, bits := i, uint64(hashSeed), tokenBits(0)
	letters, capitals := 0, 0
	for i < len(s.text) {
		if c := s.text[i]; c < utf8.RuneSelf {
			plain := plainASCII[c]
			if plain == 0 {
				break
			}
			h = hashByte(h, plain)
			switch {
			case c <= '9':
				bits |= numeric
			case c <= 'Z':
				capitals++
				letters++
				if i == start {
					bits |= capital
				}
			default:
				letters++
			}
			i++
			continue
		}
		r, size := utf8.DecodeRuneInString(s.text[i:])
		if !isWord(r) {
			break
		}
		letters++
		if unicode.IsUpper(r) {
			capitals++
			if i == start {
				bits |= capital
			}
		}
		first, second := foldRune(r)
		if first != 0 {
			h = hashRune(h, first)
		}
		if second != 0 {
			h = hashRune(h, second)
		}
		i += size
	}
	if letters > 1 && capitals == letters {
		bits |= shouted
	}
	s.place(start, i, h, bits)
	if i < len(s.text) && s.text[i] != ' ' {
		if r, size := utf8.DecodeRuneInString(s.text[i:]); isApostrophe(r) {
			return s.contraction(i, size)
		}
	}
	return i
}

// place appends a word, with what stood before it.
func (s *scanner) place(start, end int, h uint64, bits tokenBits) {
	if len(s.toks) > s.first {
		switch {
		case s.lines > 1:
			s.para++
			s.newSent = true
		case s.lines == 1 && (s.bullet || s.stop || bits&(capital|numeric) != 0):
			s.newSent = true
		case s.stop && bits&(capital|numeric) != 0:
			s.newSent = true
		case s.stop:
			// "Acme Inc. is" goes on, "ok? yes" does not.
			s.newSent = s.newSent || s.text[s.toks[len(s.toks)-1].end] != '.'
		}
		if s.newSent {
			s.sent++
		}
	}
	if s.newLine {
		bits |= lineStart
	}
	if s.newSent {
		bits |= sentStart
	}
	if s.quote {
		bits |= quoted
	}
	s.newLine, s.newSent, s.stop, s.bullet, s.lines = false, false, false, false, 0
	s.toks = append(s.toks, token{start: int32(start), end: int32(end), word: h, sent: s.sent, para: s.para, bits: bits})
}

// contraction reads what follows the apostrophe at i.
func (s *scanner) contraction(i, size int) int {
	end := i + size
	for end < len(s.text) && s.text[end] < utf8.RuneSelf && isWord(rune(s.text[end])) {
		end++
	}
	if end < len(s.text) && s.text[end] >= utf8.RuneSelf {
		if r, _ := utf8.DecodeRuneInString(s.text[end:]); isWord(r) {
			return i + size // d'Études: a word of its own
		}
	}
	last := &s.toks[len(s.toks)-1]
	tail := s.text[i+size : end]
	var buf [3]byte
	low := buf[:0]
	for j := 0; j < len(tail) && j < 3; j++ {
		low = append(low, tail[j]|0x20)
	}
	if len(tail) > 2 || len(tail) == 0 {
		return i + size
	}
	bits := last.bits&quoted | suffix
	second := token{start: int32(i), end: int32(end), sent: last.sent, para: last.para, bits: bits}
	switch full, ok := contractions[string(low)]; {
	case ok:
		second.word = full
	case string(low) == "s" && isAfter[last.word]:
		second.word = wordIs
	case string(low) == "s" && last.word == wordLet:
		second.word = wordUs
	case string(low) == "s":
		return end
	case string(low) == "t" && last.end-last.start > 1 && s.text[last.end-1]|0x20 == 'n':
		last.end--
		last.word = hashWord(s.text[last.start:last.end])
		switch last.word {
		case wordCa:
			last.word, last.end = wordCan, last.end+1
			second.start = last.end
		case wordWo:
			last.word = wordWill
			second.start = last.end
		default:
			second.start = last.end
		}
		second.word = wordNot
	default:
		return i + size
	}
	s.toks = append(s.toks, second)
	return end
}

// wordCount counts words as people do: what stands between spaces and holds a
// letter or a digit.
func wordCount(s string) int {
	n, counted := 0, false
	for _, r := range s {
		switch {
		case r == ' ' || r == '\n' || r == '\t' || r >= 0x85 && unicode.IsSpace(r) || r == '\r':
			counted = false
		case !counted && isWord(r):
			n++
			counted = true
		}
	}
	return n
}
