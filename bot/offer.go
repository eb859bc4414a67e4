package bot

import (
	"context"
	"fmt"
	"strconv"
	"strings"
	"time"

	"github.com/prospectcoach/prospectcoach/bot/view"
	"github.com/prospectcoach/prospectcoach/coach"
	"github.com/prospectcoach/prospectcoach/storage"
)

// An offer is a rep's own prospect on its way to a colleague who has not said
// yes. It is kept outside of the prospect's life, which it does not touch: at
// most one for each, and a newer one takes the older one's place. It stands for
// a week; then the owner is told, once, that nobody answered.

func offerKey(id int64) string { return "offer:" + strconv.FormatInt(id, 10) }

// kindOfferOver tells a rep that the colleague did not answer.
const kindOfferOver = "offer_over"

const offerLife = view.OfferDays * 24 * time.Hour

// offerMark is how an offer is kept: from whom, to whom, until when.
func offerMark(from, to string, until time.Time) string {
	return fmt.Sprintf("%s>%s>%d", from, to, until.UnixMilli())
}

// offer asks the colleague whether they take it over; a question that stands
// is not asked twice.
func (b *Bot) offer(ctx context.Context, t Turn, p coach.Prospect, to storage.RepRow) (string, deed, error) {
	if done(p.State) {
		return "", deed{}, coach.Problem(fmt.Sprintf("%s There is nothing left to hand over; “%s reopen %d” takes it up again.", view.Standing(&p, coach.Advice{}, t.today()), t.Slash, p.ID))
	}
	if asked, err := b.offered(ctx, &p, to.ID); err != nil || asked {
		return view.OfferedWords(&p, to.Name), deed{}, err
	}
	until := t.Now.Add(offerLife)
	mark := offerMark(p.Owner, to.ID, until)
	label := fmt.Sprintf("asked %s to take over %s", to.Name, view.Num(p.ID))
	done, err := b.Store.Change(ctx, storage.Change{Key: t.Key, Rep: t.Rep.ID, Label: label, At: t.Now}, func(tx *storage.Tx) error {
		for _, m := range []storage.Message{
			{Key: fmt.Sprintf("offer:%d:%s", p.ID, mark), Kind: kindOffer, Rep: to.ID, Slot: p.Owner + ">" + to.ID, RunAt: t.Now},
			{Key: fmt.Sprintf("offer-over:%d:%s", p.ID, mark), Kind: kindOfferOver, Rep: p.Owner, Slot: mark, RunAt: until},
		} {
			m.Prospect, m.Day, m.Priority = p.ID, t.today(), prioNotice
			if err := tx.Queue(m); err != nil {
				return err
			}
		}
		return tx.SwapMeta(offerKey(p.ID), mark)
	})
	return view.OfferedWords(&p, to.Name), deed{Undo: done.ID}, err
}

// done tells that there is nothing left to pursue.
func done(s coach.State) bool { return s == coach.Stopped || s == coach.Won }

// withdraw takes an offer back, if one stands.
func (b *Bot) withdraw(ctx context.Context, t Turn, p *coach.Prospect) (bool, deed, error) {
	said, err := b.Store.Meta(ctx, offerKey(p.ID))
	if err != nil || !strings.HasPrefix(said, p.Owner+">") || !standing(said, t.Now) {
		return false, deed{}, err
	}
	done, err := b.Store.Change(ctx, storage.Change{Key: t.Key, Rep: t.Rep.ID, Label: "withdrew the question about " + view.Num(p.ID), At: t.Now}, func(tx *storage.Tx) error {
		return tx.SwapMeta(offerKey(p.ID), "")
	})
	return true, deed{Undo: done.ID}, err
}

// offered tells whether the offer from its owner to that colleague still
// stands: neither answered nor replaced, not too old, and the prospect still
// one to pursue.
func (b *Bot) offered(ctx context.Context, p *coach.Prospect, to string) (bool, error) {
	said, err := b.Store.Meta(ctx, offerKey(p.ID))
	return strings.HasPrefix(said, p.Owner+">"+to+">") && standing(said, b.now()) && !done(p.State), err
}

func standing(mark string, now time.Time) bool {
	ms, err := strconv.ParseInt(mark[strings.LastIndexByte(mark, '>')+1:], 10, 64)
	return err == nil && now.UnixMilli() < ms
}

// buildOfferOver tells the owner that the colleague let the question pass.
func (b *Bot) buildOfferOver(ctx context.Context, m storage.Message, row storage.RepRow) (parcel, error) {
	p, err := b.Store.Prospect(ctx, m.Prospect)
	if err != nil {
		return parcel{}, err
	}
	said, err := b.Store.Meta(ctx, offerKey(p.ID))
	if err != nil || said != m.Slot || p.Owner != row.ID || done(p.State) {
		return parcel{drop: "answered, or asked anew"}, err
	}
	to, err := b.Store.Rep(ctx, strings.Split(m.Slot, ">")[1])
	return parcel{Message: view.OfferOver(&p, to.Name, to.ID)}, err
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
	_, err := b.Store.Change(ctx, storage.Change{Key: t.Key, Rep: t.Rep.ID, At: t.Now}, func(tx *storage.Tx) error {
		if err := tx.Queue(storage.Message{
			Key: "declined:" + t.Key, Kind: kindDeclined, Rep: p.Owner, Prospect: p.ID, Slot: t.Rep.ID, Day: t.today(), Priority: prioNotice, RunAt: t.Now,
		}); err != nil {
			return err
		}
		return tx.SetMeta(offerKey(p.ID), "")
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
