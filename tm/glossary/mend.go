package glossary

import (
	"slices"
	"strings"

	"tarjoman/tm"
	"tarjoman/tm/lang"
)

// Mend finds what stands in the target instead of the terms that are missing
// there. A glossary_missing issue for which it does comes back as one on the
// target: From..To is the wrong form with its ending, Args found what is written
// there, and Fix the preferred term with that ending (C12). Wrong forms are, in
// this order: the source term as it is, another spelling of a name (F4), and a
// slip in a permitted term. Issues without one stay as they are.
func (g *Glossary) Mend(source, target string, issues []tm.Issue) []tm.Issue {
	if !slices.ContainsFunc(issues, func(i tm.Issue) bool { return i.Code == MissingCode }) {
		return issues
	}
	m := mender{Glossary: g, source: source, target: target, taken: g.Find(tm.TargetSide, target)}
	results := g.Check(source, target)
	mended := slices.Clone(issues)
	for i, issue := range issues {
		if issue.Code != MissingCode || issue.Side != tm.SourceSide {
			continue
		}
		for _, r := range results {
			if r.Outcome == Missing && r.Source[0].From == issue.From && r.Source[0].FullTo == issue.To {
				mended[i] = m.mend(issue, r)
				break
			}
		}
	}
	return mended
}

// A mender looks for wrong forms in one target.
type mender struct {
	*Glossary
	source, target string
	taken          []Hit // places that say something else
	names          []NamePairing
	paired         bool
}

func (m *mender) mend(issue tm.Issue, r Result) tm.Issue {
	for _, find := range []func(Result) string{m.untranslated, m.misspelled, m.slip} {
		wrong := find(r)
		if wrong == "" || wrong == r.Preferred {
			continue
		}
		s, ok := m.replacement(r, wrong)
		if !ok {
			continue
		}
		issue.Side, issue.From, issue.To = tm.TargetSide, s.From, s.FullTo
		issue.Args = map[string]any{"term": issue.Args["term"], "expected": r.Preferred, "found": m.target[s.From:s.FullTo]}
		issue.Fix, issue.Fixable = s.Suggestion, true
		return issue
	}
	return issue
}

// replacement treats the wrong form as a forbidden term of the concept, which
// gives its place, its ending and what to write.
func (m *mender) replacement(r Result, wrong string) (Span, bool) {
	c := *r.Concept
	forbidden := tm.Term{Lang: m.langs[1], Text: wrong, Status: tm.ForbiddenTerm, Case: tm.CaseAuto}
	c.Terms = append(slices.Clone(c.Terms), forbidden)
	alone := Compile([]tm.Concept{c}, m.langs[0], m.langs[1]).On(m.day)
	for _, own := range alone.Check(m.source, m.target) {
		if own.Outcome == Forbidden && own.Target[0].Suggestion != "" && !m.occupied(own.Target[0]) {
			return own.Target[0], true
		}
	}
	return Span{}, false
}

func (m *mender) occupied(s Span) bool {
	return slices.ContainsFunc(m.taken, func(h Hit) bool { return h.From < s.FullTo && s.From < h.FullTo })
}

// untranslated finds the source term itself in the target.
func (m *mender) untranslated(r Result) string {
	s := r.Source[0]
	text := m.source[s.From:s.To]
	if scriptOf(m.langs[0]) == scriptOf(m.langs[1]) || !strings.Contains(m.target, text) {
		return ""
	}
	return text
}

// misspelled finds how the target writes a name that is spelled, not
// translated.
func (m *mender) misspelled(r Result) string {
	if !r.Concept.Type.Name() || scriptOf(m.langs[0]) == "" || scriptOf(m.langs[0]) == scriptOf(m.langs[1]) {
		return ""
	}
	if !m.paired {
		m.names, m.paired = PairNames(m.langs[0], m.langs[1], m.source, m.target), true
	}
	for _, s := range r.Source {
		for _, p := range m.names {
			from, to, ok := partsOf(p, s)
			if ok && !derivation(PersianNameKey(m.target[from:to]), PersianNameKey(r.Preferred)) {
				return m.target[from:to]
			}
		}
	}
	return ""
}

// partsOf returns what renders the words s of a name.
func partsOf(p NamePairing, s Span) (from, to int, ok bool) {
	if p.Source.From == s.From && p.Source.To == s.To {
		return p.Target.From, p.Target.To, true
	}
	first := slices.IndexFunc(p.Parts, func(o NamePairing) bool { return o.Source.From == s.From })
	last := slices.IndexFunc(p.Parts, func(o NamePairing) bool { return o.Source.To == s.To })
	if first < 0 || last < first {
		return 0, 0, false
	}
	return p.Parts[first].Target.From, p.Parts[last].Target.To, true
}

// minSlip is the shortest term, in letters, in which a slip is looked for, and
// lettersPerSlip how many letters may have one.
const (
	minSlip        = 5
	lettersPerSlip = 8
)

// slip finds a permitted term with a wrong letter.
func (m *mender) slip(r Result) string {
	profile := m.base.target.profile
	var words []lang.Word
	for _, w := range profile.Words(m.target) {
		if w.Kind == lang.LetterWord {
			words = append(words, w)
		}
	}
	for _, t := range r.Concept.In(m.langs[1], tm.Preferred, tm.Admitted) {
		want := slipKey(profile, t.Text)
		n := letterCount(want)
		if n < minSlip || !m.counts(t) {
			continue
		}
		width := countWords(t.Text)
		for i := 0; i+width <= len(words); i++ {
			for _, text := range stems(m.target[words[i].From:words[i+width-1].To]) {
				key := slipKey(profile, text)
				d := editDistance(key, want)
				if d > 0 && d <= 1+n/lettersPerSlip && d*4 <= n && firstRune(key) == firstRune(want) && !derivation(key, want) {
					return text
				}
			}
		}
	}
	return ""
}

// derivation reports whether two words differ by their ends only: «مهندسی» is
// another word than «مهندس», or another form of it, and no slip.
func derivation(a, b string) bool { return strings.HasPrefix(a, b) || strings.HasPrefix(b, a) }

// slipKey folds a text without spaces and half-spaces.
func slipKey(p *lang.Profile, text string) string {
	return strings.NewReplacer("\u200c", "", " ", "").Replace(p.FoldString(text))
}

// stems are a text and what stands before its last half-space.
func stems(text string) []string {
	if at := strings.LastIndex(text, "\u200c"); at > 0 {
		return []string{text[:at], text}
	}
	return []string{text}
}
