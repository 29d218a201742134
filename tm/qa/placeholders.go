package qa

import (
	"regexp"
	"strings"

	"tarjoman/tm"
)

// placeholders are the variables of programs and the tags that stand in plain
// text: %s, %(name)s, {0}, ${x}, {{x}}, <b>.
var placeholders = regexp.MustCompile(`%(?:\d+\$)?(?:\([A-Za-z_.]+\))?[-+#0]*\d*(?:\.\d+)?(?:l{0,2}[diuxXosScfFgGeE]|@)(?:\b|$)|%\{[^{}]*\}` +
	`|\$\{[^{}]*\}|\{\{[^{}]*\}\}|\{[A-Za-z0-9_.:]*\}|</?[A-Za-z][^<>]*>`)

// lostPlaceholders returns the placeholders of a that b lacks, as issues of the
// side a stands on.
func lostPlaceholders(side tm.Side, a, b string) []tm.Issue {
	if !strings.ContainsAny(a, "%${<") {
		return nil
	}
	have := map[string]int{}
	for _, p := range placeholders.FindAllString(b, -1) {
		have[p]++
	}
	var issues []tm.Issue
	for _, m := range placeholders.FindAllStringIndex(a, -1) {
		p := a[m[0]:m[1]]
		if have[p] > 0 {
			have[p]--
			continue
		}
		issues = append(issues, tm.Issue{Side: side, From: m[0], To: m[1], Args: map[string]any{"id": 0, "kind": "alone", "type": "placeholder", "text": p}})
	}
	return issues
}
