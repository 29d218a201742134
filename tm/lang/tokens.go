package lang

import (
	"regexp"
	"strings"
	"unicode"
	"unicode/utf8"
)

// A token is a run of letters, a number in digits, or one mark, of a folded
// text. White space, ZWNJ and the hyphen inside a word are not tokens but the
// separator before the next one.
type token struct {
	from, to int
	text     string
	kind     tokenKind
	sep      rune // before it: 0, ' ', ZWNJ or '-'

	*figures // of digits; of other tokens an empty one
}

// figures is what a token of digits says.
type figures struct {
	value   string // of digits: exact decimal, or the parts of a date with /
	grouped bool
	slash   []string // of digits with slashes or in ISO form: their parts
	colon   []string // of digits with colons
	listed  []string // of digits with list commas, which may be a list after all
}

var noFigures = &figures{}

type tokenKind uint8

const (
	markToken tokenKind = iota
	wordToken
	digitToken
)

// opaque matches what holds digits but no numbers: addresses, tags,
// placeholders (E1).
var opaque = regexp.MustCompile(`(?:https?://|www\.)[^\s<>"]+|[\w.+-]+@[\w-]+(?:\.[\w-]+)+|<[^<>]{1,200}>|\{[^{}\s]{0,40}\}|%\d*\$?[sd]\b|&#?\w{1,8};`)

// opaqueSpans returns what opaque matches. Few texts have a character that it
// needs, and looking for those is far cheaper than the expression.
func opaqueSpans(text string) [][]int {
	if !strings.ContainsAny(text, "@<{%&") && !strings.Contains(text, "://") && !strings.Contains(text, "www.") {
		return nil
	}
	return opaque.FindAllStringIndex(text, -1)
}

func tokenize(f Folded, text string, p *Profile) []token {
	list := make([]token, 0, len(f.Text)/5+4) // most texts need no more
	skip := opaqueSpans(f.Text)
	sep := rune(0)
	for at := 0; at < len(f.Text); {
		if len(skip) > 0 && at >= skip[0][0] {
			at, skip, sep = skip[0][1], skip[1:], ' '
			continue
		}
		limit := len(f.Text)
		if len(skip) > 0 {
			limit = skip[0][0]
		}
		r, size := utf8.DecodeRuneInString(f.Text[at:])
		switch {
		case unicode.IsSpace(r):
			sep, at = ' ', at+size
			continue
		case r == zwnj:
			sep, at = max(sep, zwnj), at+size
			continue
		case r == '-' && inner(f.Text, at):
			sep, at = '-', at+1
			continue
		}
		t := lex(f, text, at, limit, p)
		t.sep, sep = sep, 0
		list = append(list, t)
		at = t.to
	}
	return list
}

// inner reports whether the hyphen at the offset stands directly between
// letters or digits.
func inner(s string, at int) bool {
	before, _ := utf8.DecodeLastRuneInString(s[:at])
	after, _ := utf8.DecodeRuneInString(s[at+1:])
	return wordRune(before) && wordRune(after)
}

func wordRune(r rune) bool { return unicode.IsLetter(r) || unicode.IsMark(r) || unicode.IsDigit(r) }

func lex(f Folded, text string, at, limit int, p *Profile) token {
	if digitRun(f.Text, at) > 0 {
		return lexDigits(f, text, at, limit, p)
	}
	if n := digitRun(f.Text[:limit], at+1); f.Text[at] == '.' && n > 0 && (at == 0 || !wordRune(rune(f.Text[at-1])) && f.Text[at-1] < utf8.RuneSelf) {
		t := token{from: at, to: at + 1 + n, kind: digitToken, figures: &figures{value: canonical("", f.Text[at+1:at+1+n])}} // .08
		t.text = f.Text[t.from:t.to]
		return t
	}
	end := at
	for end < limit {
		r, size := utf8.DecodeRuneInString(f.Text[end:])
		if !unicode.IsLetter(r) && !unicode.IsMark(r) {
			break
		}
		end += size
	}
	if end > at {
		return token{from: at, to: end, text: f.Text[at:end], kind: wordToken, figures: noFigures}
	}
	_, size := utf8.DecodeRuneInString(f.Text[at:])
	return token{from: at, to: at + size, text: f.Text[at : at+size], figures: noFigures}
}

// lexDigits reads a number with its group and decimal marks, a version, or the
// digits of a date or time.
func lexDigits(f Folded, text string, at, limit int, p *Profile) token {
	s := f.Text[:limit]
	t := token{from: at, kind: digitToken, figures: &figures{}}
	t.to = at + digitRun(s, at)
	whole := s[at:t.to]
	for len(whole) <= 3 && t.to < len(s) && groupMark(f, text, t.to, p) && digitRun(s, t.to+1) == 3 {
		t.to += 4
		t.grouped = true
	}
	if t.grouped && strings.Contains(text[from(f, at):from(f, t.to-1)], "،") {
		t.listed = strings.FieldsFunc(s[at:t.to], func(r rune) bool { return digitsOnly(r) < 0 })
	}
	whole = strings.Map(digitsOnly, s[at:t.to])
	fraction := ""
	if n := digitRun(s, t.to+1); t.to < len(s) && n > 0 && decimalMark(f, text, t.to, p) {
		fraction = s[t.to+1 : t.to+1+n]
		t.to += 1 + n
	}
	t.value = canonical(whole, fraction)
	switch {
	case t.grouped:
	case fraction != "" && t.to < len(s) && s[t.to] == '.' && digitRun(s, t.to+1) > 0:
		t.version(s)
	case fraction == "":
		t.compound(s)
	}
	t.text = s[t.from:t.to]
	return t
}

func from(f Folded, at int) int {
	start, _ := f.Original(at, at+1)
	return start
}

func digitsOnly(r rune) rune {
	if '0' <= r && r <= '9' {
		return r
	}
	return -1
}

// groupMark reports whether the folded byte is the language's mark between
// groups of three, a no-break space, or the comma «،» many type for it.
func groupMark(f Folded, text string, at int, p *Profile) bool {
	from, _ := f.Original(at, at+1)
	r, _ := utf8.DecodeRuneInString(text[from:])
	if r == '\u00a0' || r == '\u202f' || r == '٬' || r == '،' || r == '’' {
		return true
	}
	return f.Text[at] == plainMark(p.digits.group)
}

func decimalMark(f Folded, text string, at int, p *Profile) bool {
	from, _ := f.Original(at, at+1)
	r, _ := utf8.DecodeRuneInString(text[from:])
	return r == '٫' || f.Text[at] == plainMark(p.digits.decimal) && r != '،'
}

// plainMark returns the folded form of a mark.
func plainMark(mark string) byte {
	r, _ := utf8.DecodeRuneInString(mark)
	if plain := plainMarks[r]; plain != 0 {
		r = plain
	}
	return byte(r)
}

// version extends the token over all parts of 2.10.1: a code, compared as it is.
func (t *token) version(s string) {
	for t.to < len(s) && s[t.to] == '.' && digitRun(s, t.to+1) > 0 {
		t.to += 1 + digitRun(s, t.to+1)
	}
	t.value = s[t.from:t.to]
}

// compound reads on over slashes, colons and the hyphens of an ISO date.
func (t *token) compound(s string) {
	for _, mark := range []byte{'/', ':', '-'} {
		parts := []string{t.value}
		first := t.to - t.from
		end := t.to
		for end < len(s) && s[end] == mark && digitRun(s, end+1) > 0 && len(parts) < 4 {
			n := digitRun(s, end+1)
			parts = append(parts, canonical(s[end+1:end+1+n], ""))
			end += 1 + n
		}
		switch {
		case len(parts) == 1:
			continue
		case mark == ':' && len(parts) <= 3 && first <= 2 && end-t.to >= 3:
			t.colon = parts
		case mark == '/' && len(parts) <= 3:
			t.slash = parts
		case mark == '-' && len(parts) == 3 && first == 4:
			t.slash = parts
		default:
			return
		}
		t.to = end
		return
	}
}

// canonical returns the exact decimal of digits: no leading zeros, no trailing
// ones after the point.
func canonical(whole, fraction string) string {
	whole = strings.TrimLeft(whole, "0")
	if whole == "" {
		whole = "0"
	}
	if fraction = strings.TrimRight(fraction, "0"); fraction == "" {
		return whole
	}
	return whole + "." + fraction
}

// shift multiplies an exact decimal by a power of ten.
func shift(value string, power int) string {
	value, negative := strings.CutPrefix(value, "-")
	whole, fraction, _ := strings.Cut(value, ".")
	for range power {
		if fraction == "" {
			whole += "0"
			continue
		}
		whole, fraction = whole+fraction[:1], fraction[1:]
	}
	value = canonical(whole, fraction)
	if negative {
		value = "-" + value
	}
	return value
}
