package qa

import (
	"sort"

	"golang.org/x/text/language"

	"tarjoman/tm"
)

// Typography returns the typographic issues of a text in a language, ordered by
// place (PERSIAN.md section d). Persian has rules; every other language has
// none. Args of each: text (as written) and, when there is a safe fix, fix.
// Issues point at the target side; a caller that checks a source turns them.
func Typography(tag language.Tag, text string) []tm.Issue {
	return contentTypography(tag, tm.Plain(text))
}

// FixTypography returns text with every safe fix made. Fixing twice changes
// nothing more (D1).
func FixTypography(tag language.Tag, text string) string {
	return FixContent(tag, tm.Plain(text)).Text
}

// FixContent is [FixTypography] for a content. Codes keep their place between
// the characters around them; what stands between code codes is left alone.
func FixContent(tag language.Tag, c tm.Content) tm.Content {
	const rounds = 4 // one does it but for rare chains of fixes
	for range rounds {
		d := correct(tag, c)
		if d == nil {
			return c
		}
		fixed := d.content(c.Codes)
		if fixed.Text == c.Text {
			break
		}
		c = fixed
	}
	return c
}

// contentTypography is [Typography] for a content.
func contentTypography(tag language.Tag, c tm.Content) []tm.Issue {
	d := correct(tag, c)
	if d == nil {
		return nil
	}
	return d.sorted()
}

// correct runs the rules of a language; nil when it has none.
func correct(tag language.Tag, c tm.Content) *draft {
	if base, _ := tag.Base(); base.String() != "fa" {
		return nil
	}
	d := newDraft(c.Text, merged(append(guardedSpans(c.Text), codeSpans(c)...)))
	for _, rule := range persianRules {
		rule(d)
		d.settle()
	}
	return d
}

// persianRules in the order they need: characters, numbers, marks, spaces,
// words, and last what is only reported.
var persianRules = []func(*draft){
	letters, joiners, digits, numbers,
	quotes, marks, ellipses,
	spaces, spacesAroundMarks, spacesInsidePairs, spacesOutsidePairs,
	affixes, verbs,
	pairs, repeatedMarks, repeatedWords, invisibles, mixedScripts,
}

// content returns the corrected text with the codes put back. A code stands
// before the first kept character at or behind its old place.
func (d *draft) content(codes []tm.Code) tm.Content {
	c := tm.Content{Text: d.String()}
	if len(codes) == 0 {
		return c
	}
	offsets := make([]int, 0, len(d.glyphs)+1)
	at := 0
	for _, g := range d.glyphs {
		offsets = append(offsets, at)
		at += g.size()
	}
	offsets = append(offsets, at)
	for _, code := range codes {
		i := sort.Search(len(d.glyphs), func(i int) bool { return d.glyphs[i].from >= code.Pos && !d.inserted(i, code.Pos) })
		code.Pos = offsets[i]
		c.Codes = append(c.Codes, code)
	}
	return c
}

// inserted reports whether glyph i was inserted at pos: it belongs to the text
// before a code there.
func (d *draft) inserted(i, pos int) bool {
	g := d.glyphs[i]
	return g.from == pos && g.to == pos
}
