package bot

import (
	"context"
	"errors"
	"fmt"

	"github.com/slack-go/slack"

	"github.com/prospectcoach/prospectcoach/bot/view"
	"github.com/prospectcoach/prospectcoach/coach"
)

// openWindow opens a window, on top of the one the turn happened in.
func (b *Bot) openWindow(ctx context.Context, at *place, v slack.ModalViewRequest) (err error) {
	at.origin.carry(&v)
	var is *slack.ViewResponse
	if at.window != "" {
		is, err = b.api.PushViewContext(ctx, at.trigger, v)
	} else {
		is, err = b.api.OpenViewContext(ctx, at.trigger, v)
	}
	if err == nil && is != nil {
		at.opened = is.ID
	}
	switch slackError(err) {
	case "":
	case "not_found":
		if at.window != "" {
			return nil // the window it was to stand on was closed meanwhile: nobody is waiting for it
		}
	case "push_limit_reached": // three stand on top of each other already
		if _, err := b.api.UpdateViewContext(ctx, v, "", "", at.window); err != nil {
			return fmt.Errorf("opening a window in the place of another: %w", err)
		}
		return nil
	case "expired_trigger_id", "trigger_expired", "exchanged_trigger_id", "trigger_exchanged":
		return b.lateWindow(ctx, at, err)
	}
	if err != nil {
		return fmt.Errorf("opening a window: %w", err)
	}
	return nil
}

// fillLater redraws the window that was opened before its content was at hand. A
// person who closed it meanwhile is not told anything.
func (b *Bot) fillLater(d *delivery, at *place, work func(context.Context) (*slack.ModalViewRequest, error)) {
	defer b.lanes.done()
	var v *slack.ModalViewRequest
	err := b.guard(func() (err error) { v, err = work(b.work); return err })
	var problem coach.Problem
	if errors.As(err, &problem) {
		v = view.NotDone(string(problem))
	} else if err != nil {
		ref := reference()
		b.Log.WithError(err).WithField("reference", ref).WithField("event", d.name).Error("a window's later work failed")
		v = view.NotDone("Something went wrong on our side. Nothing was changed. Reference " + ref + ".")
	}
	if at.opened == "" || v == nil {
		return
	}
	at.origin.carry(v)
	if _, err := b.api.UpdateViewContext(b.work, *v, "", "", at.opened); err != nil && slackError(err) != "not_found" {
		b.Log.WithError(err).WithField("user", at.user).Error("a window could not be redrawn")
	}
}

// lateWindow tells a person whose window Slack no longer lets us open.
func (b *Bot) lateWindow(ctx context.Context, at *place, cause error) error {
	if at.respond == "" {
		return fmt.Errorf("opening a window: %w", cause)
	}
	return b.respond(ctx, at.respond, view.Say("That took too long for Slack to open the window. Please try once more."), "ephemeral", false)
}

// onTop answers a form with a window on top of it, or in its place where three
// stand on top of each other already, which is all that Slack allows.
func (d *delivery) onTop(v *slack.ModalViewRequest) *slack.ViewSubmissionResponse {
	if d.third() {
		return slack.NewUpdateViewSubmissionResponse(v)
	}
	return slack.NewPushViewSubmissionResponse(v)
}

// third tells whether the form's window is the third of a stack.
func (d *delivery) third() bool {
	v := d.act.View
	return v != nil && v.Previous != "" && v.Previous != v.Root
}

// sayInWindow answers a form with a small window on top of it, so that what was
// typed is still there beneath; where there is no room for one, at a field.
func (d *delivery) sayInWindow(text string) *slack.ViewSubmissionResponse {
	if d.third() {
		for _, block := range d.act.View.Blocks {
			if block.Type == string(slack.MBTInput) {
				return slack.NewErrorsViewSubmissionResponse(map[string]string{block.ID: text})
			}
		}
	}
	return d.onTop(view.NotDone(text))
}

// sayInNotice tells whether a refusal needs a window of its own: beside a form,
// which keeps what was typed, in the Home, and where Slack's own menu was used,
// which gives no other place to say it in.
func sayInNotice(d *delivery, at *place, r Reply) bool {
	return d.kind == "click" && (at.window != "" || at.channel == "") || d.kind == "shortcut" && at.respond == "" && r.said != ""
}
