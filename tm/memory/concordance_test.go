package memory

import (
	"context"
	"fmt"
	"math/rand/v2"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"tarjoman/tm"
	"tarjoman/tm/lang"
)

func concord(t testing.TB, table *Table, q ConcordanceQuery) Result {
	t.Helper()
	q.From, q.To = en, fa
	r, err := table.Concordance(context.Background(), q)
	if err != nil {
		t.Fatal(err)
	}
	return r
}

// highlighted lists the hits with their spans in brackets.
func highlighted(r Result) []string {
	var list []string
	for _, h := range r.Hits {
		list = append(list, fmt.Sprint(h.Unit.ID, " ", bracket(h.Source.Text, h.InSource), " = ", bracket(h.Target.Text, h.InTarget)))
	}
	return list
}

func bracket(text string, spans []Span) string {
	var b strings.Builder
	at := 0
	for _, s := range spans {
		b.WriteString(text[at:s.From] + "[" + text[s.From:s.To] + "]")
		at = s.To
	}
	return b.String() + text[at:]
}

func TestConcordance(t *testing.T) {
	units := []*tm.Unit{
		unit(1, "The Supreme Court ruled.", "دیوان عالی حکم داد."),
		unit(2, "The court was not supreme.", "دادگاه عالی نبود."),
		unit(3, "A courtyard of the supreme leader.", "حیاط رهبر."),
		unit(4, "The 1988 massacre in prisons", "قتل\u200cعام ۱۳۶۷ در زندان\u200cها"),
		unit(5, "A massacre", "قتل عام"),
		unit(6, "Mother", "مادر"),
		unit(7, "We are at home", "ما در خانه\u200cایم"),
		unit(8, "Café in Tehran", "كافه\u200cاي در تهران"),
	}
	tests := []struct {
		name, text string
		want       []string
	}{
		{"phrase before scattered words", "supreme court", []string{
			"1 The [Supreme Court] ruled. = دیوان عالی حکم داد.",
			"2 The [court] was not [supreme]. = دادگاه عالی نبود.",
		}},
		{"parts of words when there is nothing else", "supreme courtya", []string{
			"3 A [courtya]rd of the [supreme] leader. = حیاط رهبر.",
		}},
		{"whole word before part", "court", []string{
			"1 The Supreme [Court] ruled. = دیوان عالی حکم داد.",
			"2 The [court] was not supreme. = دادگاه عالی نبود.",
			"3 A [court]yard of the supreme leader. = حیاط رهبر.",
		}},
		{"part of a word", "ourtya", []string{"3 A c[ourtya]rd of the supreme leader. = حیاط رهبر."}},
		{"space for ZWNJ", "قتل عام", []string{
			"5 A massacre = [قتل عام]",
			"4 The 1988 massacre in prisons = [قتل\u200cعام] ۱۳۶۷ در زندان\u200cها",
		}},
		{"joined for ZWNJ", "قتلعام", []string{
			"5 A massacre = [قتل عام]",
			"4 The 1988 massacre in prisons = [قتل\u200cعام] ۱۳۶۷ در زندان\u200cها",
		}},
		{"whole words only when rejoined", "مادر", []string{"6 Mother = [مادر]", "7 We are at home = [ما در] خانه\u200cایم"}},
		{"letters and accents", "کافه ای", []string{"8 Café in Tehran = [كافه\u200cاي] در تهران"}},
		{"accents of Latin", "cafe", []string{"8 [Café] in Tehran = كافه\u200cاي در تهران"}},
		{"digits of the other script", "1367", []string{"4 The 1988 massacre in prisons = قتل\u200cعام [۱۳۶۷] در زندان\u200cها"}},
		{"not there", "election", nil},
		{"one of two words missing", "supreme election", nil},
		{"nothing", "  ", nil},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			r := concord(t, table(units...), ConcordanceQuery{Text: tt.text})
			if d := cmp.Diff(tt.want, highlighted(r)); d != "" {
				t.Error(d)
			}
			if r.Total != len(tt.want) {
				t.Errorf("total %d", r.Total)
			}
		})
	}
}

func TestConcordance_Pages(t *testing.T) {
	table := &Table{}
	for id := tm.UnitID(1); id <= 25; id++ {
		u := unit(id, "The court", "دادگاه")
		u.Origin.Created = time.Unix(int64(id), 0)
		u.Memory = tm.MemoryID(id % 2)
		table.Put(u)
	}
	tests := []struct {
		name  string
		q     ConcordanceQuery
		first tm.UnitID
		count int
		total int
	}{
		{"newest first", ConcordanceQuery{Limit: 10}, 25, 10, 25},
		{"last page", ConcordanceQuery{Limit: 10, Offset: 20}, 5, 5, 25},
		{"one memory", ConcordanceQuery{Memories: []tm.MemoryID{0}}, 24, 12, 12},
		{"beyond", ConcordanceQuery{Offset: 30}, 0, 0, 25},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			tt.q.Text = "court"
			r := concord(t, table, tt.q)
			if len(r.Hits) != tt.count || r.Total != tt.total {
				t.Fatalf("%d of %d hits", len(r.Hits), r.Total)
			}
			if tt.count > 0 && r.Hits[0].Unit.ID != tt.first {
				t.Errorf("first is %d", r.Hits[0].Unit.ID)
			}
		})
	}
}

// TestConcordance_QuickTestLosesNothing compares the search with one that folds
// every text, without the test on joined texts.
func TestConcordance_QuickTestLosesNothing(t *testing.T) {
	r := rand.New(rand.NewPCG(3, 3))
	table := &Table{}
	for id := tm.UnitID(1); id <= 200; id++ {
		table.Put(unit(id, words(r, 10, 8), words(r, 10, 8)))
	}
	for range 50 {
		text := words(r, 10, 3)
		want := 0
		source, target := newPhrase(lang.For(en), text), newPhrase(lang.For(fa), text)
		for _, u := range table.kept {
			a, b := u.Variants[0].Content.Text, u.Variants[1].Content.Text
			if min(source.class(lang.For(en).FoldString(a)), target.class(lang.For(fa).FoldString(b))) < nowhere {
				want++
			}
		}
		if got := concord(t, table, ConcordanceQuery{Text: text}).Total; got != want {
			t.Errorf("%q: %d hits, want %d", text, got, want)
		}
	}
}

func FuzzConcordance(f *testing.F) {
	f.Add("قتل\u200cعام ۱۳۶۷ در زندان\u200cها", "قتل عام")
	f.Add("The Supreme Court", "court supreme")
	f.Fuzz(func(t *testing.T, text, query string) {
		table := table(unit(1, text, text))
		for _, h := range concord(t, table, ConcordanceQuery{Text: query}).Hits {
			if len(h.InSource)+len(h.InTarget) == 0 {
				t.Error("a hit without place")
			}
			at := 0
			for _, s := range h.InTarget {
				if s.From < at || s.To <= s.From || s.To > len(text) {
					t.Errorf("span %v of %d bytes after %d", s, len(text), at)
				}
				at = s.To
			}
		}
	})
}
