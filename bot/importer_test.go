package bot

import (
	"context"
	"encoding/csv"
	"fmt"
	"net/http"
	"net/http/httptest"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/slack-go/slack"

	"github.com/prospectcoach/prospectcoach/bot/localslack"
	"github.com/prospectcoach/prospectcoach/bot/view"
	"github.com/prospectcoach/prospectcoach/coach"
	"github.com/prospectcoach/prospectcoach/storage"
)

// newDrop is a world in which the app may read and post files.
func newDrop(t *testing.T) *talk {
	t.Helper()
	k := newTalk(t, monday(t, 10, 0))
	k.w.slack.Faults().GrantScope("files:read")
	k.w.slack.Faults().GrantScope("files:write")
	k.reboot()
	return k
}

// reboot stops the program and starts it again on the same store.
func (k *talk) reboot() {
	k.t.Helper()
	k.w.halt()
	k.w.boot()
}

func (k *talk) drops(name, content string) *talk {
	k.t.Helper()
	return k.got(k.p.DropFile("", name, []byte(content)))
}

func (k *talk) total(owner string) int {
	k.t.Helper()
	_, n, err := k.w.store.List(context.Background(), storage.ListQuery{Owner: owner})
	if err != nil {
		k.t.Fatal(err)
	}
	return n
}

const leads = "Full Name;Account;Job Title;E-mail;Phone;Lead Source\r\n" +
	"Jane Doe;Acme;CFO;jane@acme.test;+49 341 1234567;Web\r\n" +
	"Bo Ek;Beta <!channel>;CEO;bo@beta.test;;Web\r\n" +
	"Cy Oh;;CTO;cy@gamma.test;;Fair\r\n" +
	"J. Doe;Acme;;JANE@acme.test;;Fair\r\n"

func TestADroppedCSVIsShownThenImportedThenUndone(t *testing.T) {
	t.Parallel()
	k := newDrop(t)
	k.drops("leads.csv", leads).sees("leads.csv: 4 rows", "2 are new", "1 stands in the file twice", "1 row is left out", "line 4: A company is missing",
		"Name from “Full Name”", "Company from “Account”", "Left out: “Lead Source”", "Jane Doe, Acme", "Beta &lt;!channel&gt;")
	if n := k.total(""); n != 0 {
		t.Fatalf("%d written before anybody said so", n)
	}
	k.presses("Import the new, skip the others").sees("Imported 2 prospects from leads.csv", "1 row was left out")
	if n := k.total("U1"); n != 2 {
		t.Fatalf("%d imported", n)
	}
	if p := k.life(1); p.State != coach.Waiting || p.Due != 0 || p.Name != "Jane Doe" {
		t.Errorf("C11: imported as %+v", p)
	}
	k.leftOut("Cy Oh", "A company is missing")
	preview := k.p.DM()
	k.drops("leads again.csv", leads).sees("You imported this very file today")
	k.types("list waiting").sees("Jane Doe, Acme", "Bo Ek")
	k.types("undo").sees("Taken back: imported 2 prospects from leads.csv")
	if n := k.total(""); n != 0 {
		t.Fatalf("%d left after undo", n)
	}
	k.drops("leads.csv", leads).sees("2 are new")
	k.presses("Cancel").sees("nothing was imported")
	if len(preview.Messages) == 0 || k.total("") != 0 {
		t.Error("cancelled, and yet something is there")
	}
}

// leftOut looks into the file that came back.
func (k *talk) leftOut(want ...string) {
	k.t.Helper()
	for _, m := range k.p.DM().Messages {
		for _, f := range m.Files {
			_, data, ok := k.w.slack.FileContent(f.ID)
			if !ok || !strings.Contains(f.Name, "left out") {
				continue
			}
			rows, err := csv.NewReader(strings.NewReader(strings.TrimPrefix(string(data), byteOrderMark))).ReadAll()
			if err != nil || len(rows) != 2 || rows[0][len(rows[0])-1] != "reason" {
				k.t.Fatalf("handed back %q, %v", rows, err)
			}
			for _, w := range want {
				if !strings.Contains(strings.Join(rows[1], "|"), w) {
					k.t.Errorf("%q is not in %q", w, rows[1])
				}
			}
			return
		}
	}
	k.t.Error("no file came back")
}

func TestDuplicatesAreFilledInOrSkipped(t *testing.T) {
	t.Parallel()
	k := newDrop(t)
	k.types("add Jane Doe, Acme email:jane@acme.test starts:today").sees("Added #1")
	eve := &talk{t: t, w: k.w, p: k.w.slack.Person("eve")}
	eve.types("add Bo Ek, Beta email:bo@beta.test").sees("Added #2")
	file := "Name,Company,Title,Email,Phone,Research\nJane Doe,Acme,CFO,jane@acme.test,+49 341 1234567,opened a hub\nBo Ek,Beta,CEO,bo@beta.test,,\nNew One,Gamma,CTO,new@gamma.test,,\n"
	k.drops("a.csv", file).sees("1 is new", "1 is yours already", "1 is pursued by Eve Other")
	if strings.Contains(k.said(), "#2") {
		t.Error("more than the owner's name of a colleague's prospect")
	}
	k.presses("Import the new, fill in the others").sees("Imported 1 prospect", "Filled in what was missing for 1 prospect")
	p := k.life(1)
	if p.Title != "CFO" || p.Phone == "" || len(p.Facts) != 1 || p.State != coach.Active {
		t.Errorf("filled in as %+v", p)
	}
	if bo := k.life(2); bo.Title != "" || bo.Owner != "U6" {
		t.Errorf("a colleague's was touched: %+v", bo)
	}
	k.types("undo").sees("Taken back")
	if p := k.life(1); p.Title != "" || p.Phone != "" || len(p.Facts) != 0 || k.total("U1") != 1 {
		t.Errorf("after undo %+v", p)
	}
}

// V5: somebody who asked not to be contacted does not come in by a file.
func TestV5_AFileBringsNobodyBackWhoAskedNotToBeContacted(t *testing.T) {
	t.Parallel()
	k := newDrop(t)
	k.types(addJane)
	k.types("replied 1 dnc")
	eve := &talk{t: t, w: k.w, p: k.w.slack.Person("eve")}
	eve.drops("a.csv", "Name,Company,Email\nJ D,Other,jane@acme.test\n").sees("1 asked not to be contacted", "Nobody in it is new")
	if n := eve.total("U6"); n != 0 {
		t.Errorf("%d came in", n)
	}
}

// A preview outlives a restart: its buttons carry what is needed to read the
// file again.
func TestAPreviewSurvivesARestart(t *testing.T) {
	t.Parallel()
	k := newDrop(t)
	k.drops("leads.csv", leads)
	shown := k.last
	k.reboot()
	k.last = shown
	k.presses("Import the new, skip the others").sees("Imported 2 prospects")
}

func TestWrongLettersAreReadAnew(t *testing.T) {
	t.Parallel()
	k := newDrop(t)
	mac := "Name,Company,Email\nJ\x9arg M\x9fller,Acme,joerg@acme.test\n"
	k.drops("mac.csv", mac).sees("1 is new")
	at := slices.IndexFunc(k.last.Shown, func(m localslack.Message) bool { return strings.Contains(string(m.Blocks), `"importas"`) })
	if at < 0 {
		t.Fatal("no choice of encodings")
	}
	k.got(k.p.Choose(k.last.Shown[at], "importas", "Western Europe (old Mac)")).sees("Jörg Müller")
	k.presses("Import 1").sees("Imported 1 prospect")
	if p := k.life(1); p.Name != "Jörg Müller" {
		t.Errorf("imported as %q", p.Name)
	}
}

// A rep whom only the command line has named is known by name soon after.
func TestARepOfTheCommandLineIsAskedForAtTheNextBeat(t *testing.T) {
	t.Parallel()
	k := newTalk(t, monday(t, 10, 0))
	k.w.tick(monday(t, 10, 1)) // the day's look at the users is over
	if _, err := k.w.bot.ImportFile(context.Background(), "U6", "x.csv", []byte("name,company\nJane Doe,Acme\n"), false, nil); err != nil {
		t.Fatal(err)
	}
	k.w.tick(monday(t, 10, 2))
	if row, err := k.w.store.Rep(context.Background(), "U6"); err != nil || row.Name != "Eve Other" {
		t.Errorf("the rep is called %q, %v", row.Name, err)
	}
}

// What was guessed wrongly is put right in a window, and the preview redrawn.
func TestColumnsAreChosenWhereTheGuessIsWrong(t *testing.T) {
	t.Parallel()
	k := newDrop(t)
	k.drops("odd.csv", "Wer,Firma,Was,Post\nJane Doe,Acme,CFO,jane@acme.test\nBo Ek,Beta,CEO,bo@beta.test\n").sees("2 rows are left out", "A name is missing")
	preview := k.last.Shown[slices.IndexFunc(k.last.Shown, func(m localslack.Message) bool { return strings.Contains(string(m.Blocks), `"importas"`) })]
	k.presses("Columns")
	if v := k.p.View(); v == nil || !strings.Contains(string(v.Blocks), "Wer: Jane Doe") {
		t.Fatalf("the window is %+v", v)
	}
	r, err := k.p.Submit()
	if err != nil || r.Errors["column_n"] == "" {
		t.Fatalf("without a name: %v, %v", r.Errors, err)
	}
	for label, choice := range map[string]string{"Name": "Wer: Jane Doe", "Title": "Was: CFO", "Email": "Post: jane@acme.test"} {
		if _, err := k.p.Fill(label, choice); err != nil {
			t.Fatal(err)
		}
	}
	if r, err = k.p.Submit(); err != nil || len(r.Errors) > 0 {
		t.Fatal(r.Errors, err)
	}
	now, _ := k.p.Message(preview)
	k.got(localslack.Result{Shown: []localslack.Message{now}}, nil).sees("2 are new", "Name from “Wer”", "Title from “Was”", "Jane Doe, Acme · CFO · jane@acme.test")
	k.presses("Import 2").sees("Imported 2 prospects")
	if p := k.life(1); p.Name != "Jane Doe" || p.Company != "Acme" || p.Title != "CFO" || p.Email != "jane@acme.test" {
		t.Errorf("imported as %+v", p)
	}
	k.types("next 1").sees("Begun with Jane Doe") // looking costs no undo
	k.types("undo").sees("Taken back: imported 2 prospects")
	if k.total("") != 0 {
		t.Error("not taken back")
	}
}

func TestFilesThatCannotBeReadGetOneLine(t *testing.T) {
	t.Parallel()
	k := newDrop(t)
	k.drops("leads.xlsx", "PK\x03\x04").sees("I read CSV", "Save as")
	k.drops("leads.csv", "").sees("no rows")
	k.drops("big.csv", "Name,Company\n"+strings.Repeat("x", importBytes)).sees("larger than 10 MB")
	k.types("import").sees("Drop a CSV file into our direct message")
	k.w.slack.Faults().RemoveScope("files:read")
	k.drops("leads.csv", leads).sees("files:read")
}

func TestExportGivesEverythingAsAFile(t *testing.T) {
	t.Parallel()
	k := newDrop(t)
	k.types("export").sees("nothing to export")
	k.types(addJane)
	k.types("log 1 email homework =HYPERLINK(\"http://evil.test\")")
	k.types("export")
	var rows [][]string
	for _, m := range k.p.DM().Messages {
		for _, f := range m.Files {
			_, data, _ := k.w.slack.FileContent(f.ID)
			var err error
			if rows, err = csv.NewReader(strings.NewReader(strings.TrimPrefix(string(data), byteOrderMark))).ReadAll(); err != nil {
				t.Fatal(err)
			}
		}
	}
	if len(rows) != 4 || rows[1][2] != "Jane Doe" || rows[2][0] != "fact" || rows[3][0] != "touch" || !strings.Contains(strings.Join(rows[3], "|"), "|'=HYPERLINK") {
		t.Fatalf("exported %q", rows)
	}
	k.w.slack.Faults().RemoveScope("files:read")
	k.w.slack.Faults().RemoveScope("files:write")
	k.reboot()
	k.types("export").sees("prospectcoach export --rep U1")
	k.types("import").sees("prospectcoach import FILE --rep")
}

// 20,000 rows come in while others are answered, all at once at the end.
func TestTwentyThousandRowsKeepNobodyWaiting(t *testing.T) {
	t.Parallel()
	k := newDrop(t)
	rows := importRows
	if underRace {
		rows = 1600 // eight transactions
	}
	all := view.Thousands(rows)
	var file strings.Builder
	file.WriteString("Name,Company,Title,Email,Phone\n")
	for i := range rows {
		fmt.Fprintf(&file, "Jane Doe %d,Acme %d,CFO,jane%d@acme.test,+49 341 %07d\n", i, i%3000, i, i)
	}
	start := time.Now()
	k.drops("many.csv", file.String()).sees(all+" rows", all+" are new")
	t.Logf("preview of %d rows in %s", rows, time.Since(start).Round(time.Millisecond))
	eve := &talk{t: t, w: k.w, p: k.w.slack.Person("eve")}
	eve.types("add Bo Ek, Beta starts:today").sees("Added")
	k.w.slack.SetIdle(nil) // from here on nobody waits for what the bot still does
	start = time.Now()
	k.presses("Import " + all)
	var worst time.Duration
	answered, progress := 0, ""
	for k.total("U1") == 0 {
		k.w.move(k.w.now().Add(2 * time.Second))
		before := time.Now()
		fact := fmt.Sprint("fact ", answered)
		if _, err := eve.p.In("random").Command("/prospect note 1 research: " + fact); err != nil {
			t.Fatal(err)
		}
		k.w.until("a colleague's change", func() bool { return len(k.life(1).Facts) > answered })
		worst = max(worst, time.Since(before))
		answered++
		for _, m := range k.p.DM().Messages {
			if strings.HasPrefix(m.Text, "Importing many.csv: ") {
				progress = m.Text
			}
		}
	}
	t.Logf("imported %d rows in %s; a colleague changed something %d times meanwhile, the slowest took %s", rows, time.Since(start).Round(time.Millisecond), answered, worst.Round(time.Millisecond))
	if n := k.total("U1"); n != rows {
		t.Fatalf("%d at once, not all or nothing", n)
	}
	if answered == 0 || !strings.Contains(progress, " of "+all+".") {
		t.Errorf("%d answers to a colleague; the message told %q", answered, progress)
	}
	k.w.until("the outcome", func() bool {
		return slices.ContainsFunc(k.p.DM().Messages, func(m localslack.Message) bool { return strings.HasPrefix(m.Text, "Imported "+all+" prospects") })
	})
	k.w.slack.SetIdle(k.w.bot.Idle)
	k.types("list waiting").sees(fmt.Sprint(rows) + " prospects waiting")
	start = time.Now()
	k.types("undo").sees("Taken back: imported " + all + " prospects")
	t.Logf("undone in %s", time.Since(start).Round(time.Millisecond))
	if n := k.total("U1"); n != 0 {
		t.Errorf("%d left", n)
	}
}

// The token goes to Slack's own file host, or where the operator points, and
// nowhere else; redirects are not followed.
func TestTheTokenGoesToSlacksFileHostOnly(t *testing.T) {
	t.Parallel()
	b := &Bot{Config: Config{APIURL: "http://127.0.0.1:8085/api/"}}
	for address, ok := range map[string]bool{
		"https://files.slack.com/files-pri/T1-F1/download/a.csv": true,
		"http://127.0.0.1:8085/files/T1-F1/a.csv":                true,
		"http://files.slack.com/a.csv":                           false,
		"https://files.slack.com.evil.test/a.csv":                false,
		"https://files.slack.com@evil.test/a.csv":                false,
		"https://user@files.slack.com/a.csv":                     false,
		"https://127.0.0.1:8085/a.csv":                           false,
		"http://127.0.0.1:9/a.csv":                               false,
		"https://docs.google.com/a.csv":                          false,
		"":                                                       false,
		"file:///etc/passwd":                                     false,
	} {
		if err := b.mayHaveToken(address); (err == nil) != ok {
			t.Errorf("%s: %v", address, err)
		}
	}
	if err := (&Bot{}).mayHaveToken("http://127.0.0.1:8085/a.csv"); err == nil {
		t.Error("without SLACK_API_URL only Slack's own host counts")
	}

	reached := false
	away := httptest.NewServer(http.HandlerFunc(func(http.ResponseWriter, *http.Request) { reached = true }))
	t.Cleanup(away.Close)
	answer := ""
	host := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		switch r.URL.Path {
		case "/redirect":
			http.Redirect(w, r, away.URL, http.StatusFound)
		case "/page":
			_, _ = w.Write([]byte("  <!DOCTYPE html><html>"))
		case "/big":
			_, _ = w.Write(make([]byte, importBytes+1))
		default:
			_, _ = w.Write([]byte(answer))
		}
	}))
	t.Cleanup(host.Close)
	b = &Bot{Config: Config{APIURL: host.URL + "/api/", BotToken: "xoxb-1", HTTP: host.Client()}}
	for path, want := range map[string]string{"/redirect": "files:read", "/page": "files:read", "/big": "10 MB"} {
		if _, err := b.download(context.Background(), slack.File{URLPrivate: host.URL + path}); err == nil || !strings.Contains(err.Error(), want) {
			t.Errorf("%s: %v", path, err)
		}
	}
	if reached {
		t.Error("a redirect was followed")
	}
}

// A zone is read in a file as it is in a form: a city alone will do, and a
// wrong one costs nobody the row.
func TestImportReadsAZoneAsTheFormDoes(t *testing.T) {
	t.Parallel()
	k := newTalk(t, monday(t, 10, 0))
	k.types(addJane)
	file := "name,company,email,time zone\nAnn Lee,Beta,ann@beta.test,Berlin\nBo Ek,Gamma,bo@gamma.test,new york\nCy Oh,Delta,cy@delta.test,Asia/Tokyo\nDi Om,Eta,di@eta.test,Mars/Base\n"
	if done, err := k.w.bot.ImportFile(context.Background(), k.p.ID(), "zones.csv", []byte(file), false, nil); err != nil || done.Added != 4 {
		t.Fatalf("%+v, %v", done, err)
	}
	for id, want := range map[int64]string{2: "Europe/Berlin", 3: "America/New_York", 4: "Asia/Tokyo", 5: ""} {
		if got := k.life(id).Zone; got != want {
			t.Errorf("prospect %d is in %q, want %q", id, got, want)
		}
	}
}
