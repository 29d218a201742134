package memory

import (
	"slices"
	"unicode/utf8"

	"golang.org/x/text/unicode/norm"

	"tarjoman/tm"
	"tarjoman/tm/lang"
)

// A parsed unit is what can be told of a unit without looking at the table.
type parsed struct {
	unit  *tm.Unit
	time  int64
	near  [2]uint32
	sides []side
}

// A side is one variant of a parsed unit.
type side struct {
	sense    uint64
	spelling uint32
	count    int // of tokens
	bare     bare
	values   []string // of its numbers
}

// A parser reads texts. What it knows of the last one is overwritten by the
// next, so that reading many leaves nothing behind.
type parser struct {
	seed    uint64  // of the table
	key     []byte  // match key in lower case
	pieces  []piece // its tokens
	bare    []byte  // key of the text without its numbers
	room    []byte
	numbers []number
	unit    parsed
}

// parse reads a unit and calls yield after each of its texts, when key and
// pieces hold the tokens. The result is overwritten by the next.
func (r *parser) parse(u *tm.Unit, yield func(side int)) *parsed {
	p := &r.unit
	p.unit, p.time = u, changed(u)
	p.near = [2]uint32{r.near(u.Previous), r.near(u.Next)}
	for len(p.sides) < len(u.Variants) {
		p.sides = append(p.sides, side{})
	}
	p.sides = p.sides[:len(u.Variants)]
	for i := range u.Variants {
		r.side(&p.sides[i], lang.For(u.Variants[i].Lang), u.Variants[i].Content.Text)
		yield(i)
	}
	return p
}

func (r *parser) side(s *side, p *lang.Profile, text string) {
	*s = side{spelling: spell(r.seed, text), values: s.values[:0]}
	r.key = p.AppendKey(r.key[:0], text)
	s.sense = r.senseOf(r.key)
	var digits bool
	r.key, digits = lower(r.key)
	r.pieces = split(r.pieces[:0], r.key)
	s.count = len(r.pieces)
	if digits {
		r.withoutNumbers(s, p, text)
	}
}

func (r *parser) withoutNumbers(s *side, p *lang.Profile, text string) {
	if r.numbers = appendNumbers(r.numbers[:0], p, text); len(r.numbers) == 0 {
		return
	}
	r.bare = appendWithoutNumbers(r.bare[:0], text, r.numbers)
	without := string(r.bare)
	r.bare = p.AppendKey(r.bare[:0], without)
	s.bare.sense, s.bare.spelling = r.senseOf(r.bare), spell(r.seed, without)
	for _, n := range r.numbers {
		s.values = append(s.values, n.value)
	}
}

// senseOf returns the hash of a key without spaces.
func (r *parser) senseOf(key []byte) uint64 {
	r.room = slices.Grow(r.room[:0], len(key))[:len(key)]
	n := 0
	for _, c := range key {
		r.room[n] = c
		if c != ' ' {
			n++
		}
	}
	return hash(r.seed, r.room[:n])
}

// near returns the hash of a neighbour, 0 for none.
func (r *parser) near(text string) uint32 {
	if text == "" {
		return 0
	}
	if r.key = neighbours.AppendKey(r.key[:0], text); len(r.key) == 0 {
		return 0
	}
	return max(1, uint32(r.senseOf(r.key)))
}

// words returns the tokens of the last text.
func (r *parser) words() []string { return cutAt(string(r.key), r.pieces) }

// spell returns a hash of the text as it is written.
func spell(seed uint64, text string) uint32 { return uint32(hash(seed, nfc(text))) }

// nfc is norm.NFC.String, quick for texts of characters that stay as they are:
// those that never combine, and single Arabic marks after letters that do not
// take them in, as in «خانهٔ».
func nfc(text string) string {
	for at := 0; at < len(text); {
		switch c := text[at]; {
		case at+8 <= len(text) && eight(text[at:])&tops == 0:
			at += 8
		case c < utf8.RuneSelf:
			at++
		case c&^3 == 0xD8 && at+1 < len(text) && text[at+1]&0xC0 == 0x80 && still[0x600|int(c<<6|text[at+1]&0x3F)]: // U+0600 to U+06FF
			at += 2
		default:
			r, size := runeOf(text[at:])
			if !stays(r) && !(arabicMark(r) && bears(text[:at])) {
				return norm.NFC.String(text)
			}
			at += size
		}
	}
	return text
}

// bears reports whether a text ends in a letter that takes in no Arabic mark.
func bears(text string) bool {
	last, size := utf8.DecodeLastRuneInString(text)
	return size > 0 && !arabicMark(last) && !takesIn(last)
}

// stays reports whether a character is the same in NFC beside any other.
func stays(r rune) bool {
	if int(r) < len(still) {
		return still[r]
	}
	return 0x2002 <= r && r <= 0x2064
}

// still holds stays for the scripts we mostly read.
var still = func() (still [0x700]bool) {
	for i := range still {
		r := rune(i)
		still[r] = r < 0x300 || 0x61B <= r && r <= 0x64A || 0x660 <= r && r <= 0x66F || 0x671 <= r && r <= 0x6D5 ||
			0x6EE <= r && r <= 0x6FF || r == '،'
	}
	return still
}()

func arabicMark(r rune) bool { return 0x64B <= r && r <= 0x65F || r == 0x670 }

// takesIn reports whether a letter becomes another one with a mark above or
// below, or is of a script that might.
func takesIn(r rune) bool {
	switch r {
	case 0x627, 0x648, 0x64A, 0x6C1, 0x6D2, 0x6D5:
		return true
	}
	return r < 0x620
}

func nearHash(seed uint64, sense string) uint32 {
	if sense == "" {
		return 0
	}
	return max(1, uint32(hash(seed, sense)))
}

// changed returns when a unit was last changed, in microseconds.
func changed(u *tm.Unit) int64 {
	return max(u.Origin.Changed.UnixMicro(), u.Origin.Created.UnixMicro())
}
