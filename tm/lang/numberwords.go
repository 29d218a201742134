package lang

import (
	"math/big"
	"unicode"
	"unicode/utf8"
)

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
	v, ok := x.index.single[w]
	n.Percent, n.Optional = n.Percent || v.percent, n.Optional || v.optional
	return v.value, v.ordinal, ok
}

// prefixed reads a number word with "and" in one word: ویک in «بیست‌ویک».
func (x *extractor) prefixed(i int) (value int64, ordinal, ok bool) {
	v, ok := x.index.prefixed[x.at(i)]
	return v.value, v.ordinal, ok
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
