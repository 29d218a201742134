package corpus

import (
	"strings"
	"unicode"
)

// small words of English that a made target translates, or leaves out.
var small = map[string]string{
	"the": "", "a": "", "an": "", "of": "", "and": "و", "or": "یا", "in": "در", "to": "به", "from": "از", "with": "با",
	"for": "برای", "is": "است", "are": "هستند", "not": "نه", "this": "این", "that": "آن", "if": "اگر", "on": "روی",
	"can": "می‌تواند", "be": "باشد", "by": "توسط", "it": "آن", "as": "مانند", "when": "هنگامی که", "all": "همه",
}

var marks = map[string]string{",": "،", ";": "؛", "?": "؟"}

var syllables = strings.Fields("با بر پر تا تی جا خو دا دار در را رو زا سا سر شا شو فر کا کر گا گر لا ما می نا نو وا ها یا")

// translate makes a target: each word becomes a made Persian word, always the
// same one.
func translate(source string) string {
	var out []string
	for _, t := range words(source) {
		low := strings.ToLower(t)
		if w, known := small[low]; known {
			if w != "" {
				out = append(out, w)
			}
			continue
		}
		out = append(out, made(low))
	}
	return spellPersian(out)
}

func made(token string) string {
	if m, ok := marks[token]; ok {
		return m
	}
	if !isWord(token) {
		return token
	}
	if unicode.IsNumber([]rune(token)[0]) {
		return persianDigits(token)
	}
	h := fingerprint(token)
	var b strings.Builder
	for range 2 + h%3 {
		h = scatter(h, 1)
		b.WriteString(syllables[h%uint64(len(syllables))])
	}
	return b.String()
}

func persianDigits(s string) string {
	return strings.Map(func(r rune) rune {
		if r >= '0' && r <= '9' {
			return r - '0' + '۰'
		}
		return r
	}, s)
}

func spellPersian(tokens []string) string {
	var b strings.Builder
	for i, t := range tokens {
		if i > 0 && !strings.Contains(".،؛:!؟)]", t) && !strings.Contains("([", tokens[i-1]) {
			b.WriteByte(' ')
		}
		b.WriteString(t)
	}
	return b.String()
}
