package storage

import (
	"context"
	"database/sql"
	"errors"
	"fmt"

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

func (q querier) setMeta(key, value string) error {
	_, err := q.exec("INSERT INTO meta (key, value) VALUES ($1, $2) ON CONFLICT (key) DO UPDATE SET value = excluded.value", key, clean(value))
	return err
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
		if _, err := q.exec("INSERT INTO meta (key, value) VALUES ($1, $2) ON CONFLICT (key) DO NOTHING", workspaceKey, teamID); err != nil {
			return err
		}
		var owner string
		if err := q.one("SELECT value FROM meta WHERE key = $1", []any{workspaceKey}, &owner); err != nil {
			return err
		}
		if owner != teamID {
			return coach.Problem(fmt.Sprintf("this database belongs to the Slack workspace %s, and the tokens to %s; each workspace needs a database of its own", owner, teamID))
		}
		return nil
	})
}
