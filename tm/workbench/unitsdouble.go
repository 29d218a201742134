package workbench

import (
	"slices"

	"tarjoman/tm"
)

// A doubleFinder finds units that say exactly the same: the same texts, codes and
// neighbours. Of those the best stays: approved before translated before draft,
// then the newest, then the first. Units of one source with different targets
// are no doubles.
type doubleFinder struct {
	best map[uint64]standing
	gone []struct {
		id   tm.UnitID
		hash uint64
	}
}

// A standing is a unit with what decides which of several stays.
type standing struct {
	id      tm.UnitID
	state   int8
	changed int64
}

func standingOf(u *tm.Unit) standing {
	return standing{u.ID, int8(slices.Index(UnitStates, u.Origin.State)), u.Origin.Changed.UnixMicro()}
}

// before reports whether r stays rather than s.
func (r standing) before(s standing) bool {
	if r.state != s.state {
		return r.state < s.state
	}
	if r.changed != s.changed {
		return r.changed > s.changed
	}
	return r.id < s.id
}

func (f *doubleFinder) add(u *tm.Unit) {
	if f.best == nil {
		f.best = map[uint64]standing{}
	}
	hash, r := unitHash(u), standingOf(u)
	old, seen := f.best[hash]
	if !seen {
		f.best[hash] = r
		return
	}
	if r.before(old) {
		f.best[hash], r = r, old
	}
	f.gone = append(f.gone, struct {
		id   tm.UnitID
		hash uint64
	}{r.id, hash})
}

// superfluous lists the units to delete, each with the one that stays.
func (f *doubleFinder) superfluous() []target {
	list := make([]target, len(f.gone))
	for i, g := range f.gone {
		list[i] = target{id: g.id, stays: f.best[g.hash].id}
	}
	return list
}
