package glossary

import (
	"strings"
	"unicode/utf8"

	"golang.org/x/text/language"

	"tarjoman/tm/lang"
)

// A NamePairing is a name of a source with what renders it in the target. Parts
// pairs its words, where the target shows which is which.
type NamePairing struct {
	Source, Target NameSpan
	Cost           float64
	Parts          []NamePairing
}

// PairNames tells which names of a source are rendered by which words of its
// target, by how they are written (F4). A name that is translated, not spelled,
// has no pair, nor has one that is left out.
func PairNames(source, target language.Tag, sourceText, targetText string) []NamePairing {
	return newNamePairer(source, target).pairs(sourceText, targetText)
}

// A namePairer pairs the names of many texts of one pair of languages. It
// remembers what it compared, and is for one goroutine.
type namePairer struct {
	source, target       *lang.Profile
	sourceTag, targetTag language.Tag
	latin                map[string]*latinWord
	persian              map[string]persianWord // by spelling, offsets from the word's begin
}

func newNamePairer(source, target language.Tag) *namePairer {
	return &namePairer{
		source: lang.For(source), target: lang.For(target), sourceTag: source, targetTag: target,
		latin: map[string]*latinWord{}, persian: map[string]persianWord{},
	}
}

// A latinWord is a word of a Latin text ready for comparing.
type latinWord struct {
	name  latinName
	cross crossName
	begin map[rune]bool // letters with which a rendering may begin
	usual string        // key of the usual Persian spelling
	limit float64
	costs map[string]float64 // by key of the rendering
}

// maxRemembered bounds what a pairer remembers of words, and of a word.
const maxRemembered = 1 << 18

func (p *namePairer) word(text string) *latinWord {
	if w := p.latin[text]; w != nil {
		return w
	}
	n := newLatinName(text)
	w := &latinWord{name: n, cross: newCrossName(n, 0, len(n.tokens)), begin: map[rune]bool{}, costs: map[string]float64{}}
	if usual := usualPersian(n); usual != "" {
		w.usual = PersianNameKey(usual)
	}
	consonants := 0
	for _, s := range w.cross.sounds {
		if !vowelSound(s.is) {
			consonants++
		}
	}
	w.limit = pairLimit(consonants)
	w.begins()
	if len(p.latin) < maxRemembered {
		p.latin[text] = w
	}
	return w
}

// pairLimit is the highest cost of a rendering: short names must be written as
// the table says, long ones may have their slips.
func pairLimit(consonants int) float64 { return min(0.2+0.22*float64(max(consonants-1, 0)), 1.5) }

// begins collects the letters with which a rendering may begin.
func (w *latinWord) begins() {
	for i, s := range w.cross.sounds {
		empty := false
		for _, way := range s.ways() {
			empty = empty || way.text == ""
			w.mayBeginWith(way.text)
		}
		if i > 0 || !empty && s.is != 'h' {
			break
		}
	}
	w.mayBeginWith(w.usual)
}

func (w *latinWord) mayBeginWith(text string) {
	if text != "" {
		w.begin[firstRune(text)] = true
	}
}

func firstRune(text string) rune {
	r, _ := utf8.DecodeRuneInString(text)
	return r
}

// cost compares the word with the key of a rendering.
func (w *latinWord) cost(key string) float64 {
	if !w.begin[firstRune(key)] {
		return 2 * apartName
	}
	if key == w.usual {
		return 0
	}
	if c, ok := w.costs[key]; ok {
		return c
	}
	c := w.cross.cost(key, false)
	if w.usual != "" {
		c += 0.1 // not the way it is usually written
	}
	if len(w.costs) < maxRemembered {
		w.costs[key] = c
	}
	return c
}

// pairs is [PairNames] for one segment.
func (p *namePairer) pairs(source, target string) []NamePairing {
	switch from, to := scriptOf(p.sourceTag), scriptOf(p.targetTag); {
	case from == LatinNames && to == PersianNames:
		return p.spell(p.source, source, p.target, target)
	case from == PersianNames && to == LatinNames:
		return turned(p.spell(p.target, target, p.source, source))
	case from == LatinNames && to == LatinNames:
		return p.copied(source, target)
	}
	return nil
}

// persianText reads a text with the words known from others.
func (p *namePairer) persianText(profile *lang.Profile, text string) *persianText {
	words := persianWords(profile, text, p.persian)
	return &persianText{words, make([][widestWindow][]window, len(words)), make([]bool, len(words))}
}

// turned exchanges the sides.
func turned(list []NamePairing) []NamePairing {
	for i := range list {
		list[i].Source, list[i].Target = list[i].Target, list[i].Source
		turned(list[i].Parts)
	}
	return list
}

// spell pairs the capitalised runs of a Latin text with words of a Persian one.
func (p *namePairer) spell(latin *lang.Profile, text string, persian *lang.Profile, other string) []NamePairing {
	runs := capitalRuns(latin, text)
	if len(runs) == 0 {
		return nil
	}
	var list []NamePairing
	words := p.persianText(persian, other)
	for _, run := range runs {
		list = append(list, p.spellRun(run, text, words)...)
	}
	return list
}

// spellRun finds the renderings of the words of a run that follow each other; a
// run may be cut by words that are translated (Evin Prison).
func (p *namePairer) spellRun(run nameRun, text string, words *persianText) []NamePairing {
	var list []NamePairing
	for at := 0; at < len(run.words); {
		m := spellSearch{pairer: p, run: run.words[at:], text: text, words: words}
		m.best()
		if len(m.found) == 0 {
			at++
			continue
		}
		found := m.pairing()
		words.take(found.Target)
		list = append(list, found)
		at += m.taken
	}
	return list
}

// A spellSearch looks for the longest and cheapest rendering of a run.
type spellSearch struct {
	pairer *namePairer
	run    []NameSpan
	text   string
	words  *persianText

	steps int           // taken so far
	found []NamePairing // the parts of the best rendering
	taken int           // words of the run in it
	cost  float64
}

// Bounds of the search: words of a run that are taken together, and steps for
// one run. Texts of people stay far below them.
const (
	maxRun   = 8
	maxSteps = 100_000
)

func (m *spellSearch) best() {
	if len(m.run) > maxRun {
		m.run = m.run[:maxRun]
	}
	for i := range m.words.words {
		m.extend(0, i, nil, 0)
	}
}

// extend goes on with word k of the run at word i of the other text.
func (m *spellSearch) extend(k, i int, parts []NamePairing, cost float64) {
	if k > m.taken || k == m.taken && k > 0 && cost < m.cost {
		m.found, m.taken, m.cost = append([]NamePairing(nil), parts...), k, cost
	}
	m.steps++
	if k == len(m.run) || i == len(m.words.words) || m.steps > maxSteps {
		return
	}
	for joined := 1; joined <= min(2, len(m.run)-k); joined++ {
		word := m.pairer.word(m.joinedText(k, joined))
		if !word.mayBegin(m.words.words[i]) {
			continue
		}
		for n := 1; n <= widestWindow && (n == 1 || joined == 1); n++ {
			m.step(k, joined, i, n, word, parts, cost)
		}
	}
}

// Small costs decide between renderings that fit alike.
const (
	splitPrice = 0.05 // a word more than needed
	takenPrice = 0.1  // words that render another mention
)

// step takes n words from i for joined words from k of the run.
func (m *spellSearch) step(k, joined, i, n int, word *latinWord, parts []NamePairing, cost float64) {
	for _, w := range m.words.at(i, n) {
		c := word.cost(w.key)
		if c > word.limit {
			continue
		}
		last := m.run[k+joined-1]
		source := NameSpan{From: m.run[k].From, To: last.To, FullTo: last.FullTo}
		part := NamePairing{Source: source, Target: w.span, Cost: c}
		c += splitPrice * float64(n-1)
		if !m.words.free(i, n) {
			c += takenPrice
		}
		m.extend(k+joined, i+n, append(parts[:len(parts):len(parts)], part), cost+c)
	}
}

// mayBegin reports whether a rendering of the word may begin with a Persian one.
func (w *latinWord) mayBegin(p persianWord) bool {
	return p.folded != "" && w.begin[firstRune(p.folded)]
}

// joinedText is the text of words of the run, with nothing between two.
func (m *spellSearch) joinedText(k, joined int) string {
	text := m.text[m.run[k].From:m.run[k].To]
	if joined > 1 {
		text += strings.ToLower(m.text[m.run[k+1].From:m.run[k+1].To])
	}
	return text
}

func (m *spellSearch) pairing() NamePairing {
	first, last := m.found[0], m.found[len(m.found)-1]
	return NamePairing{
		Source: NameSpan{From: first.Source.From, To: last.Source.To, FullTo: last.Source.FullTo},
		Target: NameSpan{From: first.Target.From, To: last.Target.To, FullTo: last.Target.FullTo},
		Cost:   m.cost,
		Parts:  m.found,
	}
}

// copied pairs names of two texts in Latin script.
func (p *namePairer) copied(source, target string) []NamePairing {
	var list []NamePairing
	targets := capitalRuns(p.target, target)
	for _, run := range capitalRuns(p.source, source) {
		from := run.span()
		name := newLatinName(source[from.From:from.To])
		for _, other := range targets {
			to := other.span()
			if c := name.cost(newLatinName(target[to.From:to.To])); c < sameName {
				list = append(list, NamePairing{Source: from, Target: to, Cost: c,
					Parts: []NamePairing{{Source: from, Target: to, Cost: c}}})
				break
			}
		}
	}
	return list
}
