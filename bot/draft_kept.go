package bot

import (
	"context"
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"fmt"
	"slices"
	"strings"

	"github.com/prospectcoach/prospectcoach/bot/view"
	"github.com/prospectcoach/prospectcoach/coach"
	"github.com/prospectcoach/prospectcoach/storage"
)

// A draft that is too long for a button is kept with its rep, so that the
// buttons under its check find it again. The latest few are kept, no more.
const (
	keptDrafts = 5
	keptMark   = "kept:"

	draftsOf = "drafts:" // and the rep
)

func draftsKey(rep string) string { return draftsOf + rep }

// keptDraft is one of them, and whom it was checked for so far.
type keptDraft struct {
	Text string  `json:"text"`
	For  []int64 `json:"for,omitempty"`
}

// note remembers that the draft was checked for a prospect; 0 is nobody.
func (d *keptDraft) note(id int64) {
	if id != 0 && !slices.Contains(d.For, id) {
		d.For = append(d.For, id)
	}
}

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
	err := b.editDrafts(ctx, rep, func(kept []keptDraft) []keptDraft {
		fresh := keptDraft{Text: d.Text}
		all := []keptDraft{}
		for _, old := range kept {
			if old.Text == d.Text {
				fresh.For = old.For
			} else if len(all) < keptDrafts-1 {
				all = append(all, old)
			}
		}
		fresh.note(d.ID)
		return slices.Insert(all, 0, fresh)
	})
	d.TS, d.Text = keptMark+draftHash(d.Text), ""
	return d, err
}

// keptText finds it again, for whom it is checked now; false when it is no
// longer among them.
func (b *Bot) keptText(ctx context.Context, rep, mark string, id int64) (text string, ok bool, err error) {
	err = b.editDrafts(ctx, rep, func(kept []keptDraft) []keptDraft {
		for i := range kept {
			if strings.TrimPrefix(mark, keptMark) == draftHash(kept[i].Text) {
				text, ok = kept[i].Text, true
				kept[i].note(id)
			}
		}
		return kept
	})
	return text, ok, err
}

func (b *Bot) editDrafts(ctx context.Context, rep string, edit func([]keptDraft) []keptDraft) error {
	return b.Store.EditMeta(ctx, draftsKey(rep), func(was string) (string, error) { return editedDrafts(was, edit) })
}

// editedDrafts is what a rep keeps, after the edit.
func editedDrafts(was string, edit func([]keptDraft) []keptDraft) (string, error) {
	var kept []keptDraft
	if was != "" {
		if err := json.Unmarshal([]byte(was), &kept); err != nil {
			return "", fmt.Errorf("kept drafts cannot be read: %w", err)
		}
	}
	if kept = edit(kept); len(kept) == 0 {
		return "", nil
	}
	text, err := json.Marshal(kept)
	return string(text), err
}

// UnmarshalJSON reads those kept as a text alone too, as they once were.
func (d *keptDraft) UnmarshalJSON(raw []byte) error {
	if json.Unmarshal(raw, &d.Text) == nil {
		return nil
	}
	type plain keptDraft
	return json.Unmarshal(raw, (*plain)(d))
}

// dropDrafts throws away every draft, whoever kept it, that may be about
// somebody who is being forgotten.
func dropDrafts(tx *storage.Tx, p *coach.Prospect) error {
	all, err := tx.Metas(draftsOf)
	if err != nil {
		return err
	}
	for key, was := range all {
		left, err := editedDrafts(was, func(kept []keptDraft) []keptDraft {
			return slices.DeleteFunc(kept, func(d keptDraft) bool { return d.about(p) })
		})
		if err != nil {
			return err
		}
		if left == was {
			continue
		}
		if err := tx.SetMeta(key, left); err != nil {
			return err
		}
	}
	return nil
}

// about tells whether the draft may be about somebody: it was checked for
// them, or holds their name or address. One that was checked for nobody may
// greet them by the first name alone, or name no more than the company; in
// doubt it is about them, for a draft is soon checked again.
func (d keptDraft) about(p *coach.Prospect) bool {
	if slices.Contains(d.For, p.ID) {
		return true
	}
	signs := []string{p.Name, p.Email, p.Gatekeeper.Name}
	if len(d.For) == 0 {
		signs = slices.Concat(signs, plainWords(p.Name), plainWords(p.Gatekeeper.Name), []string{p.Company})
		if words := plainWords(p.Company); len(words) > 0 {
			signs = append(signs, words[0]) // Acme is meant by Acme Logistics GmbH too
		}
	}
	text := " " + strings.Join(plainWords(d.Text), " ") + " "
	return slices.ContainsFunc(signs, func(s string) bool {
		words := strings.Join(plainWords(s), " ")
		return words != "" && strings.Contains(text, " "+words+" ")
	})
}

func draftHash(text string) string {
	h := sha256.Sum256([]byte(text))
	return hex.EncodeToString(h[:8])
}
