package memory

import (
	"bytes"
	"maps"
	"slices"
	"sort"
	"strings"
	"sync"
)

// A lexicon is what concordance knows of the words of a language: which are
// written otherwise when folded, as "café" and "cafe", and how they are ordered
// by their beginnings and ends. It never changes; when words were added there
// is a new one.
type lexicon struct {
	known   int // words looked at
	folds   map[uint32]string
	odd     []uint64            // bitmap of the words in folds
	foldsOf map[string][]uint32 // the words of a folded form, of those in folds

	ordered int      // words in the lists; those after are tried one by one
	byStart []uint32 // in the order of their bytes
	byEnd   []uint32 // in the order of their bytes read backwards
}

// lexicons keeps the newest lexicon of a column.
type lexicons struct {
	mu   sync.Mutex
	last lexicon
}

// unordered is how many words may be tried one by one before the lists are made
// anew; an eighth of those ordered may, too.
const unordered = 4096

// lexicon returns one that knows all words, of which v may be a copy: the words
// themselves never change.
func (c *column) lexicon(v *vocabulary) *lexicon {
	c.lexicons.mu.Lock()
	defer c.lexicons.mu.Unlock()
	l := c.lexicons.last
	if v.len()-l.ordered > max(unordered, l.ordered/8) {
		l.order(v)
	}
	if v.len() > l.known {
		l.learn(c, v)
	}
	c.lexicons.last = l
	return &l
}

func (l *lexicon) learn(c *column, v *vocabulary) {
	cloned := false
	for ; l.known < v.len(); l.known++ {
		id := uint32(l.known + 1)
		word := v.bytes(id)
		if isPlain(word) {
			continue
		}
		folded := c.fold(string(word))
		if folded == string(word) {
			continue
		}
		if !cloned {
			cloned = true
			l.folds, l.foldsOf = maps.Clone(l.folds), maps.Clone(l.foldsOf)
			l.odd = append(make([]uint64, 0, v.len()/64+1), l.odd...)
		}
		if l.folds == nil {
			l.folds, l.foldsOf = map[uint32]string{}, map[string][]uint32{}
		}
		l.folds[id] = folded
		for int(id/64) >= len(l.odd) {
			l.odd = append(l.odd, 0)
		}
		l.odd[id/64] |= 1 << (id % 64)
		l.foldsOf[folded] = append(slices.Clip(l.foldsOf[folded]), id)
	}
}

// isPlain reports whether a lower-cased word is its own folded form.
func isPlain(word []byte) bool {
	for _, b := range word {
		if b >= 0x80 {
			return false
		}
	}
	return true
}

// fold returns the form in which tokens are compared; a token of nothing but
// marks stays as it is.
func (c *column) fold(token string) string {
	folded := strings.ReplaceAll(c.profile.FoldString(token), string(zwnj), "")
	if strings.TrimSpace(folded) == "" {
		return token
	}
	return folded
}

func (l *lexicon) order(v *vocabulary) {
	l.ordered = v.len()
	l.byStart, l.byEnd = make([]uint32, l.ordered), make([]uint32, l.ordered)
	for i := range l.byStart {
		l.byStart[i], l.byEnd[i] = uint32(i+1), uint32(i+1)
	}
	slices.SortFunc(l.byStart, func(a, b uint32) int { return bytes.Compare(v.bytes(a), v.bytes(b)) })
	slices.SortFunc(l.byEnd, func(a, b uint32) int { return compareEnds(v.bytes(a), v.bytes(b)) })
}

// compareEnds is bytes.Compare for words read backwards.
func compareEnds[A, B string | []byte](a A, b B) int {
	for i := 1; i <= min(len(a), len(b)); i++ {
		if x, y := a[len(a)-i], b[len(b)-i]; x != y {
			return int(x) - int(y)
		}
	}
	return len(a) - len(b)
}

func (l *lexicons) size() int {
	l.mu.Lock()
	defer l.mu.Unlock()
	n := 4 * (cap(l.last.byStart) + cap(l.last.byEnd))
	for _, f := range l.last.folds {
		n += 2*len(f) + 100
	}
	return n
}

// isOdd reports whether the word has another folded form.
func (l *lexicon) isOdd(id uint32) bool {
	return int(id/64) < len(l.odd) && l.odd[id/64]>>(id%64)&1 == 1
}

// A wordSet is a set of words of a vocabulary.
type wordSet struct {
	ids  []uint32
	bits []uint64
}

func newWordSet(words int) *wordSet { return &wordSet{bits: make([]uint64, words/64+1)} }

func (w *wordSet) add(id uint32) {
	if !w.has(id) {
		w.bits[id/64] |= 1 << (id % 64)
		w.ids = append(w.ids, id)
	}
}

func (w *wordSet) has(id uint32) bool { return w.bits[id/64]>>(id%64)&1 == 1 }

// spot says which part of a word a text is looked for in.
type spot uint8

const (
	anywhere spot = iota
	atStart
	atEnd
)

// containing returns the words whose folded form contains a folded text.
func (l *lexicon) containing(v *vocabulary, text string, at spot) *wordSet {
	set := newWordSet(v.len())
	switch at {
	case anywhere:
		v.containing(text, set.add)
	case atStart:
		from := sort.Search(l.ordered, func(i int) bool { return string(v.bytes(l.byStart[i])) >= text })
		l.addWhile(set, v, l.byStart[from:], text, at)
	default:
		from := sort.Search(l.ordered, func(i int) bool { return compareEnds(v.bytes(l.byEnd[i]), text) >= 0 })
		l.addWhile(set, v, l.byEnd[from:], text, at)
	}
	for id, folded := range l.folds {
		if contains(folded, text, at) {
			set.add(id)
		}
	}
	return set
}

// addWhile adds the words of an ordered list as long as they contain the text,
// and those without order that do.
func (l *lexicon) addWhile(set *wordSet, v *vocabulary, list []uint32, text string, at spot) {
	for _, id := range list {
		if !contains(string(v.bytes(id)), text, at) {
			break
		}
		set.add(id)
	}
	for id := uint32(l.ordered + 1); int(id) <= v.len(); id++ {
		if contains(string(v.bytes(id)), text, at) {
			set.add(id)
		}
	}
}

func contains(word, text string, at spot) bool {
	switch at {
	case atStart:
		return strings.HasPrefix(word, text)
	case atEnd:
		return strings.HasSuffix(word, text)
	}
	return strings.Contains(word, text)
}

// containing calls yield with the words that contain text, some more than once.
func (v *vocabulary) containing(text string, yield func(id uint32)) {
	needle := []byte(text)
	for from, word := 0, 0; ; {
		i := bytes.Index(v.text[from:], needle)
		if i < 0 {
			return
		}
		from += i
		word = v.holding(word, uint32(from))
		if uint32(from+len(needle)) <= v.ends[word] {
			yield(uint32(word + 1))
		}
		from++
	}
}

// holding returns the index in ends of the word that holds a byte; it is not
// before the word given.
func (v *vocabulary) holding(word int, at uint32) int {
	for end := word + 16; word < end; word++ {
		if v.ends[word] > at {
			return word
		}
	}
	return word + sort.Search(len(v.ends)-word, func(i int) bool { return v.ends[word+i] > at })
}
