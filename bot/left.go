package bot

import (
	"errors"
	"fmt"
	"net/http"
	"net/http/httptrace"
	"sync/atomic"
)

// errNeverLeft is in the error of a call of which not a byte was sent: no name
// was found, nobody answered, no handshake came about.
var errNeverLeft = errors.New("the call never left")

// watched makes a call, and says of one that failed whether it surely never
// left: it asked for a connection and got none. A way that does not tell of its
// connections leaves that open, which is the careful reading.
func watched(do func(*http.Request) (*http.Response, error), r *http.Request) (*http.Response, error) {
	var asked, got atomic.Bool
	res, err := do(r.WithContext(httptrace.WithClientTrace(r.Context(), &httptrace.ClientTrace{
		GetConn: func(string) { asked.Store(true) },
		GotConn: func(httptrace.GotConnInfo) { got.Store(true) },
	})))
	if err != nil && asked.Load() && !got.Load() {
		err = fmt.Errorf("%w: %w", errNeverLeft, err)
	}
	return res, err
}
