package main

import "github.com/prospectcoach/prospectcoach/coach"

func demoNuggets() []coach.Nugget {
	return []coach.Nugget{
		{Kind: coach.NuggetOutcome, Text: "cut invoice errors by a third in one quarter"},
		{Kind: coach.NuggetOutcome, Text: "got two days a month back for the person who checks the freight bills"},
		{Kind: coach.NuggetOutcome, Text: "found 4 % of the freight spend in charges nobody had agreed to"},
		{Kind: coach.NuggetIssue, Text: "fuel surcharges that nobody compares with the contract"},
		{Kind: coach.NuggetIssue, Text: "late invoices eat a day a week in accounts payable"},
		{Kind: coach.NuggetStory, Text: "a haulier's client in Kassel with 40 lanes stopped checking by hand in six weeks"},
		{Kind: coach.NuggetStory, Text: "a bakery chain with nine depots found the same pallet billed twice, every month, for a year"},
		{Kind: coach.NuggetResource, Text: "a two-page checklist for a freight audit before the year closes"},
		{Kind: coach.NuggetResource, Text: "a one-page table of how carriers word their surcharges"},
	}
}

// What can end a campaign in the demo.
func replied(a coach.Answer, until, words string) func(coach.Case) error {
	return func(c coach.Case) error { return c.Reply(a, coach.DateOf(c.Now), demoDate(until), words) }
}

func movedOn(again, reason string) func(coach.Case) error {
	return func(c coach.Case) error { return c.MoveOn(demoDate(again), reason) }
}

func snoozed(until string) func(coach.Case) error {
	return func(c coach.Case) error { return c.Snooze(demoDate(until)) }
}

func demoLives() []demoLife {
	return append(append(adasLives(), bensLives()...), meisLives()...)
}

func adasLives() []demoLife {
	return []demoLife{
		{rep: demoAda, name: "Jane Doe", company: "Acme Parcel", title: "CFO", industry: "logistics", email: "jane.doe@acme.test", phone: "+49 341 5550 110", line: coach.Switchboard,
			linkedin: "in/janedoe-acme", situation: coach.Cold, starts: "2026-02-09", attempts: 3, gatekeeper: "Ana, try before 9",
			facts: []coach.Fact{research("opened a hub in Leipzig in January"), trigger("is hiring two people for invoice checking"), research("runs three carriers on the Leipzig lanes")}},
		{rep: demoAda, name: "Tomas Brandt", company: "Brandt & Sohn Baustoffe", title: "Geschäftsführer", industry: "construction", email: "t.brandt@brandt-baustoffe.test", phone: "+49 561 5550 200",
			purchase: coach.Capital, situation: coach.ProposalSent, lastTalk: "2026-02-10", starts: "2026-02-16", attempts: 1,
			facts: []coach.Fact{said("we lose a whole day each month sorting out demurrage"), research("is building a second yard in Göttingen")}},
		{rep: demoAda, name: "Lena Fischer", company: "Kornhaus Mühlen", title: "Head of Procurement", industry: "food", email: "lena.fischer@kornhaus.test", phone: "+49 228 5550 310",
			urgency: coach.High, situation: coach.BlownOff, lastTalk: "2026-02-26", starts: "2026-03-02",
			facts: []coach.Fact{said("the pallet charges are a black box"), trigger("changed carrier for the northern mills in January")}},
		{rep: demoAda, name: "Piotr Nowak", company: "Baltic Cold Chain", title: "Operations Manager", industry: "logistics", email: "piotr.nowak@balticcold.test", phone: "+48 58 5550 420", line: coach.Direct,
			linkedin: "in/piotr-nowak-bcc", situation: coach.Cold, starts: "2026-02-06", attempts: 5,
			facts: []coach.Fact{research("added a night shift at the Gdynia terminal"), research("publishes its on-time figures every quarter"), trigger("won the fish auction contract in December")}},
		{rep: demoAda, name: "Sofia Lindqvist", company: "Nordljus Möbler", title: "Finance Manager", industry: "retail", email: "sofia@nordljus.test", phone: "+46 8 5550 515", line: coach.Mobile,
			situation: coach.Cold, starts: "2026-01-26", attempts: 7,
			facts: []coach.Fact{research("moved to a single warehouse in Jönköping"), trigger("closed two stores and went online with the sofas")}},
		{rep: demoAda, name: "Marc Dubois", company: "Vergers du Sud", title: "Directeur Logistique", industry: "food", email: "m.dubois@vergersdusud.test", phone: "+33 4 5550 6010",
			situation: coach.Dormant, lastTalk: "2025-09-18", starts: "2026-02-24", attempts: 1, gatekeeper: "Chloé",
			facts: []coach.Fact{said("call me after the apricot season"), research("started shipping by rail to Rotterdam")}},
		{rep: demoAda, name: "Katrin Hofer", company: "Alpenglas", title: "Leiterin Einkauf", industry: "manufacturing", email: "hofer@alpenglas.test", phone: "+43 512 5550 77",
			situation: coach.Existing, lastTalk: "2026-01-15", starts: "2026-02-24", attempts: 1,
			facts: []coach.Fact{said("the Verona lane is the one that keeps me up"), research("opened a showroom in Verona"), knows("Paolo Ricci, who runs inbound at a glass maker in Trento")}},
		{rep: demoAda, name: "Henrik Vos", company: "Zuiderhaven Terminals", title: "COO", industry: "logistics", email: "h.vos@zuiderhaven.test", linkedin: "in/henrikvos",
			purchase: coach.Capital, situation: coach.Cold, starts: "2026-02-16", attempts: 1,
			facts: []coach.Fact{research("put two new cranes into service in autumn"), trigger("was named chair of the port users' council")}},
		{rep: demoAda, name: "Eva Marek", company: "Papírna Morava", title: "Accountant", industry: "manufacturing", email: "eva.marek@papirna.test", phone: "+420 5550 8120",
			purchase: coach.Commodity, urgency: coach.High, situation: coach.Cold, starts: "2026-02-26", attempts: 1,
			facts: []coach.Fact{said("I need this sorted before the March closing"), research("switched its invoices to electronic ones in January")}},
		{rep: demoAda, name: "Oskar Lund", company: "Fjordbrygg", title: "Supply Chain Director", industry: "food", email: "oskar@fjordbrygg.test", phone: "+47 5550 9090",
			situation: coach.Cold, starts: "2026-02-09", attempts: 2, then: snoozed("2026-03-04"), thenOn: "2026-02-20",
			facts: []coach.Fact{research("is moving its depot to Drammen"), said("ring me once the move is through")}},
		{rep: demoAda, name: "Nadia Rossi", company: "Tessuti Rossi", title: "CEO", industry: "manufacturing", email: "nadia@tessutirossi.test", phone: "+39 055 5550 14",
			situation: coach.Cold, starts: "2026-01-20", attempts: 4, then: replied(coach.AnswerMeeting, "2026-03-12", "wants to see it with her own bills"), thenOn: "2026-02-24",
			facts: []coach.Fact{research("took over a dye works in Prato"), research("exports half of its cloth by truck"), trigger("spoke at the textile fair in February")}},
		{rep: demoAda, name: "Jonas Keller", company: "Keller Druck", title: "Inhaber", industry: "manufacturing", email: "jonas@kellerdruck.test", phone: "+49 711 5550 33",
			situation: coach.Cold, starts: "2026-01-12", attempts: 5, then: replied(coach.AnswerLater, "2026-05-04", "after the trade fair"), thenOn: "2026-02-25",
			facts: []coach.Fact{research("prints the programmes of the state opera"), trigger("bought a second folding line")}},
		{rep: demoAda, name: "Greta Blom", company: "Hansekontor Trading", title: "Assistant to the CEO", industry: "retail", email: "greta.blom@hansekontor.test",
			situation: coach.Cold, starts: "2026-01-05", attempts: 5, then: movedOn("2026-05-25", "no answer after a full plan"), thenOn: "2026-02-26",
			facts: []coach.Fact{research("handles the tenders for two of its brands")}},
		{rep: demoAda, name: "Daniel Weiss", company: "Weiss Kältetechnik", title: "Prokurist", industry: "manufacturing", email: "weiss@weiss-kaelte.test", phone: "+49 911 5550 61",
			situation: coach.Cold, starts: "2026-01-13", attempts: 3, then: replied(coach.AnswerWon, "", "signed for two sites"), thenOn: "2026-02-23",
			facts: []coach.Fact{said("our carriers bill by the pallet and we ship by the metre"), research("delivers to every second supermarket in Franconia")}},
		{rep: demoAda, name: "Ines Carvalho", company: "Azulejo Norte", title: "Export Manager", industry: "manufacturing", email: "ines@azulejo.test", phone: "+351 22 5550 18",
			situation: coach.Cold, starts: "2026-02-02", attempts: 2, then: replied(coach.AnswerNo, "", "they do it in-house and are happy with it"), thenOn: "2026-02-24",
			facts: []coach.Fact{research("ships by sea from Leixões")}},
	}
}
