package qa

import "strings"

// look goes over the line once for every kind of mark.
func (s *shown) look() {
	pairs := s.pairsOf()
	s.turnedPairs(pairs)
	s.marksInside(pairs)
	s.lastMark()
	for i := s.from; i < s.to; i++ {
		if s.kept(i) {
			continue
		}
		if !s.rtl {
			i = s.numberBehind(i)
			continue
		}
		s.percentSign(i)
		s.minusSign(i)
		s.hyphenRange(i)
		s.leadingSign(i)
		i = s.trailingSigns(i)
	}
}

// percentSign: «۹۰٪ مردم» at the start, or behind a Latin word, shows the sign on
// the right of the number.
func (s *shown) percentSign(i int) {
	if r := s.at(i); r != '٪' && r != '%' || i == s.from || !digit(s.at(i-1)) || !s.turned(i) {
		return
	}
	if from := s.numberStart(i); !s.latinNumber(from) && !directionMark(s.at(from-1)) {
		s.wrong(i, i+1, s.seen(from, i+1))
	}
}

// numberStart returns where the number that ends before glyph i begins.
func (s *shown) numberStart(i int) int {
	for i > s.from && (digit(s.at(i-1)) || strings.ContainsRune("٬٫.,/", s.at(i-1))) {
		i--
	}
	return i
}

// latinNumber reports whether the number at i is written in Latin digits behind a
// Latin word, whose way it goes.
func (s *shown) latinNumber(i int) bool {
	k := i - 1
	for k >= s.from && blank(s.at(k)) {
		k--
	}
	return kindOfDigit(s.at(i)) == latinDigit && k >= s.from && latin(s.at(k))
}

// minusSign: «-۵» shows the minus on the right of the number.
func (s *shown) minusSign(i int) {
	if r := s.at(i); r != '-' && r != '−' || s.turned(i) || s.outside(i+1) || !digit(s.at(i+1)) || !s.startsToken(i) {
		return
	}
	before := i - 1
	for before >= s.from && blank(s.at(before)) {
		before--
	}
	if before >= s.from && digit(s.at(before)) {
		return // a range: «۵ -۶»
	}
	end := i + 1
	for !s.outside(end) && digit(s.at(end)) {
		end++
	}
	s.wrong(i, i+1, s.seen(i, end))
}

// startsToken reports whether glyph i stands at the start or behind a space or
// opening mark.
func (s *shown) startsToken(i int) bool {
	return i == s.from || space(s.at(i-1)) || strings.ContainsRune("([{«“\"'", s.at(i-1))
}

// hyphenRange: «۱۹۷۹-۱۹۸۹» at the start shows the later year first.
func (s *shown) hyphenRange(i int) {
	if s.at(i) != '-' || !s.turned(i) || s.outside(i-1) || s.outside(i+1) {
		return
	}
	from, to := i, i+1
	for from > s.from && digit(s.at(from-1)) {
		from--
	}
	for !s.outside(to) && digit(s.at(to)) {
		to++
	}
	if s.startsToken(from) && s.endsToken(to) && !s.latinNumber(from) && rangeNumbers(s.digits(from, i), s.digits(i+1, to)) {
		s.wrong(i, i+1, s.seen(from, to))
	}
}

// endsToken reports whether what ends before glyph i is followed by no more of a
// code: «۰۲۱-۸۸-۹۰».
func (s *shown) endsToken(i int) bool {
	return s.outside(i) || !wordRune(s.at(i)) && !strings.ContainsRune("-/:.٫٬_", s.at(i)) || s.at(i) == '.' && (s.outside(i+1) || space(s.at(i+1)))
}

// digits returns the value of digits i..j as ASCII.
func (s *shown) digits(i, j int) string {
	var b strings.Builder
	for ; i < j; i++ {
		b.WriteByte('0' + byte(s.at(i)&0xF)) // all kinds of digits begin at a multiple of 16
	}
	return b.String()
}

// rangeNumbers reports whether a-b reads as a range: rising numbers of up to four
// digits, or a year with the last digits of a later one.
func rangeNumbers(a, b string) bool {
	if a == "" || b == "" || len(a) > 4 || len(b) > 4 || a[0] == '0' {
		return false
	}
	if len(a) == 4 && len(b) == 2 {
		return a[2:] < b
	}
	return b[0] != '0' && (len(a) < len(b) || len(a) == len(b) && a < b)
}

// leadingSign: the dot of «.NET» and the like show on the right of the word. Paths
// do as well, but nobody takes them for anything else.
func (s *shown) leadingSign(i int) {
	end := i
	for !s.outside(end) && strings.ContainsRune("@#$.", s.at(end)) {
		end++
	}
	if end == i && s.at(i) == '-' && s.at(i+1) == '-' {
		end = i + 2
	}
	if end == i || s.outside(end) || !latin(s.at(end)) || s.at(i-1) == '(' && s.at(i-2) == ']' || s.turned(i) || !s.turned(end) || !s.startsToken(i) {
		return
	}
	s.wrong(i, end, s.seen(i, s.latinEnd(end)))
}

func (s *shown) latinEnd(i int) int {
	for !s.outside(i) && (latin(s.at(i)) || digit(s.at(i))) {
		i++
	}
	return i
}

// trailingSigns: the signs of C++ and C# show on the right of the letter. It
// returns the last glyph looked at.
func (s *shown) trailingSigns(i int) int {
	if r := s.at(i); r != '+' && r != '#' || s.turned(i) || s.outside(i-1) || !latin(s.at(i-1)) || !s.turned(i-1) {
		return i
	}
	end := i
	for !s.outside(end) && s.at(end) == s.at(i) {
		end++
	}
	if !s.outside(end) && wordRune(s.at(end)) {
		return end - 1
	}
	from := i
	for from > s.from && latin(s.at(from-1)) {
		from--
	}
	s.wrong(i, end, s.seen(from, end))
	return end - 1
}

// numberBehind: a number behind «ایران», in a text written from left to right
// shows on the left of it. It returns the last glyph looked at.
func (s *shown) numberBehind(i int) int {
	if kindOfDigit(s.at(i)) != latinDigit || s.levels[i-s.from] == 0 {
		return i
	}
	end := i
	for !s.outside(end) && (digit(s.at(end)) || strings.ContainsRune(".,:", s.at(end)) && digit(s.at(end+1))) {
		end++
	}
	k, marks := i-1, false
	for k >= s.from && k > i-sight && !wordRune(s.at(k)) {
		marks = marks || !blank(s.at(k))
		k--
	}
	if !marks || k < s.from || !persian(s.at(k)) {
		return end - 1
	}
	from := k
	for from > s.from && from > i-sight && wordRune(s.at(from-1)) {
		from--
	}
	s.wrong(i, end, s.arranged(from, end, true))
	return end - 1
}
