package glossary

import (
	"strings"
	"unicode"
	"unicode/utf8"

	"tarjoman/tm/lang"
)

const zwnj = '\u200c'

// A cell is one folded character with the bytes from..to of the original it
// stands for. Marks that folding drops belong to the letter before them.
type cell struct {
	r        rune
	upper    bool // the original is a capital
	from, to int32
}

func (c cell) letter() bool { return unicode.IsLetter(c.r) }
func (c cell) digit() bool  { return '0' <= c.r && c.r <= '9' }

// word reports whether a word goes on over this cell (C4, C5).
func (c cell) word() bool { return c.letter() || c.digit() || c.r == zwnj }

// cells folds text for a language. Runs of white space become one space.
func (g *grammar) cells(p *lang.Profile, text string) []cell {
	f := p.Fold(text)
	list := make([]cell, 0, len(f.Text))
	for at, r := range f.Text {
		size := utf8.RuneLen(r)
		if size < 0 {
			size = 1
		}
		from, to := f.Original(at, min(at+size, len(f.Text)))
		c := cell{r: r, from: int32(from), to: int32(to)}
		if r == ' ' && len(list) > 0 && list[len(list)-1].r == ' ' {
			list[len(list)-1].to = c.to
			continue
		}
		if g.cased && c.letter() {
			o, _ := utf8.DecodeRuneInString(text[from:])
			c.upper = unicode.IsUpper(o)
		}
		list = append(list, c)
	}
	return g.tidy(list)
}

// tidy settles what stands between words: in English a hyphen inside a word is
// a space (C4), in Persian a ZWNJ counts only between letters (A8).
func (g *grammar) tidy(list []cell) []cell {
	out := list[:0]
	for i, c := range list {
		inside := i > 0 && i+1 < len(list)
		switch {
		case g.hyphens && c.r == '-' && inside && list[i-1].word() && list[i+1].word():
			c.r = ' '
		case c.r == zwnj && (!inside || len(out) == 0 || !out[len(out)-1].letter() || !list[i+1].letter()):
			continue
		}
		out = append(out, c)
	}
	return out
}

// bareEnd is the end of a bare term at from..to of a text: the vowel mark behind
// it is an ending (the ezafe of «زندانِ»), unless the term has one there itself.
func bareEnd(text string, from, to int, term string) int {
	if last, _ := utf8.DecodeLastRuneInString(term); unicode.Is(unicode.Mn, last) {
		return trimInvisible(text, from, to)
	}
	return from + len(strings.TrimRightFunc(text[from:to], func(r rune) bool {
		return arabicMark(r) || unicode.Is(unicode.Cf, r)
	}))
}

func arabicMark(r rune) bool {
	return unicode.Is(unicode.Mn, r) && unicode.Is(unicode.Arabic, r) || 0x064B <= r && r <= 0x0655
}

// trimInvisible leaves out the marks of direction and the like at the end.
func trimInvisible(text string, from, to int) int {
	return from + len(strings.TrimRightFunc(text[from:to], func(r rune) bool { return unicode.Is(unicode.Cf, r) }))
}

// protected marks the cells inside URLs and e-mail addresses: a term there is
// not a word of the text.
func protected(list []cell, text string) []bool {
	if !strings.Contains(text, "://") && !strings.Contains(text, "www.") && !strings.Contains(text, "@") {
		return nil
	}
	marks := make([]bool, len(list))
	blank := func(c cell) bool { // hyphens are spaces in cells
		r, _ := utf8.DecodeRuneInString(text[c.from:])
		return unicode.IsSpace(r)
	}
	for i := 0; i < len(list); {
		end := i + 1
		for end < len(list) && !blank(list[end]) {
			end++
		}
		token := text[list[i].from:list[end-1].to]
		if address(token) {
			for k := i; k < end; k++ {
				marks[k] = true
			}
		}
		i = end
	}
	return marks
}

// address reports whether a token without spaces is a web or e-mail address.
func address(token string) bool {
	if strings.Contains(token, "://") || strings.Contains(token, "www.") {
		return true
	}
	_, host, ok := strings.Cut(token, "@")
	return ok && strings.Contains(host, ".")
}
