package glossary

import (
	_ "embed"
	"strings"
	"unicode/utf8"
)

//go:embed data/names.txt
var nameList string

var names = readNames(nameList)

// nameWords is what is known about words that names are made of.
type nameWords struct {
	latin   map[string]int // plain spelling to entry
	persian map[string]int // key to entry
	entries []nameEntry
}

// A nameEntry is one name: its Persian spelling and the usual Latin one.
type nameEntry struct {
	persian string
	latin   string
}

// readNames reads a list: in each line the Persian spelling and then the Latin
// ones; # begins a comment.
func readNames(list string) nameWords {
	w := nameWords{latin: map[string]int{}, persian: map[string]int{}}
	for line := range strings.Lines(withoutComments(list)) {
		fields := strings.Fields(line)
		if len(fields) < 2 {
			continue
		}
		entry := len(w.entries)
		w.entries = append(w.entries, nameEntry{fields[0], fields[1]})
		w.persian[PersianNameKey(fields[0])] = entry
		for _, spelling := range fields[1:] {
			w.latin[strings.Join(latinTokens(spelling), "")] = entry
		}
	}
	return w
}

// judge tells whether two plain words are one name; known is false when one of
// them is not in the list.
func (w *nameWords) judge(a, b string) (same, known bool) {
	x, ok := w.latin[a]
	y, also := w.latin[b]
	return x == y, ok && also
}

// persianOf returns the Persian spelling of a plain Latin word, "" when it is
// not in the list.
func (w *nameWords) persianOf(word string) string {
	if e, ok := w.latin[word]; ok {
		return w.entries[e].persian
	}
	return ""
}

// latinOf returns the usual Latin spelling of a folded Persian word, "" when it
// is not in the list.
func (w *nameWords) latinOf(word string) string {
	if e, ok := w.persian[joinNameWords([]string{word})]; ok {
		return w.entries[e].latin
	}
	return ""
}

// capital writes a word with a capital.
func capital(word string) string {
	_, size := utf8.DecodeRuneInString(word)
	return strings.ToUpper(word[:size]) + word[size:]
}
