package memory

import (
	"fmt"
	"io"

	"golang.org/x/text/language"

	"tarjoman/tm"
	"tarjoman/tm/lang"
)

// OpenTable reads what [Table.Save] wrote and returns the table, which asks s
// for its units, and the stamp. It refuses a file that is damaged, of another
// version, or written when texts were cut into tokens in another way: then the
// table has to be loaded again.
func OpenTable(s Source, r io.Reader) (t *Table, stamp int64, err error) {
	f := newFileReader(r)
	if string(f.raw(make([]byte, len(magic)))) != magic && f.err == nil {
		f.err = fmt.Errorf("this is no index of a memory, or one of another version")
	}
	if f.number() != probe() && f.err == nil {
		f.err = fmt.Errorf("the index was saved when texts were read in another way")
	}
	stamp = int64(f.number())
	var state snapshot
	state.read(f)
	if err := f.close(); err != nil {
		return nil, 0, err
	}
	t = NewTable(s)
	t.once.Do(func() { err = t.restore(&state) })
	if err != nil {
		return nil, 0, err
	}
	return t, stamp, nil
}

// restore fills an empty table, when everything in the state is consistent.
func (t *Table) restore(s *snapshot) error {
	t.prepare(s.seed)
	for i := range s.columns {
		c := &s.columns[i]
		g := groupOf(c.tag)
		if _, double := t.columnOf[g]; double || !c.words.valid() {
			return errDamaged
		}
		t.columnOf[g] = uint32(i)
		c.profile = lang.For(c.tag)
		c.words.seed = s.seed
		c.words.grow(slotsFor(c.words.len()))
		t.columns = append(t.columns, c)
	}
	if !s.traits.valid(t.columnOf) {
		return errDamaged
	}
	t.traits = s.traits
	words := t.sizes()
	for _, part := range s.segments {
		if !part.valid(&t.traits, words) {
			return errDamaged
		}
		t.segments = append(t.segments, part)
	}
	return nil
}

// slotsFor returns the number of slots that n words need: a power of two.
func slotsFor(n int) int {
	slots := 64
	for 4*(n+1) > 3*slots {
		slots *= 2
	}
	return slots
}

func (s *snapshot) read(f *fileReader) {
	s.seed = f.number()
	for n := f.count(); n > 0 && f.err == nil; n-- {
		s.columns = append(s.columns, column{tag: f.tag(), words: vocabulary{text: get[byte](f), ends: get[uint32](f)}, lexicons: &lexicons{}})
	}
	s.traits.numbers, s.traits.tagOf = map[string]uint32{}, map[language.Tag]uint32{}
	for n := f.count(); n > 0 && f.err == nil; n-- {
		tag := tagOf{f.tag(), uint32(f.number())}
		s.traits.tagOf[tag.tag] = uint32(len(s.traits.tags))
		s.traits.tags = append(s.traits.tags, tag)
	}
	for n := f.count(); n > 0 && f.err == nil; n-- {
		s.traits.learn(decodeTrait(f.text()))
	}
	for n := f.count(); n > 0 && f.err == nil; n-- {
		s.segments = append(s.segments, readSegment(f))
	}
}

func (r *fileReader) tag() language.Tag {
	tag, err := language.Parse(r.text())
	if err != nil {
		r.fail()
	}
	return tag
}

func readSegment(f *fileReader) *segment {
	s := &segment{ledger: readLedger(f), lanes: map[uint32]*lane{}}
	s.exact, s.bare = readBuckets(f), readBuckets(f)
	for n := f.count(); n > 0 && f.err == nil; n-- {
		column := uint32(f.number())
		s.lanes[column] = readLane(f)
	}
	return s
}

func readLedger(f *fileReader) ledger {
	var l ledger
	l.ids = get[tm.UnitID](f)
	l.times, l.traits = get[int64](f), get[uint32](f)
	nears := get[uint32](f)
	if len(nears) > 0 {
		l.nears = make([][2]uint32, 0, len(nears)/2)
	}
	for i := 0; i+1 < len(nears); i += 2 {
		l.nears = append(l.nears, [2]uint32{nears[i], nears[i+1]})
	}
	l.stride = uint32(f.number())
	l.first = get[uint32](f)
	l.senses, l.spellings = get[uint64](f), get[uint32](f)
	bares := get[uint64](f)
	if len(bares) > 0 {
		l.bares = make([]bare, 0, len(bares)/3)
	}
	for i := 0; i+2 < len(bares); i += 3 {
		l.bares = append(l.bares, bare{bares[i], uint32(bares[i+1] >> 32), uint32(bares[i+1]), uint32(bares[i+2])})
	}
	l.values, l.gone = get[uint32](f), get[uint64](f)
	return l
}

func readBuckets(f *fileReader) buckets {
	b := buckets{starts: get[uint32](f), refs: get[uint32](f)}
	b.shift = uint(64 - widthOf(len(b.refs)))
	return b
}

func readLane(f *fileReader) *lane {
	l := &lane{}
	chunks := get[uint32](f)
	for i := 0; i+3 < len(chunks); i += 4 {
		l.chunks = append(l.chunks, chunk{chunks[i], chunks[i+1], chunks[i+2], chunks[i+3]})
	}
	l.owner, l.rows, l.rowAt = get[uint32](f), get[byte](f), get[uint32](f)
	l.occurs, l.ranks, l.repeats = get[uint64](f), get[uint32](f), get[uint64](f)
	l.lists, l.short, l.long = get[uint32](f), get[uint32](f), get[uint16](f)
	l.parts, l.sizes = get[uint32](f), get[uint32](f)
	return l
}
