package localslack

import (
	"context"
	"errors"
	"fmt"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/slack-go/slack"
	"github.com/slack-go/slack/slackevents"
	"github.com/slack-go/slack/socketmode"
)

// app is a small bot on the unmodified slack-go client, so that the local Slack
// is held against a client that was written for the real one.
type app struct {
	client *socketmode.Client
}

func (o *office) run(t *testing.T, handle func(c *socketmode.Client, e socketmode.Event)) *app {
	t.Helper()
	ctx, cancel := context.WithCancel(context.Background())
	a := &app{client: socketmode.New(o.api)}
	ready, ended := make(chan struct{}), make(chan struct{})
	var once sync.Once
	go func() {
		defer close(ended)
		if err := a.client.RunContext(ctx); err != nil && !errors.Is(err, context.Canceled) {
			t.Error(err)
		}
	}()
	go func() {
		for {
			select {
			case <-ctx.Done():
				return
			case e := <-a.client.Events:
				switch e.Type {
				case socketmode.EventTypeHello:
					once.Do(func() { close(ready) })
				case socketmode.EventTypeErrorBadMessage:
					t.Errorf("slack-go cannot read %s", e.Data.(*socketmode.ErrorBadMessage).Message)
				case socketmode.EventTypeEventsAPI, socketmode.EventTypeInteractive, socketmode.EventTypeSlashCommand:
					handle(a.client, e)
				}
			}
		}
	}()
	t.Cleanup(func() { cancel(); <-ended })
	select {
	case <-ready:
	case <-time.After(5 * time.Second):
		t.Fatal("no hello")
	}
	return a
}

func must2[T any](t *testing.T) func(v T, err error) T {
	return func(v T, err error) T {
		t.Helper()
		if err != nil {
			t.Fatal(err)
		}
		return v
	}
}

func TestSlackGoRunsAWholeConversation(t *testing.T) {
	t.Parallel()
	o := newOffice(t)
	idle := make(chan struct{}, 100)
	o.SetIdle(func(ctx context.Context) {
		select {
		case <-idle:
		case <-ctx.Done():
		}
	})
	var got []string
	o.run(t, func(c *socketmode.Client, e socketmode.Event) {
		defer func() { idle <- struct{}{} }()
		switch d := e.Data.(type) {
		case slack.SlashCommand:
			got = append(got, d.Text)
			_ = c.Ack(*e.Request, map[string]any{"text": "you said " + d.Text})
			if d.Text == "add" {
				if _, err := o.api.OpenView(d.TriggerID, *formView("Add")); err != nil {
					t.Error(err)
				}
			}
		case slackevents.EventsAPIEvent:
			_ = c.Ack(*e.Request)
			if m, ok := d.InnerEvent.Data.(*slackevents.MessageEvent); ok && m.BotID == "" && m.SubType == "" {
				got = append(got, m.Text)
				button := slack.NewButtonBlockElement("go", "7", slack.NewTextBlockObject("plain_text", "Go", false, false))
				if _, _, err := o.api.PostMessage(m.Channel, slack.MsgOptionText("pick", false), slack.MsgOptionBlocks(
					slack.NewActionBlock("acts", button, slack.NewOptionsSelectBlockElement("static_select", nil, "sel",
						slack.NewOptionBlockObject("a", slack.NewTextBlockObject("plain_text", "Alpha", false, false), nil))))); err != nil {
					t.Error(err)
				}
			}
		case slack.InteractionCallback:
			_ = c.Ack(*e.Request)
			if d.Type == slack.InteractionTypeBlockActions {
				a := d.ActionCallback.BlockActions[0]
				got = append(got, a.ActionID+"="+a.Value+a.SelectedOption.Value)
				if err := slack.PostWebhook(d.ResponseURL, &slack.WebhookMessage{Text: "done", ReplaceOriginal: true}); err != nil {
					t.Error(err)
				}
			}
		}
	})
	ada := o.Person("ada")
	ok := must2[Result](t)

	r := ok(ada.In("sales").Command("/prospect log jane@acme.test"))
	if len(r.Shown) != 1 || r.Shown[0].EphemeralFor != "U1" || r.Shown[0].Channel != "C1" || r.Shown[0].Text != "you said log <mailto:jane@acme.test|jane@acme.test>" {
		t.Errorf("command showed %+v", r.Shown)
	}
	if len(o.Person("ben").Channel("sales").Messages) != 0 {
		t.Error("ben sees what only ada may see")
	}
	r = ok(ada.Say("", "hello"))
	<-idle // the app's own message came back to it
	m := r.Shown[0]
	if strings.Join(m.Labels(), ",") != "Go" || !o.Take(m) || o.Take(m) {
		t.Errorf("message %+v", m.Labels())
	}
	r = ok(ada.Click(m, "Go"))
	if r.Shown[0].TS != m.TS || r.Shown[0].Text != "done" || len(r.Shown[0].Blocks) != 0 {
		t.Errorf("after the click %+v", r.Shown)
	}
	<-idle // message_changed
	if _, err := ada.Click(m, "Go"); code(err) != "no_such_element" {
		t.Errorf("the old button still works: %v", err)
	}
	r = ok(ada.Command("/prospect add"))
	if r.View == nil || r.View.Title != "Add" {
		t.Fatalf("view %+v", r.View)
	}
	if r = ok(ada.Submit()); r.Errors["name"] != "Please complete this required field." {
		t.Errorf("empty form: %v", r.Errors)
	}
	if want := "log <mailto:jane@acme.test|jane@acme.test>; hello; go=7; add"; strings.Join(got, "; ") != want {
		t.Errorf("the app got %q, want %q", strings.Join(got, "; "), want)
	}
}

func TestSlackGoFillsAForm(t *testing.T) {
	t.Parallel()
	o := newOffice(t)
	o.run(t, func(c *socketmode.Client, e socketmode.Event) {
		d, ok := e.Data.(slack.InteractionCallback)
		if !ok {
			_ = c.Ack(*e.Request)
			return
		}
		var answer any
		if d.Type == slack.InteractionTypeViewSubmission {
			switch d.View.State.Values["name"]["v"].Value {
			case "bad":
				answer = slack.NewErrorsViewSubmissionResponse(map[string]string{"name": "Not that one."})
			case "wrong":
				answer = slack.NewErrorsViewSubmissionResponse(map[string]string{"nowhere": "x"})
			case "clear":
				answer = slack.NewClearViewSubmissionResponse()
			case "again":
				answer = slack.NewPushViewSubmissionResponse(formView("More"))
			case "update":
				answer = slack.NewUpdateViewSubmissionResponse(formView("Changed"))
			}
		}
		if d.Type == slack.InteractionTypeShortcut {
			if _, err := o.api.OpenView(d.TriggerID, *formView("Add")); err != nil {
				t.Error(err)
			}
		}
		if answer == nil {
			_ = c.Ack(*e.Request)
			return
		}
		_ = c.Ack(*e.Request, answer)
	})
	ada := o.Person("ada")
	ok := must2[Result](t)
	fill := func(name string) Result { ok(ada.Fill("Name", name)); return ok(ada.Submit()) }
	ok(ada.Shortcut("add"))
	if v := ada.View(); v == nil || v.Title != "Add" {
		t.Fatalf("view %+v", v)
	}
	if r := fill("bad"); r.Errors["name"] != "Not that one." || len(ada.Views()) != 1 {
		t.Errorf("errors %v", r.Errors)
	}
	ok(ada.Fill("Name", "wrong"))
	if _, err := ada.Submit(); code(err) != "view_submission_failed" || len(o.Violations()) != 1 {
		t.Errorf("errors for no field: %v %v", err, o.Violations())
	}
	if r := fill("update"); r.View.Title != "Changed" || dig(r.View.State["name"]["v"], "value") != "update" {
		t.Errorf("update %+v", r.View)
	}
	fill("again")
	fill("again")
	if n := len(ada.Views()); n != 3 {
		t.Errorf("%d views", n)
	}
	ok(ada.Fill("Name", "again"))
	if _, err := ada.Submit(); code(err) != "view_submission_failed" {
		t.Errorf("a fourth view: %v", err)
	}
	if fill("fine"); len(ada.Views()) != 2 {
		t.Errorf("an empty answer left %d views", len(ada.Views()))
	}
	if fill("clear"); len(ada.Views()) != 0 {
		t.Error("clear left views")
	}
}

func formView(title string) *slack.ModalViewRequest {
	return &slack.ModalViewRequest{Type: slack.VTModal, CallbackID: "form",
		Title: slack.NewTextBlockObject("plain_text", title, false, false), Submit: slack.NewTextBlockObject("plain_text", "Save", false, false),
		Blocks: slack.Blocks{BlockSet: []slack.Block{slack.NewInputBlock("name", slack.NewTextBlockObject("plain_text", "Name", false, false), nil, slack.NewPlainTextInputBlockElement(nil, "v"))}}}
}

func TestSlackGoReadsTheWebAPI(t *testing.T) {
	t.Parallel()
	o := newOffice(t)
	api := o.api
	who, err := api.AuthTest()
	if err != nil || who.UserID != "UBOT" || who.TeamID != "T1" || who.BotID == "" || !strings.Contains(who.Header.Get("X-OAuth-Scopes"), "chat:write") {
		t.Errorf("auth.test %+v %v", who, err)
	}
	users, err := api.GetUsers(slack.GetUsersOptionLimit(2))
	if err != nil || len(users) != 6 {
		t.Errorf("users.list: %d %v", len(users), err)
	}
	ada, err := api.GetUserInfo("U1")
	if err != nil || ada.TZ != "Europe/Berlin" || ada.TZOffset != 3600 {
		t.Errorf("users.info %+v %v", ada, err)
	}
	o.clock.move(180 * 24 * time.Hour)
	if ada, _ = api.GetUserInfo("U1"); ada.TZOffset != 7200 {
		t.Errorf("in summer the offset is %d", ada.TZOffset)
	}
	ch, _, _, err := api.OpenConversation(&slack.OpenConversationParameters{Users: []string{"U1"}})
	if err != nil || ch.ID != "D1" {
		t.Errorf("conversations.open %+v %v", ch, err)
	}
	meta := slack.SlackMetadata{EventType: "prospect_nudge", EventPayload: map[string]any{"key": "k1"}}
	var last string
	for i := range 5 {
		o.clock.move(time.Second)
		if _, last, err = api.PostMessage("U1", slack.MsgOptionText(fmt.Sprint("n", i), false), slack.MsgOptionMetadata(meta), slack.MsgOptionDisableLinkUnfurl(), slack.MsgOptionDisableMediaUnfurl()); err != nil {
			t.Fatal(err)
		}
	}
	if m := o.Person("ada").DM().Last(); m.UnfurlLinks || m.UnfurlMedia {
		t.Error("unfurl flags were lost")
	}
	h, err := api.GetConversationHistory(&slack.GetConversationHistoryParameters{ChannelID: "D1", Limit: 2, IncludeAllMetadata: true})
	if err != nil || len(h.Messages) != 2 || !h.HasMore || h.Messages[0].Text != "n4" || h.Messages[0].Metadata.EventPayload["key"] != "k1" {
		t.Fatalf("history %+v %v", h, err)
	}
	h, err = api.GetConversationHistory(&slack.GetConversationHistoryParameters{ChannelID: "D1", Limit: 2, Cursor: h.ResponseMetaData.NextCursor})
	if err != nil || h.Messages[0].Text != "n2" || h.Messages[0].Metadata.EventType != "prospect_nudge" || len(h.Messages[0].Metadata.EventPayload) != 0 {
		t.Errorf("second page %+v %v", h, err)
	}
	h, err = api.GetConversationHistory(&slack.GetConversationHistoryParameters{ChannelID: "D1", Oldest: last})
	if err != nil || len(h.Messages) != 0 {
		t.Errorf("oldest is exclusive: %+v %v", h, err)
	}
	h, err = api.GetConversationHistory(&slack.GetConversationHistoryParameters{ChannelID: "D1", Oldest: last, Inclusive: true})
	if err != nil || len(h.Messages) != 1 {
		t.Errorf("inclusive: %+v %v", h, err)
	}
	if _, _, _, err = api.UpdateMessage("D1", last, slack.MsgOptionText("changed", false)); err != nil {
		t.Error(err)
	}
	if _, _, err = api.PostMessage("D1", slack.MsgOptionText("reply", false), slack.MsgOptionTS(last)); err != nil {
		t.Error(err)
	}
	thread, _, _, err := api.GetConversationReplies(&slack.GetConversationRepliesParameters{ChannelID: "D1", Timestamp: last})
	if err != nil || len(thread) != 2 || thread[0].Text != "changed" || thread[0].ReplyCount != 1 || thread[1].Text != "reply" {
		t.Errorf("replies %+v %v", thread, err)
	}
	if link, err := api.GetPermalink(&slack.PermalinkParameters{Channel: "D1", Ts: last}); err != nil || !strings.HasPrefix(link, "https://northwind.slack.com/archives/D1/p") {
		t.Errorf("permalink %q %v", link, err)
	}
	if _, _, err = api.DeleteMessage("D1", last); err != nil {
		t.Error(err)
	}
	list, _, err := api.GetConversations(&slack.GetConversationsParameters{Types: []string{"public_channel", "private_channel"}, ExcludeArchived: true})
	if err != nil || len(list) != 3 {
		t.Errorf("conversations.list %d %v", len(list), err)
	}
	members, _, err := api.GetUsersInConversation(&slack.GetUsersInConversationParameters{ChannelID: "C1"})
	if err != nil || len(members) != 3 {
		t.Errorf("members %v %v", members, err)
	}
	if _, err = api.GetDNDTeamInfo([]string{"U1"}); err != nil {
		t.Error(err)
	}
	if _, err = api.GetDNDInfo(stringPtr("U1")); err != nil {
		t.Error(err)
	}
	groups, err := api.GetUserGroups()
	if err != nil || len(groups) != 1 {
		t.Errorf("groups %+v %v", groups, err)
	}
	in, err := api.GetUserGroupMembers("S1")
	if err != nil || len(in) != 1 {
		t.Errorf("group members %v %v", in, err)
	}
	home, err := api.PublishView("U1", slack.HomeTabViewRequest{Type: slack.VTHomeTab, Blocks: slack.Blocks{BlockSet: []slack.Block{slack.NewDividerBlock()}}}, "")
	if err != nil || home.ID == "" || o.Person("ada").Home().Hash != home.Hash {
		t.Errorf("views.publish %+v %v", home, err)
	}
	var slackErr slack.SlackErrorResponse
	_, _, err = api.PostMessage("C1", slack.MsgOptionBlocks(slack.NewSectionBlock(slack.NewTextBlockObject("mrkdwn", strings.Repeat("x", 3001), false, false), nil, nil)))
	if !errors.As(err, &slackErr) || slackErr.Err != "invalid_blocks" || !strings.Contains(strings.Join(slackErr.ResponseMetadata.Messages, ""), "[json-pointer:/blocks/0/text/text]") {
		t.Errorf("refusal as slack-go reads it: %+v", err)
	}
	o.Faults().RemoveScope("dnd:read")
	if _, err = api.GetDNDInfo(stringPtr("U1")); !errors.As(err, &slackErr) || slackErr.Err != "missing_scope" || slackErr.Needed != "dnd:read" || slackErr.Provided == "" {
		t.Errorf("missing scope: %+v", err)
	}
	if v := o.Violations(); len(v) != 0 {
		t.Errorf("violations %v", v)
	}
}

func stringPtr(s string) *string { return &s }

func TestSlackGoMovesFiles(t *testing.T) {
	t.Parallel()
	o := newOffice(t)
	ctx := context.Background()
	out, err := o.api.UploadFileContext(ctx, slack.UploadFileParameters{Filename: "out.csv", Title: "Out", Reader: strings.NewReader("a,b\n"), FileSize: 4, Channel: func() string { o.mu.Lock(); defer o.mu.Unlock(); c := o.dm("U1"); c.open = true; return c.ID }(), InitialComment: "here"})
	if err != nil || out.ID == "" {
		t.Fatalf("upload %+v %v", out, err)
	}
	m := o.Person("ada").DM().Last()
	if m.Text != "here" || len(m.Files) != 1 || m.Files[0].Title != "Out" {
		t.Errorf("message %+v", m)
	}
	if _, content, ok := o.FileContent(out.ID); !ok || string(content) != "a,b\n" {
		t.Errorf("content %q", content)
	}
	r, err := o.Person("ada").DropFile("", "100% #1?.csv", []byte("x,y\n"))
	if err != nil {
		t.Fatal(err)
	}
	info, _, _, err := o.api.GetFileInfo(r.Message.Files[0].ID, 0, 0)
	if err != nil || info.Mimetype != "text/csv" || info.Size != 4 {
		t.Fatalf("files.info %+v %v", info, err)
	}
	read := func() string {
		var b strings.Builder
		if err := o.api.GetFileContext(ctx, info.URLPrivateDownload, &b); err != nil {
			return err.Error()
		}
		return b.String()
	}
	if got := read(); got != "x,y\n" {
		t.Errorf("download %q", got)
	}
	o.Faults().RemoveScope("files:read")
	if got := read(); strings.Contains(got, "x,y") {
		t.Errorf("without the scope the file came: %q", got)
	}
}
