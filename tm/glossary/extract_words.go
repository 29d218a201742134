package glossary

import (
	_ "embed"
	"strings"
	"unicode"
	"unicode/utf8"

	"golang.org/x/text/language"

	"tarjoman/tm/lang"
)

//go:embed data/en-stop.txt
var englishStop string

//go:embed data/en-general.txt
var englishGeneral string

//go:embed data/fa-stop.txt
var persianStop string

//go:embed data/fa-general.txt
var persianGeneral string

// extractWords are the words of every text in a language: stop words divide
// phrases, general ones are no terms by themselves.
type extractWords struct{ stop, general map[string]bool }

var (
	englishWordLists = &extractWords{wordSet(englishStop), wordSet(englishGeneral)}
	persianWordLists = &extractWords{foldedSet(persianStop), foldedSet(persianGeneral)}
	noWords          = &extractWords{}
)

func wordsOf(tag language.Tag) *extractWords {
	switch base, _ := tag.Base(); base.String() {
	case "en":
		return englishWordLists
	case "fa":
		return persianWordLists
	}
	return noWords
}

// foldedSet reads a list of Persian words for comparing with [exWord.key].
func foldedSet(list string) map[string]bool {
	set := map[string]bool{}
	for word := range wordSet(list) {
		set[persianKey(word)] = true
	}
	return set
}

func persianKey(word string) string {
	return strings.ReplaceAll(lang.For(language.Persian).FoldString(word), string(zwnj), "")
}

// An exWord is a word of a segment as extraction sees it.
type exWord struct {
	from, to, full int    // bytes; full with the possessive
	text           string // from..to
	key            string // folded
	capital, upper bool   // begins with a capital, has only capitals
	number         bool
	first          bool   // begins a sentence
	before         string // the marks between the last word and this one, without spaces
}

// maxExtractWords bounds the words of one segment that are looked at.
const maxExtractWords = 5_000

// cut returns the words of a text.
func (x *extraction) cut(text string) []exWord {
	var list []exWord
	marks, first, end := "", true, 0
	skip := addresses(text)
	for _, w := range x.profile.Words(text) {
		token := text[w.From:w.To]
		for len(skip) > 0 && w.From >= skip[0][1] {
			skip = skip[1:]
		}
		switch {
		case len(skip) > 0 && w.From >= skip[0][0]:
			marks = "\n" // an address
			continue
		case w.Kind == lang.SpaceWord:
			if strings.ContainsAny(token, "\n\r") {
				marks, first = marks+"\n", true
			}
			continue
		case w.Kind == lang.MarkWord:
			marks += token
			first = first || strings.ContainsAny(token, ".!?؟…:")
			continue
		case len(list) == maxExtractWords:
			return list
		}
		if strings.Contains(token, ".") && acronym(token) && strings.HasPrefix(text[w.To:], ".") { // U.S.
			w.To++
			token = text[w.From:w.To]
		}
		word := x.word(token, w.From, w.To)
		word.before, word.first = marks, first
		if marks == "/" && end == w.From && joinAcronyms(list, word) { // PMOI/MEK
			last := &list[len(list)-1]
			last.to, last.full, last.text = word.to, word.full, text[last.from:word.to]
			last.key = strings.ToLower(last.text)
			marks, first = "", false
			continue
		}
		list = append(list, word)
		marks, first = "", false
		end = w.To + len("/")
	}
	return list
}

// addresses returns the places of web and e-mail addresses.
func addresses(text string) (spans [][2]int) {
	if !strings.ContainsAny(text, "@") && !strings.Contains(text, "://") && !strings.Contains(text, "www.") {
		return nil
	}
	at := 0
	for token := range strings.FieldsSeq(text) {
		at += strings.Index(text[at:], token)
		if address(token) {
			spans = append(spans, [2]int{at, at + len(token)})
		}
		at += len(token)
	}
	return spans
}

func joinAcronyms(list []exWord, w exWord) bool {
	return len(list) > 0 && list[len(list)-1].upper && w.upper
}

func (x *extraction) word(token string, from, to int) exWord {
	w := exWord{from: from, to: to, full: to, text: token}
	if !x.rtl {
		w.text = noPossessive(token)
		if i := strings.IndexByte(w.text, '-'); i > 1 && lowerAfter(w.text[i+1:]) {
			w.text = w.text[:i] // Iran-backed
		}
		w.to = from + len(w.text)
	}
	w.key = x.key(w.text)
	r, _ := utf8.DecodeRuneInString(w.text)
	w.capital = unicode.IsUpper(r)
	w.upper = acronym(w.text)
	w.number = !strings.ContainsFunc(w.text, unicode.IsLetter)
	return w
}

// lowerAfter reports whether the second part of a word with a hyphen belongs to
// no name: backed, but not e-Khalq.
func lowerAfter(part string) bool {
	return len(part) > 3 && !strings.ContainsFunc(part, func(r rune) bool { return unicode.IsUpper(r) || r == '-' })
}

func (x *extraction) key(word string) string {
	if x.rtl {
		if stem, end, ok := strings.Cut(x.profile.FoldString(word), string(zwnj)); ok && end != "ای" && commonEnds[end] {
			return stem
		}
		return persianKey(word)
	}
	return strings.ReplaceAll(x.profile.FoldString(word), "-", " ")
}

func (x *extraction) stop(w exWord) bool {
	return w.number || x.words.stop[w.key] || contraction(w.key) || x.rtl && persianVerb(w.text) || utf8.RuneCountInString(w.key) < 2
}

// contraction reports whether a folded word is a verb with an apostrophe: don't.
func contraction(word string) bool {
	_, end, ok := strings.Cut(word, "'")
	return ok && (end == "t" || end == "m" || end == "ll" || end == "re" || end == "ve" || end == "d")
}

// persianVerb reports whether a word is a verb by its prefix: می‌رود.
func persianVerb(word string) bool {
	return strings.HasPrefix(word, "می\u200c") || strings.HasPrefix(word, "نمی\u200c")
}

func (x *extraction) general(w exWord) bool {
	return x.words.general[w.key] || x.words.general[x.lemma(w.key)]
}

// read cuts the segments into words and counts how they are written.
func (x *extraction) read() {
	x.lines, x.headline = make([][]exWord, len(x.segments)), make([]bool, len(x.segments))
	for i, s := range x.segments {
		x.lines[i] = x.cut(s.Source)
		x.headline[i] = !x.rtl && !strings.HasSuffix(strings.TrimSpace(s.Source), ".") && x.isHeadline(x.lines[i])
		for _, w := range x.lines[i] {
			switch {
			case x.headline[i]:
			case !w.capital:
				x.small[w.key]++
			case !w.first:
				x.capital[w.key]++
			}
		}
	}
}

// isHeadline reports whether a text is written like a headline, so that
// capitals tell nothing.
func (x *extraction) isHeadline(line []exWord) bool {
	content, capitals := 0, 0
	for _, w := range line {
		if x.stop(w) || w.upper {
			continue
		}
		content++
		if w.capital {
			capitals++
		}
	}
	return capitals >= 3 && capitals*10 >= content*7
}
