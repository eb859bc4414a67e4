package storage

import (
	"context"
	"database/sql"
	"errors"
	"time"
)

// ErrNotFound is answered when there is no such row, or it was forgotten.
var ErrNotFound = errors.New("not found")

// ErrConflict is answered when somebody else was there first: a unique value
// is taken, or the row is no longer the caller's.
var ErrConflict = errors.New("conflict")

// Options say which database to open.
type Options struct {
	URL      string           // sqlite://path or postgres://…
	Now      func() time.Time // the clock, for marks that no caller hands in
	ReadOnly bool             // no lock, no migration, no writing; for export and backup beside a running bot
}

// Store is the memory of one workspace. It is safe for concurrent use.
type Store struct {
	w, r *sql.DB
	now  func() time.Time
}

// Open connects, brings the tables up to date and takes the writer's lock.
func Open(ctx context.Context, o Options) (*Store, error) { panic("storage") }

// Close lets go of the database and of the writer's lock.
func (s *Store) Close() error { panic("storage") }

// Ping tells whether the database answers.
func (s *Store) Ping(ctx context.Context) error { panic("storage") }
