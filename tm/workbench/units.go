package workbench

import (
	"context"
	"slices"
	"sort"
	"strings"

	"tarjoman/tm"
	"tarjoman/tm/memory"
	"tarjoman/tm/store"
)

// UnitFilter narrows the units of a memory. The zero value shows all of them,
// newest first.
type UnitFilter struct {
	Text string  // words to find; "" for every unit
	Side tm.Side // where to find them; "" for both
	store.UnitQuery
	Several bool // only units whose source has several translations
	ByUse   bool // those used most first; without Text only
}

// The words of a filter by use.
const (
	UnusedUnits = store.Unused
	UsedUnits   = store.Used
)

// Narrows reports whether the filter may leave units out.
func (f UnitFilter) Narrows() bool {
	f.ByUse, f.Side = false, ""
	return f != UnitFilter{}
}

// facts reports whether the filter asks for what the index does not know.
func (f UnitFilter) facts() bool {
	return f.Several || f.Tag != 0 || f.Use != store.AnyUse || f.Langs != "" || f.Kind != ""
}

// UnitRow is a unit as the memory page lists it.
type UnitRow struct {
	ID                 tm.UnitID
	Source, Target     tm.Content
	InSource, InTarget []Mark // where the words of the filter stand
	Origin             tm.Origin
	Penalty            int // points its matches lose
	Facts              UnitFacts
}

// What the store tells of units, named here so that callers need not know it.
type (
	UnitFacts = store.UnitFacts
	UnitTag   = store.Tag
)

// UnitList is one page of units. With More there are more than Total, or may be.
type UnitList struct {
	Rows  []UnitRow
	Total int
	More  bool
}

// countedUnits is up to how many units a filtered list is counted.
const countedUnits = 10000

// Units lists a page of the units of a memory that pass a filter: by rank when
// it has a text, else newest first.
func (w *Workbench) Units(ctx context.Context, a Actor, p tm.ProjectID, id tm.MemoryID, f UnitFilter, offset, limit int) (UnitList, error) {
	project, m, err := w.seeMemory(ctx, a, p, id)
	if err != nil {
		return UnitList{}, err
	}
	var list UnitList
	switch {
	case strings.TrimSpace(f.Text) != "":
		list, err = w.findText(ctx, project, id, f, offset, limit)
	case f.Several:
		list, err = w.listSet(ctx, project, id, f, offset, limit)
	default:
		list, err = w.listUnits(ctx, project, m, f, offset, limit)
	}
	for i := range list.Rows {
		if err == nil {
			list.Rows[i].Facts, err = w.db.UnitFacts(ctx, list.Rows[i].ID)
		}
	}
	return list, err
}

// seeMemory returns a memory that the actor may look into.
func (w *Workbench) seeMemory(ctx context.Context, a Actor, p tm.ProjectID, id tm.MemoryID) (Project, Memory, error) {
	project, err := access(ctx, w.db, a, p, See)
	if err != nil {
		return project, Memory{}, err
	}
	m, err := liveMemory(ctx, w.db, p, id)
	return project, m, err
}

func (w *Workbench) listUnits(ctx context.Context, p Project, m Memory, f UnitFilter, offset, limit int) (UnitList, error) {
	units, err := w.db.FindUnits(ctx, m.ID, f.UnitQuery, f.ByUse, offset, limit)
	if err != nil {
		return UnitList{}, err
	}
	list := UnitList{Rows: unitRows(units, p), Total: m.Units}
	if len(units) < limit && (len(units) > 0 || offset == 0) {
		list.Total = offset + len(units) // the last page: there is nothing left to count
		return list, nil
	}
	if f.Narrows() {
		counted := max(countedUnits, offset+limit)
		n, err := w.db.CountFoundUnits(ctx, m.ID, f.UnitQuery, counted+1)
		list.Total, list.More = min(n, counted), n > counted
		return list, err
	}
	return list, nil
}

// listSet lists units of which only the ids are known.
func (w *Workbench) listSet(ctx context.Context, p Project, id tm.MemoryID, f UnitFilter, offset, limit int) (UnitList, error) {
	set, err := w.unitSet(ctx, p, id, f)
	if err != nil {
		return UnitList{}, err
	}
	slices.Reverse(set)
	at := min(offset, len(set))
	units, err := w.db.Units(ctx, set[at:min(at+limit, len(set))])
	return UnitList{Rows: unitRows(slices.DeleteFunc(units, func(u *tm.Unit) bool { return u == nil }), p), Total: len(set)}, err
}

func (w *Workbench) findText(ctx context.Context, p Project, id tm.MemoryID, f UnitFilter, offset, limit int) (UnitList, error) {
	q, err := w.concordanceQuery(ctx, p, id, f)
	if err != nil {
		return UnitList{}, err
	}
	table, err := w.memories(ctx)
	if err != nil {
		return UnitList{}, err
	}
	q.Offset, q.Limit = offset, limit
	r, err := table.Concordance(ctx, q)
	list := UnitList{Total: r.Total, More: r.More, Rows: make([]UnitRow, len(r.Hits))}
	for i, h := range r.Hits {
		list.Rows[i] = UnitRow{
			ID: h.Unit.ID, Source: h.Source, Target: h.Target, InSource: h.InSource, InTarget: h.InTarget, Origin: h.Unit.Origin,
		}
	}
	return list, err
}

// concordanceQuery is the filter as a question to the index. What the index does
// not know is looked up before.
func (w *Workbench) concordanceQuery(ctx context.Context, p Project, id tm.MemoryID, f UnitFilter) (memory.ConcordanceQuery, error) {
	q := memory.ConcordanceQuery{
		From: p.Source, To: p.Target, Text: f.Text, Side: f.Side, Memories: []tm.MemoryID{id},
		Filter: memory.Filter{Since: f.Since, Until: f.Until},
	}
	if f.Author != "" {
		q.Authors = []string{f.Author}
	}
	if f.Document != "" {
		q.Documents = []string{f.Document}
	}
	if f.State != "" {
		q.States = []tm.State{f.State}
	}
	if !f.facts() {
		return q, nil
	}
	set, err := w.unitSet(ctx, p, id, f)
	q.Only = set.has
	return q, err
}

// An idSet is a set of units, ascending.
type idSet []tm.UnitID

func (s idSet) has(id tm.UnitID) bool {
	at := sort.Search(len(s), func(i int) bool { return s[i] >= id })
	return at < len(s) && s[at] == id
}

// idStep is how many ids are read at a time.
const idStep = 20000

// unitSet returns the units that pass the filter but for its text.
func (w *Workbench) unitSet(ctx context.Context, p Project, id tm.MemoryID, f UnitFilter) (idSet, error) {
	if f.Several && f.UnitQuery == (store.UnitQuery{}) {
		several, err := w.several(ctx, p, id)
		return slices.Clone(several.ids), err
	}
	var set idSet
	for {
		after := tm.UnitID(0)
		if n := len(set); n > 0 {
			after = set[n-1]
		}
		page, err := w.db.FindUnitIDsAfter(ctx, id, f.UnitQuery, after, idStep)
		if err != nil {
			return nil, err
		}
		if set = append(set, page...); len(page) < idStep {
			break
		}
	}
	if !f.Several {
		return set, nil
	}
	several, err := w.several(ctx, p, id)
	return slices.DeleteFunc(set, func(u tm.UnitID) bool { return !several.ids.has(u) }), err
}

// foundUnits returns the units that pass the filter, its text included.
func (w *Workbench) foundUnits(ctx context.Context, p Project, id tm.MemoryID, f UnitFilter) (idSet, error) {
	if strings.TrimSpace(f.Text) == "" {
		return w.unitSet(ctx, p, id, f)
	}
	q, err := w.concordanceQuery(ctx, p, id, f)
	if err != nil {
		return nil, err
	}
	table, err := w.memories(ctx)
	if err != nil {
		return nil, err
	}
	q.Limit = idStep
	var set idSet
	for more := true; more; q.Offset += idStep {
		r, err := table.Concordance(ctx, q)
		if err != nil {
			return nil, err
		}
		for _, h := range r.Hits {
			set = append(set, h.Unit.ID)
		}
		more = r.More || r.Total > q.Offset+idStep
	}
	slices.Sort(set)
	return slices.Compact(set), nil
}

func unitRows(units []*tm.Unit, p Project) []UnitRow {
	rows := make([]UnitRow, len(units))
	for i, u := range units {
		rows[i] = unitRow(u, p)
	}
	return rows
}

func unitRow(u *tm.Unit, p Project) UnitRow {
	row := UnitRow{ID: u.ID, Origin: u.Origin, Penalty: u.Penalty}
	row.Source, _ = u.In(p.Source)
	row.Target, _ = u.In(p.Target)
	return row
}

// UnitTags lists the tags of a memory that units have.
func (w *Workbench) UnitTags(ctx context.Context, a Actor, p tm.ProjectID, id tm.MemoryID) ([]UnitTag, error) {
	if _, _, err := w.seeMemory(ctx, a, p, id); err != nil {
		return nil, err
	}
	tags, err := w.db.Tags(ctx, id)
	return slices.DeleteFunc(tags, func(t UnitTag) bool { return t.Units == 0 }), err
}
