package lang

import (
	"bytes"
	"sort"
	"strings"
	"unicode"
	"unicode/utf8"

	"golang.org/x/text/unicode/norm"
)

// folding says how a language folds its letters. The zero value folds
// punctuation, digits, spaces and invisible characters only.
type folding struct {
	letters    map[rune]rune // A3: ي → ی
	guillemets bool          // « opens and » closes, so spaces inside mean nothing (A7)
	zwnj       bool          // ZWNJ is part of the spelling: kept by Fold, two keys (A8)
	affixes    *affixes      // written apart or together (A8); nil for none
}

const (
	zwnj       = '\u200c'
	softHyphen = '\u00ad'
	notSign    = '\u00ac'
)

// A Folded is a text made comparable, with the way back to the original.
type Folded struct {
	Text string
	// from[i] and to[i] are the range of the original that byte i of Text
	// came from. Both never decrease.
	from, to []int32
	size     int
}

// Original returns the byte range of the original text that the byte range
// from..to of the folded text stands for. Combining marks dropped after a
// letter belong to that letter. An empty range maps to an empty one. It panics
// when the range is not within Text.
func (f Folded) Original(from, to int) (int, int) {
	if from == to {
		at := f.size
		if from < len(f.from) {
			at = int(f.from[from])
		}
		return at, at
	}
	return int(f.from[from]), int(f.to[to-1])
}

// Folded returns the byte offset of the folded text where the character at the
// original offset begins, or where the next kept character does.
func (f Folded) Folded(original int) int {
	return sort.Search(len(f.from), func(i int) bool { return int(f.to[i]) > original })
}

// Fold makes text comparable for search and term recognition and remembers
// where everything came from: letters per language (A2, A3), vowel marks and
// invisible characters dropped (A4), digits ASCII (A6), punctuation and spaces
// to their plain forms (A7), case and Latin accents folded. ZWNJ stays where it
// is part of the spelling (fa). Spaces are not collapsed.
func (p *Profile) Fold(text string) Folded {
	w := folder{folding: &p.fold, search: true, track: true}
	w.run(text)
	return Folded{Text: string(w.out), from: w.from, to: w.to, size: len(text)}
}

// FoldString returns the text of [Profile.Fold].
func (p *Profile) FoldString(text string) string {
	w := folder{folding: &p.fold, search: true}
	w.run(text)
	return string(w.out)
}

// folder is one folding run.
type folder struct {
	*folding
	search bool // fold case and accents as well
	key    bool // for a match key: spaces as in A7, list commas kept apart
	track  bool // fill from and to
	opened bool // just after «, in a key

	out      []byte
	from, to []int32
}

// run folds text in NFC (A1). Where the text is not NFC, the runes of one
// normalisation segment all map to the whole segment.
func (w *folder) run(text string) {
	w.out = make([]byte, 0, len(text))
	if norm.NFC.IsNormalString(text) {
		w.plain(text)
		return
	}
	for at := 0; at < len(text); {
		n := norm.NFC.NextBoundaryInString(text[at:], true)
		if n <= 0 {
			n = len(text) - at
		}
		w.segment(text[at:at+n], at)
		at += n
	}
}

func (w *folder) plain(text string) {
	for at, r := range text {
		size := 1
		if r >= utf8.RuneSelf {
			size = runeSize(text[at:], r)
		}
		if r == utf8.RuneError && size == 1 {
			w.put(utf8.RuneError, at, at+1)
			continue
		}
		w.rune(r, at, at+size)
	}
}

func runeSize(s string, r rune) int {
	if r != utf8.RuneError {
		return utf8.RuneLen(r)
	}
	_, size := utf8.DecodeRuneInString(s)
	return size
}

func (w *folder) segment(s string, at int) {
	if norm.NFC.IsNormalString(s) {
		for i, r := range s {
			size := runeSize(s[i:], r)
			if r == utf8.RuneError && size == 1 {
				w.put(utf8.RuneError, at+i, at+i+1)
				continue
			}
			w.rune(r, at+i, at+i+size)
		}
		return
	}
	for _, r := range norm.NFC.String(s) {
		w.rune(r, at, at+len(s))
	}
}

// rune folds one character of the original range from..to.
func (w *folder) rune(r rune, from, to int) {
	if r < utf8.RuneSelf {
		w.ascii(r, from, to)
		return
	}
	if dropped(r) {
		w.extend(to)
		return
	}
	if presentation(r) {
		w.compatible(r, from, to)
		return
	}
	if folded, ok := w.letters[r]; ok {
		w.put(folded, from, to)
		return
	}
	switch {
	case r == zwnj || r == softHyphen || r == notSign:
		w.joiner(r, from, to)
	case r == '…':
		w.punct("...", from, to)
	case plainMarks[r] != 0:
		w.plainMark(r, from, to)
	case unicode.IsSpace(r):
		w.blank(from, to)
	default:
		w.other(r, from, to)
	}
}

func (w *folder) ascii(r rune, from, to int) {
	switch {
	case w.search && 'A' <= r && r <= 'Z':
		r += 'a' - 'A'
	case r == '`':
		r = '\''
	case r == ' ' || '\t' <= r && r <= '\r':
		w.blank(from, to)
		return
	case w.key && strings.ContainsRune(",.;:?!%)]", r):
		w.tight()
	}
	w.put(r, from, to)
}

// plainMark puts the plain form of a punctuation mark.
func (w *folder) plainMark(r rune, from, to int) {
	switch {
	case w.key && r == '،':
		w.punct(listComma, from, to)
	case w.key && w.guillemets && r == '»':
		w.punct(`"`, from, to)
	case w.key && w.guillemets && r == '«':
		w.put('"', from, to)
		w.opened = true
	default:
		w.ascii(plainMarks[r], from, to)
	}
}

// punct puts a mark that has no space before it.
func (w *folder) punct(s string, from, to int) {
	if w.key {
		w.tight()
	}
	w.raw(s, from, to)
}

func (w *folder) blank(from, to int) {
	if w.key {
		w.space(from, to)
		return
	}
	w.put(' ', from, to)
}

// joiner handles ZWNJ and the characters once typed in its place. What is kept
// here is still checked for its neighbours by the match key (A8).
func (w *folder) joiner(r rune, from, to int) {
	switch {
	case w.key && bytes.HasSuffix(w.out, joiner):
	case w.zwnj && (r == zwnj || w.afterLetter()) && !(w.key && !w.afterLetter()):
		w.put(zwnj, from, to)
	case r == notSign:
		w.put(r, from, to)
	default:
		w.extend(to)
	}
}

// afterLetter reports whether the folded text ends in an Arabic-script letter,
// as a half-space habit like «می¬رود» needs.
func (w *folder) afterLetter() bool {
	r, _ := utf8.DecodeLastRune(w.out)
	return arabicLetter(r)
}

// other folds digits of any script and, for search, case and accents.
func (w *folder) other(r rune, from, to int) {
	if d, ok := digitValue(r); ok {
		w.put('0'+rune(d), from, to)
		return
	}
	if !w.search {
		w.put(r, from, to)
		return
	}
	if s, ok := plainLatin[unicode.ToLower(r)]; ok {
		w.raw(s, from, to)
		return
	}
	w.put(unaccented(unicode.ToLower(r)), from, to)
}

// unaccented strips the marks of a Latin letter: é → e. Letters of other
// scripts stay (й is not и).
func unaccented(r rune) rune {
	if !unicode.Is(unicode.Latin, r) {
		return r
	}
	var buf [utf8.UTFMax]byte
	n := utf8.EncodeRune(buf[:], r)
	d := norm.NFD.Properties(buf[:n]).Decomposition()
	if d == nil {
		return r
	}
	base, _ := utf8.DecodeRune(d)
	if base < utf8.RuneSelf {
		return base
	}
	return unaccented(base)
}

// plainLatin spells the Latin letters that have no decomposition.
var plainLatin = map[rune]string{
	'ß': "ss", 'æ': "ae", 'œ': "oe", 'ø': "o", 'đ': "d", 'ł': "l", 'ı': "i", 'ð': "d", 'þ': "th",
}

// compatible folds a presentation form: ﻻ → لا (A2).
func (w *folder) compatible(r rune, from, to int) {
	for _, c := range norm.NFKC.String(string(r)) {
		if c == ' ' || presentation(c) {
			continue // the carrier of a mark shown alone
		}
		w.rune(c, from, to)
	}
}

func (w *folder) put(r rune, from, to int) {
	n := len(w.out)
	w.opened = false
	w.out = utf8.AppendRune(w.out, r)
	w.mark(len(w.out)-n, from, to)
}

func (w *folder) raw(s string, from, to int) {
	w.opened = false
	w.out = append(w.out, s...)
	w.mark(len(s), from, to)
}

func (w *folder) mark(n, from, to int) {
	if !w.track {
		return
	}
	for range n {
		w.from = append(w.from, int32(from))
		w.to = append(w.to, int32(to))
	}
}

// extend gives a dropped character to the one before it.
func (w *folder) extend(to int) {
	if !w.track || len(w.out) == 0 {
		return
	}
	_, size := utf8.DecodeLastRune(w.out)
	for i := len(w.to) - size; i < len(w.to); i++ {
		w.to[i] = int32(to)
	}
}
