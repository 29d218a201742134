package qa

import (
	"cmp"
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"

	"tarjoman/tm"
)

// A glyph is one character of a text under correction, with the bytes from..to
// of the original it stands for. Inserted characters have an empty range.
type glyph struct {
	r        rune
	from, to int
	keep     bool // protected: URLs, code, placeholders, tags
	gone     bool // deleted by the rule that runs
}

// size is the number of bytes the glyph is written with.
func (g glyph) size() int {
	if g.r == utf8.RuneError {
		return g.to - g.from
	}
	return utf8.RuneLen(g.r)
}

// An insertion is text that the running rule puts before glyph at; pos is its
// place in the original.
type insertion struct {
	at, pos int
	text    string
}

// A draft is a text under correction. Rules walk its glyphs, report what they
// find with the place in the original, and change the glyphs as their safe fix
// does, so that later rules see corrected text and every issue of a text is
// found in one go. Deletions and insertions take effect when the rule is done
// (settle), so indexes hold while it runs and a rule costs one pass. One draft
// serves one text.
type draft struct {
	text    string
	glyphs  []glyph
	gone    bool // some glyph is
	inserts []insertion
	issues  []tm.Issue
}

func newDraft(text string, guarded []span) *draft {
	d := &draft{text: text, glyphs: make([]glyph, 0, len(text))}
	next := 0
	for at, r := range text {
		size := utf8.RuneLen(r)
		if r == utf8.RuneError {
			_, size = utf8.DecodeRuneInString(text[at:])
		}
		for next < len(guarded) && guarded[next].to <= at {
			next++
		}
		inside := next < len(guarded) && guarded[next].from <= at
		d.glyphs = append(d.glyphs, glyph{r: r, from: at, to: at + size, keep: inside})
	}
	return d
}

// String returns the corrected text. Bytes that are not UTF-8 stay.
func (d *draft) String() string {
	var b strings.Builder
	b.Grow(len(d.text) + 16)
	for _, g := range d.glyphs {
		if g.r == utf8.RuneError {
			b.WriteString(d.text[g.from:g.to])
			continue
		}
		b.WriteRune(g.r)
	}
	return b.String()
}

// at returns the character at index i, or 0 outside the text.
func (d *draft) at(i int) rune {
	if i < 0 || i >= len(d.glyphs) {
		return 0
	}
	return d.glyphs[i].r
}

func (d *draft) kept(i int) bool { return i >= 0 && i < len(d.glyphs) && d.glyphs[i].keep }

// note reports glyphs i..j without a fix.
func (d *draft) note(code string, i, j int) {
	d.report(tm.Issue{Code: code, From: d.glyphs[i].from, To: d.glyphs[j-1].to})
}

// fix reports glyphs i..j with a fix for their original.
func (d *draft) fix(code string, i, j int, fix string) {
	d.report(tm.Issue{Code: code, From: d.glyphs[i].from, To: d.glyphs[j-1].to, Fix: fix, Fixable: true})
}

func (d *draft) report(i tm.Issue) {
	i.Side = tm.TargetSide
	i.Severity = typographic[i.Code]
	i.Args = map[string]any{"text": d.text[i.From:i.To]}
	if i.Fixable {
		i.Args["fix"] = i.Fix
	}
	d.issues = append(d.issues, i)
}

// replace reports glyph i and puts r in its place.
func (d *draft) replace(code string, i int, r rune) {
	d.fix(code, i, i+1, string(r))
	d.glyphs[i].r = r
}

// remove reports glyphs i..j and deletes them.
func (d *draft) remove(code string, i, j int) {
	d.fix(code, i, j, "")
	d.delete(i, j)
}

func (d *draft) delete(i, j int) {
	for k := i; k < j; k++ {
		d.glyphs[k].gone = true
		d.gone = true
	}
}

// insertAfter reports glyph i, whose original should be followed by r, and
// inserts it.
func (d *draft) insertAfter(code string, i int, r rune) {
	g := d.glyphs[i]
	d.fix(code, i, i+1, d.text[g.from:g.to]+string(r))
	d.inserts = append(d.inserts, insertion{i + 1, g.to, string(r)})
}

// insertBefore is insertAfter on the other side of glyph i.
func (d *draft) insertBefore(code string, i int, r rune) {
	g := d.glyphs[i]
	d.fix(code, i, i+1, string(r)+d.text[g.from:g.to])
	d.inserts = append(d.inserts, insertion{i, g.from, string(r)})
}

// settle carries out the deletions and insertions of a rule.
func (d *draft) settle() {
	if !d.gone && len(d.inserts) == 0 {
		return
	}
	out := make([]glyph, 0, len(d.glyphs)+len(d.inserts))
	next := 0
	insert := func(i int) {
		for ; next < len(d.inserts) && d.inserts[next].at == i; next++ {
			in := d.inserts[next]
			for _, r := range in.text {
				out = append(out, glyph{r: r, from: in.pos, to: in.pos})
			}
		}
	}
	for i, g := range d.glyphs {
		insert(i)
		if !g.gone {
			out = append(out, g)
		}
	}
	insert(len(d.glyphs))
	d.glyphs, d.inserts, d.gone = out, nil, false
}

// sorted returns the issues by place, then code.
func (d *draft) sorted() []tm.Issue {
	sortIssues(d.issues)
	return d.issues
}

func sortIssues(issues []tm.Issue) {
	slices.SortStableFunc(issues, func(a, b tm.Issue) int {
		return cmp.Or(cmp.Compare(a.From, b.From), cmp.Compare(a.To, b.To), cmp.Compare(a.Code, b.Code))
	})
}

// Kinds of characters.

const (
	zwnj = '\u200c'
	nbsp = '\u00a0'
)

func persian(r rune) bool {
	if 0x0621 <= r && r <= 0x063A || 0x0641 <= r && r <= 0x064A || r == 'ی' || r == 'ک' || r == 'گ' || r == 'پ' || r == 'چ' {
		return true // the common ones without a table
	}
	return 0x0620 <= r && r <= 0x06D5 && r != tatweel && unicode.IsLetter(r) || presentationForm(r)
}

func latin(r rune) bool {
	return 'a' <= r && r <= 'z' || 'A' <= r && r <= 'Z' || r > 0xA0 && r < 0x0300 && unicode.IsLetter(r)
}

func digit(r rune) bool {
	return '0' <= r && r <= '9' || '۰' <= r && r <= '۹' || '٠' <= r && r <= '٩'
}

// mark reports whether r is a vowel mark on the letter before it.
func mark(r rune) bool { return 0x064B <= r && r <= 0x065F || r == 0x0670 }

func blank(r rune) bool { return r == ' ' || r == nbsp }

func closer(r rune) bool {
	switch r {
	case '»', ')', ']', '}', '”', '"':
		return true
	}
	return false
}

// unjoined reports whether a letter does not join the one after it, so that a
// ZWNJ behind it changes nothing.
func unjoined(r rune) bool { return strings.ContainsRune("اآأإدذرزژوؤة", r) }
