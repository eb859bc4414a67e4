package storage

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
	"sync"
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
	// The seats of both pools, nil on PostgreSQL, whose driver keeps prepared
	// statements itself.
	writer, readers *seats

	now  func() time.Time
	held *held // the writer's lock, nil on PostgreSQL and read-only

	observe func(op string, took time.Duration, err error)

	stepping sync.Mutex // held by the import that writes a step
	zones    sync.Map   // name to *time.Location: reading one costs a file
	figures  figures
	totals   totals
	kept     kept
	steps    steps

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
		s.writer, s.readers = d.seats(s.w, s.r)
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
		errs := []error{s.writer.close(), s.readers.close()}
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
	ctx  context.Context // of this one transaction; it ends with it
	calm context.Context // that its statements run under
	d    dialect
	tx   runner
	at   *seat // that tx is, on SQLite
}

// runner is what runs a transaction's statements: an sql.Tx, or a seat.
type runner interface {
	ExecContext(ctx context.Context, text string, args ...any) (sql.Result, error)
	QueryContext(ctx context.Context, text string, args ...any) (*sql.Rows, error)
	PrepareContext(ctx context.Context, text string) (*sql.Stmt, error)
}

func (q querier) exec(text string, args ...any) (int, error) {
	if err := q.ctx.Err(); err != nil {
		return 0, err
	}
	res, err := q.tx.ExecContext(q.calm, q.d.text(text), args...)
	if err != nil {
		return 0, q.d.mapped(err)
	}
	n, err := res.RowsAffected()
	return int(n), err
}

// one reads one row; ErrNotFound if there is none.
func (q querier) one(text string, args []any, dest ...any) error {
	found := false
	err := q.each(text, args, func(rows *sql.Rows) error {
		if found {
			return nil
		}
		found = true
		return rows.Scan(dest...)
	})
	if err == nil && !found {
		return ErrNotFound
	}
	return err
}

// each calls fn for every row.
func (q querier) each(text string, args []any, fn func(rows *sql.Rows) error) (err error) {
	if err := q.ctx.Err(); err != nil {
		return err
	}
	text = q.d.text(text)
	rows, err := q.tx.QueryContext(q.calm, text, args...)
	if err != nil {
		return q.d.mapped(err)
	}
	if q.at != nil && !q.at.open[text] {
		q.at.open[text] = true
		defer delete(q.at.open, text)
	}
	defer func() { err = errors.Join(err, rows.Close()) }()
	for rows.Next() {
		if err := fn(rows); err != nil {
			return err
		}
		if err := q.ctx.Err(); err != nil {
			return err
		}
	}
	return q.d.mapped(rows.Err())
}

// write runs fn in one transaction of the writer; what names it in errors.
func (s *Store) write(ctx context.Context, what string, fn func(q querier) error) error {
	return s.writeOf(ctx, what, nil, fn)
}

// writeOf is write of a transaction that, if it ends well, has changed
// prospects of those owners only; nil or none means that it may be anybody's.
func (s *Store) writeOf(ctx context.Context, what string, owners *[]string, fn func(q querier) error) error {
	return s.observed("write", func() error {
		did := wroteAny
		err := s.inTx(ctx, s.writer, s.w, nil, what, func(q querier) error {
			if q.at != nil {
				defer func() { did = q.at.wrote }()
			}
			return fn(q)
		})
		if err != nil || owners == nil {
			owners = &[]string{}
		}
		if did&wroteProspects != 0 {
			s.totals.ended(*owners)
		}
		s.kept.ended(did)
		return err
	})
}

// read runs fn on one moment's state of the database.
func (s *Store) read(ctx context.Context, what string, fn func(q querier) error) error {
	return s.observed("read", func() error { return s.inTx(ctx, s.readers, s.r, s.d.snapshot(), what, fn) })
}

// glance runs fn, which reads by one statement and so sees one moment without
// a transaction.
func (s *Store) glance(ctx context.Context, what string, fn func(q querier) error) error {
	return s.observed("read", func() error {
		if s.readers == nil {
			return wrapped(what, fn(querier{ctx: ctx, calm: ctx, d: s.d, tx: s.r}))
		}
		return s.readers.lone(ctx, func(at *seat) error {
			return wrapped(what, fn(querier{ctx: ctx, calm: context.WithoutCancel(ctx), d: s.d, tx: at, at: at}))
		})
	})
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

func (s *Store) inTx(ctx context.Context, on *seats, db *sql.DB, o *sql.TxOptions, what string, fn func(q querier) error) error {
	var failed error // of fn, which says itself what it was
	var err error
	if on != nil {
		err = on.inTx(ctx, func(at *seat) error {
			failed = fn(querier{ctx: ctx, calm: context.WithoutCancel(ctx), d: s.d, tx: at, at: at})
			return failed
		})
	} else {
		err = begun(ctx, db, o, func(tx *sql.Tx) error {
			failed = fn(querier{ctx: ctx, calm: ctx, d: s.d, tx: tx})
			return failed
		})
	}
	switch {
	case failed != nil:
		return wrapped(what, failed)
	case err != nil:
		return fmt.Errorf("%s: %w", what, s.d.mapped(err))
	}
	return nil
}

// begun runs fn in one transaction of the pool.
func begun(ctx context.Context, db *sql.DB, o *sql.TxOptions, fn func(tx *sql.Tx) error) error {
	tx, err := db.BeginTx(ctx, o)
	if err != nil {
		return err
	}
	defer func() { _ = tx.Rollback() }() // does nothing after a commit; needed when fn panics
	if err := fn(tx); err != nil {
		return err
	}
	return tx.Commit()
}

// wrapped names what we were doing, except to people: a coach.Problem is
// already the whole sentence, and ErrNotFound says everything.
func wrapped(what string, err error) error {
	if err == nil {
		return nil
	}
	if problem := coach.Problem(""); errors.Is(err, ErrNotFound) || errors.As(err, &problem) {
		return err
	}
	return fmt.Errorf("%s: %w", what, err)
}
