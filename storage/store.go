package storage

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
	"sync"
	"sync/atomic"
	"time"

	"github.com/prospectcoach/prospectcoach/coach"
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
	ReadOnly bool             // no lock, no migration, no writing: for export and backup beside a running bot
	// Observe, unless nil, is told of each transaction: "read" or "write",
	// how long it took by Now, its wait for the writer included, and what came of it.
	Observe func(op string, took time.Duration, err error)
	// Upgrading, unless nil, is told before a database of an older program is
	// brought up to date.
	Upgrading func(Upgrade)
}

// Store is the memory of one workspace. It is safe for concurrent use.
type Store struct {
	d    dialect
	w, r *sql.DB // SQLite: one writer, four readers; PostgreSQL: the same pool
	now  func() time.Time
	held *held // the writer's lock, nil on PostgreSQL and read-only

	observe func(op string, took time.Duration, err error)

	stepping sync.Mutex // held by the import that writes a step
	zones    sync.Map   // name to *time.Location: reading one costs a file
	figures  figures
	traces   atomic.Bool // the log holds what was forgotten: see Scrub

	closing sync.Once
	closed  error
}

// Open connects, takes the writer's lock (SQLite) and brings the tables up to
// date. It refuses a second writer on one file with [ErrHeld] and a database
// that a newer program has written.
func Open(ctx context.Context, o Options) (*Store, error) {
	if o.Now == nil {
		return nil, errors.New("opening the database: a clock is needed")
	}
	d, err := parseURL(o.URL)
	if err != nil {
		return nil, err
	}
	s := &Store{d: d, now: o.Now, observe: o.Observe}
	if o.ReadOnly {
		err = d.exists()
	} else {
		s.held, err = d.prepare()
	}
	if err != nil {
		return nil, err
	}
	if s.w, s.r, err = d.open(o.ReadOnly); err == nil {
		if err = s.Ping(ctx); err == nil {
			err = s.migrate(ctx, o)
		}
		if err == nil {
			err = s.endLeases(ctx)
		}
	}
	if err != nil {
		return nil, errors.Join(err, s.Close())
	}
	return s, nil
}

// Close lets go of the database and of the writer's lock; once is enough, a
// second time answers the same.
func (s *Store) Close() error {
	s.closing.Do(func() {
		var errs []error
		if s.r != nil && s.r != s.w {
			errs = append(errs, s.r.Close())
		}
		if s.w != nil {
			errs = append(errs, s.w.Close())
		}
		if s.held != nil {
			errs = append(errs, s.held.release())
		}
		s.closed = errors.Join(errs...)
	})
	return s.closed
}

// Ping tells whether the database answers.
func (s *Store) Ping(ctx context.Context) error {
	if err := s.r.PingContext(ctx); err != nil {
		return fmt.Errorf("reaching the database: %w", err)
	}
	return nil
}

// querier is a transaction that speaks the dialect.
type querier struct {
	ctx context.Context // of this one transaction; it ends with it
	d   dialect
	tx  *sql.Tx

	// used are the statements of this transaction, prepared from their second
	// use on: a save repeats a few many times, and SQLite parses each anew.
	used map[string]*sql.Stmt
}

// run is how the transaction runs a statement; for each kind of answer.
func (q querier) run(text string) (stmt *sql.Stmt, ready string, err error) {
	ready = q.d.text(text)
	stmt, again := q.used[ready]
	if again && stmt == nil {
		stmt, err = q.tx.PrepareContext(q.ctx, ready) // closed with the transaction
	}
	q.used[ready] = stmt
	return stmt, ready, err
}

func (q querier) exec(text string, args ...any) (int, error) {
	var res sql.Result
	stmt, ready, err := q.run(text)
	switch {
	case err != nil:
	case stmt != nil:
		res, err = stmt.ExecContext(q.ctx, args...)
	default:
		res, err = q.tx.ExecContext(q.ctx, ready, args...)
	}
	if err != nil {
		return 0, q.d.mapped(err)
	}
	n, err := res.RowsAffected()
	return int(n), err
}

// one reads one row; ErrNotFound if there is none.
func (q querier) one(text string, args []any, dest ...any) error {
	stmt, ready, err := q.run(text)
	switch {
	case err != nil:
	case stmt != nil:
		err = stmt.QueryRowContext(q.ctx, args...).Scan(dest...)
	default:
		err = q.tx.QueryRowContext(q.ctx, ready, args...).Scan(dest...)
	}
	if errors.Is(err, sql.ErrNoRows) {
		return ErrNotFound
	}
	return q.d.mapped(err)
}

// each calls fn for every row.
func (q querier) each(text string, args []any, fn func(rows *sql.Rows) error) (err error) {
	var rows *sql.Rows
	stmt, ready, err := q.run(text)
	switch {
	case err != nil:
	case stmt != nil:
		rows, err = stmt.QueryContext(q.ctx, args...)
	default:
		rows, err = q.tx.QueryContext(q.ctx, ready, args...)
	}
	if err != nil {
		return q.d.mapped(err)
	}
	defer func() { err = errors.Join(err, rows.Close()) }()
	for rows.Next() {
		if err := fn(rows); err != nil {
			return err
		}
	}
	return q.d.mapped(rows.Err())
}

// write runs fn in one transaction of the writer; what names it in errors.
func (s *Store) write(ctx context.Context, what string, fn func(q querier) error) error {
	return s.observed("write", func() error { return s.inTx(ctx, s.w, nil, what, fn) })
}

// read runs fn on one moment's state of the database.
func (s *Store) read(ctx context.Context, what string, fn func(q querier) error) error {
	return s.observed("read", func() error { return s.inTx(ctx, s.r, s.d.snapshot(), what, fn) })
}

// observed tells the operator's figures how long it took.
func (s *Store) observed(op string, run func() error) error {
	if s.observe == nil {
		return run()
	}
	start := s.now()
	err := run()
	s.observe(op, s.now().Sub(start), err)
	return err
}

func (s *Store) inTx(ctx context.Context, db *sql.DB, o *sql.TxOptions, what string, fn func(q querier) error) error {
	tx, err := db.BeginTx(ctx, o)
	if err != nil {
		return fmt.Errorf("%s: %w", what, err)
	}
	defer func() { _ = tx.Rollback() }() // does nothing after a commit; needed when fn panics
	if err := fn(querier{ctx: ctx, d: s.d, tx: tx, used: map[string]*sql.Stmt{}}); err != nil {
		return wrapped(what, err)
	}
	if err := tx.Commit(); err != nil {
		return fmt.Errorf("%s: %w", what, s.d.mapped(err))
	}
	return nil
}

// wrapped names what we were doing, except to people: a coach.Problem is
// already the whole sentence, and ErrNotFound says everything.
func wrapped(what string, err error) error {
	if problem := coach.Problem(""); errors.Is(err, ErrNotFound) || errors.As(err, &problem) {
		return err
	}
	return fmt.Errorf("%s: %w", what, err)
}
