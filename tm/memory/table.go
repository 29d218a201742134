package memory

import (
	"hash/maphash"
	"slices"
	"strings"
	"sync"

	"golang.org/x/text/language"

	"tarjoman/tm"
	"tarjoman/tm/lang"
)

// A Table holds the units of all memories and answers for them. The zero value
// is an empty table. It is safe for concurrent use.
type Table struct {
	mu      sync.RWMutex
	units   map[tm.UnitID]*record
	columns map[group]*column
}

// A record is a unit with its entries, one per variant.
type record struct {
	unit    *tm.Unit
	entries []*entry
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

// A column holds the texts of all units in one language.
type column struct {
	profile  *lang.Profile
	ids      map[string]uint32 // of tokens, from 1
	byLength [][]*entry        // by number of tokens; all texts too long are in the last
	exact    index             // by match key
	skeleton index             // by match key without the numbers
}

// An entry is one variant of a unit.
type entry struct {
	*record
	variant int
	column  *column
	tokens  []uint32
	length  int      // index in column.byLength: number of tokens, or MaxTokens+1
	slot    int      // in column.byLength[length]
	keys    []uint64 // in column.exact
	bones   []uint64 // in column.skeleton; none for texts without numbers
	joined  string   // for concordance: folded, without joints
}

func (e *entry) content() tm.Content { return e.unit.Variants[e.variant].Content }

// index finds entries by the hash of a string. Who looks up compares the texts.
type index map[uint64][]*entry

var seed = maphash.MakeSeed()

func hashes(keys []string) []uint64 {
	list := make([]uint64, len(keys))
	for i, k := range keys {
		list[i] = maphash.String(seed, k)
	}
	return list
}

func (x index) add(keys []uint64, e *entry) {
	for _, k := range keys {
		x[k] = append(x[k], e)
	}
}

func (x index) remove(keys []uint64, e *entry) {
	for _, k := range keys {
		list := x[k]
		if i := slices.Index(list, e); i >= 0 {
			list[i] = list[len(list)-1]
			list[len(list)-1] = nil
			list = list[:len(list)-1]
		}
		if x[k] = list; len(list) == 0 {
			delete(x, k)
		}
	}
}

// find returns the entries under any of the keys, each once.
func (x index) find(keys []uint64) []*entry {
	if len(keys) == 1 {
		return x[keys[0]]
	}
	var found []*entry
	seen := map[*entry]bool{}
	for _, k := range keys {
		for _, e := range x[k] {
			if !seen[e] {
				seen[e] = true
				found = append(found, e)
			}
		}
	}
	return found
}

// Put adds a unit, or replaces the one with its ID. The unit belongs to the
// table from then on and must not be changed: matches point at it.
func (t *Table) Put(u *tm.Unit) { t.put(u, true) }

// PutIfAbsent is Put for a unit read from the database some time ago: a unit
// with its ID that is there already is newer and stays.
func (t *Table) PutIfAbsent(u *tm.Unit) { t.put(u, false) }

func (t *Table) put(u *tm.Unit, replace bool) {
	rec := &record{unit: u}
	tokens := make([][]string, len(u.Variants))
	for i, v := range u.Variants {
		e, words := newEntry(rec, i, lang.For(v.Lang))
		rec.entries = append(rec.entries, e)
		tokens[i] = words
	}
	t.mu.Lock()
	defer t.mu.Unlock()
	if !replace && t.units[u.ID] != nil {
		return
	}
	t.delete(u.ID)
	if t.units == nil {
		t.units = map[tm.UnitID]*record{}
		t.columns = map[group]*column{}
	}
	t.units[u.ID] = rec
	for i, e := range rec.entries {
		t.column(u.Variants[i].Lang).add(e, tokens[i])
	}
}

// newEntry does what needs no lock: everything but the numbers of the tokens.
func newEntry(rec *record, variant int, p *lang.Profile) (*entry, []string) {
	text := rec.unit.Variants[variant].Content.Text
	e := &entry{record: rec, variant: variant}
	e.joined, _ = join(p.FoldString(text))
	keys := p.Keys(text)
	e.keys = hashes(keys)
	if numbers := findNumbers(p, text); len(numbers) > 0 {
		e.bones = hashes(p.Keys(withoutNumbers(text, numbers)))
	}
	return e, split(strings.ToLower(keys[0]))
}

func (t *Table) column(tag language.Tag) *column {
	g := groupOf(tag)
	c := t.columns[g]
	if c == nil {
		c = &column{profile: lang.For(tag), ids: map[string]uint32{}, exact: index{}, skeleton: index{}}
		t.columns[g] = c
	}
	return c
}

func (c *column) add(e *entry, tokens []string) {
	e.column = c
	c.exact.add(e.keys, e)
	c.skeleton.add(e.bones, e)
	e.length = min(len(tokens), MaxTokens+1)
	if e.length <= MaxTokens {
		e.tokens = c.numbers(tokens)
	}
	for len(c.byLength) <= e.length {
		c.byLength = append(c.byLength, nil)
	}
	e.slot = len(c.byLength[e.length])
	c.byLength[e.length] = append(c.byLength[e.length], e)
}

func (c *column) numbers(tokens []string) []uint32 {
	ids := make([]uint32, len(tokens))
	for i, w := range tokens {
		ids[i] = c.id(w)
	}
	return ids
}

func (c *column) id(word string) uint32 {
	id, ok := c.ids[word]
	if !ok {
		id = uint32(len(c.ids)) + 1
		c.ids[strings.Clone(word)] = id
	}
	return id
}

func (c *column) remove(e *entry) {
	c.exact.remove(e.keys, e)
	c.skeleton.remove(e.bones, e)
	list := c.byLength[e.length]
	last := len(list) - 1
	list[e.slot] = list[last]
	list[e.slot].slot = e.slot
	list[last] = nil
	c.byLength[e.length] = list[:last]
}

// Delete removes a unit; one that is not there is no error.
func (t *Table) Delete(id tm.UnitID) {
	t.mu.Lock()
	defer t.mu.Unlock()
	t.delete(id)
}

func (t *Table) delete(id tm.UnitID) {
	rec := t.units[id]
	if rec == nil {
		return
	}
	for _, e := range rec.entries {
		e.column.remove(e)
	}
	delete(t.units, id)
}

// DropMemory removes all units of a memory.
func (t *Table) DropMemory(id tm.MemoryID) {
	t.mu.Lock()
	defer t.mu.Unlock()
	for _, rec := range t.units {
		if rec.unit.Memory == id {
			t.delete(rec.unit.ID)
		}
	}
}

// Len returns the number of units.
func (t *Table) Len() int {
	t.mu.RLock()
	defer t.mu.RUnlock()
	return len(t.units)
}

// in returns the entry that serves a language, which column c holds, in this
// unit, by the rule of [tm.Unit.In]: the exact tag, else the first variant of
// its group; nil when there is none.
func (r *record) in(tag language.Tag, c *column) *entry {
	var found *entry
	for i, e := range r.entries {
		if e.column != c {
			continue
		}
		if r.unit.Variants[i].Lang == tag {
			return e
		}
		if found == nil {
			found = e
		}
	}
	return found
}
