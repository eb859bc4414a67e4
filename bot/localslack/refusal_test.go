package localslack

import (
	"strings"
	"testing"
)

const modal = `{"type":"modal","title":{"type":"plain_text","text":"Add"},"blocks":[{"type":"divider"}]}`

// TestEachRefusalHasSlacksCode has one row for each error code that the Web API
// gives for arguments, tokens and scopes.
func TestEachRefusalHasSlacksCode(t *testing.T) {
	t.Parallel()
	long := strings.Repeat("é", 40001)
	rows := []struct {
		name, method, want string
		args               []string
	}{
		{"no token", "auth.test", "not_authed", []string{"token!", ""}},
		{"unknown token", "auth.test", "invalid_auth", []string{"token!", "xoxb-2"}},
		{"bot token for a socket", "apps.connections.open", "not_allowed_token_type", nil},
		{"app token in the body", "apps.connections.open", "invalid_auth", []string{"token!", "", "token", "xapp-1"}},
		{"app token for a message", "chat.postMessage", "not_allowed_token_type", []string{"token!", "xapp-1"}},
		{"method that is not there", "chat.shout", "unknown_method", nil},
		{"no channel", "chat.postMessage", "channel_not_found", []string{"text", "x"}},
		{"unknown channel", "chat.postMessage", "channel_not_found", []string{"channel", "C9", "text", "x"}},
		{"private channel without the bot", "chat.postMessage", "channel_not_found", []string{"channel", "G1", "text", "x"}},
		{"deactivated person", "chat.postMessage", "channel_not_found", []string{"channel", "U3", "text", "x"}},
		{"person of another workspace", "chat.postMessage", "channel_not_found", []string{"channel", "U5", "text", "x"}},
		{"public channel without the bot", "chat.postMessage", "not_in_channel", []string{"channel", "C2", "text", "x"}},
		{"archived channel", "chat.postMessage", "is_archived", []string{"channel", "C3", "text", "x"}},
		{"only admins post", "chat.postMessage", "restricted_action", []string{"channel", "C4", "text", "x"}},
		{"nothing to say", "chat.postMessage", "no_text", []string{"channel", "C1"}},
		{"too long", "chat.postMessage", "msg_too_long", []string{"channel", "C1", "text", long}},
		{"blocks that are no list", "chat.postMessage", "invalid_blocks_format", []string{"channel", "C1", "blocks", "{"}},
		{"blocks that are wrong", "chat.postMessage", "invalid_blocks", []string{"channel", "C1", "blocks", `[{"type":"header"}]`}},
		{"blocks too long together", "chat.postMessage", "msg_blocks_too_long", []string{"channel", "C1", "blocks", manySections(5)}},
		{"metadata no JSON", "chat.postMessage", "invalid_metadata_format", []string{"channel", "C1", "text", "x", "metadata", "{"}},
		{"metadata without payload", "chat.postMessage", "invalid_metadata_schema", []string{"channel", "C1", "text", "x", "metadata", `{"event_type":"a"}`}},
		{"metadata too large", "chat.postMessage", "metadata_too_large", []string{"channel", "C1", "text", "x", "metadata", `{"event_type":"a","event_payload":{"k":"` + strings.Repeat("x", 9000) + `"}}`}},
		{"attachments no list", "chat.postMessage", "invalid_attachments", []string{"channel", "C1", "attachments", "{"}},
		{"name without customize", "chat.postMessage", "missing_scope", []string{"channel", "C1", "text", "x", "username", "boss"}},
		{"update of nothing", "chat.update", "message_not_found", []string{"channel", "C1", "ts", "1.000001", "text", "x"}},
		{"deletion of nothing", "chat.delete", "message_not_found", []string{"channel", "C1", "ts", "1.000001"}},
		{"link to nothing", "chat.getPermalink", "message_not_found", []string{"channel", "C1", "message_ts", "1.000001"}},
		{"ephemeral for nobody", "chat.postEphemeral", "user_not_found", []string{"channel", "C1", "user", "U9", "text", "x"}},
		{"ephemeral for an outsider", "chat.postEphemeral", "user_not_in_channel", []string{"channel", "C1", "user", "U4", "text", "x"}},
		{"nobody to open", "conversations.open", "users_list_not_supplied", nil},
		{"unknown person to open", "conversations.open", "user_not_found", []string{"users", "U9"}},
		{"deactivated person to open", "conversations.open", "user_disabled", []string{"users", "U3"}},
		{"the bot itself", "conversations.open", "cannot_dm_bot", []string{"users", "UBOT"}},
		{"a stranger to open", "conversations.open", "user_not_visible", []string{"users", "U5"}},
		{"unknown channel's info", "conversations.info", "channel_not_found", []string{"channel", "C9"}},
		{"history without membership", "conversations.history", "not_in_channel", []string{"channel", "C2"}},
		{"history with a bad oldest", "conversations.history", "invalid_ts_oldest", []string{"channel", "C1", "oldest", "soon"}},
		{"history with a bad latest", "conversations.history", "invalid_ts_latest", []string{"channel", "C1", "latest", "soon"}},
		{"history with a bad cursor", "conversations.history", "invalid_cursor", []string{"channel", "C1", "cursor", "x"}},
		{"replies to nothing", "conversations.replies", "thread_not_found", []string{"channel", "C1", "ts", "1.000001"}},
		{"list of an unknown type", "conversations.list", "invalid_types", []string{"types", "clubs"}},
		{"list beyond the scope", "conversations.list", "missing_scope", []string{"types", "mpim"}},
		{"unknown person", "users.info", "user_not_found", []string{"user", "U9"}},
		{"unknown cursor", "users.list", "invalid_cursor", []string{"cursor", "x"}},
		{"bad limit", "users.list", "invalid_limit", []string{"limit", "many"}},
		{"do not disturb of nobody", "dnd.info", "user_not_found", []string{"user", "U9"}},
		{"team do not disturb without people", "dnd.teamInfo", "missing_argument", nil},
		{"unknown group", "usergroups.users.list", "no_such_subteam", []string{"usergroup", "S9"}},
		{"unknown team", "team.info", "team_not_found", []string{"team", "T9"}},
		{"invented trigger", "views.open", "invalid_trigger_id", []string{"trigger_id", "1.2", "view", modal}},
		{"update of no view", "views.update", "not_found", []string{"view_id", "V9", "view", modal}},
		{"update of which view", "views.update", "invalid_arguments", []string{"view", modal}},
		{"home for nobody", "views.publish", "invalid_arguments", []string{"user_id", "U9", "view", `{"type":"home","blocks":[]}`}},
		{"a modal as home", "views.publish", "invalid_arguments", []string{"user_id", "U1", "view", modal}},
		{"a view too large", "views.publish", "view_too_large", []string{"user_id", "U1", "view", `{"type":"home","blocks":[],"x":"` + strings.Repeat("x", 260000) + `"}`}},
		{"home with an old hash", "views.publish", "hash_conflict", []string{"user_id", "U1", "hash", "old", "view", `{"type":"home","blocks":[]}`}},
		{"upload without a length", "files.getUploadURLExternal", "invalid_arguments", []string{"filename", "a.csv"}},
		{"completion of nothing", "files.completeUploadExternal", "file_not_found", []string{"files", `[{"id":"F9"}]`}},
		{"unknown file", "files.info", "file_not_found", []string{"file", "F9"}},
		{"reaction to nothing", "reactions.add", "message_not_found", []string{"channel", "C1", "timestamp", "1.000001", "name", "x"}},
	}
	for _, r := range rows {
		t.Run(r.name, func(t *testing.T) {
			t.Parallel()
			o := newOffice(t)
			a := o.call(r.method, r.args...)
			if a.OK || a.Error != r.want || a.status != 200 {
				t.Errorf("%s answered ok=%v error=%q status=%d, want %q", r.method, a.OK, a.Error, a.status, r.want)
			}
		})
	}
}

func manySections(n int) string {
	one := `{"type":"section","text":{"type":"plain_text","text":"` + strings.Repeat("x", 3000) + `"}}`
	return "[" + strings.TrimSuffix(strings.Repeat(one+",", n), ",") + "]"
}
