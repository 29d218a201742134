package lang

import (
	"fmt"
	"slices"
	"strconv"
	"strings"
)

// special reads a token of digits that is more than a number: a version, a
// time, a date in digits, a decade; or a decade in a word. It returns i when
// there is none.
func (x *extractor) special(i int, n *Number) int {
	if i >= len(x.tokens) {
		return i
	}
	t := x.tokens[i]
	if v, ok := x.decades[t.text]; ok {
		n.Kind, n.Value, n.Optional = Decade, strconv.FormatInt(v, 10), true
		return i + 1
	}
	if v, ok := x.collective[t.text]; ok && !x.within(i) {
		n.Value, n.Optional = strconv.FormatInt(v, 10), true
		return i + 1
	}
	if t.kind == wordToken {
		return x.wordy(i, n)
	}
	if t.kind != digitToken {
		return i
	}
	n.Words = false
	switch {
	case strings.Count(t.value, ".") > 1 || len(t.value) > 40:
		n.Value = t.value
		return i + 1
	case t.colon != nil:
		return x.clockTime(i, n)
	case len(t.slash) == 3 && n.numericDate(t.slash):
		return i + 1
	case t.slash != nil && (len(t.slash) == 3 || !x.slashDecimal):
		n.Kind, n.Value, n.parts = Fraction, strings.Join(t.slash, "/"), t.slash
		return i + 1
	case x.isDecade(i):
		n.Kind, n.Value = Decade, t.value
		return i + 1 + len(x.at(i+1))%2*x.plainS(i+1)
	}
	return x.hour(i, i+1, t.value, n)
}

// wordy reads the words that stand for decades, hours or Roman numerals.
func (x *extractor) wordy(i int, n *Number) int {
	probe := Number{Words: true}
	value, end := x.small(i, &probe)
	if end == i {
		if x.capitalised(i) {
			return x.roman(i, n)
		}
		return i
	}
	if x.afterDecade(i) && value%10 == 0 {
		n.Kind, n.Value = Decade, strconv.FormatInt(value, 10)
		return end
	}
	if len(x.hourWord) > 0 && !x.any(i-1, x.hourWord) {
		return i // «یک عصر» is an age, «ساعت یک عصر» one o'clock
	}
	return x.hour(i, end, strconv.FormatInt(value, 10), n)
}

// isDecade reports whether the digits at token i are a decade: 1980s, 80s,
// «دههٔ ۱۹۸۰».
func (x *extractor) isDecade(i int) bool {
	v, err := strconv.Atoi(x.tokens[i].value)
	if err != nil || v%10 != 0 || v == 0 || v > 2200 {
		return false
	}
	return x.afterDecade(i) || x.plainS(i+1) == 1
}

// plainS is 1 when token i is the s of 1980s.
func (x *extractor) plainS(i int) int {
	if x.at(i) == "s" && x.tokens[i].sep == 0 && len(x.decades) > 0 {
		return 1
	}
	return 0
}

func (x *extractor) afterDecade(i int) bool {
	return x.any(i-1, x.decade) || x.any(i-1, x.plural) && x.any(i-2, x.decade)
}

// clockTime reads 17:30 and 5:30 p.m.; other ratios are fractions.
func (x *extractor) clockTime(i int, n *Number) int {
	parts := x.tokens[i].colon
	hour, _ := strconv.Atoi(parts[0])
	minute, _ := strconv.Atoi(parts[1])
	if hour > 24 || minute > 59 {
		n.Kind, n.Value, n.parts = Fraction, strings.Join(parts, ":"), parts
		return i + 1
	}
	half, next := x.halfOfDay(i + 1)
	n.setClock(hour, minute, half)
	n.parts = parts
	return next
}

// hour reads an hour alone with its half of the day: 3 p.m., «سه بعدازظهر».
func (x *extractor) hour(i, end int, value string, n *Number) int {
	hour, err := strconv.Atoi(value)
	half, next := x.halfOfDay(end)
	if err != nil || hour > 12 || half == "" {
		return i
	}
	n.setClock(hour, 0, half)
	n.parts = []string{value}
	return next
}

// halfOfDay reads a marker such as p.m., which may be several tokens.
func (x *extractor) halfOfDay(i int) (half string, next int) {
	phrase := ""
	next = i
	for k := i; k < i+4 && k < len(x.tokens); k++ {
		phrase += x.at(k)
		if h := x.clock[phrase]; h != "" {
			half, next = h, k+1
		}
	}
	return half, next
}

func (n *Number) setClock(hour, minute int, half string) {
	n.Kind, n.half = ClockTime, half
	if half == "pm" && hour < 12 {
		hour += 12
	}
	if half == "am" && hour == 12 {
		hour = 0
	}
	n.hour, n.minute = hour, minute
	n.Value = fmt.Sprintf("%d:%02d", hour, minute)
}

// numericDate reads the parts of 2019-11-09, 11/9/2019, ۱۴۰۰/۵/۱۹ in every order
// they may mean.
func (n *Number) numericDate(parts []string) bool {
	var v [3]int
	for i, p := range parts {
		v[i], _ = strconv.Atoi(p)
	}
	if len(parts[0]) > 2 || v[0] > 31 {
		n.addDate(v[0], v[1], v[2])
	} else {
		n.addDate(v[2], v[0], v[1])
		n.addDate(v[2], v[1], v[0])
	}
	return len(n.days) > 0
}

// addDate adds a reading of a date, when it exists in its calendar. A year from
// 1200 to 1500 is Solar Hijri, as is a two-digit year above 31.
func (n *Number) addDate(year, month, day int) {
	if 31 < year && year < 100 {
		year += 1300
	}
	n.setDate(year, month, day, year >= 1200 && year <= 1500)
}

func (n *Number) setDate(year, month, day int, solar bool) {
	if month < 1 || month > 12 || day < 1 || day > 31 || year < 1000 || year > 2200 || solar && month > 6 && day > 30 {
		return
	}
	gy, gm, gd := year, month, day
	if solar {
		gy, gm, gd = Gregorian(year, month, day)
	}
	n.Kind = Date
	n.days = append(n.days, gregorianDays(gy, gm, gd))
	n.month, n.mday, n.solar = month, day, solar
	n.Value = fmt.Sprintf("%04d-%02d-%02d", year, month, day)
	n.parts = []string{strconv.Itoa(day), strconv.Itoa(year)}
}

// joinDates makes dates of the numbers around the name of a month.
func (x *extractor) joinDates() {
	if len(x.months) == 0 {
		return
	}
	for i := range x.tokens {
		m, ok := x.months[x.at(i)]
		if !ok || x.any(i, x.capital) && !x.monthName(i) {
			continue
		}
		if !x.dayBefore(i, m) {
			x.dayAfter(i, m)
		}
	}
}

// monthName tells a month from another word spelt alike: May from may by its
// capital; «می» from the beginning of a verb by what follows.
func (x *extractor) monthName(i int) bool {
	if x.capitalised(i) {
		return true
	}
	if i+1 == len(x.tokens) {
		return len(x.afterMonth) > 0
	}
	next := x.tokens[i+1]
	return len(x.afterMonth) > 0 && next.sep != zwnj && (next.kind != wordToken || x.afterMonth[next.text] || x.ofYear[next.text])
}

// dayBefore handles 9 November 2019 and 9–11 November.
func (x *extractor) dayBefore(i int, m month) bool {
	end := i
	if x.any(i-1, x.dayOf) {
		end--
	}
	k := x.endingAt(end)
	if k < 0 || !x.list[k].isDay() || !x.list[k].countsDays(m) {
		return false
	}
	year := x.yearAfter(i+1, m.solar)
	x.setDay(k, m, year)
	for k > 0 && x.list[k-1].isDay() && !x.ofName(k-1) && x.coupled(x.ends[k-1], x.starts[k]) {
		k--
		x.setDay(k, m, year)
	}
	x.drop(year)
	return true
}

// dayAfter handles November 9, 2019 and November 9–11.
func (x *extractor) dayAfter(i int, m month) {
	if x.at(i+1) == "." && len(x.at(i)) <= 4 {
		i++ // Sept. 11
	}
	k := x.startingAt(i + 1)
	if k < 0 || !x.list[k].isDay() || x.list[k].Words && !x.list[k].Ordinal {
		return
	}
	last := k
	for last+1 < len(x.list) && x.list[last+1].isDay() && x.coupled(x.ends[last], x.starts[last+1]) {
		last++
	}
	year := x.yearAfter(x.ends[last], m.solar)
	for ; k <= last; k++ {
		x.setDay(k, m, year)
	}
	x.drop(year)
}

// countsDays reports whether a number before a month is its day. A small cardinal in
// words counts something: «یک مهر» is a seal, «یکم مهر» a day, «سیزده آبان» too.
func (n *Number) countsDays(m month) bool {
	const arrow = 4 // تیر: «ده تیر» are shots
	return !n.Words || n.Ordinal || m.solar && m.number != arrow && len(n.Value) == 2
}

func (n *Number) isDay() bool {
	v, err := strconv.Atoi(n.Value)
	return err == nil && n.Kind == Quantity && !n.Percent && !n.grouped && v >= 1 && v <= 31
}

// ofName reports whether number k belongs to a name: «کووید-19 به 1 دسامبر» names
// one day.
func (x *extractor) ofName(k int) bool { return x.any(x.starts[k]-1, x.named) }

// coupled reports whether two numbers are joined by a range or "and".
func (x *extractor) coupled(from, to int) bool {
	return x.ranged(from, to) || to == from+1 && x.any(from, x.and)
}

// yearAfter returns the index of the year that begins at token i, past commas
// and words like «سال», or -1. Two digits are a year only after a solar month.
func (x *extractor) yearAfter(i int, solar bool) int {
	for k := i; k < i+3; k++ {
		if j := x.startingAt(k); j >= 0 {
			n := &x.list[j]
			v, err := strconv.Atoi(n.Value)
			if err == nil && n.Kind == Quantity && !n.Words && !n.Percent && !n.grouped &&
				(v >= 1000 && v <= 2200 || solar && v > 31 && v < 100) {
				return j
			}
			return -1
		}
		if x.at(k) != "," && !x.any(k, x.ofYear) {
			return -1
		}
	}
	return -1
}

// setDay turns number k into a date with the year at index year, or into a day
// without one.
func (x *extractor) setDay(k int, m month, year int) {
	n := &x.list[k]
	day, _ := strconv.Atoi(n.Value)
	if year >= 0 {
		n.Optional = false
		y, _ := strconv.Atoi(x.list[year].Value)
		if y < 100 {
			y += 1300
		}
		if n.setDate(y, m.number, day, m.solar); n.Kind == Date {
			return
		}
	}
	n.Kind, n.month, n.mday, n.solar = DayMonth, m.number, day, m.solar
	n.Value = fmt.Sprintf("%02d-%02d", m.number, day)
	n.parts = []string{strconv.Itoa(day)}
}

// drop removes the year that has become part of a date, which then reaches to
// its end.
func (x *extractor) drop(year int) {
	if year < 0 {
		return
	}
	if before := &x.list[year-1]; before.Kind == Date {
		before.To = x.list[year].To
		before.Text = x.text[before.From:before.To]
		x.ends[year-1] = x.ends[year]
		x.list = append(x.list[:year], x.list[year+1:]...)
		x.starts = append(x.starts[:year], x.starts[year+1:]...)
		x.ends = append(x.ends[:year], x.ends[year+1:]...)
	}
}

func (x *extractor) endingAt(token int) int {
	if k, ok := slices.BinarySearch(x.ends, token); ok {
		return k
	}
	return -1
}

func (x *extractor) startingAt(token int) int {
	if k, ok := slices.BinarySearch(x.starts, token); ok {
		return k
	}
	return -1
}
