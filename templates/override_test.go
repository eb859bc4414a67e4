package templates

import (
	"strings"
	"testing"

	"github.com/prospectcoach/prospectcoach/coach"
)

func TestA6_ATeamAddsAndReplacesDrafts(t *testing.T) {
	t.Parallel()
	pb, faults := Load(folder(t, map[string]string{"angles/short_ask.yaml": `
text:
  - id: 1
    text: "{first}, yes or no: is this yours? {me}, {my_company}"
  - id: ours
    text: "Yes or no, {first}? {me}"
  - id: broken
    text: "{nobody}"
`}))
	if len(faults) != 1 || faults[0].Line != 8 {
		t.Errorf("want one fault in line 8, have %v", faults)
	}
	if v := variant(pb, "short_ask/text/1"); v == nil || !strings.HasPrefix(v.Text, "{first}, yes or no") || v.Source != "angles/short_ask.yaml:3" {
		t.Errorf("not replaced: %+v", v)
	}
	if first := pb.Drafts[coach.ShortAsk][0]; first.ID != "short_ask/text/ours" {
		t.Errorf("a team's own draft comes first, have %s", first.ID)
	}
	if variant(pb, "short_ask/text/broken") != nil {
		t.Error("a broken draft is in use")
	}
	if variant(pb, "short_ask/text/2") == nil || variant(pb, "short_ask/email/1") == nil {
		t.Error("the other built-in drafts are gone")
	}
	for _, e := range Describe(pb) {
		if e.Angle == coach.ShortAsk && e.Channel == coach.Text && e.Own != 2 {
			t.Errorf("described with %d own drafts, want 2", e.Own)
		}
	}
}

func TestA6_ATeamCanReplaceAChannelWhole(t *testing.T) {
	t.Parallel()
	pb, faults := Load(folder(t, map[string]string{"angles/short_ask.yaml": "replace: true\ntext:\n- {id: only, text: 'Yes or no, {first}? {me}'}\n"}))
	n := 0
	for _, v := range pb.Drafts[coach.ShortAsk] {
		if v.Channel == coach.Text {
			n++
		}
	}
	if n != 1 || len(faults) > 0 || variant(pb, "short_ask/email/1") == nil {
		t.Errorf("%d text drafts, faults %v", n, faults)
	}
}

func TestATeamAddsAndTakesOutWords(t *testing.T) {
	t.Parallel()
	base := mustBuiltIn(t).Words.Greetings
	if len(base) == 0 {
		t.Fatal("there are no greetings")
	}
	pb, faults := Load(folder(t, map[string]string{
		"words/greetings.txt":   "# ours\nAloha\n- " + base[0] + "\n",
		"words/industries.yaml": "beekeeping: [Hive, honey]\n",
	}))
	if len(faults) > 0 {
		t.Fatal(faults)
	}
	got := strings.Join(pb.Words.Greetings, "|")
	if !strings.HasSuffix(got, "|aloha") || strings.Contains("|"+got+"|", "|"+base[0]+"|") {
		t.Errorf("greetings %s", got)
	}
	if strings.Join(pb.Words.Industries["beekeeping"], " ") != "hive honey" {
		t.Errorf("industries %v", pb.Words.Industries)
	}
	if after := mustBuiltIn(t).Words; len(after.Greetings) != len(base) || after.Industries["beekeeping"] != nil {
		t.Error("a team's folder changed the built-in playbook")
	}
}
