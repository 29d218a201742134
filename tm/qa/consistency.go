package qa

import (
	"iter"
	"strings"

	"golang.org/x/text/language"

	"tarjoman/tm"
	"tarjoman/tm/lang"
)

// A Finding is an issue of one pair of a document, by the pair's place in it
// from 0.
type Finding struct {
	Pair  int
	Issue tm.Issue
}

// Consistency reports, with the code inconsistent_translation, every pair whose
// source was translated in another way before, and every pair whose target of
// two words or more was used for another source before. Texts are the same when
// they share a match key: case and typography do not count as other ways. Args:
// other (the earlier text on the issue's side), number (of the earlier pair,
// from 1) and way, "target" or "source", which tells the text that differs.
// Pairs without target are passed over. Pairs of several languages may mix.
func Consistency(pairs iter.Seq[Pair]) []Finding {
	bySource, byTarget := seen{}, seen{}
	var findings []Finding
	at := 0
	for p := range pairs {
		if strings.TrimSpace(p.Target.Text) != "" {
			source := sideOf(p.SourceLang, p.Source.Text)
			target := sideOf(p.TargetLang, p.Target.Text)
			if first, differs := bySource.add(at, source, target); differs {
				findings = append(findings, Finding{at, inconsistent(tm.TargetSide, target.text, first)})
			}
			if strings.ContainsRune(strings.TrimSpace(p.Target.Text), ' ') {
				if first, differs := byTarget.add(at, target, source); differs {
					findings = append(findings, Finding{at, inconsistent(tm.SourceSide, source.text, first)})
				}
			}
		}
		at++
	}
	return findings
}

// A side is one text of a pair with its match keys.
type side struct {
	text string
	keys []string
}

func sideOf(tag language.Tag, text string) side {
	keys := lang.For(tag).Keys(text)
	base, _ := tag.Base()
	for i, k := range keys {
		keys[i] = base.String() + " " + strings.ToLower(k)
	}
	return side{text, keys}
}

func (s side) same(o side) bool {
	for _, a := range s.keys {
		for _, b := range o.keys {
			if a == b {
				return true
			}
		}
	}
	return false
}

// earlier is the first use of a text: the pair and the other side it had.
type earlier struct {
	pair  int
	other side
}

type seen map[string]earlier

// add remembers that text stood with other in a pair. When it was seen before
// with another text, it returns that first use.
func (s seen) add(pair int, text, other side) (first earlier, differs bool) {
	for _, k := range text.keys {
		if e, ok := s[k]; ok {
			return e, !e.other.same(other)
		}
	}
	for _, k := range text.keys {
		s[k] = earlier{pair, other}
	}
	return earlier{}, false
}

func inconsistent(where tm.Side, text string, first earlier) tm.Issue {
	return tm.Issue{Code: "inconsistent_translation", Severity: tm.SeverityWarning, Side: where, To: len(text),
		Args: map[string]any{"other": first.other.text, "number": first.pair + 1, "way": string(where)}}
}
