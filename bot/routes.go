package bot

import (
	"context"
	"strings"

	"github.com/prospectcoach/prospectcoach/bot/view"
)

// Routes is the table of contents: everything a person can do has a line here.
// The manifest and the help are made from it, and a test compares them.
type Routes struct {
	Commands  []CommandRoute
	Clicks    []ClickRoute
	Forms     []FormRoute
	Shortcuts []ShortcutRoute
	Events    []EventRoute

	Dropped func(*Bot, context.Context, Command) (Reply, error) // a file dropped into the DM; nil while nothing reads files
}

// CommandRoute is one word after the slash command. First ones are shown by
// help without a word.
type CommandRoute struct {
	Word    string
	Args    string // as help shows them: "REF WHEN"
	Help    string // one line: what it does
	Example string // without the slash command: "snooze 12 fri"
	Group   string // heading of help all that begins with this word, "" for none
	First   bool   // among the six that help shows first
	Looks   bool   // changes nothing: neither the Home nor the outbox has to follow
	do      func(*Bot, context.Context, Command) (Reply, error)
}

// ClickRoute is one action id; a clicked id may go on after a ":".
type ClickRoute struct {
	Action string
	do     func(*Bot, context.Context, Click) (Reply, error)
}

// FormRoute is one callback id of a window.
type FormRoute struct {
	Callback string
	do       func(*Bot, context.Context, Form) (Reply, error)
}

// ShortcutRoute is one entry of Slack's menus. Type is "global" or "message".
type ShortcutRoute struct {
	Callback string
	Type     string
	Name     string // at most 24 characters
	Help     string
	do       func(*Bot, context.Context, Shortcut) (Reply, error)
}

// EventRoute is one subscribed event. Scope is what it needs, "" for none.
// Events of a person pass the access check like everything else; the others
// are the workspace's own and carry no rep.
type EventRoute struct {
	Type    string
	Scope   string
	Private bool // a person's own: passes the access check first
	do      func(*Bot, context.Context, Event) (Reply, error)
}

// Table makes the routes.
func Table() Routes {
	return Routes{
		Commands:  commandRoutes(),
		Clicks:    clickRoutes(),
		Forms:     formRoutes(),
		Shortcuts: shortcutRoutes(),
		Dropped:   (*Bot).dropped,
		Events: []EventRoute{
			{Type: "app_home_opened", Private: true, do: (*Bot).homeOpened},
			{Type: "message", Scope: "im:history", Private: true, do: nil}, // message.im: see dispatch.go, it becomes a Command
			{Type: "member_joined_channel", Scope: "channels:read", do: (*Bot).joinedChannel},
			{Type: "user_change", Scope: "users:read", do: (*Bot).userChanged},
			{Type: "app_uninstalled", do: (*Bot).uninstalled},
			{Type: "tokens_revoked", do: (*Bot).uninstalled},
		},
	}
}

// Commands: one line per word, in the order of help all.
func commandRoutes() []CommandRoute {
	return []CommandRoute{
		{Word: "add", Group: "Every day", Args: "[NAME, COMPANY[, TITLE] key:value …]", Help: "Adds a prospect; alone it opens the form.", Example: "add Jane Doe, Acme, CFO email:jane@acme.test", First: true, do: (*Bot).add},
		{Word: "next", Args: "[REF]", Help: "What to say next, on which channel, and why.", Example: "next", First: true, do: (*Bot).next},
		{Word: "log", Args: "REF CHANNEL [ANGLE] [outcome:WORD] [on:DATE] [TEXT]", Help: "Records what you did.", Example: "log jane email homework", First: true, do: (*Bot).log},
		{Word: "replied", Args: "REF [meeting DATE|interested|later DATE|no|wrong-person|dnc|won] [TEXT]", Help: "They answered: ends the campaign.", Example: "replied jane meeting fri", First: true, do: (*Bot).replied},
		{Word: "snooze", Args: "REF WHEN", Help: "Puts a prospect aside until a day.", Example: "snooze jane next tue", First: true, do: (*Bot).snooze},
		{Word: "check", Args: "[CHANNEL] [REF] [TEXT]", Help: "Tells whether a draft is worth an answer.", Example: "check email jane New hub, new carriers: who checks their invoices?", First: true, do: (*Bot).check},
		{Word: "list", Group: "Your prospects", Args: "[due|active|waiting|snoozed|engaged|moved-on|won|stopped|all] [WORDS]", Help: "Your prospects; managers also list @rep.", Example: "list active", Looks: true, do: (*Bot).list},
		{Word: "show", Args: "REF [sent|facts]", Help: "One prospect’s card; with sent, what was written to them, with facts, all that is known.", Example: "show jane", Looks: true, do: (*Bot).showCard},
		{Word: "edit", Args: "REF", Help: "Opens the form of a prospect.", Example: "edit jane", do: (*Bot).edit},
		{Word: "plan", Args: "REF", Help: "The dated plan to its end.", Example: "plan jane", Looks: true, do: (*Bot).plan},
		{Word: "note", Args: "REF KIND: TEXT", Help: "Adds a fact (research, said, introduction, trigger), or what the gatekeeper said.", Example: "note jane said: onboarding takes six weeks", do: (*Bot).note},
		{Word: "met", Group: "As things happen", Args: "REF [on:DATE] [next DATE]", Help: "You talked: plans the two-step follow-up.", Example: "met jane next fri", do: (*Bot).met},
		{Word: "situation", Args: "REF WORD", Help: "Begins anew: blown-off, proposal, dormant, existing, cold.", Example: "situation jane proposal", do: (*Bot).situation},
		{Word: "away", Args: "REF until DATE", Help: "They are out of office: the plan waits.", Example: "away jane until fri", do: (*Bot).away},
		{Word: "skip", Args: "REF REASON", Help: "Leaves this attempt out: bounced, not-now, bad-data, or your words.", Example: "skip jane not-now", do: (*Bot).skip},
		{Word: "move-on", Args: "REF [again:DATE|never] [REASON]", Help: "Lets go, for now or for good.", Example: "move-on jane again:3 months", do: (*Bot).moveOn},
		{Word: "reopen", Args: "REF", Help: "Takes a prospect up again.", Example: "reopen jane", do: (*Bot).reopen},
		{Word: "assign", Group: "Hand over, forget, share", Args: "REF @user", Help: "Hands a prospect to a colleague, who accepts; a manager’s counts at once.", Example: "assign jane @max", do: (*Bot).assign},
		{Word: "forget", Args: "REF", Help: "Erases a person for good; asks once.", Example: "forget jane", do: (*Bot).forget},
		{Word: "nugget", Args: "[add KIND: TEXT|list|remove N]", Help: "The team's outcomes, stories, issues and resources.", Example: "nugget add outcome: cut invoice errors by a third", do: (*Bot).nugget},
		{Word: "why", Args: "[TEXT]", Help: "Your own why, in one sentence.", Example: "why I take paperwork off people's desks", do: (*Bot).why},
		{Word: "week", Group: "The week", Help: "Your own figures so far; managers also week @rep.", Example: "week", Looks: true, do: (*Bot).ownWeek},
		{Word: "team", Help: "The team's week, as the channel will see it.", Example: "team", Looks: true, do: (*Bot).team},
		{Word: "pause", Group: "You and your data", Args: "[until WHEN]", Help: "Silence, until a day or until you resume.", Example: "pause until mon", do: (*Bot).pause},
		{Word: "resume", Help: "Ends the pause.", Example: "resume", do: (*Bot).resume},
		{Word: "settings", Help: "Your hours, working days, days off, daily number, zone, country.", Example: "settings", do: (*Bot).settings},
		{Word: "import", Help: "How to drop a CSV of prospects into our DM.", Example: "import", do: (*Bot).howToImport},
		{Word: "export", Help: "Your prospects, with every fact and touch, as a CSV.", Example: "export", do: (*Bot).export},
		{Word: "undo", Help: "Takes back your last change, for a day.", Example: "undo", do: (*Bot).undo},
		{Word: "help", Args: "[WORD|all]", Help: "Explains one word, with its example.", Example: "help snooze", Looks: true, do: (*Bot).help},
	}
}

// Clicks: one line per action id.
func clickRoutes() []ClickRoute {
	return []ClickRoute{
		{view.ActionRun, (*Bot).runAgain},
		{view.ActionMore, (*Bot).more},
		{view.ActionUndo, (*Bot).undoClick},
		{view.ActionNext, (*Bot).openNext},
		{view.ActionShow, (*Bot).showClick},
		{view.ActionPlan, (*Bot).planClick},
		{view.ActionEdit, (*Bot).editClick},
		{view.ActionNote, (*Bot).noteClick},
		{view.ActionToDM, (*Bot).toDM},
		{view.ActionLog, (*Bot).logClick},
		{view.ActionAngle, (*Bot).angle},
		{view.ActionJudge, (*Bot).judgeClick},
		{view.ActionDraft, (*Bot).draft},
		{view.ActionSnooze, (*Bot).snoozeClick},
		{view.ActionReplied, (*Bot).repliedClick},
		{view.ActionAnswer, (*Bot).answerClick},
		{view.ActionMoveOn, (*Bot).moveOnClick},
		{view.ActionMet, (*Bot).metClick},
		{view.ActionAdd, (*Bot).addClick},
		{view.ActionAddAnyway, (*Bot).addAnyway},
		{view.ActionSettings, (*Bot).settingsClick},
		{view.ActionImport, (*Bot).importClick},
		{view.ActionImportAs, (*Bot).importAs},
		{view.ActionOffer, (*Bot).offerClick},
		{view.ActionHandOver, (*Bot).handOverClick},
		{view.ActionForget, (*Bot).forgetClick},
		{view.ActionPlaybook, (*Bot).playbookClick},
	}
}

// Forms: one line per window.
func formRoutes() []FormRoute {
	return []FormRoute{
		{view.CallbackAdd, (*Bot).addForm},
		{view.CallbackEdit, (*Bot).editForm},
		{view.CallbackNote, (*Bot).noteForm},
		{view.CallbackLog, (*Bot).logForm},
		{view.CallbackSnooze, (*Bot).snoozeForm},
		{view.CallbackAnswer, (*Bot).answerForm},
		{view.CallbackCheck, (*Bot).checkForm},
		{view.CallbackSettings, (*Bot).settingsForm},
		{view.CallbackHandOver, (*Bot).handOverForm},
		{view.CallbackColumns, (*Bot).columnsForm},
	}
}

// Shortcuts: one line per entry of Slack's menus.
func shortcutRoutes() []ShortcutRoute {
	return []ShortcutRoute{
		{Callback: "add", Type: "global", Name: "Add a prospect", Help: "Opens the form for a new prospect.", do: (*Bot).addShortcut},
		{Callback: "check", Type: "message", Name: "Check this draft", Help: "Tells whether this message is worth an answer.", do: (*Bot).checkShortcut},
		{Callback: "log", Type: "message", Name: "Log as a touch", Help: "Keeps this message as what you sent to a prospect.", do: (*Bot).logShortcut},
	}
}

// command finds the route of a word: itself, or the only word that begins
// with it. Exact only when short is false.
func (r Routes) command(word string, short bool) (CommandRoute, bool) {
	word = strings.ToLower(word)
	if word == "" {
		return CommandRoute{}, false
	}
	var hit CommandRoute
	hits := 0
	for _, c := range r.Commands {
		if c.Word == word {
			return c, true
		}
		if short && strings.HasPrefix(c.Word, word) {
			hit, hits = c, hits+1
		}
	}
	return hit, hits == 1
}

func (r Routes) click(id string) (ClickRoute, bool) {
	id, _, _ = strings.Cut(id, ":")
	for _, c := range r.Clicks {
		if c.Action == id {
			return c, true
		}
	}
	return ClickRoute{}, false
}

func (r Routes) form(id string) (FormRoute, bool) {
	for _, f := range r.Forms {
		if f.Callback == id {
			return f, true
		}
	}
	return FormRoute{}, false
}

func (r Routes) shortcut(id string) (ShortcutRoute, bool) {
	for _, s := range r.Shortcuts {
		if s.Callback == id {
			return s, true
		}
	}
	return ShortcutRoute{}, false
}

func (r Routes) event(typ string) (EventRoute, bool) {
	for _, e := range r.Events {
		if e.Type == typ {
			return e, true
		}
	}
	return EventRoute{}, false
}
