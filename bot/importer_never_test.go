package bot

import (
	"context"
	"testing"

	"github.com/prospectcoach/prospectcoach/bot/view"
	"github.com/prospectcoach/prospectcoach/coach"
	"github.com/prospectcoach/prospectcoach/storage"
)

// V5: two rows about one person bring no address of the list to somebody who
// is there already.
func TestV5_NoRowBringsAnAddressOfTheListByWayOfAnother(t *testing.T) {
	t.Parallel()
	k := newTalk(t, monday(t, 10, 0))
	eve := k.as("eve")
	eve.types("add J. D., Other email:jane@acme.test starts:today")
	eve.types("replied 1 dnc")
	k.types("add Jane Doe, Acme starts:today").sees("Added")
	csv := "name,company,title,email\nJane Doe,Acme,CFO,\nJane Doe,Acme,,jane@acme.test\n"
	if _, err := k.w.bot.ImportFile(context.Background(), "U1", "x.csv", []byte(csv), true, nil); err != nil {
		t.Fatal(err)
	}
	if p := k.life(2); p.Email != "" {
		t.Errorf("%s has %q by now", p.Name, p.Email)
	}
}

// V5: who asks for it while a file comes in is stopped under its rep, too,
// although nobody could see them yet.
func TestV5_WhoAsksWhileAFileComesInIsStoppedInItToo(t *testing.T) {
	t.Parallel()
	k := newTalk(t, monday(t, 10, 0))
	k.types("help")
	eve, asked := k.as("eve"), false
	csv := "name,company,phone\nJane Doe,Acme,+49341999888\n"
	_, err := k.w.bot.ImportFile(context.Background(), "U1", "x.csv", []byte(csv), true, func(int, int) {
		if !asked {
			asked = true
			eve.types("add Xenia Ypsilon, Other phone:+49341999888 starts:today")
			eve.types("replied xenia dnc").sees("asked not to be contacted")
		}
	})
	if err != nil || !asked {
		t.Fatal(asked, err)
	}
	for _, id := range []int64{1, 2} {
		if p := k.life(id); p.State != coach.Stopped || !p.NeverContact {
			t.Errorf("%s of %s is %s", p.Name, p.Owner, p.State)
		}
	}
}

// V5: nor does an address that came onto the list in the very moment in which
// it is filled in.
func TestV5_NoRowBringsAnAddressThatComesOntoTheListMeanwhile(t *testing.T) {
	t.Parallel()
	k := newTalk(t, monday(t, 10, 0))
	eve := k.as("eve")
	eve.types("add J. D., Other email:jane@acme.test starts:today")
	k.types("add Jane Doe, Acme starts:today").sees("Added")
	ctx, b := context.Background(), k.w.bot
	row, err := b.Store.Rep(ctx, "U1")
	if err != nil {
		t.Fatal(err)
	}
	i, err := b.readBatch(ctx, row, "x.csv", []byte("name,company,email\nJane Doe,Acme,jane@acme.test\n"), view.Dropped{}, k.w.now())
	if err != nil {
		t.Fatal(err)
	}
	merges, err := b.merges(ctx, i)
	if err != nil || len(merges) != 1 {
		t.Fatal(merges, err)
	}
	imp, err := b.Store.Import(ctx, storage.Change{Rep: "U1", At: k.w.now()})
	if err != nil {
		t.Fatal(err)
	}
	imp.Pause = func() { eve.types("replied 1 dnc") } // after all looks ahead, before the transaction
	if err := b.mergeStep(ctx, imp, i, merges); err != nil {
		t.Fatal(err)
	}
	if p := k.life(2); p.Email != "" {
		t.Errorf("%s has %q by now", p.Name, p.Email)
	}
}

// V5: a gatekeeper who leaves no chance is heard, whoever wrote it into a file.
func TestV5_AFileSaysThatAGatekeeperLeavesNoChance(t *testing.T) {
	t.Parallel()
	k := newTalk(t, monday(t, 10, 0))
	k.types("help")
	csv := "name,company,gatekeeper\nJane Doe,Acme,\"Ana, no chance\"\nBo Ek,Beta,\"Ina, try before 9\"\n"
	if _, err := k.w.bot.ImportFile(context.Background(), "U1", "x.csv", []byte(csv), true, nil); err != nil {
		t.Fatal(err)
	}
	if p := k.life(1); !p.Gatekeeper.NoChance || p.State != coach.Stopped {
		t.Errorf("Jane is %s, her gatekeeper %+v", p.State, p.Gatekeeper)
	}
	if p := k.life(2); p.State != coach.Waiting || p.Gatekeeper.Name != "Ina" {
		t.Errorf("Bo is %s, his gatekeeper %+v", p.State, p.Gatekeeper)
	}
}
