package lang

import (
	"slices"
	"strconv"
	"strings"
)

// CompareNumbers returns the numbers of the source that the target lacks and
// the numbers in digits of the target that the source does not justify (E1 to
// E6). Order and repetition are free; number words of the target are never
// extra. Spans are those of the text each number is from.
func CompareNumbers(src *Profile, source string, tgt *Profile, target string) (missing, extra []Number) {
	s, t := src.Numbers(source), tgt.Numbers(target)
	var byParts, toParts []string // numbers that one side says apart
	for i := range t {
		if !t[i].in(s) {
			if parts, ok := t[i].apart(s, src); ok {
				toParts = append(toParts, parts...)
			}
		}
	}
	for i := range s {
		if s[i].in(t) || slices.Contains(toParts, s[i].Value) {
			continue
		}
		parts, ok := s[i].apart(t, tgt)
		if ok {
			byParts = append(byParts, parts...)
		} else if !s[i].Optional {
			missing = append(missing, s[i])
		}
	}
	for i := range t {
		if t[i].Words || t[i].Optional || t[i].in(s) || slices.Contains(byParts, t[i].Value) {
			continue
		}
		if _, ok := t[i].apart(s, src); !ok {
			extra = append(extra, t[i])
		}
	}
	return missing, extra
}

func (n *Number) in(list []Number) bool {
	return slices.ContainsFunc(list, func(m Number) bool { return same(n, &m) || same(&m, n) })
}

// same reports whether two numbers may translate each other. It is asked in
// both orders.
func same(a, b *Number) bool {
	if a.Kind == b.Kind && a.Value == b.Value && a.Percent == b.Percent {
		return true
	}
	switch a.Kind {
	case Date:
		return b.Kind == Date && slices.ContainsFunc(a.days, func(d int) bool { return slices.Contains(b.days, d) })
	case DayMonth:
		return b.Kind == DayMonth && sameDay(a, b)
	case ClockTime:
		return sameTime(a, b)
	case Decade:
		return sameDecade(a, b)
	case Fraction:
		return a.Percent == b.Percent && (slices.Equal(a.parts, b.parts) || b.Kind == Quantity && b.reads(quotient(a.parts)))
	}
	return b.Kind == Quantity && (sameQuantity(a, b) || sameYear(a, b))
}

func sameQuantity(a, b *Number) bool {
	if a.Percent != b.Percent && !a.maybeWhole && !b.maybeWhole {
		return false
	}
	return slices.ContainsFunc(a.values(), b.reads)
}

// sameYear compares a year with its forms in the other calendar and its last
// two digits (E5).
func sameYear(a, b *Number) bool {
	year, ok := a.year()
	other, err := strconv.Atoi(b.Value)
	if !ok || err != nil || b.Percent || b.grouped {
		return false
	}
	for _, y := range years(year) {
		if other == y || b.Value != "0" && other < 100 && other == y%100 {
			return true
		}
	}
	return false
}

// year returns the value of a number that can be a year of either calendar.
func (n *Number) year() (int, bool) {
	v, err := strconv.Atoi(n.Value)
	return v, err == nil && n.Kind == Quantity && !n.Words && !n.Percent && !n.grouped && v >= 1200 && v <= 2100
}

// years returns the years that a year may be called.
func years(y int) []int {
	switch {
	case y >= 1800:
		return []int{y, y - 621, y - 622}
	case y <= 1500:
		return []int{y, y + 621, y + 622}
	}
	return nil
}

// sameDay compares two days without year, across calendars for any year of our
// time.
func sameDay(a, b *Number) bool {
	if a.solar == b.solar {
		return a.month == b.month && a.mday == b.mday
	}
	if a.solar {
		a, b = b, a
	}
	for year := 1970; year < 2003; year++ { // one whole cycle of leap years
		if _, m, d := SolarHijri(year, a.month, a.mday); m == b.month && d == b.mday {
			return true
		}
	}
	return false
}

// sameTime compares times; without a half of the day 5:30 may be 17:30 (E6).
func sameTime(a, b *Number) bool {
	hour, minute, known := b.hour, b.minute, b.half != "" || b.hour > 12
	switch b.Kind {
	case ClockTime:
	case Quantity:
		v, err := strconv.Atoi(b.Value)
		if err != nil || b.Percent {
			return false
		}
		hour, minute, known = v, 0, v > 12
	default:
		return false
	}
	if a.minute != minute {
		return false
	}
	bothKnown := known && (a.half != "" || a.hour > 12)
	return a.hour == hour || !bothKnown && a.hour%12 == hour%12
}

// sameDecade compares decades: the 1980s are «دههٔ ۱۹۸۰», «دههٔ ۶۰» and «دههٔ
// ۱۳۶۰» (E5).
func sameDecade(a, b *Number) bool {
	if b.Kind != Decade && b.Kind != Quantity || b.Percent {
		return false
	}
	x, _ := strconv.Atoi(a.Value)
	y, err := strconv.Atoi(b.Value)
	if err != nil {
		return false
	}
	for _, d := range decadeNames(x) {
		if slices.Contains(decadeNames(y), d) {
			return true
		}
	}
	return false
}

// decadeNames returns what a decade may be called in full. Two digits may be of
// either calendar.
func decadeNames(d int) []int {
	switch {
	case d >= 1800:
		return []int{d}
	case d >= 1200:
		return []int{d + 620}
	}
	return []int{1900 + d, 2000 + d, 1300 + d + 620}
}

// quotient returns a/b as an exact decimal, or "" when it has none that is
// short.
func quotient(parts []string) string {
	if len(parts) != 2 {
		return ""
	}
	a, err1 := strconv.Atoi(parts[0])
	b, err2 := strconv.Atoi(parts[1])
	if err1 != nil || err2 != nil || b == 0 || a > 1e6 || a*1000%b != 0 {
		return ""
	}
	return shiftDown(strconv.Itoa(a*1000/b), 3)
}

func shiftDown(digits string, places int) string {
	for len(digits) <= places {
		digits = "0" + digits
	}
	at := len(digits) - places
	return canonical(digits[:at], digits[at:])
}

// apart reports whether the list holds the parts of a date, time or fraction as
// separate numbers, and returns those.
func (n *Number) apart(list []Number, p *Profile) ([]string, bool) {
	switch n.Kind {
	case Date:
		return n.dateApart(list)
	case DayMonth:
		return nil, slices.ContainsFunc(list, func(m Number) bool {
			return m.Kind == Date && m.solar == n.solar && m.month == n.month && m.mday == n.mday
		}) || len(p.monthNames()) == 0 && found(list, n.parts[0])
	case ClockTime, Fraction:
		return n.piecesApart(list)
	}
	if n.mixed != nil {
		return n.mixedApart(list)
	}
	if len(n.parts) == 2 {
		return n.piecesApart(list) // «۲/۳» for two thirds
	}
	for _, v := range n.listed {
		if !found(list, canonical(v, "")) {
			return nil, false
		}
	}
	return n.listed, n.listed != nil
}

// dateApart accepts a day without year and the year elsewhere, or the bare
// numbers where no month was understood.
func (n *Number) dateApart(list []Number) ([]string, bool) {
	year := Number{Value: n.parts[1]}
	at := slices.IndexFunc(list, func(m Number) bool { return m.Kind == Quantity && sameYear(&year, &m) })
	if at < 0 {
		return nil, false
	}
	named := false
	for i := range list {
		m := &list[i]
		named = named || m.Kind == Date || m.Kind == DayMonth
		if m.Kind == DayMonth && m.solar == n.solar && m.month == n.month && m.mday == n.mday {
			return []string{list[at].Value, m.Value}, true
		}
	}
	return []string{n.parts[0], list[at].Value}, !named && found(list, n.parts[0])
}

// piecesApart accepts 5:30 as «ساعت ۵ و ۳۰ دقیقه» or «پنج و نیم», and 3/5 as
// three fifths.
func (n *Number) piecesApart(list []Number) ([]string, bool) {
	var used []string
	for i, part := range n.parts {
		if i > 0 && n.Kind == ClockTime && n.minute == 0 && i == 1 {
			break
		}
		if value, ok := n.piece(i, part, list); ok {
			used = append(used, value)
			continue
		}
		return nil, false
	}
	return used, len(used) > 0
}

func (n *Number) piece(i int, part string, list []Number) (string, bool) {
	if n.Kind == ClockTime && i == 0 {
		for _, hour := range []int{n.hour, n.hour % 12, n.hour%12 + 12} {
			h := strconv.Itoa(hour)
			if found(list, h) {
				return h, true
			}
			if part := partOfHour[n.minute]; part != "" && found(list, h+part) {
				return h + part, true
			}
		}
		return "", false
	}
	if n.Kind == ClockTime && endsIn(list, partOfHour[n.minute]) {
		return part, true
	}
	return part, found(list, part)
}

// partOfHour are the minutes said as part of an hour: «پنج و نیم».
var partOfHour = map[int]string{15: ".25", 30: ".5"}

func endsIn(list []Number, part string) bool {
	return part != "" && slices.ContainsFunc(list, func(m Number) bool { return m.Kind == Quantity && strings.HasSuffix(m.Value, part) })
}

func found(list []Number, value string) bool {
	return slices.ContainsFunc(list, func(m Number) bool { return m.Kind == Quantity && m.reads(value) })
}

// monthNames returns the month names the language knows.
func (p *Profile) monthNames() map[string]month {
	if p.words == nil {
		return nil
	}
	return p.words.months
}
