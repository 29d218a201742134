package qa

import (
	"tarjoman/tm"
	"tarjoman/tm/lang"
)

// numberMismatch reports numbers that the target lacks, on the source side, and
// numbers of the target that the source does not justify (PERSIAN.md E1–E6).
func numberMismatch(p *Pair) []tm.Issue {
	missing, extra := lang.CompareNumbers(lang.For(p.SourceLang), p.Source.Text, lang.For(p.TargetLang), p.Target.Text)
	return append(numberIssues(tm.SourceSide, missing), numberIssues(tm.TargetSide, extra)...)
}

func numberIssues(side tm.Side, numbers []lang.Number) []tm.Issue {
	var issues []tm.Issue
	for _, n := range numbers {
		value := n.Value
		if n.Percent {
			value += "%"
		}
		issues = append(issues, tm.Issue{Side: side, From: n.From, To: n.To,
			Args: map[string]any{"value": value, "text": n.Text, "side": string(side)}})
	}
	return issues
}
