package lang

import (
	"bufio"
	"slices"
	"strconv"
	"strings"
	"testing"
)

// frequentWords returns the most frequent words of the shared list.
func frequentWords(t *testing.T, most int) []string {
	t.Helper()
	type entry struct {
		word  string
		count int
	}
	var list []entry
	for sc := bufio.NewScanner(shared(t, "lexicon/hazm-words.dat.gz")); sc.Scan(); {
		f := strings.Split(sc.Text(), "\t")
		if n, err := strconv.Atoi(f[min(1, len(f)-1)]); err == nil {
			list = append(list, entry{f[0], n})
		}
	}
	slices.SortStableFunc(list, func(a, b entry) int { return b.count - a.count })
	var words []string
	for _, e := range list[:min(most, len(list))] {
		words = append(words, e.word)
	}
	return words
}

// Two different words share a key only when they differ in nothing but what A3
// to A8 fold. The bare form of a word says which those are.
func TestKeys_FrequentWordsStayApart(t *testing.T) {
	fa := profile("fa")
	seen := map[string]string{}
	collisions := 0
	for _, w := range frequentWords(t, 20000) {
		for _, k := range fa.Keys(w) {
			other, taken := seen[k]
			if !taken {
				seen[k] = w
			}
			if !taken || other == w {
				continue
			}
			collisions++
			t.Logf("%s and %s", other, w)
			if bare(other) != bare(w) {
				t.Errorf("%q and %q share the key %q", other, w, k)
			}
		}
	}
	t.Logf("%d collisions", collisions)
}

// bare removes by hand what A3 to A8 let count for nothing inside a word.
func bare(word string) string {
	return strings.NewReplacer(
		"أ", "ا", "إ", "ا", "ؤ", "و", "ئ", "ی", "ي", "ی", "ك", "ک", "ة", "ه", "ۀ", "ه",
		"\u200c", "", " ", "", "\u064b", "", "\u064c", "", "\u064d", "", "\u064e", "", "\u064f", "", "\u0650", "",
		"\u0651", "", "\u0652", "", "\u0654", "", "\u0640", "", "ٔ", "",
	).Replace(word)
}
