package storage

import (
	"context"
	"fmt"
	"slices"
	"time"

	"github.com/prospectcoach/prospectcoach/coach"
)

// Forget erases a person and their gatekeeper: names, contacts, facts, texts,
// reasons, what undo had kept of them, and messages about them. What stays is
// anonymous: that there were touches and campaigns, on which days, channels
// and angles, and how they ended; and the hashes of those who asked never to be
// contacted. It cannot be undone. What is left to do in Slack is kept as an
// [Erasure] with these marks and the messages sent about this person alone.
// What the caller keeps about people in meta values of its own, with takes out
// in the same transaction; nil when there is nothing.
func (s *Store) Forget(ctx context.Context, c Change, id int64, marks []string, with func(tx *Tx) error) error {
	err := s.write(ctx, "forgetting a prospect", func(q querier) error {
		change, repeated, err := q.beginChange(c, false)
		if err != nil || repeated {
			return err
		}
		// What is due may be claimed and drawn already, or be so in this moment:
		// it waits for its pace with the name in it.
		var flying int
		if err := q.one("SELECT count(*) FROM outbox WHERE state IN ('sending', 'unknown') OR (state = 'pending' AND run_at <= $1)", []any{millis(c.At.Add(time.Minute))}, &flying); err != nil {
			return err
		}
		sent, err := q.forget(id, change)
		if err != nil {
			return err
		}
		if with != nil {
			if err := with(&Tx{s: s, q: q, id: change, at: c.At}); err != nil {
				return err
			}
		}
		e := Erasure{Prospect: id, By: c.Rep, Began: c.At, Marks: marks}
		if flying > 0 {
			e.Again = c.At.Add(lookAgain)
		}
		for _, m := range sent {
			e.Known = append(e.Known, [2]string{m.Channel, m.TS})
		}
		return q.saveErasure(e)
	})
	if err != nil {
		return err
	}
	// What a reader of an older state keeps in the log goes with EndErasure.
	if _, err := s.d.scrub(ctx, s.w); err != nil {
		return fmt.Errorf("forgotten, but traces may be left in the log: %w", err)
	}
	return nil
}

// lookAgain is how long a post that was on its way may take to be seen.
const lookAgain = 10 * time.Minute

func (q querier) forget(id, change int64) ([]Message, error) {
	l, err := q.life(id, forUpdate)
	if err != nil {
		return nil, err
	}
	sent, err := q.messages("WHERE prospect = $1 AND prospect > 0 AND state = 'sent' ORDER BY id", id)
	if err != nil {
		return nil, err
	}
	// Everything that is not named here is gone, columns to come included.
	after := coach.Prospect{ID: id, Added: l.Added, State: coach.Stopped, NeverContact: l.NeverContact}
	for _, t := range l.Touches {
		t.Subject, t.Text, t.Uses = "", "", nil
		after.Touches = append(after.Touches, t)
	}
	for _, c := range l.Campaigns {
		c.Reason = ""
		if c.Ended == 0 {
			c.LastTries = false
		}
		after.Campaigns = append(after.Campaigns, c)
	}
	before := cloneLife(&l.Prospect)
	before.Owner = "" // the owner of what stays behind is the rep, whose figures it remains in
	for i := range after.Campaigns {
		cols := changed(campaignColumns(&before.Campaigns[i]), campaignColumns(&after.Campaigns[i]))
		if err := q.update("campaigns", cols, "prospect_id = $1 AND no = $2", id, after.Campaigns[i].No); err != nil {
			return nil, err
		}
	}
	before.Campaigns = slices.Clone(after.Campaigns)
	if _, err := q.saveLife(&before, &after); err != nil {
		return nil, err
	}
	if err := q.update("prospects", []column{{name: "owner", arg: ""}, {name: "last_change", arg: change}}, "id = $1", id); err != nil {
		return nil, err
	}
	// Labels name whom a change was about, those of undos too.
	const touching = "(SELECT change_id FROM change_items WHERE kind = 'prospect' AND ref = $1)"
	for _, statement := range []string{
		"UPDATE changes SET label = 'forgotten' WHERE id IN " + touching + " OR (undoes > 0 AND undoes IN " + touching + ")",
		"UPDATE change_items SET before = '{}' WHERE kind = 'prospect' AND ref = $1 AND before IS NOT NULL",
	} {
		if _, err := q.exec(statement, itoa64(id)); err != nil {
			return nil, err
		}
	}
	// An import is about many, but its file may bear this one's name.
	if _, err := q.exec("UPDATE changes SET label = 'an import' WHERE id IN (SELECT batch FROM prospects WHERE id = $1) AND staged = TRUE", id); err != nil {
		return nil, err
	}
	_, err = q.exec("DELETE FROM outbox WHERE prospect = $1 AND prospect > 0", id)
	return sent, err
}
