package qa

import (
	"regexp"
	"slices"
	"sort"
	"strings"

	"tarjoman/tm"
)

// A span is the bytes from..to of a text.
type span struct{ from, to int }

// What no rule may touch inside a text: addresses, placeholders of programs,
// tags, entities, and code between backquotes.
var (
	addresses = regexp.MustCompile(`(?i)(?:[a-z][a-z0-9+.-]{1,20}://|www\.)[^\s«»،؛؟"<>\x60*|\]\x{200c}-\x{200f}\x{202a}-\x{202e}\x{2066}-\x{2069}]+|[a-z0-9._%+-]+@[a-z0-9-]+(?:\.[a-z0-9-]+)+`)
	guarded   = regexp.MustCompile("`[^`]*`" + `|%(?:\d+\$)?(?:\([A-Za-z_.]+\))?[-+#0]*\d*(?:\.\d+)?(?:l{0,2}[diuxXosScfFgGeE]|@)(?:\b|$)|%\{[^{}]*\}` +
		`|\$\{[^{}]*\}|\$\d+|\{\{?[^{}]*\}?\}|</?[A-Za-z][^<>]*>|&#?[A-Za-z0-9]+;`)
)

// addressSpans returns the URLs and e-mail addresses of text without the
// punctuation of the sentence behind them.
func addressSpans(text string) []span {
	if !strings.Contains(text, "://") && !strings.Contains(text, "@") && !strings.Contains(strings.ToLower(text), "www.") {
		return nil
	}
	var list []span
	for _, m := range addresses.FindAllStringIndex(text, -1) {
		found := strings.TrimRight(withoutStrayBracket(text[m[0]:m[1]]), ".,;:!?'…_")
		list = append(list, span{m[0], m[0] + len(found)})
	}
	return list
}

// withoutStrayBracket cuts an address before a bracket it did not open, as in
// «[text](https://example.com)».
func withoutStrayBracket(address string) string {
	depth := 0
	for i, r := range address {
		switch r {
		case '(', '{':
			depth++
		case ')', '}':
			if depth--; depth < 0 {
				return address[:i]
			}
		}
	}
	return address
}

// guardedSpans returns everything rules must leave alone, in order.
func guardedSpans(text string) []span {
	list := addressSpans(text)
	if strings.ContainsAny(text, "`%${<&") {
		for _, m := range guarded.FindAllStringIndex(text, -1) {
			list = append(list, span{m[0], m[1]})
		}
	}
	return merged(list)
}

// overlaps reports whether one of the merged spans has text in from..to.
func overlaps(list []span, from, to int) bool {
	i := sort.Search(len(list), func(i int) bool { return list[i].to > from })
	return i < len(list) && list[i].from < to
}

// merged sorts spans and joins those that overlap.
func merged(list []span) []span {
	slices.SortFunc(list, func(a, b span) int { return a.from - b.from })
	var out []span
	for _, s := range list {
		if n := len(out); n > 0 && s.from <= out[n-1].to {
			out[n-1].to = max(out[n-1].to, s.to)
			continue
		}
		out = append(out, s)
	}
	return out
}

// codeSpans returns the text between the codes of c that mark code.
func codeSpans(c tm.Content) []span {
	var list []span
	for i, open := range c.Codes {
		if open.Kind != tm.Open || open.Type != "code" {
			continue
		}
		for _, end := range c.Codes[i+1:] {
			if end.Kind == tm.Close && end.ID == open.ID {
				list = append(list, span{open.Pos, end.Pos})
				break
			}
		}
	}
	return list
}
