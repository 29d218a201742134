package glossary

import (
	"strings"

	"tarjoman/tm/lang"
)

// knownNames finds known spellings in a text of Persian script: whole words
// under the key of F3, with the endings names take (C8).
func knownNames(p *lang.Profile, text string, known []string) []NameSpan {
	keys := map[string]bool{}
	widest := 1
	for _, k := range known {
		keys[PersianNameKey(k)] = true
		widest = max(widest, len(strings.Fields(k)))
	}
	words := persianWords(p, text, nil)
	var spans []NameSpan
	for i := 0; i < len(words); i++ {
		for n := min(widest+1, len(words)-i); n > 0; n-- {
			if span, ok := knownWindow(words[i:i+n], keys); ok {
				spans = append(spans, span)
				i += n - 1
				break
			}
		}
	}
	return spans
}

func knownWindow(words []persianWord, keys map[string]bool) (NameSpan, bool) {
	for _, w := range windows(words) {
		if keys[w.key] {
			return w.span, true
		}
	}
	return NameSpan{}, false
}

// A persianWord is a word of a text, folded, and its stem when it has an ending
// that names take. A mark is a word without letters.
type persianWord struct {
	from, to int
	folded   string
	stem     string // "" when the word has no ending
	stemTo   int
}

// persianWords returns the words of a text and the marks between them. What it
// learns about words goes to known, unless that is nil.
func persianWords(p *lang.Profile, text string, known map[string]persianWord) []persianWord {
	var list []persianWord
	for _, w := range p.Words(text) {
		switch w.Kind {
		case lang.SpaceWord:
		case lang.LetterWord:
			list = append(list, onePersianWord(text[w.From:w.To], known).shifted(w.From))
		default:
			list = append(list, persianWord{from: w.From, to: w.From})
		}
	}
	return list
}

func onePersianWord(text string, known map[string]persianWord) persianWord {
	word, ok := known[text]
	if ok {
		return word
	}
	word = persianWord{to: len(text), folded: foldedName(text)}
	word.cutEnding(text)
	if known != nil && len(known) < maxRemembered {
		known[text] = word
	}
	return word
}

func (w persianWord) shifted(by int) persianWord {
	w.from, w.to, w.stemTo = w.from+by, w.to+by, w.stemTo+by
	return w
}

func foldedName(word string) string { return strings.Join(persianNameWords(word), "") }

// nameEndings are what may stand behind a name after a ZWNJ (C8).
var nameEndings = wordSet("ها های هایی ی ای ام ات اش ایم اید اند مان تان شان را هاست ست است")

// cutEnding sets the stem of a word that begins at offset 0.
func (w *persianWord) cutEnding(word string) {
	if i := strings.LastIndex(word, string(zwnj)); i > 0 && nameEndings[word[i+len(string(zwnj)):]] {
		w.stemTo = i
	} else if stem, ok := strings.CutSuffix(word, "ی"); ok && (strings.HasSuffix(stem, "ا") || strings.HasSuffix(stem, "و")) {
		w.stemTo = len(stem)
	} else {
		return
	}
	w.stem = foldedName(word[:w.stemTo])
}

// A window is a run of words as one name.
type window struct {
	key  string
	span NameSpan
}

// windows returns the ways to read words as one name: as they stand, and without
// the ending of the last one. There is none across a mark.
func windows(words []persianWord) []window {
	keys := make([]string, len(words))
	for i, w := range words {
		if keys[i] = w.folded; w.folded == "" {
			return []window{}
		}
	}
	first, last := words[0], words[len(words)-1]
	list := []window{{joinNameWords(keys), NameSpan{From: first.from, To: last.to, FullTo: last.to}}}
	if last.stem != "" {
		keys[len(keys)-1] = last.stem
		list = append(list, window{joinNameWords(keys), NameSpan{From: first.from, To: last.stemTo, FullTo: last.to}})
	}
	return list
}

// widestWindow is how many Persian words one Latin word may be.
const widestWindow = 3

// A persianText is a text with the windows that were asked for.
type persianText struct {
	words   []persianWord
	windows [][widestWindow][]window // by first word and number of words less one
	taken   []bool                   // words that render a name already
}

// at returns the windows of n words from word i.
func (t *persianText) at(i, n int) []window {
	if i+n > len(t.words) {
		return nil
	}
	if t.windows[i][n-1] == nil {
		t.windows[i][n-1] = windows(t.words[i : i+n])
	}
	return t.windows[i][n-1]
}

// take marks the words of a span.
func (t *persianText) take(s NameSpan) {
	for i, w := range t.words {
		t.taken[i] = t.taken[i] || s.From <= w.from && w.from < s.To
	}
}

// free reports whether no word of i..i+n renders a name already.
func (t *persianText) free(i, n int) bool {
	for _, taken := range t.taken[i : i+n] {
		if taken {
			return false
		}
	}
	return true
}
