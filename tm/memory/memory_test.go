package memory

import (
	"context"
	"math/rand/v2"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
	"golang.org/x/text/language"

	"tarjoman/tm"
	"tarjoman/tm/lang"
)

var en, fa = language.English, language.Persian

// unit makes a unit of memory 1.
func unit(id tm.UnitID, source, target string) *tm.Unit {
	return &tm.Unit{ID: id, Memory: 1, Variants: []tm.Variant{
		{Lang: en, Content: tm.Plain(source)}, {Lang: fa, Content: tm.Plain(target)},
	}}
}

func table(units ...*tm.Unit) *Table {
	t := &Table{}
	for _, u := range units {
		t.Put(u)
	}
	return t
}

func ask(t testing.TB, table *Table, q Query) []tm.Match {
	t.Helper()
	matches, err := table.Lookup(context.Background(), q)
	if err != nil {
		t.Fatal(err)
	}
	return matches
}

func english(text string) Query { return Query{From: en, To: fa, Source: tm.Plain(text)} }
func persian(text string) Query { return Query{From: fa, To: en, Source: tm.Plain(text)} }

// brief is the part of a match that most tests look at.
type brief struct {
	Unit   tm.UnitID
	Kind   tm.MatchKind
	Score  int
	Raw    int
	Points string
}

func briefs(matches []tm.Match) []brief {
	var list []brief
	for _, m := range matches {
		var codes []string
		for _, p := range m.Penalties {
			codes = append(codes, p.Code)
		}
		list = append(list, brief{m.Unit.ID, m.Kind, m.Score, m.Raw, strings.Join(codes, " ")})
	}
	return list
}

func TestLookup_Kinds(t *testing.T) {
	table := table(
		unit(1, "The court will hear the case on Monday.", "دادگاه روز دوشنبه به پرونده رسیدگی می\u200cکند."),
		unit(2, "The prisoners went on hunger strike.", "زندانیان دست به اعتصاب غذا زدند."),
		unit(3, "At least 12 people were arrested in 3 cities.", "دست\u200cکم ۱۲ نفر در ۳ شهر بازداشت شدند."),
	)
	tests := []struct {
		name string
		q    Query
		want []brief
	}{
		{"exact", english("The prisoners went on hunger strike."), []brief{{2, tm.ExactMatch, 100, 100, ""}}},
		{"one word of nine differs", english("The court will hear the case on Sunday."), []brief{{1, tm.FuzzyMatch, 88, 88, ""}}},
		{"case differs", english("The Prisoners went on hunger strike."), []brief{{2, tm.FuzzyMatch, 99, 99, ""}}},
		{"typography differs", english("The  prisoners went on hunger strike ."), []brief{{2, tm.ExactMatch, 100, 100, "typographic"}}},
		{"final stop missing", english("The prisoners went on hunger strike"), []brief{{2, tm.FuzzyMatch, 85, 85, ""}}},
		{"numbers differ", english("At least 15 people were arrested in 4 cities."), []brief{{3, tm.AssembledMatch, 98, 100, "numbers"}}},
		{"reverse direction", persian("زندانیان دست به اعتصاب غذا زدند."), []brief{{2, tm.ExactMatch, 100, 100, ""}}},
		{"arabic letters and a space for ZWNJ", persian("دادگاه روز دوشنبه به پرونده رسيدگي می کند."), []brief{{1, tm.ExactMatch, 100, 100, "typographic"}}},
		{"nothing near", english("Elections were postponed."), nil},
		{"empty", english(" "), nil},
		{"another language", Query{From: language.German, To: fa, Source: tm.Plain("Das Gericht.")}, nil},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			if d := cmp.Diff(tt.want, briefs(ask(t, table, tt.q))); d != "" {
				t.Error(d)
			}
		})
	}
}

func TestLookup_Context(t *testing.T) {
	first, second := unit(1, "He refused.", "او نپذیرفت."), unit(2, "He refused.", "وی امتناع کرد.")
	first.Previous, first.Next = "They asked him to sign.", "He was taken back."
	table := table(first, second)
	tests := []struct {
		name           string
		previous, next string
		want           []brief
	}{
		{"none", "", "", []brief{{1, tm.ExactMatch, 99, 100, "several_translations"}, {2, tm.ExactMatch, 99, 100, "several_translations"}}},
		{"previous", "They asked him to sign.", "Silence.", []brief{{1, tm.ContextMatch, 101, 100, ""}, {2, tm.ExactMatch, 99, 100, "several_translations"}}},
		{"both", "They asked him to sign.", "He was taken back.", []brief{{1, tm.ContextMatch, 102, 100, ""}, {2, tm.ExactMatch, 99, 100, "several_translations"}}},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			q := english("He refused.")
			q.Previous, q.Next = tt.previous, tt.next
			if d := cmp.Diff(tt.want, briefs(ask(t, table, q))); d != "" {
				t.Error(d)
			}
		})
	}
}

func TestLookup_Ranking(t *testing.T) {
	old, recent := time.Date(2020, 1, 1, 0, 0, 0, 0, time.UTC), time.Date(2024, 1, 1, 0, 0, 0, 0, time.UTC)
	make := func(id tm.UnitID, state tm.State, changed time.Time) *tm.Unit {
		u := unit(id, "Freedom of speech", "آزادی بیان"+strings.Repeat("!", int(id)))
		u.Origin.State, u.Origin.Changed = state, changed
		return u
	}
	machine, aligned := make(8, tm.Translated, recent), make(7, tm.Translated, recent)
	machine.Origin.Kind, aligned.Origin.Kind = tm.Machine, tm.Aligned
	table := table(make(1, tm.Draft, recent), make(2, tm.Translated, old), make(3, "", recent), make(4, tm.Translated, recent), make(5, tm.Approved, old), aligned, machine)
	q := english("Freedom of speech")
	q.Limit = 10
	var got []tm.UnitID
	for _, m := range ask(t, table, q) {
		got = append(got, m.Unit.ID)
	}
	if d := cmp.Diff([]tm.UnitID{5, 3, 4, 2, 7, 1, 8}, got); d != "" {
		t.Error(d)
	}
}

func TestLookup_UnitPenalty(t *testing.T) {
	trusted, doubtful, hopeless := unit(1, "The lamp was lit.", "چراغ روشن شد."), unit(2, "The lamp was lit.", "لامپ روشن شد."), unit(3, "The lamp was out.", "چراغ خاموش بود.")
	doubtful.Penalty, hopeless.Penalty = 12, 31
	want := []brief{
		{1, tm.ExactMatch, 99, 100, "several_translations"},
		{2, tm.ExactMatch, 87, 100, "several_translations unit"},
	}
	if d := cmp.Diff(want, briefs(ask(t, table(trusted, doubtful, hopeless), english("The lamp was lit.")))); d != "" {
		t.Error(d)
	}
}

func TestLookup_EqualPairsAreMerged(t *testing.T) {
	a, b := unit(1, "Human rights", "حقوق بشر"), unit(2, "Human rights", "حقوق بشر")
	b.Origin.State = tm.Approved
	if d := cmp.Diff([]brief{{2, tm.ExactMatch, 100, 100, ""}}, briefs(ask(t, table(a, b), english("Human rights")))); d != "" {
		t.Error(d)
	}
}

func TestLookup_Memories(t *testing.T) {
	a, b, c := unit(1, "Human rights", "حقوق بشر"), unit(2, "Human rights", "حقوق انسان\u200cها"), unit(3, "Human rights", "حقوق بشری")
	b.Memory, c.Memory = 2, 3
	q := english("Human rights")
	q.Memories = []Use{{1, 5}, {2, 60}}
	want := []brief{{1, tm.ExactMatch, 94, 100, "several_translations memory"}}
	if d := cmp.Diff(want, briefs(ask(t, table(a, b, c), q))); d != "" {
		t.Error(d)
	}
	q.Memories = []Use{}
	if got := ask(t, table(a), q); len(got) > 0 {
		t.Errorf("no memory gave %v", got)
	}
}

func TestLookup_PersianSubTokens(t *testing.T) {
	table := table(unit(1, "The books of the old library were burnt yesterday.", "کتاب\u200cهای کتابخانهٔ قدیمی دیروز سوزانده شد."))
	for _, text := range []string{"کتاب های کتابخانه قدیمی دیروز سوزانده شد.", "کتاب\u200cهای كتابخانه\u200cی قديمی دیروز سوزانده شد."} {
		got := ask(t, table, persian(text))
		if len(got) != 1 || got[0].Score < 95 {
			t.Errorf("%s: %v", text, briefs(got))
		}
	}
}

func TestLookup_NumbersAreSubstitutedWhenSafe(t *testing.T) {
	tests := []struct{ name, source, target, query, want string }{
		{"persian digits", "About 30,000 people", "حدود ۳۰٬۰۰۰ نفر", "About 45,500 people", "حدود ۴۵٬۵۰۰ نفر"},
		{"latin digits stay latin", "Resolution 1325", "قطعنامه 1325", "Resolution 2231", "قطعنامه 2231"},
		{"decimals", "It rose by 3.5 percent", "۳٫۵ درصد بالا رفت", "It rose by 4.25 percent", "۴٫۲۵ درصد بالا رفت"},
		{"inside a word", "The COVID-19 ward", "بخش کووید-۱۹", "The COVID-20 ward", "بخش کووید-۲۰"},
		{"several, in another order", "From 5 to 9 people", "تا ۹ و از ۵ نفر", "From 6 to 9 people", "تا ۹ و از ۶ نفر"},
		{"not in the target", "On page 5", "در صفحهٔ پنجم", "On page 6", ""},
		{"twice in the target", "On page 5", "صفحهٔ ۵ (۵)", "On page 6", ""},
		{"ambiguous in the source", "5 of 5 men", "۵ از پنج مرد", "5 of 6 men", ""},
		{"another count", "5 men", "۵ مرد", "5 of 6 men", ""},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			got := ""
			for _, m := range ask(t, table(unit(1, tt.source, tt.target)), english(tt.query)) {
				if m.Kind == tm.AssembledMatch {
					got = m.Target.Text
				}
			}
			if got != tt.want {
				t.Errorf("got %q, want %q", got, tt.want)
			}
		})
	}
}

func TestLookup_Codes(t *testing.T) {
	bold := func(text string, id, from, to int) tm.Content {
		return tm.Content{Text: text, Codes: []tm.Code{
			{Pos: from, Kind: tm.Open, ID: id, Type: "bold", Data: "<b>"}, {Pos: to, Kind: tm.Close, ID: id, Type: "bold", Data: "</b>"},
		}}
	}
	u := unit(1, "", "")
	u.Variants[0].Content, u.Variants[1].Content = bold("The court ruled", 4, 4, 9), bold("دادگاه حکم داد", 4, 0, 12)
	tests := []struct {
		name   string
		unit   *tm.Unit
		source tm.Content
		want   tm.Content
		points string
	}{
		{"same codes are renamed", u, bold("The court ruled", 1, 4, 9), bold("دادگاه حکم داد", 1, 0, 12), ""},
		{"the segment has none", u, tm.Plain("The court ruled"), tm.Plain("دادگاه حکم داد"), "codes"},
		{"the match has none", unit(2, "The court ruled", "دادگاه حکم داد"), bold("The court ruled", 1, 0, 15), bold("دادگاه حکم داد", 1, 0, 26), "codes"},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			got := ask(t, table(tt.unit), Query{From: en, To: fa, Source: tt.source})
			if d := cmp.Diff(tt.want, got[0].Target); d != "" {
				t.Error(d)
			}
			if b := briefs(got)[0]; b.Points != tt.points || b.Score != 100-len(got[0].Penalties) {
				t.Errorf("got %v, want penalty %q", b, tt.points)
			}
		})
	}
}

func TestTable_PutDeleteDrop(t *testing.T) {
	table := table(unit(1, "one", "یک"), unit(2, "two", "دو"), unit(2, "three", "سه"))
	table.Delete(9)
	if got := ask(t, table, english("two")); table.Len() != 2 || len(got) > 0 {
		t.Errorf("a replaced unit is still found: %v", briefs(got))
	}
	table.Delete(1)
	if got := ask(t, table, english("one")); table.Len() != 1 || len(got) > 0 {
		t.Errorf("a deleted unit is still found: %v", briefs(got))
	}
	table.DropMemory(1)
	if got := ask(t, table, english("three")); table.Len() != 0 || len(got) > 0 {
		t.Errorf("a dropped unit is still found: %v", briefs(got))
	}
}

func TestTable_PutIfAbsentKeepsWhatIsThere(t *testing.T) {
	table := table(unit(1, "Human rights", "حقوق بشر"))
	table.PutIfAbsent(unit(1, "Human rights", "کهنه"))
	table.PutIfAbsent(unit(2, "Women's rights", "حقوق زنان"))
	got := ask(t, table, english("Human rights"))
	if table.Len() != 2 || got[0].Target.Text != "حقوق بشر" {
		t.Errorf("%d units, %v", table.Len(), got)
	}
}

func TestTable_LongTexts(t *testing.T) {
	long := strings.Repeat("court and ", MaxTokens)
	table := table(unit(1, long+"prison.", "دادگاه"), unit(2, "court", "دادگاه"))
	if got := briefs(ask(t, table, english(long+"prison."))); len(got) != 1 || got[0].Kind != tm.ExactMatch {
		t.Errorf("exact: %v", got)
	}
	if got := briefs(ask(t, table, english(long+"prison"))); len(got) > 0 {
		t.Errorf("fuzzy: %v", got)
	}
	if got := concord(t, table, ConcordanceQuery{Text: "prison"}); got.Total != 1 {
		t.Errorf("concordance: %d", got.Total)
	}
	table.Delete(1)
	if got := concord(t, table, ConcordanceQuery{Text: "prison"}); got.Total != 0 {
		t.Errorf("concordance after deleting: %d", got.Total)
	}
}

func TestTable_ManyVariants(t *testing.T) {
	u := &tm.Unit{ID: 1, Variants: []tm.Variant{
		{Lang: language.AmericanEnglish, Content: tm.Plain("color")}, {Lang: language.BritishEnglish, Content: tm.Plain("colour")}, {Lang: fa, Content: tm.Plain("رنگ")},
	}}
	tests := []struct {
		name     string
		from, to language.Tag
		text     string
		want     int
	}{
		{"the exact tag", language.BritishEnglish, fa, "colour", 1},
		{"not the other's text", language.BritishEnglish, fa, "color", 0},
		{"the first of the base", en, language.MustParse("fa-IR"), "color", 1},
		{"between two kinds of English", language.AmericanEnglish, language.BritishEnglish, "color", 1},
		{"into the same text", language.AmericanEnglish, en, "color", 0},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			got := ask(t, table(u), Query{From: tt.from, To: tt.to, Source: tm.Plain(tt.text)})
			if len(got) != tt.want {
				t.Errorf("%d matches, want %d", len(got), tt.want)
			}
		})
	}
}

func TestLookup_Cancelled(t *testing.T) {
	ctx, cancel := context.WithCancel(context.Background())
	cancel()
	if _, err := table(unit(1, "one two", "یک")).Lookup(ctx, english("one two three")); err != context.Canceled {
		t.Errorf("error %v", err)
	}
}

// naive is the score of the package comment, computed as it is written there.
func naive(p *lang.Profile, a, b string) int {
	if equal, _ := p.Equal(a, b); equal {
		return 100
	}
	x, y := tokenize(p, a), tokenize(p, b)
	n := max(len(x), len(y))
	if n == 0 || n > MaxTokens {
		return 0
	}
	matrix := make([][]int, len(x)+1)
	for i := range matrix {
		matrix[i] = make([]int, len(y)+1)
		for j := range matrix[i] {
			switch {
			case i == 0 || j == 0:
				matrix[i][j] = i + j
			case x[i-1] == y[j-1]:
				matrix[i][j] = matrix[i-1][j-1]
			default:
				matrix[i][j] = 1 + min(matrix[i-1][j-1], matrix[i-1][j], matrix[i][j-1])
			}
		}
	}
	return min(99, 100*(n-matrix[len(x)][len(y)])/n)
}

// words draws a text of few different words, so that texts repeat them.
func words(r *rand.Rand, vocabulary, most int) string {
	list := make([]string, 1+r.IntN(most))
	for i := range list {
		list[i] = []string{"می\u200cرود", "خانه", "Case", "case", ".", "کتاب", "court", "of", "،", "the"}[r.IntN(vocabulary)]
	}
	return strings.Join(list, " ")
}

func TestLookup_EqualsNaiveScoring(t *testing.T) {
	for _, size := range []struct{ vocabulary, length int }{{2, 6}, {4, 12}, {10, 30}, {3, 110}} {
		r := rand.New(rand.NewPCG(1, uint64(size.length)))
		table, units := &Table{}, map[tm.UnitID]*tm.Unit{}
		for id := tm.UnitID(1); id <= 100; id++ {
			u := unit(id, words(r, size.vocabulary, size.length), "ترجمهٔ "+string(rune('a'+id)))
			table.Put(u)
			units[id] = u
			if r.IntN(4) == 0 {
				gone := 1 + tm.UnitID(r.IntN(int(id)))
				table.Delete(gone)
				delete(units, gone)
			}
		}
		for range 30 {
			q := english(words(r, size.vocabulary, size.length))
			q.Threshold, q.Limit = 50+r.IntN(51), 1000
			checkAgainstNaive(t, table, units, q)
		}
	}
}

func checkAgainstNaive(t *testing.T, table *Table, units map[tm.UnitID]*tm.Unit, q Query) {
	t.Helper()
	want, got := map[tm.UnitID]int{}, map[tm.UnitID]int{}
	for id, u := range units {
		if raw := naive(lang.For(en), q.Source.Text, u.Variants[0].Content.Text); raw >= q.Threshold {
			want[id] = raw
		}
	}
	for _, m := range ask(t, table, q) {
		points := 0
		for _, p := range m.Penalties {
			points += p.Points
		}
		if m.Score != m.Raw-points {
			t.Errorf("score %d is not explained: %v", m.Score, m)
		}
		got[m.Unit.ID] = m.Raw
	}
	if q.Threshold == 100 { // several translations of one source are then all below
		return
	}
	if d := cmp.Diff(want, got); d != "" {
		t.Errorf("query %q at %d: %s", q.Source.Text, q.Threshold, d)
	}
}

func TestLookup_IsATotalOrder(t *testing.T) {
	r := rand.New(rand.NewPCG(7, 7))
	var units []*tm.Unit
	for id := range tm.UnitID(80) {
		u := unit(id+1, words(r, 4, 5), words(r, 3, 2))
		u.Origin.State = tm.States[r.IntN(len(tm.States))]
		units = append(units, u)
	}
	q := english("Case خانه case case")
	q.Threshold, q.Limit = 50, 100
	want := briefs(ask(t, table(units...), q))
	for range 5 {
		r.Shuffle(len(units), func(i, j int) { units[i], units[j] = units[j], units[i] })
		if d := cmp.Diff(want, briefs(ask(t, table(units...), q))); d != "" {
			t.Fatal(d)
		}
	}
	if len(want) < 10 {
		t.Fatalf("only %d matches", len(want))
	}
	q.Limit = 5
	if d := cmp.Diff(want[:5], briefs(ask(t, table(units...), q))); d != "" {
		t.Errorf("a smaller limit gives other matches: %s", d)
	}
}

func TestTable_Concurrent(t *testing.T) {
	table, done := &Table{}, make(chan bool)
	for w := range 4 {
		go func() {
			for i := range 50 {
				table.Put(unit(tm.UnitID(w*100+i), "The court ruled today", "دادگاه امروز حکم داد"))
				table.Lookup(context.Background(), english("The court ruled"))
				table.Concordance(context.Background(), ConcordanceQuery{From: en, To: fa, Text: "court"})
				table.Delete(tm.UnitID(w*100 + i/2))
			}
			done <- true
		}()
	}
	for range 4 {
		<-done
	}
	if table.Len() != 100 {
		t.Errorf("%d units", table.Len())
	}
}

func FuzzDiff(f *testing.F) {
	f.Add("The court ruled today.", "The old court ruled on Sunday.")
	f.Add("می\u200cرود به خانه", "می رود به خانهٔ ما")
	f.Fuzz(func(t *testing.T, old, new string) {
		var before, after strings.Builder
		runs := Diff(lang.For(fa), old, new)
		for i, r := range runs {
			if r.Kind != tm.Added {
				before.WriteString(r.Text)
			}
			if r.Kind != tm.Deleted {
				after.WriteString(r.Text)
			}
			if r.Text == "" || i > 0 && r.Kind == runs[i-1].Kind {
				t.Errorf("run %d is not merged: %v", i, runs)
			}
		}
		if before.String() != old || after.String() != new {
			t.Errorf("%v does not make %q and %q", runs, old, new)
		}
	})
}

func TestDiff(t *testing.T) {
	got := Diff(lang.For(en), "The court ruled against the old law today.", "The court ruled for a new law.")
	want := []tm.Diff{
		{Kind: tm.Same, Text: "The court ruled "}, {Kind: tm.Deleted, Text: "against the old"}, {Kind: tm.Added, Text: "for a new"},
		{Kind: tm.Same, Text: " law"}, {Kind: tm.Deleted, Text: " today"}, {Kind: tm.Same, Text: "."},
	}
	if d := cmp.Diff(want, got); d != "" {
		t.Error(d)
	}
}

func FuzzDistance(f *testing.F) {
	f.Add([]byte("abcabc"), []byte("acbb"), 3)
	f.Add([]byte(strings.Repeat("abc", 40)), []byte(strings.Repeat("acb", 35)), 60)
	f.Fuzz(func(t *testing.T, a, b []byte, most int) {
		if len(a) == 0 || len(a) > 300 || len(b) > 300 || most < 0 {
			return
		}
		x, y := numbered(a), numbered(b)
		var p pattern
		p.set(x, 257)
		got, want := p.distance(y, most), plain(x, y)
		if want <= most && got != want || want > most && got <= most {
			t.Errorf("distance %d, want %d, bound %d", got, want, most)
		}
	})
}

func numbered(b []byte) []uint32 {
	list := make([]uint32, len(b))
	for i, c := range b {
		list[i] = uint32(c) + 1
	}
	return list
}

func plain(x, y []uint32) int {
	row := make([]int, len(y)+1)
	for j := range row {
		row[j] = j
	}
	for i, c := range x {
		diagonal := row[0]
		row[0] = i + 1
		for j, d := range y {
			cost := diagonal
			if c != d {
				cost = 1 + min(diagonal, row[j], row[j+1])
			}
			diagonal, row[j+1] = row[j+1], cost
		}
	}
	return row[len(y)]
}

func TestTokens(t *testing.T) {
	tests := []struct {
		name, text string
		tag        language.Tag
		want       []string
	}{
		{"words, marks, case", "Don't stop: it’s 3.5%!", en, []string{"don", "'", "t", "stop", ":", "it", "'", "s", "3", ".", "5", "%", "!"}},
		{"ZWNJ divides", "کتاب\u200cهای ۱۲ نفر", fa, []string{"کتاب", "های", "12", "نفر"}},
		{"ideographs one by one", "東京へ go", language.Japanese, []string{"東", "京", "へ", "go"}},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			if got := tokenize(lang.For(tt.tag), tt.text); !slices.Equal(got, tt.want) {
				t.Errorf("got %q", got)
			}
		})
	}
}
