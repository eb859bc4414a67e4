package bot

import (
	"context"
	"crypto/hmac"
	"crypto/sha256"
	"fmt"
	"slices"

	"github.com/prospectcoach/prospectcoach/bot/view"
	"github.com/prospectcoach/prospectcoach/coach"
	"github.com/prospectcoach/prospectcoach/storage"
)

// neverAgain keeps the wish of somebody who asked not to be contacted: the
// list refuses them from now on, and whoever else pursues the same person,
// told by address or phone, is stopped too and hears why (V5).
func (b *Bot) neverAgain(ctx context.Context, tx *storage.Tx, t Turn, c coach.Case) error {
	if err := tx.NeverContact(b.neverKeys(c.Prospect)...); err != nil {
		return err
	}
	rows, err := b.Store.Duplicates(ctx, *c.Prospect)
	if err != nil {
		return err
	}
	for _, r := range rows {
		if err := b.stopToo(tx, t, c, r.ID); err != nil {
			return err
		}
	}
	return nil
}

func (b *Bot) stopToo(tx *storage.Tx, t Turn, c coach.Case, id int64) error {
	p, err := tx.Prospect(id)
	if isNotFound(err) {
		return nil
	}
	if err != nil || p.NeverContact || !samePerson(p, c.Prospect) {
		return err
	}
	other := c
	other.Prospect = p
	if p.State != coach.Stopped {
		if err := other.Stop("asked not to be contacted"); err != nil {
			return err
		}
	}
	p.NeverContact = true
	other.Reindex()
	if err := tx.Dismiss(id); err != nil || p.Owner == t.Rep.ID {
		return err
	}
	return tx.Queue(storage.Message{
		Key: fmt.Sprintf("never:%d:%d", tx.ID(), id), Kind: kindNever, Rep: p.Owner, Prospect: id, Day: t.today(), Priority: prioNotice, RunAt: t.Now,
	})
}

// samePerson tells whether a wish of one is the other's too: a name alone is
// not enough to stop somebody else's work.
func samePerson(a, b *coach.Prospect) bool {
	mine := askedBy(a)
	return slices.ContainsFunc(askedBy(b), func(k string) bool { return slices.Contains(mine, k) })
}

// askedBy is what tells a person who asked not to be contacted: address and
// number. A switchboard's number is nobody's own and tells them only together
// with their name and company.
func askedBy(p *coach.Prospect) (keys []string) {
	k := storage.KeysOf(p)
	for _, own := range []string{k.Email, k.Phone} {
		if own != "" {
			keys = append(keys, own)
		}
	}
	if number := storage.PhoneKey(p.Phone); number != "" {
		keys = append(keys, number+"\x00"+k.Person)
	}
	return keys
}

// neverKeys are what the never-contact list keeps of a person: keyed hashes,
// nothing that could be read back.
func (b *Bot) neverKeys(p *coach.Prospect) [][]byte {
	var keys [][]byte
	for _, s := range askedBy(p) {
		mac := hmac.New(sha256.New, b.HashKey)
		mac.Write([]byte(s))
		keys = append(keys, mac.Sum(nil))
	}
	return keys
}

// buildNever tells the owner of such a prospect, once.
func (b *Bot) buildNever(ctx context.Context, m storage.Message, row storage.RepRow) (parcel, error) {
	p, err := b.Store.Prospect(ctx, m.Prospect)
	if err != nil {
		return parcel{}, err
	}
	if p.Owner != row.ID || !p.NeverContact {
		return parcel{drop: "taken back since"}, nil
	}
	return parcel{Message: view.NeverAgain(&p)}, nil
}
