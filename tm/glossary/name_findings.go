package glossary

import (
	"slices"
	"strings"

	"tarjoman/tm"
)

// A nameUnit is a word of names with its renderings. A last word counts by
// itself: «Noury» is that of «Hamid Noury». A word before it counts with the
// last one: the Peter of one family may be written otherwise than another.
type nameUnit struct {
	uses     []unitUse
	forms    *nameForms
	allowed  map[string]bool // keys the glossary allows
	expected string          // the form of the glossary
	kind     tm.TermType
	full     bool // stands in a name of several words
}

type unitUse struct {
	segment int
	part    mentionPart
}

// unitKey names the unit of part i.
func (r *nameReporter) unitKey(m mention, i int) [2]int {
	last := r.wordGroup[m.parts[len(m.parts)-1].word]
	if i == len(m.parts)-1 {
		return [2]int{last, -1}
	}
	return [2]int{r.wordGroup[m.parts[i].word], last}
}

// findings compares the renderings of every unit.
func (r *nameReporter) findings() []NameFinding {
	var order []*nameUnit
	units := map[[2]int]*nameUnit{}
	for _, list := range [][]mention{r.listing, r.mentions} {
		for _, m := range list {
			for i, p := range m.parts {
				key := r.unitKey(m, i)
				u := units[key]
				if u == nil {
					u = &nameUnit{forms: newForms(), allowed: map[string]bool{}}
					units[key] = u
					order = append(order, u)
				}
				r.use(u, m, p)
			}
		}
	}
	var list []NameFinding
	for _, u := range order {
		list = append(list, r.judge(u)...)
	}
	slices.SortStableFunc(list, func(a, b NameFinding) int {
		return comparePlaces(NamePlace{a.Segment, NameSpan{From: a.Issue.From}}, NamePlace{b.Segment, NameSpan{From: b.Issue.From}})
	})
	return list
}

// use adds one use of a unit, or what the glossary says of it.
func (r *nameReporter) use(u *nameUnit, m mention, p mentionPart) {
	u.full = u.full || len(m.parts) > 1
	key := r.nameKey(r.target, p.rendering)
	if m.segment >= 0 {
		u.uses = append(u.uses, unitUse{m.segment, p})
		u.forms.add(key, p.rendering, NamePlace{m.segment, p.pairing.Target})
		return
	}
	u.allowed[key] = true
	if u.expected == "" || m.preferred && u.kind == "" {
		u.expected = p.rendering
	}
	u.kind = m.kind
}

// judge reports the uses of a unit that are not what is expected.
func (r *nameReporter) judge(u *nameUnit) []NameFinding {
	expected, number := u.expected, 0
	ranked := u.forms.ranked()
	if expected == "" {
		if len(ranked) < 2 {
			return nil
		}
		expected, number = ranked[0].Text, ranked[0].Places[0].Segment+1
		u.allowed[r.nameKey(r.target, expected)] = true
	}
	var list []NameFinding
	for _, use := range u.uses {
		key := r.nameKey(r.target, use.part.rendering)
		if u.allowed[key] || r.innocent(u, use, key, expected) {
			continue
		}
		list = append(list, NameFinding{use.segment, u.issue(use.part, expected, number)})
	}
	return list
}

// innocent reports whether a deviation is none: the expected form stands in the
// segment as well, the form is a derivation of it («ایرانی»), or it has so
// little in common with it that it renders another word.
func (r *nameReporter) innocent(u *nameUnit, use unitUse, key, expected string) bool {
	want := r.nameKey(r.target, expected)
	if r.target == PersianNames {
		if derived(key, want) || derived(want, key) || 2*editDistance(key, want) > max(letterCount(key), letterCount(want)) {
			return true
		}
	}
	return r.expectedElsewhere(u, use, want, expected)
}

// expectedElsewhere reports whether the expected form stands in the segment
// without rendering another mention there: then it is the rendering.
func (r *nameReporter) expectedElsewhere(u *nameUnit, use unitUse, want, expected string) bool {
	text := r.segments[use.segment].Target
	var spans []NameSpan
	if r.target == PersianNames {
		spans = NamesIn(r.pairer.target, text, expected)
	} else {
		for _, s := range NamesIn(r.pairer.target, text) {
			if strings.Contains(r.nameKey(r.target, text[s.From:s.To]), want) {
				spans = append(spans, s)
			}
		}
	}
	return slices.ContainsFunc(spans, func(s NameSpan) bool { return !u.renders(use.segment, s) })
}

// renders reports whether a use of the unit is rendered within a span.
func (u *nameUnit) renders(segment int, s NameSpan) bool {
	return slices.ContainsFunc(u.uses, func(o unitUse) bool {
		to := o.part.pairing.Target
		return o.segment == segment && s.From <= to.From && to.To <= s.FullTo
	})
}

// derivations are endings with which Persian makes other words of names.
var derivations = []string{"ی", "یی", "ایی", "یان", "ان", "ها", "های", "ای"}

func derived(word, stem string) bool {
	rest, ok := strings.CutPrefix(word, stem)
	return ok && slices.Contains(derivations, rest)
}

func (u *nameUnit) issue(p mentionPart, expected string, number int) tm.Issue {
	return tm.Issue{
		Code: InconsistentNameCode, Severity: u.severity(), Side: tm.TargetSide,
		From: p.pairing.Target.From, To: p.pairing.Target.To,
		Args: map[string]any{"name": p.word, "other": expected, "number": number},
		Fix:  expected, Fixable: true,
	}
}

// severity is that of C12; what nobody listed is a name for certain when it has
// several words.
func (u *nameUnit) severity() tm.Severity {
	switch {
	case u.kind != "":
		return DefaultSeverity(u.kind)
	case u.full:
		return tm.SeverityError
	}
	return tm.SeverityWarning
}

// editDistance counts the letters to change.
func editDistance(a, b string) int {
	x, y := []rune(a), []rune(b)
	row := make([]int, len(y)+1)
	for j := range row {
		row[j] = j
	}
	for i := range x {
		diagonal := row[0]
		row[0] = i + 1
		for j := range y {
			swap := diagonal
			if x[i] != y[j] {
				swap++
			}
			diagonal = row[j+1]
			row[j+1] = min(swap, row[j]+1, row[j+1]+1)
		}
	}
	return row[len(y)]
}
