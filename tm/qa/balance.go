package qa

import (
	"slices"
	"strings"

	"tarjoman/tm"
)

// unbalancedPair reports brackets and quotation marks of the target without a
// partner. A sentence cut out of a longer quotation has such marks in the source
// as well; then the target may.
func unbalancedPair(p *Pair) []tm.Issue {
	quotes, brackets := looseIn(p.Source.Text)
	return slices.DeleteFunc(looseMarks(p), func(i tm.Issue) bool {
		bracket := strings.ContainsAny(p.Target.Text[i.From:i.To], "()")
		return bracket && brackets || !bracket && quotes
	})
}

// looseIn reports what text has without a partner.
func looseIn(text string) (quotes, brackets bool) {
	d := newDraft(text, guardedSpans(text))
	_, loose := d.match()
	for _, i := range loose {
		bracket := d.at(i) == '(' || d.at(i) == ')'
		quotes, brackets = quotes || !bracket, brackets || bracket
	}
	return quotes || oddQuotes(text), brackets
}

func looseMarks(p *Pair) []tm.Issue {
	if base, _ := p.TargetLang.Base(); base.String() == "fa" {
		return only(typography(p), "unbalanced_pair")
	}
	d := newDraft(p.Target.Text, guardedSpans(p.Target.Text))
	_, loose := d.match()
	var issues []tm.Issue
	for _, i := range loose {
		g := d.glyphs[i]
		issues = append(issues, tm.Issue{Side: tm.TargetSide, From: g.from, To: g.to, Args: map[string]any{"text": string(g.r)}})
	}
	if at := strings.LastIndexByte(p.Target.Text, '"'); oddQuotes(p.Target.Text) && at >= 0 {
		issues = append(issues, tm.Issue{Side: tm.TargetSide, From: at, To: at + 1, Args: map[string]any{"text": `"`}})
	}
	return issues
}

// oddQuotes reports whether quotation marks of text are left open: an odd number
// of straight ones, or curly ones that do not come in pairs.
func oddQuotes(text string) bool {
	return strings.Count(text, `"`)%2 != 0 || strings.Count(text, "“") != strings.Count(text, "”")
}
