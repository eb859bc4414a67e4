package bot

import (
	"context"
	"errors"
	"fmt"
	"strings"
	"testing"
	"time"

	"github.com/slack-go/slack"

	"github.com/prospectcoach/prospectcoach/bot/localslack"
	"github.com/prospectcoach/prospectcoach/bot/view"
	"github.com/prospectcoach/prospectcoach/coach"
	"github.com/prospectcoach/prospectcoach/storage"
)

// withRoutes puts the test's own words, buttons and windows before the product's.
func withRoutes(r Routes) func(*Bot) {
	return func(b *Bot) {
		b.routes.Commands = append(append([]CommandRoute(nil), r.Commands...), b.routes.Commands...)
		b.routes.Clicks = append(append([]ClickRoute(nil), r.Clicks...), b.routes.Clicks...)
		b.routes.Forms = append(append([]FormRoute(nil), r.Forms...), b.routes.Forms...)
	}
}

func word(name string, do func(Command) (Reply, error)) Routes {
	return Routes{Commands: []CommandRoute{{Word: name, do: func(_ *Bot, _ context.Context, c Command) (Reply, error) { return do(c) }}}}
}

func TestACommandIsAnsweredWhereItWasTyped(t *testing.T) {
	t.Parallel()
	w := newWorld(t, monday(t, 10, 0), nil, withRoutes(word("zebra", func(c Command) (Reply, error) {
		return Say("heard " + c.Text + " on " + c.Now.Format("15:04")), nil
	})))
	ada := w.slack.Person("ada")
	for _, where := range []struct {
		name, channel string
		ephemeral     bool
	}{{"in a channel for the person alone", "C00000002", true}, {"in the DM as a message that stays", "", false}} {
		got, err := ada.In(where.channel).Command("/prospect ZEBRA “stripes”")
		if err != nil || len(got.Shown) == 0 {
			t.Fatalf("%s: %v, %v", where.name, got.Shown, err)
		}
		m := got.Shown[len(got.Shown)-1]
		if m.Text != `heard "stripes" on 10:00` || (m.EphemeralFor != "") != where.ephemeral {
			t.Errorf("%s: %q, ephemeral for %q", where.name, m.Text, m.EphemeralFor)
		}
	}
	got, err := ada.Say("", "zeb one two")
	if err != nil || len(got.Shown) == 0 || got.Shown[0].Text != "heard one two on 10:00" || got.Shown[0].EphemeralFor != "" {
		t.Errorf("the same words in the DM: %v, %v", got.Shown, err)
	}
}

// A message that cannot be drawn costs its own turn, not the program.
func TestAPanicOutsideAHandlerEndsNothing(t *testing.T) {
	t.Parallel()
	w := newWorld(t, monday(t, 10, 0), nil, withRoutes(word("zbroken", func(Command) (Reply, error) {
		return Show(view.Message{Text: "broken", Blocks: []slack.Block{nil}}), nil
	})))
	ada := w.slack.Person("ada")
	if _, err := ada.In("C00000002").Command("/prospect zbroken"); err != nil {
		t.Fatal(err)
	}
	got, err := ada.Command("/prospect help")
	if err != nil || len(got.Shown) == 0 {
		t.Errorf("after it: %v, %v", got.Shown, err)
	}
}

func TestErrorsBecomeWordsInOnePlace(t *testing.T) {
	t.Parallel()
	w := newWorld(t, monday(t, 10, 0), nil, withRoutes(Routes{Commands: []CommandRoute{
		{Word: "zproblem", do: func(*Bot, context.Context, Command) (Reply, error) {
			return Reply{}, coach.Problem("A date looks like 2026-03-02 <!channel>.")
		}},
		{Word: "zbroken", do: func(*Bot, context.Context, Command) (Reply, error) { return Reply{}, errors.New("secret detail") }},
		{Word: "zpanic", do: func(*Bot, context.Context, Command) (Reply, error) { panic("secret detail") }},
	}}))
	ada := w.slack.Person("ada").In("C00000002")
	for _, row := range []struct{ word, want string }{{"zproblem", "A date looks like"}, {"zbroken", "went wrong on our side"}, {"zpanic", "went wrong on our side"}} {
		got, err := ada.Command("/prospect " + row.word)
		if err != nil || len(got.Shown) != 1 {
			t.Fatalf("%s: %v, %v", row.word, got.Shown, err)
		}
		text := got.Shown[0].Text + string(got.Shown[0].Blocks)
		if !strings.Contains(text, row.want) || strings.Contains(text, "secret") || strings.Contains(got.Shown[0].Text, "<!channel>") {
			t.Errorf("%s is shown as %s", row.word, text)
		}
	}
}

// TestAccess is product section 5: who may use the bot, and what the others see.
func TestAccess(t *testing.T) {
	t.Parallel()
	var turns counter
	w := newWorld(t, monday(t, 10, 0), func(c *Config) { c.Settings.Reps = "C00000001" }, withRoutes(word("zebra", func(Command) (Reply, error) {
		turns.add()
		return Say("in"), nil
	})))
	for _, row := range []struct{ who, want string }{
		{"ada", "in"}, {"max", "in"}, {"guest", sayGuest}, {"far", sayStranger}, {"eve", sayNotRep},
	} {
		before := turns.get()
		got, err := w.slack.Person(row.who).In("C00000002").Command("/prospect zebra")
		if err != nil || len(got.Shown) != 1 || got.Shown[0].Text != row.want {
			t.Errorf("%s sees %v, %v; want %q", row.who, got.Shown, err, row.want)
		}
		if (turns.get() > before) != (row.want == "in") {
			t.Errorf("%s reached the handler: %v", row.who, turns.get() > before)
		}
	}
	for _, row := range []struct{ name, user, team string }{
		{"the bot itself", "UBOT", "T1"}, {"Slackbot", "USLACKBOT", "T1"}, {"somebody who left", "U3", "T1"}, {"another workspace", "U1", "T9"}, {"nobody", "", "T1"},
	} {
		if row.user == "U3" {
			deactivate(w, "U3")
		}
		got, err := w.bot.admit(context.Background(), row.user, row.team)
		if err != nil || got.ok {
			t.Errorf("%s is let in: %+v, %v", row.name, got, err)
		}
	}
}

func TestAFormIsAnsweredInItsAcknowledgement(t *testing.T) {
	t.Parallel()
	var turns counter
	form := func(title string) *slack.ModalViewRequest {
		return &slack.ModalViewRequest{
			Type: slack.VTModal, CallbackID: "zform", Title: slack.NewTextBlockObject("plain_text", title, false, false), Submit: slack.NewTextBlockObject("plain_text", "Save", false, false),
			Blocks: slack.Blocks{BlockSet: []slack.Block{slack.NewInputBlock("name", slack.NewTextBlockObject("plain_text", "Name", false, false), nil,
				slack.NewPlainTextInputBlockElement(nil, "text"))}},
		}
	}
	w := newWorld(t, monday(t, 10, 0), nil, withRoutes(Routes{
		Commands: []CommandRoute{{Word: "zopen", do: func(*Bot, context.Context, Command) (Reply, error) { return Reply{Open: form("First")}, nil }}},
		Forms: []FormRoute{{Callback: "zform", do: func(_ *Bot, _ context.Context, f Form) (Reply, error) {
			turns.add()
			switch name := f.State["name"]["text"].Value; name {
			case "wrong":
				return Reply{Errors: map[string]string{"name": "That is not a name."}}, nil
			case "broken":
				return Reply{}, errors.New("disk full")
			default:
				return Reply{Update: form("Saved"), Message: view.Say("kept " + name)}, nil
			}
		}}},
	}))
	ada := w.slack.Person("ada").In("C00000002")
	if _, err := ada.Command("/prospect zopen"); err != nil {
		t.Fatal(err)
	}
	submit := func(name string) localslack.Result {
		t.Helper()
		if _, err := ada.Fill("Name", name); err != nil {
			t.Fatal(err)
		}
		got, err := ada.Submit()
		if err != nil {
			t.Fatal(err)
		}
		return got
	}
	if got := submit("wrong"); got.Errors["name"] != "That is not a name." {
		t.Errorf("the error stands at %v", got.Errors)
	}
	if submit("broken"); len(ada.Views()) != 2 || ada.View().Title != "Not done" {
		t.Errorf("after a failure the screen shows %d windows", len(ada.Views()))
	}
	if _, err := ada.CloseView(); err != nil {
		t.Fatal(err)
	}
	if submit("Jane"); ada.View().Title != "Saved" || ada.DM().Last().Text != "kept Jane" {
		t.Errorf("after saving: window %q, DM %q", ada.View().Title, ada.DM().Last().Text)
	}
	if turns.get() != 3 {
		t.Errorf("the handler ran %d times", turns.get())
	}
}

func TestTheSameEnvelopeTwiceChangesNothingTwice(t *testing.T) {
	t.Parallel()
	var turns counter
	w := newWorld(t, monday(t, 10, 0), nil, nil)
	w.bot.routes.Commands = append(w.bot.routes.Commands, CommandRoute{Word: "zadd", do: func(b *Bot, ctx context.Context, c Command) (Reply, error) {
		turns.add()
		_, err := b.Store.Change(ctx, storage.Change{Key: c.Key, Rep: c.Rep.ID, Label: "nugget", At: c.Now}, func(tx *storage.Tx) error {
			return tx.AddNugget(&coach.Nugget{Kind: coach.NuggetStory, Text: "story"})
		})
		return Say("added"), err
	}})
	ada := w.slack.Person("ada")
	for i, say := range []func() error{
		func() error { _, err := ada.In("C00000002").Command("/prospect zadd"); return err },
		func() error { _, err := ada.Say("", "zadd"); return err },
	} {
		w.slack.Faults().DuplicateNext(1)
		if err := say(); err != nil {
			t.Fatal(err)
		}
		w.bot.Idle(context.Background())
		all, err := w.store.Nuggets(context.Background())
		if err != nil || len(all) != i+1 {
			t.Errorf("after %d: %d nuggets, %v (%d turns)", i, len(all), err, turns.get())
		}
	}
	if n := len(ada.DM().Messages); n > 3 {
		t.Errorf("the DM shows %d messages, an answer was repeated", n)
	}
}

func TestABurstIsTurnedAwayCalmlyAndNeverBlocksTheReader(t *testing.T) {
	t.Parallel()
	l := newLanes()
	hold, order := make(chan struct{}), make(chan int, laneLength)
	taken := 0
	l.put("U1", func() { <-hold })
	for i := range laneLength + 50 {
		if l.put("U1", func() { order <- i }) {
			taken++
		}
	}
	if taken < laneLength-1 || taken > laneLength {
		t.Errorf("%d of a burst were taken", taken)
	}
	if !l.put("U2", func() {}) {
		t.Error("one person's burst keeps another out")
	}
	close(hold)
	<-l.quiet()
	close(order)
	last := -1
	for i := range order {
		if i < last {
			t.Fatalf("%d came after %d", i, last)
		}
		last = i
	}
}

func TestAClickRedrawsItsMessageAndEditsAreIgnored(t *testing.T) {
	t.Parallel()
	var turns counter
	draw := func(text string) view.Message {
		return view.Message{Text: text, Blocks: []slack.Block{
			slack.NewSectionBlock(slack.NewTextBlockObject("plain_text", text, false, false), nil, nil),
			slack.NewActionBlock("", slack.NewButtonBlockElement("zpress:a", "7", slack.NewTextBlockObject("plain_text", "Press", false, false))),
		}}
	}
	w := newWorld(t, monday(t, 10, 0), nil, withRoutes(Routes{
		Commands: []CommandRoute{{Word: "zshow", do: func(*Bot, context.Context, Command) (Reply, error) { turns.add(); return Show(draw("before")), nil }}},
		Clicks: []ClickRoute{{Action: "zpress", do: func(_ *Bot, _ context.Context, c Click) (Reply, error) {
			return Redraw(draw(fmt.Sprintf("after %s %s", c.Tail, c.Value))), nil
		}}},
	}))
	ada := w.slack.Person("ada")
	said, err := ada.Say("", "zshow")
	if err != nil {
		t.Fatal(err)
	}
	if _, err := ada.Click(said.Shown[0], "Press"); err != nil {
		t.Fatal(err)
	}
	if m, ok := ada.Message(said.Shown[0]); !ok || m.Text != "after a 7" {
		t.Errorf("the clicked message reads %q", m.Text)
	}
	n := turns.get()
	if _, err := ada.Edit("", said.Message.TS, "zshow again"); err != nil {
		t.Fatal(err)
	}
	if turns.get() != n {
		t.Error("an edit was answered")
	}
}

// A DM message is taken up by one process after the other until one of them
// has answered it, however many die over it.
func TestAMessageIsTakenUpUntilSomebodyAnsweredIt(t *testing.T) {
	t.Parallel()
	w := newWorld(t, monday(t, 10, 0), nil, nil)
	ctx := context.Background()
	taken := func(retry int) bool {
		t.Helper()
		d := &delivery{b: w.bot, key: "event:Ev1", kind: "event", env: envelope{Retry: retry}}
		again, err := w.bot.repeated(ctx, d, w.now())
		if err != nil || d.begun == again {
			t.Errorf("retry %d: repeated %v, begun %v, %v", retry, again, d.begun, err)
		}
		return !again
	}
	for i, want := range []struct {
		retry int
		taken bool
	}{{0, true}, {0, false}, {1, true}, {2, true}, {3, true}} {
		if taken(want.retry) != want.taken {
			t.Errorf("step %d, retry %d: taken up %v", i, want.retry, !want.taken)
		}
	}
	if _, err := w.store.Seen(ctx, "event:Ev1"+finished, w.now()); err != nil {
		t.Fatal(err)
	}
	for retry := range 4 {
		if taken(retry) {
			t.Errorf("retry %d of a message that was answered is taken up again", retry)
		}
	}
}

// What was saved before a turn went wrong is named, and it is told although the
// turn's own time is over; only where nothing was changed it says so.
func TestWhatWasSavedIsToldThoughTheTurnWentWrong(t *testing.T) {
	t.Parallel()
	slow := func(label string, alters bool) func(*Bot, context.Context, Command) (Reply, error) {
		return func(b *Bot, ctx context.Context, c Command) (Reply, error) {
			if label != "nothing" {
				if _, err := b.Store.Change(ctx, storage.Change{Key: c.Key, Rep: c.Rep.ID, Label: label, At: c.Now}, func(tx *storage.Tx) error {
					r, err := tx.Rep(c.Rep.ID)
					if alters {
						r.Why += "more"
					}
					return err
				}); err != nil {
					return Reply{}, err
				}
			}
			<-ctx.Done()
			return Reply{}, ctx.Err()
		}
	}
	w := newWorld(t, monday(t, 10, 0), nil, withRoutes(Routes{Commands: []CommandRoute{
		{Word: "znone", do: slow("nothing", false)}, {Word: "zsaved", do: slow("set the why", true)}, {Word: "zpart", do: slow("", false)},
	}}))
	ada := w.slack.Person("ada")
	if _, err := ada.Say("", "help"); err != nil {
		t.Fatal(err)
	}
	row, err := w.store.Rep(context.Background(), "U1")
	if err != nil || row.DM == "" {
		t.Fatal(row.DM, err)
	}
	for i, c := range []struct{ word, want, not string }{
		{"znone", "nothing was changed", "Saved"},
		{"zsaved", "Saved: Set the why.", "nothing was changed"},
		{"zpart", "after a part of it was saved", "nothing was changed"},
	} {
		w.move(w.now().Add(time.Minute))
		ctx, over := context.WithTimeout(context.Background(), 300*time.Millisecond)
		w.bot.handle(ctx, &delivery{b: w.bot, kind: "command", name: "command", user: "U1", team: "T1", key: fmt.Sprint("command:", i),
			slash: &slack.SlashCommand{UserID: "U1", TeamID: "T1", ChannelID: row.DM, Command: "/prospect", Text: c.word}})
		over()
		list := ada.DM().Messages
		got := list[len(list)-1]
		if text := got.Text + string(got.Blocks); !strings.Contains(text, c.want) || strings.Contains(text, c.not) {
			t.Errorf("%s is answered with %s", c.word, text)
		}
	}
}
