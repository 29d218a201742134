package memory

import (
	"bytes"
	"context"
	"fmt"
	"iter"
	"maps"
	"math/rand/v2"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
	"golang.org/x/text/language"

	"tarjoman/tm"
)

// A world is a table, and the units that should be in it.
type world struct {
	*Table
	r     *rand.Rand
	units map[tm.UnitID]*tm.Unit
	next  tm.UnitID
	words []string
	most  int // words of a text
}

// Units makes the world a source.
func (w *world) Units(_ context.Context, ids []tm.UnitID) ([]*tm.Unit, error) {
	list := make([]*tm.Unit, len(ids))
	for i, id := range ids {
		list[i] = w.units[id]
	}
	return list, nil
}

func (w *world) all() iter.Seq2[*tm.Unit, error] {
	return func(yield func(*tm.Unit, error) bool) {
		for _, id := range slices.Sorted(maps.Keys(w.units)) {
			if !yield(w.units[id], nil) {
				return
			}
		}
	}
}

var someWords = []string{
	"می\u200cرود", "می رود", "خانه", "Case", "case", ".", "کتاب", "كتاب", "court", "of", "،", "the", "12", "۱۲", "7", "1,250", "‌ها", "ها", "(", "-",
	"prison", "ruled", "today", "law", "قانون", "دادگاه", "“", "a", "b", "c", "d", "e", "f", "g", "h", "i", "j", "k", "l", "m", "n", "o", "p", "q", "r", "s", "t", "u", "v", "w",
}

func newWorld(r *rand.Rand, source bool) *world {
	w := &world{r: r, units: map[tm.UnitID]*tm.Unit{}, Table: &Table{}}
	if source {
		w.Table = NewTable(w)
	}
	w.words = slices.Clone(someWords)
	r.Shuffle(len(w.words), func(i, j int) { w.words[i], w.words[j] = w.words[j], w.words[i] })
	w.words = w.words[:2+r.IntN(len(w.words)-2)]
	w.most = []int{1, 3, 8, 20, 70, 200}[r.IntN(6)]
	return w
}

func (w *world) pick(list ...string) string { return list[w.r.IntN(len(list))] }

func (w *world) text() string {
	list := make([]string, 1+w.r.IntN(w.most))
	for i := range list {
		list[i] = w.words[w.r.IntN(len(w.words))]
	}
	return strings.Join(list, " ")
}

// like returns a text near another one, or the same.
func (w *world) like(text string) string {
	list := strings.Fields(text)
	for range w.r.IntN(4) {
		i := w.r.IntN(len(list) + 1)
		switch w.r.IntN(4) {
		case 0:
			list = slices.Insert(list, i, w.words[w.r.IntN(len(w.words))])
		case 1:
			list = slices.Delete(list, i, min(i+1, len(list)))
		case 2:
			list = slices.Replace(list, i, min(i+1, len(list)), w.pick("8", "19", "unknown", "the", "خانه"))
		}
	}
	return strings.Join(list, w.pick(" ", " ", " ", "  "))
}

func (w *world) content(text string) tm.Content {
	c := tm.Plain(text)
	if w.r.IntN(6) == 0 {
		c.Codes = []tm.Code{{Pos: 0, Kind: tm.Open, ID: 1 + w.r.IntN(2), Type: w.pick("bold", "italic")}, {Pos: len(text), Kind: tm.Close, ID: 1, Type: "bold"}}
	}
	return c
}

// some returns an existing unit; nil when there is none.
func (w *world) some() *tm.Unit {
	if len(w.units) == 0 {
		return nil
	}
	ids := slices.Sorted(maps.Keys(w.units))
	return w.units[ids[w.r.IntN(len(ids))]]
}

var days = time.Date(2024, 1, 1, 0, 0, 0, 0, time.UTC)

func (w *world) unit(id tm.UnitID) *tm.Unit {
	source, target := w.text(), w.pick("ترجمه", "ترجمهٔ دیگر", "دادگاه ۱۲ و ۷", "case 7", " ", w.text())
	if other := w.some(); other != nil && w.r.IntN(2) == 0 {
		source = w.like(other.Variants[0].Content.Text)
		if w.r.IntN(2) == 0 {
			target = w.like(other.Variants[len(other.Variants)-1].Content.Text)
		}
	}
	u := &tm.Unit{ID: id, Memory: tm.MemoryID(1 + w.r.IntN(3)), Variants: []tm.Variant{
		{Lang: en, Content: w.content(source)}, {Lang: fa, Content: w.content(target)},
	}}
	switch w.r.IntN(12) {
	case 0:
		u.Variants = append(u.Variants, tm.Variant{Lang: language.BritishEnglish, Content: w.content(w.like(source))})
	case 1:
		u.Variants[0], u.Variants[1] = u.Variants[1], u.Variants[0]
	case 2:
		u.Variants = u.Variants[:1]
	}
	u.Previous, u.Next = w.pick("", "", "the case", "the  case", "court"), w.pick("", "", "the case", "خانه")
	u.Origin = tm.Origin{
		Author: w.pick("", "sara", "omid"), Document: w.pick("", "a.docx", "b.docx"),
		State: tm.State(w.pick("", "draft", "translated", "approved")), Kind: tm.OriginKind(w.pick("human", "human", "aligned", "machine")),
		Changed: days.AddDate(0, 0, w.r.IntN(4)),
	}
	if w.r.IntN(8) == 0 {
		u.Penalty = w.r.IntN(30)
	}
	return u
}

// change does something to the table and to the units.
func (w *world) change() {
	switch w.r.IntN(30) {
	case 0, 1, 2:
		id := tm.UnitID(1 + w.r.IntN(int(w.next)+1))
		w.Delete(id)
		delete(w.units, id)
	case 3, 4:
		if u := w.some(); u != nil {
			w.put(w.unit(u.ID))
		}
	case 5:
		if u := w.some(); u != nil {
			w.PutIfAbsent(w.unit(u.ID)) // stays
		}
	case 6:
		w.mu.Lock()
		w.seal()
		w.tend()
		w.mu.Unlock()
	case 7:
		w.settle()
	case 8:
		if w.r.IntN(20) == 0 {
			w.DropMemory(3)
			maps.DeleteFunc(w.units, func(_ tm.UnitID, u *tm.Unit) bool { return u.Memory == 3 })
		}
	case 9:
		w.load()
	case 10:
		w.reopen()
	default:
		w.next++
		w.put(w.unit(w.next))
	}
}

// load loads new units, and others with IDs that are there already, which stay
// as they are.
func (w *world) load() {
	var list []*tm.Unit
	for range w.r.IntN(20) {
		if u := w.some(); u != nil && w.r.IntN(3) == 0 {
			list = append(list, w.unit(u.ID))
			continue
		}
		w.next++
		u := w.unit(w.next)
		w.units[u.ID] = u
		list = append(list, u)
	}
	err := w.Load(context.Background(), func(yield func(*tm.Unit, error) bool) {
		for _, u := range list {
			if !yield(u, nil) {
				return
			}
		}
	})
	if err != nil {
		panic(err)
	}
}

func (w *world) reopen() {
	var file bytes.Buffer
	if err := w.Save(&file, int64(w.next)); err != nil {
		panic(err)
	}
	table, stamp, err := OpenTable(w, &file)
	if err != nil || stamp != int64(w.next) {
		panic(fmt.Sprint(stamp, err))
	}
	w.Table = table
}

func (w *world) put(u *tm.Unit) {
	w.units[u.ID] = u
	w.Put(u)
}

func (w *world) query() Query {
	text := w.text()
	if u := w.some(); u != nil && w.r.IntN(4) > 0 {
		text = w.like(u.Variants[0].Content.Text)
	}
	q := Query{From: en, To: fa, Source: w.content(text), Threshold: 50 + w.r.IntN(51), Limit: 1 + w.r.IntN(20)}
	if w.r.IntN(4) == 0 {
		q.From, q.To = q.To, language.BritishEnglish
	}
	if w.r.IntN(3) == 0 {
		q.Previous, q.Next = w.pick("", "the case", "court"), w.pick("", "the case", "nothing")
	}
	if w.r.IntN(3) == 0 {
		q.Memories = []Use{{1, w.r.IntN(4)}, {2, w.r.IntN(20) - 2}}
	}
	if w.r.IntN(4) == 0 {
		q.Authors, q.States = []string{"sara", ""}, []tm.State{"", tm.Draft, tm.Approved}
	}
	if w.r.IntN(6) == 0 {
		q.Documents, q.Since, q.Until = []string{"a.docx"}, days.AddDate(0, 0, 1), days.AddDate(0, 0, 3)
	}
	if w.r.IntN(6) == 0 {
		q.Aged, q.AgePoints = days.AddDate(0, 0, 2), 3
	}
	return q
}

func (w *world) check(t *testing.T, q Query) {
	t.Helper()
	want, err := Scan(context.Background(), w.all(), q)
	if err != nil {
		t.Fatal(err)
	}
	if d := cmp.Diff(want, ask(t, w.Table, q), cmp.Comparer(sameTag)); d != "" {
		t.Fatalf("%+v\nfinds something else than a scan of %d units: %s", q, len(w.units), d)
	}
}

func sameTag(a, b language.Tag) bool { return a == b }

// TestLookup_EqualsScan compares the index with the reference while units come,
// change and go.
func TestLookup_EqualsScan(t *testing.T) {
	worlds := 60
	if testing.Short() || raceDetector {
		worlds = 20
	}
	for seed := range worlds {
		t.Run(fmt.Sprint(seed), func(t *testing.T) {
			w := newWorld(rand.New(rand.NewPCG(1, uint64(seed))), seed%2 == 0)
			for range 6 {
				for range 5 + w.r.IntN(40) {
					w.change()
				}
				for range 12 {
					w.check(t, w.query())
				}
			}
			if w.Len() != len(w.units) {
				t.Errorf("%d units, want %d", w.Len(), len(w.units))
			}
		})
	}
}
