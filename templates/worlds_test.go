package templates

import (
	"maps"
	"slices"
	"testing"

	"github.com/prospectcoach/prospectcoach/coach"
)

// A built-in draft is for prospects of any industry, so it must not use the
// telling words of one.
func TestD3_DraftsBelongToNoIndustry(t *testing.T) {
	t.Parallel()
	pb := stemmed(t)
	f := fill{}
	maps.Copy(f, fills[0])
	f["fact"], f["said"], f["introduction"] = "opened in Leipzig in January", "it takes six weeks", "Tom Becker"
	f["nugget"], f["story"], f["resource"] = "six weeks became two", "someone in Bern did it in two weeks", "a list on two pages"
	industries := slices.Sorted(maps.Keys(pb.Words.Industries))
	if len(industries) < 2 {
		t.Fatal("there are no industries")
	}
	told := map[string]bool{}
	// A word of one industry is seen by a prospect of any other, so that two
	// prospects see them all.
	for _, industry := range []string{industries[0], industries[len(industries)-1]} {
		f["industry"] = industry
		for _, p := range everyPart(t) {
			text := f.sent(p)
			for _, x := range pb.CheckDraft(f.input(p, text)).Findings {
				key := p.id + x.Say
				if x.ID == coach.WrongWorld && !told[text[x.Start:x.End]+p.id] {
					told[text[x.Start:x.End]+p.id] = true
					t.Errorf("%s %s, to someone in %s: %s", p.id, p.name, industry, x.Say)
				}
				if x.ID == coach.Jargon && !told[key] {
					told[key] = true
					t.Errorf("%s %s, to someone in %s: %s", p.id, p.name, industry, x.Say)
				}
			}
		}
	}
}
