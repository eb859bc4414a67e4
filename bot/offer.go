package bot

import (
	"context"
	"fmt"
	"strconv"
	"strings"

	"github.com/prospectcoach/prospectcoach/bot/view"
	"github.com/prospectcoach/prospectcoach/coach"
	"github.com/prospectcoach/prospectcoach/storage"
)

// An offer is a rep's own prospect on its way to a colleague who has not said
// yes. It is kept outside of the prospect's life, which it does not touch: at
// most one for each, and a newer one takes the older one's place.

func offerKey(id int64) string { return "offer:" + strconv.FormatInt(id, 10) }

// offer asks the colleague, once a day at most, whether they take it over.
func (b *Bot) offer(ctx context.Context, t Turn, p coach.Prospect, to storage.RepRow) (Reply, error) {
	if err := b.Store.SetMeta(ctx, offerKey(p.ID), p.Owner+">"+to.ID); err != nil {
		return Reply{}, err
	}
	err := b.Store.Queue(ctx, storage.Message{
		Key: fmt.Sprintf("offer:%d:%s:%s:%s", p.ID, p.Owner, to.ID, t.today()), Kind: kindOffer, Rep: to.ID, Prospect: p.ID,
		Slot: p.Owner + ">" + to.ID, Day: t.today(), Priority: prioNotice, RunAt: t.Now,
	})
	if err != nil {
		return Reply{}, err
	}
	return Show(view.Words(view.OfferedWords(&p, to.Name))), nil
}

// offered tells whether the offer from one to the other still stands.
func (b *Bot) offered(ctx context.Context, p *coach.Prospect, to string) (bool, error) {
	said, err := b.Store.Meta(ctx, offerKey(p.ID))
	return said == p.Owner+">"+to, err
}

// buildOffer makes the question to the colleague.
func (b *Bot) buildOffer(ctx context.Context, m storage.Message, row storage.RepRow) (parcel, error) {
	p, err := b.Store.Prospect(ctx, m.Prospect)
	if err != nil {
		return parcel{}, err
	}
	stands, err := b.offered(ctx, &p, row.ID)
	if err != nil || !stands || m.Slot != p.Owner+">"+row.ID {
		return parcel{drop: "no longer offered"}, err
	}
	owner, err := b.Store.Rep(ctx, p.Owner)
	return parcel{Message: view.Offer(&p, owner.Name)}, err
}

// offerClick is the colleague's answer. The button's value proves nothing: the
// offer must stand, from its owner to the one who clicked.
func (b *Bot) offerClick(ctx context.Context, in Click) (Reply, error) {
	id, err := strconv.ParseInt(strings.TrimSpace(in.Value), 10, 64)
	if err != nil {
		return Reply{}, fmt.Errorf("an offer's button holds %.60q", in.Value)
	}
	p, err := b.Store.Prospect(ctx, id)
	if err != nil && !isNotFound(err) {
		return Reply{}, err
	}
	stands := false
	if err == nil {
		if stands, err = b.offered(ctx, &p, in.Rep.ID); err != nil {
			return Reply{}, err
		}
	}
	if !stands {
		return b.offerOver(in, &p), nil
	}
	t := in.Turn
	t.Key = pressKey(in)
	if in.Tail != "yes" {
		return b.declineOffer(ctx, t, p)
	}
	d, err := b.handOver(ctx, t, id, p.Owner, in.Rep)
	if err != nil {
		return Reply{}, err
	}
	if err := b.Store.SetMeta(ctx, offerKey(id), ""); err != nil {
		return Reply{}, err
	}
	return Redraw(view.Done(view.HandedWords(d.Prospect, ""), d.Undo, view.Next{Label: "Card", Line: fmt.Sprintf("show %d", id)})), nil
}

// offerOver says what is the case when there is nothing to answer any more;
// whose it is otherwise stays unsaid.
func (b *Bot) offerOver(in Click, p *coach.Prospect) Reply {
	if p.ID != 0 && p.Owner == in.Rep.ID {
		return Redraw(view.Done(view.Who(p)+" is yours.", 0, view.Next{Label: "Card", Line: fmt.Sprintf("show %d", p.ID)}))
	}
	return Redraw(view.Words("That offer no longer stands."))
}

// declineOffer ends the offer and tells the owner.
func (b *Bot) declineOffer(ctx context.Context, t Turn, p coach.Prospect) (Reply, error) {
	if err := b.Store.SetMeta(ctx, offerKey(p.ID), ""); err != nil {
		return Reply{}, err
	}
	err := b.Store.Queue(ctx, storage.Message{
		Key: "declined:" + t.Key, Kind: kindDeclined, Rep: p.Owner, Prospect: p.ID, Slot: t.Rep.ID, Day: t.today(), Priority: prioNotice, RunAt: t.Now,
	})
	if err != nil {
		return Reply{}, err
	}
	return Redraw(view.Words("Declined. The owner is told, and nothing was changed.")), nil
}

// buildDeclined tells the owner that the colleague said no.
func (b *Bot) buildDeclined(ctx context.Context, m storage.Message, row storage.RepRow) (parcel, error) {
	p, err := b.Store.Prospect(ctx, m.Prospect)
	if err != nil {
		return parcel{}, err
	}
	if p.Owner != row.ID {
		return parcel{drop: "handed on since"}, nil
	}
	who, err := b.Store.Rep(ctx, m.Slot)
	return parcel{Message: view.OfferDeclined(&p, who.Name)}, err
}
