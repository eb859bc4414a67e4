package bot

import (
	"bytes"
	"encoding/json"
	"io"
	"net/http"
	"strings"
)

// lean takes the message out of Slack's answer to a post before slack-go reads
// it. Slack repeats all that we just wrote; nobody looks at it, decoding it is
// a good part of the work on a nudge, and a block that the library does not
// know would make a post look as if it had failed.
type lean struct{ *http.Client }

func (l lean) Do(r *http.Request) (*http.Response, error) {
	res, err := l.Client.Do(r)
	if err != nil || res.StatusCode != http.StatusOK || !strings.HasSuffix(r.URL.Path, "/chat.postMessage") {
		return res, err
	}
	body, err := io.ReadAll(res.Body)
	res.Body.Close()
	if err != nil {
		return nil, err
	}
	var fields map[string]json.RawMessage
	if json.Unmarshal(body, &fields) == nil && fields["message"] != nil {
		delete(fields, "message")
		if short, err := json.Marshal(fields); err == nil {
			body = short
		}
	}
	res.Body, res.ContentLength = io.NopCloser(bytes.NewReader(body)), int64(len(body))
	return res, nil
}
