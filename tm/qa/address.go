package qa

import (
	"tarjoman/tm"
)

// urlChanged reports web and e-mail addresses of the source that the target
// does not have, and those of the target that the source does not have.
func urlChanged(p *Pair) []tm.Issue {
	source, target := addressSpans(p.Source.Text), addressSpans(p.Target.Text)
	issues := addressIssues(tm.SourceSide, p.Source.Text, source, p.Target.Text, target)
	return append(issues, addressIssues(tm.TargetSide, p.Target.Text, target, p.Source.Text, source)...)
}

func addressIssues(side tm.Side, text string, spans []span, other string, others []span) []tm.Issue {
	have := map[string]bool{}
	for _, s := range others {
		have[other[s.from:s.to]] = true
	}
	var issues []tm.Issue
	for _, s := range spans {
		if url := text[s.from:s.to]; !have[url] {
			issues = append(issues, tm.Issue{Side: side, From: s.from, To: s.to, Args: map[string]any{"text": url, "side": string(side)}})
		}
	}
	return issues
}
