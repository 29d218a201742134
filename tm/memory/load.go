package memory

import (
	"cmp"
	"context"
	"iter"
	"runtime"
	"slices"
	"strings"
	"sync"

	"golang.org/x/text/language"

	"tarjoman/tm"
)

// A load is a Load under way.
type load struct {
	*Table
	touched map[tm.UnitID]bool   // put or deleted meanwhile
	dropped map[tm.MemoryID]bool // memories removed meanwhile
	made    []*segment
	all     *draft
	units   []*tm.Unit // for a table that keeps them
}

// batchUnits is how many units one worker reads at a time.
const batchUnits = 1024

// Load adds many units at once, as [Table.PutIfAbsent] would: of several with
// one ID the first, and none that is in the table, or was put or deleted while
// Load went on. They are found when it returns. It stops with the first error of
// the units or of ctx; then nothing was added.
func (t *Table) Load(ctx context.Context, units iter.Seq2[*tm.Unit, error]) error {
	t.init()
	l := t.beginLoad()
	defer t.endLoad(l)
	if err := l.read(ctx, units); err != nil {
		return err
	}
	l.index()
	t.adopt(l)
	return nil
}

func (t *Table) beginLoad() *load {
	t.mu.Lock()
	defer t.mu.Unlock()
	l := &load{Table: t, touched: map[tm.UnitID]bool{}, dropped: map[tm.MemoryID]bool{}, all: &draft{}}
	if t.loads == nil {
		t.loads = map[*load]bool{}
	}
	t.loads[l] = true
	return l
}

func (t *Table) endLoad(l *load) {
	t.mu.Lock()
	defer t.mu.Unlock()
	delete(t.loads, l)
	t.tend()
}

// A batch is read by one worker; its draft is sent when it is ready.
type batch struct {
	units []*tm.Unit
	ready chan *draft
}

// read reads the units with several workers and appends their drafts in the
// order of the units.
func (l *load) read(ctx context.Context, units iter.Seq2[*tm.Unit, error]) error {
	workers := runtime.GOMAXPROCS(0)
	todo, order := make(chan batch), make(chan chan *draft, 2*workers)
	var reading, collecting sync.WaitGroup
	for range workers {
		reading.Go(func() { l.work(todo) })
	}
	collecting.Go(func() { l.collect(order) })
	err := l.cut(ctx, units, func(list []*tm.Unit) {
		b := batch{list, make(chan *draft, 1)}
		order <- b.ready
		todo <- b
	})
	close(todo)
	reading.Wait()
	close(order)
	collecting.Wait()
	return err
}

// cut makes batches of those units that the table does not have. The first
// batch is larger and read here, so that frequent words get small numbers.
func (l *load) cut(ctx context.Context, units iter.Seq2[*tm.Unit, error], yield func([]*tm.Unit)) error {
	var list []*tm.Unit
	most := 4 * batchUnits
	send := func() {
		l.mu.RLock()
		list = slices.DeleteFunc(list, func(u *tm.Unit) bool { return l.has(u.ID) })
		l.mu.RUnlock()
		if most > batchUnits {
			l.rankWords(list)
			most = batchUnits
			for part := range slices.Chunk(list, batchUnits) {
				yield(part)
			}
		} else if len(list) > 0 {
			yield(list)
		}
		list = nil
	}
	for u, err := range units {
		if err == nil {
			err = ctx.Err()
		}
		if err != nil {
			return err
		}
		if l.source == nil {
			l.units = append(l.units, u)
		}
		if list = append(list, u); len(list) == most {
			send()
		}
	}
	send()
	return ctx.Err()
}

// rankWords numbers the words of some units, the frequent ones first.
func (l *load) rankWords(units []*tm.Unit) {
	counts := map[language.Tag]map[string]int{}
	for _, u := range units {
		p := parse(l.seed, u)
		for i, v := range u.Variants {
			if counts[v.Lang] == nil {
				counts[v.Lang] = map[string]int{}
			}
			for _, w := range p.sides[i].words {
				counts[v.Lang][w]++
			}
		}
	}
	l.mu.Lock()
	defer l.mu.Unlock()
	for tag, words := range counts {
		c := l.columns[l.column(tag)]
		for _, w := range byCount(words) {
			c.words.add(w)
		}
	}
}

func byCount(counts map[string]int) []string {
	var words []string
	for w := range counts {
		words = append(words, w)
	}
	slices.SortFunc(words, func(a, b string) int { return cmp.Or(cmp.Compare(counts[b], counts[a]), cmp.Compare(a, b)) })
	return words
}

// work reads batches. Its own list of words spares most waiting for the lock.
func (l *load) work(todo <-chan batch) {
	w := worker{load: l}
	for b := range todo {
		b.ready <- w.read(b.units)
	}
}

type worker struct {
	*load
	words []map[string]uint32 // by column
}

func (w *worker) read(units []*tm.Unit) *draft {
	list := make([]parsed, len(units))
	for i, u := range units {
		list[i] = parse(w.seed, u)
	}
	d := &draft{}
	traits, columns := w.learnTraits(list)
	w.learnWords(list, columns)
	for i := range list {
		d.add(w.seed, &list[i], traits[i], columns[i])
	}
	return d
}

// learnWords sets the tokens of the units, and makes known what words the table
// does not know.
func (w *worker) learnWords(list []parsed, columns [][]uint32) {
	type place struct{ column, word uint32 }
	var news []place // words that stand in unknown, by column
	var unknown []string
	for i := range list {
		for side, column := range columns[i] {
			for len(w.words) <= int(column) {
				w.words = append(w.words, map[string]uint32{})
			}
			s, known := &list[i].sides[side], w.words[column]
			s.tokens = make([]uint32, len(s.words))
			for k, word := range s.words {
				id, ok := known[word]
				if !ok {
					word = strings.Clone(word)
					id = notYet | uint32(len(unknown))
					known[word] = id
					news, unknown = append(news, place{column, 0}), append(unknown, word)
				}
				s.tokens[k] = id
			}
		}
	}
	w.mu.Lock()
	for i := range news {
		news[i].word = w.columns[news[i].column].words.add(unknown[i])
	}
	w.mu.Unlock()
	for i, word := range unknown {
		w.words[news[i].column][word] = news[i].word
	}
	for i := range list {
		for side := range list[i].sides {
			for k, id := range list[i].sides[side].tokens {
				if id&notYet != 0 {
					list[i].sides[side].tokens[k] = news[id&^notYet].word
				}
			}
		}
	}
}

// notYet marks a number that is one in the list of unknown words.
const notYet = 1 << 31

func (w *worker) learnTraits(list []parsed) (traits []uint32, columns [][]uint32) {
	w.mu.Lock()
	defer w.mu.Unlock()
	for i := range list {
		trait := w.traits.number(list[i].unit, w.column)
		var of []uint32
		for _, v := range w.traits.list[trait].variants {
			of = append(of, w.traits.columnOf(v))
		}
		traits, columns = append(traits, trait), append(columns, of)
	}
	return traits, columns
}

// collect appends drafts in order.
func (l *load) collect(order <-chan chan *draft) {
	for ready := range order {
		d := <-ready
		if len(l.all.rows)+len(d.rows) > maxRows {
			l.index()
		}
		l.all.append(d)
	}
}

// index makes a segment of what was read.
func (l *load) index() {
	if l.all.len() == 0 {
		return
	}
	l.mu.RLock()
	traits, words := l.traits, l.sizes()
	l.mu.RUnlock()
	l.made = append(l.made, newSegment(sorted(&traits, []material{l.all}), words))
	l.all = &draft{}
}

// adopt makes the segments part of the table.
func (t *Table) adopt(l *load) {
	t.mu.Lock()
	defer t.mu.Unlock()
	for i, s := range l.made {
		for id := range l.touched {
			if u, ok := s.find(id); ok {
				s.kill(u)
			}
		}
		for memory := range l.dropped {
			t.dropFrom(&s.ledger, memory)
		}
		for _, older := range l.made[:i] {
			killDoubles(s, older)
		}
	}
	for _, u := range l.units {
		if !l.touched[u.ID] && !l.dropped[u.Memory] && t.kept[u.ID] == nil {
			t.keep(u)
		}
	}
	t.segments = append(slices.Clone(l.made), t.segments...)
}

// killDoubles removes from a segment the units that another one has.
func killDoubles(s, older *segment) {
	for u, id := range s.ids {
		if _, ok := older.find(id); ok {
			s.kill(uint32(u))
		}
	}
}

// A Size says how large a table is.
type Size struct {
	Units    int
	Entries  map[language.Tag]int // texts by language, deleted ones included
	Segments int
	Bytes    int // of the index, without the units themselves
}

// Size returns how large the table is.
func (t *Table) Size() Size {
	t.mu.RLock()
	defer t.mu.RUnlock()
	size := Size{Entries: map[language.Tag]int{}, Segments: len(t.segments), Bytes: t.traits.size}
	for _, p := range t.parts() {
		size.Units += p.facts().live()
		size.Bytes += p.bytes()
	}
	for i, c := range t.columns {
		size.Bytes += c.words.size() + c.lexicons.size()
		size.Entries[c.tag] += t.entries(uint32(i))
	}
	return size
}

func (t *Table) entries(column uint32) int {
	n := 0
	for _, s := range t.segments {
		if l := s.lanes[column]; l != nil {
			n += len(l.owner)
		}
	}
	for _, d := range append(slices.Clone(t.sealed), t.fresh) {
		if d != nil {
			for _, c := range d.columns {
				if c == column {
					n++
				}
			}
		}
	}
	return n
}
