package lang

import "strings"

// set returns the words of a space-separated list.
func set(words string) map[string]bool {
	m := map[string]bool{}
	for _, w := range strings.Fields(words) {
		m[w] = true
	}
	return m
}

// withPairs adds entries that hold a space to a set.
func withPairs(m map[string]bool, pairs ...string) map[string]bool {
	if m == nil {
		m = map[string]bool{}
	}
	for _, p := range pairs {
		m[p] = true
	}
	return m
}
