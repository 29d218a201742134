package memory

import (
	"cmp"
	"slices"

	"tarjoman/tm"
)

// A part of a table: a segment, or a draft of what is new.
type part interface {
	facts() *ledger
	find(id tm.UnitID) (unit uint32, ok bool)
	sameSense(sense uint64, yield func(variant uint32))
	sameBare(sense uint64, yield func(at int)) // at is a place in bares
	fuzzy(s *search)
	bytes() int
}

// A search is one question being answered from what the ledgers know: it finds
// the units that rank best, or may rank so where hashes leave a doubt. It runs
// under the lock of its table and is used again for other questions.
type search struct {
	*question
	table          *Table
	column, target uint32    // of From and To
	source         [2]uint64 // hashes of the sense, with numbers and without
	spelling       [2]uint32 // the same of the spelling
	nearHash       [2]uint32
	valueHash      []uint32
	codes          string // shape of the source's codes

	best     []light                  // in order, no two with the same texts
	limit    int                      // of best
	bar      int                      // a match with a lower score is not among the best
	known    map[tm.UnitID]*candidate // units that were fetched; nil for no match
	exact    []light
	doubtful [3]bool // by context bonus: exact matches contradict each other
	verdicts []verdict
	round    uint32 // verdicts of other rounds are old

	words   []string // none when there is nothing to compare
	tokens  []uint32 // their numbers; 0 for a word that no text has
	mark    uint64   // of the tokens
	unknown int      // tokens that no text has
	pattern pattern
	lists   []postings // of the features of the query in a lane
	spans   []span
	hits    []uint8 // by place in a chunk: how many lists held it
	near16  []uint16
	row     []uint32
	visited int // entries compared
}

// A rank is what matches are ordered by.
type rank struct {
	score       int
	kind        kind
	typographic bool
	state       uint8 // see stateOrder
	changed     int64
	id          tm.UnitID
}

// compareRanks is the total order of matches, best first.
func compareRanks(a, b *rank) int {
	return cmp.Or(
		cmp.Compare(b.score, a.score),
		cmp.Compare(a.kind, b.kind),
		compareBools(a.typographic, b.typographic),
		cmp.Compare(a.state, b.state),
		cmp.Compare(b.changed, a.changed),
		cmp.Compare(a.id, b.id),
	)
}

func compareBools(a, b bool) int {
	switch {
	case a == b:
		return 0
	case b:
		return -1
	}
	return 1
}

// A light is a match before its texts are fetched.
type light struct {
	rank
	texts texts
	raw   int
	bonus int
	truth *candidate // of a unit that was fetched before
}

// texts stand for the source and the target of a match: equal texts are those of
// equal pairs.
type texts struct {
	senses    [2]uint64
	spellings [2]uint32
}

// A verdict is what a search thinks of all units with one trait.
type verdict struct {
	round          uint32
	use            bool
	state          uint8
	points         int16 // penalties
	source, target int32 // index of the variants
}

// judge returns the verdict on a trait.
func (s *search) judge(number uint32) *verdict {
	if n := int(number) + 1; n > len(s.verdicts) {
		s.verdicts = append(s.verdicts, make([]verdict, n-len(s.verdicts)+n/4)...)
	}
	v := &s.verdicts[number]
	if v.round == s.round {
		return v
	}
	*v = verdict{round: s.round}
	all := &s.table.traits
	t := &all.list[number]
	points, reads := s.reads(t.memory)
	source, target := t.variant(all, s.From, s.column), t.variant(all, s.To, s.target)
	if !reads || source < 0 || target < 0 || source == target || t.variants[target].blank || !s.passes(t.author, t.document, t.state) {
		return v
	}
	if t.variants[source].codes != s.codes {
		points += codesPoints
	}
	v.use, v.source, v.target = true, int32(source), int32(target)
	v.state = stateOrder(t.state)
	v.points = int16(min(points+t.penalty+originPoints(t.state, t.kind), maxPoints))
	return v
}

// maxPoints is more than any score.
const maxPoints = 1000

// reset makes the search ready for a question.
func (s *search) reset(t *Table, q *question) bool {
	s.question, s.table = q, t
	s.known = nil
	if s.round++; s.round == 0 {
		clear(s.verdicts)
		s.round = 1
	}
	t.mu.RLock()
	defer t.mu.RUnlock()
	from, ok := t.columnOf[q.group[0]]
	to, ok2 := t.columnOf[q.group[1]]
	if !ok || !ok2 {
		return false
	}
	s.column, s.target = from, to
	s.source = [2]uint64{inColumn(hash(t.seed, q.sense), from), inColumn(hash(t.seed, q.bareSense), from)}
	s.spelling = [2]uint32{spell(t.seed, q.Source.Text), spell(t.seed, q.bareText)}
	for i, near := range q.near {
		s.nearHash[i] = nearHash(t.seed, near)
	}
	s.valueHash = s.valueHash[:0]
	for _, v := range q.values {
		s.valueHash = append(s.valueHash, uint32(hash(t.seed, v)))
	}
	s.codes = codeShape(q.Source.Codes)
	s.words = nil
	if list := tokensOf(q.key); len(list) <= MaxTokens && s.Threshold <= 99 {
		s.words = list
	}
	return true
}

// number sets the tokens. Words may become known between two rounds.
func (s *search) number() {
	words := &s.table.columns[s.column].words
	s.tokens, s.mark, s.unknown = s.tokens[:0], 0, 0
	for _, w := range s.words {
		id := words.find(w)
		s.tokens = append(s.tokens, id)
		if id == 0 {
			s.unknown++
		} else {
			s.mark |= markOf(id)
		}
	}
	s.pattern.set(s.tokens, words.len()+1)
	if s.hits == nil {
		s.hits = make([]uint8, maxChunk)
	}
}

// find returns the best units, at most limit, and whether that are all.
func (s *search) find(limit int) (found []light, all bool) {
	s.table.mu.RLock()
	defer s.table.mu.RUnlock()
	s.best, s.limit, s.bar = s.best[:0], limit, s.Threshold
	s.findExact()
	for _, c := range s.known {
		if c != nil {
			c.weigh(s.doubtful)
			if c.score >= s.bar {
				s.insert(light{rank: c.rank, texts: s.textsOf(c), raw: c.raw, bonus: c.bonus, truth: c})
			}
		}
	}
	s.findAssembled()
	if len(s.words) > 0 && s.bar <= 99 {
		s.number()
		for _, p := range s.table.parts() {
			if s.bar <= 99 {
				p.fuzzy(s)
			}
		}
	}
	return s.best, len(s.best) < limit
}

func (s *search) textsOf(c *candidate) texts {
	seed := s.table.seed
	return texts{
		[2]uint64{inColumn(hash(seed, sense(s.from, c.source.Text)), s.column), inColumn(hash(seed, sense(s.to, c.target.Text)), s.target)},
		[2]uint32{spell(seed, c.source.Text), spell(seed, c.target.Text)},
	}
}

// accept returns the verdict on the unit of a variant when the unit may be
// offered for it.
func (s *search) accept(l *ledger, v uint32) (unit, target uint32, j *verdict) {
	unit = l.unitOf(v)
	j = s.judge(l.traits[unit])
	first, _ := l.variants(unit)
	if !j.use || first+uint32(j.source) != v || l.isGone(unit) || !s.passesTime(l.times[unit]) {
		return 0, 0, nil
	}
	return unit, first + uint32(j.target), j
}

// findExact finds the units of the same sense. Those that do not share a match
// key turn out when they are fetched.
func (s *search) findExact() {
	s.exact = s.exact[:0]
	for _, p := range s.table.parts() {
		l := p.facts()
		p.sameSense(s.source[0], func(v uint32) {
			if unit, target, j := s.accept(l, v); j != nil {
				s.exact = append(s.exact, s.exactLight(l, unit, v, target, j))
			}
		})
	}
	var all contradictions[uint64]
	for i := range s.exact {
		if c := s.known[s.exact[i].id]; c != nil && c.sameSense {
			s.exact[i].bonus = c.bonus
		}
		all.add(s.exact[i].bonus, s.exact[i].texts.senses[1])
	}
	s.doubtful = all.doubtful()
	for _, m := range s.exact {
		if s.doubtful[m.bonus] {
			m.score -= severalPoints
		}
		s.offer(m)
	}
}

func (s *search) exactLight(l *ledger, unit, v, target uint32, j *verdict) light {
	m := s.light(l, unit, v, target, j, 100)
	m.kind = exactKind
	for i, hash := range l.near(unit) {
		if hash != 0 && hash == s.nearHash[i] {
			m.bonus++
			m.kind = contextKind
		}
	}
	m.score += m.bonus
	m.typographic = m.texts.spellings[0] != s.spelling[0]
	return m
}

// light describes a unit with a raw score, as if it was no fuzzy match.
func (s *search) light(l *ledger, unit, v, target uint32, j *verdict, raw int) light {
	changed := l.times[unit]
	return light{
		rank: rank{score: raw - int(j.points) - s.agePoints(changed), kind: fuzzyKind, state: j.state, changed: changed, id: l.ids[unit]},
		texts: texts{
			[2]uint64{l.senses[v], l.senses[target]},
			[2]uint32{l.spellings[v], l.spellings[target]},
		},
		raw: raw,
	}
}

// offer adds a match when it is one of the best and was not fetched before.
func (s *search) offer(m light) {
	if m.score < s.bar {
		return
	}
	if _, known := s.known[m.id]; !known {
		s.insert(m)
	}
}

// insert adds a match to the best; of equal texts the better match stays.
func (s *search) insert(m light) {
	at, _ := slices.BinarySearchFunc(s.best, m, func(a, b light) int { return compareRanks(&a.rank, &b.rank) })
	if at == s.limit {
		return
	}
	for i := range s.best {
		if s.best[i].texts != m.texts {
			continue
		}
		if i < at {
			return
		}
		s.best = slices.Delete(s.best, i, i+1)
		break
	}
	if len(s.best) == s.limit {
		s.best = s.best[:s.limit-1]
	}
	s.best = slices.Insert(s.best, at, m)
	if len(s.best) == s.limit {
		s.bar = max(s.bar, s.best[s.limit-1].score)
	}
}

// findAssembled finds the units that differ in numbers only.
func (s *search) findAssembled() {
	if len(s.numbers) == 0 {
		return
	}
	for _, p := range s.table.parts() {
		l := p.facts()
		p.sameBare(s.source[1], func(at int) {
			v := l.bares[at].variant
			unit, target, j := s.accept(l, v)
			if j == nil || l.senses[v] == s.source[0] || 99-int(j.points) < s.bar {
				return
			}
			if changed, ok := s.repair(l, at, target); ok {
				m := s.light(l, unit, v, target, j, 100)
				m.kind = assembledKind
				m.score -= changed
				m.typographic = l.bares[at].spelling != s.spelling[1]
				s.offer(m)
			}
		})
	}
}

// repair returns how many numbers have to be put into the target of bares[at],
// at least, and whether that may be safe; the rule is that of [substitute].
func (s *search) repair(l *ledger, at int, target uint32) (changed int, ok bool) {
	had := l.numbersOf(at)
	if len(had) == 0 {
		return 1, true // not known: it turns out when the unit is fetched
	}
	if len(had) != len(s.valueHash) || len(had) > maxNumbers {
		return 0, false
	}
	var places []uint32
	if beside, numbers := l.bareOf(target, at); numbers {
		if places = l.numbersOf(beside); len(places) == 0 {
			return 1, true
		}
	}
	if len(places) > maxNumbers {
		return 0, false
	}
	for i, h := range had {
		if h == s.valueHash[i] {
			continue
		}
		if changed++; !once(places, h) || !once(had, h) {
			return 0, false
		}
	}
	return max(1, changed), 100-changed >= s.Threshold
}

func once(list []uint32, h uint32) bool {
	n := 0
	for _, other := range list {
		if other == h {
			n++
		}
	}
	return n == 1
}

// compare offers a variant when its row is near enough.
func (s *search) compare(l *ledger, v uint32, row []byte) {
	s.row = appendTokens(s.row[:0], row)
	s.visited++
	x := max(len(s.tokens), len(s.row))
	most := mostEdits(x, s.bar)
	if d := s.pattern.distance(s.row, most); d <= most {
		s.offerFuzzy(l, v, percent(x, d))
	}
}

func (s *search) offerFuzzy(l *ledger, v uint32, raw int) {
	unit, target, j := s.accept(l, v)
	if j == nil || raw-int(j.points) < s.bar || l.senses[v] == s.source[0] || s.repaired(l, v, target) {
		return
	}
	s.offer(s.light(l, unit, v, target, j, raw))
}

// repaired reports whether findAssembled has offered the variant.
func (s *search) repaired(l *ledger, v, target uint32) bool {
	if len(s.numbers) == 0 {
		return false
	}
	at, ok := l.bareOf(v, 0)
	if !ok || l.bares[at].sense != s.source[1] {
		return false
	}
	_, ok = s.repair(l, at, target)
	return ok
}
