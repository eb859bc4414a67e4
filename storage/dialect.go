package storage

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"time"

	"github.com/jackc/pgx/v5/pgconn"
	_ "github.com/jackc/pgx/v5/stdlib" // the driver "pgx"
	"github.com/pressly/goose/v3"
	"github.com/pressly/goose/v3/lock"
	"modernc.org/sqlite"

	"github.com/prospectcoach/prospectcoach/coach"
)

// dialect is everything that differs between the two engines. No other file
// asks which one it is.
type dialect struct {
	postgres bool
	path     string // of the SQLite file
	url      string // of PostgreSQL
	words    *strings.Replacer
}

func parseURL(s string) (dialect, error) {
	switch {
	case strings.HasPrefix(s, "sqlite://"):
		path := strings.TrimPrefix(s, "sqlite://")
		if path == "" || strings.HasPrefix(path, ":memory:") {
			return dialect{}, errors.New("a database looks like sqlite://prospectcoach.db: a file is needed")
		}
		return dialect{path: path, words: strings.NewReplacer(
			"/*skip locked*/", "",
			"/*for update*/", "",
			"/*rows($1)*/", "json_each($1)",
			"/*texts($1)*/", "json_each($1)",
			"/*texts($2)*/", "json_each($2)",
		)}, nil
	case strings.HasPrefix(s, "postgres://"), strings.HasPrefix(s, "postgresql://"):
		return dialect{postgres: true, url: s, words: strings.NewReplacer(
			"/*skip locked*/", "FOR UPDATE SKIP LOCKED",
			"/*for update*/", "FOR UPDATE",
			"/*rows($1)*/", "jsonb_array_elements($1::jsonb) AS e(value)",
			"/*texts($1)*/", "jsonb_array_elements_text($1::jsonb) AS e(value)",
			"/*texts($2)*/", "jsonb_array_elements_text($2::jsonb) AS e(value)",
		)}, nil
	}
	// The URL may hold a password, so it is not repeated.
	return dialect{}, errors.New("a database is named by sqlite://path or postgres://user@host/name")
}

// text is the SQL as this engine reads it.
func (d dialect) text(sql string) string {
	if !strings.Contains(sql, "/*") {
		return sql
	}
	return d.words.Replace(sql)
}

// among is the condition that a number is one of these, for one or for any
// number of them, and its argument $1. Each engine has one way that goes
// straight to the rows.
func (d dialect) among(ids []int64) (cond string, arg any) {
	switch {
	case len(ids) == 1:
		return "= $1", ids[0]
	case d.postgres:
		return "= ANY (CAST($1 AS BIGINT[]))", "{" + strings.Trim(idList(ids), "[]") + "}"
	}
	return "IN (SELECT CAST(value AS BIGINT) FROM json_each($1))", idList(ids)
}

// open makes the writer's and the readers' pool; on PostgreSQL they are one.
func (d dialect) open(readOnly bool) (w, r *sql.DB, err error) {
	if d.postgres {
		db, err := sql.Open("pgx", d.url)
		if err != nil {
			return nil, nil, errors.New("the PostgreSQL address cannot be read; it looks like postgres://user:password@host:5432/name")
		}
		db.SetMaxOpenConns(12)
		db.SetMaxIdleConns(6)
		db.SetConnMaxIdleTime(5 * time.Minute)
		return db, db, nil
	}
	if r, err = sql.Open("sqlite", d.dsn("&_pragma=query_only(1)&mode=rw")); err != nil {
		return nil, nil, err
	}
	r.SetMaxOpenConns(liteReaders + 1) // a seat each, and one for backup and checks
	r.SetMaxIdleConns(1)
	r.SetConnMaxIdleTime(time.Minute)
	if readOnly {
		return r, r, nil
	}
	// One writer, which takes the write lock as its transaction begins: a
	// transaction that only later finds out that it writes could not wait its
	// turn. secure_delete overwrites what forget erases.
	w, err = sql.Open("sqlite", d.dsn("&_pragma=secure_delete(1)&_txlock=immediate"))
	if err != nil {
		return nil, nil, errors.Join(err, r.Close())
	}
	w.SetMaxOpenConns(2) // the one writer's seat, and one for migrations and checkpoints
	w.SetConnMaxIdleTime(time.Minute)
	return w, r, nil
}

// liteReaders is how many read side by side on SQLite.
const liteReaders = 4

// seats are those of the two pools; PostgreSQL needs none.
func (d dialect) seats(w, r *sql.DB) (writer, readers *seats) {
	switch {
	case d.postgres:
		return nil, nil
	case w == r: // opened to read only
		readers = newSeats(r, liteReaders, "BEGIN")
		return nil, readers
	}
	return newSeats(w, 1, "BEGIN IMMEDIATE"), newSeats(r, liteReaders, "BEGIN")
}

// dsn of the SQLite file. synchronous(FULL) is meant: with NORMAL a power cut
// loses everything committed since the last checkpoint, and "sent" marks among
// it, so that people would get messages twice. It costs one fsync per commit,
// of which we make few.
func (d dialect) dsn(more string) string {
	return "file:" + uriPath(d.path) + "?_pragma=busy_timeout(5000)&_pragma=journal_mode(WAL)&_pragma=synchronous(FULL)&_pragma=foreign_keys(1)" + more
}

// prepare makes the SQLite file, for its owner's eyes only, and takes the
// writer's lock beside it. PostgreSQL brings its own.
func (d dialect) prepare() (*held, error) {
	if d.postgres {
		return nil, nil
	}
	f, err := os.OpenFile(d.path, os.O_RDWR|os.O_CREATE, 0o600)
	if err != nil {
		return nil, fmt.Errorf("opening the database: %w", err)
	}
	if err := f.Close(); err != nil {
		return nil, fmt.Errorf("opening the database: %w", err)
	}
	path, err := filepath.EvalSymlinks(d.path) // two names of one file are one lock
	if err != nil {
		return nil, fmt.Errorf("opening the database: %w", err)
	}
	return hold(path + ".lock")
}

// exists tells whether there is a file to read; PostgreSQL says so itself.
func (d dialect) exists() error {
	if d.postgres {
		return nil
	}
	_, err := os.Stat(d.path)
	return err
}

func (d dialect) migrations() (goose.Dialect, string, []goose.ProviderOption, error) {
	if !d.postgres {
		return goose.DialectSQLite3, "migrations/sqlite", nil, nil
	}
	// Several replicas may start at once: one migrates, the others look again
	// every second, for five minutes.
	locker, err := lock.NewPostgresSessionLocker(lock.WithLockTimeout(1, 300), lock.WithUnlockTimeout(1, 60))
	if err != nil {
		return "", "", nil, fmt.Errorf("locking the migrations: %w", err)
	}
	return goose.DialectPostgres, "migrations/postgres", []goose.ProviderOption{goose.WithSessionLocker(locker)}, nil
}

// snapshot are the options of a transaction that reads one moment.
func (d dialect) snapshot() *sql.TxOptions {
	if d.postgres {
		return &sql.TxOptions{Isolation: sql.LevelRepeatableRead, ReadOnly: true}
	}
	return nil // a WAL reader sees one moment anyway
}

// mapped turns the engine's word for "somebody was first" into ErrConflict.
func (d dialect) mapped(err error) error {
	if lite := (*sqlite.Error)(nil); errors.As(err, &lite) {
		switch lite.Code() {
		case 2067, 1555: // SQLITE_CONSTRAINT_UNIQUE, SQLITE_CONSTRAINT_PRIMARYKEY
			return fmt.Errorf("%w: %w", ErrConflict, err)
		}
	}
	if pg := (*pgconn.PgError)(nil); errors.As(err, &pg) {
		switch pg.Code {
		case "23505", "40001", "40P01": // unique_violation, serialization_failure, deadlock_detected
			return fmt.Errorf("%w: %w", ErrConflict, err)
		}
	}
	return err
}

// scrub empties the write-ahead log, in which erased rows live on. It is not
// done while somebody reads an older state, a backup or an export; waiting for
// them would keep everybody who writes waiting too.
func (d dialect) scrub(ctx context.Context, w *sql.DB) (done bool, err error) {
	if d.postgres {
		return true, nil // its log is the operator's: archives and replicas keep it as long as they are told to
	}
	conn, err := w.Conn(ctx)
	if err != nil {
		return false, err
	}
	defer func() { err = errors.Join(err, conn.Close()) }()
	if _, err := conn.ExecContext(ctx, "PRAGMA busy_timeout = 100"); err != nil {
		return false, err
	}
	var busy, pages, copied int
	err = conn.QueryRowContext(ctx, "PRAGMA wal_checkpoint(TRUNCATE)").Scan(&busy, &pages, &copied)
	_, again := conn.ExecContext(context.WithoutCancel(ctx), "PRAGMA busy_timeout = 5000")
	return busy == 0, errors.Join(err, again)
}

// sound tells whether the file is whole: every page readable, every row where
// its indexes and references say. PostgreSQL looks after itself.
func (d dialect) sound(ctx context.Context, r *sql.DB) error {
	if d.postgres {
		return nil
	}
	var word string
	err := r.QueryRowContext(ctx, "PRAGMA integrity_check(1)").Scan(&word)
	if lite := (*sqlite.Error)(nil); errors.As(err, &lite) && lite.Code() == 26 { // SQLITE_NOTADB
		return fmt.Errorf("this is not a database of prospectcoach: %w", err)
	}
	if err != nil {
		return fmt.Errorf("the database file is damaged: %w", err)
	}
	if word != "ok" {
		return fmt.Errorf("the database file is damaged: %s", word)
	}
	lost := 0
	if err := r.QueryRowContext(ctx, "SELECT count(*) FROM pragma_foreign_key_check").Scan(&lost); err != nil {
		return fmt.Errorf("the database file is damaged: %w", err)
	}
	if lost > 0 {
		return fmt.Errorf("the database file is damaged: %d rows refer to rows that are gone", lost)
	}
	return nil
}

// lastID is the highest id a table ever gave, rows since deleted included.
func (d dialect) lastID(q querier, table string) (id int64, err error) {
	if d.postgres {
		err = q.one("SELECT coalesce(pg_sequence_last_value(pg_get_serial_sequence($1, 'id')::regclass), 0)", []any{table}, &id)
		return id, err
	}
	err = q.one("SELECT coalesce(max(seq), 0) FROM sqlite_sequence WHERE name = $1", []any{table}, &id)
	return id, err
}

// setLastID makes a table go on after id.
func (d dialect) setLastID(q querier, table string, id int64) error {
	if id == 0 {
		return nil
	}
	if d.postgres {
		_, err := q.exec("SELECT setval(pg_get_serial_sequence($1, 'id')::regclass, $2)", table, id)
		return err
	}
	if _, err := q.exec("DELETE FROM sqlite_sequence WHERE name = $1", table); err != nil {
		return err
	}
	_, err := q.exec("INSERT INTO sqlite_sequence (name, seq) VALUES ($1, $2)", table, id)
	return err
}

// backup copies the whole SQLite database, as it is at one moment, to path.
func (d dialect) backup(ctx context.Context, r *sql.DB, path string) error {
	if d.postgres {
		return coach.Problem("a PostgreSQL database is backed up with its own program, for example: pg_dump --format=custom --file=prospectcoach.dump \"$DATABASE_URL\"")
	}
	return sqliteBackup(ctx, r, path, "file:"+uriPath(path))
}

// copyBefore lays a copy of the SQLite file beside it, named after the schema
// it has, and answers its path.
func (d dialect) copyBefore(ctx context.Context, r *sql.DB, schema int64, now time.Time) (string, error) {
	if d.postgres {
		return "", nil
	}
	path := fmt.Sprintf("%s.schema%d-%s", d.path, schema, now.UTC().Format("20060102-150405"))
	return path, d.backup(ctx, r, path)
}

// uriPath is the path as it stands in SQLite's file: address.
func uriPath(path string) string {
	return strings.NewReplacer("%", "%25", "?", "%3f", "#", "%23").Replace(filepath.ToSlash(path))
}

// again tells whether a transaction failed only because another one stood in
// its way, which it does not when it is made once more.
func (d dialect) again(err error) bool {
	pg := (*pgconn.PgError)(nil)
	return errors.As(err, &pg) && (pg.Code == "40P01" || pg.Code == "40001")
}

// holdNever lets whoever puts somebody on the never-contact list, and whoever
// adds people after a look at it, go one after the other: SQLite's writers do
// anyway, and on PostgreSQL neither would see the other's work under way.
func (d dialect) holdNever(q querier, writing bool) error {
	if !d.postgres {
		return nil
	}
	lock := "SELECT pg_advisory_xact_lock_shared(7205759)"
	if writing {
		lock = "SELECT pg_advisory_xact_lock(7205759)"
	}
	_, err := q.exec(lock)
	return err
}
