package memory

import (
	"io"
	"slices"
)

// Save writes the index, for [OpenTable]; the units are not in it. Stamp is
// what the caller wants to know of it when it is read, such as the last change
// of the database that it has. The table answers and changes meanwhile; what is
// saved is its state when Save began.
func (t *Table) Save(w io.Writer, stamp int64) error {
	t.init()
	s := t.snapshot()
	f := newFileWriter(w)
	f.raw([]byte(magic))
	f.number(probe())
	f.number(uint64(stamp))
	s.write(f)
	return f.close()
}

// A snapshot is the state of a table.
type snapshot struct {
	seed     uint64
	traits   traits
	columns  []column
	segments []*segment
}

func (t *Table) snapshot() *snapshot {
	t.mu.RLock()
	s := &snapshot{seed: t.seed, traits: t.traits}
	for _, c := range t.columns {
		s.columns = append(s.columns, *c)
	}
	words := t.sizes()
	var drafts []material
	for _, p := range t.parts() {
		switch p := p.(type) {
		case *segment:
			frozen := *p
			frozen.gone = slices.Clone(p.gone)
			s.segments = append(s.segments, &frozen)
		case *draft:
			drafts = append(drafts, freeze(p))
		}
	}
	t.mu.RUnlock()
	if len(drafts) > 0 {
		if all := sorted(&s.traits, drafts); all.len() > 0 {
			s.segments = append(s.segments, newSegment(all, words))
		}
	}
	return s
}

func (s *snapshot) write(f *fileWriter) {
	f.number(s.seed)
	f.number(uint64(len(s.columns)))
	for i := range s.columns {
		f.text(s.columns[i].tag.String())
		put(f, s.columns[i].words.text)
		put(f, s.columns[i].words.ends)
	}
	f.number(uint64(len(s.traits.tags)))
	for _, tag := range s.traits.tags {
		f.text(tag.tag.String())
		f.number(uint64(tag.column))
	}
	f.number(uint64(len(s.traits.list)))
	for i := range s.traits.list {
		f.text(s.traits.list[i].key)
	}
	f.number(uint64(len(s.segments)))
	for _, part := range s.segments {
		part.write(f)
	}
}

func (s *segment) write(f *fileWriter) {
	s.ledger.write(f)
	s.exact.write(f)
	s.bare.write(f)
	f.number(uint64(len(s.lanes)))
	for column, l := range s.lanes {
		f.number(uint64(column))
		l.write(f)
	}
}

func (l *ledger) write(f *fileWriter) {
	put(f, l.ids)
	put(f, l.times)
	put(f, l.traits)
	nears := make([]uint32, 0, 2*len(l.nears))
	for _, n := range l.nears {
		nears = append(nears, n[0], n[1])
	}
	put(f, nears)
	f.number(uint64(l.stride))
	put(f, l.first)
	put(f, l.senses)
	put(f, l.spellings)
	bares := make([]uint64, 0, 3*len(l.bares))
	for _, b := range l.bares {
		bares = append(bares, b.sense, uint64(b.spelling)<<32|uint64(b.variant), uint64(b.values))
	}
	put(f, bares)
	put(f, l.values)
	put(f, l.gone)
}

func (b *buckets) write(f *fileWriter) {
	put(f, b.starts)
	put(f, b.refs)
}

func (l *lane) write(f *fileWriter) {
	chunks := make([]uint32, 0, 4*len(l.chunks))
	for _, c := range l.chunks {
		chunks = append(chunks, c.base, c.n, c.least, c.most)
	}
	put(f, chunks)
	put(f, l.owner)
	put(f, l.rows)
	put(f, l.rowAt)
	put(f, l.occurs)
	put(f, l.ranks)
	put(f, l.repeats)
	put(f, l.lists)
	put(f, l.short)
	put(f, l.long)
	put(f, l.parts)
	put(f, l.sizes)
}
