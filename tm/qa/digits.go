package qa

// digits writes Arabic and Latin digits the Persian way. Latin digits stay in
// tokens with Latin letters, next to a Latin word and in versions like 1.2.3.
func digits(d *draft) {
	for i := 0; i < len(d.glyphs); i++ {
		kind, end := kindOfDigit(d.at(i)), i
		if kind == noDigit {
			continue
		}
		for end < len(d.glyphs) && kindOfDigit(d.at(end)) == kind {
			end++
		}
		switch {
		case d.kept(i), kind == latinDigit && d.foreignNumber(i):
		case kind == arabicDigit:
			d.persianDigits("arabic_digit", i, end)
		case kind == latinDigit:
			d.persianDigits("latin_digit", i, end)
		}
		i = end - 1
	}
}

// sight is how far rules look for the surroundings of a mark or number, so that
// hostile text costs no more than time linear in its length.
const sight = 64

type digitKind uint8

const (
	noDigit digitKind = iota
	latinDigit
	arabicDigit
	persianDigit
)

func kindOfDigit(r rune) digitKind {
	switch {
	case '0' <= r && r <= '9':
		return latinDigit
	case '٠' <= r && r <= '٩':
		return arabicDigit
	case '۰' <= r && r <= '۹':
		return persianDigit
	}
	return noDigit
}

func (d *draft) persianDigits(code string, i, end int) {
	want := make([]rune, 0, end-i)
	for k := i; k < end; k++ {
		zero := '0'
		if code == "arabic_digit" {
			zero = '٠'
		}
		want = append(want, '۰'+d.at(k)-zero)
	}
	d.fix(code, i, end, string(want))
	for k, r := range want {
		d.glyphs[i+k].r = r
	}
}

// foreignNumber reports whether the number at i belongs to Latin text.
func (d *draft) foreignNumber(i int) bool {
	from, to, dots := i, i, 0
	for from > max(0, i-sight) && !space(d.at(from-1)) {
		from--
	}
	for to < min(len(d.glyphs), i+sight) && !space(d.at(to)) {
		to++
	}
	for k := from; k < to; k++ {
		if latin(d.at(k)) {
			return true
		}
		if d.at(k) == '.' && digit(d.at(k-1)) && digit(d.at(k+1)) {
			dots++
		}
	}
	for blank(d.at(from - 1)) {
		from--
	}
	for blank(d.at(to)) {
		to++
	}
	return dots > 1 || latin(d.at(from-1)) || latin(d.at(to))
}

func space(r rune) bool { return blank(r) || r == '\n' || r == '\t' || r == '\r' }

// numbers repairs the signs of Persian numbers: 90% and 30,000.
func numbers(d *draft) {
	for i := range d.glyphs {
		if d.kept(i) {
			continue
		}
		switch d.at(i) {
		case '%':
			if d.percent(i) {
				d.replace("latin_percent", i, '٪')
			}
		case ',':
			if d.group(i) {
				d.replace("thousands_sep", i, '٬')
			}
		case '.':
			d.decimalDot(i)
		}
	}
}

func (d *draft) percent(i int) bool {
	before := i - 1
	for blank(d.at(before)) {
		before--
	}
	return persianNumeral(d.at(before)) || persianNumeral(d.at(i+1))
}

func persianNumeral(r rune) bool { return kindOfDigit(r) == persianDigit }

// group reports whether the comma at i separates groups of three digits. The
// groups before it are those already repaired.
func (d *draft) group(i int) bool {
	before := 0
	for before < 4 && persianNumeral(d.at(i-1-before)) {
		before++
	}
	prior := d.at(i - 1 - before)
	if before == 0 || before > 3 || prior == '.' || prior == '٫' || prior == ',' || prior == '٬' && before != 3 {
		return false
	}
	const most = 9 // groups; longer ones are no numbers
	for groups := 0; d.at(i) == ','; groups++ {
		n := 0
		for n < 4 && persianNumeral(d.at(i+1+n)) {
			n++
		}
		if n != 3 || groups == most {
			return false
		}
		i += n + 1
	}
	return true
}

// versions are the words before the number of a program.
var versions = wordSet("نسخه نسخه‌ی نسخۀ نسخه‌های ورژن ویرایش")

// wordBefore returns the word and one space before glyph i, "" without.
func (d *draft) wordBefore(i int) string {
	if !blank(d.at(i - 1)) {
		return ""
	}
	from := i - 1
	for from > max(0, i-sight) && wordRune(d.at(from-1)) {
		from--
	}
	return d.word(span{from, i - 1})
}

// decimalDot reports a number like ۳.۵, which may also be a section. Versions of
// programs are written that way.
func (d *draft) decimalDot(i int) {
	from, to := i, i+1
	for persianNumeral(d.at(from - 1)) {
		from--
	}
	for persianNumeral(d.at(to)) {
		to++
	}
	part := func(r rune) bool { return r == '.' || r == '/' || r == ':' || latin(r) }
	more := d.at(to) == '.' && digit(d.at(to+1))
	if from == i || to == i+1 || part(d.at(from-1)) || more || d.at(to) == '/' || versions[d.wordBefore(from)] {
		return
	}
	d.note("decimal_dot", from, to)
}
