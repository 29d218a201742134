package lang

import (
	"math/big"
	"slices"
	"strconv"
	"strings"
)

// vulgar are the fractions of one character.
var vulgar = map[string]*big.Rat{
	"½": big.NewRat(1, 2), "¼": big.NewRat(1, 4), "¾": big.NewRat(3, 4), "⅕": big.NewRat(1, 5), "⅖": big.NewRat(2, 5),
	"⅗": big.NewRat(3, 5), "⅘": big.NewRat(4, 5), "⅛": big.NewRat(1, 8), "⅜": big.NewRat(3, 8), "⅝": big.NewRat(5, 8), "⅞": big.NewRat(7, 8),
}

// rest reads what may follow the whole part of a number before token i: a
// fraction in figures, a half, a fraction in words, or decimals after a word.
// It returns zero and i when there is none.
func (x *extractor) rest(start, i int, whole *big.Rat, n *Number) (*big.Rat, int) {
	if part, next := x.fraction(i, whole, n); next > i {
		return part, next
	}
	if part, next := x.andHalf(i); next > i {
		return part, next
	}
	if part, next := x.andParts(i, whole, n); next > i {
		return part, next
	}
	return x.decimals(start, i, whole)
}

// fraction reads the figures in 2½ and 2 1/2.
func (x *extractor) fraction(i int, whole *big.Rat, n *Number) (*big.Rat, int) {
	if n.Words || i >= len(x.tokens) || !whole.IsInt() {
		return new(big.Rat), i
	}
	t := x.tokens[i]
	if part := vulgar[t.text]; part != nil {
		return part, i + 1
	}
	if len(t.slash) != 2 || t.sep != ' ' || n.grouped || whole.Cmp(tenTo(2)) >= 0 {
		return new(big.Rat), i
	}
	part, ok := new(big.Rat).SetString(t.slash[0] + "/" + t.slash[1])
	if !ok || part.Cmp(one) >= 0 || quotient(t.slash) == "" {
		return new(big.Rat), i
	}
	n.mixed = t.slash
	return part, i + 1
}

// mixedApart accepts «۲ و ۱/۲» for 2 1/2, which may be 2 and 1.2 as well.
func (n *Number) mixedApart(list []Number) ([]string, bool) {
	whole, _, _ := strings.Cut(n.Value, ".")
	at := slices.IndexFunc(list, func(m Number) bool { return slices.Equal(m.parts, n.mixed) })
	if at < 0 || !found(list, whole) {
		return nil, false
	}
	return []string{whole, list[at].Value}, true
}

// andParts reads «و سه چهارم» or "and three quarters", which with a number below
// a thousand before it make a mixed number, when it has a finite decimal.
func (x *extractor) andParts(i int, whole *big.Rat, n *Number) (*big.Rat, int) {
	none := new(big.Rat)
	if !x.any(i, x.and) || n.Ordinal || !whole.IsInt() || whole.Cmp(tenTo(3)) >= 0 {
		return none, i
	}
	probe := Number{}
	count, next := x.small(i+1, &probe)
	if next == i+1 || probe.Ordinal || probe.Percent {
		return none, i
	}
	size := x.partSize(next, count)
	if count >= size || quotient([]string{strconv.FormatInt(count, 10), strconv.FormatInt(size, 10)}) == "" {
		return none, i
	}
	return big.NewRat(count, size), next + 1
}

// partSize returns the denominator that token i names: 4 for quarters, 10 for
// «دهم». Languages with a plural need it after more than one.
func (x *extractor) partSize(i int, count int64) int64 {
	w := x.at(i)
	if singular := strings.TrimSuffix(w, "s"); x.quarter[singular] && (count == 1 || singular != w) {
		return 4
	}
	v := x.index.single[w]
	if !v.ordinal || !x.needsAnd && count > 1 && !strings.HasSuffix(w, "s") {
		return 0
	}
	return v.value
}

// decimals reads "point five" and «ممیز چهارده صدم» after the whole part, which
// begins at start.
func (x *extractor) decimals(start, i int, whole *big.Rat) (*big.Rat, int) {
	none := new(big.Rat)
	if !x.any(i, x.point) || !whole.IsInt() || x.any(start-1, x.moment) && whole.Cmp(one) == 0 {
		return none, i // "at one point two men came"
	}
	digits, next := x.decimalDigits(i + 1)
	part, ok := none.SetString("0." + digits)
	if next == i+1 || !ok {
		return new(big.Rat), i
	}
	if size := x.index.single[x.at(next)]; size.ordinal && (size.value == 10 || size.value == 100) {
		part, _ = part.SetString(digits)
		return part.Quo(part, new(big.Rat).SetInt64(size.value)), next + 1
	}
	return part, next
}

// decimalDigits reads figures, words for single digits ("one four") or one
// number in words ("twenty-five").
func (x *extractor) decimalDigits(i int) (digits string, next int) {
	if i < len(x.tokens) && x.tokens[i].kind == digitToken && digitRun(x.tokens[i].text, 0) == len(x.tokens[i].text) {
		return x.tokens[i].text, i + 1
	}
	for next = i; ; next++ {
		v, ok := x.cardinals[x.at(next)]
		if !ok || v > 9 || next-i > 20 {
			break
		}
		digits += strconv.FormatInt(v, 10)
	}
	if next > i {
		return digits, next
	}
	n, next := x.small(i, &Number{})
	return strconv.FormatInt(n, 10), next
}
