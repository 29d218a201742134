package lang

import (
	"bytes"
	"slices"
	"strings"
	"unicode/utf8"

	"golang.org/x/text/unicode/norm"
)

// Keys returns the match keys of text: two texts match exactly when they share
// a key. Where ZWNJ is part of the spelling (fa) there are up to three, with a
// space and with nothing in its place, so that «قتل‌عام» matches «قتل عام» and
// «قتلعام» (A8), and one with a space in words and nothing before affixes, so
// that «قتل‌عام زندانی‌ها» matches «قتل عام زندانیها» too. The first key always
// has the spaces. Every key is among its own keys. Case, accents and hyphens
// count (A9, A11).
func (p *Profile) Keys(text string) []string {
	buf := buffers.Get().(*[]byte)
	defer buffers.Put(buf)
	key := p.foldKey((*buf)[:0], text)
	*buf = key
	if bytes.IndexByte(key, joint) < 0 {
		return []string{string(key)}
	}
	return p.fold.affixes.readings(key)
}

// AppendKey appends the first of the match keys of text to b. It is for those
// who read many texts and need no other key.
func (p *Profile) AppendKey(b []byte, text string) []byte {
	n := len(b)
	key := p.foldKey(b[n:], text)
	for rest := key; ; {
		at := bytes.IndexByte(rest, joint)
		if at < 0 {
			break
		}
		rest[at] = ' '
		rest = rest[at+1:]
	}
	if n == 0 {
		return key
	}
	return append(b, key...)
}

// foldKey writes the match key of text, with joints, over the room that b has.
func (p *Profile) foldKey(b []byte, text string) []byte {
	w := keyWriter{folding: &p.fold, out: b[:0]}
	w.run(text)
	key := bytes.TrimRight(w.out, " ")
	if w.grouped {
		key = ungroup(key)
	}
	return p.fold.affixes.attach(key)
}

// Equal reports whether two texts match (share a key), and whether they do so
// only after folding: then they differ in typography and the difference should
// be shown (A9).
func (p *Profile) Equal(a, b string) (equal, typographic bool) {
	a, b = norm.NFC.String(a), norm.NFC.String(b)
	if a == b {
		return true, false
	}
	keys := p.Keys(b)
	equal = slices.ContainsFunc(p.Keys(a), func(k string) bool { return slices.Contains(keys, k) })
	return equal, equal
}

// joint stands for a ZWNJ in a key that is being made. It is no byte of UTF-8.
const joint = 0xFF

// keyWriter is one run of folding for a match key.
type keyWriter struct {
	*folding
	out     []byte
	waits   waiting
	marked  bool // there are characters that may compose with others
	grouped bool // there are commas after digits
	opened  int  // the length of out just after «, where a space means nothing
}

// waiting says what is written if the next character is right for it.
type waiting uint8

const (
	nothing    waiting = iota
	zwnjWaits          // a ZWNJ after a Persian letter, if another one follows (A8)
	spaceWaits         // a space after «،» and a digit, if another digit follows: «۱۲۳،۴۵۶» is no group (A6)
)

// run folds text in NFC (A1). What folding drops may leave a mark behind
// another letter; then the result is folded once more.
func (w *keyWriter) run(text string) {
	if !w.plain(text, false) {
		w.again(text)
	}
	if w.marked && !norm.NFC.IsNormalString(string(w.out)) {
		w.again(w.text())
	}
}

func (w *keyWriter) again(text string) {
	*w = keyWriter{folding: w.folding, out: w.out[:0]}
	var b strings.Builder
	segments(text, func(_ int, s string) { b.WriteString(norm.NFC.String(s)) })
	w.plain(b.String(), true)
}

// text returns what has been written as an ordinary text.
func (w *keyWriter) text() string {
	return string(bytes.ReplaceAll(w.out, []byte{joint}, []byte(string(zwnj))))
}

// plain folds a text in NFC. Unless nfc says that the text is NFC, it looks
// where a character gives reason to, and reports false when the text is not.
func (w *keyWriter) plain(text string, nfc bool) bool {
	ascii, arabic := w.key.page(0), w.key.page(firstLetter)
	known := 0 // so far the text is known to be NFC
	for at := 0; at < len(text); {
		c := text[at]
		if c < utf8.RuneSelf && w.waits == nothing {
			switch a := ascii[c]; a.kind() {
			case write:
				at += w.simple(ascii, text[at:])
				continue
			case blank:
				w.space()
				at++
				continue
			}
		}
		if c&^3 == 0xD8 && at+1 < len(text) && text[at+1]&0xC0 == 0x80 && w.waits == nothing { // U+0600 to U+06FF
			if a := arabic[c<<6|text[at+1]&0x3F]; 0x80 <= a && a < 0x800 {
				w.out = append(w.out, 0xC0|byte(a>>6), 0x80|byte(a&0x3F))
				at += 2
				continue
			}
		}
		r, size := decode(text[at:])
		a := w.key.look(r)
		if a < drop && w.waits == nothing {
			w.out = utf8.AppendRune(w.out, a.rune())
			at += size
			continue
		}
		if a >= compose && !nfc && at >= known {
			if known = w.key.normal(text, at); known == 0 {
				return false
			}
		}
		w.do(a, r)
		at += size
	}
	return true
}

// simple writes the characters of ASCII at the start of text that need no care,
// and returns how many there are.
func (w *keyWriter) simple(ascii *[0x100]action, text string) int {
	out := w.out
	for at := range len(text) {
		c := text[at]
		if c >= utf8.RuneSelf || ascii[c].kind() != write {
			w.out = out
			return at
		}
		out = append(out, byte(ascii[c]))
	}
	w.out = out
	return len(text)
}

func (w *keyWriter) do(a action, r rune) {
	if a.kind() == drop {
		return
	}
	w.marked = w.marked || a >= compose
	switch a.kind() {
	case write:
		w.put(a.rune())
	case blank:
		w.space()
	case tight:
		w.tight(byte(a.rune()))
	case unusual:
		w.unusual(r)
	}
}

func (w *keyWriter) unusual(r rune) {
	switch {
	case presentation(r):
		for _, c := range compatible(r) {
			w.do(w.key.look(c), c)
		}
	case r == '…':
		w.tight('.')
		w.out = append(w.out, ".."...)
	case r == '،':
		w.tight(',')
		if n := len(w.out) - 1; n > 0 && digitRun(w.out[:n], n-1) > 0 {
			w.waits = spaceWaits
		}
	case r == '«':
		w.put('"')
		w.opened = len(w.out)
	default:
		w.joiner(r)
	}
}

// joiner handles ZWNJ and the characters once typed in its place: it counts
// between two Persian letters (A8).
func (w *keyWriter) joiner(r rune) {
	if last, _ := utf8.DecodeLastRune(w.out); arabicLetter(last) {
		w.waits = zwnjWaits
		return
	}
	if r == notSign {
		w.put(r)
	}
}

// put writes a character, and before it what waits for one like it.
func (w *keyWriter) put(r rune) {
	switch {
	case w.waits == zwnjWaits && arabicLetter(r):
		w.out = append(w.out, joint)
	case w.waits == spaceWaits && '0' <= r && r <= '9':
		w.out = append(w.out, ' ')
	}
	w.waits = nothing
	w.out = utf8.AppendRune(w.out, r)
}

// space writes one space: none at the start, after another space, or inside an
// opening bracket or quote (A7).
func (w *keyWriter) space() {
	w.waits = nothing
	n := len(w.out)
	if n == 0 || n == w.opened {
		return
	}
	if last := w.out[n-1]; last != ' ' && last != '(' && last != '[' {
		w.out = append(w.out, ' ')
	}
}

// tight writes a mark, with no space before it (A7).
func (w *keyWriter) tight(mark byte) {
	w.waits = nothing
	n := len(w.out)
	if n > 0 && w.out[n-1] == ' ' {
		n--
	}
	w.out = append(w.out[:n], mark)
	w.grouped = w.grouped || mark == ',' && n > 0 && digitRun(w.out[:n], n-1) > 0
}

// ungroup removes, in place, the separators between groups of three digits
// (A6).
func ungroup(key []byte) []byte {
	n, kept, at := 0, 0, 0 // bytes written; from kept on they are still to be
	for {
		comma := bytes.IndexByte(key[at:], ',')
		if comma < 0 {
			return key[:n+copy(key[n:], key[kept:])]
		}
		comma += at
		start := comma
		for start > at && digitRun(key[:start], start-1) > 0 {
			start--
		}
		end := start + groupedLen(key, start)
		if at = comma + 1; end < at {
			continue
		}
		n += copy(key[n:], key[kept:start])
		for _, c := range key[start:end] {
			if c != ',' {
				key[n] = c
				n++
			}
		}
		kept, at = end, end
	}
}

// groupedLen returns the length of a grouped number at the offset, or of the
// run of digits there, or 0.
func groupedLen(s []byte, at int) int {
	n := digitRun(s, at)
	if n == 0 || n > 3 || at > 0 && s[at-1] == '.' {
		return n
	}
	end := at + n
	for end < len(s) && s[end] == ',' && digitRun(s, end+1) == 3 {
		end += 4
	}
	return end - at
}

// digitRun returns the number of ASCII digits at the offset.
func digitRun[S string | []byte](s S, at int) int {
	n := 0
	for at+n < len(s) && '0' <= s[at+n] && s[at+n] <= '9' {
		n++
	}
	return n
}
