package segment

import (
	"strings"
	"testing"

	"golang.org/x/text/language"
)

var sentencesOf = map[string]string{
	"en": "The committee met in Geneva on Tuesday and discussed the report for several hours. Dr. Karimi said that nobody, not even the U.N. envoy, had been told about it! “Why not?” one member asked. ",
	"fa": "کمیته روز سه‌شنبه در ژنو تشکیل جلسه داد و ساعت‌ها دربارهٔ این گزارش بحث کرد. دکتر م. کریمی گفت هیچ‌کس، حتی فرستادهٔ سازمان ملل، خبر نداشت! «چرا نه؟» یکی از اعضا پرسید. ",
	"ar": "اجتمعت اللجنة في جنيف يوم الثلاثاء وناقشت التقرير لعدة ساعات. قال د. كريمي إن أحدا لم يكن يعلم! ",
	"de": "Der Ausschuss trat am 3. Mai in Genf zusammen und beriet stundenlang über den Bericht. Dr. Karimi sagte, niemand, z. B. auch nicht der Gesandte, habe davon gewusst! ",
	"ja": "委員会は火曜日にジュネーブで開かれ、報告書について数時間議論した。誰も知らなかったという。",
}

func BenchmarkSplit(b *testing.B) {
	for lang, text := range sentencesOf {
		b.Run(lang, func(b *testing.B) {
			rules := For(language.Make(lang))
			long := strings.Repeat(text+"\n", 1<<20/len(text))
			b.SetBytes(int64(len(long)))
			for b.Loop() {
				rules.SplitText(long)
			}
		})
	}
}

func BenchmarkSplit_OneLine(b *testing.B) {
	rules := For(language.English)
	long := strings.Repeat(sentencesOf["en"], 1<<20/len(sentencesOf["en"]))
	b.SetBytes(int64(len(long)))
	for b.Loop() {
		rules.SplitText(long)
	}
}
