package bot

import (
	"context"
	"testing"
	"time"

	"github.com/slack-go/slack"

	"github.com/prospectcoach/prospectcoach/bot/view"
)

// edits submits the edit form of a prospect with these values.
func (k *talk) edits(id int64, values map[string]string) Reply {
	k.t.Helper()
	state := view.State{}
	for field, v := range values {
		state[field] = map[string]slack.BlockAction{field: {Value: v}}
	}
	in := Form{Turn: k.turn(), Window: Window{Meta: view.Target{ID: id, Stamp: "-", Place: view.InSuggestion}.String(), State: state}}
	in.Key += values["email"] + values["phone"]
	r, err := k.w.bot.editForm(context.Background(), in)
	if err != nil {
		k.t.Fatal(err)
	}
	return r
}

// V5: no way of typing an address gets it past the list.
func TestV5_EditingIntoAnAddressOfTheListIsRefused(t *testing.T) {
	t.Parallel()
	k := newTalk(t, monday(t, 10, 0))
	k.types(addJane)
	k.types("replied 1 dnc")
	k.types("add Bo Ek, Beta email:bo@beta.test starts:today")
	for _, email := range []string{"jane@acme.test", "jane\u200b@acme.test", "JANE@acme.test", "jane@acme.test\u00ad"} {
		r := k.edits(2, map[string]string{"name": "Bo Ek", "company": "Beta", "email": email})
		if got := k.life(2).Email; len(r.Errors) == 0 || got != "bo@beta.test" {
			t.Errorf("%q is saved as %q, with %v", email, got, r.Errors)
		}
	}
}

// V5: whoever asked for it is refused under addresses learned later, too.
func TestV5_WhatIsLearnedLaterOfThemIsOnTheListToo(t *testing.T) {
	t.Parallel()
	k := newTalk(t, monday(t, 10, 0))
	k.types(addJane)
	k.types("replied 1 dnc")
	k.edits(1, map[string]string{"name": "Jane Doe", "company": "Acme", "email": "jane@private.test", "phone": "+49 341 1234567"})
	k.types("add J. D., Other email:jane@private.test").sees("asked not to be contacted")
	k.types("add J. D., Other email:jane@acme.test").sees("asked not to be contacted")
}

// What the form shows of the gatekeeper is all there is: what is taken out of
// it is gone, and an emptied field is nobody.
func TestTheGatekeeperIsWhatTheFormSays(t *testing.T) {
	t.Parallel()
	k := newTalk(t, monday(t, 10, 0))
	k.types(addJane)
	k.types("note 1 gatekeeper: Ana, try before 9")
	saved := map[string]string{"name": "Jane Doe", "company": "Acme", "gatekeeper": "Ana"}
	k.edits(1, saved)
	if g := k.life(1).Gatekeeper; g.Name != "Ana" || g.Said != "" || g.BestTime != "" {
		t.Errorf("only her name is left: %+v", g)
	}
	k.w.move(k.w.now().Add(time.Second))
	saved["gatekeeper"], saved["email"] = "", "jane@acme.test"
	k.edits(1, saved)
	if g := k.life(1).Gatekeeper; g.Name != "" || g.Said != "" || g.BestTime != "" {
		t.Errorf("nobody is left: %+v", g)
	}
}
