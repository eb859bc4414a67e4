package bot

import (
	"slices"
	"strings"
)

// Manifest is what Slack asks for when an app is created from a manifest. It
// is made from the routes and the scopes, so that it names what is in use.
type Manifest struct {
	Metadata    ManifestMetadata    `json:"_metadata"`
	Display     ManifestDisplay     `json:"display_information"`
	Features    ManifestFeatures    `json:"features"`
	OAuthConfig ManifestOAuthConfig `json:"oauth_config"`
	Settings    ManifestSettings    `json:"settings"`
}

// ManifestMetadata says which shape of manifest this is.
type ManifestMetadata struct {
	Major int `json:"major_version"`
	Minor int `json:"minor_version"`
}

// ManifestDisplay is how the app shows in Slack's lists.
type ManifestDisplay struct {
	Name            string `json:"name"`             // at most 35 characters
	Description     string `json:"description"`      // at most 140
	LongDescription string `json:"long_description"` // 175 to 4,000
	BackgroundColor string `json:"background_color"`
}

// ManifestFeatures are the places where the app shows.
type ManifestFeatures struct {
	AppHome struct {
		Home     bool `json:"home_tab_enabled"`
		Messages bool `json:"messages_tab_enabled"`
		ReadOnly bool `json:"messages_tab_read_only_enabled"`
	} `json:"app_home"`
	BotUser struct {
		Name   string `json:"display_name"`
		Online bool   `json:"always_online"`
	} `json:"bot_user"`
	Shortcuts     []ManifestShortcut `json:"shortcuts"`
	SlashCommands []ManifestCommand  `json:"slash_commands"`
}

// ManifestShortcut is an entry of Slack's own menus.
type ManifestShortcut struct {
	Name        string `json:"name"`
	Type        string `json:"type"`
	CallbackID  string `json:"callback_id"`
	Description string `json:"description"`
}

// ManifestCommand is the slash command.
type ManifestCommand struct {
	Command     string `json:"command"`
	Description string `json:"description"`
	UsageHint   string `json:"usage_hint"`
	Escape      bool   `json:"should_escape"`
}

// ManifestOAuthConfig lists the scopes.
type ManifestOAuthConfig struct {
	Scopes struct {
		Bot      []string `json:"bot"`
		Optional []string `json:"bot_optional"`
	} `json:"scopes"`
}

// ManifestSettings switch on what the bot needs.
type ManifestSettings struct {
	Events struct {
		Bot []string `json:"bot_events"`
	} `json:"event_subscriptions"`
	Interactivity struct {
		Enabled bool `json:"is_enabled"`
	} `json:"interactivity"`
	OrgDeploy  bool `json:"org_deploy_enabled"`
	SocketMode bool `json:"socket_mode_enabled"`
	Rotation   bool `json:"token_rotation_enabled"`
}

// BuildManifest makes the manifest of an app with that name and slash command.
func BuildManifest(name, slash string) Manifest {
	var m Manifest
	m.Metadata = ManifestMetadata{Major: 1, Minor: 1}
	m.Display = ManifestDisplay{
		Name:        name,
		Description: "Coaches you through prospects who do not answer: who is due, a fresh reason to get in touch, and when to move on.",
		LongDescription: "Keeps each rep's prospects and sends one direct message in the morning: who is due today, on which channel, and a fresh " +
			"reason to get in touch, with a draft ready to copy. It never suggests the same thing twice, keeps the rhythm that fits the person " +
			"and the purchase, and says, with evidence, when it is time to move on. A weekly summary goes to the team's channel. " +
			"It runs on your own machine; nothing leaves it but calls to Slack.",
		BackgroundColor: "#1f4d3f",
	}
	m.Features.AppHome.Home, m.Features.AppHome.Messages = true, true
	m.Features.BotUser.Name, m.Features.BotUser.Online = strings.ToLower(name), true
	routes := Table()
	for _, s := range routes.Shortcuts {
		m.Features.Shortcuts = append(m.Features.Shortcuts, ManifestShortcut{Name: s.Name, Type: s.Type, CallbackID: s.Callback, Description: s.Help})
	}
	m.Features.SlashCommands = []ManifestCommand{{
		Command: slash, Description: "Your prospects: who is due, what to say, when to move on", UsageHint: "[add | next | log | replied | snooze | help]", Escape: true,
	}}
	for _, s := range Scopes() {
		if s.Optional {
			m.OAuthConfig.Scopes.Optional = append(m.OAuthConfig.Scopes.Optional, s.Name)
		} else {
			m.OAuthConfig.Scopes.Bot = append(m.OAuthConfig.Scopes.Bot, s.Name)
		}
	}
	for _, e := range routes.Events {
		event := e.Type
		if event == "message" {
			event = "message.im" // in the DM with the bot only
		}
		m.Settings.Events.Bot = append(m.Settings.Events.Bot, event)
	}
	slices.Sort(m.Settings.Events.Bot)
	m.Settings.Interactivity.Enabled, m.Settings.SocketMode = true, true
	return m
}
