package bot

import (
	"testing"

	"github.com/prospectcoach/prospectcoach/coach"
)

func TestAKeptDraftMayBeAboutSomebody(t *testing.T) {
	t.Parallel()
	jane := coach.Prospect{ID: 1, Name: "Jane Doe", Email: "jane@acme.test", Company: "Acme Logistics GmbH", Gatekeeper: coach.Gatekeeper{Name: "Ana Sol"}}
	for _, tt := range []struct {
		why  string
		d    keptDraft
		want bool
	}{
		{"checked for her, whatever it says", keptDraft{"Who checks the invoices?", []int64{2, 1}}, true},
		{"checked for somebody else", keptDraft{"Jane told me that Acme grows, Ana too", []int64{2}}, false},
		{"her whole name, checked for somebody else", keptDraft{"I met JANE DOE at the fair.", []int64{2}}, true},
		{"her address, checked for somebody else", keptDraft{"Is jane@acme.test right?", []int64{2}}, true},
		{"the assistant, checked for somebody else", keptDraft{"Ana Sol said so.", []int64{2}}, true},
		{"a first name", keptDraft{"Hi Jane, who checks the invoices?", nil}, true},
		{"a last name", keptDraft{"Dear Ms Doe, who checks the invoices?", nil}, true},
		{"the assistant's first name", keptDraft{"Hi Ana", nil}, true},
		{"the company", keptDraft{"What does Acme do about invoices?", nil}, true},
		{"nothing of hers", keptDraft{"Hi Janet, who checks the invoices?", nil}, false},
		{"nothing", keptDraft{"", nil}, false},
	} {
		if got := tt.d.about(&jane); got != tt.want {
			t.Errorf("%s: %v", tt.why, got)
		}
	}
	bare := coach.Prospect{ID: 1, Name: "李", Company: "?!"}
	if (keptDraft{Text: "Hello, who checks the invoices?"}).about(&bare) {
		t.Error("a company of signs alone stands everywhere")
	}
}

// Drafts that were kept as a text alone are read as checked for nobody.
func TestKeptDraftsOfOldAreRead(t *testing.T) {
	t.Parallel()
	var seen []keptDraft
	got, err := editedDrafts(`["one","two"]`, func(kept []keptDraft) []keptDraft { seen = kept; return kept })
	if err != nil || got != `[{"text":"one"},{"text":"two"}]` || len(seen) != 2 {
		t.Errorf("%s, %v", got, err)
	}
	if _, err := editedDrafts("[7]", func(kept []keptDraft) []keptDraft { return kept }); err == nil {
		t.Error("a number is taken for a draft")
	}
	if got, err := editedDrafts("", func(kept []keptDraft) []keptDraft { return kept }); got != "" || err != nil {
		t.Errorf("nothing becomes %q, %v", got, err)
	}
}
