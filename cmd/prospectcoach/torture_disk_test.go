//go:build torture

package main

import (
	"flag"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/prospectcoach/prospectcoach/bot/localslack"
)

var smallDisk = flag.String("small-disk", "", "an empty file system of a few MB, such as one mounted with: mount -t tmpfs -o size=4m tmpfs DIR")

// A full disk: what cannot be written is said in one calm line and changes
// nothing; reading goes on; with room again everything does.
func TestTorture_FullDisk(t *testing.T) {
	if *smallDisk == "" {
		t.Fatal("say -small-disk DIR")
	}
	log := &keptLog{}
	w := newWorld(t, "Mon 2026-01-05 10:00", "Europe/Berlin", withLog(log), func(o *worldOptions, _ *localslack.Options) { o.Dir = *smallDisk })
	ada := w.Person("ada")
	ada.Command(janeLine).Sees("#1")
	stone := filepath.Join(*smallDisk, "stone")
	fill := func() {
		f, err := os.Create(stone)
		if err != nil {
			t.Fatal(err)
		}
		defer f.Close()
		for size := 1 << 16; size > 0; size /= 2 {
			for {
				if _, err := f.Write(make([]byte, size)); err != nil {
					break
				}
			}
		}
	}
	fill()
	dump := openDump(t, w.dbURL)
	refused, answered := 0, 0
	for i := range 200 {
		before := dump.all()
		f := ada.p.ForgeCommand(fmt.Sprintf("add Kim Full%d, Disk%d research:%s", i, i, strings.Repeat("a long fact ", 30)))
		said := seenBy(ada.p, f)
		switch diff := differs(before, dump.all()); {
		case strings.Contains(said, "Added #") && diff != "":
			answered++
		case strings.Contains(said, "Something went wrong") && diff == "" || strings.Contains(said, "no room") && diff == "":
			refused++
		default:
			t.Fatalf("command %d said:\n%s\nand changed:\n%s", i, said, diff)
		}
	}
	read := seenBy(ada.p, ada.p.ForgeCommand("show 1"))
	if refused == 0 || !strings.Contains(read, "Jane Doe") {
		t.Fatalf("%d refused; show 1 said:\n%s", refused, read)
	}
	if err := os.Remove(stone); err != nil {
		t.Fatal(err)
	}
	if said := seenBy(ada.p, ada.p.ForgeCommand("add Kim Again, Roomy GmbH")); !strings.Contains(said, "Added #") {
		t.Fatalf("with room again: %s", said)
	}
	for _, pragma := range []string{"PRAGMA integrity_check", "PRAGMA foreign_key_check"} {
		if rows := dump.rows(pragma); len(rows) > 1 || len(rows) == 1 && !strings.Contains(rows[0], `"ok"`) {
			t.Fatalf("%s: %v", pragma, rows)
		}
	}
	t.Logf("%d answered while there was room, %d refused, then on; logged: %.300s", answered, refused, log.String()[strings.Index(log.String(), "level=error"):])
}
