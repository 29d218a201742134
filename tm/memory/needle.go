package memory

import (
	"slices"
	"strings"
	"unicode/utf8"
)

// A needle is what a concordance looks for in the texts of one language: tokens,
// compared in folded form.
type needle struct {
	*lexicon
	words  *vocabulary
	number uint32 // of the column
	tokens []token
	runs   []run
	apart  []*needle // the words of the query on their own, when there are several

	parts []*wordSet // by token: where it may stand when it is part of a word; nil until asked for
}

// A token of a query with the words of the vocabulary that are written so.
type token struct {
	text string
	ids  []uint32
}

// A run is a stretch of the query's tokens. Tokens that meet in Arabic letters
// are one run, however they are divided: «کتاب ها», «کتابها»; any other token is
// one of its own.
type run struct {
	text   string
	ids    []uint32 // of a token that is not Arabic
	joined bool
}

// newNeedle returns nil when the text has nothing to look for.
func newNeedle(c *column, number uint32, text string) *needle {
	l := c.lexicon(&c.words)
	p := onePart(c, l, number, text)
	if p == nil {
		return nil
	}
	if words := strings.Fields(text); len(words) > 1 {
		for _, w := range words {
			if word := onePart(c, l, number, w); word != nil {
				p.apart = append(p.apart, word)
			}
		}
	}
	return p
}

func onePart(c *column, l *lexicon, number uint32, text string) *needle {
	p := &needle{lexicon: l, words: &c.words, number: number}
	for _, w := range tokensOf(c.profile.Keys(text)[0]) {
		folded := c.fold(w)
		p.tokens = append(p.tokens, token{folded, p.spelled(folded)})
	}
	if len(p.tokens) == 0 {
		return nil
	}
	p.parts = make([]*wordSet, len(p.tokens))
	for i, t := range p.tokens {
		if i > 0 && joint(p.tokens[i-1].text, t.text) {
			p.runs[len(p.runs)-1].text += t.text
			continue
		}
		p.runs = append(p.runs, run{t.text, t.ids, strings.ContainsFunc(t.text, arabic)})
	}
	return p
}

// joint reports whether two tokens may as well be written as one: letters of
// the Arabic script meet.
func joint(a, b string) bool {
	last, _ := utf8.DecodeLastRuneInString(a)
	first, _ := utf8.DecodeRuneInString(b)
	return arabic(last) && arabic(first)
}

// folded returns the folded form of a word.
func (p *needle) folded(id uint32) []byte {
	if p.isOdd(id) {
		return []byte(p.folds[id])
	}
	return p.words.bytes(id)
}

// spelled returns the words with a folded form.
func (p *needle) spelled(folded string) []uint32 {
	ids := p.foldsOf[folded]
	id := p.words.find(folded)
	if id == 0 || p.isOdd(id) {
		return ids
	}
	return append([]uint32{id}, ids...)
}

// hasJoints reports whether the text can be divided in other ways.
func (p *needle) hasJoints() bool {
	return slices.ContainsFunc(p.runs, func(r run) bool { return r.joined })
}

// holds reports whether a row holds the text in the way of the class.
func (p *needle) holds(c class, row []uint32) bool {
	switch c {
	case wholePhrase:
		return p.consecutive(row, func(i int, word uint32) bool { return slices.Contains(p.tokens[i].ids, word) })
	case rejoinedPhrase:
		return p.rejoined(row)
	case partPhrase:
		return p.consecutive(row, func(i int, word uint32) bool { return p.part(i).has(word) })
	}
	for _, w := range p.apart {
		if !w.scattered(c, row) {
			return false
		}
	}
	return len(p.apart) > 0
}

// scattered reports whether the row holds this word of a query, in class
// partWords as a part of another one too.
func (p *needle) scattered(c class, row []uint32) bool {
	return p.holds(wholePhrase, row) || p.hasJoints() && p.rejoined(row) || c == partWords && p.long() && p.within(row)
}

// within is holds for class partPhrase, quicker for few rows.
func (p *needle) within(row []uint32) bool {
	last := len(p.tokens) - 1
	return p.consecutive(row, func(i int, word uint32) bool {
		switch {
		case last == 0:
			return contains(string(p.folded(word)), p.tokens[i].text, anywhere)
		case i == 0:
			return contains(string(p.folded(word)), p.tokens[i].text, atEnd)
		case i == last:
			return contains(string(p.folded(word)), p.tokens[i].text, atStart)
		}
		return slices.Contains(p.tokens[i].ids, word)
	})
}

// long reports whether the text is long enough to be looked for in the midst of
// others: two letters are part of too many words.
func (p *needle) long() bool {
	return len(p.tokens) > 1 || utf8.RuneCountInString(p.tokens[0].text) > 2
}

func (p *needle) consecutive(row []uint32, is func(i int, word uint32) bool) bool {
	for at := 0; at+len(p.tokens) <= len(row); at++ {
		i := 0
		for i < len(p.tokens) && is(i, row[at+i]) {
			i++
		}
		if i == len(p.tokens) {
			return true
		}
	}
	return false
}

// rejoined reports whether whole words of the row make up the runs.
func (p *needle) rejoined(row []uint32) bool {
	for at := range row {
		if p.startsAt(row[at:]) {
			return true
		}
	}
	return false
}

func (p *needle) startsAt(row []uint32) bool {
	for _, r := range p.runs {
		n := r.take(p, row)
		if n == 0 {
			return false
		}
		row = row[n:]
	}
	return true
}

// take returns how many words at the start of the row make up the run; 0 when
// they do not.
func (r *run) take(p *needle, row []uint32) int {
	if !r.joined {
		if len(row) > 0 && slices.Contains(r.ids, row[0]) {
			return 1
		}
		return 0
	}
	at := 0
	for n, id := range row {
		word := p.folded(id)
		if !strings.HasPrefix(r.text[at:], string(word)) || at > 0 && !joint(r.text[:at], r.text[at:]) {
			return 0
		}
		if at += len(word); at == len(r.text) {
			return n + 1
		}
	}
	return 0
}

// part returns the words that can stand for token i when the phrase begins or
// ends inside words. A single character counts as part of others only beside
// more.
func (p *needle) part(i int) *wordSet {
	if p.parts[i] != nil {
		return p.parts[i]
	}
	last := len(p.tokens) - 1
	text := p.tokens[i].text
	switch {
	case last == 0 && utf8.RuneCountInString(text) > 1:
		p.parts[i] = p.containing(p.words, text, anywhere)
	case last > 0 && i == 0:
		p.parts[i] = p.containing(p.words, text, atEnd)
	case last > 0 && i == last:
		p.parts[i] = p.containing(p.words, text, atStart)
	default:
		p.parts[i] = newWordSet(p.words.len())
		for _, id := range p.tokens[i].ids {
			p.parts[i].add(id)
		}
	}
	return p.parts[i]
}

// needed returns a set of words of which every row that holds the text in this
// way has one; of several such sets the one that is in the fewest rows.
func (p *needle) needed(c class, rows func(word uint32) int) []uint32 {
	var best rarest
	switch c {
	case wholePhrase:
		for _, t := range p.tokens {
			best.offer(t.ids, rows)
		}
	case rejoinedPhrase:
		for _, r := range p.runs {
			p.neededOf(r, rows, &best)
		}
	case partPhrase:
		for i, t := range p.tokens {
			if single := utf8.RuneCountInString(t.text) == 1; !single || len(p.tokens) == 1 {
				best.offer(p.part(i).ids, rows)
			}
		}
		if !best.any {
			best.offer(p.part(0).ids, rows)
		}
	default:
		return p.neededScattered(c, rows)
	}
	return best.words
}

// neededOf offers for each character of a joined run the words that can cover
// it.
func (p *needle) neededOf(r run, rows func(word uint32) int, best *rarest) {
	if !r.joined {
		best.offer(r.ids, rows)
		return
	}
	cover := make([][]uint32, len(r.text))
	for from := range r.text {
		for to := range r.text[from:] {
			p.cover(r.text, from, from+to, cover)
		}
		p.cover(r.text, from, len(r.text), cover)
	}
	for at := range r.text {
		best.offer(cover[at], rows)
	}
}

// maxWord is more than any word has bytes; runs are cut into words only.
const maxWord = 80

func (p *needle) cover(text string, from, to int, cover [][]uint32) {
	if from == to || to-from > maxWord {
		return
	}
	for _, id := range p.spelled(text[from:to]) {
		for at := range text[from:to] {
			cover[from+at] = append(cover[from+at], id)
		}
	}
}

// neededScattered is needed for all words of the query apart from each other.
// Of parts only the word that is rarest as a whole is tried: others may be part
// of nearly everything.
func (p *needle) neededScattered(c class, rows func(word uint32) int) []uint32 {
	var best, long rarest
	var part *needle
	for _, w := range p.apart {
		whole := w.needed(wholePhrase, rows)
		if w.hasJoints() {
			whole = slices.Concat(whole, w.needed(rejoinedPhrase, rows))
		}
		if c == wholeWords || !w.long() {
			best.offer(whole, rows)
			continue
		}
		if long.offer(whole, rows) {
			part = w
		}
	}
	if part != nil {
		best.offer(slices.Concat(long.words, part.needed(partPhrase, rows)), rows)
	}
	return best.words
}

// rarest keeps the set of words that is in the fewest rows.
type rarest struct {
	words []uint32
	rows  int
	any   bool
}

// offer reports whether the words are in fewer rows than those before.
func (b *rarest) offer(words []uint32, rows func(word uint32) int) bool {
	n := 0
	for _, w := range words {
		if n += rows(w); b.any && n >= b.rows {
			return false
		}
	}
	b.words, b.rows, b.any = words, n, true
	return true
}
