package memory

import (
	"context"
	"math/rand/v2"
	"sync"

	"golang.org/x/text/language"

	"tarjoman/tm"
	"tarjoman/tm/lang"
)

// A Source gives the units the index has found, in the order of ids; nil for
// one that is gone. It may be asked concurrently.
type Source interface {
	Units(ctx context.Context, ids []tm.UnitID) ([]*tm.Unit, error)
}

// A Table is the index of the units of all memories and answers for them. The
// zero value is an empty table that keeps the units itself. It is safe for
// concurrent use.
type Table struct {
	source Source
	kept   map[tm.UnitID]*tm.Unit // when there is no source

	once     sync.Once
	mu       sync.RWMutex // guards everything below
	seed     uint64       // of all hashes; never changes
	traits   traits
	columns  []*column
	columnOf map[group]uint32
	segments []*segment // the older first
	sealed   []*draft   // full, and being made into a segment
	fresh    *draft
	loads    map[*load]bool
	tending  bool // a goroutine merges segments
	idle     *sync.Cond

	searches sync.Pool
}

// A group is what tm.Unit.In takes for the same language: base and script.
type group struct {
	base   language.Base
	script language.Script
}

func groupOf(tag language.Tag) group {
	base, _ := tag.Base()
	script, _ := tag.Script()
	return group{base, script}
}

// A column is what the table knows of one language.
type column struct {
	tag      language.Tag // the first one met
	profile  *lang.Profile
	words    vocabulary
	lexicons *lexicons
}

// NewTable returns an empty table that asks s for the units it offers.
func NewTable(s Source) *Table { return &Table{source: s} }

// init makes the zero value usable.
func (t *Table) init() {
	t.once.Do(func() {
		t.mu.Lock()
		defer t.mu.Unlock()
		t.prepare(rand.Uint64())
	})
}

func (t *Table) prepare(seed uint64) {
	t.seed, t.columnOf, t.idle = seed, map[group]uint32{}, sync.NewCond(&t.mu)
	t.searches.New = func() any { return &search{} }
}

// freshUnits is how many new units are searched one by one before they are
// given an index.
const freshUnits = 1024

// Put adds a unit, or replaces the one with its ID. The unit must not be changed
// afterwards; a table without source keeps it, and matches point at it.
func (t *Table) Put(u *tm.Unit) { t.put(u, true) }

// PutIfAbsent is Put for a unit read from the database some time ago: a unit
// with its ID that is there already is newer and stays.
func (t *Table) PutIfAbsent(u *tm.Unit) { t.put(u, false) }

func (t *Table) put(u *tm.Unit, replace bool) {
	t.init()
	r, words := parser{seed: t.seed}, make([][]string, 0, 2)
	p := r.parse(u, func(int) { words = append(words, r.words()) })
	t.mu.Lock()
	defer t.mu.Unlock()
	if !replace && t.has(u.ID) {
		return
	}
	t.delete(u.ID)
	t.keep(u)
	if t.fresh == nil {
		t.fresh = &draft{}
	}
	t.enter(t.fresh, p, words)
	if t.fresh.len() >= freshUnits {
		t.seal()
		t.tend()
	}
}

func (t *Table) keep(u *tm.Unit) {
	if t.source != nil {
		return
	}
	if t.kept == nil {
		t.kept = map[tm.UnitID]*tm.Unit{}
	}
	t.kept[u.ID] = u
}

// enter adds a parsed unit to a draft; words are those of its sides.
func (t *Table) enter(d *draft, p *parsed, words [][]string) {
	trait := t.traits.number(p.unit, t.column)
	columns := t.traits.appendColumns(nil, trait)
	d.add(t.seed, p, trait, columns)
	for i, column := range columns {
		tokens := make([]uint32, len(words[i]))
		for k, w := range words[i] {
			tokens[k] = t.columns[column].words.add(w)
		}
		d.addRow(tokens)
	}
}

// column returns the number of a language's column, a new one if need be.
func (t *Table) column(tag language.Tag) uint32 {
	g := groupOf(tag)
	n, ok := t.columnOf[g]
	if !ok {
		n = uint32(len(t.columns))
		t.columns = append(t.columns, &column{tag: tag, profile: lang.For(tag), words: vocabulary{seed: t.seed}, lexicons: &lexicons{}})
		t.columnOf[g] = n
	}
	return n
}

func (t *Table) seal() {
	if t.fresh != nil {
		t.sealed = append(t.sealed, t.fresh)
		t.fresh = nil
	}
}

// parts returns all parts of the table.
func (t *Table) parts() []part {
	list := make([]part, 0, len(t.segments)+len(t.sealed)+1)
	for _, s := range t.segments {
		list = append(list, s)
	}
	for _, d := range t.sealed {
		list = append(list, d)
	}
	if t.fresh != nil {
		list = append(list, t.fresh)
	}
	return list
}

// locate returns the part that holds a unit; nil for none.
func (t *Table) locate(id tm.UnitID) (p part, unit uint32) {
	parts := t.parts()
	for i := len(parts) - 1; i >= 0; i-- {
		if u, ok := parts[i].find(id); ok {
			return parts[i], u
		}
	}
	return nil, 0
}

func (t *Table) has(id tm.UnitID) bool {
	p, _ := t.locate(id)
	return p != nil
}

// Delete removes a unit; one that is not there is no error.
func (t *Table) Delete(id tm.UnitID) {
	t.init()
	t.mu.Lock()
	defer t.mu.Unlock()
	t.delete(id)
	t.tend()
}

func (t *Table) delete(id tm.UnitID) {
	if p, u := t.locate(id); p != nil {
		p.facts().kill(u)
		delete(t.kept, id)
	}
	for l := range t.loads {
		l.touched[id] = true
	}
}

// DropMemory removes all units of a memory.
func (t *Table) DropMemory(id tm.MemoryID) {
	t.init()
	t.mu.Lock()
	defer t.mu.Unlock()
	for _, p := range t.parts() {
		t.dropFrom(p.facts(), id)
	}
	for l := range t.loads {
		l.dropped[id] = true
	}
	t.tend()
}

func (t *Table) dropFrom(l *ledger, id tm.MemoryID) {
	for u, trait := range l.traits {
		if t.traits.list[trait].memory == id && !l.isGone(uint32(u)) {
			l.kill(uint32(u))
			delete(t.kept, l.ids[u])
		}
	}
}

// Len returns the number of units.
func (t *Table) Len() int {
	t.mu.RLock()
	defer t.mu.RUnlock()
	n := 0
	for _, p := range t.parts() {
		n += p.facts().live()
	}
	return n
}

// unitsOf fetches units, in the order of ids; nil for one that is gone.
func (t *Table) unitsOf(ctx context.Context, ids []tm.UnitID) ([]*tm.Unit, error) {
	if len(ids) == 0 {
		return nil, nil
	}
	if t.source != nil {
		return t.source.Units(ctx, ids)
	}
	t.mu.RLock()
	defer t.mu.RUnlock()
	units := make([]*tm.Unit, len(ids))
	for i, id := range ids {
		units[i] = t.kept[id]
	}
	return units, nil
}
