//lint:file-ignore ST1018 Persian words are written with ZWNJ

package qa

import (
	"os"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"golang.org/x/text/language"

	"tarjoman/tm"
)

func TestTypography(t *testing.T) {
	tests := []struct{ name, text, codes, fixed string }{
		{"clean sentence", "او گفت: «کتاب‌ها را می‌خوانم»؛ سپس رفت.", "", ""},
		{"yeh and kaf", "علي كتاب خرید.", "arabic_kaf arabic_yeh", "علی کتاب خرید."},
		{"kinds of heh", "ہمه ھم ماە", "heh_variant", "همه هم ماه"},
		{"presentation forms", "ﻻله ﻛﺘﺎﺏ", "presentation_form", "لاله کتاب"},
		{"sign of the rial and Allah are signs", "ﷲ و ۵۰ ﷼", "", ""},
		{"Arabic digits", "سال ٢٠٢٠ بود", "arabic_digit", "سال ۲۰۲۰ بود"},
		{"Latin digits", "ساعت 10:30 بود", "latin_digit", "ساعت ۱۰:۳۰ بود"},
		{"digits in a Latin word", "ویروس COVID-19 و جنگندهٔ F-16 و G7", "", ""},
		{"digits next to a Latin word", "سامانهٔ Windows 11 آمد", "", ""},
		{"digits of a version", "نسخهٔ 1.2.3 آمد", "", ""},
		{"digits of an address", "به https://example.com/2020/5 بروید", "", ""},
		{"digits next to a Latin word, two spaces", "سامانهٔ Windows  11 آمد", "double_space", "سامانهٔ Windows 11 آمد"},
		{"tatweel", "زنـــدان اوین", "tatweel", "زندان اوین"},
		{"tatweel of the abbreviation", "سال ۱۳۰۰ هـ.ش. بود", "", ""},
		{"tatweel under a vowel mark", "رســتوران ســِرو", "tatweel", "رستوران سِرو"},
		{"teh marbuta", "دایرة المعارف و نامة او", "teh_marbuta", "دایرة المعارف و نامة او"},
		{"comma and semicolon", "آمد, دید; رفت.", "latin_comma latin_semicolon", "آمد، دید؛ رفت."},
		{"comma after a bracket", "رویترز (Reuters), گفت", "latin_comma", "رویترز (Reuters)، گفت"},
		{"comma inside Latin text", "شرکت Smith, Jones and Co بزرگ است", "", ""},
		{"comma after a quotation", "«نه», او گفت", "latin_comma", "«نه»، او گفت"},
		{"question", "آیا آمد?", "latin_question", "آیا آمد؟"},
		{"percent", "حدود ۹۰% مردم", "latin_percent", "حدود ۹۰٪ مردم"},
		{"Latin percent", "حدود 90% مردم", "latin_digit latin_percent", "حدود ۹۰٪ مردم"},
		{"percent apart", "حدود ۹۰ ٪ مردم", "space_before_punct", "حدود ۹۰٪ مردم"},
		{"groups", "۳۰,۰۰۰ نفر و ۱,۲۰۰,۰۰۰ ریال", "thousands_sep", "۳۰٬۰۰۰ نفر و ۱٬۲۰۰٬۰۰۰ ریال"},
		{"Latin groups", "30,000 نفر", "latin_digit thousands_sep", "۳۰٬۰۰۰ نفر"},
		{"list of numbers", "۱۲، ۱۴ و ۱۹،۲۰", "", ""},
		{"years are no groups", "۱۹۸۸,۱۹۸۹", "", ""},
		{"decimal dot", "۳.۵ درصد", "decimal_dot", "۳.۵ درصد"},
		{"section number", "بخش ۲.۳.۱", "", ""},
		{"version number", "نسخهٔ ۲.۳ آمد", "", ""},
		{"straight quotes", `گفت "آمدم" و "رفتم".`, "latin_quotes", "گفت «آمدم» و «رفتم»."},
		{"curly quotes", "گفت “آمدم”.", "latin_quotes", "گفت «آمدم»."},
		{"quotes around Latin words", `کتاب "War and Peace" را خواند`, "", ""},
		{"inner quotes", "گفت: «او “نه” گفت».", "", ""},
		{"odd straight quotes", `گفت "آمدم.`, "unbalanced_pair", `گفت "آمدم.`},
		{"spaces inside quotes", `گفت " آمدم ".`, "latin_quotes space_inside_pair", "گفت «آمدم»."},
		{"ellipsis", "شاید ... نه", "three_dots", "شاید … نه"},
		{"spaced ellipsis", "شاید . . . نه", "", ""},
		{"ellipsis in Latin text", "Loading... لطفاً", "", ""},
		{"double hyphen", "او -- که آمد -- رفت", "double_hyphen", "او – که آمد – رفت"},
		{"option of a program", "گزینهٔ --help را بزنید", "", ""},
		{"double space", "او  رفت", "double_space", "او رفت"},
		{"space before marks", "آمد ، رفت .", "space_before_punct", "آمد، رفت."},
		{"dot of a name", "سکوی .NET خوب است", "", ""},
		{"missing space", "آمد،رفت؛نشست.برخاست", "missing_space_after_punct", "آمد، رفت؛ نشست. برخاست"},
		{"time and ratio", "ساعت ۱۰:۳۰ و ۳:۲", "", ""},
		{"dotted abbreviation", "ج.ا.ا و ق.م و ر.ک", "", ""},
		{"inside pairs", "( متن ) و « متن »", "space_inside_pair", "(متن) و «متن»"},
		{"outside pairs", "متن(متن)متن", "missing_space_outside_pair", "متن (متن) متن"},
		{"plural in brackets", "کتاب(های) او و نویسنده(ها)", "", ""},
		{"prefix in brackets", "کارهای (غیر)مجاز", "", ""},
		{"ending on a quotation", "«گاردین»ها", "", ""},
		{"list marker", "۱) نخست", "", ""},
		{"footnote", "متن[۱] و", "", ""},
		{"check box", "[ ] انجام شد", "", ""},
		{"stray ZWNJ", "او‌ رفت،‌ و کتاب‌‌ها", "zwnj_stray", "او رفت، و کتاب‌ها"},
		{"ZWNJ beside a direction mark", "می\u200e\u200cدهد", "", ""},
		{"ZWNJ after an unjoined letter", "کار‌ها", "", ""},
		{"ZWNJ after Latin", "کتاب‌های Google‌ها", "", ""},
		{"substitutes of ZWNJ", "می¬رود و کتاب\u00adها", "zwnj_substitute", "می‌رود و کتاب‌ها"},
		{"substitutes of ZWNJ beside Latin", "API¬ها و APIهای co\u00adop", "zwnj_substitute", "API‌ها و APIهای co\u00adop"},
		{"mi apart", "او می رود و نمی خواهد و می خواسته‌اند", "mi_space", "او می‌رود و نمی‌خواهد و می‌خواسته‌اند"},
		{"mi apart after a prefix", "او بر می گردد و برمی گردد", "mi_space", "او بر می‌گردد و برمی‌گردد"},
		{"mi with an object", "می بینمش", "mi_space", "می‌بینمش"},
		{"mi with an object of the second person", "دوباره می بینمت", "mi_space", "دوباره می‌بینمت"},
		{"mi in speech", "کجا می ری و چه می گین", "mi_space", "کجا می‌ری و چه می‌گین"},
		{"mi before a hamza", "شما می گوئید", "mi_space", "شما می‌گوئید"},
		{"mi after a number", "نسخهٔ ۲ می آید و RAID-6 می تواند و 10.8.0.1 می رفت", "mi_space", "نسخهٔ ۲ می‌آید و RAID-6 می‌تواند و 10.8.0.1 می‌رفت"},
		{"mi joined", "میرود، نمیتواند و برمیگردد", "mi_joined", "می‌رود، نمی‌تواند و برمی‌گردد"},
		{"words in mi", "میز، میدان، میلیون، میهن، میراث، میان و میوه", "", ""},
		{"the month of May", "در ۵ می رفت و در ماه می گفت", "", ""},
		{"a loan", "وامی دادند", "", ""},
		{"Arabic letters in a verb", "او مي رود", "arabic_yeh mi_space", "او می‌رود"},
		{"plural", "کتاب های او و مدرسه ها و کار ها", "plural_space", "کتاب‌های او و مدرسه‌ها و کارها"},
		{"interjection", "ها ها، خندید", "", ""},
		{"superlative", "مهم ترین و بزرگ ترین", "superlative_space", "مهم‌ترین و بزرگ‌ترین"},
		{"plural joined to heh", "خانهها و گروههای مردم", "plural_joined_heh", "خانه‌ها و گروه‌های مردم"},
		{"plural joined to heh with a verb", "این‌ها موزههاست و دهها سال", "plural_joined_heh", "این‌ها موزه‌هاست و ده‌ها سال"},
		{"plural joined elsewhere", "کتابها", "", ""},
		{"comparative", "بزرگ تر است", "comparative_space", "بزرگ تر است"},
		{"wet", "زمین تر است", "", ""},
		{"endings after heh", "رفته اند، گفته ام و خانه ای", "heh_suffix_space", "رفته‌اند، گفته‌ام و خانه‌ای"},
		{"words in heh that stand alone", "که ای کاش، به ای، سه ام", "", ""},
		{"letter yeh", "به ی ختم می‌شود: و، ه ی", "", ""},
		{"yeh after a number", "ساعت سه ی صبح", "heh_ye_space", "ساعت سه‌ی صبح"},
		{"ezafe after heh", "نامه ی او", "heh_ye_space", "نامه‌ی او"},
		{"unbalanced guillemets", "او «شاهد بود.", "unbalanced_pair", "او «شاهد بود."},
		{"unbalanced brackets", "او (شاهد بود.", "unbalanced_pair", "او (شاهد بود."},
		{"reversed", "او »شاهد« بود.", "reversed_pair", "او »شاهد« بود."},
		{"repeated marks", "چه؟؟ وای!! بله،، خب..", "repeated_punct", "چه؟؟ وای!! بله،، خب.."},
		{"surprised question", "چه؟!", "", ""},
		{"repeated word", "او به به خانه رفت", "repeated_word", "او به به خانه رفت"},
		{"reduplication", "کم کم و تک تک آمدند", "", ""},
		{"controls", "او\u202bرفت\u202c", "bidi_control", "او\u202bرفت\u202c"},
		{"zero width space", "او\u200bرفت", "zero_width_space", "او\u200bرفت"},
		{"mixed scripts", "سلاmم", "mixed_script", "سلاmم"},
		{"Persian endings on Latin words", "APIهای NGOها و GPUی نو", "", ""},
		{"Persian words on Latin words", "درCoVها و NATکردن", "mixed_script", "درCoVها و NATکردن"},
		{"placeholders and tags", `<b class="x">%d</b> کتاب {0,number} ${a ,b}`, "", ""},
		{"code", "دستور `a , b ;c` را بزنید", "", ""},
		{"Latin sentence", "Hello , world ; why ?", "", ""},
		{"not UTF-8", "او \xff رفت ،", "space_before_punct", "او \xff رفت،"},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			got := strings.Join(codesOf(Typography(language.Persian, tt.text)), " ")
			if got != tt.codes {
				t.Errorf("codes %q, want %q", got, tt.codes)
			}
			want := tt.fixed
			if tt.codes == "" {
				want = tt.text
			}
			if fixed := FixTypography(language.Persian, tt.text); fixed != want {
				t.Errorf("fixed %q, want %q", fixed, want)
			}
		})
	}
}

func TestTypography_OtherLanguagesHaveNoRules(t *testing.T) {
	if got := Typography(language.English, "one  two"); got != nil {
		t.Errorf("got %v", got)
	}
}

// Each fix replaces exactly its span of the original.
func TestTypography_SpansAndFixes(t *testing.T) {
	text := "آن ها 5 كتاب,نامه ی"
	var got []string
	for _, i := range Typography(language.Persian, text) {
		got = append(got, i.Code+" ["+text[i.From:i.To]+"]→["+i.Fix+"]")
	}
	want := []string{"plural_space [ ]→[\u200c]", "latin_digit [5]→[۵]", "arabic_kaf [ك]→[ک]", "latin_comma [,]→[،]",
		"missing_space_after_punct [,]→[, ]", "heh_ye_space [ ]→[\u200c]"}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Error(diff)
	}
}

func TestFixContent_KeepsCodesInPlace(t *testing.T) {
	code := func(pos int, kind tm.CodeKind, id int, typ string) tm.Code {
		return tm.Code{Pos: pos, Kind: kind, ID: id, Type: typ}
	}
	text := "او  كتاب ها را برد ."
	at := func(s string) int { return strings.Index(text, s) }
	c := tm.Content{Text: text, Codes: []tm.Code{
		code(at("كتاب"), tm.Open, 1, "bold"), code(at(" را"), tm.Close, 1, "bold"), code(len(text), tm.Alone, 2, "break"),
	}}
	fixed := FixContent(language.Persian, c)
	if want := "او کتاب‌ها را برد."; fixed.Text != want {
		t.Fatalf("text %q, want %q", fixed.Text, want)
	}
	bold := fixed.Text[fixed.Codes[0].Pos:fixed.Codes[1].Pos]
	if bold != "کتاب‌ها" || fixed.Codes[2].Pos != len(fixed.Text) {
		t.Errorf("bold %q, codes %+v", bold, fixed.Codes)
	}
}

func TestFixContent_LeavesCodeAlone(t *testing.T) {
	text := "متغیر كتاب , 5 را"
	from, to := strings.Index(text, "كتاب"), strings.Index(text, " را")
	c := tm.Content{Text: text, Codes: []tm.Code{
		{Pos: from, Kind: tm.Open, ID: 1, Type: "code"}, {Pos: to, Kind: tm.Close, ID: 1, Type: "code"},
	}}
	if fixed := FixContent(language.Persian, c); !fixed.Equal(c) {
		t.Errorf("got %+v", fixed)
	}
}

// TestTypography_Cases checks the sentences of testdata/typography.txt.
func TestTypography_Cases(t *testing.T) {
	data, err := os.ReadFile("testdata/typography.txt")
	if err != nil {
		t.Fatal(err)
	}
	cases := 0
	for line := range strings.Lines(string(data)) {
		line = strings.ReplaceAll(strings.TrimSpace(line), "Z", "\u200c")
		if line == "" || strings.HasPrefix(line, "#") {
			continue
		}
		text, rest, _ := strings.Cut(line, " | ")
		codes, fixed, ok := strings.Cut(rest, " | ")
		if !ok {
			fixed = text
		}
		cases++
		if got := strings.Join(codesOf(Typography(language.Persian, text)), " "); got != codes {
			t.Errorf("%q has %q, want %q", text, got, codes)
		}
		plain := func(s string) string { return redundantZWNJ.ReplaceAllString(s, "$1") }
		if got := FixTypography(language.Persian, text); plain(got) != plain(fixed) {
			t.Errorf("%q is fixed to %q, want %q", text, got, fixed)
		}
	}
	if cases < 300 {
		t.Errorf("only %d cases", cases)
	}
}
