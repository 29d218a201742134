package memory

import (
	"cmp"
	"slices"
	"time"

	"tarjoman/tm"
)

// Points of the penalties; the package comment explains them.
const (
	codesPoints   = 1
	severalPoints = 1
	draftPoints   = 1
	alignedPoints = 1
	machinePoints = 15
)

// weigh gives every candidate its penalties and score, and drops those under
// the threshold.
func (l *lookup) weigh() {
	doubtful := l.doubtful()
	for _, c := range l.found {
		c.penalise(c.typographic, "typographic", 0)
		c.penalise(!sameCodes(l.Source.Codes, c.entry.content().Codes), "codes", codesPoints)
		c.penalise(c.numbers > 0, "numbers", c.numbers)
		c.penalise(doubtful[c], "several_translations", severalPoints)
		c.penalise(c.entry.unit.Origin.State == tm.Draft, "draft", draftPoints)
		c.penalise(c.entry.unit.Origin.Kind == tm.Aligned, "aligned", alignedPoints)
		c.penalise(c.entry.unit.Origin.Kind == tm.Machine, "machine", machinePoints)
		points := l.penalty[c.entry.unit.Memory]
		c.penalise(points != 0, "memory", points)
		c.score = c.raw + c.bonus
		for _, p := range c.penalties {
			c.score -= p.Points
		}
	}
	l.found = slices.DeleteFunc(l.found, func(c *candidate) bool { return c.score < l.Threshold })
}

func (c *candidate) penalise(when bool, code string, points int) {
	if when {
		c.penalties = append(c.penalties, tm.Penalty{Code: code, Points: points})
	}
}

// doubtful returns the exact matches that another translation of the same
// source contradicts. Matches whose context agrees are in doubt only among
// themselves.
func (l *lookup) doubtful() map[*candidate]bool {
	var exact []*candidate
	byBonus := map[int][]*candidate{}
	for _, c := range l.found {
		if c.kind == tm.ExactMatch || c.kind == tm.ContextMatch {
			exact = append(exact, c)
			byBonus[c.bonus] = append(byBonus[c.bonus], c)
		}
	}
	doubtful := map[*candidate]bool{}
	for bonus, list := range byBonus {
		among := list
		if bonus == 0 {
			among = exact
		}
		if l.disagree(among) {
			for _, c := range list {
				doubtful[c] = true
			}
		}
	}
	return doubtful
}

func (l *lookup) disagree(list []*candidate) bool {
	for _, c := range list {
		if equal, _ := same(l.target, list[0].text, c.text); !equal {
			return true
		}
	}
	return false
}

// sameCodes reports whether two texts have the same codes in the same order,
// whatever their IDs are called.
func sameCodes(a, b []tm.Code) bool {
	names := map[int]int{}
	back := map[int]int{}
	return slices.EqualFunc(a, b, func(x, y tm.Code) bool {
		name, known := names[x.ID]
		if !known && back[y.ID] == 0 {
			names[x.ID], back[y.ID] = y.ID, x.ID
			name = y.ID
		}
		return x.Kind == y.Kind && x.Type == y.Type && name == y.ID
	})
}

var kindOrder = []tm.MatchKind{tm.ContextMatch, tm.ExactMatch, tm.AssembledMatch, tm.FuzzyMatch}

// compareCandidates is the total order of matches, best first.
func compareCandidates(a, b *candidate) int {
	return cmp.Or(
		cmp.Compare(b.score, a.score),
		cmp.Compare(slices.Index(kindOrder, a.kind), slices.Index(kindOrder, b.kind)),
		compareBools(a.typographic, b.typographic),
		cmp.Compare(stateOrder(a), stateOrder(b)),
		newer(a.entry.unit).Compare(newer(b.entry.unit))*-1,
		cmp.Compare(a.entry.unit.ID, b.entry.unit.ID),
	)
}

func compareBools(a, b bool) int {
	switch {
	case a == b:
		return 0
	case b:
		return -1
	}
	return 1
}

// stateOrder ranks a unit without state, as most files leave it, as translated.
func stateOrder(c *candidate) int {
	switch c.entry.unit.Origin.State {
	case tm.Approved:
		return 0
	case tm.Translated, "":
		return 1
	}
	return 2
}

func newer(u *tm.Unit) time.Time {
	if u.Origin.Changed.After(u.Origin.Created) {
		return u.Origin.Changed
	}
	return u.Origin.Created
}

// matches ranks the candidates, merges equal ones and spells out the best.
func (l *lookup) matches() []tm.Match {
	slices.SortFunc(l.found, compareCandidates)
	var list []tm.Match
	offered := map[[2]string]bool{}
	for _, c := range l.found {
		texts := [2]string{c.entry.content().Text, c.text}
		if offered[texts] {
			continue
		}
		offered[texts] = true
		list = append(list, l.match(c))
		if len(list) == l.Limit {
			break
		}
	}
	return list
}

func (l *lookup) match(c *candidate) tm.Match {
	source := c.entry.content()
	return tm.Match{
		Unit: c.entry.unit, Source: source, Target: l.targetOf(c),
		Kind: c.kind, Score: c.score, Raw: c.raw, Penalties: c.penalties,
		Diff: Diff(l.column.profile, source.Text, l.Source.Text),
	}
}

// targetOf returns the target with the codes of the segment. Where the codes of
// both sources agree, the target's own codes are renamed; else the segment's
// are projected.
func (l *lookup) targetOf(c *candidate) tm.Content {
	source, target := c.entry.content(), c.target.content()
	if !sameCodes(l.Source.Codes, source.Codes) || c.text != target.Text && len(target.Codes) > 0 {
		return tm.ProjectCodes(l.Source, c.text)
	}
	ours := make(map[int]int, len(source.Codes)) // IDs of the segment by those of the match
	for i, code := range source.Codes {
		ours[code.ID] = l.Source.Codes[i].ID
	}
	out := tm.Content{Text: c.text}
	for _, code := range target.Codes {
		if id := ours[code.ID]; id != 0 {
			code.ID, code.Data = id, dataOf(l.Source.Codes, id, code)
			out.Codes = append(out.Codes, code)
		}
	}
	return out
}

// dataOf returns the markup of the segment's code, so that a link leads where
// the segment says.
func dataOf(codes []tm.Code, id int, like tm.Code) string {
	for _, c := range codes {
		if c.ID == id && c.Kind == like.Kind {
			return c.Data
		}
	}
	return like.Data
}
