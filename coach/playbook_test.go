package coach_test

import (
	"fmt"
	"strings"
	"testing"
	"time"

	"github.com/prospectcoach/prospectcoach/coach"
)

// words are the material of the test drafts: sentences made of different words
// for every angle, channel and number, so that no two are alike.
var openings = strings.Fields(`amber basin cedar delta ember fjord grove harbor island jungle kernel lagoon meadow nectar
	orchard prairie quarry river summit timber upland valley willow yonder zephyr anchor beacon copper dagger engine
	falcon garnet hammer indigo jasper kettle lantern marble needle oyster pepper quartz ribbon saddle tunnel umbrella
	velvet walnut xenon yellow zipper acorn button candle dragon easel feather guitar helmet igloo jacket kitten ladder
	mirror napkin onion pillow quiver rocket sailor tailor urchin violin wagon yogurt zebra almond breeze canyon desert`)

var grounds = map[coach.Angle]string{
	coach.Homework: "{fact}", coach.ValueNugget: "{nugget}", coach.Story: "{nugget}", coach.TheirWords: "{said}",
	coach.UsefulPiece: "{nugget}", coach.IntroduceThem: "{introduction}",
}

var testChannels = []coach.Channel{coach.Call, coach.Email, coach.LinkedIn, coach.Text}

// testPlaybook has some variants for each angle and channel.
func testPlaybook(variants int) *coach.Playbook {
	pb := &coach.Playbook{Cadence: coach.DefaultTable(), Limits: coach.DefaultLimits(), Drafts: map[coach.Angle][]coach.Variant{}}
	n := 0
	sentence := func() string {
		// Ten words that no other sentence has in this order, and mostly not at all.
		var out []string
		for i := range 10 {
			out = append(out, fmt.Sprintf("%s%d", openings[(n*7+i*11)%len(openings)], n))
		}
		n++
		return strings.Join(out, " ")
	}
	for _, a := range coach.Angles {
		for _, c := range testChannels {
			for i := 1; i <= variants; i++ {
				v := coach.Variant{ID: fmt.Sprintf("%s/%s/%d", a, c, i), Angle: a, Channel: c, Source: coach.BuiltIn}
				ground := grounds[a]
				if a == coach.SharpQuestion || a == coach.SecondInsight {
					choice := []string{"{industry}", "{fact}", "{fact}", "{industry}"}
					if a == coach.SecondInsight {
						choice = []string{"{fact}", "{nugget}", "{said}", "{nugget}"}
					}
					ground = choice[i%4]
				}
				text := func() string { return "{first}, " + sentence() + " " + ground + ".\n\n{me}" }
				switch {
				case c == coach.Call && a == coach.BackAway:
					v.Channel, v.ID = coach.Voicemail, fmt.Sprintf("%s/voicemail/%d", a, i)
					v.Voicemail, v.Subject, v.Text = text()+" I'm sending this by email too.", "closing", text()
				case c == coach.Call && a == coach.AskGatekeeper:
					v.Opener = text()
				case c == coach.Call:
					v.Opener, v.Voicemail, v.Subject, v.Text = text(), text()+" I'm sending this by email too.", "one thought", text()
				case c == coach.Email:
					v.Subject, v.Text = "one thought", text()
				default:
					v.Text = text()
				}
				pb.Drafts[a] = append(pb.Drafts[a], v)
			}
		}
	}
	return pb.Prepare()
}

// shared is the playbook of most tests; nothing changes it.
var shared = testPlaybook(8)

func day(t testing.TB, s string) coach.Date {
	t.Helper()
	d, err := coach.ParseDate(s)
	if err != nil {
		t.Fatal(err)
	}
	return d
}

func zone(t testing.TB, name string) *time.Location {
	t.Helper()
	z, err := time.LoadLocation(name)
	if err != nil {
		t.Fatal(err)
	}
	return z
}

// berlin is a case in Berlin on a day at nine, with a prospect that can be
// reached by phone, email and linkedin.
func berlin(t testing.TB, on string) coach.Case {
	t.Helper()
	z := zone(t, "Europe/Berlin")
	return coach.Case{
		Playbook: shared, Now: day(t, on).At(9*60, z),
		Rep: &coach.Rep{ID: "U1", Name: "Ada Weber", Company: "Northwind", Zone: z, WorkingDays: coach.MonToFri},
		Prospect: &coach.Prospect{ID: 1, Name: "Jane Doe", Company: "Acme", Level: coach.CSuite, State: coach.Active,
			Email: "jane@acme.test", Phone: "+493411234", LinkedIn: "in/janedoe"},
	}
}

// at moves the clock of a case to nine on a day.
func at(c coach.Case, d coach.Date) coach.Case {
	c.Now = d.At(9*60, c.Rep.Zone)
	return c
}

// splitWords are the words of a sentence.
func splitWords(s string) []string { return strings.Fields(s) }
