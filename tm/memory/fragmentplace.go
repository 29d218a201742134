package memory

import (
	"strings"
	"unicode"
	"unicode/utf8"

	"tarjoman/tm/lang"
)

// A placed token is one of a match key with the bytes of the text that it
// stands for.
type placedToken struct {
	text     string
	from, to int
}

// placeTokens returns the tokens of a text with their places, ascending. Match
// keys do not say where they come from, folded texts do. So each token is folded
// once more and found in the folded text, letter by letter, from where the one
// before ended. What a key leaves out may be passed over: space, ZWNJ, the
// commas of grouped numbers, and the ezafe after a silent heh («نامه‌ی»), which
// belongs to the word before. Ok is false when anything else differs; then
// nothing is known of the places.
func placeTokens(p *lang.Profile, text string) (list []placedToken, ok bool) {
	w := placer{folded: p.Fold(text)}
	for _, token := range tokenize(p, text) {
		if !w.place(token, p.FoldString(token)) {
			return nil, false
		}
	}
	if w.skipEzafe(); strings.TrimLeft(w.folded.Text[w.at:], skipped) != "" {
		return nil, false
	}
	return w.list, true
}

const skipped = " \t\n\r\u00a0\u200c"

type placer struct {
	folded lang.Folded
	at     int // in the folded text
	list   []placedToken
}

// place finds the next token.
func (w *placer) place(token, letters string) bool {
	if !strings.HasPrefix(letters, "ی") {
		w.skipEzafe()
	}
	from, end := -1, 0
	for _, r := range letters {
		if r == zwnj || unicode.IsSpace(r) {
			continue
		}
		if !w.skipTo(r) {
			return false
		}
		if from < 0 {
			from = w.at
		}
		w.at += utf8.RuneLen(r)
		end = w.at
	}
	if from < 0 {
		return false
	}
	start, stop := w.folded.Original(from, end)
	w.list = append(w.list, placedToken{token, start, stop})
	return true
}

// skipTo passes over what may stand before a character of a token.
func (w *placer) skipTo(want rune) bool {
	for w.at < len(w.folded.Text) {
		r, size := utf8.DecodeRuneInString(w.folded.Text[w.at:])
		switch {
		case r == want:
			return true
		case r == zwnj, unicode.IsSpace(r), r == ',' && '0' <= want && want <= '9':
			w.at += size
		default:
			return false
		}
	}
	return false
}

// skipEzafe passes over «‌ی» at the end of a word in silent heh, and gives it to
// the token before.
func (w *placer) skipEzafe() {
	const heh, yeh = 'ه', 'ی'
	last, _ := utf8.DecodeLastRuneInString(w.folded.Text[:w.at])
	rest := w.folded.Text[w.at:]
	letter := strings.TrimLeft(rest, skipped)
	r, size := utf8.DecodeRuneInString(letter)
	after, _ := utf8.DecodeRuneInString(letter[size:])
	if last != heh || r != yeh || len(letter) == len(rest) || arabic(after) || after == zwnj || len(w.list) == 0 {
		return
	}
	w.at += len(rest) - len(letter) + size
	_, w.list[len(w.list)-1].to = w.folded.Original(w.at-size, w.at)
}
