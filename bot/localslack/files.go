package localslack

import (
	"encoding/json"
	"io"
	"mime"
	"net/http"
	"net/url"
	"path"
	"strconv"
	"strings"
)

// fileMax is the largest upload taken.
const fileMax = 64 << 20

// fileJSON draws a file as docs.slack.dev/reference/objects/file-object.
func (s *Server) fileJSON(f *File) map[string]any {
	name := url.PathEscape(f.Name)
	private := s.base + "/files/" + s.opt.Team.ID + "-" + f.ID + "/"
	j := map[string]any{
		"id": f.ID, "name": f.Name, "title": f.Title, "mimetype": f.MimeType, "filetype": f.FileType, "pretty_type": strings.ToUpper(f.FileType),
		"user": f.User, "user_team": s.opt.Team.ID, "size": f.Size, "created": f.Created, "timestamp": f.Created, "mode": "hosted", "is_external": false, "is_public": false,
		"editable": false, "file_access": "visible", "url_private": private + name, "url_private_download": private + "download/" + name,
		"permalink": "https://" + s.opt.Team.Domain + ".slack.com/files/" + f.User + "/" + f.ID + "/" + name,
	}
	channels, ims := []string{}, []string{}
	for _, id := range f.Channels {
		if strings.HasPrefix(id, "D") {
			ims = append(ims, id)
		} else {
			channels = append(channels, id)
		}
	}
	j["channels"], j["ims"], j["groups"] = channels, ims, []string{}
	return j
}

// newFile keeps a file.
func (s *Server) newFile(user, name string, content []byte) *File {
	f := &File{ID: s.id("F"), Name: name, Title: name, User: user, Size: len(content), Created: s.unix(), content: content, uploaded: true}
	f.FileType = strings.TrimPrefix(path.Ext(name), ".")
	f.MimeType, _, _ = mime.ParseMediaType(mime.TypeByExtension(path.Ext(name)))
	switch f.FileType {
	case "csv":
		f.MimeType = "text/csv" // Not in every machine's table.
	case "":
		f.FileType = "text"
	}
	if f.MimeType == "" {
		f.MimeType = "application/octet-stream"
	}
	s.files[f.ID] = f
	return f
}

// FileContent is the content of a file, as a person downloads it.
func (s *Server) FileContent(id string) (File, []byte, bool) {
	s.mu.Lock()
	defer s.mu.Unlock()
	f := s.files[id]
	if f == nil || f.Pending {
		return File{}, nil, false
	}
	return *f, f.content, true
}

const loginPage = "<!DOCTYPE html><html><head><title>Slack</title></head><body><h1>Sign in to your workspace</h1></body></html>"

// serveFile gives a file's bytes to who brings the bot token with files:read.
// Without, Slack answers 200 and its login page, which an app must not take for
// the file (docs.slack.dev/reference/objects/file-object, "url_private").
func (s *Server) serveFile(w http.ResponseWriter, r *http.Request) {
	f := s.faults.take(r.Context(), "files")
	if f != nil && f.beforeEffect(w) {
		return
	}
	key, _, _ := strings.Cut(strings.TrimPrefix(r.URL.Path, "/files/"), "/")
	_, id, _ := strings.Cut(key, "-")
	token, _ := strings.CutPrefix(r.Header.Get("Authorization"), "Bearer ")
	s.mu.Lock()
	file := s.files[id]
	allowed := token != "" && token == s.app.BotToken && s.faults.revoked == "" && s.hasScope("files:read")
	s.mu.Unlock()
	if f != nil && f.afterEffect(w) {
		return
	}
	if !allowed {
		w.Header().Set("Content-Type", "text/html; charset=utf-8")
		_, _ = io.WriteString(w, loginPage)
		return
	}
	if file == nil || file.Pending {
		http.NotFound(w, r)
		return
	}
	w.Header().Set("Content-Type", file.MimeType)
	w.Header().Set("Content-Length", strconv.Itoa(len(file.content)))
	_, _ = w.Write(file.content)
}

// filesGetUploadURLExternal follows docs.slack.dev/reference/methods/files.getUploadURLExternal.
func (s *Server) filesGetUploadURLExternal(c *call) (answer, *refusal) {
	name := c.str("filename")
	size, err := strconv.Atoi(c.str("length"))
	if name == "" || err != nil || size <= 0 || size > fileMax {
		return nil, refuse("invalid_arguments")
	}
	f := s.newFile(s.app.BotUserID, name, nil)
	f.Pending, f.uploaded, f.Size = true, false, size
	key := secret()
	s.uploads[key] = f.ID
	return answer{"upload_url": c.base + "/upload/v1/" + key, "file_id": f.ID}, nil
}

// serveUpload takes the bytes, as a form's file or as the bare body.
func (s *Server) serveUpload(w http.ResponseWriter, r *http.Request) {
	x := s.faults.take(r.Context(), "upload")
	if x != nil && x.beforeEffect(w) {
		return
	}
	raw, err := uploadBody(r)
	key := r.URL.Path[strings.LastIndexByte(r.URL.Path, '/')+1:]
	s.mu.Lock()
	f := s.files[s.uploads[key]]
	ok := err == nil && f != nil && f.Pending && len(raw) == f.Size
	if ok {
		f.content, f.uploaded = raw, true
	}
	s.mu.Unlock()
	if x != nil && x.afterEffect(w) {
		return
	}
	if !ok {
		http.Error(w, "upload_error", http.StatusBadRequest)
		return
	}
	_, _ = io.WriteString(w, "OK - "+strconv.Itoa(len(raw)))
}

func uploadBody(r *http.Request) ([]byte, error) {
	if kind, _, _ := mime.ParseMediaType(r.Header.Get("Content-Type")); kind == "multipart/form-data" {
		if err := r.ParseMultipartForm(fileMax); err != nil {
			return nil, err
		}
		for _, fs := range r.MultipartForm.File {
			if len(fs) > 0 {
				f, err := fs[0].Open()
				if err != nil {
					return nil, err
				}
				defer func() { _ = f.Close() }()
				return io.ReadAll(f)
			}
		}
		return nil, io.ErrUnexpectedEOF
	}
	return io.ReadAll(io.LimitReader(r.Body, fileMax+1))
}

// filesCompleteUploadExternal shares what was uploaded
// (docs.slack.dev/reference/methods/files.completeUploadExternal).
func (s *Server) filesCompleteUploadExternal(c *call) (answer, *refusal) {
	var list []struct {
		ID    string `json:"id"`
		Title string `json:"title"`
	}
	if json.Unmarshal(c.raw("files"), &list) != nil || len(list) == 0 {
		return nil, refuse("invalid_arguments")
	}
	var conv *conversation
	if id := firstOf(c.str("channel_id"), c.str("channels")); id != "" {
		conv = s.forBot(id)
		if conv == nil {
			return nil, refuse("channel_not_found")
		}
		if ref := s.mayPost(conv); ref != nil {
			return nil, ref
		}
	}
	out := make([]any, 0, len(list))
	shared := make([]File, 0, len(list))
	for _, in := range list {
		f := s.files[in.ID]
		if f == nil || !f.uploaded || f.User != s.app.BotUserID {
			return nil, refuse("file_not_found")
		}
		if !f.Pending {
			return nil, refuse("file_update_failed")
		}
		if in.Title != "" {
			f.Title = in.Title
		}
		if conv != nil {
			f.Channels = append(f.Channels, conv.ID)
		}
		out = append(out, s.fileJSON(f))
		shared = append(shared, *f)
	}
	for i := range shared {
		shared[i].Pending = false
		s.files[shared[i].ID].Pending = false
	}
	if conv != nil {
		m := s.fromApp(conv, draft{text: s.rewriteText(c.str("initial_comment"))})
		m.Files, m.ThreadTS, m.SubType = shared, c.str("thread_ts"), "file_share"
		s.post(conv, m)
	}
	return answer{"files": out}, nil
}

func (s *Server) filesInfo(c *call) (answer, *refusal) {
	f := s.files[c.str("file")]
	if f == nil || f.Pending {
		return nil, refuse("file_not_found")
	}
	return answer{"file": s.fileJSON(f), "content_html": nil, "editable": false}, nil
}
