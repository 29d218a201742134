package qa

import (
	"strings"
	"unicode"
	"unicode/utf8"

	"golang.org/x/text/language"

	"tarjoman/tm"
)

// endPunctuation reports a target that ends in another kind of mark than its
// source (D3): «؟» is as good as "?", a closing quote may stand on either side.
func endPunctuation(p *Pair) []tm.Issue {
	source, from, to := endMark(p.Source.Text)
	target, at, end := endMark(p.Target.Text)
	if source == target || tolerable(source, target, p.Source.Text[:from]) {
		return nil
	}
	issue := tm.Issue{Side: tm.TargetSide, From: at, To: end, Args: map[string]any{
		"expected": localMark(p.Source.Text[from:to], source, p.TargetLang), "found": p.Target.Text[at:end]}}
	return []tm.Issue{issue}
}

// markKind is the kind of a final mark.
type markKind uint8

const (
	noMark markKind = iota
	stop
	question
	exclamation
	colon
	semicolon
	comma
	dots
)

var markKinds = map[rune]markKind{
	'.': stop, '۔': stop, '。': stop, '।': stop,
	'?': question, '؟': question, '？': question, '‽': question,
	'!': exclamation, '！': exclamation,
	':': colon, '：': colon,
	';': semicolon, '؛': semicolon,
	',': comma, '،': comma, '、': comma,
	'…': dots,
}

// endMark returns the kind of the final mark of text and its bytes. White space
// and closing quotes and brackets behind it do not count; without a mark the
// place is the end of the text.
func endMark(text string) (kind markKind, from, to int) {
	to = len(text)
	for to > 0 {
		r, size := utf8.DecodeLastRuneInString(text[:to])
		if !unicode.IsSpace(r) && !closer(r) && !unicode.Is(unicode.Cf, r) && !strings.ContainsRune("’'›*_", r) {
			break
		}
		to -= size
	}
	from = to
	for from > 0 {
		r, size := utf8.DecodeLastRuneInString(text[:from])
		k := markKinds[r]
		if k == noMark {
			break
		}
		kind = stronger(kind, k)
		from -= size
	}
	if strings.HasSuffix(text[from:to], "...") || strings.HasSuffix(text[from:to], "…") {
		kind = dots
	}
	if kind == noMark {
		return noMark, len(text), len(text)
	}
	return kind, from, to
}

// stronger picks the kind of a run such as «؟!»: a question stays a question.
func stronger(a, b markKind) markKind {
	if a == question || b == noMark {
		return a
	}
	return b
}

// tolerable reports whether two kinds may stand for each other: the full stop
// of an abbreviation at the end of a heading is none.
func tolerable(source, target markKind, before string) bool {
	if source == exclamation && target == stop || source == dots && target == stop {
		return false
	}
	return source == stop && target == noMark && abbreviation(before)
}

// abbreviation reports whether text ends in a word that is written with a dot:
// U.S, Inc, a single letter.
func abbreviation(text string) bool {
	word := text[strings.LastIndexFunc(text, unicode.IsSpace)+1:]
	if strings.Contains(word, ".") || utf8.RuneCountInString(word) == 1 {
		return true
	}
	switch word {
	case "Inc", "Ltd", "Co", "Corp", "Jr", "Sr", "etc", "al", "No", "St":
		return true
	}
	return false
}

// localMark writes the mark the target should end in.
func localMark(mark string, kind markKind, target language.Tag) string {
	if base, _ := target.Base(); base.String() != "fa" {
		return strings.NewReplacer("؟", "?", "؛", ";", "،", ",", "۔", ".").Replace(mark)
	}
	return strings.NewReplacer("?", "؟", ";", "؛", ",", "،", "...", "…").Replace(mark)
}
