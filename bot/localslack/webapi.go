package localslack

import (
	"encoding/json"
	"io"
	"mime"
	"net/http"
	"net/url"
	"strconv"
	"strings"
)

// answer is the body of a successful call, without "ok".
type answer map[string]any

// refusal is a Slack error: HTTP 200 with ok:false (docs.slack.dev/apis/web-api,
// "Evaluating responses").
type refusal struct {
	code             string
	messages         []string // response_metadata.messages
	needed, provided string
	retryAfter       int // seconds; with it the answer is HTTP 429
}

func refuse(code string, messages ...string) *refusal {
	return &refusal{code: code, messages: messages}
}

// Error makes a refusal usable as an error inside the package.
func (r *refusal) Error() string {
	if len(r.messages) > 0 {
		return r.code + ": " + strings.Join(r.messages, "; ")
	}
	return r.code
}

// call is one Web API request while its method runs; the lock is held.
type call struct {
	args
	kind tokenKind
	base string
}

// method is one row of the table in methods.go.
type method struct {
	run      func(s *Server, c *call) (answer, *refusal)
	scopes   []string // one of them is enough
	tier     int      // 1..4; 0 is special, see limits.go
	appLevel bool     // takes the app-level token
}

// maxBody keeps a runaway request from filling the memory; Slack refuses far
// smaller ones method by method.
const maxBody = 4 << 20

func (s *Server) serveAPI(w http.ResponseWriter, r *http.Request) {
	name := strings.TrimPrefix(r.URL.Path, "/api/")
	if r.Method != http.MethodPost && r.Method != http.MethodGet {
		w.WriteHeader(http.StatusMethodNotAllowed)
		return
	}
	a, bad := readArgs(r)
	f := s.faults.take(r.Context(), name)
	if f != nil && f.beforeEffect(w) {
		return
	}
	status, body, header := s.perform(name, r, a, bad)
	if f != nil && f.afterEffect(w) {
		return
	}
	for k, v := range header {
		w.Header()[k] = v
	}
	w.Header().Set("Content-Type", "application/json; charset=utf-8")
	w.WriteHeader(status)
	_, _ = w.Write(body)
}

// perform runs the method under the lock and encodes its answer.
func (s *Server) perform(name string, r *http.Request, a args, bad *refusal) (int, []byte, http.Header) {
	header := http.Header{}
	s.mu.Lock()
	ans, ref := s.dispatch(name, r, a, bad, header)
	s.mu.Unlock()
	status := http.StatusOK
	if ref != nil {
		ans = answer{"ok": false, "error": ref.code}
		if ref.needed != "" {
			ans["needed"], ans["provided"] = ref.needed, ref.provided
		}
		if len(ref.messages) > 0 {
			ans["response_metadata"] = map[string]any{"messages": ref.messages}
			if ref.code == "invalid_blocks" || ref.code == "invalid_arguments" {
				ans["errors"] = bare(ref.messages)
			}
		}
		if ref.retryAfter > 0 {
			// docs.slack.dev/apis/web-api/rate-limits: 429 with Retry-After in seconds.
			header.Set("Retry-After", strconv.Itoa(ref.retryAfter))
			status = http.StatusTooManyRequests
		}
	} else {
		ans["ok"] = true
	}
	body, err := written(ans)
	if err != nil {
		body = []byte(`{"ok":false,"error":"internal_error"}`)
	}
	return status, body, header
}

// bare strips "[ERROR] " as the errors array of invalid_blocks has it.
func bare(messages []string) []string {
	out := make([]string, len(messages))
	for i, m := range messages {
		out[i] = strings.TrimPrefix(m, "[ERROR] ")
	}
	return out
}

// dispatch checks the caller and runs the method, in Slack's order: the method
// exists, the token is good and of the right kind, the scope is there, the rate
// is kept, then the arguments.
func (s *Server) dispatch(name string, r *http.Request, a args, bad *refusal, header http.Header) (answer, *refusal) {
	s.calls[name]++
	m, ok := methods[name]
	if !ok {
		s.violate("unknown method %s", name)
		return nil, refuse("unknown_method")
	}
	if bad != nil {
		s.violate("%s: %s", name, bad.code)
		return nil, bad
	}
	token, inHeader := tokenOf(r, a)
	kind, ref := s.authorize(token, inHeader, m)
	if ref != nil {
		return nil, ref
	}
	// docs.slack.dev/authentication: both headers come with every answer.
	header.Set("X-OAuth-Scopes", strings.Join(s.granted(kind), ","))
	header.Set("X-Accepted-OAuth-Scopes", strings.Join(m.scopes, ","))
	if ref := s.requireAny(kind, m.scopes); ref != nil {
		return nil, ref
	}
	if wait := s.rate.method(name, m.tier); wait > 0 {
		return nil, &refusal{code: "ratelimited", retryAfter: wait}
	}
	return m.run(s, &call{args: a, kind: kind, base: s.base})
}

// args are the arguments of a call, from a form or from a JSON body
// (docs.slack.dev/apis/web-api, "Request body": both are taken).
type args struct {
	form url.Values
	body map[string]json.RawMessage
}

func readArgs(r *http.Request) (args, *refusal) {
	kind, _, _ := mime.ParseMediaType(r.Header.Get("Content-Type"))
	switch kind {
	case "application/json":
		raw, err := io.ReadAll(io.LimitReader(r.Body, maxBody))
		if err != nil {
			return args{}, refuse("request_timeout")
		}
		a := args{body: map[string]json.RawMessage{}, form: r.URL.Query()}
		if len(raw) == 0 {
			return a, nil
		}
		if err := json.Unmarshal(raw, &a.body); err != nil {
			if len(raw) > 0 && raw[0] == '[' {
				return args{}, refuse("json_not_object")
			}
			return args{}, refuse("invalid_json")
		}
		return a, nil
	case "application/x-www-form-urlencoded", "":
		r.Body = http.MaxBytesReader(nil, r.Body, maxBody)
		if err := r.ParseForm(); err != nil {
			return args{}, refuse("invalid_form_data")
		}
		return args{form: r.Form}, nil
	case "multipart/form-data":
		r.Body = http.MaxBytesReader(nil, r.Body, maxBody)
		if err := r.ParseMultipartForm(maxBody); err != nil {
			return args{}, refuse("invalid_form_data")
		}
		return args{form: url.Values(r.MultipartForm.Value)}, nil
	}
	return args{}, refuse("invalid_post_type")
}

// has says whether the argument was given at all.
func (a args) has(key string) bool {
	if _, ok := a.body[key]; ok {
		return true
	}
	_, ok := a.form[key]
	return ok
}

// str reads an argument as text; a JSON number or boolean is read as written.
func (a args) str(key string) string {
	if raw, ok := a.body[key]; ok {
		var v string
		if json.Unmarshal(raw, &v) == nil {
			return v
		}
		if string(raw) == "null" {
			return ""
		}
		return string(raw)
	}
	return a.form.Get(key)
}

// raw reads an argument that is JSON itself: an object in a JSON body, or text
// holding JSON in either kind of body.
func (a args) raw(key string) json.RawMessage {
	if raw, ok := a.body[key]; ok && len(raw) > 0 && raw[0] != '"' {
		if string(raw) == "null" {
			return nil
		}
		return raw
	}
	if v := a.str(key); v != "" {
		return json.RawMessage(v)
	}
	return nil
}

// flag reads a boolean as Slack's forms spell it.
func (a args) flag(key string, otherwise bool) bool {
	switch a.str(key) {
	case "1", "true", "True":
		return true
	case "0", "false", "False":
		return false
	}
	return otherwise
}

// num reads a whole number between 1 and most; without one it is otherwise.
func (a args) num(key string, otherwise, most int) (int, bool) {
	v := a.str(key)
	if v == "" {
		return otherwise, true
	}
	n, err := strconv.Atoi(v)
	if err != nil || n < 0 {
		return 0, false
	}
	if n == 0 {
		return otherwise, true
	}
	return min(n, most), true
}

// list reads a comma-separated argument, or a JSON array of strings.
func (a args) list(key string) []string {
	if raw, ok := a.body[key]; ok && len(raw) > 0 && raw[0] == '[' {
		var out []string
		_ = json.Unmarshal(raw, &out)
		return out
	}
	var out []string
	for _, v := range strings.Split(a.str(key), ",") {
		if v = strings.TrimSpace(v); v != "" {
			out = append(out, v)
		}
	}
	return out
}
