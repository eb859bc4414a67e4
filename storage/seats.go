package storage

import (
	"context"
	"database/sql"
	"errors"
)

// seats are the connections of one SQLite pool. SQLite spends more on reading
// a statement than on running it, and the pool of database/sql forgets what a
// transaction prepared; so each connection is kept with its statements and
// begins and ends its transactions itself.
type seats struct {
	db    *sql.DB
	begin string     // the statement that begins a transaction
	free  chan *seat // nil stands for one that is to be opened
}

// seat is one connection. Only who took it from seats.free may use it.
type seat struct {
	conn   *sql.Conn
	byText map[string]*sql.Stmt
	open   map[string]bool // those whose rows are being read: they cannot run a second time
}

// readyMost bounds the statements of a seat: updates name only the columns
// that changed, and a search has a condition per word.
const readyMost = 250

var errShut = errors.New("the database is closed")

func newSeats(db *sql.DB, n int, begin string) *seats {
	s := &seats{db: db, begin: begin, free: make(chan *seat, n)}
	for range n {
		s.free <- nil
	}
	return s
}

// close waits for those who are at work and lets go of all connections.
func (s *seats) close() error {
	if s == nil {
		return nil
	}
	var errs []error
	for range cap(s.free) {
		if at := <-s.free; at != nil {
			errs = append(errs, at.leave())
		}
	}
	close(s.free)
	return errors.Join(errs...)
}

func (at *seat) leave() error {
	errs := []error{}
	for _, stmt := range at.byText {
		errs = append(errs, stmt.Close())
	}
	return errors.Join(append(errs, at.conn.Close())...)
}

// take waits for a free seat.
func (s *seats) take(ctx context.Context) (at *seat, err error) {
	var ok bool
	select {
	case at, ok = <-s.free:
	case <-ctx.Done():
		return nil, ctx.Err()
	}
	if !ok {
		return nil, errShut
	}
	if at != nil {
		return at, nil
	}
	conn, err := s.db.Conn(ctx)
	if err != nil {
		s.free <- nil
		return nil, err
	}
	return &seat{conn: conn, byText: map[string]*sql.Stmt{}, open: map[string]bool{}}, nil
}

// inTx runs fn in one transaction. What ctx ends is noticed between two
// statements and between two rows: the driver would otherwise start a goroutine
// for every statement, to interrupt what takes microseconds.
func (s *seats) inTx(ctx context.Context, fn func(at *seat) error) (err error) {
	at, err := s.take(ctx)
	if err != nil {
		return err
	}
	calm := context.WithoutCancel(ctx)
	sound := false // the connection is outside a transaction again
	defer func() {
		if !sound {
			_, err := at.ExecContext(calm, "ROLLBACK")
			sound = err == nil
		}
		if !sound {
			_ = at.leave() // closing it ends whatever it was in
			at = nil
		}
		s.free <- at
	}()
	if _, err := at.ExecContext(calm, s.begin); err != nil {
		return err
	}
	if err := fn(at); err != nil {
		return err
	}
	if err := ctx.Err(); err != nil {
		return err
	}
	_, err = at.ExecContext(calm, "COMMIT")
	sound = err == nil
	return err
}

// lone runs fn outside of any transaction, for one statement that reads.
func (s *seats) lone(ctx context.Context, fn func(at *seat) error) error {
	at, err := s.take(ctx)
	if err != nil {
		return err
	}
	sound := false // fn came back, whatever it says
	defer func() {
		if !sound {
			_ = at.leave()
			at = nil
		}
		s.free <- at
	}()
	err = fn(at)
	sound = err == nil || errors.Is(err, ErrNotFound)
	return err
}

// ready is the prepared statement of that text; nil when it has to run by its
// text.
func (at *seat) ready(ctx context.Context, text string) (*sql.Stmt, error) {
	if stmt := at.byText[text]; stmt != nil || len(at.byText) >= readyMost {
		if at.open[text] {
			return nil, nil
		}
		return stmt, nil
	}
	stmt, err := at.conn.PrepareContext(ctx, text)
	if err == nil {
		at.byText[text] = stmt
	}
	return stmt, err
}

// ExecContext and QueryContext run a statement, as those of sql.Tx do.
func (at *seat) ExecContext(ctx context.Context, text string, args ...any) (sql.Result, error) {
	stmt, err := at.ready(ctx, text)
	if err != nil {
		return nil, err
	}
	if stmt == nil {
		return at.conn.ExecContext(ctx, text, args...)
	}
	return stmt.ExecContext(ctx, args...)
}

func (at *seat) QueryContext(ctx context.Context, text string, args ...any) (*sql.Rows, error) {
	stmt, err := at.ready(ctx, text)
	if err != nil {
		return nil, err
	}
	if stmt == nil {
		return at.conn.QueryContext(ctx, text, args...)
	}
	return stmt.QueryContext(ctx, args...)
}

// PrepareContext prepares a statement for the caller, who closes it.
func (at *seat) PrepareContext(ctx context.Context, text string) (*sql.Stmt, error) {
	return at.conn.PrepareContext(ctx, text)
}
