package localslack

// methods is the table of the Web API: who may call, how often, and what runs.
// Scopes are those of docs.slack.dev/reference/methods/METHOD; the tiers those
// of docs.slack.dev/apis/web-api/rate-limits.
var methods = map[string]method{
	"api.test":              {run: (*Server).apiTest, tier: 4},
	"auth.test":             {run: (*Server).authTest},
	"apps.connections.open": {run: (*Server).appsConnectionsOpen, scopes: []string{"connections:write"}, tier: 1, appLevel: true},
	"team.info":             {run: (*Server).teamInfo, scopes: []string{"team:read"}, tier: 3},

	"chat.postMessage":   {run: (*Server).chatPostMessage, scopes: []string{"chat:write"}},
	"chat.postEphemeral": {run: (*Server).chatPostEphemeral, scopes: []string{"chat:write"}, tier: 4},
	"chat.update":        {run: (*Server).chatUpdate, scopes: []string{"chat:write"}, tier: 3},
	"chat.delete":        {run: (*Server).chatDelete, scopes: []string{"chat:write"}, tier: 3},
	"chat.getPermalink":  {run: (*Server).chatGetPermalink},

	"conversations.open":    {run: (*Server).conversationsOpen, scopes: []string{"im:write", "channels:manage", "groups:write", "mpim:write"}, tier: 3},
	"conversations.info":    {run: (*Server).conversationsInfo, scopes: []string{"channels:read", "groups:read", "im:read", "mpim:read"}, tier: 3},
	"conversations.history": {run: (*Server).conversationsHistory, scopes: []string{"channels:history", "groups:history", "im:history", "mpim:history"}, tier: 3},
	"conversations.replies": {run: (*Server).conversationsReplies, scopes: []string{"channels:history", "groups:history", "im:history", "mpim:history"}, tier: 3},
	"conversations.list":    {run: (*Server).conversationsList, scopes: []string{"channels:read", "groups:read", "im:read", "mpim:read"}, tier: 2},
	"conversations.members": {run: (*Server).conversationsMembers, scopes: []string{"channels:read", "groups:read", "im:read", "mpim:read"}, tier: 4},
	"users.conversations":   {run: (*Server).usersConversations, scopes: []string{"channels:read", "groups:read", "im:read", "mpim:read"}, tier: 2},

	"users.info":            {run: (*Server).usersInfo, scopes: []string{"users:read"}, tier: 4},
	"users.list":            {run: (*Server).usersList, scopes: []string{"users:read"}, tier: 2},
	"dnd.info":              {run: (*Server).dndInfo, scopes: []string{"dnd:read"}, tier: 3},
	"dnd.teamInfo":          {run: (*Server).dndTeamInfo, scopes: []string{"dnd:read"}, tier: 2},
	"usergroups.list":       {run: (*Server).usergroupsList, scopes: []string{"usergroups:read"}, tier: 2},
	"usergroups.users.list": {run: (*Server).usergroupsUsersList, scopes: []string{"usergroups:read"}, tier: 2},

	"views.open":    {run: (*Server).viewsOpen, tier: 4},
	"views.push":    {run: (*Server).viewsPush, tier: 4},
	"views.update":  {run: (*Server).viewsUpdate, tier: 4},
	"views.publish": {run: (*Server).viewsPublish, tier: 4},

	"files.getUploadURLExternal":   {run: (*Server).filesGetUploadURLExternal, scopes: []string{"files:write"}, tier: 4},
	"files.completeUploadExternal": {run: (*Server).filesCompleteUploadExternal, scopes: []string{"files:write"}, tier: 4},
	"files.info":                   {run: (*Server).filesInfo, scopes: []string{"files:read"}, tier: 4},
	"reactions.add":                {run: (*Server).reactionsAdd, scopes: []string{"reactions:write"}, tier: 3},
}
