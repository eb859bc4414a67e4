package storage

import (
	"errors"
	"fmt"
	"io"
	"os"
	"strings"
)

// ErrHeld is the refusal of a second writer on one SQLite file; Who names the
// first as it wrote itself down, such as "process 4711 on sales-box".
type ErrHeld struct{ Who string }

// Error is a sentence for the operator.
func (e ErrHeld) Error() string {
	return "the database is in use by " + e.Who + "; one SQLite file serves one process, several need PostgreSQL"
}

// held is the lock on the side file. The operating system lets go of it when
// the process ends, however it ends, so a file left behind means nothing.
type held struct{ f *os.File }

func hold(path string) (*held, error) {
	f, err := os.OpenFile(path, os.O_RDWR|os.O_CREATE, 0o600)
	if err != nil {
		return nil, fmt.Errorf("locking the database: %w", err)
	}
	if err := lockFile(f); err != nil {
		who := holder(f)
		return nil, errors.Join(ErrHeld{who}, f.Close())
	}
	host, err := os.Hostname()
	if err != nil {
		host = "this machine"
	}
	line := fmt.Sprintf("process %d on %s\n", os.Getpid(), host)
	if err = f.Truncate(0); err == nil {
		_, err = f.WriteAt([]byte(line), 0)
	}
	if err != nil {
		return nil, errors.Join(fmt.Errorf("locking the database: %w", err), f.Close())
	}
	return &held{f}, nil
}

// holder reads who wrote itself into the side file.
func holder(f *os.File) string {
	b, err := io.ReadAll(io.LimitReader(f, 200))
	if who := strings.TrimSpace(string(b)); err == nil && who != "" {
		return who
	}
	return "another process"
}

// release lets go. The file stays: removing it would let a second process
// lock a new one while a third still waits on the old.
func (h *held) release() error { return h.f.Close() }
