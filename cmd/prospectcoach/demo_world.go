package main

import (
	"time"

	"github.com/prospectcoach/prospectcoach/bot"
	"github.com/prospectcoach/prospectcoach/bot/localslack"
)

// The demo's workspace: a small company that checks freight invoices, three
// reps in three zones and their manager.
const (
	demoWorkspaceID = "T0HARBORLIN"
	demoBotUser     = "U0COACHBOT"
	demoAda         = "U0ADAWEBER"
	demoBen         = "U0BENOKAFOR"
	demoMei         = "U0MEITANAKA"
	demoRuth        = "U0RUTHCASTEL"
	demoChannel     = "C0SALESTEAM"
	demoCompany     = "Harborline"
	demoBotToken    = "xoxb-demo-local-slack" // known to nobody but the local Slack
	demoAppToken    = "xapp-demo-local-slack"
)

// demoStart is where the story begins: a Friday afternoon, so that the week
// that ends has its summary, and the Monday after it has something to decide.
var demoStart = time.Date(2026, time.February, 27, 15, 50, 0, 0, mustZone("Europe/Berlin"))

// demoMonday is where the newcomer comes in.
var demoMonday = time.Date(2026, time.March, 2, 9, 0, 0, 0, mustZone("Europe/Berlin"))

func mustZone(name string) *time.Location {
	zone, err := time.LoadLocation(name)
	if err != nil {
		panic(err) // the zones are in the binary
	}
	return zone
}

func demoUsers() []localslack.User {
	return []localslack.User{
		{ID: demoAda, Name: "ada", RealName: "Ada Weber", TZ: "Europe/Berlin", TeamID: demoWorkspaceID},
		{ID: demoBen, Name: "ben", RealName: "Ben Okafor", TZ: "America/New_York", TeamID: demoWorkspaceID},
		{ID: demoMei, Name: "mei", RealName: "Mei Tanaka", TZ: "Pacific/Auckland", TeamID: demoWorkspaceID},
		{ID: demoRuth, Name: "ruth", RealName: "Ruth Castell", TZ: "Europe/London", TeamID: demoWorkspaceID, Admin: true},
		{ID: demoBotUser, Name: "prospectcoach", RealName: "Prospectcoach", Bot: true, TeamID: demoWorkspaceID},
	}
}

// installed is the app as a workspace that pasted our manifest and allowed all
// of it has it. Stories take scopes away from it.
func installed(m bot.Manifest) localslack.App {
	app := localslack.App{
		ID: "A0COACHAPP", Name: m.Display.Name, BotUserID: demoBotUser, Description: m.Display.Description,
		Command: m.Features.SlashCommands[0].Command, UsageHint: m.Features.SlashCommands[0].UsageHint,
		Scopes: append(append([]string(nil), m.OAuthConfig.Scopes.Bot...), m.OAuthConfig.Scopes.Optional...),
		Events: m.Settings.Events.Bot, BotToken: demoBotToken, AppToken: demoAppToken,
		MessagesTab: m.Features.AppHome.Messages, HomeTab: m.Features.AppHome.Home, SocketMode: m.Settings.SocketMode,
	}
	for _, s := range m.Features.Shortcuts {
		app.Shortcuts = append(app.Shortcuts, localslack.Shortcut{Name: s.Name, Type: s.Type, CallbackID: s.CallbackID, Description: s.Description})
	}
	for _, c := range bot.Table().Commands {
		app.Subcommands = append(app.Subcommands, localslack.CommandHint{Word: c.Word, Hint: c.Args, Say: c.Help})
	}
	return app
}

// demoWorkspace is the local Slack's side of the demo.
func demoWorkspace(now func() time.Time) localslack.Options {
	return localslack.Options{
		Now: now, Team: localslack.Team{ID: demoWorkspaceID, Name: demoCompany, Domain: "harborline"}, Users: demoUsers(),
		Channels: []localslack.Channel{
			{ID: demoChannel, Name: "sales-team", Members: []string{demoAda, demoBen, demoMei, demoRuth, demoBotUser}},
			{ID: "C0GENERAL1", Name: "general", Members: []string{demoAda, demoBen, demoMei, demoRuth}},
		},
		App: installed(bot.BuildManifest("Prospectcoach", "/prospect")),
	}
}
