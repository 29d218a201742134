package lang

import "strings"

// Digits writes the ASCII digits of s in the digits of the language: 30 → ۳۰.
// Everything else stays.
func (p *Profile) Digits(s string) string {
	if p.digits.zero == '0' {
		return s
	}
	return strings.Map(func(r rune) rune {
		if '0' <= r && r <= '9' {
			return p.digits.zero + r - '0'
		}
		return r
	}, s)
}

// FormatNumber writes an exact decimal such as "-30000.5" the way the language
// does, in groups of three: «−۳۰٬۰۰۰٫۵». Years are not numbers in this sense:
// write them with [Profile.Digits].
func (p *Profile) FormatNumber(value string) string { return p.format(value, true) }

func (p *Profile) format(value string, grouped bool) string {
	value, negative := strings.CutPrefix(value, "-")
	whole, fraction, hasFraction := strings.Cut(value, ".")
	var b strings.Builder
	if negative {
		b.WriteString(p.digits.minus)
	}
	for i, r := range whole {
		if grouped && i > 0 && (len(whole)-i)%3 == 0 {
			b.WriteString(p.digits.group)
		}
		b.WriteRune(r)
	}
	if hasFraction {
		b.WriteString(p.digits.decimal + fraction)
	}
	return p.Digits(b.String())
}

// FormatPercent writes value as [Profile.FormatNumber] does, with the percent
// sign of the language: ۹۰٪.
func (p *Profile) FormatPercent(value string) string {
	return p.FormatNumber(value) + p.digits.percent
}

// WriteNumber writes a number of another language the way this one does, for
// putting it into a translation (E8): groups where the original has them, so
// that years and codes stay ungrouped, decimal mark, percent sign and digits of
// the language. Dates and times keep their form and only change digits.
func (p *Profile) WriteNumber(n Number) string {
	if n.Kind != Quantity || n.Words || strings.Count(n.Value, ".") > 1 {
		return p.Digits(FoldDigits(n.Text))
	}
	s := p.format(n.Value, n.grouped)
	if n.Percent {
		s += p.digits.percent
	}
	return s
}

// FoldDigits writes the digits of any script in s as ASCII digits.
func FoldDigits(s string) string {
	return strings.Map(func(r rune) rune {
		if d, ok := digitValue(r); ok {
			return '0' + rune(d)
		}
		return r
	}, s)
}
