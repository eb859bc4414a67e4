package main

import (
	"net"
	"strings"
	"testing"
)

// Another port is taken where somebody else listens, and for no other reason.
func TestTheDemoTakesAnotherPortOnlyIfItsOwnIsInUse(t *testing.T) {
	t.Parallel()
	first, err := demoListener(0)
	if err != nil {
		t.Fatal(err)
	}
	defer first.Close()
	port := first.Addr().(*net.TCPAddr).Port
	second, err := demoListener(port)
	if err != nil {
		t.Fatal(err)
	}
	defer second.Close()
	if got := second.Addr().(*net.TCPAddr).Port; got == port {
		t.Errorf("both have port %d", got)
	}
	if l, err := demoListener(99999); err == nil {
		l.Close()
		t.Errorf("port 99999 became %s without a word", l.Addr())
	} else if !strings.Contains(err.Error(), "--port held 99999") {
		t.Errorf("port 99999: %v", err)
	}
}
