package exchange

import (
	"encoding/binary"
	"unicode/utf8"
)

// validUTF8 is utf8.Valid, faster on text in which scripts alternate, as
// markup and Persian do: it looks at eight bytes at once and, but for rare
// runes, takes no decision that a processor could guess wrong.
//
// The bits 7 of the lanes of a word mark its lead bytes, and shifted by one, two
// and three lanes the continuation bytes that these ask for; what reaches beyond
// the word is carried into the next. Leads that allow not every second byte
// (C0, C1, E0, ED, F0 and above) send the rest of the text to the slow way.
func validUTF8(b []byte) bool {
	const high = 0x8080808080808080
	owed := uint64(0) // continuation bytes that the next word must begin with
	i := 0
	for ; i+8 <= len(b); i += 8 {
		v := binary.LittleEndian.Uint64(b[i:])
		if (v&high)|owed == 0 {
			continue
		}
		lead := v & (v << 1) & high  // 11xxxxxx
		three := lead & (v << 2)     // 111xxxxx
		tail := v &^ (v << 1) & high // 10xxxxxx
		asked := lead<<8 | three<<16 | owed
		if asked != tail || hasRareLead(v, lead, three) {
			break
		}
		owed = lead>>56 | three>>48
	}
	return utf8.Valid(b[i-begun(b[:i]):])
}

// hasRareLead reports whether a lead byte of v is C0, C1, E0, ED or above EF.
func hasRareLead(v, lead, three uint64) bool {
	const ones, high = 0x0101010101010101, 0x8080808080808080
	some := (v&(0x1E*ones) + 0x7E*ones) & high // one of the bits 1 to 4 is set
	if lead&^three&^some != 0 {
		return true
	}
	if three == 0 {
		return false
	}
	e0, ed := v^0xE0*ones, v^0xED*ones
	return three&(v<<3) != 0 || ((e0-ones)&^e0|(ed-ones)&^ed)&high != 0
}

// begun returns how many last bytes of b belong to a rune that may go on.
func begun(b []byte) int {
	for back := 1; back <= min(len(b), utf8.UTFMax-1); back++ {
		if c := b[len(b)-back]; c >= 0xC0 {
			return back
		} else if c < utf8.RuneSelf {
			return 0
		}
	}
	return 0
}
