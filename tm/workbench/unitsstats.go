package workbench

import (
	"cmp"
	"context"
	"hash/maphash"
	"slices"
	"sync"

	"tarjoman/tm"
	"tarjoman/tm/store"
)

// MemoryStats counts the units of a memory.
type MemoryStats struct {
	Units   int
	Langs   []UnitCount // tags divided by spaces: "en fa"
	Authors []UnitCount
	States  []UnitCount
	Kinds   []UnitCount
	Months  []UnitCount // of the last change, newest first: "2026-03"
	Uses    []UnitCount // "0", "1", "2" … "10+"
	Unused  int
	Top     []UnitRow // used most
	Several int       // units whose source has several translations
	Sources int       // such sources
}

// UnitCount is how many units share a value.
type UnitCount = store.UnitCount

// topUnits is how many of the most used units are shown.
const topUnits = 10

// MemoryStats counts the units of a memory. It reads every unit.
func (w *Workbench) MemoryStats(ctx context.Context, a Actor, p tm.ProjectID, id tm.MemoryID) (MemoryStats, error) {
	project, _, err := w.seeMemory(ctx, a, p, id)
	if err != nil {
		return MemoryStats{}, err
	}
	digests, err := w.db.UnitDigests(ctx, id)
	if err != nil {
		return MemoryStats{}, err
	}
	s := statsOf(digests)
	if err := w.countUse(ctx, project, id, &s); err != nil {
		return s, err
	}
	several, err := w.several(ctx, project, id)
	s.Several, s.Sources = len(several.ids), several.sources
	return s, err
}

func statsOf(digests []store.UnitDigest) MemoryStats {
	var s MemoryStats
	group := func(value func(store.UnitDigest) string) []UnitCount {
		n := map[string]int{}
		for _, d := range digests {
			n[value(d)] += d.Units
		}
		list := make([]UnitCount, 0, len(n))
		for value, units := range n {
			list = append(list, UnitCount{Value: value, Units: units})
		}
		slices.SortFunc(list, func(a, b UnitCount) int {
			return cmp.Or(cmp.Compare(b.Units, a.Units), cmp.Compare(a.Value, b.Value))
		})
		return list
	}
	for _, d := range digests {
		s.Units += d.Units
	}
	s.Langs = group(func(d store.UnitDigest) string { return d.Langs })
	s.Authors = group(func(d store.UnitDigest) string { return d.Author })
	s.States = group(func(d store.UnitDigest) string { return d.State })
	s.Kinds = group(func(d store.UnitDigest) string { return d.Kind })
	s.Months = group(func(d store.UnitDigest) string { return d.Month })
	slices.SortFunc(s.Months, func(a, b UnitCount) int { return cmp.Compare(b.Value, a.Value) })
	return s
}

func (w *Workbench) countUse(ctx context.Context, p Project, id tm.MemoryID, s *MemoryStats) error {
	used, err := w.db.CountUsed(ctx, id)
	if err != nil {
		return err
	}
	s.Unused = s.Units
	for _, c := range used {
		s.Unused -= c.Units
	}
	s.Uses = append([]UnitCount{{Value: "0", Units: s.Unused}}, used...)
	if len(used) == 0 {
		return nil
	}
	top, err := w.db.FindUnits(ctx, id, store.UnitQuery{Use: store.Used}, true, 0, topUnits)
	if err != nil {
		return err
	}
	s.Top = unitRows(top, p)
	for i := range s.Top {
		if s.Top[i].Facts, err = w.db.UnitFacts(ctx, s.Top[i].ID); err != nil {
			return err
		}
	}
	return nil
}

// severalUnits are the units whose source has several translations in the
// languages of a project.
type severalUnits struct {
	ids     idSet
	sources int
}

// severalCache keeps the last answer for each project and memory until a unit
// changes.
type severalCache struct {
	mu   sync.Mutex
	list map[severalKey]severalEntry
}

type severalKey struct {
	project tm.ProjectID
	memory  tm.MemoryID
}

type severalEntry struct {
	seq int64
	severalUnits
}

// keptSeveral bounds the cache.
const keptSeveral = 16

// several finds the units whose source has several translations. It reads every
// unit, once for each state of the memories.
func (w *Workbench) several(ctx context.Context, p Project, id tm.MemoryID) (severalUnits, error) {
	seq, err := w.db.JournalEnd(ctx)
	if err != nil {
		return severalUnits{}, err
	}
	key := severalKey{p.ID, id}
	w.severals.mu.Lock()
	kept, ok := w.severals.list[key]
	w.severals.mu.Unlock()
	if ok && kept.seq == seq {
		return kept.severalUnits, nil
	}
	found, err := w.findSeveral(ctx, p, id)
	if err != nil {
		return found, err
	}
	w.severals.mu.Lock()
	defer w.severals.mu.Unlock()
	if w.severals.list == nil || len(w.severals.list) >= keptSeveral {
		w.severals.list = map[severalKey]severalEntry{}
	}
	w.severals.list[key] = severalEntry{seq, found}
	return found, nil
}

// findSeveral knows each unit by hashes of its two texts.
func (w *Workbench) findSeveral(ctx context.Context, p Project, id tm.MemoryID) (severalUnits, error) {
	type unit struct {
		source, target uint64
		id             tm.UnitID
	}
	var list []unit
	for u, err := range w.eachUnit(ctx, id) {
		if err != nil {
			return severalUnits{}, err
		}
		source, ok := u.In(p.Source)
		target, ok2 := u.In(p.Target)
		if ok && ok2 {
			list = append(list, unit{maphash.String(hashSeed, source.Text), maphash.String(hashSeed, target.Text), u.ID})
		}
	}
	slices.SortFunc(list, func(a, b unit) int { return cmp.Or(cmp.Compare(a.source, b.source), cmp.Compare(a.id, b.id)) })
	var found severalUnits
	for from := 0; from < len(list); {
		to, differ := from+1, false
		for ; to < len(list) && list[to].source == list[from].source; to++ {
			differ = differ || list[to].target != list[from].target
		}
		if differ {
			found.sources++
			for _, u := range list[from:to] {
				found.ids = append(found.ids, u.id)
			}
		}
		from = to
	}
	slices.Sort(found.ids)
	return found, nil
}
