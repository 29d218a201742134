package web

import (
	"net/http"

	"tarjoman/tm"
	"tarjoman/tm/workbench"
)

// Terms in the segment editor: complete what is typed, look terms up, add one
// without leaving the segment. The JSON is that of web/editor/types.ts.
type (
	termFormJSON struct {
		Text    string        `json:"text"`
		Side    tm.Side       `json:"side"`
		Status  tm.TermStatus `json:"status"`
		Note    string        `json:"note"`
		Lasting string        `json:"lasting"`
	}
	entryJSON struct {
		Concept  tm.ConceptID   `json:"concept"`
		Type     tm.TermType    `json:"type"`
		Domain   string         `json:"domain"`
		Note     string         `json:"note"`
		Keep     bool           `json:"keep"`
		Glossary string         `json:"glossary"`
		Link     string         `json:"link"`
		Forms    []termFormJSON `json:"forms"`
	}
	termsFoundJSON struct {
		Entries []entryJSON `json:"entries"`
		More    bool        `json:"more"`
	}
	completionJSON struct {
		Typed    int           `json:"typed"`
		Text     string        `json:"text"`
		Source   string        `json:"source"`
		Status   tm.TermStatus `json:"status"`
		Type     tm.TermType   `json:"type"`
		Glossary string        `json:"glossary"`
	}
	completionsJSON struct {
		Completions []completionJSON `json:"completions"`
	}
	ownGlossaryJSON struct {
		ID   tm.GlossaryID `json:"id"`
		Name string        `json:"name"`
	}
	termDraftJSON struct {
		Type       tm.TermType       `json:"type"`
		Same       []entryJSON       `json:"same"`
		Names      []string          `json:"names"`
		Candidates []string          `json:"candidates"`
		Glossaries []ownGlossaryJSON `json:"glossaries"`
		Types      []tm.TermType     `json:"types"`
	}
	addTermJSON struct {
		Concept  tm.ConceptID  `json:"concept"`
		Glossary tm.GlossaryID `json:"glossary"`
		Source   string        `json:"source"`
		Target   string        `json:"target"`
		Type     tm.TermType   `json:"type"`
		Note     string        `json:"note"`
		Status   tm.TermStatus `json:"status"`
		Comment  string        `json:"comment"`
	}
	addedTermJSON struct {
		Proposed bool        `json:"proposed"`
		Segment  segmentJSON `json:"segment"`
		Assist   assistJSON  `json:"assist"`
	}
)

// termsShown is how many concepts a look-up shows.
const termsShown = 30

func (s *Server) lookUpTerms(v *visit) error {
	document, err := v.document()
	if err != nil {
		return err
	}
	found, err := s.work.LookUpTerms(v.ctx(), v.actor(), document.ID, v.query("q"), termsShown+1)
	if err != nil {
		return err
	}
	out := termsFoundJSON{More: len(found) > termsShown}
	out.Entries = v.entries(found[:min(len(found), termsShown)])
	return v.json(http.StatusOK, out)
}

// maxTyped bounds what a completion looks at, in bytes.
const maxTyped = 400

func (s *Server) completeTerms(v *visit) error {
	document, err := v.document()
	if err != nil {
		return err
	}
	typed := v.r.URL.Query().Get("q")
	if len(typed) > maxTyped {
		return errUnreadable
	}
	found, err := s.work.CompleteTerms(v.ctx(), v.actor(), document.ID, typed)
	if err != nil {
		return err
	}
	out := completionsJSON{make([]completionJSON, len(found))}
	for i, c := range found {
		from, to := units(typed, len(typed)-c.Typed, len(typed))
		out.Completions[i] = completionJSON{to - from, c.Text, c.Source, c.Status, c.Type, c.Glossary}
	}
	return v.json(http.StatusOK, out)
}

// draftTerm tells what is known about a term that somebody is about to add.
func (s *Server) draftTerm(v *visit) error {
	document, segment, err := v.segment()
	if err != nil {
		return err
	}
	draft, err := s.work.DraftTerm(v.ctx(), v.actor(), document, segment, v.query("source"), v.query("target"))
	if err != nil {
		return err
	}
	out := termDraftJSON{
		Type: draft.Type, Same: v.entries(draft.Same), Names: orEmpty(draft.Names), Candidates: orEmpty(draft.Candidates),
		Glossaries: make([]ownGlossaryJSON, len(draft.Glossaries)), Types: workbench.TermTypes,
	}
	for i, g := range draft.Glossaries {
		out.Glossaries[i] = ownGlossaryJSON{g.ID, g.Name}
	}
	return v.json(http.StatusOK, out)
}

// addTerm answers with what the editor shows about the segment, which may be
// other terms and issues now.
func (s *Server) addTerm(v *visit) error {
	document, segment, err := v.segment()
	if err != nil {
		return err
	}
	var in addTermJSON
	if err := v.bind(&in); err != nil {
		return err
	}
	if _, err := s.work.Segment(v.ctx(), v.actor(), document, segment); err != nil {
		return err
	}
	out := addedTermJSON{}
	if out.Proposed, err = s.work.AddTerm(v.ctx(), v.actor(), v.project.ID, workbench.NewTerm(in)); err != nil {
		return err
	}
	row, err := s.work.Recheck(v.ctx(), v.actor(), document, segment)
	if err != nil {
		return err
	}
	help, err := s.work.Assist(v.ctx(), v.actor(), document, segment)
	if err != nil {
		return err
	}
	out.Segment, out.Assist = segmentOut(row), v.assistJSON(help)
	return v.json(http.StatusOK, out)
}

func (v *visit) entries(list []workbench.GlossaryTerm) []entryJSON {
	out := make([]entryJSON, len(list))
	for i, t := range list {
		out[i] = entryJSON{
			Concept: t.ID, Type: t.Type, Domain: t.Domain, Note: t.Note, Keep: t.Keep,
			Glossary: t.GlossaryName, Link: v.conceptPath(t.Glossary, t.ID), Forms: v.forms(t.Terms),
		}
	}
	return out
}

// forms are the terms of a concept in the two languages of the project, the
// source first.
func (v *visit) forms(terms []tm.Term) []termFormJSON {
	out := []termFormJSON{}
	for _, side := range []tm.Side{tm.SourceSide, tm.TargetSide} {
		tag := v.project.Target
		if side == tm.SourceSide {
			tag = v.project.Source
		}
		for _, status := range statuses {
			for _, t := range terms {
				if t.Status == status && sameBase(t.Lang, tag) {
					out = append(out, termFormJSON{t.Text, side, t.Status, t.Note, v.lasting(t)})
				}
			}
		}
	}
	return out
}

// lasting says for which time a term holds, "" for always.
func (p Printer) lasting(t tm.Term) string {
	switch {
	case t.From.IsZero() && t.Until.IsZero():
		return ""
	case t.From.IsZero():
		return p.T("term.until_day", "day", p.Date(t.Until))
	case t.Until.IsZero():
		return p.T("term.from_day", "day", p.Date(t.From))
	}
	return p.T("term.between_days", "from", p.Date(t.From), "until", p.Date(t.Until))
}

func (v *visit) termOut(t workbench.TermHit, source string) termJSON {
	start, end := units(source, t.From, t.To)
	return termJSON{
		Start: start, End: end, Source: t.Source,
		Targets: orEmpty(t.Targets), Forbidden: orEmpty(t.Forbidden),
		Type: t.Type, Note: t.Note, Glossary: t.Glossary,
		Concept: t.Concept, Domain: t.Domain, Keep: t.Keep, Proposed: t.Proposed,
		Link: v.conceptPath(t.GlossaryID, t.Concept), Forms: v.forms(t.Terms),
	}
}
