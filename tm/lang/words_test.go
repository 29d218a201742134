package lang

import (
	"slices"
	"strings"
	"testing"

	"golang.org/x/text/language"
)

func wordsOf(lang, text string) []string {
	var list []string
	for _, w := range profile(lang).Words(text) {
		if w.Kind != SpaceWord {
			list = append(list, text[w.From:w.To])
		}
	}
	return list
}

func TestWords(t *testing.T) {
	tests := []struct {
		name, lang, text string
		want             []string
	}{
		{"ZWNJ", "fa", "او می‌رود.", []string{"او", "می‌رود", "."}},
		{"grouped number", "fa", "۳۰٬۰۰۰ نفر", []string{"۳۰٬۰۰۰", "نفر"}},
		{"guillemets", "fa", "«سلام»، گفت", []string{"«", "سلام", "»", "،", "گفت"}},
		{"apostrophe", "en", "Eje’i didn't", []string{"Eje’i", "didn't"}},
		{"hyphen", "en", "a well-known case - yes", []string{"a", "well-known", "case", "-", "yes"}},
		{"code", "en", "COVID-19, F-16", []string{"COVID-19", ",", "F-16"}},
		{"slash", "en", "PMOI/MEK", []string{"PMOI", "/", "MEK"}},
		{"emoji", "en", "ok 👩‍👩‍👧!", []string{"ok", "👩‍👩‍👧", "!"}},
		{"hamza after heh", "fa", "خانهٔ ما", []string{"خانهٔ", "ما"}},
	}
	for _, c := range tests {
		t.Run(c.name, func(t *testing.T) {
			if got := wordsOf(c.lang, c.text); !slices.Equal(got, c.want) {
				t.Errorf("got %q, want %q", got, c.want)
			}
		})
	}
}

func TestWords_Kinds(t *testing.T) {
	text := "کتاب ۳٫۵ !"
	var kinds []WordKind
	for _, w := range profile("fa").Words(text) {
		kinds = append(kinds, w.Kind)
	}
	want := []WordKind{LetterWord, SpaceWord, NumberWord, SpaceWord, MarkWord}
	if !slices.Equal(kinds, want) {
		t.Errorf("got %v, want %v", kinds, want)
	}
}

func TestSubWords(t *testing.T) {
	fa := profile("fa")
	text := "کتاب‌های\u200cمان"
	var got []string
	for _, w := range fa.SubWords(text, fa.Words(text)[0]) {
		got = append(got, text[w.From:w.To])
	}
	if want := []string{"کتاب", "های", "مان"}; !slices.Equal(got, want) {
		t.Errorf("got %q, want %q", got, want)
	}
}

func FuzzWords_CoverTheText(f *testing.F) {
	for _, s := range []string{"a-b", "می‌\u200cرود", "\xff", "", " \n ", "👩‍👩‍👧-x", strings.Repeat("\u0301", 100)} {
		f.Add(s)
	}
	fa := profile("fa")
	f.Fuzz(func(t *testing.T, s string) {
		at := 0
		for _, w := range fa.Words(s) {
			if w.From != at || w.To <= w.From {
				t.Fatalf("%q: %v after %d", s, w, at)
			}
			at = w.To
		}
		if at != len(s) {
			t.Fatalf("%q: words end at %d", s, at)
		}
	})
}

func TestCount(t *testing.T) {
	tests := []struct {
		name, text string
		want       Counts
	}{
		{"ZWNJ is one word", "می‌رود", Counts{1, 6, 6}},
		{"two words", "رئیس جمهور", Counts{2, 10, 9}},
		{"slash", "PMOI/MEK", Counts{1, 8, 8}},
		{"em dash", "yes—no", Counts{2, 6, 6}},
		{"lone mark", "yes – no", Counts{2, 8, 6}},
		{"no-break space", "10\u00a0km", Counts{2, 5, 4}},
		{"empty", "", Counts{}},
	}
	for _, c := range tests {
		t.Run(c.name, func(t *testing.T) {
			if got := Count(c.text); got != c.want {
				t.Errorf("got %+v, want %+v", got, c.want)
			}
		})
	}
}

func TestFor_FallsBack(t *testing.T) {
	for tag, want := range map[string]string{"fa-IR": "fa", "fa-AF": "fa", "en-GB": "en", "ckb": "und", "ja": "und", "de-AT": "de"} {
		if got := profile(tag).Tag().String(); got != want {
			t.Errorf("For(%s) is %s, want %s", tag, got, want)
		}
	}
	if profile("ckb").RTL() != true || profile("ja").RTL() != false {
		t.Error("a default profile has the wrong direction")
	}
}

func TestRTL(t *testing.T) {
	rtl := "fa fa-IR fa-AF ar ckb ps ur he yi ug sd dv syr nqo az-Arab pa-Arab prs"
	ltr := "en de ja ru fa-Latn az ku tr zh und"
	for _, tag := range strings.Fields(rtl) {
		if !RTL(language.Make(tag)) {
			t.Errorf("%s is left to right", tag)
		}
	}
	for _, tag := range strings.Fields(ltr) {
		if RTL(language.Make(tag)) {
			t.Errorf("%s is right to left", tag)
		}
	}
}

func TestDigits(t *testing.T) {
	fa := profile("fa")
	for got, want := range map[string]string{
		fa.Digits("F-16, 1988"):               "F-۱۶, ۱۹۸۸",
		fa.FormatNumber("-30000.5"):           "−۳۰٬۰۰۰٫۵",
		fa.FormatNumber("999"):                "۹۹۹",
		fa.FormatPercent("90"):                "۹۰٪",
		profile("en").FormatNumber("1234567"): "1,234,567",
		profile("de").FormatNumber("1234.5"):  "1.234,5",
	} {
		if got != want {
			t.Errorf("got %q, want %q", got, want)
		}
	}
}

func TestWriteNumber(t *testing.T) {
	tests := []struct{ from, to, text, want string }{
		{"en", "fa", "2,500", "۲٬۵۰۰"},
		{"en", "fa", "12.5%", "۱۲٫۵٪"},
		{"en", "fa", "1988", "۱۹۸۸"},
		{"en", "fa", "2500.75", "۲۵۰۰٫۷۵"},
		{"en", "fa", "2019-11-09", "۲۰۱۹-۱۱-۰۹"},
		{"en", "fa", "2.0.1", "۲.۰.۱"},
		{"fa", "en", "۳۰٬۰۰۰", "30,000"},
		{"fa", "en", "۳٫۵ درصد", "3.5%"},
		{"fa", "de", "۳۰٬۰۰۰٫۵", "30.000,5"},
	}
	for _, c := range tests {
		list := profile(c.from).Numbers(c.text)
		if len(list) != 1 {
			t.Errorf("%q: %d numbers", c.text, len(list))
			continue
		}
		if got := profile(c.to).WriteNumber(list[0]); got != c.want {
			t.Errorf("%q in %s is %q, want %q", c.text, c.to, got, c.want)
		}
	}
}
