package lang

import (
	"strings"
	"sync/atomic"
	"unicode"
	"unicode/utf8"

	"golang.org/x/text/unicode/norm"
)

// An action is what folding does with one character: a kind, and for most kinds
// the character that is written instead.
type action uint32

const (
	write   action = iota << 24 // write the character
	drop                        // write nothing (A4)
	blank                       // a space
	tight                       // in a key: write the character, with no space before it (A7)
	unusual                     // depends on its neighbours, or becomes several characters

	// compose is set on characters that may make a text no NFC. A text without
	// any of them is NFC and need not be asked.
	compose action = 1 << 31

	written = 1<<21 - 1
	kinds   = 7 << 24
)

func (a action) kind() action { return a & kinds }

func (a action) rune() rune { return rune(a & written) }

// actions holds what to do with each character, in pages that are made when a
// text first needs them. It is safe for concurrent use: two goroutines may make
// the same page, and either is right.
type actions struct {
	fold  *folding
	key   bool                                 // for match keys, otherwise for search
	pages [0x100]atomic.Pointer[[0x100]action] // of the Basic Multilingual Plane
}

// look returns the action for a character.
func (t *actions) look(r rune) action {
	if r > 0xFFFF {
		return t.fold.action(r, t.key) | composing(r)
	}
	return t.page(r)[r&0xFF]
}

func (t *actions) page(r rune) *[0x100]action {
	if page := t.pages[r>>8].Load(); page != nil {
		return page
	}
	page := new([0x100]action)
	for i := range page {
		r := r&^0xFF | rune(i)
		page[i] = t.fold.action(r, t.key) | composing(r)
	}
	t.pages[r>>8].Store(page)
	return page
}

// composing returns compose for a character that is not always left alone by
// NFC, or whose order among its neighbours matters.
func composing(r rune) action {
	s := string(r)
	if norm.NFC.IsNormalString(s) && norm.NFC.PropertiesString(s).BoundaryBefore() {
		return 0
	}
	return compose
}

// normal looks at the text around a character that may make it no NFC: from the
// character before, which composes with nothing before it, to the next one that
// does not. It returns where that part ends, 0 when it is not NFC.
func (t *actions) normal(text string, at int) int {
	last, before := utf8.DecodeLastRuneInString(text[:at])
	mark, end := utf8.DecodeRuneInString(text[at:])
	end += at
	alone := true
	for end < len(text) {
		r, size := utf8.DecodeRuneInString(text[end:])
		if t.look(r) < compose {
			break
		}
		end += size
		alone = false
	}
	if alone && harmless(last, mark) {
		return end
	}
	if !norm.NFC.IsNormalString(text[at-before : end]) {
		return 0
	}
	return end
}

// harmless reports whether a letter with one mark is surely NFC. It spares the
// common «هٔ» and single vowel marks, which compose with nothing, the full check.
func harmless(letter, mark rune) bool {
	return 0x064B <= mark && mark <= 0x0652 || letter == 'ه' && mark == 0x0654
}

// action returns what folding does with a character; key is for match keys,
// otherwise for search.
func (f *folding) action(r rune, key bool) action {
	switch folded, mapped := f.letters[r]; {
	case dropped(r):
		return drop
	case presentation(r), r == '…':
		return unusual
	case mapped:
		return action(folded)
	case r == zwnj || r == softHyphen || r == notSign:
		return f.joinerAction(r, key)
	case key && (r == '،' || f.guillemets && r == '«'):
		return unusual
	case key && f.guillemets && r == '»':
		return tight | '"'
	case plainMarks[r] != 0:
		return plainAction(plainMarks[r], key)
	case unicode.IsSpace(r):
		return blank | ' '
	}
	if d, ok := digitValue(r); ok {
		return action('0' + d)
	}
	if key {
		return plainAction(r, true)
	}
	return searchAction(r)
}

// joinerAction is for ZWNJ and the characters once typed in its place (A8).
func (f *folding) joinerAction(r rune, key bool) action {
	switch {
	case !key && f.zwnj && r == zwnj, !f.zwnj && r == notSign:
		return action(r)
	case f.zwnj:
		return unusual
	}
	return drop
}

// plainAction is for characters that are themselves, marks among them.
func plainAction(r rune, key bool) action {
	if r == '`' {
		return '\''
	}
	if key && r < utf8.RuneSelf && strings.ContainsRune(",.;:?!%)]", r) {
		return tight | action(r)
	}
	return action(r)
}

// searchAction folds case and Latin accents.
func searchAction(r rune) action {
	r = unicode.ToLower(r)
	if s, ok := plainLatin[r]; ok {
		if len(s) > 1 {
			return unusual
		}
		return action(s[0])
	}
	return plainAction(unaccented(r), false)
}

// unaccented strips the marks of a Latin letter: é → e. Letters of other
// scripts stay (й is not и).
func unaccented(r rune) rune {
	if !unicode.Is(unicode.Latin, r) {
		return r
	}
	d := norm.NFD.PropertiesString(string(r)).Decomposition()
	if d == nil {
		return r
	}
	base, _ := utf8.DecodeRune(d)
	return unaccented(base)
}

// plainLatin spells the Latin letters that have no decomposition.
var plainLatin = map[rune]string{
	'ß': "ss", 'æ': "ae", 'œ': "oe", 'ø': "o", 'đ': "d", 'ł': "l", 'ı': "i", 'ð': "d", 'þ': "th",
}
