package glossary

import (
	"cmp"
	"maps"
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"

	"golang.org/x/text/language"

	"tarjoman/tm"
	"tarjoman/tm/lang"
)

const (
	maxMemoryPairs   = 2_000_000 // pairs that are learned from
	maxTargetWords   = 1_000_000 // different words that are counted
	maxTargetSamples = 64        // translations of one candidate that are looked at closely
	longestTarget    = 6         // words of a proposed translation
	maxTargets       = 3         // proposals for one candidate
)

// propose adds ways to say the candidates in the target language: what the
// glossary has, what stands in their translations again and again, and for
// names what the rules for names give.
func (x *extraction) propose(list []TermCandidate) {
	if x.o.Target == language.Und || len(list) == 0 {
		return
	}
	l := newTargetLearner(x.o, list)
	for _, s := range x.segments {
		l.learn(s.Source, s.Target)
	}
	if x.o.Memory != nil {
		for p := range x.o.Memory {
			if l.pairs == maxMemoryPairs {
				break
			}
			l.learn(p.Source, p.Target)
		}
	}
	l.settle()
	for i := range list {
		list[i].Targets = l.targets(&list[i], l.seen[i])
	}
}

// A targetLearner counts which words stand in the translations of candidates.
type targetLearner struct {
	o       ExtractOptions
	profile *lang.Profile
	words   *extractWords
	finder  *Glossary // of the candidates

	pairs  int
	common map[string]int // pairs with a word
	seen   []*seenTargets
}

// seenTargets is what stands in the translations of one candidate.
type seenTargets struct {
	source  string // the candidate, folded
	number  bool   // the candidate has a figure
	pairs   int
	common  map[string]int
	samples [][]targetWord
}

// A targetWord is a word as written and its key without a common ending.
type targetWord struct {
	text, key string
	apart     bool // a mark stands before it
}

func newTargetLearner(o ExtractOptions, list []TermCandidate) *targetLearner {
	l := &targetLearner{o: o, profile: lang.For(o.Target), words: wordsOf(o.Target), common: map[string]int{}}
	concepts := make([]tm.Concept, len(list))
	for i, c := range list {
		t := tm.Term{Lang: o.Source, Text: c.Text, Status: tm.Preferred}
		concepts[i] = tm.Concept{ID: tm.ConceptID(i), Type: c.Type, Terms: []tm.Term{t}}
		l.seen = append(l.seen, &seenTargets{source: lang.For(o.Source).FoldString(c.Text), number: strings.ContainsFunc(c.Text, unicode.IsDigit), common: map[string]int{}})
	}
	l.finder = Compile(concepts, o.Source, o.Target)
	return l
}

// learn counts one pair.
func (l *targetLearner) learn(source, target string) {
	if strings.TrimSpace(target) == "" {
		return
	}
	l.pairs++
	words := l.cut(target)
	different := map[string]bool{}
	for _, w := range words {
		different[w.key] = true
	}
	for key := range different {
		if l.common[key] > 0 || len(l.common) < maxTargetWords {
			l.common[key]++
		}
	}
	done := map[tm.ConceptID]bool{}
	for _, h := range l.finder.Find(tm.SourceSide, source) {
		if id := h.Concept.ID; !done[id] {
			done[id] = true
			l.seen[id].count(different, words)
		}
	}
}

// fits reports whether a word may be part of a translation: a number only when
// the candidate has one.
func (l *targetLearner) fits(s *seenTargets, key string) bool {
	return !l.stop(key) && (s.number || strings.ContainsFunc(key, unicode.IsLetter))
}

func (s *seenTargets) count(different map[string]bool, words []targetWord) {
	s.pairs++
	for key := range different {
		s.common[key]++
	}
	if len(s.samples) < maxTargetSamples {
		s.samples = append(s.samples, words)
	}
}

func (l *targetLearner) cut(text string) []targetWord {
	var list []targetWord
	apart := false
	for _, w := range l.profile.Words(text) {
		token := text[w.From:w.To]
		switch {
		case w.Kind == lang.MarkWord:
			apart = true
		case w.Kind >= lang.NumberWord && len(list) < maxExtractWords:
			list = append(list, targetWord{token, l.key(token), apart})
			apart = false
		}
	}
	return list
}

// key folds a word and leaves a common ending out.
func (l *targetLearner) key(word string) string {
	folded := l.profile.FoldString(word)
	if !l.profile.RTL() {
		return englishLemma(strings.TrimSuffix(folded, "'s"))
	}
	stem, end, ok := strings.Cut(folded, string(zwnj))
	if ok && commonEnds[end] {
		return stem
	}
	return strings.ReplaceAll(folded, string(zwnj), "")
}

// commonEnds are the endings behind ZWNJ that say nothing about the word.
var commonEnds = wordSet("ها های هایی هایش هایشان هایم هایمان ای ی اش اند شان مان تان ام ات ست را")

func (l *targetLearner) stop(key string) bool {
	return l.words.stop[strings.ReplaceAll(key, string(zwnj), "")]
}

// settle counts joined forms with their stems, now that the words are known.
func (l *targetLearner) settle() {
	if !l.profile.RTL() {
		return
	}
	stems := map[string]string{}
	for key := range l.common {
		stems[key] = l.stem(key)
	}
	l.common = joinCounts(l.common, stems, l.pairs)
	for _, s := range l.seen {
		s.common = joinCounts(s.common, stems, s.pairs)
		for _, words := range s.samples {
			for i := range words {
				words[i].key = cmp.Or(stems[words[i].key], words[i].key)
			}
		}
	}
}

// joinCounts adds up what has the same stem, to most pairs at most.
func joinCounts(counts map[string]int, stems map[string]string, most int) map[string]int {
	out := make(map[string]int, len(counts))
	for key, n := range counts {
		stem := cmp.Or(stems[key], key)
		out[stem] = min(out[stem]+n, most)
	}
	return out
}

// joinedEnds are endings joined to a word.
var joinedEnds = []string{"هایی", "های", "ها", "یی", "ان", "ی"}

// stem is a Persian key without a joined ending, when the rest is a word.
func (l *targetLearner) stem(key string) string {
	for _, end := range joinedEnds {
		if stem, ok := strings.CutSuffix(key, end); ok && len(stem) >= len("گرو") && l.common[stem] > 0 && !persian.other[key] {
			return stem
		}
	}
	return key
}

// dice tells how much a word belongs to the translations of a candidate, 0 to 1.
func (l *targetLearner) dice(s *seenTargets, key string) float64 {
	return 2 * float64(s.common[key]) / float64(s.pairs+l.common[key])
}

// targets returns the proposals for a candidate, the best first.
func (l *targetLearner) targets(c *TermCandidate, s *seenTargets) []TargetCandidate {
	list := l.fromGlossary(c)
	list = append(list, l.fromNames(c, s)...)
	if t, ok := l.fromPhrase(s); ok {
		list = append(list, t)
	}
	order := []TargetReason{FromGlossary, FromMemory, FromName}
	slices.SortStableFunc(list, func(a, b TargetCandidate) int {
		return cmp.Or(cmp.Compare(slices.Index(order, a.Reason), slices.Index(order, b.Reason)), cmp.Compare(b.Score, a.Score))
	})
	var out []TargetCandidate
	for _, t := range list {
		same := func(o TargetCandidate) bool { return o.Text == t.Text }
		if len(out) < maxTargets && !slices.ContainsFunc(out, same) {
			out = append(out, t)
		}
	}
	return out
}

// fromGlossary is the term for what an acronym stands for.
func (l *targetLearner) fromGlossary(c *TermCandidate) (list []TargetCandidate) {
	if l.o.Glossary == nil || c.Long == "" {
		return nil
	}
	for _, h := range l.o.Glossary.Find(tm.SourceSide, c.Long) {
		if text := l.o.Glossary.preferred(h.Concept); text != "" && h.From == 0 && h.FullTo == len(c.Long) {
			list = append(list, TargetCandidate{text, FromGlossary, 1})
		}
	}
	return list
}

// fromNames is how a name is written: as it stands in its translations, else by
// the rules.
func (l *targetLearner) fromNames(c *TermCandidate, s *seenTargets) (list []TargetCandidate) {
	if !nameLike(c, l.o.Source) {
		return nil
	}
	for _, n := range CrossCandidates(c.Text, l.o.Source, l.o.Target, s.phrases()) {
		switch score := 1 - n.Cost; {
		case n.Reason == KnownName && score >= surelyName:
			return []TargetCandidate{{n.Text, FromMemory, score}}
		case n.Reason == UsualName, n.Reason == RuleName && c.Type == tm.Person:
			list = append(list, TargetCandidate{n.Text, FromName, 0.8 * score})
		}
	}
	return list
}

// surelyName is the score of a spelling that is taken for the name.
const surelyName = 0.7

// nameLike reports whether a candidate may be written by its sound.
func nameLike(c *TermCandidate, source language.Tag) bool {
	for word := range strings.FieldsSeq(strings.ToLower(c.Text)) {
		if orgWords[word] || placeWords[word] {
			return false
		}
	}
	switch c.Type {
	case tm.Person, tm.Place:
		return c.Name
	case tm.PlainTerm:
		return c.Name && !acronym(c.Text) && scriptOf(source) == LatinNames
	}
	return false
}

// phrases returns what of up to three words stands in the translations, the most
// frequent first.
func (s *seenTargets) phrases() []string {
	counts := map[string]int{}
	for _, words := range s.samples {
		for i := range words {
			text := ""
			for n := i; n < len(words) && n < i+3 && (n == i || !words[n].apart); n++ {
				text = strings.TrimSpace(text + " " + words[n].text)
				counts[text]++
			}
		}
	}
	list := slices.SortedFunc(maps.Keys(counts), func(a, b string) int {
		return cmp.Or(cmp.Compare(counts[b], counts[a]), strings.Compare(a, b))
	})
	return list[:min(len(list), 400)]
}

// fromPhrase is the run of words that belongs to the translations of a
// candidate: the word that does most, grown to both sides as long as the
// neighbour is the same in half of them and belongs to them too.
func (l *targetLearner) fromPhrase(s *seenTargets) (TargetCandidate, bool) {
	best, score := l.best(s)
	if score < 0.3 || s.pairs < 2 {
		return TargetCandidate{}, false
	}
	phrase := []string{best}
	for _, right := range []bool{true, false} {
		for len(phrase) < longestTarget {
			next, ok := l.neighbour(s, phrase, right, score)
			if !ok {
				break
			}
			if right {
				phrase = append(phrase, next)
			} else {
				phrase = append([]string{next}, phrase...)
			}
		}
	}
	if l.doubtful(s, phrase, score) {
		return TargetCandidate{}, false
	}
	return TargetCandidate{s.written(phrase), FromMemory, score}, true
}

// doubtful reports whether a word that is not in the phrase belongs to the
// translations as much as the phrase does: which of them says the candidate
// cannot be told, as after two confirmed segments that share most of their words.
func (l *targetLearner) doubtful(s *seenTargets, phrase []string, score float64) bool {
	for key, n := range s.common {
		if n > 1 && l.dice(s, key) >= score && l.fits(s, key) && !slices.Contains(phrase, key) && !l.rival(s, key, score) {
			return true
		}
	}
	return false
}

// best returns the word that belongs most to the translations of a candidate
// and not more to those of another.
func (l *targetLearner) best(s *seenTargets) (best string, score float64) {
	for key, n := range s.common {
		d := l.dice(s, key)
		if n > 1 && (d > score || d == score && key < best) && l.fits(s, key) && !l.rival(s, key, d) {
			best, score = key, d
		}
	}
	return best, score
}

// rival reports whether a word belongs clearly more to another candidate that
// does not contain this one.
func (l *targetLearner) rival(s *seenTargets, key string, d float64) bool {
	return slices.ContainsFunc(l.seen, func(o *seenTargets) bool {
		return 0.8*l.dice(o, key) > d && !strings.Contains(o.source, s.source)
	})
}

// neighbour returns the word that stands beside a phrase in at least half of its
// places.
func (l *targetLearner) neighbour(s *seenTargets, phrase []string, right bool, score float64) (string, bool) {
	counts, all := map[string]int{}, 0
	for _, words := range s.samples {
		for i := range words {
			if !standsAt(words, i, phrase) {
				continue
			}
			all++
			at := i - 1
			if right {
				at = i + len(phrase)
			}
			if at >= 0 && at < len(words) && !words[max(at, i)].apart {
				counts[words[at].key]++
			}
		}
	}
	for key, n := range counts {
		if 2*n > all && n > 1 && l.fits(s, key) && l.dice(s, key) >= score/2 {
			return key, true
		}
	}
	return "", false
}

func standsAt(words []targetWord, i int, phrase []string) bool {
	if i+len(phrase) > len(words) {
		return false
	}
	for k, key := range phrase {
		if words[i+k].key != key || k > 0 && words[i+k].apart {
			return false
		}
	}
	return true
}

// written is the way a phrase is written most often, the shortest of equals.
func (s *seenTargets) written(phrase []string) string {
	counts := map[string]int{}
	for _, words := range s.samples {
		for i := range words {
			if standsAt(words, i, phrase) {
				var texts []string
				for _, w := range words[i : i+len(phrase)] {
					texts = append(texts, withoutEnd(w.text))
				}
				counts[strings.Join(texts, " ")]++
			}
		}
	}
	return slices.MinFunc(slices.Collect(maps.Keys(counts)), func(a, b string) int {
		return cmp.Or(cmp.Compare(counts[b], counts[a]), cmp.Compare(len(a), len(b)), strings.Compare(a, b))
	})
}

// withoutEnd writes a word without the plural or ezafe it has.
func withoutEnd(word string) string {
	if stem, end, ok := strings.Cut(word, string(zwnj)); ok && commonEnds[end] && end != "ای" {
		return stem
	}
	for _, end := range []string{"های", "ها"} {
		if stem, ok := strings.CutSuffix(word, end); ok && stem != "" {
			if r, _ := utf8.DecodeLastRuneInString(stem); separate(r) {
				return stem
			}
		}
	}
	return strings.TrimSuffix(strings.TrimSuffix(strings.TrimSuffix(word, "\u0654"), "’s"), "'s")
}
