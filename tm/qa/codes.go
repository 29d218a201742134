package qa

import (
	"slices"

	"tarjoman/tm"
)

// A codeKey names a code across source and target.
type codeKey struct {
	id   int
	kind tm.CodeKind
}

// lacking returns the codes of a that b does not have.
func lacking(a, b []tm.Code) []tm.Code {
	have := map[codeKey]int{}
	for _, c := range b {
		have[codeKey{c.ID, c.Kind}]++
	}
	var out []tm.Code
	for _, c := range a {
		if k := (codeKey{c.ID, c.Kind}); have[k] > 0 {
			have[k]--
		} else {
			out = append(out, c)
		}
	}
	return out
}

func codeIssues(side tm.Side, text string, codes []tm.Code) []tm.Issue {
	var issues []tm.Issue
	for _, c := range codes {
		at := min(c.Pos, len(text))
		issues = append(issues, tm.Issue{Side: side, From: at, To: at,
			Args: map[string]any{"id": c.ID, "kind": c.Kind.String(), "type": c.Type, "text": c.Data}})
	}
	return issues
}

// codeMissing reports the codes of the source that the target lost, and the
// placeholders written in its text.
func codeMissing(p *Pair) []tm.Issue {
	issues := codeIssues(tm.SourceSide, p.Source.Text, lacking(p.Source.Codes, p.Target.Codes))
	return append(issues, lostPlaceholders(tm.SourceSide, p.Source.Text, p.Target.Text)...)
}

// codeExtra reports the codes and placeholders of the target that the source
// does not have.
func codeExtra(p *Pair) []tm.Issue {
	issues := codeIssues(tm.TargetSide, p.Target.Text, lacking(p.Target.Codes, p.Source.Codes))
	return append(issues, lostPlaceholders(tm.TargetSide, p.Target.Text, p.Source.Text)...)
}

// codeOrder reports codes of the target that close before they open or cross
// another pair. Order as such is free: languages differ. Codes that are broken
// the same way in the source are fine.
func codeOrder(p *Pair) []tm.Issue {
	fine := disordered(p.Source.Codes)
	wrong := slices.DeleteFunc(disordered(p.Target.Codes), func(c tm.Code) bool {
		return slices.ContainsFunc(fine, func(f tm.Code) bool { return f.ID == c.ID && f.Kind == c.Kind })
	})
	return codeIssues(tm.TargetSide, p.Target.Text, wrong)
}

// disordered returns the closing codes that do not close the innermost open one.
func disordered(codes []tm.Code) []tm.Code {
	var open []int
	var wrong []tm.Code
	for _, c := range codes {
		switch c.Kind {
		case tm.Open:
			open = append(open, c.ID)
		case tm.Close:
			at := slices.Index(open, c.ID)
			if at < 0 && !hasOpen(codes, c.ID) {
				continue // its partner stands in another segment
			}
			if at < 0 || at != len(open)-1 {
				wrong = append(wrong, c)
			}
			if at >= 0 {
				open = slices.Delete(open, at, at+1)
			}
		}
	}
	return wrong
}

func hasOpen(codes []tm.Code, id int) bool {
	return slices.ContainsFunc(codes, func(c tm.Code) bool { return c.Kind == tm.Open && c.ID == id })
}
