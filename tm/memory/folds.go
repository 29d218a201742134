package memory

import (
	"bytes"
	"sort"
	"strings"
	"sync"
)

// folds knows the words of a vocabulary whose folded form is another one:
// "café" is searched as "cafe". It is brought up to date when it is asked.
type folds struct {
	mu    sync.Mutex
	known int // words looked at
	of    map[uint32]string
	words map[string][]uint32
}

// update looks at the words that are new. The lock of the table is held, so the
// vocabulary stands still.
func (c *column) update() {
	f := c.folds
	f.mu.Lock()
	defer f.mu.Unlock()
	if f.of == nil {
		f.of, f.words = map[uint32]string{}, map[string][]uint32{}
	}
	for ; f.known < c.words.len(); f.known++ {
		id := uint32(f.known + 1)
		word := c.words.bytes(id)
		if isPlain(word) {
			continue
		}
		if folded := c.fold(string(word)); folded != string(word) {
			f.of[id] = folded
			f.words[folded] = append(f.words[folded], id)
		}
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

// folded returns the folded form of a word.
func (c *column) folded(id uint32) []byte {
	if f, ok := c.folds.of[id]; ok {
		return []byte(f)
	}
	return c.words.bytes(id)
}

// spelled returns the words with a folded form.
func (c *column) spelled(folded string) []uint32 {
	ids := c.folds.words[folded]
	id := c.words.find(folded)
	if _, other := c.folds.of[id]; id == 0 || other {
		return ids
	}
	return append([]uint32{id}, ids...)
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

// where says which part of a word a text is looked for in.
type where uint8

const (
	anywhere where = iota
	atStart
	atEnd
)

// containing returns the words whose folded form contains a folded text.
func (c *column) containing(text string, at where) *wordSet {
	set := newWordSet(c.words.len())
	c.words.containing(text, at, set.add)
	for id, folded := range c.folds.of {
		if contains(folded, text, at) {
			set.add(id)
		}
	}
	return set
}

func contains(word, text string, at where) bool {
	switch at {
	case atStart:
		return strings.HasPrefix(word, text)
	case atEnd:
		return strings.HasSuffix(word, text)
	}
	return strings.Contains(word, text)
}

// containing calls yield with the words that contain text, some more than once.
func (v *vocabulary) containing(text string, at where, yield func(id uint32)) {
	needle := []byte(text)
	for from, word := 0, 0; ; {
		i := bytes.Index(v.text[from:], needle)
		if i < 0 {
			return
		}
		from += i
		word = v.holding(word, uint32(from))
		start, end := uint32(0), v.ends[word]
		if word > 0 {
			start = v.ends[word-1]
		}
		begins, stops := uint32(from) == start, uint32(from+len(needle)) == end
		if uint32(from+len(needle)) <= end && (at == anywhere || at == atStart && begins || at == atEnd && stops) {
			yield(uint32(word + 1))
		}
		from++
	}
}

// holding returns the index in ends of the word that holds a byte; it is not
// before the word given.
func (v *vocabulary) holding(word int, at uint32) int {
	for end := word + 16; word < end; word++ {
		if word == len(v.ends) || v.ends[word] > at {
			return word
		}
	}
	return word + sort.Search(len(v.ends)-word, func(i int) bool { return v.ends[word+i] > at })
}
