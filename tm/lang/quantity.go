package lang

import (
	"math/big"
	"strconv"
	"strings"
)

// number reads the number that begins at token i and returns it with the token
// after it, or i when none begins there.
func (x *extractor) number(i int) (Number, int) {
	if !x.begins(i) {
		return Number{}, i
	}
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
		x.otherReadings(next, &n)
		if negative || x.belowZero(next) {
			n.Value = "-" + n.Value
		}
		return n, next
	}
	n.Percent = false
	return n, next
}

// begins reports whether a number may begin at token i, which most cannot.
func (x *extractor) begins(i int) bool {
	switch t := x.tokens[i]; t.kind {
	case digitToken:
		return true
	case markToken:
		return t.text == "-" || t.text == "%" || x.index.starts[t.text] || vulgar[t.text] != nil
	default:
		return x.index.starts[t.text] || strings.Trim(t.text, "ivx") == ""
	}
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
	if x.plainDigits(i) {
		t := x.tokens[i]
		n.Words, n.grouped, n.listed, n.Value = false, t.grouped, t.listed, t.value
		return i + 1
	}
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
		if power == 0 && next == at+1 {
			_, power = x.joinedThousand(at)
		}
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

// plainDigits reports whether token i is a number in digits that no word after
// it changes, as most are.
func (x *extractor) plainDigits(i int) bool {
	return i < len(x.tokens) && x.tokens[i].kind == digitToken && x.tokens[i].slash == nil && !x.index.joins[x.at(i+1)] &&
		(i+1 == len(x.tokens) || x.tokens[i+1].slash == nil)
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
	case vulgar[t.text] != nil:
		n.Optional = true
		return value.Set(vulgar[t.text]), i + 1, true
	case x.any(i, x.halfAlone) && x.magnitudes[x.at(x.pastArticle(i+1))] > 0:
		n.Optional = true
		return value.SetFrac64(1, 2), x.pastArticle(i + 1), true
	case x.any(i, x.halfAlone) && x.any(i, x.half) && x.any(i+1, x.percent):
		n.Optional = true
		return value.SetFrac64(1, 2), i + 1, true
	case x.magnitudes[x.at(i)] > 0:
		if x.within(i) || x.closed(i, i+1, n) == i {
			return nil, i, false
		}
		n.Optional = n.Optional || x.needsArticle && !x.any(i-1, x.article)
		return value.SetInt64(1), i, true
	default:
		small, end := x.small(i, n)
		if end == i {
			thousands, power := x.joinedThousand(i)
			if power == 0 {
				return nil, i, false
			}
			return value.Mul(new(big.Rat).SetInt64(thousands), tenTo(power)), i + 1, true
		}
		value.SetInt64(small)
		next = end
	}
	part, next := x.rest(i, next, value, n)
	return value.Add(value, part), next, true
}

// joinedThousand reads a number word and its magnitude in one word:
// «پنجهزار». The power is 0 when token i is none.
func (x *extractor) joinedThousand(i int) (value int64, power int) {
	v := x.index.thousands[x.at(i)]
	return v.value, v.power
}

// within reports whether token i is a later part of a word joined by ZWNJ, as
// سی in «بی‌بی‌سی».
func (x *extractor) within(i int) bool {
	return i > 0 && i < len(x.tokens) && x.tokens[i].sep == zwnj && x.tokens[i-1].kind == wordToken && !x.any(i-1, x.each) && !x.any(i-1, x.and)
}

func (x *extractor) pastArticle(i int) int {
	if x.any(i, x.article) {
		return i + 1
	}
	return i
}

// andHalf reads «و نیم» or "and a quarter".
func (x *extractor) andHalf(i int) (*big.Rat, int) {
	at := i
	if x.any(i, x.and) {
		at = x.pastArticle(i + 1)
	} else if !x.any(i, x.joinedHalf) {
		return new(big.Rat), i
	}
	switch {
	case x.any(at, x.half), x.any(at, x.joinedHalf):
		return big.NewRat(1, 2), at + 1
	case x.any(at, x.quarter):
		return big.NewRat(1, 4), at + 1
	}
	return new(big.Rat), i
}

// otherReadings adds the values that habits of writing leave open: a half after
// the unit («دو سال و نیم») or the magnitude («یک میلیون و نیم»), a fraction in
// words («دو دهم»), and a minus behind the digits, where right-to-left text
// shows it before them.
func (x *extractor) otherReadings(next int, n *Number) {
	value, ok := new(big.Rat).SetString(n.Value)
	if !ok || n.Kind != Quantity {
		return
	}
	if half, _ := x.andHalf(next + 1); half.Sign() > 0 && x.any(next+1, x.and) {
		n.alts = append(n.alts, decimal(half.Add(half, value)))
	}
	if half, _ := x.andHalf(next); half.Sign() > 0 && x.magnitudes[x.at(next-1)] > 0 {
		half = new(big.Rat).Mul(half, tenTo(x.magnitudes[x.at(next-1)]))
		n.alts = append(n.alts, decimal(half.Add(half, value)))
	}
	if size := x.partSize(next, 2); n.Words && size > 0 {
		if part := quotient([]string{n.Value, strconv.FormatInt(size, 10)}); part != "" {
			n.alts = append(n.alts, part)
		}
	}
	if x.trailingMinus && x.at(next) == "-" && x.tokens[next].sep == 0 {
		n.alts = append(n.alts, "-"+n.Value)
	}
}

// power reads the magnitudes after a part: «هزار میلیارد» is 10^12. Short forms
// such as bn stand directly after digits.
func (x *extractor) power(i int) (power, next int) {
	for next = i; next < len(x.tokens); next++ {
		p := x.magnitudes[x.at(next)]
		if p == 0 && x.tokens[next].sep == 0 && next == i {
			p = x.short[x.at(next)]
			if x.at(next) == "m" && (i < 2 || !strings.Contains("$€£¥", x.at(i-2))) {
				p = 0 // metres
			}
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
	if next >= len(x.tokens) || x.tokens[next].kind == digitToken && !x.needsAnd && x.magnitudes[x.at(next+1)] == 0 {
		return i, false // "2 million and 300 of them"
	}
	return next, x.tokens[next].kind != markToken
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

func tenTo(power int) *big.Rat {
	if power == 0 {
		return one
	}
	return new(big.Rat).SetInt(new(big.Int).Exp(big.NewInt(10), big.NewInt(int64(power)), nil))
}

var one = big.NewRat(1, 1)

// decimal writes a number exactly; all ours have finite decimals.
func decimal(r *big.Rat) string {
	if r.IsInt() {
		return r.Num().String()
	}
	whole, fraction, _ := strings.Cut(r.FloatString(40), ".")
	return canonical(whole, fraction)
}
