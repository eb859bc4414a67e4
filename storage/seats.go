package storage

import (
	"context"
	"database/sql"
	"errors"
	"sync"
)

// seats are the connections of one SQLite pool. SQLite spends more on reading
// a statement than on running it, and the pool of database/sql forgets what a
// transaction prepared; so each connection is kept with its statements and
// begins and ends its transactions itself. Who left last is taken first: its
// pages are still in memory, and what is never needed side by side is never
// opened.
type seats struct {
	db    *sql.DB
	begin string        // the statement that begins a transaction
	turns chan struct{} // one for each that is free, opened or not

	mu   sync.Mutex
	free []*seat // those that are opened, the warmest last
}

// seat is one connection. Only who took it may use it.
type seat struct {
	conn   *sql.Conn
	byText map[string]*readied
	open   map[string]bool // those whose rows are being read: they cannot run a second time
	wrote  wrote           // what the statements since the transaction began may have changed
}

// readied is a prepared statement.
type readied struct {
	*sql.Stmt
	writes wrote
}

// readyMost bounds the statements of a seat: updates name only the columns
// that changed, and a search has a condition per word.
const readyMost = 250

var errShut = errors.New("the database is closed")

func newSeats(db *sql.DB, n int, begin string) *seats {
	s := &seats{db: db, begin: begin, turns: make(chan struct{}, n)}
	for range n {
		s.turns <- struct{}{}
	}
	return s
}

// close waits for those who are at work and lets go of all connections.
func (s *seats) close() error {
	if s == nil {
		return nil
	}
	var errs []error
	for range cap(s.turns) {
		<-s.turns
	}
	close(s.turns)
	for _, at := range s.free {
		errs = append(errs, at.leave())
	}
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
func (s *seats) take(ctx context.Context) (*seat, error) {
	select {
	case _, ok := <-s.turns:
		if !ok {
			return nil, errShut
		}
	case <-ctx.Done():
		return nil, ctx.Err()
	}
	s.mu.Lock()
	if n := len(s.free); n > 0 {
		at := s.free[n-1]
		s.free = s.free[:n-1]
		s.mu.Unlock()
		return at, nil
	}
	s.mu.Unlock()
	conn, err := s.db.Conn(ctx)
	if err != nil {
		s.give(nil)
		return nil, err
	}
	return &seat{conn: conn, byText: map[string]*readied{}, open: map[string]bool{}}, nil
}

// give frees a seat; nil stands for one that is to be opened anew.
func (s *seats) give(at *seat) {
	if at != nil {
		s.mu.Lock()
		s.free = append(s.free, at)
		s.mu.Unlock()
	}
	s.turns <- struct{}{}
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
		s.give(at)
	}()
	at.wrote = 0
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
		s.give(at)
	}()
	err = fn(at)
	sound = err == nil || errors.Is(err, ErrNotFound)
	return err
}

// ready is the prepared statement of that text; nil when it has to run by its
// text.
func (at *seat) ready(ctx context.Context, text string) (*sql.Stmt, error) {
	known := at.byText[text]
	if known == nil && len(at.byText) >= readyMost {
		at.wrote |= writes(text)
		return nil, nil
	}
	if known == nil {
		stmt, err := at.conn.PrepareContext(ctx, text)
		if err != nil {
			return nil, err
		}
		known = &readied{stmt, writes(text)}
		at.byText[text] = known
	}
	at.wrote |= known.writes
	if at.open[text] {
		return nil, nil
	}
	return known.Stmt, nil
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
	at.wrote |= writes(text)
	return at.conn.PrepareContext(ctx, text)
}
