package glossary

import (
	"slices"
	"strings"

	"tarjoman/tm"
)

// AcronymFirstCode names the issue of [Glossary.FirstMentions].
const AcronymFirstCode = "acronym_first"

// A Pair is a segment: a source and its translation.
type Pair struct{ Source, Target string }

// A Finding is an issue of one of several segments.
type Finding struct {
	Segment int // place in the list, from 0
	Issue   tm.Issue
}

// FirstMentions checks that what has an acronym is written out the first time a
// document speaks of it (C12): MEK is first «سازمان مجاهدین خلق ایران», later a
// short form will do. The segments are those of one document, in order.
//
// It concerns the concepts with an acronym in either language whose preferred
// term in the target has several words; that term, or a permitted one of no
// fewer words, is what must come first. Segments without translation or without
// a permitted term are passed over: those have issues of their own. An issue
// stands on the short term in the target; its Args are term (as written there)
// and expected, and Fix writes it out.
func (g *Glossary) FirstMentions(segments []Pair) []Finding {
	var findings []Finding
	said := map[*tm.Concept]bool{}
	for i, p := range segments {
		if strings.TrimSpace(p.Target) == "" {
			continue
		}
		for _, r := range g.Check(p.Source, p.Target) {
			if len(r.Target) == 0 || said[r.Concept] || !g.hasAcronym(r.Concept) {
				continue
			}
			said[r.Concept] = true
			if r.Outcome == OK && !slices.ContainsFunc(r.Target, r.inFull) {
				findings = append(findings, Finding{i, g.unexpanded(r, p.Target)})
			}
		}
	}
	return findings
}

// hasAcronym reports whether a concept is one to write out first.
func (g *Glossary) hasAcronym(c *tm.Concept) bool {
	if c.Keep || countWords(g.preferred(c)) < 2 {
		return false
	}
	return slices.ContainsFunc(c.Terms, func(t tm.Term) bool {
		short := t.POS == "acronym" || acronym(strings.ReplaceAll(t.Text, ".", ""))
		return short && t.Status != tm.ForbiddenTerm && t.Status != tm.Proposed && g.counts(t)
	})
}

// inFull reports whether a span has the words that the first mention needs.
func (r Result) inFull(s Span) bool { return countWords(s.Term.Text) >= countWords(r.Preferred) }

func (g *Glossary) unexpanded(r Result, target string) tm.Issue {
	s := r.Target[0]
	return tm.Issue{
		Code: AcronymFirstCode, Severity: tm.SeverityWarning, Side: tm.TargetSide, From: s.From, To: s.FullTo,
		Args: map[string]any{"term": target[s.From:s.FullTo], "expected": r.Preferred},
		Fix:  g.writtenOut(r, s, target), Fixable: true,
	}
}

// writtenOut is the preferred term with the ending of the short one; an acronym
// stays beside it, in brackets: «International Criminal Court (ICC)».
func (g *Glossary) writtenOut(r Result, s Span, target string) string {
	text := g.preferredLike(r, s, target)
	if acronym(s.Term.Text) {
		text += " (" + target[s.From:s.To] + ")"
	}
	return text
}

// preferredLike is the preferred term in the form of a permitted one.
func (g *Glossary) preferredLike(r Result, s Span, target string) string {
	for _, m := range g.matches(tm.TargetSide, target) {
		if m.concept == r.Concept && m.from == s.From && m.full == s.FullTo {
			return g.suggest(r.Preferred, m, target)
		}
	}
	return r.Preferred
}

func countWords(text string) int { return len(strings.Fields(text)) }
