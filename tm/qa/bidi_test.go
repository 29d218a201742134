//lint:file-ignore ST1018 Persian words are written with ZWNJ

package qa

import (
	"strings"
	"testing"
	"time"

	"golang.org/x/text/language"
	"golang.org/x/text/unicode/bidi"

	"tarjoman/tm"
	"tarjoman/tm/tmtest"
)

var withoutIsolates = strings.NewReplacer("\u2066", "", "\u2067", "", "\u2069", "")

// shownWrong writes the issues of a target as "mark→what is seen": its runs from
// left to right, each in the order of the text (brackets of a run from right to
// left are turned by the screen).
func shownWrong(tag language.Tag, target string) string {
	var got []string
	for _, i := range Run(Pair{Source: tm.Plain("x"), Target: tm.Plain(target), SourceLang: language.German, TargetLang: tag}, "bidi_display") {
		got = append(got, target[i.From:i.To]+"→"+withoutIsolates.Replace(i.Args["seen"].(string)))
	}
	return strings.Join(got, " | ")
}

func TestBidiDisplay_Persian(t *testing.T) {
	tests := []struct{ name, text, want string }{
		{"plain", "دادگاه شاهد را شنید.", ""},
		{"percent at the start", "۹۰٪ مردم رأی دادند.", "٪→۹۰٪"},
		{"percent with a decimal at the start", "۹٫۵٪ مردم", "٪→۹٫۵٪"},
		{"Latin percent at the start", "90% مردم", "%→90%"},
		{"percent behind a word", "حدود ۹۰٪ مردم", ""},
		{"percent in brackets behind a word", "بیشتر (۹۰٪) مردم", ""},
		{"percent behind a Latin word", "در Facebook ۹۰٪ کاربران", "٪→۹۰٪"},
		{"Latin percent of a Latin phrase", "طرح Plus 90% تمام شد", ""},
		{"percent behind ALM", "\u061c۹۰٪ مردم", ""},
		{"percent in words", "۹۰ درصد مردم", ""},
		{"minus at the start", "-۵ درجه", "-→۵-"},
		{"minus amid text", "دما به -۵ رسید", "-→۵-"},
		{"true minus", "دما به −۵ رسید", "−→۵−"},
		{"minus behind LRM", "دما به \u200e-۵ رسید", ""},
		{"hyphen of a bullet", "- ۵ نفر", ""},
		{"range with a space", "۵ -۶ نفر", ""},
		{"range at the start", "۱۹۷۹-۱۹۸۹ سال‌های جنگ بود.", "-→۱۹۷۹-۱۹۸۹"},
		{"short range at the start", "۱۹۷۹-۸۹", "-→۱۹۷۹-۸۹"},
		{"range with a dash", "۱۹۷۹–۱۹۸۹ سال‌های جنگ بود.", ""},
		{"range behind a word", "سال‌های ۱۹۷۹-۱۹۸۹", ""},
		{"telephone number", "۰۲۱-۸۸۹۰ را بگیرید", ""},
		{"date", "۲۰۲۰-۰۵-۰۱ منتشر شد", ""},
		{"stable numbers", "۳۰٬۰۰۰ نفر تا ۱۰:۳۰ روز ۱۴۰۰/۵/۱۹", ""},
		{"stop behind a Latin word", "این خبر را داد Reuters.", ""},
		{"name in brackets", "روزنامهٔ لوموند (Le Monde) خبر داد.", ""},
		{"name in brackets at the end", "خبرگزاری رویترز (Reuters).", ""},
		{"Latin words in brackets behind Latin words", "سازمان Human Rights Watch (HRW) گفت", ""},
		{"quoted name", "روزنامهٔ «Guardian» نوشت.", ""},
		{"quoted names in a row", "روزنامه‌های «Guardian»، «Times» نوشتند.", "»→Guardian»« | «→»«Times"},
		{"quoted name before a number", "روزنامهٔ «Guardian» ۲۰۲۰", "»→Guardian»«"},
		{"Latin sentence in quotes", "او گفت «I am here.»", ".→.»I am here«"},
		{"Latin question in brackets", "او پرسید (Why?) و رفت", "?→?)Why("},
		{"Persian sentence in quotes", "او گفت «آمدم.»", ""},
		{"languages of programs", "با C++ و C# نوشت.", "++→++C | #→#C"},
		{"dotted name", "سکوی .NET خوب است", ".→NET."},
		{"account", "حساب @desk بسته شد", "@→desk@"},
		{"tag", "برچسب #IranProtests داغ شد", "#→IranProtests#"},
		{"option", "گزینهٔ --help را بزنید", "--→help--"},
		{"address", "به https://example.com/a بروید", ""},
		{"link of Markdown", "[این](#inject) را ببینید", ""},
		{"code", "فرمان `--help` را بزنید", ""},
		{"final stop behind LRM", "او رفت به London.\u200e", ".→London."},
		{"arranged by hand", "\u2067۹۰٪\u2069 مردم", ""},
		{"each line", "سلام\n۹۰٪ مردم\n-۵", "٪→۹۰٪ | -→۵-"},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			if got := shownWrong(language.Persian, tt.text); got != tt.want {
				t.Errorf("got %q, want %q", got, tt.want)
			}
		})
	}
}

func TestBidiDisplay_English(t *testing.T) {
	tests := []struct{ name, text, want string }{
		{"plain", "The court heard 90% of them.", ""},
		{"ends in Persian", "The word is سلام.", ""},
		{"Persian in brackets", "The word (سلام) is short.", ""},
		{"Persian in brackets at the end", "The word is short (سلام).", ""},
		{"quoted Persian", "He said “سلام” and left.", ""},
		{"quoted Persian words in a row", "He said “سلام”, “درود” and left.", "”→“سلام” | “→“درود”"},
		{"Persian sentence in quotes", "He said “من آمدم.”", ".→“من آمدم.”"},
		{"number behind Persian", "Published in «ایران», 1979.", "»→«ایران» | 1979→1979ایران», "},
		{"number in a Persian phrase", "The film «تهران 1979» was shown.", ""},
		{"Persian number in a Persian phrase", "The film «تهران ۱۹۷۹» was shown.", ""},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			if got := shownWrong(language.English, tt.text); got != tt.want {
				t.Errorf("got %q, want %q", got, tt.want)
			}
		})
	}
}

func TestBidiDisplay_HasNoFix(t *testing.T) {
	for _, i := range Run(enFa("90% of the people", "۹۰٪ مردم"), "bidi_display") {
		if i.Fixable || i.Severity != tm.SeverityInfo || !strings.HasPrefix(i.Args["seen"].(string), "\u2066") {
			t.Errorf("%+v", i)
		}
	}
}

// x/text lays out lines without brackets right; ours must agree with it.
func TestDisplayLevels_AgreeWithXText(t *testing.T) {
	for _, line := range []string{
		"سلام Reuters، ۱۹۸۸-۱۹۸۹ و 90% از ٣٫٥ مردم -۵!", "۹۰٪ از Facebook ۹۰٪ بود…", "«Reuters»، AFP «خبر» ۱۲:۳۰",
		"+۵ -۶ −۷ a+۵ b-۶ ۱٬۰۰۰,۲ $۵ ۵$ #۵", "שלום 12% עולם א-5 b", "کَلمه\u200cها A\u0301B ۱\u0301۲ -",
	} {
		var p bidi.Paragraph
		if _, err := p.SetString(line, bidi.DefaultDirection(bidi.RightToLeft)); err != nil {
			t.Fatal(err)
		}
		order, err := p.Order()
		if err != nil {
			t.Fatal(err)
		}
		levels, ok := displayLevels([]rune(line), true)
		if !ok {
			t.Fatalf("%q is refused", line)
		}
		for k := range order.NumRuns() {
			run := order.Run(k)
			from, to := run.Pos()
			for i := from; i <= to; i++ {
				if (run.Direction() == bidi.RightToLeft) != (levels[i]%2 == 1) {
					t.Errorf("%q at %d: level %d", line, i, levels[i])
				}
			}
		}
	}
}

func TestDisplayLevels(t *testing.T) {
	tests := []struct {
		name, line string
		rtl        bool
		want       string
	}{
		{"brackets around Latin", "ا (b) پ", true, "1112111"},
		{"brackets behind Latin", "b (c) پ", true, "2222211"},
		{"mixed brackets", "b (cپ) d", true, "21121112"},
		{"brackets that do not match", "b (c] d", true, "2222222"},
		{"number behind Persian", "ا 12 b", false, "112200"},
		{"Persian digits behind Latin", "b ۱۲", true, "2222"},
		{"angle brackets", "ا 〈b〉 c", true, "1112112"},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			levels, _ := displayLevels([]rune(tt.line), tt.rtl)
			var got strings.Builder
			for _, l := range levels {
				got.WriteByte('0' + l)
			}
			if got.String() != tt.want {
				t.Errorf("got %s, want %s", got.String(), tt.want)
			}
		})
	}
}

func TestBidiDisplay_HostileTextIsQuick(t *testing.T) {
	for _, part := range []string{"(a[", "((((", "\u2067\u202e", "۹۰٪ a", "-۵ ", "«a» 1 ", "\"", "a\u0301"} {
		start := tmtest.CPU()
		shownWrong(language.Persian, strings.Repeat(part, 1<<20/len(part)))
		shownWrong(language.Persian, strings.Repeat(strings.Repeat(part, 1000)+"\n", 1<<20/len(part)/1000))
		if took := tmtest.CPU() - start; took > 10*time.Second {
			t.Errorf("%q takes %v", part, took)
		}
	}
}
