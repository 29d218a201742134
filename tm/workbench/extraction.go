package workbench

import (
	"context"
	"slices"
	"strings"
	"sync"

	"golang.org/x/text/language"

	"tarjoman/tm"
	"tarjoman/tm/glossary"
	"tarjoman/tm/lang"
	"tarjoman/tm/store"
)

// TermOffer is a candidate for a term.
type TermOffer struct {
	glossary.TermCandidate
	Places []NamePlace // of the contexts, in their order
}

// TermOffers are the candidates of a document or a memory.
type TermOffers struct {
	Offers   []TermOffer
	Total    int
	Rejected []store.TermRejection // by anybody in the project
	Segments int                   // that were read
	Partial  bool                  // not all of the memory was read
}

// The bounds of what terms are looked for in.
const (
	maxExtractUnits = 20_000
	maxExtractPairs = 20_000 // of the memories, to learn translations from
	extractsKept    = 20
)

// TermsInDocument lists what may be terms in a document (PERSIAN.md F6), without
// what the glossaries know and what the project rejected.
func (w *Workbench) TermsInDocument(ctx context.Context, a Actor, d tm.DocumentID, offset, limit int) (TermOffers, error) {
	document, p, err := accessDocument(ctx, w.db, a, d, ProposeTerms)
	if err != nil {
		return TermOffers{}, err
	}
	seq, err := w.db.Seq(ctx, d)
	if err != nil {
		return TermOffers{}, err
	}
	found, err := w.extracted(ctx, p, extractKey{p.ID, d, 0}, seq, func(x *extracting) error {
		rows, err := w.db.Rows(ctx, d, -1)
		for _, r := range rows {
			x.add(r.Source.Text, r.Target.Text, NamePlace{Document: d, DocumentName: document.Name, Segment: r.ID, Number: r.Index + 1})
		}
		return err
	})
	if err != nil {
		return TermOffers{}, err
	}
	return w.offered(ctx, p, found, offset, limit)
}

// TermsInMemory is TermsInDocument for the units of a memory.
func (w *Workbench) TermsInMemory(ctx context.Context, a Actor, p tm.ProjectID, m tm.MemoryID, offset, limit int) (TermOffers, error) {
	project, err := access(ctx, w.db, a, p, ProposeTerms)
	if err != nil {
		return TermOffers{}, err
	}
	y, err := liveMemory(ctx, w.db, p, m)
	if err != nil {
		return TermOffers{}, err
	}
	stamp, err := w.db.UnitsStamp(ctx)
	if err != nil {
		return TermOffers{}, err
	}
	found, err := w.extracted(ctx, project, extractKey{p, 0, m}, stamp, func(x *extracting) error {
		for u, err := range w.eachUnit(ctx, m) {
			if err != nil {
				return err
			}
			source, _ := u.In(project.Source)
			target, _ := u.In(project.Target)
			if x.partial = len(x.segments) == maxExtractUnits; x.partial {
				return nil
			}
			x.add(source.Text, target.Text, NamePlace{Memory: m, MemoryName: y.Name, Unit: u.ID, Source: source.Text})
		}
		return nil
	})
	if err != nil {
		return TermOffers{}, err
	}
	return w.offered(ctx, project, found, offset, limit)
}

// extractCache keeps the candidates of what was looked at last; they hold until
// the text changes. What has become a term since is left out when they are shown.
type extractCache struct {
	mu      sync.Mutex
	entries map[extractKey]*extracted
	order   []extractKey
}

type extractKey struct {
	project  tm.ProjectID
	document tm.DocumentID
	memory   tm.MemoryID
}

type extracted struct {
	stamp    int64
	offers   []TermOffer
	segments int
	partial  bool
}

func (c *extractCache) get(key extractKey, stamp int64) *extracted {
	c.mu.Lock()
	defer c.mu.Unlock()
	if e := c.entries[key]; e != nil && e.stamp == stamp {
		return e
	}
	return nil
}

func (c *extractCache) put(key extractKey, e *extracted) {
	c.mu.Lock()
	defer c.mu.Unlock()
	if c.entries == nil {
		c.entries = map[extractKey]*extracted{}
	}
	if c.entries[key] == nil {
		c.order = append(c.order, key)
	}
	c.entries[key] = e
	if len(c.order) > extractsKept {
		delete(c.entries, c.order[0])
		c.order = c.order[1:]
	}
}

// extracting gathers what terms are looked for in.
type extracting struct {
	segments []glossary.ExtractSegment
	places   []NamePlace
	partial  bool
}

func (x *extracting) add(source, target string, place NamePlace) {
	x.segments = append(x.segments, glossary.ExtractSegment{Source: source, Target: target})
	x.places = append(x.places, place)
}

// extracted returns the candidates of a text that read gathers.
func (w *Workbench) extracted(ctx context.Context, p Project, key extractKey, stamp int64, read func(*extracting) error) (*extracted, error) {
	if known := w.extracts.get(key, stamp); known != nil {
		return known, nil
	}
	x := &extracting{}
	if err := read(x); err != nil {
		return nil, err
	}
	terms, err := w.compiledTerms(ctx, w.db, p)
	if err != nil {
		return nil, err
	}
	pairs, err := w.pairs(ctx, p, x.segments)
	if err != nil {
		return nil, err
	}
	list := glossary.Extract(slices.Values(x.segments), glossary.ExtractOptions{
		Source: p.Source, Target: p.Target, Glossary: terms.Glossary, Memory: slices.Values(pairs),
	})
	made := &extracted{stamp: stamp, segments: len(x.segments), partial: x.partial}
	for _, c := range list {
		offer := TermOffer{TermCandidate: c}
		for _, place := range c.Contexts {
			offer.Places = append(offer.Places, x.places[place.Segment])
		}
		made.offers = append(made.offers, offer)
	}
	w.extracts.put(key, made)
	return made, ctx.Err()
}

// pairs are the first units of the memories a project reads, but for those that
// say what the segments say: a translation does not bear witness twice.
func (w *Workbench) pairs(ctx context.Context, p Project, segments []glossary.ExtractSegment) ([]glossary.Pair, error) {
	said := make(map[glossary.Pair]bool, len(segments))
	for _, s := range segments {
		said[glossary.Pair{Source: s.Source, Target: s.Target}] = true
	}
	use, _, err := w.reads(ctx, w.db, p.ID)
	if err != nil {
		return nil, err
	}
	var list []glossary.Pair
	for _, m := range use {
		for u, err := range w.eachUnit(ctx, m.Memory) {
			if err != nil {
				return nil, err
			}
			source, ok := u.In(p.Source)
			target, ok2 := u.In(p.Target)
			if pair := (glossary.Pair{Source: source.Text, Target: target.Text}); ok && ok2 && !said[pair] {
				list = append(list, pair)
			}
			if len(list) == maxExtractPairs {
				return list, nil
			}
		}
	}
	return list, nil
}

// offered leaves out what is a term by now or was rejected.
func (w *Workbench) offered(ctx context.Context, p Project, found *extracted, offset, limit int) (TermOffers, error) {
	list := TermOffers{Segments: found.segments, Partial: found.partial}
	var err error
	if list.Rejected, err = w.db.TermRejections(ctx, p.ID); err != nil {
		return list, err
	}
	rejected := map[string]bool{}
	for _, r := range list.Rejected {
		rejected[r.Key] = true
	}
	terms, err := w.compiledTerms(ctx, w.db, p)
	if err != nil {
		return list, err
	}
	var rest []TermOffer
	for _, o := range found.offers {
		if !rejected[rejectionKey(p, o.Text)] && !isTerm(terms.Glossary, o.Text) {
			rest = append(rest, o)
		}
	}
	list.Total = len(rest)
	at := min(max(offset, 0), len(rest))
	list.Offers = rest[at:min(at+limit, len(rest))]
	return list, nil
}

func isTerm(g *glossary.Glossary, text string) bool {
	return slices.ContainsFunc(g.Find(tm.SourceSide, text), func(h glossary.Hit) bool { return h.From == 0 && h.FullTo == len(text) })
}

func rejectionKey(p Project, text string) string {
	return lang.For(p.Source).FoldString(strings.TrimSpace(text))
}

// TakenTerm is a candidate that is taken, with its translation, if there is one.
type TakenTerm struct {
	Source, Target string
	Type           tm.TermType
}

// TermsAccepted is what taking candidates came to.
type TermsAccepted struct {
	Glossary tm.GlossaryID
	Added    int
	Known    int   // the glossary had them already
	Change   int64 // for [Workbench.UndoGlossary]; 0 for proposals
	Proposed int
}

// maxAccepted bounds how many candidates are taken at once.
const maxAccepted = 500

// AcceptTerms makes concepts of candidates in a glossary of the project, in one
// step that [Workbench.UndoGlossary] takes back; of those who may not edit terms
// they become proposals.
func (w *Workbench) AcceptTerms(ctx context.Context, a Actor, p tm.ProjectID, g tm.GlossaryID, list []TakenTerm) (TermsAccepted, error) {
	switch {
	case len(list) == 0:
		return TermsAccepted{}, tm.NewError(tm.Invalid, "form.none_chosen")
	case len(list) > maxAccepted:
		return TermsAccepted{}, tm.NewError(tm.TooLarge, "term.too_many", "limit", maxAccepted)
	}
	project, err := access(ctx, w.db, a, p, ProposeTerms)
	if err != nil {
		return TermsAccepted{}, err
	}
	concepts := make([]tm.Concept, len(list))
	for i, t := range list {
		if concepts[i], err = cleanConcept(t.concept(project, g)); err != nil {
			return TermsAccepted{}, err
		}
	}
	if !May(project, EditTerms) {
		return w.proposeTerms(ctx, a, p, g, concepts)
	}
	return w.addTerms(ctx, a, project, g, concepts)
}

func (t TakenTerm) concept(p Project, g tm.GlossaryID) tm.Concept {
	c := tm.Concept{Glossary: g, Type: t.Type}
	add := func(tag language.Tag, text string) {
		c.Terms = append(c.Terms, tm.Term{Lang: tag, Text: text, Status: tm.Preferred, Case: tm.CaseAuto})
	}
	add(p.Source, t.Source)
	if strings.TrimSpace(t.Target) != "" {
		add(p.Target, t.Target)
	}
	return c
}

// addTerms adds the concepts whose first term the glossary does not have.
func (w *Workbench) addTerms(ctx context.Context, a Actor, p Project, g tm.GlossaryID, concepts []tm.Concept) (TermsAccepted, error) {
	var done TermsAccepted
	err := w.changeConcepts(ctx, a, p.ID, "term.accept", func(tx *store.Tx) (conceptDelta, error) {
		done = TermsAccepted{Glossary: g}
		if _, err := editableGlossary(ctx, tx, p.ID, g); err != nil {
			return conceptDelta{}, err
		}
		var err error
		done.Change, err = tx.AddGlossaryChange(ctx, store.GlossaryChange{Glossary: g, Kind: "extract", Account: a.Account, At: w.now()}, true)
		if err != nil {
			return conceptDelta{}, err
		}
		d := conceptDelta{name: nameOf(concepts[0])}
		for _, c := range concepts {
			same, err := tx.ConceptsByTerm(ctx, g, nameOf(c))
			if err != nil {
				return d, err
			}
			if len(same) > 0 {
				done.Known++
				continue
			}
			if c, err = w.putConcept(ctx, tx, a, p.ID, c, 0, store.Step{Action: "add", Change: done.Change}); err != nil {
				return d, err
			}
			done.Added++
			d.put = append(d.put, c)
		}
		return d, nil
	})
	return done, err
}

func (w *Workbench) proposeTerms(ctx context.Context, a Actor, p tm.ProjectID, g tm.GlossaryID, concepts []tm.Concept) (TermsAccepted, error) {
	var done TermsAccepted
	err := w.db.Update(ctx, func(tx *store.Tx) error {
		done = TermsAccepted{Glossary: g}
		if _, err := access(ctx, tx, a, p, ProposeTerms); err != nil {
			return err
		}
		for _, c := range concepts {
			if _, err := w.propose(ctx, tx, a, p, c, ""); err != nil {
				return err
			}
			if err := w.audit(ctx, tx, a, p, "proposal.make", nameOf(c), ""); err != nil {
				return err
			}
			done.Proposed++
		}
		return nil
	})
	return done, err
}

// RejectTerm says that a candidate is no term, so that nobody in the project is
// offered it again; on = false takes that back.
func (w *Workbench) RejectTerm(ctx context.Context, a Actor, p tm.ProjectID, text string, on bool) error {
	text = strings.TrimSpace(text)
	if text == "" || len(text) > maxTerm || strings.ContainsFunc(text, isControl) {
		return tm.NewError(tm.Invalid, "term.malformed", "term", shorten(text), "row", 0)
	}
	return w.db.Update(ctx, func(tx *store.Tx) error {
		project, err := access(ctx, tx, a, p, ProposeTerms)
		if err != nil {
			return err
		}
		key := rejectionKey(project, text)
		if !on {
			return tx.DropTermRejection(ctx, p, key)
		}
		if err := tx.PutTermRejection(ctx, p, store.TermRejection{Key: key, Text: text, By: a.Account, At: w.now()}); err != nil {
			return err
		}
		return w.audit(ctx, tx, a, p, "term.reject", text, "")
	})
}
