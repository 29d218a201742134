package lang

import (
	"testing"

	"golang.org/x/text/language"
)

func TestEqual_Persian(t *testing.T) {
	tests := []struct {
		name, a, b string
		want       bool
	}{
		{"Arabic yeh", "یادگاری", "يادگاري", true},
		{"Arabic kaf", "کشور", "كشور", true},
		{"presentation forms", "سلام", "ﺳﻼم", true},
		{"hamza on alef", "أحمد", "احمد", true},
		{"hamza on waw", "مؤسسه", "موسسه", true},
		{"hamza on yeh", "مسئول", "مسیول", true},
		{"vowel marks", "مُحَمَّد", "محمد", true},
		{"tatweel", "ســـلام", "سلام", true},
		{"bidi marks", "سلام\u200f", "سلام", true},
		{"ezafe as hamza", "خانهٔ ما", "خانه ما", true},
		{"ezafe as one letter", "خانۀ ما", "خانه‌ی ما", true},
		{"ZWNJ, a space and nothing in one text", "قتل‌عام زندانی‌ها", "قتل عام زندانیها", true},
		{"the same with a prefix", "نیم‌فاصله می‌آید", "نیم فاصله میآید", true},
		{"the same with endings both ways", "قتل‌عام زندانی‌ها و کتاب‌ها", "قتل عام زندانیها و کتاب ها", true},
		{"ezafe twice", "نامه ی\u200cی", "نامه", true},
		{"ezafe with a space", "خانه ی ما", "خانه ما", true},
		{"indefinite is not ezafe", "خانه‌ای", "خانه", false},
		{"digits", "۱۲ نفر", "12 نفر", true},
		{"Arabic digits", "١٢ نفر", "۱۲ نفر", true},
		{"groups", "۱٬۲۳۴٬۵۶۷ نفر", "1234567 نفر", true},
		{"a list is no group", "۱۲۳،۴۵۶", "123456", false},
		{"decimal", "۳٫۵", "3.5", true},
		{"percent", "۹۰٪", "90%", true},
		{"comma", "علی، رضا", "علی, رضا", true},
		{"quotes", "«آری»", "“آری”", true},
		{"spaces inside quotes", "« آری »", "«آری»", true},
		{"space before a mark", "آری ؟", "آری؟", true},
		{"doubled space", "او  آمد", "او آمد", true},
		{"no-break space", "او\u00a0آمد", "او آمد", true},
		{"the mark counts", "آری؟", "آری.", false},
		{"the full stop counts", "آری", "آری.", false},
		{"ZWNJ as space", "پیش‌نویس", "پیش نویس", true},
		{"ZWNJ as nothing", "پیش‌نویس", "پیشنویس", true},
		{"ZWNJ doubled", "پیش\u200c\u200cنویس", "پیش‌نویس", true},
		{"ZWNJ before a space", "پیش\u200c نویس", "پیش نویس", true},
		{"not sign for ZWNJ", "می¬رود", "می‌رود", true},
		{"soft hyphen for ZWNJ", "می\u00adرود", "می‌رود", true},
		{"prefix apart", "می رود", "میرود", true},
		{"negative prefix apart", "نمی رود", "نمی‌رود", true},
		{"plural apart", "کتاب ها", "کتابها", true},
		{"plural with ending apart", "کتاب هایشان", "کتاب‌هایشان", true},
		{"superlative apart", "بزرگ ترین", "بزرگترین", true},
		{"ending after heh apart", "رفته ام", "رفته‌ام", true},
		{"joined is not spaced without ZWNJ", "قتلعام زندانی", "قتل عام زندانی", false},
		{"mother is not we in", "مادر", "ما در", false},
		{"load is not market", "بار", "بازار", false},
		{"negation counts", "می‌رود", "نمی‌رود", false},
		{"alef with madda counts", "آن", "ان", false},
		{"gaf is not kaf", "گل", "کل", false},
		{"homophones differ", "خار", "خوار", false},
		{"sounds alike", "ثواب", "صواب", false},
		{"plural counts", "کتاب", "کتاب‌ها", false},
		{"Latin case counts", "UNESCO", "Unesco", false},
	}
	fa := For(language.Persian)
	for _, c := range tests {
		t.Run(c.name, func(t *testing.T) {
			got, typographic := fa.Equal(c.a, c.b)
			if got != c.want || typographic != c.want {
				t.Errorf("Equal(%q, %q) = %v, %v; want %v\n%q\n%q", c.a, c.b, got, typographic, c.want, fa.Keys(c.a), fa.Keys(c.b))
			}
		})
	}
}

func TestEqual_English(t *testing.T) {
	tests := []struct {
		name, a, b string
		want       bool
	}{
		{"apostrophe", "don’t", "don't", true},
		{"quotes", "“No”", "\"No\"", true},
		{"dash", "1979–1989", "1979-1989", true},
		{"ellipsis", "wait…", "wait...", true},
		{"no-break space", "10\u00a0km", "10 km", true},
		{"soft hyphen", "co\u00adoperate", "cooperate", true},
		{"decomposed", "cafe\u0301", "café", true},
		{"decomposed behind a dropped mark", "cafe\u200b\u0301", "café", true},
		{"accent counts", "cafe", "café", false},
		{"hyphen counts", "co-operate", "cooperate", false},
		{"case counts", "Polish", "polish", false},
		{"apostrophe counts", "its", "it's", false},
	}
	en := For(language.English)
	for _, c := range tests {
		t.Run(c.name, func(t *testing.T) {
			if got, _ := en.Equal(c.a, c.b); got != c.want {
				t.Errorf("Equal(%q, %q) = %v, want %v", c.a, c.b, got, c.want)
			}
		})
	}
}

func TestEqual_SameTextIsNotTypographic(t *testing.T) {
	if equal, typographic := For(language.Persian).Equal("می‌رود", "می‌رود"); !equal || typographic {
		t.Errorf("got %v, %v", equal, typographic)
	}
	if equal, typographic := For(language.French).Equal("e\u0301", "é"); !equal || typographic {
		t.Errorf("NFC only: got %v, %v", equal, typographic)
	}
}

// Words that an overeager rule would merge. No two may share a key.
func TestKeys_Distinct(t *testing.T) {
	words := []string{
		"مادر", "ما در", "بار", "بازار", "باز", "پار", "آرد", "ارد", "شهر", "شهرت", "کار", "کارت", "مرد", "مردم",
		"حکم", "حکمت", "خانه", "خانه‌ای", "نامه", "نامه‌ها", "نوری", "نور", "نوریان", "ایران", "ایرانی", "ایرانیان",
		"می‌گوید", "نمی‌گوید", "گوید", "گل", "کل", "خوار", "خار", "ثواب", "صواب", "تهران", "طهران", "قریب", "غریب",
		"حیات", "حیاط", "عرض", "ارض", "سد", "صد", "زن", "ظن", "درها", "در", "تر", "ترین", "ها", "رفته", "رفته‌ام",
		"رفتم", "دوم", "دو", "سی", "سیم", "۱۲", "۲۱", "۱۲٫۵", "۱۲۵",
	}
	seen := map[string]string{}
	fa := For(language.Persian)
	for _, w := range words {
		for _, k := range fa.Keys(w) {
			if other := seen[k]; other != "" && other != w {
				t.Errorf("%q and %q share the key %q", other, w, k)
			}
			seen[k] = w
		}
	}
}

// Keys are what the rules say, and never end or begin in a space.
func FuzzKeys(f *testing.F) {
	for _, s := range []string{
		"نامه\u200cی\u200cی ها", "می \u200c رود", "1,234,567.8,900", "، , ،۱۲۳،۴۵۶", "« a » ( b ) … ٪", "ه ی ی ی", "\xff\u200c\xfe",
		"¬¬\u00ad", "ﷲ ﷺ ﹰ", "e\u0301\u0302\u0303", "ا\u0653ب", "1,23,456",
	} {
		f.Add(s)
	}
	profiles := []*Profile{profile("fa"), profile("en"), profile("ar"), profile("und")}
	f.Fuzz(func(t *testing.T, s string) {
		for _, p := range profiles {
			checkSlow(t, p, s)
			for _, k := range p.Keys(s) {
				if k != "" && (k[0] == ' ' || k[len(k)-1] == ' ') {
					t.Errorf("%v: key %q of %q", p.Tag(), k, s)
				}
			}
		}
	})
}
