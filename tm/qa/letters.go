package qa

import (
	"strings"
	"unicode"

	"golang.org/x/text/unicode/norm"
)

const tatweel = '\u0640'

// A letterFix says which code a foreign letter has and what it should be.
type letterFix struct {
	code string
	want rune
}

var letterFixes = map[rune]letterFix{
	'ي': {"arabic_yeh", 'ی'}, 'ى': {"arabic_yeh", 'ی'},
	'ك': {"arabic_kaf", 'ک'},
	'ہ': {"heh_variant", 'ه'}, 'ھ': {"heh_variant", 'ه'}, 'ە': {"heh_variant", 'ه'},
}

// letters puts Persian letters for Arabic and Urdu ones and for presentation
// forms, removes tatweel, and turns ¬ and the soft hyphen between letters into
// ZWNJ.
func letters(d *draft) {
	for i := 0; i < len(d.glyphs); i++ {
		g := d.glyphs[i]
		if g.keep {
			continue
		}
		switch fix, ok := letterFixes[g.r]; {
		case ok:
			d.replace(fix.code, i, fix.want)
		case presentationForm(g.r):
			d.basic(i)
		case g.r == tatweel:
			i = d.tatweels(i) - 1
		case g.r == 'ة' && !d.beforeArticle(i):
			d.note("teh_marbuta", i, i+1)
		case (g.r == '¬' || g.r == '\u00ad') && d.betweenLetters(i):
			d.replace("zwnj_substitute", i, zwnj)
		}
	}
}

// presentationForm reports whether r is a shape of letters that text should not
// hold: the ranges of the table without ﷲ and the like, which are signs.
func presentationForm(r rune) bool {
	return (0xFB50 <= r && r <= 0xFDF1 || 0xFE70 <= r && r <= 0xFEFC) && unicode.IsLetter(r)
}

// basic replaces presentation form i by its letters: ﻻ is two.
func (d *draft) basic(i int) {
	var want []rune
	for _, r := range norm.NFKC.String(string(d.glyphs[i].r)) {
		if fix, ok := letterFixes[r]; ok {
			r = fix.want
		}
		if r != ' ' {
			want = append(want, r)
		}
	}
	d.fix("presentation_form", i, i+1, string(want))
	d.glyphs[i].r = want[0]
	if len(want) > 1 {
		d.inserts = append(d.inserts, insertion{i + 1, d.glyphs[i].to, string(want[1:])})
	}
}

// tatweels removes the run of tatweel at i when it stretches a word, and
// returns its end. The abbreviation «هـ.» stays.
func (d *draft) tatweels(i int) int {
	end := i
	for d.at(end) == tatweel && !d.kept(end) {
		end++
	}
	before := i - 1
	for mark(d.at(before)) {
		before--
	}
	after := end
	for mark(d.at(after)) {
		after++
	}
	if persian(d.at(before)) && persian(d.at(after)) {
		d.remove("tatweel", i, end)
	}
	return end
}

// beforeArticle reports whether the Arabic article follows: آیةالله, بقیة‌الله.
func (d *draft) beforeArticle(i int) bool {
	i++
	for d.at(i) == zwnj || blank(d.at(i)) || mark(d.at(i)) {
		i++
	}
	return d.at(i) == 'ا' && d.at(i+1) == 'ل'
}

// betweenLetters reports whether letters stand on both sides of i and one of
// them is Persian: API¬ها. Amid Latin letters a soft hyphen is one.
func (d *draft) betweenLetters(i int) bool {
	before, after := d.lastLetter(i-1), d.at(i+1)
	return (persian(before) || latin(before)) && persian(after) || persian(before) && latin(after)
}

// joiners removes every ZWNJ that is doubled or has no letter on one side.
func joiners(d *draft) {
	for i := 0; i < len(d.glyphs); i++ {
		if d.at(i) != zwnj || d.kept(i) {
			continue
		}
		end := i
		for d.at(end) == zwnj {
			end++
		}
		before, after := i-1, end
		for mark(d.at(before)) || directionMark(d.at(before)) {
			before--
		}
		for directionMark(d.at(after)) {
			after++
		}
		switch {
		case !unicode.IsLetter(d.at(before)) || !unicode.IsLetter(d.at(after)):
			d.remove("zwnj_stray", i, end)
		case end > i+1:
			d.remove("zwnj_stray", i+1, end)
		}
		i = end - 1
	}
}

// invisibles reports characters nobody sees: direction controls and the zero
// width space.
func invisibles(d *draft) {
	for i, g := range d.glyphs {
		switch {
		case 0x202A <= g.r && g.r <= 0x202E:
			d.note("bidi_control", i, i+1)
		case g.r == 0x200B:
			d.note("zero_width_space", i, i+1)
		}
	}
}

// directionMark reports whether r is one of the invisible marks LRM, RLM and ALM.
func directionMark(r rune) bool { return r == 0x200E || r == 0x200F || r == 0x061C }

// mixedScripts reports words of Persian and Latin letters: «سلاmم». A Latin word
// may have a Persian ending: «APIها».
func mixedScripts(d *draft) {
	for _, w := range d.words() {
		part := w.from
		for i := w.from; i <= w.to; i++ {
			if i < w.to && d.at(i) != zwnj {
				continue
			}
			if d.has(part, i, persian) && d.has(part, i, latin) && !d.kept(part) && !d.latinWithEnding(part, i) {
				d.note("mixed_script", part, i)
			}
			part = i + 1
		}
	}
}

// latinWithEnding reports whether glyphs i..j are two Latin letters or more with
// a Persian ending.
func (d *draft) latinWithEnding(i, j int) bool {
	end := i
	for end < j && !persian(d.at(end)) {
		if !latin(d.at(end)) && !digit(d.at(end)) {
			return false
		}
		end++
	}
	ending := d.word(span{end, j})
	return end-i >= 2 && latin(d.at(i)) && (attachments[ending] || hehPlurals[ending])
}

func (d *draft) has(i, j int, what func(rune) bool) bool {
	for ; i < j; i++ {
		if what(d.at(i)) {
			return true
		}
	}
	return false
}

// words returns the words of the draft as ranges of glyphs: letters, marks,
// digits and the ZWNJ between them.
func (d *draft) words() []span {
	var list []span
	for i := 0; i < len(d.glyphs); i++ {
		from := i
		for i < len(d.glyphs) && wordRune(d.at(i)) {
			i++
		}
		if i > from {
			list = append(list, span{from, i})
		}
	}
	return list
}

func wordRune(r rune) bool {
	if r < 0x80 { // nearly every mark and space
		return '0' <= r && r <= '9' || 'a' <= r && r <= 'z' || 'A' <= r && r <= 'Z'
	}
	return r == zwnj || mark(r) || digit(r) || persian(r) || unicode.IsLetter(r)
}

// word writes glyphs i..j without vowel marks.
func (d *draft) word(s span) string {
	var b strings.Builder
	for i := s.from; i < s.to; i++ {
		if r := d.at(i); !mark(r) {
			b.WriteRune(r)
		}
	}
	return b.String()
}
