package lang

import (
	"sort"
	"strings"
	"sync"
	"unicode"
	"unicode/utf8"

	"golang.org/x/text/unicode/norm"
)

// folding says how a language folds its letters. The zero value folds
// punctuation, digits, spaces and invisible characters only.
type folding struct {
	letters    map[rune]rune // A3: ي → ی
	guillemets bool          // « opens and » closes, so spaces inside mean nothing (A7)
	zwnj       bool          // ZWNJ is part of the spelling: kept by Fold, several keys (A8)
	affixes    *affixes      // written apart or together (A8); nil for none

	search, key *actions // made by prepare
}

// prepare makes the tables, once everything else is set and stays in its place.
func (f *folding) prepare() {
	f.search = &actions{fold: f}
	f.key = &actions{fold: f, key: true}
	f.affixes.prepare()
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
	// came from. Both never decrease. Both are nil when every byte came from
	// the one at its own offset.
	from, to []int32
	size     int
}

// Original returns the byte range of the original text that the byte range
// from..to of the folded text stands for. Combining marks dropped after a
// letter belong to that letter. An empty range maps to an empty one. It panics
// when the range is not within Text.
func (f Folded) Original(from, to int) (int, int) {
	if f.from == nil {
		_ = f.Text[from:to]
		return from, to
	}
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
	if f.from == nil {
		return min(original, len(f.Text))
	}
	return sort.Search(len(f.from), func(i int) bool { return int(f.to[i]) > original })
}

// Fold makes text comparable for search and term recognition and remembers
// where everything came from: letters per language (A2, A3), vowel marks and
// invisible characters dropped (A4), digits ASCII (A6), punctuation and spaces
// to their plain forms (A7), case and Latin accents folded. ZWNJ stays where it
// is part of the spelling (fa). Spaces are not collapsed.
func (p *Profile) Fold(text string) Folded {
	if isASCII(text) {
		return Folded{Text: p.FoldString(text), size: len(text)}
	}
	w := folder{folding: &p.fold, out: make([]byte, 0, len(text)+8), track: true}
	w.from, w.to = make([]int32, 0, len(text)+8), make([]int32, 0, len(text)+8)
	w.run(text)
	return Folded{Text: string(w.out), from: w.from, to: w.to, size: len(text)}
}

// FoldString returns the text of [Profile.Fold].
func (p *Profile) FoldString(text string) string {
	buf := buffers.Get().(*[]byte)
	defer buffers.Put(buf)
	w := folder{folding: &p.fold, out: (*buf)[:0]}
	w.run(text)
	*buf = w.out
	return string(w.out)
}

// buffers are reused from text to text.
var buffers = sync.Pool{New: func() any { return new([]byte) }}

func isASCII(s string) bool {
	for i := range len(s) {
		if s[i] >= utf8.RuneSelf {
			return false
		}
	}
	return true
}

// folder is one run of folding for search.
type folder struct {
	*folding
	out      []byte
	track    bool // fill from and to
	from, to []int32
}

// run folds text in NFC (A1).
func (w *folder) run(text string) {
	if w.plain(text, 0, false) {
		return
	}
	w.out, w.from, w.to = w.out[:0], w.from[:0], w.to[:0]
	segments(text, func(at int, s string) {
		if norm.NFC.IsNormalString(s) {
			w.plain(s, at, true)
			return
		}
		for _, r := range norm.NFC.String(s) {
			w.rune(r, at, at+len(s))
		}
	})
}

// segments calls yield with the parts of text that normalise on their own.
func segments(text string, yield func(at int, s string)) {
	for at := 0; at < len(text); {
		n := norm.NFC.NextBoundaryInString(text[at:], true)
		if n <= 0 {
			n = len(text) - at
		}
		yield(at, text[at:at+n])
		at += n
	}
}

// plain folds a text in NFC that begins at the offset base. Unless nfc says that
// the text is NFC, it looks where a character gives reason to, and reports false
// when the text is not.
func (w *folder) plain(text string, base int, nfc bool) bool {
	ascii := w.search.page(0)
	known := 0 // so far the text is known to be NFC
	for at := 0; at < len(text); {
		if c := text[at]; c < utf8.RuneSelf {
			w.out = append(w.out, byte(ascii[c]))
			w.mark(1, base+at, base+at+1)
			at++
			continue
		}
		r, size := decode(text[at:])
		a := w.search.look(r)
		if a >= compose && !nfc && at >= known {
			if known = w.search.normal(text, at); known == 0 {
				return false
			}
		}
		w.do(a, r, base+at, base+at+size)
		at += size
	}
	return true
}

// rune folds one character of the original range from..to.
func (w *folder) rune(r rune, from, to int) { w.do(w.search.look(r), r, from, to) }

func (w *folder) do(a action, r rune, from, to int) {
	switch a.kind() {
	case drop:
		w.extend(to)
	case unusual:
		w.unusual(r, from, to)
	default:
		w.put(a.rune(), from, to)
	}
}

func (w *folder) unusual(r rune, from, to int) {
	switch {
	case presentation(r):
		for _, c := range compatible(r) {
			w.rune(c, from, to)
		}
	case r == '…':
		w.puts("...", from, to)
	case r == softHyphen || r == notSign:
		w.joiner(r, from, to)
	default:
		w.puts(plainLatin[unicode.ToLower(r)], from, to)
	}
}

// compatible returns the letters a presentation form stands for: ﻻ is لا (A2).
// The carrier of a mark shown alone is none.
func compatible(r rune) string {
	return strings.Map(func(c rune) rune {
		if c == ' ' || presentation(c) {
			return -1
		}
		return c
	}, norm.NFKC.String(string(r)))
}

// joiner handles characters once typed for ZWNJ, as in «می¬رود».
func (w *folder) joiner(r rune, from, to int) {
	switch last, _ := utf8.DecodeLastRune(w.out); {
	case arabicLetter(last):
		w.put(zwnj, from, to)
	case r == notSign:
		w.put(r, from, to)
	default:
		w.extend(to)
	}
}

func (w *folder) put(r rune, from, to int) {
	n := len(w.out)
	w.out = utf8.AppendRune(w.out, r)
	w.mark(len(w.out)-n, from, to)
}

func (w *folder) puts(s string, from, to int) {
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
