package storage

import (
	"context"
	"database/sql"
	"encoding/json"
	"fmt"
	"time"
)

// Erasure is what is left to do in Slack after a person was forgotten. It is
// written in the same transaction, so that no crash loses it, and knows nobody
// by name: Marks are the caller's, and nothing can be read back from them.
type Erasure struct {
	Prospect int64       `json:"prospect"`
	By       string      `json:"by"` // who asked, to be told how it ended
	Began    time.Time   `json:"began"`
	Marks    []string    `json:"marks"`
	Known    [][2]string `json:"known"`    // channel and ts of messages still to be deleted
	Searched []string    `json:"searched"` // reps whose DM was looked through
	Again    time.Time   `json:"again"`    // when to look a second time, because posts may have been drawn or on their way; zero for never
	Left     int         `json:"left"`     // messages that could not be deleted
	Unread   int         `json:"unread"`   // DMs that could not be looked through
}

// Erasures lie among the small values, each under its prospect's number.
const erasures = "erasure:"

func (e Erasure) key() string { return erasures + itoa64(e.Prospect) }

// Erasures are those not yet done, oldest number first.
func (s *Store) Erasures(ctx context.Context) (all []Erasure, err error) {
	err = s.read(ctx, "reading what is left to erase", func(q querier) error {
		return q.each("SELECT value FROM meta WHERE key LIKE $1 ORDER BY length(key), key", []any{erasures + "%"}, func(rows *sql.Rows) error {
			var text string
			if err := rows.Scan(&text); err != nil {
				return err
			}
			var e Erasure
			if err := json.Unmarshal([]byte(text), &e); err != nil {
				return fmt.Errorf("an erasure cannot be read: %w", err)
			}
			all = append(all, e)
			return nil
		})
	})
	return all, err
}

// SaveErasure keeps how far it is.
func (s *Store) SaveErasure(ctx context.Context, e Erasure) error {
	return s.write(ctx, "keeping an erasure", func(q querier) error { return q.saveErasure(e) })
}

func (q querier) saveErasure(e Erasure) error {
	text, err := json.Marshal(e)
	if err != nil {
		return err
	}
	_, err = q.exec("INSERT INTO meta (key, value) VALUES ($1, $2) ON CONFLICT (key) DO UPDATE SET value = excluded.value", e.key(), string(text))
	return err
}

// EndErasure drops it as done, and queues the message that says how it ended,
// if there is one, in the same transaction. First it empties SQLite's log once
// more, for a process that was killed may have left it full; while somebody
// reads an older state the erasure stays, to be ended another time.
func (s *Store) EndErasure(ctx context.Context, e Erasure, say *Message) error {
	if clean, err := s.d.scrub(ctx, s.w); err != nil || !clean {
		return err
	}
	return s.write(ctx, "ending an erasure", func(q querier) error {
		if _, err := q.exec("DELETE FROM meta WHERE key = $1", e.key()); err != nil || say == nil {
			return err
		}
		return q.queue(0, *say)
	})
}
