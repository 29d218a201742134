package memory

import (
	"context"
	"fmt"
	"math/rand/v2"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
	"golang.org/x/text/language"

	"tarjoman/tm"
	"tarjoman/tm/lang"
)

func fragments(t testing.TB, table *Table, q FragmentQuery) []Fragment {
	t.Helper()
	list, err := table.Fragments(context.Background(), q)
	if err != nil {
		t.Fatal(err)
	}
	return list
}

// told lists the fragments with their best translation.
func told(list []Fragment) []string {
	var out []string
	for _, f := range list {
		out = append(out, fmt.Sprintf("%s %d = %s", f.Source, f.Count, f.Translations[0].Text))
	}
	return out
}

// courts are sentences about courts and prisons, enough to tell which word
// stands for which.
var courts = [][2]string{
	{"The Supreme Court upheld the sentence.", "دیوان عالی حکم را تأیید کرد."},
	{"The case went to the Supreme Court.", "پرونده به دیوان عالی رفت."},
	{"Judges of the Supreme Court resigned.", "قاضیان دیوان عالی استعفا دادند."},
	{"Lawyers wrote to the Supreme Court yesterday.", "وکیلان دیروز به دیوان عالی نامه نوشتند."},
	{"Prisoners began a hunger strike.", "زندانیان دست به اعتصاب غذا زدند."},
	{"Her hunger strike lasted a month.", "اعتصاب غذای او یک ماه طول کشید."},
	{"The hunger strike ended on Monday.", "اعتصاب غذا روز دوشنبه پایان یافت."},
	{"Families supported the hunger strike.", "خانواده\u200cها از اعتصاب غذا پشتیبانی کردند."},
	{"Lawyers resigned on Monday.", "وکیلان روز دوشنبه استعفا دادند."},
	{"The sentence was read on Monday.", "حکم روز دوشنبه خوانده شد."},
	{"Political prisoners wrote a letter.", "زندانیان سیاسی نامه نوشتند."},
	{"Families of political prisoners gathered.", "خانواده\u200cهای زندانیان سیاسی گرد آمدند."},
	{"He spoke about political prisoners.", "او درباره زندانیان سیاسی سخن گفت."},
	{"Political activity was banned.", "فعالیت سیاسی ممنوع شد."},
	{"Prices rose again.", "بها باز هم بالا رفت."},
	{"The bridge was closed.", "پل بسته شد."},
}

func courtTable() *Table {
	table := &Table{}
	for i, pair := range courts {
		table.Put(unit(tm.UnitID(i+1), pair[0], pair[1]))
	}
	return table
}

func TestFragments(t *testing.T) {
	table := courtTable()
	tests := []struct {
		name     string
		from, to language.Tag
		text     string
		want     []string
	}{
		{"phrases of a new sentence", en, fa, "Reporters asked the Supreme Court about another hunger strike of teachers.", []string{
			"the Supreme Court 4 = دیوان عالی", "hunger strike 4 = اعتصاب غذا",
		}},
		{"other case", en, fa, "HUNGER STRIKE", []string{"HUNGER STRIKE 4 = اعتصاب غذا"}},
		{"from Persian", fa, en, "سرنوشت زندانیان سیاسی در دیوان عالی", []string{
			"زندانیان سیاسی 3 = political prisoners", "دیوان عالی 4 = Supreme Court",
		}},
		{"Arabic letters", fa, en, "زندانيان سياسي آزاد شدند", []string{"زندانيان سياسي 3 = political prisoners"}},
		{"nothing known", en, fa, "Elephants dance.", nil},
		{"nothing", en, fa, " ", nil},
		{"another language", language.German, fa, "Der Supreme Court", nil},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			list := fragments(t, table, FragmentQuery{From: tt.from, To: tt.to, Source: tm.Plain(tt.text)})
			if d := cmp.Diff(tt.want, told(list)); d != "" {
				t.Error(d)
			}
		})
	}
}

// TestFragments_FrequentWordsOfASmallMemory asks for words that stand in few
// units, but in many of those there are.
func TestFragments_FrequentWordsOfASmallMemory(t *testing.T) {
	for _, text := range []string{"Teachers went to Paris.", "Monday is far."} {
		list := fragments(t, courtTable(), FragmentQuery{From: en, To: fa, Source: tm.Plain(text)})
		if len(list) != 0 {
			t.Errorf("%s: %q", text, told(list))
		}
	}
	for units, want := range map[int]int{0: 1, 16: 1, 100: 5, 400: 20, 1000: 20, 100_000: 1000} {
		if got := rareRows(units); got != want {
			t.Errorf("rare in %d units: %d, want %d", units, got, want)
		}
	}
}

func TestFragments_Filter(t *testing.T) {
	table := courtTable()
	table.settle()
	other := unit(100, "The Supreme Court ruled.", "دادگاه عالی حکم داد.")
	other.Memory, other.Origin.Author, other.Origin.Created = 2, "sara", time.Unix(1000, 0)
	table.Put(other)
	base := FragmentQuery{From: en, To: fa, Source: tm.Plain("A Supreme Court in Tehran")}
	tests := []struct {
		name   string
		change func(q *FragmentQuery)
		count  int
	}{
		{"all memories", func(*FragmentQuery) {}, 5},
		{"one memory", func(q *FragmentQuery) { q.Memories = []Use{{Memory: 1}} }, 4},
		{"no memory", func(q *FragmentQuery) { q.Memories = []Use{} }, 0},
		{"author", func(q *FragmentQuery) { q.Authors = []string{""} }, 4},
		{"without a unit", func(q *FragmentQuery) { q.Memories, q.Except = []Use{{Memory: 1}}, 2 }, 3},
		{"date", func(q *FragmentQuery) { q.Until = time.Unix(500, 0) }, 4},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			q := base
			tt.change(&q)
			count := 0
			for _, f := range fragments(t, table, q) {
				if f.Source == "Supreme Court" {
					count = f.Count
				}
			}
			if count != tt.count {
				t.Errorf("in %d units, want %d", count, tt.count)
			}
		})
	}
}

// TestFragments_HalfSpace writes a word as the memory does, not as the key.
func TestFragments_HalfSpace(t *testing.T) {
	table := &Table{}
	for i, pair := range [][2]string{
		{"Witnesses described mass killings.", "شاهدان کشتارهای دسته\u200cجمعی را شرح دادند."},
		{"The mass killings went on.", "کشتارهای دسته\u200cجمعی ادامه یافت."},
		{"She wrote a book about mass killings.", "او کتابی درباره کشتارهای دسته\u200cجمعی نوشت."},
		{"Mass killings were denied by officials.", "مقام\u200cها کشتارهای دسته\u200cجمعی را انکار کردند."},
		{"Nobody forgot the mass killings.", "هیچ\u200cکس کشتارهای دسته\u200cجمعی را از یاد نبرد."},
		{"Reports of mass killings spread.", "خبر کشتارهای دسته\u200cجمعی پخش شد."},
		{"Witnesses wrote a book.", "شاهدان کتابی نوشتند."},
		{"Officials went on.", "مقام\u200cها ادامه دادند."},
	} {
		table.Put(unit(tm.UnitID(i+1), pair[0], pair[1]))
	}
	list := fragments(t, table, FragmentQuery{From: en, To: fa, Source: tm.Plain("They spoke of mass killings")})
	if d := cmp.Diff([]string{"mass killings 6 = کشتارهای دسته\u200cجمعی"}, told(list)); d != "" {
		t.Error(d)
	}
}

// TestFragments_Counts compares fragments with what texts hold, while units
// come and go.
func TestFragments_Counts(t *testing.T) {
	r := rand.New(rand.NewPCG(5, 6))
	table, units := &Table{}, map[tm.UnitID]*tm.Unit{}
	for id := tm.UnitID(1); id <= 3000; id++ {
		source, target := translated(r, 9)
		units[id] = unit(id, source, target)
		table.Put(units[id])
		if id%3 == 0 {
			table.Delete(id / 2)
			delete(units, id/2)
		}
	}
	found := 0
	for range 60 {
		q := FragmentQuery{From: en, To: fa}
		q.Source.Text, _ = translated(r, 14)
		for _, f := range fragments(t, table, q) {
			found++
			if f.Source != q.Source.Text[f.From:f.To] {
				t.Fatalf("%q is not at %d..%d", f.Source, f.From, f.To)
			}
			if want := countHolding(units, f.Source); f.More && f.Count > want || !f.More && f.Count != want {
				t.Errorf("%q in %d units, want %d", f.Source, f.Count, want)
			}
			for _, x := range f.Translations {
				for _, u := range x.Units {
					if units[u.ID] == nil || !strings.Contains(u.Variants[1].Content.Text, x.Text) {
						t.Errorf("unit %d does not have %q", u.ID, x.Text)
					}
				}
			}
		}
	}
	if found < 60 {
		t.Errorf("only %d fragments", found)
	}
}

// translated draws a text and its translation, word by word in another order.
func translated(r *rand.Rand, most int) (source, target string) {
	var a, b []string
	for range 1 + r.IntN(most) {
		n := int(120 * r.Float64() * r.Float64())
		a, b = append(a, fmt.Sprintf("word%d", n)), append(b, fmt.Sprintf("کلمه%d", n))
	}
	r.Shuffle(len(b)/2, func(i, k int) { b[i], b[k] = b[k], b[i] })
	return strings.Join(a, " "), strings.Join(b, " ")
}

func countHolding(units map[tm.UnitID]*tm.Unit, text string) int {
	p := newPhrase(lang.For(en), text)
	n := 0
	for _, u := range units {
		if p.class(lang.For(en).FoldString(u.Variants[0].Content.Text)) == wholePhrase {
			n++
		}
	}
	return n
}

func TestFragments_AreTheSameAgain(t *testing.T) {
	table := courtTable()
	q := FragmentQuery{From: en, To: fa, Source: tm.Plain("Political prisoners in the Supreme Court ended a hunger strike on Monday.")}
	first := fragments(t, table, q)
	if len(first) < 3 {
		t.Fatalf("fragments %v", told(first))
	}
	for range 5 {
		if d := cmp.Diff(first, fragments(t, table, q), cmp.Comparer(sameTag)); d != "" {
			t.Fatal(d)
		}
	}
}

func TestFragments_LongQuery(t *testing.T) {
	table := courtTable()
	text := strings.Repeat("Nobody knows, ", 30) + "the Supreme Court" + strings.Repeat(" and so forth", 2000)
	list := fragments(t, table, FragmentQuery{From: en, To: fa, Source: tm.Plain(text)})
	if len(list) != 1 || list[0].Source != "the Supreme Court" {
		t.Errorf("fragments %v", told(list))
	}
}

func TestFragments_Cancelled(t *testing.T) {
	ctx, cancel := context.WithCancel(context.Background())
	cancel()
	if _, err := courtTable().Fragments(ctx, FragmentQuery{From: en, To: fa, Source: tm.Plain("Supreme Court")}); err != context.Canceled {
		t.Errorf("error %v", err)
	}
}

func FuzzFragments(f *testing.F) {
	f.Add("The Supreme Court, again", "دیوان عالی", "the supreme court")
	f.Add("نامه\u200cی سرگشاده", "a letter…", "نامه سرگشاده 1,000")
	f.Fuzz(func(t *testing.T, source, target, query string) {
		table := table(unit(1, source, target), unit(2, query, target), unit(3, source+query, target+source))
		end := 0
		for _, f := range fragments(t, table, FragmentQuery{From: en, To: fa, Source: tm.Plain(query)}) {
			if f.From < end || f.To <= f.From || f.To > len(query) || f.Count < 1 || len(f.Translations) == 0 {
				t.Errorf("fragment %+v of %d bytes", f, len(query))
			}
			end = f.To
			for _, x := range f.Translations {
				if x.Confidence < 0 || x.Confidence > 1 || x.Text == "" || len(x.Units) == 0 {
					t.Errorf("translation %+v", x)
				}
			}
		}
	})
}
