package localslack

import (
	"mime"
	"net"
	"net/http"
	"net/url"
	"strings"
)

// contentPolicy lets the page load its own files and nothing else; the browser
// then enforces what the modules promise.
const contentPolicy = "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; connect-src 'self'; " +
	"base-uri 'none'; form-action 'none'; frame-ancestors 'none'"

// guard refuses names that are not this machine's (a foreign name that was made
// to point here) and requests made by other sites, before anything is done.
func (p *pageDoor) guard(next http.Handler) http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		h := w.Header()
		h.Set("Content-Security-Policy", contentPolicy)
		h.Set("X-Content-Type-Options", "nosniff")
		h.Set("X-Frame-Options", "DENY")
		h.Set("Referrer-Policy", "no-referrer")
		h.Set("Cross-Origin-Opener-Policy", "same-origin")
		h.Set("Cross-Origin-Resource-Policy", "same-origin")
		h.Set("Permissions-Policy", "camera=(), microphone=(), geolocation=()")
		if !p.ownHost(r) {
			refusePage(w, http.StatusForbidden, "This page answers only to its own address on this machine.")
			return
		}
		if !ownSite(r) {
			refusePage(w, http.StatusForbidden, "Another site asked; that is refused.")
			return
		}
		r.Body = http.MaxBytesReader(w, r.Body, maxDrop+1<<10)
		next.ServeHTTP(w, r)
	})
}

func (p *pageDoor) ownHost(r *http.Request) bool {
	if len(p.opt.Hosts) > 0 {
		for _, host := range p.opt.Hosts {
			if strings.EqualFold(r.Host, host) {
				return true
			}
		}
		return false
	}
	name, port, err := net.SplitHostPort(r.Host)
	if err != nil {
		name, port = strings.Trim(r.Host, "[]"), "80"
	}
	switch strings.ToLower(name) {
	case "127.0.0.1", "localhost", "::1":
	default:
		return false
	}
	local, ok := r.Context().Value(http.LocalAddrContextKey).(net.Addr)
	if !ok {
		return true // No listener, as in a test with a recorder: the name is all there is.
	}
	_, own, err := net.SplitHostPort(local.String())
	return err == nil && own == port
}

// ownSite says whether the request was made by the page itself or by the person
// at the address bar. Browsers set these headers; no script can change them.
func ownSite(r *http.Request) bool {
	if origin := r.Header.Get("Origin"); origin != "" {
		u, err := url.Parse(origin)
		if err != nil || u.Scheme != "http" || !strings.EqualFold(u.Host, r.Host) {
			return false
		}
	}
	switch r.Header.Get("Sec-Fetch-Site") {
	case "", "same-origin", "none":
		return true
	default:
		// Following a link to the page is fine; reading its data from elsewhere is not.
		return r.Method == http.MethodGet && r.URL.Path == "/" && r.Header.Get("Sec-Fetch-Mode") == "navigate"
	}
}

// attachment writes a Content-Disposition that survives any file name.
func attachment(name string) string {
	name = strings.Map(func(c rune) rune {
		if c < ' ' || c == '/' || c == '\\' || c == 0x7f {
			return '_'
		}
		return c
	}, name)
	if v := mime.FormatMediaType("attachment", map[string]string{"filename": name}); v != "" {
		return v
	}
	return "attachment"
}
