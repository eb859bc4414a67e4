package bot

import (
	"bytes"
	"encoding/csv"
	"fmt"
	"slices"
	"strings"
	"testing"
	"time"

	"golang.org/x/text/encoding"
	"golang.org/x/text/encoding/charmap"
	"golang.org/x/text/encoding/unicode"
	"pgregory.net/rapid"

	"github.com/prospectcoach/prospectcoach/bot/view"
	"github.com/prospectcoach/prospectcoach/coach"
)

// umlauts is a small file with what Western encodings disagree about.
const umlauts = "Name,Company,Email\r\nJörg Müller,Ärzte & Söhne,joerg@acme.test\r\nZoë D’Arcy – Ltd,Café,zoe@cafe.test\r\n"

func encoded(t testing.TB, e encoding.Encoding, s string) []byte {
	t.Helper()
	b, err := e.NewEncoder().Bytes([]byte(s))
	if err != nil {
		t.Fatal(err)
	}
	return b
}

func TestEncodingsAreTold(t *testing.T) {
	t.Parallel()
	le, be := unicode.UTF16(unicode.LittleEndian, unicode.IgnoreBOM), unicode.UTF16(unicode.BigEndian, unicode.IgnoreBOM)
	for name, c := range map[string]struct {
		data         []byte
		choice, want string
	}{
		"UTF-8":                     {[]byte(umlauts), "", "utf-8"},
		"UTF-8 with a mark":         {[]byte("\xef\xbb\xbf" + umlauts), "", "utf-8"},
		"UTF-16 LE with a mark":     {append([]byte("\xff\xfe"), encoded(t, le, umlauts)...), "", "utf-16"},
		"UTF-16 BE with a mark":     {append([]byte("\xfe\xff"), encoded(t, be, umlauts)...), "", "utf-16be"},
		"UTF-16 LE without":         {encoded(t, le, umlauts), "", "utf-16"},
		"UTF-16 BE without":         {encoded(t, be, umlauts), "", "utf-16be"},
		"Windows-1252":              {encoded(t, charmap.Windows1252, umlauts), "", "windows-1252"},
		"old Mac, chosen by hand":   {encoded(t, charmap.Macintosh, umlauts), "macintosh", "macintosh"},
		"UTF-16 chosen by hand":     {append([]byte("\xff\xfe"), encoded(t, le, umlauts)...), "utf-16", "utf-16"},
		"UTF-16 BE, chosen as such": {append([]byte("\xfe\xff"), encoded(t, be, umlauts)...), "utf-16", "utf-16"},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			s, err := readSheet(c.data, view.Dropped{Encoding: c.choice})
			if err != nil {
				t.Fatal(err)
			}
			if s.encoding != c.want || len(s.rows) != 2 || s.rows[0].cells[1] != "Ärzte & Söhne" || s.rows[1].cells[0] != "Zoë D’Arcy – Ltd" {
				t.Errorf("read as %s: %q", s.encoding, s.rows[0].cells)
			}
		})
	}
	s, err := readSheet(encoded(t, charmap.Windows1250, "Name,Company\nŁukasz Żak,Zażółć\n"), view.Dropped{Encoding: "windows-1250"})
	if err != nil || s.rows[0].cells[1] != "Zażółć" {
		t.Errorf("Windows-1250: %v, %v", s.rows, err)
	}
	broken := strings.Repeat("Jörg Müller,Ärzte,x@y.test\n", 20)
	s, err = readSheet([]byte("Name,Company,Email\n"+broken+"Bo \xff Ek,Acme,z@y.test\n"), view.Dropped{Encoding: ""})
	if err != nil || s.encoding != "utf-8" || s.rows[0].cells[0] != "Jörg Müller" {
		t.Errorf("one broken character turned the whole file into %s", s.encoding)
	}
	for _, e := range view.Encodings {
		if encodings[e[0]] == nil {
			t.Errorf("the menu offers %s, which cannot be read", e[0])
		}
	}
}

func TestSeparatorsAndLineEnds(t *testing.T) {
	t.Parallel()
	for name, c := range map[string]struct {
		text  string
		comma byte
		rows  [][]string
	}{
		"comma":      {"Name,Company\nJane,Acme\n", ',', [][]string{{"Jane", "Acme"}}},
		"semicolon":  {"Name;Company;Title\nJane;Acme, Inc.;CFO\nBo;Beta, Ltd;CEO\n", ';', [][]string{{"Jane", "Acme, Inc.", "CFO"}, {"Bo", "Beta, Ltd", "CEO"}}},
		"tab":        {"Name\tCompany\nJane\tAcme\n", '\t', [][]string{{"Jane", "Acme"}}},
		"bar":        {"Name|Company\nJane|Acme\n", '|', [][]string{{"Jane", "Acme"}}},
		"sep line":   {"sep=;\r\nName;Company\r\nJane;Acme\r\n", ';', [][]string{{"Jane", "Acme"}}},
		"quoted sep": {"\"sep=,\"\nName,Company\nJane,Acme\n", ',', [][]string{{"Jane", "Acme"}}},
		"CR alone":   {"Name,Company\rJane,Acme\rBo,Beta", ',', [][]string{{"Jane", "Acme"}, {"Bo", "Beta"}}},
		"quotes":     {"Name,Company\n\"Doe, Jane\",\"The \"\"Best\"\" Co\"\n", ',', [][]string{{"Doe, Jane", `The "Best" Co`}}},
		"breaks":     {"Name,Company,Research\nJane,Acme,\"one\r\ntwo\nthree\"\nBo,Beta,x\n", ',', [][]string{{"Jane", "Acme", "one\ntwo\nthree"}, {"Bo", "Beta", "x"}}},
		"bare quote": {"Name,Company\nJane \"JD\" Doe,5\" Pipes\n", ',', [][]string{{`Jane "JD" Doe`, `5" Pipes`}}},
		"inner":      {"Name,Company\n\"Jane \"JD\" Doe\",Acme\n", ',', [][]string{{`Jane "JD" Doe`, "Acme"}}},
		"blank":      {"\n\nName,Company\n\nJane,Acme\n,,\n\n", ',', [][]string{{"Jane", "Acme"}}},
		"preamble":   {"Notes:\n\"When exporting your connections, some may be missing\"\n\nFirst Name,Last Name,Company\nJane,Doe,Acme\n", ',', [][]string{{"Jane", "Doe", "Acme"}}},
		"no header":  {"Jane Doe;Acme;jane@acme.test\nBo Ek;Beta;bo@beta.test\n", ';', [][]string{{"Jane Doe", "Acme", "jane@acme.test"}, {"Bo Ek", "Beta", "bo@beta.test"}}},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			s, err := readSheet([]byte(c.text), view.Dropped{Encoding: ""})
			if err != nil {
				t.Fatal(err)
			}
			var rows [][]string
			for _, r := range s.rows {
				rows = append(rows, r.cells)
			}
			if s.comma != c.comma || fmt.Sprintf("%q", rows) != fmt.Sprintf("%q", c.rows) {
				t.Errorf("parted by %q: %q, want %q", s.comma, rows, c.rows)
			}
		})
	}
}

func TestAForgottenQuoteCostsItsOwnRowOnly(t *testing.T) {
	t.Parallel()
	text := "Name,Company,Title\nJane,Acme,CFO\n\"Bo,Beta\nCy,Gamma,CTO\n" + strings.Repeat("Di,Delta,VP\n", 300)
	s, err := readSheet([]byte(text), view.Dropped{Encoding: ""})
	if err != nil {
		t.Fatal(err)
	}
	read := readRows(&s, "U1", monday(t, 10, 0), []string{"phd"})
	entries, bad := read.entries, read.refused
	if len(entries) != 302 || len(bad) != 1 || s.rows[bad[0].at].line != 3 || !strings.Contains(bad[0].why, "never closed") {
		t.Errorf("%d entries, bad %+v", len(entries), bad)
	}
}

func TestFilesThatAreNoCSVGetOneLine(t *testing.T) {
	t.Parallel()
	for name, data := range map[string]string{
		"XLSX": "PK\x03\x04rest", "XLS": "\xd0\xcf\x11\xe0rest", "PDF": "%PDF-1.7", "binary": strings.Repeat("ab\x00\x00\x00", 100),
		"empty": "", "blank": " \n\n", "header only": "Name,Company\n", "too big": strings.Repeat("x", importBytes+1),
		"too long": "Name,Company\n" + strings.Repeat("Jane,Acme\n", importRows+1),
	} {
		_, err := readSheet([]byte(data), view.Dropped{Encoding: ""})
		if problem, ok := err.(coach.Problem); !ok || strings.Contains(string(problem), "\n") || problem == "" {
			t.Errorf("%s: %v", name, err)
		}
	}
}

// The headers as these programs write them.
func TestColumnsOfTheCommonCRMsAreGuessed(t *testing.T) {
	t.Parallel()
	for name, c := range map[string]struct {
		text string
		want coach.Prospect
	}{
		"own names": {"name,company,title,email,phone,line,linkedin,industry,level,purchase,urgency\nJane Doe,Acme,CFO,jane@acme.test,+49 341 1234,direct,in/janedoe,logistics,vp,capital,high",
			coach.Prospect{Name: "Jane Doe", Company: "Acme", Title: "CFO", Email: "jane@acme.test", Phone: "+49 341 1234", Line: coach.Direct, LinkedIn: "in/janedoe", Industry: "logistics", Level: coach.VP, Purchase: coach.Capital, Urgency: coach.High}},
		"Salesforce leads": {`"Lead Owner","Salutation","First Name","Last Name","Title","Company / Account","Email","Phone","Mobile","Lead Source","Industry","Lead Status","State/Province"` + "\n" +
			`"Max","Ms","Jane","Doe","CFO","Acme","jane@acme.test","(341) 123-4567","0170 1234567","Web","Logistics","Open","Saxony"`,
			coach.Prospect{Name: "Jane Doe", Company: "Acme", Title: "CFO", Email: "jane@acme.test", Phone: "(341) 123-4567", Industry: "Logistics"}},
		"Salesforce contacts": {"Contact ID,First Name,Last Name,Account Name,Title,Mailing City,Mobile Phone,Email\n003,Jane,Doe,Acme,CFO,Leipzig,0170 1234567,jane@acme.test",
			coach.Prospect{Name: "Jane Doe", Company: "Acme", Title: "CFO", Email: "jane@acme.test", Phone: "0170 1234567", Line: coach.Mobile}},
		"HubSpot": {"Record ID,First Name,Last Name,Email,Phone Number,Contact owner,Primary Company,Last Activity Date (GMT+1),Lead Status,Job Title,LinkedIn URL,Time Zone\n" +
			"101,Jane,Doe,jane@acme.test,+493411234567,Max,Acme,2026-01-05 10:00,New,CFO,https://www.linkedin.com/in/janedoe,europe_slash_berlin",
			coach.Prospect{Name: "Jane Doe", Company: "Acme", Title: "CFO", Email: "jane@acme.test", Phone: "+493411234567", LinkedIn: "https://www.linkedin.com/in/janedoe"}},
		"Pipedrive": {"Person - ID;Person - Name;Person - Label;Person - Organization;Person - Email - Work;Person - Email - Home;Person - Phone - Work;Person - Phone - Mobile;Person - Job title;Person - Owner\n" +
			"7;Jane Doe;;Acme;jane@acme.test;;+49 341 1234567;;CFO;Max",
			coach.Prospect{Name: "Jane Doe", Company: "Acme", Title: "CFO", Email: "jane@acme.test", Phone: "+49 341 1234567"}},
		"Pipedrive people with deals": {"Deal - Title,Person - Name,Organization - Name,Person - Email,Person - Phone\nBig one,Jane Doe,Acme,\"jane@acme.test, j@home.test\",+49 341 1234567",
			coach.Prospect{Name: "Jane Doe", Company: "Acme", Email: "jane@acme.test", Phone: "+49 341 1234567"}},
		"Zoho": {"Record Id,Lead Owner,Company,First Name,Last Name,Designation,Email,Secondary Email,Phone,Mobile,Industry,Annual Revenue\nzcrm_1,Max,Acme,Jane,Doe,CFO,,jane@acme.test,,0170 1234567,Logistics,1",
			coach.Prospect{Name: "Jane Doe", Company: "Acme", Title: "CFO", Email: "jane@acme.test", Phone: "0170 1234567", Line: coach.Mobile, Industry: "Logistics"}},
		"LinkedIn": {"First Name,Last Name,URL,Email Address,Company,Position,Connected On\nJane,Doe,https://www.linkedin.com/in/janedoe,,Acme,CFO,05 Jan 2026",
			coach.Prospect{Name: "Jane Doe", Company: "Acme", Title: "CFO", LinkedIn: "https://www.linkedin.com/in/janedoe"}},
		"German": {"Vorname;Nachname;Firma;Position;E-Mail-Adresse;Telefon;Branche\nJörg;Müller;Söhne GmbH;Geschäftsführer;joerg@soehne.test;0341 123456;Logistik",
			coach.Prospect{Name: "Jörg Müller", Company: "Söhne GmbH", Title: "Geschäftsführer", Email: "joerg@soehne.test", Phone: "0341 123456", Industry: "Logistik"}},
		"no header": {"Jane Doe,Acme,CFO,jane@acme.test,+49 341 1234567\nBo Ek,Beta,CEO,bo@beta.test,+49 341 7654321",
			coach.Prospect{Name: "Jane Doe", Company: "Acme", Title: "CFO", Email: "jane@acme.test", Phone: "+49 341 1234567"}},
		"placeholders": {"Name,Company,Email,Phone,Title\nJane Doe,Acme,n/a,-,None", coach.Prospect{Name: "Jane Doe", Company: "Acme"}},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			s, err := readSheet([]byte(c.text), view.Dropped{Encoding: ""})
			if err != nil {
				t.Fatal(err)
			}
			read := readRows(&s, "U1", monday(t, 10, 0), []string{"phd"})
			entries, bad := read.entries, read.refused
			if len(bad) != 0 || len(entries) == 0 {
				t.Fatalf("bad %+v; columns %v", bad, s.cols)
			}
			got := entries[0].p
			got.Owner, got.Added = "", time.Time{}
			if fmt.Sprintf("%+v", got) != fmt.Sprintf("%+v", c.want) {
				t.Errorf("got  %+v\nwant %+v", got, c.want)
			}
		})
	}
}

func TestEachBadRowHasOneReason(t *testing.T) {
	t.Parallel()
	text := "Name,Company,Email,Phone,Level\n,Acme,a@b.test,,\nJane,,a@b.test,,\nJane,Acme,,,boss\n" + strings.Repeat("x", 600) + ",Acme,,,\nTotal,4,,,\n"
	s, err := readSheet([]byte(text), view.Dropped{Encoding: ""})
	if err != nil {
		t.Fatal(err)
	}
	read := readRows(&s, "U1", monday(t, 10, 0), []string{"phd"})
	entries, bad := read.entries, read.refused
	if len(entries) != 0 || len(bad) != 5 {
		t.Fatalf("%d entries, %d bad", len(entries), len(bad))
	}
	for i, want := range []string{"A name is missing", "A company is missing", "none of", "longer than", "line of totals"} {
		if !strings.Contains(bad[i].why, want) || strings.Contains(bad[i].why, "\n") {
			t.Errorf("row %d: %q, want %q", i+1, bad[i].why, want)
		}
	}
}

// A row is not lost for an address or a number that cannot be right; names
// stand the right way round; notes are what is known.
func TestARowIsTakenWithWhatCanBeRead(t *testing.T) {
	t.Parallel()
	text := "Name;Company;Email;Phone;Notiz\n\"Müller, Petra\";Nordwind;petra@;+49 341 1234567;opened a hub\n\"Doe, PhD\";Acme;d@acme.test;12;\nTotal Beauty;Total;;4.93E+11;\nSumme;;;;\n"
	s, err := readSheet([]byte(text), view.Dropped{})
	if err != nil {
		t.Fatal(err)
	}
	read := readRows(&s, "U1", monday(t, 10, 0), []string{"phd"})
	var got []string
	for _, e := range read.entries {
		got = append(got, fmt.Sprint(e.p.Name, "|", e.p.Email, "|", e.p.Phone, "|", len(e.p.Facts)))
	}
	if want := []string{"Petra Müller||+49 341 1234567|1", "Doe, PhD|d@acme.test||0", "Total Beauty|||0"}; !slices.Equal(got, want) {
		t.Errorf("got  %q\nwant %q", got, want)
	}
	if len(read.without) != 3 || read.turned != "Müller, Petra" || len(read.refused) != 1 {
		t.Errorf("without %+v, turned %q, refused %+v", read.without, read.turned, read.refused)
	}
}

// A spreadsheet that parts cells at semicolons, where quotes begin in the
// middle of its own cells and count for nothing, finds no formula either.
func TestNoCellOfAnExportRunsWhereSemicolonsPart(t *testing.T) {
	t.Parallel()
	for _, s := range []string{`a;=cmd|'/C calc'!A0;`, "x\n=1+1", "a\t@SUM(1)", `";=1+1`, "a; +49 341", "a;'=1", "a;''=1", ";-1", "\n=1", "a\r\n=1"} {
		g := guard(s)
		for _, part := range strings.FieldsFunc(g, func(r rune) bool { return strings.ContainsRune(";\t\r\n", r) }) {
			if p := strings.TrimSpace(part); p != "" && strings.ContainsRune(risky, []rune(p)[0]) {
				t.Errorf("%q is guarded as %q, in which %q runs", s, g, p)
			}
		}
		if got := unguard(g); got != s {
			t.Errorf("%q comes back as %q", s, got)
		}
	}
}

// No cell of an export runs as a formula, and what was guarded comes back.
func TestGuardedCellsNeverRun(t *testing.T) {
	t.Parallel()
	for _, s := range []string{"=1+1", "+49 341", "-1", "@x", "\tx", "\rx", "|x", "%x", "＝1", "＋1", "－1", "＠x", " =1", "'=1", "''+1", "\n=1", "\u200b=1", "\u00a0@x"} {
		if g := guard(s); !strings.HasPrefix(g, "'") || unguard(g) != s {
			t.Errorf("%q is guarded as %q and comes back as %q", s, g, unguard(g))
		}
	}
	for _, s := range []string{"", "Jane", "'quoted'", "O'Neill", "a=b", "'"} {
		if g := guard(s); g != s || unguard(s) != s {
			t.Errorf("%q needs no guard, got %q", s, g)
		}
	}
	rapid.Check(t, func(t *rapid.T) {
		s := rapid.StringOf(rapid.SampledFrom([]rune("'=+-@\t\r\n|%＝＋－＠ aé"))).Draw(t, "cell")
		g := guard(s)
		if unguard(g) != s {
			t.Fatalf("%q comes back as %q", s, unguard(g))
		}
		if runs(g) {
			t.Fatalf("%q still runs as %q", s, g)
		}
	})
}

// cell draws text as it is stored: cleaned, and not empty.
func cell(t *rapid.T, name string) string {
	s := rapid.StringOfN(rapid.SampledFrom([]rune("abcXYZ äöéß,;\"'=+-@|%＝＋０漢字\n…–()")), 1, 30, -1).Draw(t, name)
	s = strings.Join(strings.Fields(tidy(s)), " ")
	if s == "" {
		return "x"
	}
	return s
}

// What is exported comes in again as the same prospects, waiting.
func TestC11_AnExportComesBackAsTheSameProspects(t *testing.T) {
	t.Parallel()
	now := monday(t, 10, 0)
	today := coach.DateOf(now)
	rapid.Check(t, func(rt *rapid.T) {
		var ps []coach.Prospect
		for i := range rapid.IntRange(1, 5).Draw(rt, "prospects") {
			p := coach.Prospect{
				ID: int64(i + 1), Owner: "U1", Added: now, Name: cell(rt, "name"), Company: cell(rt, "company"), Title: cell(rt, "title"),
				Email: fmt.Sprintf("a%d@acme.test", i), Phone: fmt.Sprintf("+49 341 12345%d", i), LinkedIn: cell(rt, "linkedin"), Industry: cell(rt, "industry"), Zone: "Europe/Berlin",
				Line:  rapid.SampledFrom([]coach.Line{"", coach.Mobile, coach.Direct, coach.Switchboard}).Draw(rt, "line"),
				Level: rapid.SampledFrom(append([]coach.Level{""}, coach.Levels...)).Draw(rt, "level"), Purchase: coach.Capital, Urgency: coach.Low,
				State: coach.Active, LastTalk: today - 30,
				Gatekeeper: coach.Gatekeeper{Name: cell(rt, "keeper"), Said: cell(rt, "said"), BestTime: "before 9"},
				Campaigns:  []coach.Campaign{{No: 1, Situation: rapid.SampledFrom(coach.Situations).Draw(rt, "situation"), Starts: today - 40}},
			}
			for range rapid.IntRange(0, 3).Draw(rt, "facts") {
				addFact(&p, coach.Fact{Kind: rapid.SampledFrom(coach.FactKinds).Draw(rt, "kind"), Text: cell(rt, "fact"), On: today - 5})
			}
			for n := range rapid.IntRange(0, 3).Draw(rt, "touches") {
				p.Touches = append(p.Touches, coach.Touch{Campaign: 1, On: today - 30 + coach.Date(n), Channel: coach.Email, Angle: coach.Story, Outcome: coach.OutcomeSent, Subject: cell(rt, "subject"), Text: cell(rt, "text"), Variant: "story/email/1"})
			}
			ps = append(ps, p)
		}
		var file bytes.Buffer
		w := csv.NewWriter(&file)
		rows := [][]string{exportHeader}
		for i := range ps {
			rows = append(rows, exportRows(&ps[i], "Ada")...)
		}
		if err := w.WriteAll(rows); err != nil {
			rt.Fatal(err)
		}
		for _, r := range rows {
			for _, c := range r {
				if runs(c) {
					rt.Fatalf("the cell %q could run", c)
				}
			}
		}
		s, err := readSheet(file.Bytes(), view.Dropped{Encoding: ""})
		if err != nil {
			rt.Fatal(err)
		}
		read := readRows(&s, "U1", now, []string{"phd"})
		entries, bad := read.entries, read.refused
		if len(bad) > 0 || len(entries) != len(ps) {
			rt.Fatalf("%d of %d came back, bad %+v", len(entries), len(ps), bad)
		}
		for i, e := range entries {
			if got, want := facets(e.p, e.situation), facets(ps[i], ps[i].Situation()); got != want {
				rt.Fatalf("got  %s\nwant %s", got, want)
			}
		}
	})
}

// facets are what an export keeps of a prospect.
func facets(p coach.Prospect, s coach.Situation) string {
	out := fmt.Sprintf("%q", []any{p.Name, p.Company, p.Title, p.Email, p.Phone, p.Line, p.LinkedIn, p.Industry, p.Zone, p.Level, p.Purchase, p.Urgency, s, p.LastTalk.String(), p.Gatekeeper.Name, p.Gatekeeper.Said, p.Gatekeeper.BestTime})
	for _, f := range p.Facts {
		out += fmt.Sprintf("|%s %q %s", f.Kind, f.Text, f.On)
	}
	for _, t := range p.Touches {
		out += fmt.Sprintf("|%s %s %s %s %q %q %s", t.On, t.Channel, t.Angle, t.Outcome, t.Subject, t.Text, t.Variant)
	}
	return out
}

func FuzzReadCSV(f *testing.F) {
	for _, s := range []string{umlauts, "sep=;\na;b", "\xff\xfea\x00,\x00", "\"a\n\"\"b,\"\n", "Name,Company\n\"x", "a\rb\r\nc", strings.Repeat("\"", 99), "record,number,name\nfact,1,x", "\ufeffName;Company\n'=1;'@x"} {
		f.Add([]byte(s))
	}
	now := time.Date(2026, time.March, 2, 10, 0, 0, 0, time.UTC)
	f.Fuzz(func(t *testing.T, data []byte) {
		s, err := readSheet(data, view.Dropped{Encoding: ""})
		if err != nil {
			if _, ok := err.(coach.Problem); !ok {
				t.Fatalf("not a sentence for a person: %v", err)
			}
			return
		}
		read := readRows(&s, "U1", now, []string{"phd"})
		entries, bad := read.entries, read.refused
		if len(entries)+len(bad) > len(s.rows) {
			t.Fatalf("%d entries and %d bad ones of %d rows", len(entries), len(bad), len(s.rows))
		}
		for _, e := range entries {
			if e.p.Name == "" || e.p.Company == "" {
				t.Fatalf("came in without a name or a company: %+v", e.p)
			}
		}
		i := &intake{sheet: s, bad: bad}
		rows, err := csv.NewReader(bytes.NewReader(bytes.TrimPrefix(i.badRows(), []byte(byteOrderMark)))).ReadAll()
		if err != nil {
			t.Fatalf("the rows handed back cannot be read: %v", err)
		}
		for _, r := range rows {
			for _, c := range r {
				if runs(c) {
					t.Fatalf("a cell handed back could run: %q", c)
				}
			}
		}
	})
}
