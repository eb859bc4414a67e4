package main

import (
	"fmt"

	"github.com/prospectcoach/prospectcoach/storage"
)

// upgradeSays is the line about a database that an older program has made.
func upgradeSays(u storage.Upgrade) string {
	if u.Copy == "" {
		return fmt.Sprintf("the database goes from schema %d to %d; a copy of it as it was is for pg_dump to make, before the next upgrade: "+
			`pg_dump --format=custom --file=prospectcoach.dump "$DATABASE_URL"`, u.From, u.To)
	}
	return fmt.Sprintf("the database goes from schema %d to %d; a copy of it as it was lies at %s, delete it when all is well", u.From, u.To, u.Copy)
}

// tellUpgrade says it to whoever runs a command by hand.
func (p *program) tellUpgrade(u storage.Upgrade) { fmt.Fprintln(p.err, upgradeSays(u)) }
