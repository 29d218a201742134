package glossary

import (
	"maps"
	"strings"

	"tarjoman/tm"
)

// Codes of the issues of this package.
const (
	MissingCode   = "glossary_missing"
	ForbiddenCode = "glossary_forbidden"
)

// Issues reports what the target makes of the terms of the source:
//
//   - glossary_missing, on the first place of the term in the source; Args term
//     (as written there) and expected (the preferred term);
//   - glossary_forbidden, on each forbidden term in the target; Args term (as
//     written there), expected, and Fix, the preferred term with the ending.
//
// Of several concepts with the same source term one satisfied is enough, and of
// those missing the first speaks. An empty target has no issues here.
func (g *Glossary) Issues(source, target tm.Content) []tm.Issue {
	if strings.TrimSpace(target.Text) == "" {
		return nil
	}
	var issues []tm.Issue
	results := g.Check(source.Text, target.Text)
	for i, r := range results {
		switch r.Outcome {
		case Missing:
			if !spokenFor(results, i) {
				issues = append(issues, g.missing(r, source.Text))
			}
		case Forbidden:
			issues = append(issues, g.forbidden(r, target.Text)...)
		}
	}
	return issues
}

// spokenFor reports whether every place of result i in the source is also that
// of another concept that is satisfied, or missing with a higher priority.
func spokenFor(results []Result, i int) bool {
	for _, s := range results[i].Source {
		found := false
		for k, r := range results {
			speaks := k != i && (r.Outcome == OK || r.Outcome == Missing && k < i)
			found = found || speaks && coversSpan(r.Source, s)
		}
		if !found {
			return false
		}
	}
	return true
}

func coversSpan(list []Span, s Span) bool {
	for _, o := range list {
		if o.From == s.From && o.FullTo == s.FullTo {
			return true
		}
	}
	return false
}

func (g *Glossary) missing(r Result, source string) tm.Issue {
	s := r.Source[0]
	return tm.Issue{
		Code: MissingCode, Severity: g.severity(r.Concept.Type), Side: tm.SourceSide, From: s.From, To: s.FullTo,
		Args: map[string]any{"term": source[s.From:s.FullTo], "expected": r.Preferred},
	}
}

func (g *Glossary) forbidden(r Result, target string) []tm.Issue {
	var issues []tm.Issue
	for _, s := range r.Target {
		issues = append(issues, tm.Issue{
			Code: ForbiddenCode, Severity: g.severity(r.Concept.Type), Side: tm.TargetSide, From: s.From, To: s.FullTo,
			Args: map[string]any{"term": target[s.From:s.FullTo], "expected": r.Preferred},
			Fix:  s.Suggestion, Fixable: s.Suggestion != "",
		})
	}
	return issues
}

// Weighing returns the glossary with severities of its issues per type of
// concept; a type that is not named has its default (C12).
func (g *Glossary) Weighing(severities map[tm.TermType]tm.Severity) *Glossary {
	weighing := *g
	weighing.weights = maps.Clone(severities)
	return &weighing
}

func (g *Glossary) severity(t tm.TermType) tm.Severity {
	if s, ok := g.weights[t]; ok {
		return s
	}
	return DefaultSeverity(t)
}

// DefaultSeverity is what C12 says: what names a person, an organization or a
// place must be right.
func DefaultSeverity(t tm.TermType) tm.Severity {
	switch t {
	case tm.Person, tm.Organization, tm.Place:
		return tm.SeverityError
	}
	return tm.SeverityWarning
}
