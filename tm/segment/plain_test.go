package segment

import (
	"math/rand"
	"slices"
	"strings"
	"testing"

	"github.com/dlclark/regexp2"
	"golang.org/x/text/language"
)

// A plainEngine tries every rule at every place with backtracking expressions,
// as SRX is usually run: slow and obviously right.
type plainEngine []plainRule

type plainRule struct {
	breaks        bool
	before, after *regexp2.Regexp
}

func newPlainEngine(t testing.TB, lang string) plainEngine {
	t.Helper()
	var e plainEngine
	for _, l := range builtinFile(t, lang).Languages {
		for _, r := range l.Rules {
			e = append(e, plainRule{r.Break, plainPattern(t, r.Before, true), plainPattern(t, r.After, false)})
		}
	}
	return e
}

func builtinFile(t testing.TB, lang string) *File {
	t.Helper()
	data, err := ruleFiles.ReadFile("rules/" + lang + ".srx")
	if err != nil {
		t.Fatal(err)
	}
	f, err := Load(strings.NewReader(string(data)))
	if err != nil {
		t.Fatal(err)
	}
	return f
}

func plainPattern(t testing.TB, pattern string, left bool) *regexp2.Regexp {
	t.Helper()
	common, _, err := translate(pattern)
	if err != nil {
		t.Fatal(err)
	}
	if left {
		return regexp2.MustCompile(`(?:`+common+`)\G`, regexp2.RightToLeft)
	}
	return regexp2.MustCompile(`\G(?:`+common+`)`, regexp2.None)
}

// breaks returns what [Rules.breaks] does, counted in runes.
func (e plainEngine) breaks(text []rune) (list []int) {
	for at := 1; at < len(text); at++ {
		for _, r := range e {
			if r.matches(text, at) {
				if r.breaks {
					list = append(list, at)
				}
				break
			}
		}
	}
	return list
}

func (r plainRule) matches(text []rune, at int) bool {
	before, err := r.before.FindRunesMatchStartingAt(text, at)
	if err != nil || before == nil {
		return false
	}
	after, err := r.after.FindRunesMatchStartingAt(text, at)
	return err == nil && after != nil
}

// sentencesOf are texts of the usual kind.
var sentencesOf = map[string]string{
	"en": "The committee met in Geneva on Tuesday and discussed the report for several hours. Dr. Karimi said that nobody, not even the U.N. envoy, had been told about it! “Why not?” one member asked. ",
	"fa": "کمیته روز سه‌شنبه در ژنو تشکیل جلسه داد و ساعت‌ها دربارهٔ این گزارش بحث کرد. دکتر م. کریمی گفت هیچ‌کس، حتی فرستادهٔ سازمان ملل، خبر نداشت! «چرا نه؟» یکی از اعضا پرسید. ",
	"ar": "اجتمعت اللجنة في جنيف يوم الثلاثاء وناقشت التقرير لعدة ساعات. قال د. كريمي إن أحدا لم يكن يعلم! ",
	"de": "Der Ausschuss trat am 3. Mai in Genf zusammen und beriet stundenlang über den Bericht. Dr. Karimi sagte, niemand, z. B. auch nicht der Gesandte, habe davon gewusst! ",
	"ja": "委員会は火曜日にジュネーブで開かれ、報告書について数時間議論した。誰も知らなかったという。",
}

// atoms are what random texts are made of, each with what the rules look for.
var atoms = map[string][]string{
	"en": strings.Split("He said| |  |\n|.|..|...|…|. . .|?|!|“|”|\"|)|(|Mr|Dr|U.S|a.m|No|5|12|e.g|etc|Inc|The|the|[3]|•|1|- |:|,|\u00a0|I|J|Monday|\u200f|’", "|"),
	"fa": strings.Split("او گفت| |  |\n|.|..|...|…|. . .|؟|!|«|»|\"|)|(|م|ه.ش|ج.ا.ا|Inc|Dr|۵|12|و|که|را|[۳]|•|1|- |:|،|\u00a0|رفت|\u200c|\u200f|\u064b|.آن", "|"),
	"de": strings.Split("Er kam| |  |\n|.|...|…|?|!|„|“|»|«|)|z. B|Dr|am 3|Mai|5|usw|Der|der|XIV|Str|[3]|•|u. Ä", "|"),
}

// The engine that looks at a place only when it may matter breaks where the
// plain one does.
func TestRules_BreakAsThePlainEngine(t *testing.T) {
	r := rand.New(rand.NewSource(2))
	for lang, parts := range atoms {
		plain, rules := newPlainEngine(t, lang), For(language.Make(lang))
		for range 500 {
			var b strings.Builder
			for range 1 + r.Intn(12) {
				b.WriteString(parts[r.Intn(len(parts))])
				if r.Intn(2) == 0 {
					b.WriteByte(' ')
				}
			}
			checkPlain(t, lang, plain, rules, b.String())
		}
		checkPlain(t, lang, plain, rules, sentencesOf[lang])
	}
}

func checkPlain(t *testing.T, lang string, plain plainEngine, rules *Rules, text string) {
	t.Helper()
	var got []int
	for _, at := range rules.breaks(text) {
		got = append(got, len([]rune(text[:at])))
	}
	if want := plain.breaks([]rune(text)); !slices.Equal(got, want) {
		t.Errorf("%s %q: breaks %v, plain %v", lang, text, got, want)
	}
}
