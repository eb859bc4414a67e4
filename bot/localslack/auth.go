package localslack

import (
	"net/http"
	"slices"
	"strings"
)

// tokenKind tells the two tokens of an app apart
// (docs.slack.dev/authentication/tokens).
type tokenKind int

const (
	noToken  tokenKind = iota
	botToken           // xoxb-…
	appToken           // xapp-…
)

// tokenOf finds the token of a request: the Authorization header, or the form
// or body field "token".
func tokenOf(r *http.Request, a args) (token string, inHeader bool) {
	if h := r.Header.Get("Authorization"); h != "" {
		if t, ok := strings.CutPrefix(h, "Bearer "); ok {
			return strings.TrimSpace(t), true
		}
	}
	return a.str("token"), false
}

// authorize names the token's kind or refuses it with the codes every method
// page lists (docs.slack.dev/reference/methods/auth.test, "Errors").
func (s *Server) authorize(token string, inHeader bool, m method) (tokenKind, *refusal) {
	if token == "" {
		return noToken, refuse("not_authed")
	}
	kind := noToken
	switch token {
	case s.app.BotToken:
		kind = botToken
	case s.app.AppToken:
		kind = appToken
	default:
		return noToken, refuse("invalid_auth")
	}
	if code := s.faults.revoked; code != "" {
		return noToken, refuse(code)
	}
	want := botToken
	if m.appLevel {
		want = appToken
	}
	// apps.connections.open takes the app-level token in the header only
	// (docs.slack.dev/reference/methods/apps.connections.open).
	if want == appToken && !inHeader {
		return noToken, refuse("invalid_auth")
	}
	if kind != want {
		return noToken, refuse("not_allowed_token_type")
	}
	return kind, nil
}

// granted lists the scopes of the token's kind.
func (s *Server) granted(kind tokenKind) []string {
	if kind == appToken {
		return s.app.AppScopes
	}
	return s.app.Scopes
}

func (s *Server) hasScope(scope string) bool { return slices.Contains(s.app.Scopes, scope) }

// missing refuses a call whose scope was not granted, with needed and provided
// as Slack gives them (docs.slack.dev/authentication/installing-with-oauth).
func (s *Server) missing(needed string, kind tokenKind) *refusal {
	return &refusal{code: "missing_scope", needed: needed, provided: strings.Join(s.granted(kind), ",")}
}

// requireAny passes when one of the scopes is granted.
func (s *Server) requireAny(kind tokenKind, scopes []string) *refusal {
	if len(scopes) == 0 {
		return nil
	}
	for _, sc := range scopes {
		if slices.Contains(s.granted(kind), sc) {
			return nil
		}
	}
	return s.missing(strings.Join(scopes, ","), kind)
}

// scopeFor names the scope that reads, or writes, a conversation of this kind,
// such as im:history or groups:read.
func scopeFor(c *conversation, what string) string {
	switch {
	case c.im:
		return "im:" + what
	case c.Private:
		return "groups:" + what
	}
	return "channels:" + what
}
