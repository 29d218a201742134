package lang

import (
	"math/big"
	"strings"
	"unicode"
	"unicode/utf8"
)

// number reads the number that begins at token i and returns it with the token
// after it, or i when none begins there.
func (x *extractor) number(i int) (Number, int) {
	n := Number{Words: true}
	at := i
	negative := x.sign(at)
	if negative {
		at++
	}
	if x.at(at) == "%" {
		n.Percent = true
		at++
	}
	next := x.special(at, &n)
	if next == at {
		next = x.quantity(at, &n)
	}
	if next == at {
		return n, i
	}
	if n.Kind == Quantity || n.Kind == Fraction {
		next = x.tail(next, &n)
		x.weigh(at, next, &n)
		if negative || x.belowZero(next) {
			n.Value = "-" + n.Value
		}
		return n, next
	}
	n.Percent = false
	return n, next
}

// sign reports whether token i is a minus for the number after it: a word, or a
// mark at the start of a token. Between words and numbers it is a hyphen.
func (x *extractor) sign(i int) bool {
	if x.any(i, x.minus) {
		return true
	}
	if x.at(i) != "-" || i+1 >= len(x.tokens) || x.tokens[i+1].kind != digitToken || x.tokens[i+1].sep != 0 {
		return false
	}
	if i == 0 {
		return true
	}
	before := x.tokens[i-1]
	apart := x.tokens[i].sep == ' ' || strings.Contains("([\"'", before.text)
	return apart && before.kind != digitToken && !x.any(i-1, x.named)
}

// belowZero reports whether the words after the number make it negative.
func (x *extractor) belowZero(i int) bool {
	for k := i; k < i+3; k++ {
		if x.below[x.at(k)+" "+x.at(k+1)] {
			return true
		}
	}
	return false
}

// quantity reads digits or words with their magnitudes: 2.5 million, «یک میلیون
// و ۲۰۰ هزار», twenty-one.
func (x *extractor) quantity(i int, n *Number) int {
	total := new(big.Rat)
	last := -1 // the magnitude of the part before; -1 before the first
	end := i
	for at := i; ; {
		value, next, ok := x.part(at, n)
		if !ok {
			break
		}
		power, next := x.power(next)
		value.Mul(value, tenTo(power))
		if last >= 0 && value.Cmp(tenTo(last)) >= 0 {
			break
		}
		total.Add(total, value)
		end, last = next, power
		if power == 0 {
			break
		}
		if at, ok = x.joined(next); !ok {
			break
		}
	}
	if end == i {
		return i
	}
	n.Value = decimal(total)
	return end
}

// part reads what a magnitude multiplies: digits, or words below a thousand,
// with a half. A magnitude that stands alone counts once: then next is i.
func (x *extractor) part(i int, n *Number) (value *big.Rat, next int, ok bool) {
	if i >= len(x.tokens) {
		return nil, i, false
	}
	value = new(big.Rat)
	switch t := x.tokens[i]; {
	case t.kind == digitToken:
		digits := t.value
		if t.slash != nil { // «۳/۵» is 3.5; fractions do not come here
			digits = strings.Replace(t.text, "/", ".", 1)
		}
		if _, ok := value.SetString(digits); !ok {
			return nil, i, false
		}
		n.Words, n.grouped = false, n.grouped || t.grouped
		n.parts, n.listed = t.slash, t.listed
		next = i + 1
	case x.any(i, x.halfAlone) && x.magnitudes[x.at(x.pastArticle(i+1))] > 0:
		n.Optional = true
		return value.SetFrac64(1, 2), x.pastArticle(i + 1), true
	case x.magnitudes[x.at(i)] > 0:
		if x.within(i) || x.closed(i, i+1, n) == i {
			return nil, i, false
		}
		n.Optional = n.Optional || x.needsArticle && !x.any(i-1, x.article)
		return value.SetInt64(1), i, true
	default:
		small, end := x.small(i, n)
		if end == i {
			small, end = x.joinedThousand(i)
		}
		if end == i {
			return nil, i, false
		}
		value.SetInt64(small)
		next = end
	}
	if half := x.andHalf(next); half > next {
		value.Add(value, big.NewRat(1, 2))
		next = half
	}
	return value, next, true
}

// joinedThousand reads a number word and its magnitude in one word:
// «پنجهزار».
func (x *extractor) joinedThousand(i int) (int64, int) {
	for magnitude, power := range x.magnitudes {
		rest, ok := strings.CutSuffix(x.at(i), magnitude)
		if v := x.cardinals[rest]; ok && v > 0 && power <= 12 {
			return v * tenTo(power).Num().Int64(), i + 1
		}
	}
	return 0, i
}

// within reports whether token i is a later part of a word joined by ZWNJ, as
// سی in «بی‌بی‌سی».
func (x *extractor) within(i int) bool {
	return i > 0 && x.tokens[i].sep == zwnj && x.tokens[i-1].kind == wordToken && !x.any(i-1, x.each) && !x.any(i-1, x.and)
}

func (x *extractor) pastArticle(i int) int {
	if x.any(i, x.article) {
		return i + 1
	}
	return i
}

// andHalf returns the token after «و نیم» or "and a half", or i.
func (x *extractor) andHalf(i int) int {
	if x.any(i, x.and) && x.any(x.pastArticle(i+1), x.half) {
		return x.pastArticle(i+1) + 1
	}
	if x.half[x.at(i)] && x.joinedHalf[x.at(i)] {
		return i + 1
	}
	return i
}

// power reads the magnitudes after a part: «هزار میلیارد» is 10^12. Short forms
// such as bn stand directly after digits.
func (x *extractor) power(i int) (power, next int) {
	for next = i; next < len(x.tokens); next++ {
		p := x.magnitudes[x.at(next)]
		if p == 0 && x.tokens[next].sep == 0 && next == i {
			p = x.short[x.at(next)]
		}
		if x.at(next) == "+" && x.magnitudes[x.at(next+1)] > 0 {
			continue // $300+ billion
		}
		if p == 0 {
			break
		}
		power += p
	}
	return power, next
}

// joined returns where the next part of the number may begin: after "and", or
// directly where the language needs none.
func (x *extractor) joined(i int) (int, bool) {
	next := i
	if x.any(i, x.and) {
		next++
	} else if x.needsAnd {
		return i, false
	}
	if next >= len(x.tokens) || x.tokens[next].kind == digitToken && !x.needsAnd {
		return i, false // "2 million, 300 of them"
	}
	return next, x.tokens[next].kind != markToken
}

// small reads number words below a thousand and returns the token after them.
func (x *extractor) small(i int, n *Number) (total int64, end int) {
	if x.within(i) {
		return 0, i
	}
	level := int64(1000) // only smaller numbers may follow
	end = i
	for at := i; ; {
		c, ordinal, ok := x.word(at, n)
		if !ok && at > i {
			c, ordinal, ok = x.prefixed(at)
		}
		if !ok || c >= level {
			break
		}
		at++
		if c < 20 && level == 1000 && x.hundred != "" && x.at(at) == x.hundred && !ordinal {
			c *= 100
			at++
		}
		total, end = total+c, at
		if level = below(c); level == 0 || ordinal {
			n.Ordinal = n.Ordinal || ordinal
			break
		}
		if x.any(at, x.and) {
			at++
		} else if _, _, ok := x.prefixed(at); x.needsAnd && !ok {
			break
		}
	}
	return total, x.closed(i, end, n)
}

// below returns the bound of what may follow a number word: units after tens,
// both after hundreds.
func below(c int64) int64 {
	switch {
	case c >= 100:
		return 100
	case c >= 20:
		return 10
	}
	return 0
}

// word returns the number one token stands for.
func (x *extractor) word(i int, n *Number) (value int64, ordinal, ok bool) {
	w := x.at(i)
	if x.hundred != "" && w == x.hundred {
		n.Optional = n.Optional || x.needsArticle && !x.any(i-1, x.article)
		return 100, false, true
	}
	if v, ok := x.cardinals[w]; ok {
		return v, false, true
	}
	if v, ok := x.ordinals[w]; ok {
		return v, true, true
	}
	for suffix := range x.compounds { // «پنجساله»
		if v, ok := x.cardinals[strings.TrimSuffix(w, suffix)]; ok && strings.HasSuffix(w, suffix) {
			n.Optional = true
			return v, false, true
		}
	}
	return 0, false, false
}

// prefixed reads a number word with "and" in one word: ویک in «بیست‌ویک».
func (x *extractor) prefixed(i int) (value int64, ordinal, ok bool) {
	for and := range x.and {
		rest, found := strings.CutPrefix(x.at(i), and)
		if !found || !x.needsAnd {
			continue
		}
		if value, ok = x.cardinals[rest]; ok {
			return value, false, true
		}
		if value, ok = x.ordinals[rest]; ok {
			return value, true, true
		}
	}
	return 0, false, false
}

// closed looks at what is joined to the number word that ends before token end:
// plurals and weekdays make it no number, other words an optional one.
func (x *extractor) closed(i, end int, n *Number) int {
	if end == i || end >= len(x.tokens) {
		return end
	}
	next := x.tokens[end]
	if next.text == x.weekday && x.weekday != "" {
		return i
	}
	if x.plural[next.text] && (next.sep == zwnj || x.needsAnd) {
		return i // «صدها», «صد ها»
	}
	if next.sep != zwnj || next.kind != wordToken {
		return end
	}
	switch {
	case x.ordinalEnd[next.text]:
		n.Ordinal = true
		return end + 1
	case x.and[next.text], x.magnitudes[next.text] > 0, x.percent[next.text], x.to[next.text]:
	default:
		n.Optional = true
	}
	return end
}

// tail reads what belongs to the number after its digits or words: the ending
// of an ordinal and the percent sign.
func (x *extractor) tail(i int, n *Number) int {
	if !n.Words && i < len(x.tokens) && x.tokens[i].sep != ' ' && x.any(i, x.ordinalEnd) {
		n.Ordinal = true
		i++
	}
	pair := x.at(i) + " " + x.at(i+1)
	switch {
	case x.at(i) == "%", x.any(i, x.percent):
		n.Percent = true
		return i + 1
	case x.percent[pair]:
		n.Percent = true
		return i + 2
	}
	return i
}

// weigh decides whether the number is optional (E3).
func (x *extractor) weigh(from, to int, n *Number) {
	if !n.Words {
		return
	}
	fraction := x.fractionOf(to)
	last := x.at(to - 1)
	if n.Value == "0" || n.Value == "1" || n.Ordinal || fraction ||
		x.any(from-1, x.vague) || x.any(from-1, x.each) || x.collective[last] > 0 ||
		to == from+1 && x.any(from, x.ambiguous) && !x.any(to, x.counted) {
		n.Optional = true
	}
}

// fractionOf reports whether token i is the denominator of a fraction in words.
func (x *extractor) fractionOf(i int) bool {
	w := x.at(i)
	if _, ok := x.ordinals[w]; ok {
		return true
	}
	_, ok := x.ordinals[strings.TrimSuffix(w, "s")]
	return ok || x.halfAlone[w] || x.collective[w] > 0
}

// roman reads a Roman numeral of two letters or more in capitals; always
// optional (E3).
func (x *extractor) roman(i int, n *Number) int {
	t := x.tokens[i]
	from, to := x.original(i, i+1)
	s := x.text[from:to]
	value := romanValue(s)
	if t.kind != wordToken || len(s) < 2 || value == 0 {
		return i
	}
	n.Value, n.Optional = decimal(new(big.Rat).SetInt64(value)), true
	return i + 1
}

func romanValue(s string) (total int64) {
	values := map[rune]int64{'I': 1, 'V': 5, 'X': 10}
	last := int64(0)
	for i := len(s) - 1; i >= 0; i-- {
		v := values[rune(s[i])]
		switch {
		case v == 0:
			return 0
		case v < last:
			total -= v
		default:
			total, last = total+v, v
		}
	}
	return total
}

// capitalised reports whether token i begins with a capital in the text.
func (x *extractor) capitalised(i int) bool {
	from, _ := x.original(i, i+1)
	r, _ := utf8.DecodeRuneInString(x.text[from:])
	return unicode.IsUpper(r)
}

func tenTo(power int) *big.Rat {
	return new(big.Rat).SetInt(new(big.Int).Exp(big.NewInt(10), big.NewInt(int64(power)), nil))
}

// decimal writes a number exactly; all ours have finite decimals.
func decimal(r *big.Rat) string {
	s := r.FloatString(40)
	whole, fraction, _ := strings.Cut(s, ".")
	return canonical(whole, fraction)
}
