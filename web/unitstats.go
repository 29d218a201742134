package web

import (
	"fmt"
	"net/http"
	"net/url"
	"time"

	"tarjoman/locales"
	"tarjoman/tm"
	"tarjoman/tm/workbench"
)

// memoryStatsPage counts the units of a memory.
type memoryStatsPage struct {
	page
	Memory workbench.Memory
	Stats  workbench.MemoryStats
}

func (memoryStatsPage) view() string { return "memory_stats" }

func (s *Server) memoryStats(v *visit) error {
	memory, err := v.memory()
	if err != nil {
		return err
	}
	stats, err := s.work.MemoryStats(v.ctx(), v.actor(), v.project.ID, memory.ID)
	if err != nil {
		return err
	}
	return v.render(http.StatusOK, memoryStatsPage{v.section("memories", v.T("stats.title")), memory, stats})
}

// Own is the path of the memory.
func (p memoryStatsPage) Own() string { return fmt.Sprintf("%s/memories/%d", p.Base(), p.Memory.ID) }

// List is the list narrowed to one value.
func (p memoryStatsPage) List(pairs ...string) string {
	values := url.Values{}
	for i := 0; i+1 < len(pairs); i += 2 {
		values.Set(pairs[i], pairs[i+1])
	}
	return withQuery(p.Own(), values)
}

// A statTable is one way to count.
type statTable struct {
	Head string
	Rows []statRow
	More int // rows that are not shown
}

// A statRow is a value with its number, and where its units are listed.
type statRow struct {
	Name  string
	Named bool // Name is what people wrote
	Link  string
	Units int
	Share string // of the units of the memory
}

// shownStats is how many rows one table shows.
const shownStats = 24

func (p memoryStatsPage) table(head string, counts []workbench.UnitCount, row func(workbench.UnitCount) statRow) statTable {
	t := statTable{Head: p.T(head), More: max(0, len(counts)-shownStats)}
	for _, c := range counts[:min(len(counts), shownStats)] {
		r := row(c)
		r.Units, r.Share = c.Units, p.ShareOf(c.Units, p.Stats.Units)
		t.Rows = append(t.Rows, r)
	}
	return t
}

// Tables are all the ways to count.
func (p memoryStatsPage) Tables() []statTable {
	s := p.Stats
	return []statTable{
		p.table("stats.langs", s.Langs, func(c workbench.UnitCount) statRow {
			return statRow{Name: p.Langs(c.Value), Link: p.List("langs", c.Value)}
		}),
		p.table("stats.states", s.States, func(c workbench.UnitCount) statRow {
			return statRow{Name: p.StateName(tm.State(c.Value)), Link: p.List("state", c.Value)}
		}),
		p.table("stats.authors", s.Authors, func(c workbench.UnitCount) statRow {
			if c.Value == "" {
				return statRow{Name: p.T("stats.nobody")}
			}
			return statRow{Name: p.Clean(c.Value), Named: true, Link: p.List("author", c.Value)}
		}),
		p.table("stats.kinds", s.Kinds, func(c workbench.UnitCount) statRow {
			return statRow{Name: p.KindName(c.Value), Link: p.List("kind", c.Value)}
		}),
		p.table("stats.months", s.Months, p.monthRow),
		p.table("stats.uses", s.Uses, p.useRow),
	}
}

// monthRow is a month of the Gregorian calendar, as the units are counted.
func (p memoryStatsPage) monthRow(c workbench.UnitCount) statRow {
	first, err := time.Parse("2006-01", c.Value)
	if err != nil {
		return statRow{Name: p.T("stats.no_date")}
	}
	name := p.T("stats.month", "month", locales.Verbatim(p.T(monthKey("gregorian", int(first.Month())))), "year", locales.Verbatim(p.plain(first.Year())))
	return statRow{Name: name, Link: p.List("since", first.Format(time.DateOnly), "until", first.AddDate(0, 1, -1).Format(time.DateOnly))}
}

func (p memoryStatsPage) useRow(c workbench.UnitCount) statRow {
	switch c.Value {
	case "0":
		return statRow{Name: p.T("stats.never"), Link: p.List("use", "never")}
	case "10+":
		return statRow{Name: p.T("stats.often", "count", 10), Link: p.List("use", "used", "sort", "use")}
	}
	n := 0
	fmt.Sscan(c.Value, &n)
	return statRow{Name: p.N("unit.used", n), Link: p.List("use", "used", "sort", "use")}
}
