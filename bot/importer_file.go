package bot

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"io"
	"net/http"
	"net/url"
	"strings"
	"time"

	"github.com/slack-go/slack"

	"github.com/prospectcoach/prospectcoach/coach"
)

// slackFiles is Slack's own file host; the bot's token goes nowhere else.
const slackFiles = "files.slack.com"

var (
	errNoFilesRead = coach.Problem("I am not allowed to read files here. Ask the person who runs the app to add the scope files:read and to install the app again. Until then: prospectcoach import FILE --rep U… on the command line.")
	errFileGone    = coach.Problem("That file is no longer in Slack. Drop it here once more.")
)

// fileOf asks Slack for a file that was dropped before, and makes sure that it
// is the person's own.
func (b *Bot) fileOf(ctx context.Context, rep, id string) (slack.File, error) {
	f, _, _, err := b.api.GetFileInfoContext(ctx, id, 0, 0)
	switch slackError(err) {
	case "missing_scope", "no_permission":
		return slack.File{}, errNoFilesRead
	case "file_not_found", "file_deleted", "not_visible":
		return slack.File{}, errFileGone
	}
	if err != nil {
		return slack.File{}, fmt.Errorf("asking Slack for a file: %w", err)
	}
	if f.User != rep {
		return slack.File{}, errFileGone
	}
	return *f, nil
}

// download fetches a file that was dropped: from Slack's own host only,
// without following redirects, 10 MB at most.
func (b *Bot) download(ctx context.Context, f slack.File) ([]byte, error) {
	if f.Size > importBytes {
		return nil, tooBig()
	}
	from := f.URLPrivateDownload
	if from == "" {
		from = f.URLPrivate
	}
	if err := b.mayHaveToken(from); err != nil {
		return nil, err
	}
	ctx, cancel := context.WithTimeout(ctx, time.Minute)
	defer cancel()
	req, err := http.NewRequestWithContext(ctx, http.MethodGet, from, nil)
	if err != nil {
		return nil, errors.New("downloading a file: its address cannot be used")
	}
	req.Header.Set("Authorization", "Bearer "+b.BotToken)
	client := http.Client{Transport: b.HTTP.Transport, CheckRedirect: func(*http.Request, []*http.Request) error { return http.ErrUseLastResponse }}
	res, err := client.Do(req)
	if err != nil {
		return nil, fmt.Errorf("downloading a file: %w", hideURL(err))
	}
	defer res.Body.Close()
	return fileIn(res)
}

// fileIn reads the file out of Slack's answer, if that is what it holds.
func fileIn(res *http.Response) ([]byte, error) {
	if strings.HasPrefix(res.Header.Get("Content-Type"), "text/html") { // Slack's login page, with status 200
		return nil, errNoFilesRead
	}
	switch {
	case res.StatusCode == http.StatusNotFound, res.StatusCode == http.StatusGone:
		return nil, errFileGone
	case res.StatusCode/100 == 3: // a login page elsewhere
		return nil, errNoFilesRead
	case res.StatusCode != http.StatusOK:
		return nil, fmt.Errorf("downloading a file: Slack answered %s", res.Status)
	}
	data, err := io.ReadAll(io.LimitReader(res.Body, importBytes+1))
	switch {
	case err != nil:
		return nil, fmt.Errorf("downloading a file: %w", err)
	case len(data) > importBytes:
		return nil, tooBig()
	case looksLikeHTML(data):
		return nil, errNoFilesRead
	}
	return data, nil
}

func looksLikeHTML(data []byte) bool {
	start := bytes.ToLower(bytes.TrimLeft(data[:min(len(data), 200)], "\xef\xbb\xbf \t\r\n"))
	return bytes.HasPrefix(start, []byte("<!doctype html")) || bytes.HasPrefix(start, []byte("<html"))
}

// mayHaveToken lets an address through to which the token may go: Slack's file
// host by https, or where SLACK_API_URL points.
func (b *Bot) mayHaveToken(address string) error {
	u, err := url.Parse(address)
	if err == nil && u.Scheme == "https" && u.Host == slackFiles && u.User == nil {
		return nil
	}
	if api, aerr := url.Parse(b.APIURL); err == nil && aerr == nil && b.APIURL != "" && u.Scheme == api.Scheme && u.Host == api.Host && u.User == nil {
		return nil
	}
	return coach.Problem("That file does not lie on Slack's own file host, so I do not fetch it. Drop it here as a file of its own.")
}

// upload puts a file into a conversation, with a line above it.
func (b *Bot) upload(ctx context.Context, channel, name, line string, data []byte) error {
	if err := b.pace.post(ctx, channel, answersAhead); err != nil {
		return err
	}
	_, err := b.api.UploadFileContext(ctx, slack.UploadFileParameters{
		Reader: bytes.NewReader(data), FileSize: len(data), Filename: name, Title: name, InitialComment: line, Channel: channel,
	})
	if err != nil {
		return fmt.Errorf("uploading a file: %w", hideURL(err))
	}
	return nil
}
