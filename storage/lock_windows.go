//go:build windows

package storage

import (
	"os"
	"syscall"
	"unsafe"
)

// lockFile takes one byte far behind the file's end, without waiting, so that
// others can still read who holds it.
func lockFile(f *os.File) error {
	proc := syscall.NewLazyDLL("kernel32.dll").NewProc("LockFileEx")
	const exclusive, now = 2, 1
	at := syscall.Overlapped{Offset: 1 << 30}
	ok, _, err := proc.Call(f.Fd(), exclusive|now, 0, 1, 0, uintptr(unsafe.Pointer(&at)))
	if ok == 0 {
		return err
	}
	return nil
}
