//lint:file-ignore ST1018 Persian words are written with ZWNJ

package qa

import (
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"golang.org/x/text/language"

	"tarjoman/tm"
)

func enFa(source, target string) Pair {
	return Pair{Source: tm.Plain(source), Target: tm.Plain(target), SourceLang: language.English, TargetLang: language.Persian}
}

func faEn(source, target string) Pair {
	return Pair{Source: tm.Plain(source), Target: tm.Plain(target), SourceLang: language.Persian, TargetLang: language.English}
}

func TestRun(t *testing.T) {
	tests := []struct {
		name  string
		pair  Pair
		check string // the checks to run; "" for all
		want  string
	}{
		{"right", enFa("The court heard the witness.", "دادگاه سخنان شاهد را شنید."), "", ""},
		{"empty", enFa("The court heard the witness.", "  "), "", "empty_target"},
		{"empty on both sides", enFa("", ""), "", ""},
		{"same", enFa("The court heard.", "The court heard."), "", "same_as_source"},
		{"same name", enFa("Reuters", "Reuters"), "", ""},
		{"same acronym and number", enFa("COVID-19", "COVID-19"), "", ""},
		{"same address", enFa("https://example.com/a", "https://example.com/a"), "", ""},
		{"word left over", enFa("He was released yesterday.", "او yesterday آزاد شد."), "", "untranslated"},
		{"clause left over", enFa("He said they were innocent and left.", "او گفت they were innocent و رفت."), "", "untranslated"},
		{"name left over", enFa("He told Human Rights Watch.", "او به Human Rights Watch گفت."), "untranslated", ""},
		{"term in brackets", enFa("the so-called deepfake", "فیلم جعلی (deepfake)"), "untranslated", ""},
		{"address left over", enFa("Write to desk@example.com now.", "اکنون به desk@example.com بنویسید."), "", ""},
		{"Persian left over", faEn("او آزاد شد.", "He was آزاد."), "", "untranslated"},
		{"question", enFa("Is it true?", "آیا راست است؟"), "", ""},
		{"question lost", enFa("Is it true?", "راست است."), "", "end_punctuation"},
		{"stop lost", enFa("It is true.", "راست است"), "", "end_punctuation"},
		{"colon", enFa("He said:", "او گفت:"), "", ""},
		{"stop before a quote", enFa("He said, “It is true.”", "او گفت: «راست است»."), "", ""},
		{"ellipsis", enFa("Perhaps...", "شاید…"), "", ""},
		{"abbreviation", enFa("Made in the U.S.", "ساخت آمریکا"), "", ""},
		{"marks together", enFa("Really?!", "واقعاً؟!"), "", ""},
		{"address changed", enFa("See https://example.com/a.", "به https://example.com/b بنگرید."), "", "url_changed url_changed"},
		{"address in brackets", enFa("See [this](https://example.com/a).", "[این](https://example.com/a)را ببینید."), "url_changed", ""},
		{"too short", enFa("The court heard the witness for a very long time on Monday.", "آری."), "", "length"},
		{"too long", enFa("The court heard him today.", strings.Repeat("دادگاه سخنان او را شنید ", 8)+"."), "length", "length"},
		{"short heading", enFa("News", "خبرهای امروز جهان"), "length", ""},
		{"edge spaces", enFa("The court", " دادگاه "), "edge_space", "edge_space edge_space"},
		{"edge spaces of the source", enFa(" The court", " دادگاه"), "edge_space", ""},
		{"double space", enFa("The court sat.", "دادگاه  نشست."), "", "double_space"},
		{"double space in English", faEn("دادگاه نشست.", "The court  sat."), "", "double_space"},
		{"repeated word", enFa("The court sat.", "دادگاه دادگاه نشست."), "", "repeated_word"},
		{"repeated word in English", faEn("دادگاه نشست.", "The the court sat."), "", "repeated_word"},
		{"repeated placeholder", faEn("%S ثانیه", "%S s"), "repeated_word", ""},
		{"reduplication in Persian", enFa("They looked askance at him.", "چپ چپ نگاهش کردند."), "", ""},
		{"number in a name left standing", enFa("The bus to Six Flags left.", "اتوبوس Six Flags رفت."), "number_mismatch", ""},
		{"number word left out", enFa("Six people left.", "مردم رفتند."), "number_mismatch", "number_mismatch"},
		{"had had", faEn("او رفته بود.", "He had had enough."), "repeated_word", ""},
		{"repeated in both", enFa("Never, never never again.", "هرگز هرگز دیگر."), "repeated_word", ""},
		{"open quotation", enFa("He said: “We will go.", "او گفت: «می‌رویم."), "", ""},
		{"open quotation in the target only", enFa("He said: “We will go.”", "او گفت: «می‌رویم."), "", "unbalanced_pair"},
		{"open bracket", faEn("او (شاهد) بود.", "He (the witness was."), "", "unbalanced_pair"},
		{"placeholders", enFa("%d of %(name)s in <b>{0}</b>", "%d از %(name)s در <b>{0}</b>"), "code_missing code_extra", ""},
		{"placeholder lost", enFa("%d files in {0}", "پرونده‌ها در {0}"), "code_missing code_extra", "code_missing"},
		{"placeholder changed", enFa("Hello {name}", "درود {نام} {nam}"), "code_missing code_extra", "code_missing code_extra"},
		{"percent is no placeholder", enFa("90% of people", "۹۰٪ مردم"), "code_missing code_extra", ""},
		{"typography", enFa("The court sat.", "دادگاه نشست ."), "", "space_before_punct"},
		{"only the named", enFa("Is it true?", "راست است ."), "end_punctuation", "end_punctuation"},
		{"only the named typography", enFa("Is it true?", "راست است ."), "space_before_punct", "space_before_punct"},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			var got []string
			for _, i := range Run(tt.pair, strings.Fields(tt.check)...) {
				got = append(got, i.Code)
			}
			if s := strings.Join(got, " "); s != tt.want {
				t.Errorf("got %q, want %q", s, tt.want)
			}
		})
	}
}

func TestRun_Codes(t *testing.T) {
	open := func(id, pos int) tm.Code { return tm.Code{Pos: pos, Kind: tm.Open, ID: id, Type: "bold"} }
	end := func(id, pos int) tm.Code { return tm.Code{Pos: pos, Kind: tm.Close, ID: id, Type: "bold"} }
	alone := func(id, pos int) tm.Code { return tm.Code{Pos: pos, Kind: tm.Alone, ID: id, Type: "break"} }
	tests := []struct {
		name           string
		source, target []tm.Code
		want           string
	}{
		{"same", []tm.Code{open(1, 0), end(1, 2)}, []tm.Code{open(1, 1), end(1, 3)}, ""},
		{"moved", []tm.Code{alone(1, 0), alone(2, 2)}, []tm.Code{alone(2, 0), alone(1, 2)}, ""},
		{"missing pair", []tm.Code{open(1, 0), end(1, 2)}, nil, "code_missing code_missing"},
		{"extra", nil, []tm.Code{alone(3, 1)}, "code_extra"},
		{"twice", []tm.Code{alone(1, 0)}, []tm.Code{alone(1, 0), alone(1, 1)}, "code_extra"},
		{"closed first", []tm.Code{open(1, 0), end(1, 2)}, []tm.Code{end(1, 0), open(1, 2)}, "code_order"},
		{"crossing", []tm.Code{open(1, 0), end(1, 1), open(2, 2), end(2, 3)}, []tm.Code{open(1, 0), open(2, 1), end(1, 2), end(2, 3)}, "code_order"},
		{"crossing in the source too", []tm.Code{open(1, 0), open(2, 1), end(1, 2), end(2, 3)}, []tm.Code{open(1, 0), open(2, 1), end(1, 2), end(2, 3)}, ""},
		{"partner in another segment", []tm.Code{end(1, 2)}, []tm.Code{end(1, 1)}, ""},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			p := enFa("abcd.", "ابپت.")
			p.Source.Codes, p.Target.Codes = tt.source, tt.target
			var got []string
			for _, i := range Run(p, "code_missing", "code_extra", "code_order") {
				got = append(got, i.Code)
			}
			if s := strings.Join(got, " "); s != tt.want {
				t.Errorf("got %q, want %q", s, tt.want)
			}
		})
	}
}

func TestChecks_ListsEveryCodeOnce(t *testing.T) {
	ids := map[string]bool{}
	for _, c := range Checks() {
		if ids[c.ID] || c.Severity == "" || c.Run == nil {
			t.Errorf("check %q is twice or incomplete", c.ID)
		}
		ids[c.ID] = true
	}
	for _, code := range []string{"number_mismatch", "end_punctuation", "arabic_yeh", "mi_space", "double_space"} {
		if !ids[code] {
			t.Errorf("no check %q", code)
		}
	}
}

func TestConsistency(t *testing.T) {
	pairs := []Pair{
		enFa("The trial began.", "دادگاه آغاز شد."),
		enFa("The trial began.", "محاکمه آغاز شد."),
		enFa("The hearing began.", "دادگاه آغاز شد."),
		enFa("The trial began.", "دادگاه  آغاز شد."),
		enFa("Mass killing", "قتل‌عام مردم"),
		enFa("Mass killing", "قتل عام مردم"),
		enFa("Yes", ""),
		enFa("Yes", "بله"),
		enFa("Aye", "بله"),
	}
	type finding struct {
		pair   int
		way    string
		number int
	}
	var got []finding
	for _, f := range Consistency(slices.Values(pairs)) {
		got = append(got, finding{f.Pair, f.Issue.Args["way"].(string), f.Issue.Args["number"].(int)})
	}
	want := []finding{{1, "target", 1}, {2, "source", 1}}
	if diff := cmp.Diff(want, got, cmp.AllowUnexported(finding{})); diff != "" {
		t.Error(diff)
	}
}

func BenchmarkTypography_Hostile(b *testing.B) {
	text := strings.Repeat("ا( ,\"«۱,۱۱۱.", 5000)
	for b.Loop() {
		Typography(language.Persian, text)
	}
}
