package glossary

import (
	"cmp"
	"iter"
	"slices"
	"strings"

	"golang.org/x/text/language"

	"tarjoman/tm"
)

// InconsistentNameCode is the code of the issues of [NameConsistency].
const InconsistentNameCode = "inconsistent_name"

// A NameSegment is a source with its target.
type NameSegment struct{ Source, Target string }

// A NamePlace is a name in one text of a segment, by the segment's place in the
// sequence from 0.
type NamePlace struct {
	Segment int
	Span    NameSpan
}

// A NameForm is one spelling with all its places.
type NameForm struct {
	Text   string
	Places []NamePlace
}

// Count returns how often the form stands.
func (f NameForm) Count() int { return len(f.Places) }

// A NameCluster is a name of the sources: the spellings that are probably one
// name (F1–F3) and how the targets render them, each list by falling count.
// Spellings that differ only in half-spaces or kinds of letters are one form. A
// rendering is missing where a name is left out or translated by its meaning.
type NameCluster struct {
	Names      []NameForm
	Renderings []NameForm
	Segments   int         // with the name
	Type       tm.TermType // that of the glossary; "" when it does not know the name
}

// A NameFinding is an issue of one segment.
type NameFinding struct {
	Segment int
	Issue   tm.Issue
}

// A NameReport is what [NameConsistency] found.
type NameReport struct {
	Clusters []NameCluster // in order of first appearance
	Findings []NameFinding // in order of segments
}

// NameConsistency compares how the names of many segments, those of a document
// or of a project, are rendered (F5, C12). An issue inconsistent_name stands on
// every rendering that is not the one of the glossary, or without one not the
// most frequent, of two as frequent the earlier. Args: name (as in the source),
// other (the expected form) and number (the segment of its first use, from 1; 0
// when the glossary asks for it); Fix is the expected form, the ending stays.
// Compared are the words of names one by one, so that a surname alone must be
// written as in the full name, and only names that are spelled in the target,
// not those translated by meaning. Nothing is merged.
//
// Names must be right (C12): severity is error where the glossary says person,
// organization or place or where the name has two words, and warning for a
// single capitalised word nobody listed.
func NameConsistency(source, target language.Tag, known []tm.Concept, segments iter.Seq[NameSegment]) NameReport {
	r := nameReporter{pairer: newNamePairer(source, target), source: scriptOf(source), target: scriptOf(target)}
	if r.source == "" || r.target == "" {
		return NameReport{}
	}
	r.listed(known, source, target)
	for s := range segments {
		r.add(s)
	}
	r.group()
	return NameReport{Clusters: r.clusters(), Findings: r.findings()}
}

// A nameReporter collects the names of segments.
type nameReporter struct {
	pairer         *namePairer
	source, target NameScript
	segments       []NameSegment
	mentions       []mention
	listing        []mention // of the glossary
	glossary       *Glossary // of the names known; nil for none
	wordGroup      map[string]int
	typeOf         map[string]tm.TermType // by key of the source spelling
}

// A mention is a name in a segment with its rendering, if one was found.
type mention struct {
	segment int // -1 for the glossary
	text    string
	pairing NamePairing
	paired  bool
	parts   []mentionPart

	kind      tm.TermType // of the glossary
	preferred bool
}

// A mentionPart is one word of a mention and of its rendering.
type mentionPart struct {
	word, rendering string
	pairing         NamePairing
}

// listed reads the names of a glossary.
func (r *nameReporter) listed(known []tm.Concept, source, target language.Tag) {
	r.typeOf = map[string]tm.TermType{}
	known = slices.DeleteFunc(slices.Clone(known), func(c tm.Concept) bool { return !c.Type.Name() })
	if len(known) > 0 {
		r.glossary = Compile(known, source, target)
	}
	for i := range known {
		c := &known[i]
		for _, s := range c.In(source, tm.Preferred, tm.Admitted) {
			r.typeOf[r.nameKey(r.source, s.Text)] = c.Type
			for _, t := range c.In(target, tm.Preferred, tm.Admitted) {
				for _, p := range r.pairer.pairs(s.Text, t.Text) {
					m := r.mention(-1, NameSegment{s.Text, t.Text}, p)
					m.kind, m.preferred = c.Type, t.Status == tm.Preferred
					r.listing = append(r.listing, m)
				}
			}
		}
	}
}

// add reads one segment.
func (r *nameReporter) add(s NameSegment) {
	at := len(r.segments)
	r.segments = append(r.segments, s)
	list := r.pairer.pairs(s.Source, s.Target)
	for _, p := range list {
		r.mentions = append(r.mentions, r.mention(at, s, p))
	}
	list = append(list, r.translated(at, s, list)...)
	for _, span := range NamesIn(r.pairer.source, s.Source) {
		within := func(p NamePairing) bool { return span.From <= p.Source.From && p.Source.To <= span.To }
		if !span.Doubtful && !slices.ContainsFunc(list, within) {
			r.mentions = append(r.mentions, mention{segment: at, text: s.Source[span.From:span.To], pairing: NamePairing{Source: span}})
		}
	}
}

// translated adds the names of the glossary that are rendered by their meaning,
// which no spelling shows; the glossary's own checks judge them.
func (r *nameReporter) translated(at int, s NameSegment, spelled []NamePairing) []NamePairing {
	if r.glossary == nil {
		return nil
	}
	targets := r.glossary.Find(tm.TargetSide, s.Target)
	var list []NamePairing
	for _, hit := range r.glossary.Find(tm.SourceSide, s.Source) {
		source := NameSpan{From: hit.From, To: hit.To, FullTo: hit.FullTo}
		overlaps := func(p NamePairing) bool { return p.Source.From < source.To && source.From < p.Source.To }
		i := slices.IndexFunc(targets, func(t Hit) bool { return t.Concept == hit.Concept })
		if i < 0 || slices.ContainsFunc(spelled, overlaps) {
			continue
		}
		target := NameSpan{From: targets[i].From, To: targets[i].To, FullTo: targets[i].FullTo}
		p := NamePairing{Source: source, Target: target}
		r.mentions = append(r.mentions, mention{segment: at, text: s.Source[source.From:source.To], pairing: p, paired: true})
		list = append(list, p)
	}
	return list
}

func (r *nameReporter) mention(segment int, s NameSegment, p NamePairing) mention {
	m := mention{segment: segment, text: s.Source[p.Source.From:p.Source.To], pairing: p, paired: true}
	for _, part := range p.Parts {
		m.parts = append(m.parts, mentionPart{
			word:      s.Source[part.Source.From:part.Source.To],
			rendering: s.Target[part.Target.From:part.Target.To],
			pairing:   part,
		})
	}
	return m
}

// nameKey tells spellings apart that a reader would call different: in Persian
// the half-spaces and kinds of letters do not count, in Latin all but capitals.
func (r *nameReporter) nameKey(script NameScript, text string) string {
	if script == PersianNames {
		return PersianNameKey(text)
	}
	return strings.ReplaceAll(strings.ToLower(text), "’", "'")
}

// group groups the words of all mentions.
func (r *nameReporter) group() {
	var words []string
	r.wordGroup = map[string]int{}
	for _, list := range [][]mention{r.listing, r.mentions} {
		for _, m := range list {
			for _, p := range m.parts {
				if _, ok := r.wordGroup[p.word]; !ok {
					r.wordGroup[p.word] = 0
					words = append(words, p.word)
				}
			}
		}
	}
	for g, group := range GroupNames(r.source, words) {
		for _, i := range group {
			r.wordGroup[words[i]] = g
		}
	}
}

// clusters groups mentions to names.
func (r *nameReporter) clusters() []NameCluster {
	var texts []string
	byText := map[string][]int{}
	for i, m := range r.mentions {
		if byText[m.text] == nil {
			texts = append(texts, m.text)
		}
		byText[m.text] = append(byText[m.text], i)
	}
	var list []NameCluster
	for _, group := range GroupNames(r.source, texts) {
		var mentions []int
		for _, t := range group {
			mentions = append(mentions, byText[texts[t]]...)
		}
		slices.Sort(mentions)
		list = append(list, r.cluster(mentions))
	}
	slices.SortStableFunc(list, func(a, b NameCluster) int { return comparePlaces(a.first(), b.first()) })
	return list
}

func (c NameCluster) first() NamePlace {
	first := c.Names[0].Places[0]
	for _, n := range c.Names {
		if comparePlaces(n.Places[0], first) < 0 {
			first = n.Places[0]
		}
	}
	return first
}

func comparePlaces(a, b NamePlace) int {
	return cmp.Or(cmp.Compare(a.Segment, b.Segment), cmp.Compare(a.Span.From, b.Span.From))
}

func (r *nameReporter) cluster(mentions []int) NameCluster {
	sources, targets := newForms(), newForms()
	c := NameCluster{}
	last := -1
	for _, i := range mentions {
		m := r.mentions[i]
		key := r.nameKey(r.source, m.text)
		sources.add(key, m.text, NamePlace{m.segment, m.pairing.Source})
		c.Type = cmp.Or(c.Type, r.typeOf[key])
		if m.segment != last {
			c.Segments++
			last = m.segment
		}
		if m.paired {
			to := m.pairing.Target
			text := r.segments[m.segment].Target[to.From:to.To]
			targets.add(r.nameKey(r.target, text), text, NamePlace{m.segment, to})
		}
	}
	c.Names, c.Renderings = sources.ranked(), targets.ranked()
	return c
}

// nameForms counts forms by key.
type nameForms struct {
	at   map[string]int
	list []NameForm
}

func newForms() *nameForms { return &nameForms{at: map[string]int{}} }

func (f *nameForms) add(key, text string, place NamePlace) {
	i, ok := f.at[key]
	if !ok {
		i = len(f.list)
		f.at[key] = i
		f.list = append(f.list, NameForm{Text: text})
	}
	f.list[i].Places = append(f.list[i].Places, place)
}

// ranked returns the forms by falling count, then by first place.
func (f *nameForms) ranked() []NameForm {
	slices.SortStableFunc(f.list, func(a, b NameForm) int {
		return cmp.Or(cmp.Compare(b.Count(), a.Count()), comparePlaces(a.Places[0], b.Places[0]))
	})
	return f.list
}
