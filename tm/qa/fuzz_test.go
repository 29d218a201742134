package qa

import (
	"fmt"
	"strings"
	"testing"
	"time"
	"unicode/utf8"

	"golang.org/x/text/language"

	"tarjoman/tm"
	"tarjoman/tm/tmtest"
)

// hostile are texts that tools like ours have stumbled over.
var hostile = []string{
	"See https://example.com (now), “they” said 5%.", "به «آن ها» \"گفتند\" ۵٪…",
	"او مي رود , 30,000 نفر (متن)متن", `گفت " نه " ...`, "\u200c\u200cخانهها ی ؟؟ »ا« \xff\u0640ﻻ",
	"۱,۲۳۴.۵٪% ، . ..", "می می رود رود", "«(  ) »( ،:", "a ,ب ,c;? ١٢٣",
	"\xff", "http://)( ؟؟ \u200c", "ا\x00ب\x00 ،", "\xd9 \xd8\xa7\xd9", "ک\xed\xa0\x80تاب",
	"س" + strings.Repeat("\u064b", 60) + "لام", "e" + strings.Repeat("\u0301", 60), // combining bombs
	"\u202eاو 5% رفت\u202c \u2067abc\u2069\u2069", strings.Repeat("\u202a", 200) + "ا", // overrides
	"-۵ ۱۰-۲۰ «A»، B C++ .NET \"go.\" ۹۰٪", "(a (ب [c {د", "\u061c\u200e\u200f", "می\u200e\u200cرود",
	"خانه ی ی ی ام ام", "ﷲ ﻻ ﻹ ﷺ", "\u00ad¬ا¬ب", "%d%s{0}${x}<b>&amp;`x`", "\ufeffسلام\u2028او\u2029رفت\r\n\t",
	"3 ماه می رود", "۱٬۲۳۴٬۵۶۷٬۸۹۰ 20/1/2020 17:30", "👩\u200d👩\u200d👧 و 🇮🇷", "İstanbul ﬁ ß ẞ",
}

func FuzzRun(f *testing.F) {
	for i, s := range hostile {
		f.Add(s, hostile[(i+1)%len(hostile)])
		f.Add("The court heard 14 witnesses, who said “no”.", s)
	}
	f.Fuzz(func(t *testing.T, source, target string) {
		for _, p := range []Pair{enFa(source, target), faEn(target, source), enFa(target, source)} {
			for _, i := range Run(p) {
				text := p.Target.Text
				if i.Side == tm.SourceSide {
					text = p.Source.Text
				}
				checkSpan(t, i, text)
			}
		}
	})
}

// checkSpan fails for an issue that does not point at whole characters of text.
func checkSpan(t *testing.T, i tm.Issue, text string) {
	t.Helper()
	if i.Side == "" || i.From < 0 || i.To < i.From || i.To > len(text) || !boundary(text, i.From) || !boundary(text, i.To) {
		t.Fatalf("%+v in %q", i, text)
	}
}

// boundary reports whether a character of text begins at the offset.
func boundary(text string, at int) bool {
	if at == len(text) || utf8.RuneStart(text[at]) {
		return true
	}
	for back := 1; back < utf8.UTFMax && back <= at; back++ {
		if r, size := utf8.DecodeRuneInString(text[at-back:]); size > back && r != utf8.RuneError {
			return false
		}
	}
	return true // a stray byte is a character of its own
}

func FuzzTypography(f *testing.F) {
	for _, s := range hostile {
		f.Add(s)
	}
	f.Fuzz(func(t *testing.T, text string) {
		for _, i := range Typography(language.Persian, text) {
			checkSpan(t, i, text)
		}
		once := FixTypography(language.Persian, text)
		if twice := FixTypography(language.Persian, once); twice != once {
			t.Errorf("%q is fixed to %q and then to %q", text, once, twice)
		}
		if utf8.ValidString(text) && !utf8.ValidString(once) {
			t.Errorf("%q is fixed to %q, which is not UTF-8", text, once)
		}
	})
}

func FuzzFixContent(f *testing.F) {
	for i, s := range hostile {
		f.Add(s, uint8(i), uint8(3*i), i%2 == 0)
	}
	f.Fuzz(func(t *testing.T, text string, a, b uint8, code bool) {
		c := withCodes(text, int(a), int(b), code)
		once := FixContent(language.Persian, c)
		if codeList(once) != codeList(c) {
			t.Fatalf("codes %s became %s", codeList(c), codeList(once))
		}
		at := 0
		for _, code := range once.Codes {
			if code.Pos < at || code.Pos > len(once.Text) || !boundary(once.Text, code.Pos) {
				t.Fatalf("code at %d of %q", code.Pos, once.Text)
			}
			at = code.Pos
		}
		if twice := FixContent(language.Persian, once); !twice.Equal(once) {
			t.Errorf("%+v is fixed to %+v and then to %+v", c, once, twice)
		}
	})
}

// withCodes puts a pair of codes and a single one at characters of text.
func withCodes(text string, a, b int, code bool) tm.Content {
	var starts []int
	for i := range text {
		starts = append(starts, i)
	}
	starts = append(starts, len(text))
	from, to := starts[a%len(starts)], starts[b%len(starts)]
	typ := "bold"
	if code {
		typ = "code"
	}
	return tm.Content{Text: text, Codes: []tm.Code{
		{Pos: min(from, to), Kind: tm.Open, ID: 1, Type: typ}, {Pos: max(from, to), Kind: tm.Close, ID: 1, Type: typ},
		{Pos: len(text), ID: 2, Type: "break"},
	}}
}

func codeList(c tm.Content) string {
	var list []string
	for _, code := range c.Codes {
		list = append(list, fmt.Sprint(code.Kind, code.ID, code.Type))
	}
	return strings.Join(list, " ")
}

// A long line is no sentence, but must not hold up a server. A rule that looks at
// everything for every character takes a thousand times longer than allowed here.
func TestRun_HostileTextIsBounded(t *testing.T) {
	if testing.Short() {
		t.Skip("SHORT: long texts were not checked")
	}
	short := append([]string{"a", " ", "ا", "۱", "«", `"`, "(", ")", ".", "\u0301", "\u064b", "\u202e", "\u2067", "\x00", "\xff",
		"می ", "a1.", "ا( ,\"«۱,۱۱۱.", "<a", "{", "http://", "@a.", "1 May ", "۱ می ", "1,000,", "دو و "}, hostile...)
	for _, part := range short {
		bounded(t, part, 1<<14)
	}
	bounded(t, "او http://a.ir/( 5% «", 1<<20)
}

func bounded(t *testing.T, part string, size int) {
	t.Helper()
	const most = 2 * time.Minute // with the race detector on a busy machine; else three seconds
	text := strings.Repeat(part, size/len(part))
	start := tmtest.CPU()
	Run(enFa("x", text))
	Run(faEn("x", text))
	FixTypography(language.Persian, text)
	if took := tmtest.CPU() - start; took > most {
		t.Errorf("%d bytes of %.20q take %v", size, part, took)
	}
}
