package memory

import (
	"slices"

	"tarjoman/tm"
)

// work reads batches.
func (l *load) work(todo <-chan batch) {
	w := worker{load: l, parser: parser{seed: l.seed}}
	for b := range todo {
		b.ready <- w.read(b.units)
	}
}

// A worker reads one batch after the other, in the same room.
type worker struct {
	*load
	parser
	*draft
	words   []vocabulary // by column, as they were when the batch began
	traits  []uint32     // by unit
	guesses []guess
	tokens  []uint32 // of all texts, notYet and an index for those in unknown
	unknown []unknown
	letters []byte // of the unknown words
}

// notYet marks a number that is one in the list of unknown words.
const notYet = 1 << 31

// unknown is a word that the table did not know.
type unknown struct {
	column uint32
	end    uint32 // in letters; it begins where the one before ends
	number uint32 // once it is known
}

func (w *worker) read(units []*tm.Unit) *draft {
	w.draft = w.spare.Get().(*draft)
	w.draft.empty()
	w.tokens, w.unknown, w.letters = w.tokens[:0], w.unknown[:0], w.letters[:0]
	columns := w.learnTraits(units)
	for i, u := range units {
		p := w.parse(u, func(side int) { w.find(columns[side]) })
		w.draft.add(w.load.seed, p, w.traits[i], columns)
		columns = columns[len(u.Variants):]
	}
	w.learnWords()
	rest := w.tokens
	for _, n := range w.draft.counts {
		w.addRow(rest[:n])
		rest = rest[n:]
	}
	return w.draft
}

// learnTraits sets the traits of units and returns the columns of all their
// variants.
func (w *worker) learnTraits(units []*tm.Unit) (columns []uint32) {
	w.mu.Lock()
	defer w.mu.Unlock()
	w.traits = w.traits[:0]
	columns = make([]uint32, 0, 2*len(units))
	for _, u := range units {
		trait := w.load.traits.number(u, w.column)
		w.traits = append(w.traits, trait)
		columns = w.load.traits.appendColumns(columns, trait)
	}
	w.words = w.words[:0]
	for _, c := range w.load.columns {
		w.words = append(w.words, c.words)
	}
	return columns
}

// find looks up the words of the last text.
func (w *worker) find(column uint32) {
	w.guesses = slices.Grow(w.guesses[:0], len(w.pieces))[:len(w.pieces)]
	w.words[column].findAll(w.key, w.pieces, w.guesses)
	for i, p := range w.pieces {
		id := w.guesses[i].id
		if id == 0 {
			word := w.key[p.from:p.to]
			id = notYet | uint32(len(w.unknown))
			w.letters = append(w.letters, word...)
			w.unknown = append(w.unknown, unknown{column: column, end: uint32(len(w.letters))})
		}
		w.tokens = append(w.tokens, id)
	}
}

// learnWords makes known what words the table does not know.
func (w *worker) learnWords() {
	for i := range w.words {
		w.words[i] = w.words[i].grown(2 * len(w.unknown))
	}
	w.mu.Lock()
	for i, g := range w.words {
		w.load.columns[i].words.adopt(g)
	}
	from := uint32(0)
	for i := range w.unknown {
		u := &w.unknown[i]
		u.number = w.load.columns[u.column].words.addBytes(w.letters[from:u.end])
		from = u.end
	}
	w.mu.Unlock()
	for i, id := range w.tokens {
		if id&notYet != 0 {
			w.tokens[i] = w.unknown[id&^notYet].number
		}
	}
}
