package qa

import (
	"strings"

	"tarjoman/tm"
	"tarjoman/tm/lang"
)

// repeatedWord reports a word that follows itself in the target. Where the
// source repeats a word too, the target may.
func repeatedWord(p *Pair) []tm.Issue {
	if len(repetitions(lang.For(p.SourceLang), p.Source.Text)) > 0 {
		return nil
	}
	if base, _ := p.TargetLang.Base(); base.String() == "fa" {
		return only(typography(p), "repeated_word")
	}
	var issues []tm.Issue
	for _, s := range repetitions(lang.For(p.TargetLang), p.Target.Text) {
		issues = append(issues, tm.Issue{Side: tm.TargetSide, From: s.from, To: s.to,
			Args: map[string]any{"text": p.Target.Text[s.from:s.to]}})
	}
	return issues
}

// doubled are the English words that stand twice on purpose or by grammar.
var doubled = wordSet("had that very so no bye ha is her great knock tut there now")

// repetitions returns the places where a word is followed by itself. A name with
// a capital may be double: Boutros Boutros-Ghali.
func repetitions(p *lang.Profile, text string) []span {
	var list []span
	words := p.Words(text)
	guarded := guardedSpans(text)
	for i := 2; i < len(words); i++ {
		a, gap, b := words[i-2], words[i-1], words[i]
		if overlaps(guarded, a.From, b.To) || gap.Kind != lang.SpaceWord || a.Kind != lang.LetterWord || b.Kind != lang.LetterWord {
			continue
		}
		first, second := text[a.From:a.To], text[b.From:b.To]
		if strings.EqualFold(first, second) && !doubled[strings.ToLower(first)] && second == strings.ToLower(second) {
			list = append(list, span{a.From, b.To})
		}
	}
	return list
}
