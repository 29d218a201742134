package qa

import (
	"regexp"
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"

	"tarjoman/tm"
)

// untranslated reports runs of source words left standing in a target of
// another script (D3). Names and acronyms, that is words with a capital, may
// stay, and so may anything in brackets or quotes, addresses and codes; a run of
// them counts only when a word in small letters is among them.
func untranslated(p *Pair) []tm.Issue {
	foreign := scriptOf(p.SourceLang)
	if foreign == nil || foreign == scriptOf(p.TargetLang) || strings.TrimSpace(p.Source.Text) == strings.TrimSpace(p.Target.Text) {
		return nil
	}
	skip := merged(append(guardedSpans(p.Target.Text), codeSpans(p.Target)...))
	source := map[string]bool{}
	for _, w := range splitWords(p.Source.Text) {
		source[strings.ToLower(w)] = true
	}
	var issues []tm.Issue
	for _, run := range foreignRuns(p.Target.Text, foreign, skip) {
		if leftOver(p.Target.Text[run.from:run.to], source) {
			issues = append(issues, tm.Issue{Side: tm.TargetSide, From: run.from, To: run.to,
				Args: map[string]any{"text": p.Target.Text[run.from:run.to]}})
		}
	}
	return issues
}

// scriptOf returns the script that marks text of a language as untranslated:
// Latin or Arabic, nil for others.
func scriptOf(tag interface{ String() string }) *unicode.RangeTable {
	switch base, _, _ := strings.Cut(tag.String(), "-"); base {
	case "fa", "ar", "ps", "ur", "ckb":
		return unicode.Arabic
	case "en", "de", "fr", "es", "it", "sv", "nl", "pt", "tr", "da", "nb":
		return unicode.Latin
	}
	return nil
}

// technical finds what looks like an address of a program: about:config, a/b.
var technical = regexp.MustCompile(`[A-Za-z][:/][A-Za-z]`)

// leftOver reports whether a run has a word in small letters that stands in the
// source.
func leftOver(run string, source map[string]bool) bool {
	if technical.MatchString(run) {
		return false
	}
	return slices.ContainsFunc(splitWords(run), func(w string) bool {
		return utf8.RuneCountInString(w) > 2 && strings.ToLower(w) == w && source[w] && !strings.ContainsAny(w, "0123456789.")
	})
}

// splitWords returns the words of text: letters, digits and what joins them.
func splitWords(text string) []string {
	words := strings.FieldsFunc(text, func(r rune) bool {
		return !unicode.IsLetter(r) && !unicode.IsDigit(r) && !unicode.Is(unicode.Mn, r) && !strings.ContainsRune("\u200c-_.", r)
	})
	for i, w := range words {
		words[i] = strings.Trim(w, ".-")
	}
	return words
}

// foreignRuns returns the longest runs of words in a script, outside brackets,
// quotes and the spans to skip.
func foreignRuns(text string, script *unicode.RangeTable, skip []span) []span {
	var runs []span
	depth, next := 0, 0
	var open *span
	flush := func() {
		if open != nil {
			runs = append(runs, *open)
			open = nil
		}
	}
	for at, r := range text {
		for next < len(skip) && skip[next].to <= at {
			next++
		}
		switch {
		case strings.ContainsRune("([{«“", r):
			depth++
			flush()
		case strings.ContainsRune(")]}»”", r):
			depth = max(0, depth-1)
			flush()
		case next < len(skip) && skip[next].from <= at || depth > 0:
			flush()
		case unicode.Is(script, r):
			if open == nil {
				open = &span{from: at}
			}
			open.to = at + utf8.RuneLen(r)
		case unicode.IsLetter(r) || strings.ContainsRune("/\\=_@#<>|*", r):
			flush()
		}
	}
	flush()
	return runs
}
