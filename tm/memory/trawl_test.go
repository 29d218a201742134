package memory

import (
	"context"
	"fmt"
	"math/rand/v2"
	"slices"
	"strings"
	"testing"
	"time"
	"unicode/utf8"

	"github.com/google/go-cmp/cmp"

	"tarjoman/tm"
	"tarjoman/tm/lang"
)

// oracle says how a query occurs in a text, token by token on strings.
type oracle struct {
	profile *lang.Profile
	query   string
}

func (o oracle) tokens(text string) []string {
	var list []string
	for _, w := range tokenize(o.profile, text) {
		list = append(list, o.profile.FoldString(w))
	}
	return list
}

// canonical writes tokens so that the joints between Arabic letters vanish.
func canonical(tokens []string) string {
	var b strings.Builder
	var last rune
	for _, w := range tokens {
		first, _ := utf8.DecodeRuneInString(w)
		if !arabic(last) || !arabic(first) {
			b.WriteString("|")
		}
		b.WriteString(w)
		last, _ = utf8.DecodeLastRuneInString(w)
	}
	return b.String()
}

func (o oracle) class(text string) class {
	row, query := o.tokens(text), o.tokens(o.query)
	if len(query) == 0 {
		return nowhere
	}
	if c := o.phrase(row, query); c < nowhere {
		return c
	}
	words := strings.Fields(o.query)
	if len(words) < 2 {
		return nowhere
	}
	best := wholeWords
	for _, w := range words {
		word := o.tokens(w)
		switch c := o.phrase(row, word); {
		case len(word) == 0:
		case c == nowhere, c == partPhrase && len(word) == 1 && utf8.RuneCountInString(word[0]) < 3:
			return nowhere
		case c == partPhrase:
			best = partWords
		}
	}
	return best
}

func (o oracle) phrase(row, query []string) class {
	best := nowhere
	for i := range row {
		for j := i + 1; j <= len(row); j++ {
			if canonical(row[i:j]) == canonical(query) {
				best = min(best, rejoinedPhrase)
			}
		}
		if len(row)-i < len(query) {
			continue
		}
		here := row[i : i+len(query)]
		if slices.Equal(here, query) {
			return wholePhrase
		}
		if insideWords(here, query) {
			best = min(best, partPhrase)
		}
	}
	return best
}

func insideWords(row, query []string) bool {
	last := len(query) - 1
	if last == 0 {
		return utf8.RuneCountInString(query[0]) > 1 && strings.Contains(row[0], query[0])
	}
	return strings.HasSuffix(row[0], query[0]) && strings.HasPrefix(row[last], query[last]) && slices.Equal(row[1:last], query[1:last])
}

// wordy makes texts of few words that are parts of each other, divided in many
// ways.
func wordy(r *rand.Rand, alphabet []string, joints []string, most int) string {
	var b strings.Builder
	for i := range 1 + r.IntN(most) {
		if i > 0 {
			b.WriteString(joints[r.IntN(len(joints))])
		}
		for range 1 + r.IntN(3) {
			b.WriteString(alphabet[r.IntN(len(alphabet))])
		}
	}
	return b.String()
}

func TestConcordance_EqualsTryingEveryUnit(t *testing.T) {
	latin, persian := []string{"a", "É", "st", "na", "7"}, []string{"ا", "د", "ر", "كا", "ي", "۷"}
	spaces, joints := []string{" ", " ", ", ", "-"}, []string{" ", " ", "\u200c", "", "، "}
	for seed := range uint64(3) {
		r := rand.New(rand.NewPCG(seed, 7))
		made := func(id tm.UnitID) *tm.Unit {
			u := unit(id, wordy(r, latin, spaces, 9), wordy(r, persian, joints, 9))
			u.Origin.Changed = time.Unix(int64(r.IntN(5)), 0)
			u.Memory = tm.MemoryID(1 + r.IntN(2))
			return u
		}
		units := map[tm.UnitID]*tm.Unit{}
		table := &Table{}
		err := table.Load(context.Background(), func(yield func(*tm.Unit, error) bool) {
			for id := tm.UnitID(1); id <= 500; id++ {
				units[id] = made(id)
				if !yield(units[id], nil) {
					return
				}
			}
		})
		if err != nil {
			t.Fatal(err)
		}
		for range 1300 {
			id := tm.UnitID(1 + r.IntN(900))
			if r.IntN(4) == 0 {
				delete(units, id)
				table.Delete(id)
				continue
			}
			units[id] = made(id)
			table.Put(units[id])
		}
		for range 25 {
			q := ConcordanceQuery{From: en, To: fa, Side: []tm.Side{"", tm.SourceSide, tm.TargetSide}[r.IntN(3)], Limit: 4000}
			if q.Text = wordy(r, latin, spaces, 3); r.IntN(2) == 0 {
				q.Text = wordy(r, persian, joints, 3)
			}
			if r.IntN(3) == 0 {
				q.Memories = []tm.MemoryID{2}
			}
			sameConcordance(t, table, units, q)
		}
	}
}

func sameConcordance(t *testing.T, table *Table, units map[tm.UnitID]*tm.Unit, q ConcordanceQuery) {
	t.Helper()
	var want []located
	for id, u := range units {
		hit := located{class: nowhere, changed: changed(u), id: id}
		for i, p := range []*lang.Profile{lang.For(en), lang.For(fa)} {
			o := oracle{p, q.Text}
			text := u.Variants[i].Content.Text
			if c := o.class(text); q.Side != []tm.Side{tm.TargetSide, tm.SourceSide}[i] && c < hit.class {
				hit.class, hit.length = c, uint32(len(o.tokens(text)))
			}
		}
		if hit.class < nowhere && (q.Memories == nil || slices.Contains(q.Memories, u.Memory)) {
			want = append(want, hit)
		}
	}
	slices.SortFunc(want, compareLocated)
	if len(want) > 0 && want[0].class < partWords {
		want = slices.DeleteFunc(want, func(l located) bool { return l.class == partWords })
	}
	r, err := table.Concordance(context.Background(), q)
	if err != nil || r.More || r.Total != len(want) {
		t.Fatalf("%q on side %q: %d hits, more %v, %v; want %d", q.Text, q.Side, r.Total, r.More, err, len(want))
	}
	got, expected := make([]string, len(r.Hits)), make([]string, len(want))
	for i, h := range r.Hits {
		got[i] = fmt.Sprint(h.Unit.ID)
	}
	for i, w := range want {
		expected[i] = fmt.Sprint(w.id)
	}
	if d := cmp.Diff(expected, got); d != "" {
		t.Fatalf("%q on side %q: %s", q.Text, q.Side, d)
	}
	pagesAgree(t, table, q, r)
}

// pagesAgree reads the same hits page by page: what one page leaves out because
// it has enough comes on a later one.
func pagesAgree(t *testing.T, table *Table, q ConcordanceQuery, whole Result) {
	t.Helper()
	q.Limit = 7
	for q.Offset = 0; q.Offset < min(len(whole.Hits), 30); q.Offset += q.Limit {
		r, err := table.Concordance(context.Background(), q)
		end := min(q.Offset+q.Limit, len(whole.Hits))
		if err != nil || len(r.Hits) != end-q.Offset || r.Total > whole.Total || !r.More && r.Total != whole.Total {
			t.Fatalf("%q from %d: %d hits of %d, more %v, %v; want %d of %d", q.Text, q.Offset, len(r.Hits), r.Total, r.More, err, end-q.Offset, whole.Total)
		}
		for i, h := range r.Hits {
			if h.Unit != whole.Hits[q.Offset+i].Unit {
				t.Fatalf("%q from %d: hit %d differs", q.Text, q.Offset, i)
			}
		}
	}
}
