package main

import "github.com/spf13/cobra"

// commands is the program's table of contents; each has a file of its own.
func (p *program) commands() []*cobra.Command {
	return []*cobra.Command{
		p.serveCommand(),
		p.demoCommand(),
		p.doctorCommand(),
		p.manifestCommand(),
		p.adviseCommand(),
		p.checkCommand(),
		p.templatesCommand(),
		p.importCommand(),
		p.exportCommand(),
		p.backupCommand(),
		p.restoreCommand(),
		p.copyCommand(),
		p.healthcheckCommand(),
	}
}
