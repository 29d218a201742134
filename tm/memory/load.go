package memory

import (
	"cmp"
	"context"
	"iter"
	"runtime"
	"slices"
	"sync"

	"golang.org/x/text/language"

	"tarjoman/tm"
	"tarjoman/tm/lang"
)

// A load is a Load under way.
type load struct {
	*Table
	touched map[tm.UnitID]bool   // put or deleted meanwhile
	dropped map[tm.MemoryID]bool // memories removed meanwhile
	made    []*segment
	spare   sync.Pool  // of drafts
	harvest *harvest   // of what is not yet in a segment
	rows    int        // bytes of its rows
	untidy  int        // units read since garbage was last collected
	units   []*tm.Unit // for a table that keeps them
}

// batchUnits is how many units one worker reads at a time, rankedUnits those
// whose words are numbered by how frequent they are; fewer when their texts have
// batchBytes. After untidyUnits there is much garbage.
const (
	batchUnits  = 256
	rankedUnits = 4096
	batchBytes  = 4 << 20
	untidyUnits = 1 << 16
)

// Load adds many units at once, as [Table.PutIfAbsent] would: of several with
// one ID the first, and none that is in the table, or was put or deleted while
// Load went on. They are found when it returns. It stops with the first error of
// the units or of ctx; then nothing was added.
func (t *Table) Load(ctx context.Context, units iter.Seq2[*tm.Unit, error]) error {
	t.init()
	l := t.beginLoad()
	defer t.endLoad(l)
	if err := l.gather(ctx, units); err != nil {
		return err
	}
	l.index()
	t.adopt(l)
	return nil
}

func (t *Table) beginLoad() *load {
	t.mu.Lock()
	defer t.mu.Unlock()
	l := &load{Table: t, touched: map[tm.UnitID]bool{}, dropped: map[tm.MemoryID]bool{}, harvest: newHarvest()}
	l.spare.New = func() any { return &draft{} }
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

// A batch is read by one worker; its draft is sent when it is ready, and used
// again.
type batch struct {
	units []*tm.Unit
	ready chan *draft
}

// gather reads the units with several workers and collects their drafts in the
// order of the units.
func (l *load) gather(ctx context.Context, units iter.Seq2[*tm.Unit, error]) error {
	workers := max(1, runtime.GOMAXPROCS(0)-1) // one processor is for those who wait
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
	most, size := rankedUnits, 0
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
		list, size = append(list, u), size+u.Size()
		if len(list) == most || size >= batchBytes {
			send()
			size = 0
		}
	}
	send()
	return ctx.Err()
}

// rankWords numbers the words of some units, the frequent ones first.
func (l *load) rankWords(units []*tm.Unit) {
	counts := map[language.Tag]map[string]int{}
	for _, u := range units {
		for i := range u.Variants {
			v := &u.Variants[i]
			if counts[v.Lang] == nil {
				counts[v.Lang] = map[string]int{}
			}
			for _, w := range tokenize(lang.For(v.Lang), v.Content.Text) {
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

// collect takes drafts in order.
func (l *load) collect(order <-chan chan *draft) {
	for ready := range order {
		d := <-ready
		if l.rows+len(d.rows) > maxRows {
			l.index()
		}
		if l.untidy += len(d.ids); l.untidy >= untidyUnits {
			l.untidy = 0
			tidy(muchGarbage)
		}
		l.harvest.addDraft(d)
		l.rows += len(d.rows)
		l.spare.Put(d)
	}
}

// index makes a segment of what was read.
func (l *load) index() {
	if l.harvest.len() == 0 {
		return
	}
	h := l.harvest
	l.harvest, l.rows = newHarvest(), 0
	l.mu.RLock()
	traits, words := l.traits, l.sizes()
	l.mu.RUnlock()
	s := newSegment(h, words)
	if h.mixed {
		s = newSegment(sorted(&traits, []material{open(s)}), words)
	}
	l.made = append(l.made, s)
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
