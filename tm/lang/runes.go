package lang

import (
	"unicode"
	"unicode/utf8"
)

// dropped reports whether r never counts in comparing: vowel marks, tatweel and
// invisible characters (A4), but not ZWNJ.
func dropped(r rune) bool {
	switch {
	case r == 0x0640, r == 0x0670, 0x064B <= r && r <= 0x065F, 0x06D6 <= r && r <= 0x06ED,
		r == 0x200B, r == 0x200D, r == 0x200E, r == 0x200F, r == 0x061C,
		0x202A <= r && r <= 0x202E, 0x2060 <= r && r <= 0x2069, r == 0xFEFF:
		return true
	}
	return false
}

// decode is utf8.DecodeRuneInString, quicker for the letters of two bytes.
func decode(s string) (rune, int) {
	if len(s) > 1 && s[0] >= 0xC2 {
		if r := twoBytes(s[0], s[1]); r != utf8.RuneError {
			return r, 2
		}
	}
	return utf8.DecodeRuneInString(s)
}

func twoBytes(a, b byte) rune {
	if a&0xE0 != 0xC0 || b&0xC0 != 0x80 {
		return utf8.RuneError
	}
	return rune(a&0x1F)<<6 | rune(b&0x3F)
}

// presentation reports whether r is a compatibility form of letters (A2): the
// Arabic presentation forms, ﷲ among them, and the Latin ligatures.
func presentation(r rune) bool {
	return 0xFB50 <= r && r <= 0xFDFF || 0xFE70 <= r && r <= 0xFEFE || 0xFB00 <= r && r <= 0xFB06
}

// plainMarks are the plain forms of punctuation (A6, A7). Spaces are found by
// unicode.IsSpace.
var plainMarks = map[rune]rune{
	'٫': '.', '٬': ',', '٪': '%',
	'،': ',', '؛': ';', '؟': '?',
	'«': '"', '»': '"', '“': '"', '”': '"', '„': '"', '‟': '"', '″': '"',
	'‘': '\'', '’': '\'', '‚': '\'', '‛': '\'', 'ʼ': '\'', '′': '\'', '´': '\'',
	'–': '-', '—': '-', '−': '-', '‐': '-', '‑': '-', '‒': '-', '―': '-', '﹣': '-', '－': '-',
}

// digitValue returns the value of a decimal digit of any script.
func digitValue(r rune) (int, bool) {
	switch {
	case '0' <= r && r <= '9':
		return int(r - '0'), true
	case r < 0x0660:
		return 0, false
	case r <= 0x0669:
		return int(r - 0x0660), true
	case 0x06F0 <= r && r <= 0x06F9:
		return int(r - 0x06F0), true
	}
	return otherDigit(r)
}

// otherDigit looks the digit up in the tables of Unicode, where decimal digits
// stand in runs of ten from 0 to 9.
func otherDigit(r rune) (int, bool) {
	if !unicode.Is(unicode.Nd, r) {
		return 0, false
	}
	for _, span := range unicode.Nd.R16 {
		if rune(span.Lo) <= r && r <= rune(span.Hi) {
			return int(r-rune(span.Lo)) % 10, true
		}
	}
	for _, span := range unicode.Nd.R32 {
		if rune(span.Lo) <= r && r <= rune(span.Hi) {
			return int(r-rune(span.Lo)) % 10, true
		}
	}
	return 0, false
}

// arabicLetter reports whether r is a letter of the Arabic script, the only
// neighbours between which a ZWNJ means something in Persian.
func arabicLetter(r rune) bool {
	return firstLetter <= r && r <= lastLetter && arabicLetters[r-firstLetter]
}

const (
	firstLetter = 0x0620
	lastLetter  = 0x06D5
)

// A letterSet is a set of Arabic letters, counted from the first.
type letterSet [lastLetter - firstLetter + 1]bool

var arabicLetters = func() (letters letterSet) {
	for i := range letters {
		r := rune(firstLetter + i)
		letters[i] = unicode.IsLetter(r) && r != 0x0640 // tatweel
	}
	return letters
}()
