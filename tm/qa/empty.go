package qa

import (
	"strings"
	"unicode"

	"tarjoman/tm"
)

// empty reports whether nothing was translated although there was something.
func (p *Pair) empty() bool {
	return strings.TrimSpace(p.Target.Text) == "" && strings.TrimSpace(p.Source.Text) != ""
}

// emptyTarget reports a source with text whose target has none.
func emptyTarget(p *Pair) []tm.Issue {
	if !p.empty() {
		return nil
	}
	return []tm.Issue{{Side: tm.TargetSide}}
}

// sameAsSource reports a target equal to its source, when the source has words
// of its language to translate: not only addresses, numbers, acronyms and names
// of one word.
func sameAsSource(p *Pair) []tm.Issue {
	text := strings.TrimSpace(p.Source.Text)
	if text != strings.TrimSpace(p.Target.Text) || !translatable(text) {
		return nil
	}
	return []tm.Issue{{Side: tm.TargetSide, From: 0, To: len(p.Target.Text)}}
}

// translatable reports whether text has a word in small letters, a word of a
// script without case, or two words.
func translatable(text string) bool {
	for _, s := range guardedSpans(text) {
		text = text[:s.from] + strings.Repeat(" ", s.to-s.from) + text[s.to:]
	}
	words := 0
	for word := range strings.FieldsFuncSeq(text, func(r rune) bool {
		return !unicode.IsLetter(r) && !unicode.IsDigit(r) && r != zwnj && r != '’' && r != '\''
	}) {
		if strings.IndexFunc(word, unicode.IsDigit) >= 0 || strings.IndexFunc(word, unicode.IsLetter) < 0 {
			continue
		}
		first, _ := firstRune(word)
		if !unicode.IsUpper(first) && len(word) > 1 {
			return true
		}
		if strings.ToUpper(word) != word {
			words++
		}
	}
	return words > 1
}

func firstRune(s string) (r rune, ok bool) {
	for _, r := range s {
		return r, true
	}
	return 0, false
}
