package storage

import (
	"context"
	"database/sql"
	"encoding/json"
	"errors"
	"fmt"
	"strings"
	"time"

	"github.com/prospectcoach/prospectcoach/coach"
)

// Meta is the value kept under key, "" if there is none.
func (s *Store) Meta(ctx context.Context, key string) (value string, err error) {
	err = s.glance(ctx, "reading "+key, func(q querier) error {
		err := q.one("SELECT value FROM meta WHERE key = $1", []any{key}, &value)
		if errors.Is(err, ErrNotFound) {
			return nil
		}
		return err
	})
	return value, err
}

// SetMeta keeps a small value under key.
func (s *Store) SetMeta(ctx context.Context, key, value string) error {
	return s.write(ctx, "keeping "+key, func(q querier) error { return q.setMeta(key, value) })
}

// SetMeta keeps a small value under key with the change. Undo leaves it.
func (tx *Tx) SetMeta(key, value string) error { return tx.q.setMeta(key, value) }

// EditMeta puts what fn makes of the value under key in its place; a value
// that is there already is nobody else's to change meanwhile.
func (s *Store) EditMeta(ctx context.Context, key string, fn func(value string) (string, error)) error {
	return s.write(ctx, "changing "+key, func(q querier) error {
		var was string
		err := q.one("SELECT value FROM meta WHERE key = $1"+forUpdate, []any{key}, &was)
		if err != nil && !errors.Is(err, ErrNotFound) {
			return err
		}
		value, err := fn(was)
		if err != nil || value == was {
			return err
		}
		return q.setMeta(key, value)
	})
}

// Metas are the values whose keys begin with prefix, by key, under the write
// lock.
func (tx *Tx) Metas(prefix string) (map[string]string, error) {
	all := map[string]string{}
	err := tx.q.each("SELECT key, value FROM meta WHERE key LIKE $1 ORDER BY key"+forUpdate, []any{prefix + "%"}, func(rows *sql.Rows) error {
		var key, value string
		err := rows.Scan(&key, &value)
		all[key] = value
		return err
	})
	return all, err
}

// ClaimMeta keeps value under key unless something is kept there already, and
// answers what is: of several who claim at once, all hear of the same.
func (s *Store) ClaimMeta(ctx context.Context, key, value string) (held string, err error) {
	err = s.write(ctx, "claiming the "+key, func(q querier) error {
		held, err = q.claimMeta(key, value)
		return err
	})
	return held, err
}

func (q querier) claimMeta(key, value string) (held string, err error) {
	if _, err := q.exec("INSERT INTO meta (key, value) VALUES ($1, $2) ON CONFLICT (key) DO NOTHING", key, clean(value)); err != nil {
		return "", err
	}
	err = q.one("SELECT value FROM meta WHERE key = $1", []any{key}, &held)
	return held, err
}

func (q querier) setMeta(key, value string) error {
	_, err := q.exec("INSERT INTO meta (key, value) VALUES ($1, $2) ON CONFLICT (key) DO UPDATE SET value = excluded.value", key, clean(value))
	return err
}

// metaImage is a small value before and after a change.
type metaImage struct{ Was, Now string }

// imagesKept is before the images of small values: among these themselves,
// named by when and in which change, so that they are found and grow old.
const imagesKept = "undo:"

func metaImages(at time.Time, change int64) string {
	return fmt.Sprintf("%s%013d:%d:", imagesKept, millis(at), change)
}

// SwapMeta is [Tx.SetMeta] of a value that undo gives back, if it still is as
// the change left it. The change's label must name nobody whom forget may have
// to erase, for it cannot be found by this value.
func (tx *Tx) SwapMeta(key, value string) error {
	img := metaImage{Now: clean(value)}
	err := tx.q.one("SELECT value FROM meta WHERE key = $1"+forUpdate, []any{key}, &img.Was)
	if err != nil && !errors.Is(err, ErrNotFound) {
		return err
	}
	text, err := json.Marshal(img)
	if err != nil {
		return err
	}
	tx.items++
	return errors.Join(tx.q.setMeta(metaImages(tx.at, tx.id)+key, string(text)), tx.q.setMeta(key, value))
}

// restoreMeta gives back the small values that a change swapped.
func (q querier) restoreMeta(t undoTarget) error {
	prefix := metaImages(t.at, t.id)
	images := map[string]metaImage{}
	err := q.each("SELECT key, value FROM meta WHERE key LIKE $1", []any{prefix + "%"}, func(rows *sql.Rows) error {
		var key, text string
		if err := rows.Scan(&key, &text); err != nil {
			return err
		}
		var img metaImage
		err := readImage(text, &img)
		images[strings.TrimPrefix(key, prefix)] = img
		return err
	})
	if err != nil {
		return err
	}
	for key, img := range images {
		n, err := q.exec("UPDATE meta SET value = $3 WHERE key = $1 AND value = $2", key, img.Now, img.Was)
		if err != nil {
			return err
		}
		if n == 0 {
			return coach.Problem(fmt.Sprintf("That cannot be undone any more (%s). What happened since: it was answered or taken back", t.label))
		}
	}
	return nil
}

const workspaceKey = "workspace"

// Workspace is the Slack workspace the database belongs to, "" before the
// first has claimed it.
func (s *Store) Workspace(ctx context.Context) (string, error) { return s.Meta(ctx, workspaceKey) }

// ClaimWorkspace binds the database to the Slack workspace that uses it first
// and refuses any other with a coach.Problem: numbers and names of two teams
// must never mix.
func (s *Store) ClaimWorkspace(ctx context.Context, teamID string) error {
	return s.write(ctx, "claiming the workspace", func(q querier) error {
		owner, err := q.claimMeta(workspaceKey, teamID)
		if err != nil {
			return err
		}
		if owner != teamID {
			return coach.Problem(fmt.Sprintf("this database belongs to the Slack workspace %s, and the tokens to %s; each workspace needs a database of its own", owner, teamID))
		}
		return nil
	})
}
