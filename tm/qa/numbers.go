package qa

import (
	"slices"
	"strings"
	"unicode"

	"tarjoman/tm"
	"tarjoman/tm/lang"
)

// numberMismatch reports numbers that the target lacks, on the source side, and
// numbers of the target that the source does not justify (PERSIAN.md E1–E6).
func numberMismatch(p *Pair) []tm.Issue {
	missing, extra := lang.CompareNumbers(lang.For(p.SourceLang), p.Source.Text, lang.For(p.TargetLang), p.Target.Text)
	missing = slices.DeleteFunc(missing, func(n lang.Number) bool { return n.Words && p.leftStanding(n) })
	return append(numberIssues(tm.SourceSide, missing), numberIssues(tm.TargetSide, extra)...)
}

// leftStanding reports whether the target has a number word of the source with
// the word after it, as it has the name «Six Flags».
func (p *Pair) leftStanding(n lang.Number) bool {
	rest := strings.TrimLeft(p.Source.Text[n.To:], " ")
	end := strings.IndexFunc(rest, func(r rune) bool { return !unicode.IsLetter(r) })
	if end < 0 {
		end = len(rest)
	}
	name := p.Source.Text[n.From : len(p.Source.Text)-len(rest)+end]
	return end > 0 && strings.Contains(p.Target.Text, name)
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
