package format

import (
	"bytes"
	"regexp"
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"

	"github.com/saintfish/chardet"
	"golang.org/x/text/encoding/charmap"
	"golang.org/x/text/encoding/htmlindex"

	"tarjoman/tm"
)

// A Candidate is one charset a document may be in, with a line of the document
// read that way, for a person to choose by.
type Candidate struct {
	Charset Charset
	Sample  string
}

// guess finds the charset of a document without byte order mark, or returns
// document.charset_unknown or document.binary.
func guess(src []byte) (Charset, error) {
	if at := bytes.IndexByte(src, 0); at >= 0 {
		if cs, ok := guessUTF16(src); ok {
			return cs, nil
		}
		return "", tm.NewError(tm.Invalid, "document.binary", "line", Line(src, at))
	}
	if utf8.Valid(src) {
		return UTF8, nil
	}
	count := countHigh(src)
	declared := declaredCharset(src)
	switch {
	case count.arabic():
		return Windows1256, nil
	case declared != "" && declared != UTF8:
		return declared, nil
	case count.western() && !otherLatin(src):
		return Windows1252, nil
	}
	return "", tm.NewError(tm.Unsupported, "document.charset_unknown", "candidates", candidates(src))
}

// guessUTF16 looks for text in UTF-16 without mark. White space and ASCII leave
// a NUL in one half of each unit only, Persian too: «سلام دنیا» has one per space.
func guessUTF16(src []byte) (Charset, bool) {
	var nuls [2]int
	for i, b := range src {
		if b == 0 {
			nuls[i%2]++
		}
	}
	for _, cs := range []Charset{UTF16LE, UTF16BE} {
		half := 1
		if cs == UTF16BE {
			half = 0
		}
		if len(src)%2 != 0 || nuls[1-half] > 0 {
			continue
		}
		if text, err := decodeAs(src, cs); err == nil && controlAt(text) < 0 && plausible(text) {
			return cs, true
		}
	}
	return "", false
}

// plausible reports whether nearly all characters are assigned ones, as in text
// and unlike in a picture read as UTF-16.
func plausible(text []byte) bool {
	good, all := 0, 0
	for _, r := range string(text) {
		all++
		if unicode.IsPrint(r) || unicode.IsSpace(r) || unicode.Is(unicode.Cf, r) {
			good++
		}
	}
	return good*100 >= all*98
}

var declaration = regexp.MustCompile(`(?i)<(?:meta\s[^>]*?charset|\?xml\s[^>]*?encoding)\s*=\s*["']?\s*([-\w]+)`)

// declaredCharset returns the charset an HTML or XML document names at its
// start, as the HTML standard reads it, or "".
func declaredCharset(src []byte) Charset {
	m := declaration.FindSubmatch(src[:min(len(src), 4096)])
	if m == nil {
		return ""
	}
	enc, err := htmlindex.Get(string(m[1]))
	if err != nil {
		return ""
	}
	name, err := htmlindex.Name(enc)
	if err != nil || strings.HasPrefix(name, "utf-16") || name == "replacement" {
		return ""
	}
	return Charset(name)
}

// candidates are the charsets a newsroom meets, and the best guess of statistics.
func candidates(src []byte) []Candidate {
	names := []Charset{Windows1256, Windows1252}
	if r, err := chardet.NewTextDetector().DetectBest(head(src)); err == nil {
		names = append(names, Charset(strings.ToLower(r.Charset)))
	}
	var out []Candidate
	for _, cs := range names {
		text, err := decodeAs(src, cs)
		if err == nil && !slices.ContainsFunc(out, func(c Candidate) bool { return c.Charset == cs }) {
			out = append(out, Candidate{cs, sampleLine(text)})
		}
	}
	return out
}

// sampleLine returns up to 120 characters from the first line that is not ASCII.
func sampleLine(text []byte) string {
	for line := range bytes.FieldsFuncSeq(text, func(r rune) bool { return r == '\n' || r == '\r' }) {
		at := bytes.IndexFunc(line, func(r rune) bool { return r >= utf8.RuneSelf })
		if at < 0 {
			continue
		}
		sample := []rune(string(line[max(0, at-200):]))
		return string(sample[:min(len(sample), 120)])
	}
	return ""
}

// otherLatin reports whether statistics speak for another charset than western
// European, such as windows-1250 or windows-1254.
func otherLatin(src []byte) bool {
	r, err := chardet.NewTextDetector().DetectBest(head(src))
	return err == nil && r.Confidence >= 50 &&
		r.Charset != "ISO-8859-1" && r.Charset != "windows-1252" && r.Charset != "UTF-8"
}

func head(src []byte) []byte { return src[:min(len(src), 64<<10)] }

// highCount says how the bytes above 0x7F stand: in words of their own, as in a
// text of another script, or among ASCII letters, as in "café".
type highCount struct {
	arabicLetters int // Arabic letters of windows-1256 in words without ASCII letters
	frequent      int // of these, the ones that make up most of any Persian or Arabic text
	others        int // other high letters in such words
	mixed         int // high letters in words that have ASCII letters too
	words         int // words counted in arabicLetters
}

// frequentLetters are the commonest letters of Persian and Arabic that
// windows-1256 has: over two thirds of all letters of a page in either language.
const frequentLetters = "اينردهموتبسلك\u06A9"

// arabic reports whether the text is Persian or Arabic in windows-1256: nearly
// all its high letters are Arabic ones, in words of their own that are longer
// than a letter, with the frequent letters in their usual share. Cyrillic,
// Greek and Hebrew fall through the first test, ISO-8859-6 through the third.
func (n highCount) arabic() bool {
	all := n.arabicLetters + n.others + n.mixed
	return n.arabicLetters >= 12 && n.arabicLetters*100 >= all*93 &&
		n.arabicLetters >= 2*n.words && n.frequent*100 >= n.arabicLetters*55
}

// western reports whether high letters stand among ASCII letters, or there are
// none at all, only quotes and dashes.
func (n highCount) western() bool {
	alone := n.arabicLetters + n.others
	return n.mixed >= 9*alone
}

// countHigh reads src as windows-1256, word by word.
func countHigh(src []byte) (n highCount) {
	start := 0
	for i := 0; i <= len(src); i++ {
		if i < len(src) && isWordByte(src[i]) {
			continue
		}
		if i > start {
			n.add(src[start:i])
		}
		start = i + 1
	}
	return n
}

// isWordByte takes the letters and vowel signs of both charsets, and the
// zero-width joiners of windows-1256 (0x9D, 0x9E), which stand inside words.
func isWordByte(b byte) bool {
	r, w := charmap.Windows1256.DecodeByte(b), charmap.Windows1252.DecodeByte(b)
	return unicode.IsLetter(r) || unicode.IsMark(r) || unicode.IsLetter(w) || r == '\u200c' || r == '\u200d'
}

func (n *highCount) add(word []byte) {
	var arabic, frequent, others, ascii int
	for _, b := range word {
		switch r := charmap.Windows1256.DecodeByte(b); {
		case b < utf8.RuneSelf:
			ascii++
		case unicode.Is(unicode.Arabic, r) || unicode.IsMark(r) || r == '\u200c' || r == '\u200d' || r == 'ـ':
			arabic++
			if strings.ContainsRune(frequentLetters, r) {
				frequent++
			}
		default:
			others++
		}
	}
	switch {
	case ascii > 0:
		n.mixed += arabic + others
	case arabic+others > 0:
		n.arabicLetters += arabic
		n.frequent += frequent
		n.others += others
		n.words++
	}
}
