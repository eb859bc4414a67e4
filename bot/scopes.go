package bot

// Scope is one permission of the bot token.
type Scope struct {
	Name     string
	Optional bool
	Without  string // what is lost without an optional one
}

// Scopes are all permissions the bot asks for, the required ones first. User
// tokens and chat:write.public are never asked for.
func Scopes() []Scope {
	return []Scope{
		{Name: "commands"},
		{Name: "chat:write"},
		{Name: "im:history"}, // text in the bot's DM, and healing of nudges
		{Name: "im:write"},   // the DM's id, opened once per rep and kept
		{Name: "users:read"},
		{Name: "channels:read", Optional: true, Without: "the team channel must be given by id, no hello, no warning about channels shared with another company"},
		{Name: "groups:read", Optional: true, Without: "the same for private channels"},
		{Name: "files:read", Optional: true, Without: "no CSV dropped into the DM; use prospectcoach import"},
		{Name: "files:write", Optional: true, Without: "no CSV as a file in Slack; use prospectcoach export"},
		{Name: "dnd:read", Optional: true, Without: "do-not-disturb is not seen; Slack still mutes the notification"},
		{Name: "usergroups:read", Optional: true, Without: "REPS cannot be a user group"},
		{Name: "channels:history", Optional: true, Without: "an unclear weekly post in a public channel is not repeated, the managers are asked"},
		{Name: "groups:history", Optional: true, Without: "the same for a private channel"},
	}
}
