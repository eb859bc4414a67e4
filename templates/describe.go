package templates

import "github.com/prospectcoach/prospectcoach/coach"

// Entry describes the drafts of one angle for one channel.
type Entry struct {
	Angle    coach.Angle
	Channel  coach.Channel
	Variants int
	Own      int // how many of them are the team's own
}

// Describe lists what drafts a playbook holds, in the order of the angles and
// of the channels each is written for; an angle without drafts for a channel
// is listed with none.
func Describe(pb *coach.Playbook) []Entry {
	var list []Entry
	for _, a := range coach.Angles {
		for _, c := range WrittenFor(a) {
			e := Entry{Angle: a, Channel: c}
			for _, v := range pb.Drafts[a] {
				if v.Channel == c {
					e.Variants++
					if v.Source != coach.BuiltIn {
						e.Own++
					}
				}
			}
			list = append(list, e)
		}
	}
	return list
}
