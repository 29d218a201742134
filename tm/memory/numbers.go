package memory

import (
	"strings"
	"unicode"
	"unicode/utf8"

	"tarjoman/tm/lang"
)

// A number is a run of digits with the separators inside it: 30,000 ۳٫۵ 5:30
// 2019/11/09. Value has ASCII digits, a point for decimals and no grouping.
type number struct {
	from, to int
	value    string
}

// findNumbers returns the numbers written in digits, in order.
func findNumbers(p *lang.Profile, text string) []number { return appendNumbers(nil, p, text) }

func appendNumbers(list []number, p *lang.Profile, text string) []number {
	if !mayHaveDigits(text) {
		return list
	}
	from, to := -1, 0
	for at, r := range text {
		if !isDigit(r) {
			continue
		}
		if from >= 0 && !onlySeparator(text[to:at]) {
			list = append(list, number{from, to, numberValue(p, text[from:to])})
			from = -1
		}
		if from < 0 {
			from = at
		}
		to = at + utf8.RuneLen(r)
	}
	if from >= 0 {
		list = append(list, number{from, to, numberValue(p, text[from:to])})
	}
	return list
}

// mayHaveDigits is false for most texts without digits.
func mayHaveDigits(text string) bool {
	for i := range len(text) {
		switch c := text[i]; {
		case c < '0', '9' < c && c < 0xD8, c == 0xE2: // Latin, Greek, Cyrillic, Hebrew, punctuation
		case c <= '9', c > 0xDB:
			return true
		case i+1 < len(text): // U+0600 to U+06FF: two runs of digits
			next := text[i+1]
			if c == 0xD9 && 0xA0 <= next && next <= 0xA9 || c == 0xDB && 0xB0 <= next && next <= 0xB9 {
				return true
			}
		}
	}
	return false
}

// isDigit is unicode.IsDigit, quick for the scripts we mostly read.
func isDigit(r rune) bool {
	switch {
	case r < 0x0660:
		return '0' <= r && r <= '9'
	case r < 0x07C0:
		return r <= '٩' || '۰' <= r && r <= '۹'
	}
	return unicode.IsDigit(r)
}

// onlySeparator reports whether s, which stands between two digits, keeps them
// one number.
func onlySeparator(s string) bool {
	switch s {
	case "", ".", ",", "٫", "٬", ":", "/":
		return true
	}
	return false
}

// numberValue makes numbers of any script comparable. The match key does all
// of it: digits, grouping, decimals (PERSIAN.md A6). Those that are nothing but
// digits need it not.
func numberValue(p *lang.Profile, s string) string {
	var room [24]byte
	value := room[:0]
	for _, r := range s {
		switch {
		case '0' <= r && r <= '9':
			value = append(value, byte(r))
		case '٠' <= r && r <= '٩':
			value = append(value, byte(r-'٠')+'0')
		case '۰' <= r && r <= '۹':
			value = append(value, byte(r-'۰')+'0')
		default:
			return p.Keys(s)[0]
		}
	}
	if len(value) == len(s) {
		return s
	}
	return string(value)
}

// withoutNumbers returns text with every number made 0.
func withoutNumbers(text string, numbers []number) string {
	return string(appendWithoutNumbers(nil, text, numbers))
}

func appendWithoutNumbers(b []byte, text string, numbers []number) []byte {
	at := 0
	for _, n := range numbers {
		b = append(append(b, text[at:n.from]...), '0')
		at = n.to
	}
	return append(b, text[at:]...)
}

// A substitution is a target with the numbers of the segment in place of the
// match's.
type substitution struct {
	target  string
	changed int
}

// maxNumbers is more than a sentence has; lists of figures are not repaired.
const maxNumbers = 200

// substitute puts the numbers of query into target, which translates source, a
// text equal to query but for its numbers. Each number of source that differs
// must be the only one of its value there and occur exactly once in target;
// else it is not safe and ok is false.
func substitute(from, to *lang.Profile, query, source, target string) (s substitution, ok bool) {
	wanted, had, places := findNumbers(from, query), findNumbers(from, source), findNumbers(to, target)
	if len(wanted) != len(had) || len(had) > maxNumbers || len(places) > maxNumbers {
		return s, false
	}
	replace := make(map[int]string, len(had)) // by offset in target
	for i, n := range had {
		if n.value == wanted[i].value {
			continue
		}
		place, single := only(places, n.value)
		if _, alone := only(had, n.value); !single || !alone {
			return s, false
		}
		old := target[place.from:place.to]
		replace[place.from] = likeDigits(query[wanted[i].from:wanted[i].to], old)
	}
	return substitution{replaceNumbers(target, places, replace), len(replace)}, len(replace) > 0
}

// only returns the number of the value when there is just one.
func only(numbers []number, value string) (found number, single bool) {
	for _, n := range numbers {
		if n.value == value {
			if single {
				return n, false
			}
			found, single = n, true
		}
	}
	return found, single
}

func replaceNumbers(target string, places []number, replace map[int]string) string {
	var b strings.Builder
	at := 0
	for _, n := range places {
		if text, ok := replace[n.from]; ok {
			b.WriteString(target[at:n.from] + text)
			at = n.to
		}
	}
	return b.String() + target[at:]
}

// likeDigits writes a number in the script of another one: digits and, for the
// digits of Persian and Arabic, the separators (PERSIAN.md E8).
func likeDigits(s, like string) string {
	zero := zeroOf(like)
	eastern := zero == '٠' || zero == '۰'
	return strings.Map(func(r rune) rune {
		switch {
		case isDigit(r):
			return zero + r - zeroOf(string(r))
		case eastern && r == ',':
			return '٬'
		case eastern && r == '.':
			return '٫'
		case !eastern && r == '٬':
			return ','
		case !eastern && r == '٫':
			return '.'
		}
		return r
	}, s)
}

// zeroOf returns the zero of the script of the first digit of s. The tables of
// Unicode hold decimal digits in runs of ten that begin with the zero.
func zeroOf(s string) rune {
	r, _ := utf8.DecodeRuneInString(s)
	for _, span := range unicode.Nd.R16 {
		if rune(span.Lo) <= r && r <= rune(span.Hi) {
			return r - (r-rune(span.Lo))%10
		}
	}
	for _, span := range unicode.Nd.R32 {
		if rune(span.Lo) <= r && r <= rune(span.Hi) {
			return r - (r-rune(span.Lo))%10
		}
	}
	return '0'
}
