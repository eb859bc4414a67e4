package coach

// calendar knows a rep's working days (C3): the week, public holidays, days
// off.
type calendar struct {
	week    Weekdays
	off     []Span
	country string
	holiday func(string, Date) (string, bool)
}

// noDay is how far a working day is looked for before the settings are refused.
const noDay = 366

func (pb *Playbook) calendar(rep *Rep) *calendar {
	k := &calendar{week: MonToFri, holiday: pb.Holiday}
	if rep != nil {
		k.off, k.country = rep.DaysOff, rep.Country
		if rep.WorkingDays != 0 {
			k.week = rep.WorkingDays
		}
	}
	return k
}

// works tells whether the rep works on d.
func (k *calendar) works(d Date) bool {
	return k.week.Has(d.Weekday()) && !k.away(d) && !k.public(d)
}

func (k *calendar) public(d Date) bool {
	if k.country == "" || k.holiday == nil {
		return false
	}
	_, ok := k.holiday(k.country, d)
	return ok
}

func (k *calendar) away(d Date) bool {
	for _, s := range k.off {
		if s.From <= d && d <= s.To {
			return true
		}
	}
	return false
}

// next is the first working day on or after d. Settings without one are
// refused when they are made (CheckCalendar), so d itself is a safe answer.
func (k *calendar) next(d Date) Date {
	for e := d; e <= d+noDay; e++ {
		if k.works(e) {
			return e
		}
	}
	return d
}

// add is the n-th working day after d.
func (k *calendar) add(d Date, n int) Date {
	for ; n > 0; n-- {
		d = k.next(d + 1)
	}
	return d
}

// between counts the working days after a up to and including b.
func (k *calendar) between(a, b Date) int {
	n := 0
	for d := a + 1; d <= b; d++ {
		if k.works(d) {
			n++
		}
	}
	return n
}

// daysOff counts the rep's own days off after a and before b.
func (k *calendar) daysOff(a, b Date) int {
	n := 0
	for d := a + 1; d < b && len(k.off) > 0; d++ {
		if k.away(d) {
			n++
		}
	}
	return n
}

// NextWorkingDay is the first working day of the rep on or after d (C3).
func (pb *Playbook) NextWorkingDay(rep *Rep, d Date) Date { return pb.calendar(rep).next(d) }

// Works tells whether the rep works on d (C3).
func (pb *Playbook) Works(rep *Rep, d Date) bool { return pb.calendar(rep).works(d) }

// CheckCalendar refuses settings that leave no working day within 366 days (C3).
func (pb *Playbook) CheckCalendar(rep *Rep, from Date) error {
	k := pb.calendar(rep)
	if k.works(k.next(from)) {
		return nil
	}
	if k.week&0b1111111 == 0 {
		return Problem("Working days name no day of the week; name at least one, such as mon,tue,wed,thu,fri.")
	}
	return Problem("Working days and days off together leave no working day within a year; shorten the days off or add a working day, such as mon,tue,wed,thu,fri.")
}
