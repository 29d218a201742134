package web

import (
	"cmp"
	"fmt"
	"net/http"
	"net/url"
	"slices"
	"strconv"

	"tarjoman/locales"
	"tarjoman/tm"
	"tarjoman/tm/glossary"
	"tarjoman/tm/workbench"
)

// namesPage lists the names of a project with all the ways they are rendered.
type namesPage struct {
	page
	Names  workbench.NameList
	Filter workbench.NameQuery
	list
}

func (namesPage) view() string { return "names" }

func (v *visit) namesPath() string { return v.base() + "/names" }

func (s *Server) listNames(v *visit) error {
	query := workbench.NameQuery{
		Memories: v.query("memories") != "", Text: v.query("q"), Type: v.query("type"),
		Inconsistent: v.query("differ") != "", Unlisted: v.query("unlisted") != "", Offset: v.offset(), Limit: listStep,
	}
	names, err := s.work.Names(v.ctx(), v.actor(), v.project.ID, query)
	if err != nil {
		return err
	}
	p := namesPage{page: v.section("glossaries", v.T("names.title")), Names: names, Filter: query}
	p.list = pages(v.namesPath(), nameValues(query), query.Offset, listStep, len(names.Entries), names.Total)
	p.Query = query.Text
	return v.render(http.StatusOK, p)
}

// nameValues is the filter as a query.
func nameValues(q workbench.NameQuery) url.Values {
	values := url.Values{}
	for name, value := range map[string]string{"q": q.Text, "type": q.Type} {
		if value != "" {
			values.Set(name, value)
		}
	}
	for name, on := range map[string]bool{"memories": q.Memories, "differ": q.Inconsistent, "unlisted": q.Unlisted} {
		if on {
			values.Set(name, "1")
		}
	}
	return values
}

// Narrowed reports whether names are left out.
func (p namesPage) Narrowed() bool {
	values := nameValues(p.Filter)
	values.Del("memories")
	return len(values) > 0
}

// NameTypes are those a name can have.
func (page) NameTypes() []tm.TermType {
	return slices.DeleteFunc(slices.Clone(workbench.TermTypes), func(t tm.TermType) bool { return !t.Name() })
}

// PlacePath is where a place of a name is looked at: its segment in the editor,
// or its unit in the memory.
func (p page) PlacePath(n workbench.NamePlace) string {
	if n.Document == 0 {
		return withQuery(fmt.Sprintf("%s/memories/%d", p.Base(), n.Memory), url.Values{"q": {n.Source}})
	}
	return fmt.Sprintf("%s/documents/%d?segment=%d", p.Base(), n.Document, n.Segment)
}

// PlaceName is what a place is called.
func (p page) PlaceName(n workbench.NamePlace) string {
	if n.Document == 0 {
		return p.T("names.unit", "memory", n.MemoryName)
	}
	return p.T("names.place", "document", n.DocumentName, "number", n.Number)
}

// MergePath begins to make a term of an entry.
func (p namesPage) MergePath(e workbench.NameEntry) string {
	values := url.Values{"name": {e.Key()}}
	if p.Filter.Memories {
		values.Set("memories", "1")
	}
	return withQuery(p.Base()+"/names/merge", values)
}

// useView joins the page and one way to write a name.
type useView struct {
	page
	U workbench.NameUse
}

// UseOf joins the page and a way to write a name for its template.
func (p page) UseOf(u workbench.NameUse) useView { return useView{p, u} }

// nameMergePage asks how spellings and renderings become one term.
type nameMergePage struct {
	page
	Entries    []workbench.NameEntry
	Names      []workbench.NameUse // of all entries
	Renderings []workbench.NameUse
	Candidates []glossary.NameCandidate // that are not among the renderings
	Glossaries []workbench.Glossary     // that can be changed
	Concepts   []tm.Concept             // that are extended
	Foreign    bool                     // a linked glossary has the name
	Type       tm.TermType
	Preferred  string
	Memories   bool
}

func (nameMergePage) view() string { return "name_merge" }

// Proposing reports whether the merge becomes a proposal.
func (p nameMergePage) Proposing() bool { return !p.May(workbench.EditTerms) }

func (s *Server) showNameMerge(v *visit) error {
	memories := v.query("memories") != ""
	entries, err := s.work.NamesFor(v.ctx(), v.actor(), v.project.ID, memories, v.r.URL.Query()["name"])
	if err != nil {
		return err
	}
	if len(entries) == 0 {
		v.flash(flash{Kind: "error", Text: v.T("names.none_chosen")})
		return v.redirect(v.namesPath())
	}
	p := nameMergePage{page: v.section("glossaries", v.T("names.merge_title")), Entries: entries, Memories: memories, Type: tm.Person}
	if p.Glossaries, err = v.ownGlossaries(); err != nil {
		return err
	}
	for _, e := range entries {
		p.Names, p.Renderings = joinUses(p.Names, e.Names), joinUses(p.Renderings, e.Renderings)
		if err := p.extend(v, e); err != nil {
			return err
		}
	}
	candidates, err := s.work.RenderName(v.ctx(), v.actor(), v.project.ID, p.Names[0].Text, memories)
	if err != nil {
		return err
	}
	p.choose(candidates)
	return v.render(http.StatusOK, p)
}

// ownGlossaries lists the glossaries of the project that are its own.
func (v *visit) ownGlossaries() ([]workbench.Glossary, error) {
	list, err := v.s.work.Glossaries(v.ctx(), v.actor(), v.project.ID)
	return slices.DeleteFunc(list, func(g workbench.Glossary) bool { return !g.Own }), err
}

// joinUses adds ways to write a name that are not there yet.
func joinUses(list, more []workbench.NameUse) []workbench.NameUse {
	for _, u := range more {
		at := slices.IndexFunc(list, func(o workbench.NameUse) bool { return o.Text == u.Text })
		if at < 0 {
			list = append(list, u)
			continue
		}
		list[at].Count += u.Count
		list[at].Status = cmp.Or(list[at].Status, u.Status)
	}
	slices.SortStableFunc(list, func(a, b workbench.NameUse) int { return b.Count - a.Count })
	return list
}

// extend notes the concept that an entry has, and its terms.
func (p *nameMergePage) extend(v *visit, e workbench.NameEntry) error {
	if e.Type.Name() {
		p.Type = e.Type
	}
	if e.Concept == 0 || slices.ContainsFunc(p.Concepts, func(c tm.Concept) bool { return c.ID == e.Concept }) {
		return nil
	}
	own := func(g workbench.Glossary) bool { return g.ID == e.Glossary }
	if !slices.ContainsFunc(p.Glossaries, own) {
		p.Foreign = true
		return nil
	}
	c, err := v.s.work.Concept(v.ctx(), v.actor(), v.project.ID, e.Concept)
	p.Concepts = append(p.Concepts, c)
	return err
}

// choose puts the forms to choose from together: what is written, what the
// glossary has, and what else the name may be written like.
func (p *nameMergePage) choose(candidates []glossary.NameCandidate) {
	for _, c := range p.Concepts {
		for _, t := range c.In(p.Project.Target, tm.Preferred, tm.Admitted, tm.ForbiddenTerm) {
			if t.Status == tm.Preferred && p.Preferred == "" {
				p.Preferred = t.Text
			}
			if !p.has(t.Text) {
				p.Renderings = append(p.Renderings, workbench.NameUse{Text: t.Text, Status: t.Status})
			}
		}
	}
	for _, c := range candidates {
		if !p.has(c.Text) {
			p.Candidates = append(p.Candidates, c)
		}
	}
	switch {
	case p.Preferred != "":
	case len(p.Renderings) > 0:
		p.Preferred = p.Renderings[0].Text
	case len(p.Candidates) > 0:
		p.Preferred = p.Candidates[0].Text
	}
}

func (p *nameMergePage) has(text string) bool {
	return slices.ContainsFunc(p.Renderings, func(u workbench.NameUse) bool { return u.Text == text })
}

// ReasonName says where a candidate comes from.
func (page) reasonKey(r glossary.NameReason) string { return "names.reason." + string(r) }

// CandidateName is a candidate with where it comes from.
func (p page) CandidateReason(c glossary.NameCandidate) string { return p.T(p.reasonKey(c.Reason)) }

func (s *Server) mergeNames(v *visit) error {
	merge, err := v.nameMerge()
	back := withQuery(v.namesPath()+"/merge", url.Values{"name": v.r.PostForm["key"]})
	if err != nil {
		return v.excuse(err, back)
	}
	merged, err := s.work.MergeNames(v.ctx(), v.actor(), v.project.ID, merge)
	if err != nil {
		return v.excuse(err, back)
	}
	if merged.Proposal != 0 {
		v.done("proposal.made")
		return v.redirect(v.proposalsPath())
	}
	v.flash(flash{
		Kind: "ok", Text: v.T("names.merged", "name", merge.Names[0], "form", merge.Preferred),
		Undo: withQuery(v.changePath(merged.Concept.Glossary, merged.Change), url.Values{"back": {v.namesPath()}}),
		Link: v.exchangeAfter(merged, merge), LinkText: v.T("exchange.offer"),
	})
	return v.redirect(v.namesPath())
}

// exchangeAfter is where the forms can be exchanged that a merge made wrong; ""
// when there is none.
func (v *visit) exchangeAfter(merged workbench.NamesMerged, merge workbench.NameMerge) string {
	values := url.Values{}
	if merged.Since != 0 {
		values.Set("since", strconv.FormatInt(merged.Since, 10))
	}
	if merge.Status == tm.ForbiddenTerm {
		values["form"] = slices.DeleteFunc(merge.Others, func(text string) bool { return text == merge.Preferred })
	}
	if len(values["form"]) == 0 && merged.Since == 0 {
		return ""
	}
	return withQuery(v.conceptPath(merged.Concept.Glossary, merged.Concept.ID)+"/exchange", values)
}

// nameMerge reads the form of a merge.
func (v *visit) nameMerge() (workbench.NameMerge, error) {
	m := workbench.NameMerge{
		Type: tm.TermType(v.text("type")), Names: v.r.PostForm["source"], Preferred: v.text("preferred"),
		Others: v.r.PostForm["target"], Status: tm.TermStatus(v.text("others")),
	}
	if m.Preferred == "" {
		m.Preferred = v.text("own")
	}
	g, err := idOf(v.text("glossary"))
	m.Glossary = tm.GlossaryID(g)
	for _, text := range v.r.PostForm["concept"] {
		id, bad := idOf(text)
		if bad != nil || id == 0 {
			return m, errUnreadable
		}
		m.Concepts = append(m.Concepts, tm.ConceptID(id))
	}
	return m, err
}

// Summary counts the forms of an entry and where they stand: "3 forms, 41
// segments".
func (p namesPage) Summary(e workbench.NameEntry) string {
	segments := p.N("names.in_segments", e.Segments)
	if len(e.Renderings) == 0 {
		return segments
	}
	return p.T("names.summary", "forms", locales.Verbatim(p.N("names.forms", len(e.Renderings))), "segments", locales.Verbatim(segments))
}
