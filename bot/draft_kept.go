package bot

import (
	"context"
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"strings"

	"github.com/prospectcoach/prospectcoach/bot/view"
)

// A draft that is too long for a button is kept with its rep, so that the
// buttons under its check find it again. The latest few are kept, no more.
const (
	keptDrafts = 5
	keptMark   = "kept:"
)

func draftsKey(rep string) string { return "drafts:" + rep }

// keep makes a draft fit into buttons.
func (b *Bot) keep(ctx context.Context, rep string, d view.Drafted) (view.Drafted, error) {
	if !d.Long() {
		return d, nil
	}
	return b.keepAlways(ctx, rep, d)
}

// keepAlways does so with a short one too, for the menu of all prospects: what
// stands in a menu is shorter than what stands in a button.
func (b *Bot) keepAlways(ctx context.Context, rep string, d view.Drafted) (view.Drafted, error) {
	kept, err := b.kept(ctx, rep)
	if err != nil {
		return d, err
	}
	all := []string{d.Text}
	for _, old := range kept {
		if old != d.Text && len(all) < keptDrafts {
			all = append(all, old)
		}
	}
	d.TS, d.Text = keptMark+draftHash(d.Text), ""
	return d, b.keepAll(ctx, rep, all)
}

// keptDraft finds it again.
func (b *Bot) keptDraft(ctx context.Context, rep, mark string) (string, bool, error) {
	kept, err := b.kept(ctx, rep)
	for _, text := range kept {
		if strings.TrimPrefix(mark, keptMark) == draftHash(text) {
			return text, true, err
		}
	}
	return "", false, err
}

func (b *Bot) kept(ctx context.Context, rep string) (all []string, err error) {
	text, err := b.Store.Meta(ctx, draftsKey(rep))
	if err != nil || text == "" {
		return nil, err
	}
	return all, json.Unmarshal([]byte(text), &all)
}

func (b *Bot) keepAll(ctx context.Context, rep string, all []string) error {
	text, err := json.Marshal(all)
	if err != nil {
		return err
	}
	return b.Store.SetMeta(ctx, draftsKey(rep), string(text))
}

// dropDrafts throws away what a rep kept about somebody who was forgotten.
func (b *Bot) dropDrafts(ctx context.Context, rep string, marks []string) error {
	kept, err := b.kept(ctx, rep)
	if err != nil || len(kept) == 0 {
		return err
	}
	left := []string{}
	for _, text := range kept {
		if !b.marked(text, marks) {
			left = append(left, text)
		}
	}
	if len(left) == len(kept) {
		return nil
	}
	return b.keepAll(ctx, rep, left)
}

func draftHash(text string) string {
	h := sha256.Sum256([]byte(text))
	return hex.EncodeToString(h[:8])
}
