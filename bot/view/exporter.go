package view

// ExportByHand tells how an export is made where files cannot be posted.
func ExportByHand(rep string) Message {
	return tell(word("I am not allowed to post files here. On the command line: "), code("prospectcoach export --rep "+rep+" > prospects.csv"))
}

// ExportLine stands above an exported file.
func ExportLine(n int) string {
	return countThousands(n, "prospect", "prospects") + ", with every fact and touch. It is safe to open in a spreadsheet. Read back, it brings those who are still pursued, to wait for a day with room; nobody who was let go of, won or stopped."
}
