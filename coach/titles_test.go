package coach_test

import (
	"testing"

	"github.com/prospectcoach/prospectcoach/coach"
)

func TestC4_LevelIsGuessedFromTheTitle(t *testing.T) {
	t.Parallel()
	pb := (&coach.Playbook{Titles: titleRules(t)}).Prepare()
	for level, titles := range map[coach.Level][]string{
		coach.IC: {
			"Assistant to the CEO", "Office Manager", "Account Manager", "Product Owner", "Executive Assistant",
			"Executive Assistant to the Chief Financial Officer", "Personal Assistant to the Managing Director", "PA to the CFO",
			"Senior Account Executive", "Key Account Manager", "Software Engineer", "Sr. Software Developer", "Data Analyst",
			"Sales Development Representative", "SDR", "Receptionist", "HR Business Partner", "Junior Buyer", "Payroll Specialist",
			"Assistentin der Geschäftsführung", "Geschäftsführungsassistentin", "Assistenz der Geschäftsleitung", "Vorstandsassistent",
			"Sachbearbeiterin Einkauf", "Sachbearbeiter", "Werkstudent Marketing", "Vertriebsmitarbeiter", "Einkäufer", "Buchhalterin",
			"Referent der Geschäftsführung", "Vertriebsingenieur", "Technical Consultant", "Chefsekretärin", "Marketing Coordinator",
			"Customer Success Manager", "Softwareentwickler", "Sales Assistant", "Secretary to the Board", "Industriekaufmann",
			"Global Account Manager EMEA", "IT Administrator",
		},
		coach.Manager: {
			"Marketing Manager", "Product Manager", "Operations Mgr.", "Sales Manager DACH", "Engineering Manager", "IT Manager",
			"Purchasing Manager", "Team Lead Support", "Teamleiter Vertrieb", "Teamleiterin", "Projektleiter", "Gruppenleiter Einkauf",
			"Filialleiterin", "Project Manager", "Plant Supervisor", "Vertriebsmanager", "Regional Sales Manager", "HR Managerin",
			"Senior Manager, Procurement", "Assistant Manager", "Shift Leader",
			"", "Wizard of Light Bulb Moments", "Bäcker", "???", "Evangelist",
		},
		coach.Director: {
			"Head of Sales", "Head of Operations, EMEA", "Director of Marketing", "Sales Director", "Senior Director IT", "Sr. Dir. Finance",
			"Global Head Procurement", "Leiter Vertrieb", "Leiterin Einkauf", "Vertriebsleiter", "Vertriebsleiterin", "Werksleiter", "Bereichsleiter",
			"Leiter/in Personal", "Abteilungsleiter IT", "Einkaufsleitung", "Technische Leitung", "Kaufmännischer Leiter", "Prokurist",
			"General Manager", "Creative Director", "Direktor Vertrieb", "Hoteldirektorin", "Chief of Staff", "IT-Leiter", "Associate Director",
			"Assistant Director of Nursing", "Personalleiterin", "Leiter (m/w/d) Controlling", "Produktionsleiter", "Head, Customer Support",
		},
		coach.VP: {
			"VP Sales", "Vice President of Operations", "SVP Marketing", "EVP, Global Supply", "Senior Vice President", "Executive Vice President, HR",
			"V.P. Engineering", "VP of Product", "Vice-President Finance", "Assistant Vice President", "RVP West", "Group VP", "Vizepräsident",
			"VP/GM Consumer", "Area Vice President",
		},
		coach.CSuite: {
			"CEO", "C.E.O.", "CFO", "Chief Executive Officer", "Chief Information Security Officer", "Chief Revenue Officer", "CTO & Co-Founder",
			"Founder", "Co-founder and Chief Product Officer", "Owner", "Owner / Head Baker", "Managing Director", "Geschäftsführer", "Geschäftsführerin",
			"Geschaeftsfuehrer", "GF", "Geschäftsführender Gesellschafter", "Inhaber", "Inhaberin", "Vorstand", "Finanzvorstand", "Vorstandsvorsitzender",
			"Mitglied der Geschäftsleitung", "President", "President & CEO", "Managing Partner", "Chairman of the Board", "Gründerin", "CHRO",
			"Alleingeschäftsführer", "Founding Partner", "Geschäftsführung", "Board Member", "Co-Owner",
		},
	} {
		for _, title := range titles {
			if got, _ := pb.GuessLevel(title); got != level {
				t.Errorf("C4 %q: %s, want %s", title, got, level)
			}
		}
	}
}

func TestC4_AnUnknownTitleIsNoGuess(t *testing.T) {
	t.Parallel()
	pb := (&coach.Playbook{Titles: titleRules(t)}).Prepare()
	for title, want := range map[string]bool{"": false, "Evangelist": false, "Marketing Manager": true, "CEO": true} {
		if _, ok := pb.GuessLevel(title); ok != want {
			t.Errorf("C4 %q: guessed %v, want %v", title, ok, want)
		}
	}
}
