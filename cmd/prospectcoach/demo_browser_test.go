package main

import (
	"context"
	"fmt"
	"io"
	"net"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/chromedp/chromedp"
	"github.com/sirupsen/logrus"
)

// TestTheDemoInARealBrowser is a newcomer's first five minutes, in Chromium:
// what the demo promises is what its page does when somebody presses and types.
// With DEMO_SCREENSHOTS=dir it leaves a picture of every step there.
func TestTheDemoInARealBrowser(t *testing.T) {
	t.Parallel()
	b := openBrowser(t, demoAddress(t))

	b.waits("the tour", `$("#tour").innerText.includes("1 of 7")`)
	b.shoot("tour")
	b.press("#tour-next", "")
	b.press(".tour-line", "")
	b.waits("the tour's line in the message box", `$("#composer").value === "/prospect next jane"`)
	b.does(`$("#composer").value = ""`)
	b.press("#tour-close", "")
	b.sees("the morning's message", "9 due today", "Jane Doe, Acme Parcel")
	b.waits("the page to begin at what is new", `$(".new-line").getBoundingClientRect().top < 200`)
	b.shoot("nudge")

	b.types("/prospect add")
	b.waits("the form", `$("[role=dialog][data-callback-id=add]")`)
	for field, value := range map[string]string{"name": "Rosa Klein", "company": "Klein Logistik", "email": "rosa at klein", "research": "opened a depot in Kassel in January"} {
		b.fills(field, value)
	}
	b.press("#modal-submit", "")
	b.waits("the error at its field", `$("[data-block-id=email] .field-error")?.innerText.includes("no email address")`)
	b.shoot("form-error")
	b.fills("email", "rosa@klein.test")
	b.press("#modal-submit", "")
	b.waits("the outcome in the window", `$("[role=dialog]").innerText.includes("Added")`)
	b.shoot("form-done")
	b.press("[data-testid=modal-cancel], [data-testid=modal-close]", "")
	b.waits("the window to close", `!$("[role=dialog]")`)

	b.types("/prospect next rosa")
	b.sees("the suggestion", "Rosa Klein, Klein Logistik", "opened a depot in Kassel")
	first := b.text("#messages article:last-of-type")
	b.shoot("suggestion")
	b.press("#messages article:last-of-type button", "Another angle")
	b.waits("another angle", `$("#messages article:last-of-type").innerText.includes("Rosa") && $("#messages article:last-of-type").innerText.trim() !== `+quoted(first))
	b.shoot("another-angle")
	b.press("#messages article:last-of-type button", "Log it")
	b.sees("what was logged", "Logged: email to Rosa Klein", "Undo")
	b.shoot("logged")

	b.press("#clock-morning", "")
	b.waits("Tuesday's clock", `$("#clock-now").innerText.includes("Tue 3 Mar") && idle()`)
	b.waits("Tuesday's message", `[...document.querySelectorAll("#messages article")].at(-1).innerText.includes("due today")`)
	b.shoot("tuesday")
	b.press("#messages article:last-of-type [aria-label='More actions']", "")
	b.press("[role=menuitem]", "They replied")
	b.sees("the question what came of it", "What came of")
	b.shoot("replied")
	b.press("#messages article:last-of-type button", "Meeting")
	b.waits("the form for the day", `$("[role=dialog][data-callback-id=answer]")`)
	b.fills("day", "12 March")
	b.press("#modal-submit", "")
	b.waits("the outcome in the window", `$("[role=dialog]").innerText.includes("Thu 12 March")`)
	b.shoot("meeting")
	b.press("[data-testid=modal-close]", "")
	b.waits("the window to close", `!$("[role=dialog]")`)
	b.sees("the rest of the morning beside it", "due today", "Lena Fischer")

	b.press("#clock-friday", "")
	b.waits("Friday's clock", `$("#clock-now").innerText.includes("Fri 6 Mar 2026, 16:00") && idle()`)
	b.press("#sidebar .place[data-name=sales-team]", "")
	b.sees("the team's week", "week", "replies")
	b.waits("charts", `document.querySelectorAll("#messages article:last-of-type figure[data-chart] svg.chart").length > 0`)
	b.shoot("week")
	b.does(`$("#theme").click()`)
	b.shoot("week-dark")
	b.resize(420, 900)
	b.shoot("week-dark-narrow")
	b.press("#drawer", "")
	b.press("#sidebar .place[data-channel^=D]", "")
	b.sees("Ada's own conversation", "Rosa Klein")
	b.shoot("dm-dark-narrow")
	b.does(`$("#theme").click()`)
	b.shoot("dm-narrow")
	b.resize(1280, 900)

	b.does(`$("#act-as").value = "` + demoBen + `", $("#act-as").dispatchEvent(new Event("change"))`)
	b.waits("Ben's page", `$("#sidebar .me").innerText.includes("Ben Okafor") && idle()`)
	b.press("#sidebar .place[data-channel^=D]", "")
	b.waits("nothing of Ada's in what Ben sees", `idle() && !document.body.innerText.includes("Rosa Klein") && !document.body.innerText.includes("Acme Parcel")`)
	b.shoot("ben")

	b.does(`$("#act-as").value = "` + demoRuth + `", $("#act-as").dispatchEvent(new Event("change"))`)
	b.waits("Ruth's page", `$("#sidebar .me").innerText.includes("Ruth Castell") && idle()`)
	b.press("#sidebar .place[data-channel^=D]", "")
	b.press("#composer", "")
	b.run("naming somebody", chromedp.SendKeys(chromedp.CSS("#composer"), "list @ada"))
	b.waits("the offered name", `$(".complete:not([hidden]) [aria-selected=true]")`)
	b.run("taking the name and sending", chromedp.Steps(chromedp.KeyEvent("\r"), chromedp.KeyEvent("\r")))
	b.sees("Ada's list", "Ada Weber: ")
	b.shoot("manager")
	b.quiet()
}

// demoAddress opens the demo as the command does, on a free port.
func demoAddress(t *testing.T) string {
	t.Helper()
	listener, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	log := logrus.New()
	log.SetOutput(io.Discard)
	w, err := openDemo(t.Context(), time.Now, t.TempDir(), listener, log)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		if err := w.close(); err != nil {
			t.Errorf("closing the demo: %v", err)
		}
	})
	return "http://" + listener.Addr().String()
}

// browser is one page in Chromium and what it complained about.
type browser struct {
	*testing.T
	ctx   context.Context
	shots string

	mu         sync.Mutex
	complaints []string
}

func openBrowser(t *testing.T, address string) *browser {
	t.Helper()
	options := append(slices.Clone(chromedp.DefaultExecAllocatorOptions[:]),
		chromedp.ExecPath(chromium(t)), chromedp.NoSandbox, chromedp.DisableGPU,
		chromedp.Flag("disable-quic", true), chromedp.Flag("disable-component-update", true), chromedp.WindowSize(1280, 900))
	ctx, cancel := context.WithTimeout(context.Background(), 3*time.Minute)
	t.Cleanup(cancel)
	ctx, cancel = chromedp.NewExecAllocator(ctx, options...)
	t.Cleanup(cancel)
	ctx, cancel = chromedp.NewContext(ctx)
	t.Cleanup(cancel)
	b := &browser{T: t, ctx: ctx, shots: os.Getenv("DEMO_SCREENSHOTS")}
	messages := chromedp.Console(ctx)
	go func() {
		for m, err := range messages {
			if err != nil {
				return
			}
			if m.Type == chromedp.ConsoleError || m.Type == chromedp.ConsoleWarning || m.IsException() {
				b.mu.Lock()
				b.complaints = append(b.complaints, m.String())
				b.mu.Unlock()
			}
		}
	}()
	b.run("opening the page", chromedp.Steps(chromedp.EmulateViewport(1280, 900), chromedp.Navigate(address)))
	b.does(`new ReportingObserver((list) => list.forEach((r) => console.error("policy", JSON.stringify(r.body))), { types: ["csp-violation"], buffered: true }).observe()`)
	return b
}

// chromium is the browser's program. Under CI=true it must be there.
func chromium(t *testing.T) string {
	t.Helper()
	for _, name := range []string{"chromium", "chromium-browser", "google-chrome"} {
		if path, err := exec.LookPath(name); err == nil {
			return path
		}
	}
	const missing = "the demo was not tried in a browser: neither chromium, chromium-browser nor google-chrome is in PATH"
	if os.Getenv("CI") == "true" {
		t.Fatal(missing)
	}
	t.Skip(missing)
	return ""
}

func (b *browser) run(what string, steps ...chromedp.Action[chromedp.Void]) {
	b.Helper()
	if err := chromedp.Do(b.ctx, steps...); err != nil {
		b.Fatalf("%s: %v\nThe page:\n%s", what, err, b.text("body"))
	}
}

// words the conditions are written in.
const browserWords = `const $ = (s) => document.querySelector(s);
	const idle = () => document.documentElement.dataset.ready === "true" && document.documentElement.dataset.busy === "0";`

// waits until the condition holds.
func (b *browser) waits(what, condition string) {
	b.Helper()
	_, err := chromedp.Run(b.ctx, chromedp.PollFunction[bool](`() => {`+browserWords+`try { return Boolean(`+condition+`) } catch { return false } }`,
		chromedp.WithPollingInterval(20*time.Millisecond), chromedp.WithPollingTimeout(40*time.Second)))
	if err != nil {
		b.Fatalf("waiting for %s: %v\nThe page:\n%s", what, err, b.text("body"))
	}
}

// sees waits until the open conversation holds all of these words.
func (b *browser) sees(what string, all ...string) {
	b.Helper()
	conditions := []string{"idle()"}
	for _, w := range all {
		conditions = append(conditions, `$("#messages").innerText.includes(`+quoted(w)+`)`)
	}
	b.waits(what, strings.Join(conditions, " && "))
}

// does runs a statement in the page once it has nothing else to do.
func (b *browser) does(statement string) {
	b.Helper()
	b.waits("the page to be idle", "idle()")
	b.run(statement, void(chromedp.Evaluate[any](`(() => {`+browserWords+statement+`; return null })()`)))
}

func void[T any](a chromedp.Action[T]) chromedp.Action[chromedp.Void] {
	return func(ctx context.Context, t *chromedp.Target) (chromedp.Void, error) {
		_, err := a(ctx, t)
		return chromedp.Void{}, err
	}
}

// press clicks with the mouse on the first element of that selector and label
// that can be seen, where nothing else lies over it.
func (b *browser) press(selector, label string) {
	b.Helper()
	find := `const el = [...document.querySelectorAll(` + quoted(selector) + `)].find((x) => x.offsetParent && (!` + quoted(label) + ` || x.innerText.trim().split("\n")[0] === ` + quoted(label) + `));
		if (!el || !idle()) return null;
		if (el.getBoundingClientRect().top < 110 || el.getBoundingClientRect().bottom > innerHeight - 120) el.scrollIntoView({ block: "center" });
		const r = el.getBoundingClientRect(), x = r.left + r.width / 2, y = r.top + r.height / 2;
		return el.contains(document.elementFromPoint(x, y)) ? [x, y] : null;`
	at, err := chromedp.Run(b.ctx, chromedp.PollFunction[[]float64](`() => {`+browserWords+find+`}`,
		chromedp.WithPollingInterval(20*time.Millisecond), chromedp.WithPollingTimeout(20*time.Second)))
	if err != nil || len(at) != 2 {
		b.Fatalf("pressing %s %q: %v\nThe page:\n%s", selector, label, err, b.text("body"))
	}
	b.run("pressing "+selector+" "+label, chromedp.MouseClickXY(at[0], at[1]))
}

// types writes into the message box and sends it with Enter.
func (b *browser) types(line string) {
	b.Helper()
	b.press("#composer", "")
	b.run("typing "+line, chromedp.SendKeys(chromedp.CSS("#composer"), line+"\r"))
	b.waits("the message box to be empty", `idle() && $("#composer").value === ""`)
}

// fills replaces what stands in a field of the open form.
func (b *browser) fills(field, value string) {
	b.Helper()
	selector := "[role=dialog] [data-action-id=" + field + "]"
	b.does(`$(` + quoted(selector) + `).focus(); $(` + quoted(selector) + `).select()`)
	b.run("filling "+field, chromedp.KeyEvent(value))
	b.waits(field+" to be filled", `$(`+quoted(selector)+`).value === `+quoted(value))
}

func (b *browser) text(selector string) string {
	s, err := chromedp.Run(b.ctx, chromedp.Evaluate[string](`document.querySelector(`+quoted(selector)+`)?.innerText.trim() ?? ""`))
	if err != nil {
		return fmt.Sprintf("(cannot be read: %v)", err)
	}
	return s
}

func (b *browser) resize(width, height int64) {
	b.Helper()
	b.run("resizing", chromedp.EmulateViewport(width, height))
	b.waits("the new width", fmt.Sprintf("innerWidth === %d", width))
	b.waits("a page as wide as its window", "document.documentElement.scrollWidth <= innerWidth")
}

// shoot keeps a picture of the page if somebody asked for pictures.
func (b *browser) shoot(name string) {
	b.Helper()
	if b.shots == "" {
		return
	}
	b.waits("the page to be idle and still", `idle() && document.getAnimations().every((a) => a.playState !== "running")`)
	// Two frames later everything is painted.
	b.run("painting", void(chromedp.Evaluate[any](`new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(() => done(null))))`, chromedp.EvalAwaitPromise)))
	picture, err := chromedp.Run(b.ctx, chromedp.CaptureScreenshot())
	if err != nil {
		b.Fatal(err)
	}
	if err := os.MkdirAll(b.shots, 0o755); err != nil {
		b.Fatal(err)
	}
	if err := os.WriteFile(filepath.Join(b.shots, name+".png"), picture, 0o644); err != nil {
		b.Fatal(err)
	}
}

// quiet fails the test for every complaint of the page: errors, warnings,
// exceptions, violations of its content policy, notices of trouble.
func (b *browser) quiet() {
	b.Helper()
	b.waits("no notice of trouble", `!document.querySelector("[data-testid=toast]")`)
	b.mu.Lock()
	defer b.mu.Unlock()
	for _, c := range b.complaints {
		b.Errorf("the page complains: %s", c)
	}
}

func quoted(s string) string { return fmt.Sprintf("%q", s) }
