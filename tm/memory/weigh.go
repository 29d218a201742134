package memory

import (
	"context"
	"slices"

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

// Penalties lists the penalties of this package with their points, for people
// to read. Those of numbers are for each number; those of a unit are as people
// set them, those of memory and age as the query says, and 0 here.
var Penalties = []tm.Penalty{
	{Code: "typographic", Points: 0}, {Code: "context", Points: 0}, {Code: "codes", Points: codesPoints},
	{Code: "numbers", Points: 1}, {Code: "several_translations", Points: severalPoints}, {Code: "draft", Points: draftPoints},
	{Code: "aligned", Points: alignedPoints}, {Code: "machine", Points: machinePoints}, {Code: "unit"}, {Code: "memory"}, {Code: "age"},
}

// weigh gives a candidate its penalties and score. Doubtful says by context
// bonus whether exact matches contradict each other.
func (c *candidate) weigh(doubtful [3]bool) {
	origin := c.unit.Origin
	exact := c.kind == exactKind || c.kind == contextKind
	points, _ := c.reads(c.unit.Memory)
	age := c.agePoints(c.changed)
	c.penalties = nil
	c.penalise(c.typographic, "typographic", 0)
	c.penalise(codeShape(c.Source.Codes) != codeShape(c.source.Codes), "codes", codesPoints)
	c.penalise(c.numbers > 0, "numbers", c.numbers)
	c.penalise(exact && doubtful[c.bonus], "several_translations", severalPoints)
	c.penalise(exact && c.mismatch, "context", 0)
	c.penalise(origin.State == tm.Draft, "draft", draftPoints)
	c.penalise(origin.Kind == tm.Aligned, "aligned", alignedPoints)
	c.penalise(origin.Kind == tm.Machine, "machine", machinePoints)
	c.penalise(c.unit.Penalty > 0, "unit", c.unit.Penalty)
	c.penalise(points != 0, "memory", points)
	c.penalise(age != 0, "age", age)
	c.score = c.raw
	if exact {
		c.score += c.bonus
	}
	for _, p := range c.penalties {
		c.score -= p.Points
	}
}

func (c *candidate) penalise(when bool, code string, points int) {
	if when {
		c.penalties = append(c.penalties, tm.Penalty{Code: code, Points: points})
	}
}

// originPoints are the points of all penalties for the origin of a unit.
func originPoints(state tm.State, kind tm.OriginKind) int {
	points := 0
	if state == tm.Draft {
		points += draftPoints
	}
	switch kind {
	case tm.Aligned:
		points += alignedPoints
	case tm.Machine:
		points += machinePoints
	}
	return points
}

// stateOrder ranks a unit without state, as most files leave it, as translated.
func stateOrder(s tm.State) uint8 {
	switch s {
	case tm.Approved:
		return 0
	case tm.Translated, "":
		return 1
	}
	return 2
}

// merge ranks candidates and returns the best, of equal pairs of texts one.
func merge(found []*candidate, limit int) []*candidate {
	slices.SortFunc(found, func(a, b *candidate) int { return compareRanks(&a.rank, &b.rank) })
	var list []*candidate
	offered := map[[2]string]bool{}
	for _, c := range found {
		pair := [2]string{nfc(c.source.Text), nfc(c.text)}
		if offered[pair] {
			continue
		}
		offered[pair] = true
		if list = append(list, c); len(list) == limit {
			break
		}
	}
	return list
}

// matches spells out candidates.
func (q *question) matches(ctx context.Context, list []*candidate) []tm.Match {
	var out []tm.Match
	d := comparison{profile: q.from, text: q.Source.Text}
	for _, c := range list {
		if ctx.Err() != nil {
			return nil
		}
		out = append(out, tm.Match{
			Unit: c.unit, Source: c.source, Target: c.content(),
			Kind: kinds[c.kind], Score: c.score, Raw: c.raw, Penalties: c.penalties,
			Diff: d.from(c.source.Text),
		})
	}
	return out
}

// content returns the target with the codes of the segment. Where the codes of
// both sources agree, the target's own codes are renamed; else the segment's
// are projected.
func (c *candidate) content() tm.Content {
	if len(c.Source.Codes) == 0 && len(c.target.Codes) == 0 {
		return tm.Plain(c.text)
	}
	if !sameCodes(c.Source.Codes, c.source.Codes) || c.text != c.target.Text && len(c.target.Codes) > 0 {
		return tm.ProjectCodes(c.Source, c.text)
	}
	ours := make(map[int]int, len(c.source.Codes)) // IDs of the segment by those of the match
	for i, code := range c.source.Codes {
		ours[code.ID] = c.Source.Codes[i].ID
	}
	out := tm.Content{Text: c.text}
	for _, code := range c.target.Codes {
		if id := ours[code.ID]; id != 0 {
			code.ID, code.Data = id, dataOf(c.Source.Codes, id, code)
			out.Codes = append(out.Codes, code)
		}
	}
	return out
}

// sameCodes reports whether two texts have the same codes in the same order,
// whatever their IDs are called.
func sameCodes(a, b []tm.Code) bool { return codeShape(a) == codeShape(b) }

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
