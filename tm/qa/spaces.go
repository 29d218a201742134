package qa

import (
	"strings"
	"unicode"

	"tarjoman/tm"
)

// edgeSpace reports white space at the start or end of a target that differs
// from that of the source, with what it should be.
func edgeSpace(p *Pair) []tm.Issue {
	sourceLead, sourceTrail := edges(p.Source.Text)
	lead, trail := edges(p.Target.Text)
	var issues []tm.Issue
	if lead != sourceLead {
		issues = append(issues, edgeIssue(0, len(lead), sourceLead))
	}
	if trail != sourceTrail {
		issues = append(issues, edgeIssue(len(p.Target.Text)-len(trail), len(p.Target.Text), sourceTrail))
	}
	return issues
}

func edgeIssue(from, to int, want string) tm.Issue {
	return tm.Issue{Side: tm.TargetSide, From: from, To: to, Fix: want, Fixable: true}
}

// edges returns the white space around text.
func edges(text string) (lead, trail string) {
	trimmed := strings.TrimLeftFunc(text, unicode.IsSpace)
	lead = text[:len(text)-len(trimmed)]
	return lead, trimmed[len(strings.TrimRightFunc(trimmed, unicode.IsSpace)):]
}

// doubleSpace reports two or more spaces between words of the target.
func doubleSpace(p *Pair) []tm.Issue {
	if base, _ := p.TargetLang.Base(); base.String() == "fa" {
		return only(typography(p), "double_space")
	}
	text := p.Target.Text
	var issues []tm.Issue
	for at := 0; at < len(text); {
		n := len(text[at:]) - len(strings.TrimLeft(text[at:], " \u00a0"))
		if n > 1 && at > 0 && at+n < len(text) && text[at:at+n] != "\u00a0" {
			issues = append(issues, tm.Issue{Side: tm.TargetSide, From: at, To: at + n, Fix: " ", Fixable: true})
		}
		at += max(n, 1)
	}
	return issues
}
