package localslack

import (
	"bytes"
	"io/fs"
	"net/http"
	"net/http/httptest"
	"regexp"
	"strings"
	"testing"
)

func TestPageRefusesForeignHostsAndSites(t *testing.T) {
	t.Parallel()
	w := newPageWorld(t)
	port := w.url[strings.LastIndexByte(w.url, ':'):]
	verb := `{"as":"UADA","verb":"say","text":"hi"}`
	for _, c := range []struct {
		name, method, path string
		headers            []string
		want               int
	}{
		{"own address", "GET", "/", nil, 200},
		{"localhost", "GET", "/", []string{"Host", "localhost" + port}, 200},
		{"IPv6", "GET", "/", []string{"Host", "[::1]" + port}, 200},
		{"other port", "GET", "/", []string{"Host", "127.0.0.1:1"}, 403},
		{"no port", "GET", "/", []string{"Host", "localhost"}, 403},
		{"rebound name", "GET", "/world/state", []string{"Host", "evil.test" + port}, 403},
		{"name that begins well", "GET", "/", []string{"Host", "localhost.evil.test" + port}, 403},
		{"asset by foreign name", "GET", "/page/main.js", []string{"Host", "evil.test" + port}, 403},
		{"own origin", "POST", "/world/do", []string{"Origin", w.url, "Sec-Fetch-Site", "same-origin"}, 200},
		{"foreign origin", "POST", "/world/do", []string{"Origin", "http://evil.test"}, 403},
		{"opaque origin", "POST", "/world/do", []string{"Origin", "null"}, 403},
		{"other port's origin", "POST", "/world/do", []string{"Origin", "http://127.0.0.1:1"}, 403},
		{"origin of the other scheme", "POST", "/world/do", []string{"Origin", strings.Replace(w.url, "http:", "https:", 1)}, 403},
		{"cross-site read", "GET", "/world/state", []string{"Sec-Fetch-Site", "cross-site"}, 403},
		{"same-site read", "GET", "/world/events", []string{"Sec-Fetch-Site", "same-site"}, 403},
		{"cross-site frame", "GET", "/", []string{"Sec-Fetch-Site", "cross-site", "Sec-Fetch-Mode", "cors"}, 403},
		{"followed link", "GET", "/", []string{"Sec-Fetch-Site", "cross-site", "Sec-Fetch-Mode", "navigate"}, 200},
	} {
		body := ""
		if c.method == "POST" {
			body = verb
		}
		if status, _, got := w.ask(c.method, c.path, body, c.headers...); status != c.want {
			t.Errorf("%s: %d, want %d: %s", c.name, status, c.want, got)
		}
	}
}

func TestPageHostsCanBeNamed(t *testing.T) {
	t.Parallel()
	w := newPageWorld(t)
	h := w.s.PageHandler(PageOptions{Hosts: []string{"127.0.0.1:8085"}})
	for host, want := range map[string]int{"127.0.0.1:8085": 200, "localhost:8085": 403, "127.0.0.1": 403} {
		r := httptest.NewRequest("GET", "http://"+host+"/", nil)
		rec := httptest.NewRecorder()
		h.ServeHTTP(rec, r)
		if rec.Code != want {
			t.Errorf("%s: %d, want %d", host, rec.Code, want)
		}
	}
}

func TestPageSendsItsPolicyWithEverything(t *testing.T) {
	t.Parallel()
	w := newPageWorld(t)
	for _, path := range []string{"/", "/page/main.js", "/page/base.css", "/world/state", "/page/none.js", "/nothing"} {
		_, h, _ := w.ask("GET", path, "")
		csp := h.Get("Content-Security-Policy")
		for _, want := range []string{"default-src 'none'", "script-src 'self'", "style-src 'self'", "img-src 'self' data:", "connect-src 'self'", "base-uri 'none'", "frame-ancestors 'none'"} {
			if !strings.Contains(csp, want) {
				t.Errorf("%s: policy lacks %s: %q", path, want, csp)
			}
		}
		if strings.Contains(csp, "unsafe") || h.Get("X-Content-Type-Options") != "nosniff" || h.Get("Referrer-Policy") != "no-referrer" {
			t.Errorf("%s: %v", path, h)
		}
	}
	for path, want := range map[string]string{"/page/main.js": "text/javascript; charset=utf-8", "/page/base.css": "text/css; charset=utf-8", "/page/icon.svg": "image/svg+xml", "/": "text/html; charset=utf-8"} {
		if _, h, _ := w.ask("GET", path, ""); h.Get("Content-Type") != want {
			t.Errorf("%s: %q, want %q", path, h.Get("Content-Type"), want)
		}
	}
	for _, path := range []string{"/page/", "/page/index.html", "/page/..%2fpage.go", "/api/auth.test"} {
		if status, _, _ := w.ask("GET", path, ""); status != http.StatusNotFound {
			t.Errorf("%s: %d, want 404", path, status)
		}
	}
}

// The modules promise to build nodes and to load nothing from elsewhere; this
// holds them to it.
func TestPageAssetsBuildNodesAndLoadNothing(t *testing.T) {
	t.Parallel()
	banned := regexp.MustCompile(`innerHTML|outerHTML|insertAdjacentHTML|document\.write|\beval\(|new Function|DOMParser|srcdoc|@import|url\(`)
	outside := regexp.MustCompile(`https?://[^\s"'<>]*`)
	err := fs.WalkDir(pageFiles, "page", func(name string, d fs.DirEntry, err error) error {
		if err != nil || d.IsDir() {
			return err
		}
		raw, err := pageFiles.ReadFile(name)
		if err != nil {
			return err
		}
		if hit := banned.Find(raw); hit != nil {
			t.Errorf("%s contains %q", name, hit)
		}
		for _, address := range outside.FindAll(raw, -1) {
			if !bytes.HasPrefix(address, []byte("http://www.w3.org/")) && bytes.ContainsAny(address, ".") && !bytes.ContainsAny(address, `\[`) {
				t.Errorf("%s names %q", name, address)
			}
		}
		if strings.HasSuffix(name, ".html") && regexp.MustCompile(`\son[a-z]+=|style=|<script>`).Match(raw) {
			t.Errorf("%s has inline script or style, which the policy blocks", name)
		}
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
}
