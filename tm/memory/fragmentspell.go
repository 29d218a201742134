package memory

import (
	"cmp"
	"context"
	"slices"
	"strings"
	"unicode/utf8"

	"tarjoman/tm"
	"tarjoman/tm/lang"
)

// shownUnits is how many units are named for a translation, and read to see how
// it is written.
const shownUnits = 5

// spellOut fetches units and writes the translations as they do.
func (t *Table) spellOut(ctx context.Context, query *FragmentQuery, found []fragmentPiece) ([]Fragment, error) {
	var ids []tm.UnitID
	at := map[tm.UnitID]int{}
	for _, p := range found {
		for _, o := range p.proposals {
			for _, w := range o.witnesses[:min(shownUnits, len(o.witnesses))] {
				if _, known := at[w.id]; !known {
					at[w.id] = len(ids)
					ids = append(ids, w.id)
				}
			}
		}
	}
	units, err := t.unitsOf(ctx, ids)
	if err != nil {
		return nil, err
	}
	s := speller{units: units, at: at, query: query, group: groupOf(query.To), profile: lang.For(query.To), places: map[tm.UnitID][]placedToken{}}
	var list []Fragment
	for _, p := range found {
		f := Fragment{From: p.from, To: p.to, Source: query.Source.Text[p.from:p.to], Count: p.count, More: p.more, Sampled: p.sampled}
		if f.Translations = s.translations(t, p.proposals); len(f.Translations) > 0 {
			list = append(list, f)
		}
	}
	return list, nil
}

// A speller writes tokens as texts do.
type speller struct {
	units   []*tm.Unit
	at      map[tm.UnitID]int
	query   *FragmentQuery
	group   group
	profile *lang.Profile
	places  map[tm.UnitID][]placedToken
}

func (s *speller) translations(t *Table, list []proposal) []FragmentTranslation {
	var out []FragmentTranslation
	for _, p := range list {
		f := FragmentTranslation{Count: len(p.witnesses), Confidence: p.confidence}
		if f.Text, f.Units = s.spell(t.wordsOf(s.group, p.tokens), p.witnesses); f.Text == "" {
			continue
		}
		same := func(o FragmentTranslation) bool { return o.Text == f.Text }
		if !slices.ContainsFunc(out, same) {
			out = append(out, f)
		}
	}
	return out
}

// wordsOf returns tokens as they are in keys.
func (t *Table) wordsOf(g group, ids []uint32) []string {
	t.mu.RLock()
	defer t.mu.RUnlock()
	words := &t.columns[t.columnOf[g]].words
	list := make([]string, len(ids))
	for i, id := range ids {
		list[i] = words.word(id)
	}
	return list
}

// spell returns how the tokens are written in most of the units, and these
// units; "" when none has them any more.
func (s *speller) spell(tokens []string, witnesses []witness) (text string, units []*tm.Unit) {
	type spelling struct {
		text  string
		count int
	}
	var list []spelling
	for _, w := range witnesses[:min(shownUnits, len(witnesses))] {
		u := s.units[s.at[w.id]]
		written := s.written(u, tokens)
		if written == "" {
			continue
		}
		units = append(units, u)
		at := slices.IndexFunc(list, func(o spelling) bool { return o.text == written })
		if at < 0 {
			at = len(list)
			list = append(list, spelling{text: written})
		}
		list[at].count++
	}
	if len(list) == 0 {
		return "", nil
	}
	best := slices.MinFunc(list, func(a, b spelling) int {
		return cmp.Or(cmp.Compare(b.count, a.count), cmp.Compare(len(a.text), len(b.text)))
	})
	return best.text, units
}

// written returns the text of the tokens in a unit's target.
func (s *speller) written(u *tm.Unit, tokens []string) string {
	if u == nil {
		return ""
	}
	v := variant(u, s.query.To, s.group)
	if v == nil {
		return ""
	}
	text := v.Content.Text
	places, known := s.places[u.ID]
	if !known {
		places, _ = placeTokens(s.profile, text)
		s.places[u.ID] = places
	}
	for at := 0; at+len(tokens) <= len(places); at++ {
		n := 0
		for n < len(tokens) && places[at+n].text == tokens[n] {
			n++
		}
		if n == len(tokens) {
			return wholeWord(text, places[at].from, places[at+n-1].to)
		}
	}
	return ""
}

// wholeWord returns the bytes from..to of a text and what belongs to the same
// written words: «کتاب» of «کتاب‌ها» is not cut.
func wholeWord(text string, from, to int) string {
	for strings.HasSuffix(text[:from], string(zwnj)) {
		from -= len(string(zwnj))
		for r, size := utf8.DecodeLastRuneInString(text[:from]); wordRune(r); r, size = utf8.DecodeLastRuneInString(text[:from]) {
			from -= size
		}
	}
	for strings.HasPrefix(text[to:], string(zwnj)) {
		to += len(string(zwnj))
		for r, size := utf8.DecodeRuneInString(text[to:]); wordRune(r); r, size = utf8.DecodeRuneInString(text[to:]) {
			to += size
		}
	}
	return text[from:to]
}
