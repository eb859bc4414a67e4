package bot

import (
	"bytes"
	"fmt"
	"strings"
	"unicode/utf8"

	"golang.org/x/text/encoding"
	"golang.org/x/text/encoding/charmap"
	"golang.org/x/text/encoding/unicode"

	"github.com/prospectcoach/prospectcoach/coach"
)

// encodings are the ways to read bytes as text that a person can choose. The
// keys are those of view.Encodings.
var encodings = map[string]encoding.Encoding{
	"utf-8":        unicode.UTF8,
	"utf-16":       unicode.UTF16(unicode.LittleEndian, unicode.UseBOM),
	"utf-16be":     unicode.UTF16(unicode.BigEndian, unicode.UseBOM),
	"windows-1252": charmap.Windows1252,
	"windows-1250": charmap.Windows1250,
	"windows-1251": charmap.Windows1251,
	"macintosh":    charmap.Macintosh,
}

// otherFiles are beginnings of files that people drop when they mean a table,
// and what their program calls the way out.
var otherFiles = []struct{ begins, is string }{
	{"PK\x03\x04", "a spreadsheet file (such as XLSX or ODS)"},
	{"\xd0\xcf\x11\xe0", "an old spreadsheet file (XLS)"},
	{"%PDF", "a PDF"},
	{"{\\rtf", "a text document"},
	{"BEGIN:VCARD", "a file of business cards"},
	{"\x89PNG", "a picture"},
	{"\xff\xd8\xff", "a picture"},
}

// saveAsCSV is the one line for files that are no CSV.
func saveAsCSV(is string) error {
	return coach.Problem(fmt.Sprintf("This is %s; I read CSV. In Excel: File, Save as, “CSV UTF-8”. In Google Sheets: File, Download, “Comma-separated values”. Then drop that file here.", is))
}

// decodeText reads bytes as text. choice is a key of encodings, or "" to find
// out: a byte order mark, else valid UTF-8, else the zeros of UTF-16, else the
// commonest of the old ones. It answers the encoding that was used.
func decodeText(data []byte, choice string) (text, used string, err error) {
	for _, f := range otherFiles {
		if bytes.HasPrefix(data, []byte(f.begins)) {
			return "", "", saveAsCSV(f.is)
		}
	}
	if used = choice; used == "" {
		used = guessEncoding(data)
	}
	enc, ok := encodings[used]
	if !ok {
		return "", "", fmt.Errorf("no such encoding: %.40q", used)
	}
	if used == "utf-8" {
		text = strings.ToValidUTF8(string(bytes.TrimPrefix(data, []byte("\xef\xbb\xbf"))), "\uFFFD")
	} else {
		out, err := enc.NewDecoder().Bytes(data)
		if err != nil {
			return "", "", fmt.Errorf("reading the file as %s: %w", used, err)
		}
		text = strings.TrimPrefix(string(out), "\ufeff")
	}
	if n := strings.Count(text, "\x00"); n > 0 {
		if n > len(text)/100 {
			return "", "", saveAsCSV("no text file")
		}
		text = strings.ReplaceAll(text, "\x00", "")
	}
	return text, used, nil
}

func guessEncoding(data []byte) string {
	switch {
	case bytes.HasPrefix(data, []byte("\xef\xbb\xbf")):
		return "utf-8"
	case bytes.HasPrefix(data, []byte("\xff\xfe")):
		return "utf-16"
	case bytes.HasPrefix(data, []byte("\xfe\xff")):
		return "utf-16be"
	}
	if e := zeros(data[:min(len(data), 4096)]); e != "" {
		return e
	}
	if mostlyUTF8(data) {
		return "utf-8"
	}
	return "windows-1252"
}

// zeros tells UTF-16 without a mark: Western text has a zero in every second
// byte, on one side.
func zeros(data []byte) string {
	even, odd := 0, 0
	for i, c := range data {
		if c == 0 && i%2 == 0 {
			even++
		} else if c == 0 {
			odd++
		}
	}
	switch enough := len(data) / 5; {
	case len(data) < 4:
	case odd > enough && even*10 < odd:
		return "utf-16"
	case even > enough && odd*10 < even:
		return "utf-16be"
	}
	return ""
}

// mostlyUTF8 forgives a broken character in a long text: reading all of it as
// something else would break every other one.
func mostlyUTF8(data []byte) bool {
	if utf8.Valid(data) {
		return true
	}
	good, broken := 0, 0
	for len(data) > 0 {
		r, n := utf8.DecodeRune(data)
		switch {
		case r == utf8.RuneError && n == 1:
			broken++
		case n > 1:
			good++
		}
		data = data[n:]
	}
	return good > 10*broken
}
