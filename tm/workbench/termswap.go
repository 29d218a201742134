package workbench

import (
	"cmp"
	"slices"
	"strings"
	"time"

	"golang.org/x/text/language"

	"tarjoman/tm"
	"tarjoman/tm/glossary"
	"tarjoman/tm/lang"
)

// Why an exchange of a term in a text is left to a person.
const (
	DoubtTwice  = "twice"   // the old form stands there more than once
	DoubtBeside = "beside"  // an allowed form stands there as well
	DoubtEnding = "ending"  // the new form cannot take the ending of the old one
	DoubtCodes  = "codes"   // an inline code stands inside the old form
	DoubtSource = "source"  // the source does not have the term
	DoubtOther  = "overlap" // the old form overlaps a term of another concept
	DoubtCheck  = "check"   // afterwards the glossary would still complain
	DoubtLocked = "locked"  // approved, and the actor is no reviewer there
)

// termSwap exchanges forms of one concept by its preferred one, in one language
// pair.
type termSwap struct {
	concept   tm.Concept // the old forms are forbidden in it
	to        string
	respelled map[string]bool // old forms that differ from the new one only in spaces, half-spaces or kinds of letters
	alone     *glossary.Glossary
	anchor    string // a source term
}

// newTermSwap prepares the exchange of forms; ok is false when the concept has
// nothing to put in their place, or no term in the source language.
func newTermSwap(c tm.Concept, forms []string, source, target language.Tag) (s *termSwap, ok bool) {
	s = &termSwap{concept: c, respelled: map[string]bool{}}
	preferred := c.In(target, tm.Preferred)
	sources := c.In(source, tm.Preferred, tm.Admitted)
	if len(preferred) == 0 || len(sources) == 0 {
		return nil, false
	}
	s.to, s.anchor = preferred[0].Text, sources[0].Text
	s.concept.Keep, s.concept.Terms = false, always(sources)
	for _, t := range always(c.In(target, tm.Preferred, tm.Admitted)) {
		if !slices.Contains(forms, t.Text) {
			s.concept.Terms = append(s.concept.Terms, t)
		}
	}
	p := lang.For(target)
	for _, form := range forms {
		switch {
		case form == s.to || form == "":
		case tight(p, form) == tight(p, s.to):
			s.respelled[form] = true
		default:
			s.concept.Terms = append(s.concept.Terms, tm.Term{Lang: target, Text: form, Status: tm.ForbiddenTerm, Case: tm.CaseAuto})
		}
	}
	s.alone = glossary.Compile([]tm.Concept{s.concept}, source, target)
	return s, true
}

// always takes the days off terms: what is exchanged may be of any time.
func always(terms []tm.Term) []tm.Term {
	for i := range terms {
		terms[i].From, terms[i].Until = time.Time{}, time.Time{}
	}
	return terms
}

// tight folds a text and leaves spaces and half-spaces out.
func tight(p *lang.Profile, text string) string {
	return strings.NewReplacer("\u200c", "", " ", "").Replace(p.FoldString(text))
}

// swapped is a text in which a term was exchanged.
type swapped struct {
	fixed  tm.Content
	doubts []string
}

// in tells whether a target may have an old form: quick, and never wrong when it
// says no.
func (s *termSwap) in(target string) bool {
	old, _ := s.found(target)
	return len(old) > 0
}

// found sorts the forms of the concept in a target into old and right ones.
func (s *termSwap) found(target string) (old, right []glossary.Hit) {
	for _, h := range s.alone.Find(tm.TargetSide, target) {
		if h.Term.Status == tm.ForbiddenTerm || s.respelled[target[h.From:h.To]] {
			old = append(old, h)
		} else {
			right = append(right, h)
		}
	}
	return old, right
}

// exchange proposes what a target becomes; ok is false when nothing in it is to
// be exchanged. g is the glossary of the project with the concept of s in it.
func (s *termSwap) exchange(g *glossary.Glossary, source, target tm.Content) (x swapped, ok bool) {
	old, right := s.found(target.Text)
	if len(old) == 0 {
		return x, false
	}
	spans, spoken := s.spans(g, source.Text, target.Text)
	spans = append(spans, s.respell(target.Text, old)...)
	if len(spans) == 0 {
		return x, false
	}
	slices.SortFunc(spans, func(a, b glossary.Span) int { return cmp.Compare(a.From, b.From) })
	x.fixed = replaceSpans(target, spans)
	x.doubts = s.doubts(g, target, spans, len(right) > 0, spoken)
	if spoken && len(x.doubts) == 0 && s.outcome(g, source.Text, x.fixed.Text).Outcome != glossary.OK {
		x.doubts = append(x.doubts, DoubtCheck)
	}
	return x, true
}

// outcome is what the glossary says about the concept.
func (s *termSwap) outcome(g *glossary.Glossary, source, target string) glossary.Result {
	for _, r := range g.Check(source, target) {
		if r.Concept.ID == s.concept.ID {
			return r
		}
	}
	return glossary.Result{Outcome: glossary.NotApplicable}
}

// spans are the old forms with what to write instead; spoken reports whether the
// source has the term. An old form inside a term of another concept stays.
func (s *termSwap) spans(g *glossary.Glossary, source, target string) (spans []glossary.Span, spoken bool) {
	switch r := s.outcome(g, source, target); r.Outcome {
	case glossary.Forbidden:
		return r.Target, true
	case glossary.NotApplicable:
		r = s.outcome(s.alone, s.anchor, target)
		if r.Outcome != glossary.Forbidden {
			return nil, false
		}
		others := s.others(g, target)
		for _, span := range r.Target {
			within := func(h glossary.Hit) bool { return h.From <= span.From && span.FullTo <= h.FullTo }
			if !slices.ContainsFunc(others, within) {
				spans = append(spans, span)
			}
		}
		return spans, false
	}
	return nil, true
}

// others are the terms of other concepts in a target.
func (s *termSwap) others(g *glossary.Glossary, target string) []glossary.Hit {
	return slices.DeleteFunc(g.Find(tm.TargetSide, target), func(h glossary.Hit) bool { return h.Concept.ID == s.concept.ID })
}

// respell writes the new form with the ending that stands there: forms that fold
// to the same letters take the same endings.
func (s *termSwap) respell(target string, old []glossary.Hit) []glossary.Span {
	var spans []glossary.Span
	for _, h := range old {
		if h.Term.Status != tm.ForbiddenTerm {
			spans = append(spans, glossary.Span{From: h.From, To: h.To, FullTo: h.FullTo, Term: h.Term, Suggestion: s.to + target[h.To:h.FullTo]})
		}
	}
	return spans
}

func (s *termSwap) doubts(g *glossary.Glossary, target tm.Content, spans []glossary.Span, beside, spoken bool) []string {
	var list []string
	add := func(doubt string, is bool) {
		if is {
			list = append(list, doubt)
		}
	}
	others := s.others(g, target.Text)
	any := func(is func(glossary.Span) bool) bool { return slices.ContainsFunc(spans, is) }
	add(DoubtTwice, len(spans) > 1)
	add(DoubtBeside, beside)
	add(DoubtSource, !spoken)
	add(DoubtEnding, any(func(x glossary.Span) bool { return x.FullTo > x.To && x.Suggestion == s.to }))
	add(DoubtCodes, any(func(x glossary.Span) bool {
		return slices.ContainsFunc(target.Codes, func(c tm.Code) bool { return x.From < c.Pos && c.Pos < x.FullTo })
	}))
	add(DoubtOther, any(func(x glossary.Span) bool {
		return slices.ContainsFunc(others, func(h glossary.Hit) bool { return h.From < x.FullTo && x.From < h.FullTo })
	}))
	return list
}

// replaceSpans writes the suggestions of spans that stand in order. A code inside
// one goes behind what replaces it.
func replaceSpans(c tm.Content, spans []glossary.Span) tm.Content {
	var text strings.Builder
	out := tm.Content{Codes: slices.Clone(c.Codes)}
	at := 0
	for _, s := range spans {
		if s.From < at {
			continue // two forms at one place
		}
		text.WriteString(c.Text[at:s.From] + s.Suggestion)
		for i, code := range c.Codes {
			switch {
			case code.Pos >= s.FullTo:
				out.Codes[i].Pos += len(s.Suggestion) - (s.FullTo - s.From)
			case code.Pos > s.From:
				out.Codes[i].Pos = text.Len()
			}
		}
		at = s.FullTo
	}
	out.Text = text.String() + c.Text[at:]
	return out
}
