package lang

import (
	"bufio"
	"math/rand"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"unicode"

	"github.com/dlclark/regexp2"
	"golang.org/x/text/unicode/norm"
)

// slowKeys makes the keys of [Profile.Keys] one rule after the other, each over
// the whole text.
func slowKeys(p *Profile, text string) []string {
	f := &p.fold
	s := norm.NFC.String(string([]rune(text))) // a bad byte becomes U+FFFD
	s = replaceEach(s, func(r rune) string { return slowLetters(f, r) })
	s = replaceEach(norm.NFC.String(s), func(r rune) string { return slowLetters(f, r) })
	if f.zwnj {
		s = replace(s, `(?<=L)[Z\u00ad¬]+(?=L)`, "Z")
		s = replace(s, `(?<=L)(?!Z(?=L))[Z\u00ad¬]+`, "")
		s = replace(s, `(?<!L)Z`, "")
	} else {
		s = replace(s, `Z`, "")
	}
	s = replace(s, `\u00ad`, "")
	if f.guillemets {
		s = replace(s, `«\s*`, `"`)
		s = replace(s, `\s*»`, `"`)
	}
	s = replaceEach(s, slowMark)
	s = replace(s, ` +`, " ")
	s = replace(s, `^ | $|(?<=[(\[]) | (?=[,،.;:?!%)\]])`, "")
	s = replace(s, `(?<=[0-9])،(?=[0-9])`, ", ")
	s = strings.ReplaceAll(s, "،", ",")
	s = replace(s, `(?<=(?<![0-9.])[0-9]{1,3}(,[0-9]{3})*),(?=[0-9]{3}(?![0-9]))`, "")
	s = slowAffixes(f.affixes, s)
	if !strings.ContainsAny(s, "\u200c\x01") {
		return []string{s}
	}
	spaced := replace(s, `[Z\x01]`, " ")
	keys := []string{spaced, replace(s, `[Z\x01]`, "")}
	if mixed := replace(slowAffixes(f.affixes, spaced), `\x01`, ""); !slices.Contains(keys, mixed) {
		keys = append(keys, mixed)
	}
	return keys
}

// slowAffixes puts U+0001 for the spaces before endings and after prefixes.
func slowAffixes(a *affixes, s string) string {
	if a == nil {
		return s
	}
	any := func(words map[string]bool) string {
		list := []string{}
		for w := range words {
			list = append(list, w)
		}
		return "(?:" + strings.Join(list, "|") + ")"
	}
	s = replace(s, `(?<=ه)(?:[ Z]ی(?!L))+`, "")
	s = replace(s, `(?<=(?:^| )[^L ]*`+any(a.prefixes)+`) (?=L)`, "\x01")
	s = replace(s, `(?<=L) (?=`+any(a.suffixes)+`[^L ]*(?: |\x01|$))`, "\x01")
	return replace(s, `(?<=ه) (?=`+any(a.afterHeh)+`[^L ]*(?: |\x01|$))`, "\x01")
}

func slowLetters(f *folding, r rune) string {
	switch folded := f.letters[r]; {
	case dropped(r):
		return ""
	case presentation(r):
		return replaceEach(compatible(r), func(r rune) string { return slowLetters(f, r) })
	case folded != 0:
		return string(folded)
	}
	if d, ok := digitValue(r); ok {
		return string(rune('0' + d))
	}
	return string(r)
}

func slowMark(r rune) string {
	switch {
	case r == '،':
		return "،" // until numbers are done
	case r == '…':
		return "..."
	case r == '`':
		return "'"
	case plainMarks[r] != 0:
		return string(plainMarks[r])
	case unicode.IsSpace(r):
		return " "
	}
	return string(r)
}

func replaceEach(s string, f func(rune) string) string {
	var b strings.Builder
	for _, r := range s {
		b.WriteString(f(r))
	}
	return b.String()
}

var expressions = map[string]*regexp2.Regexp{}

// replace replaces a pattern in which L is the class of Arabic letters (as in
// other classes, without brackets) and Z is ZWNJ.
func replace(s, pattern, with string) string {
	re := expressions[pattern]
	if re == nil {
		const letters = `\u0620-\u063f\u0641-\u064a\u066e\u066f\u0671-\u06d3\u06d5`
		spelt := strings.NewReplacer(`[^L`, `[^`+letters, "L", "["+letters+"]", "Z", `\u200c`).Replace(pattern)
		re = regexp2.MustCompile(spelt, regexp2.None)
		expressions[pattern] = re
	}
	s, err := re.Replace(s, strings.ReplaceAll(with, "Z", "\u200c"), -1, -1)
	if err != nil {
		panic(err)
	}
	return s
}

// atoms are what random texts are made of.
var atoms = strings.Split("می|نمی|ها|های|تر|ترین|ام|ای|ی|ه|نامه|کتاب|ا|و|ي|ك|ۀ|هٔ|خانه| | |  |\u200c|\u200c|\u00ad|¬|،|,|.|:|!|؟|"+
	"%|٪|)|(|[|]|«|»|“|”|…|...|1|12|123|1234|۱|۱۲۳|٬|٫|\u0654|\u0653|\u064b|\u0640|\u200f|\ufeff|\u00a0|\t|\n|é|e\u0301|ß|ﷺ|ﻻ|ﹰ|ﬁ|"+
	"`|’|–|A|b|\xff|\xe2\x80|中|😀|𝟘|߁|한|\u1112\u1161|\u0300|\u0327|\u2126|\ufffd|;|؛|٠|\u2028|\x00|\u0085", "|")

func randomText(r *rand.Rand) string {
	var b strings.Builder
	for range r.Intn(14) {
		if r.Intn(12) == 0 {
			b.WriteRune(rune(r.Intn(0x30000)))
			continue
		}
		b.WriteString(atoms[r.Intn(len(atoms))])
	}
	return b.String()
}

func checkSlow(t *testing.T, p *Profile, text string) {
	t.Helper()
	text = strings.ReplaceAll(text, "\x01", "") // what slowAffixes puts
	keys := p.Keys(text)
	if want := slowKeys(p, text); !slices.Equal(keys, want) {
		t.Errorf("%v %q\nfast %q\nslow %q", p.Tag(), text, keys, want)
	}
	if first := p.AppendKey([]byte("a "), text); string(first) != "a "+keys[0] {
		t.Errorf("%v %q: AppendKey gives %q, Keys %q", p.Tag(), text, first, keys)
	}
	for _, k := range keys {
		if again := p.Keys(k); !slices.Contains(again, k) {
			t.Errorf("%v %q: the keys of the key %q are %q", p.Tag(), text, k, again)
		}
	}
}

func TestKeys_AsTheRulesSay(t *testing.T) {
	r := rand.New(rand.NewSource(1))
	profiles := []*Profile{profile("fa"), profile("en"), profile("ar"), profile("und")}
	for range 4000 {
		text := randomText(r)
		for _, p := range profiles {
			checkSlow(t, p, text)
		}
	}
}

func TestKeys_AsTheRulesSayOfRealText(t *testing.T) {
	for _, name := range []string{"health-tico19", "wiki-flores-sib200", "general-tatoeba", "lit-mizan-sample", "ui-mediawiki"} {
		sc := bufio.NewScanner(shared(t, filepath.Join("parallel", name+".dev.tsv.gz")))
		sc.Buffer(nil, 1<<20)
		for n := 0; sc.Scan(); n++ {
			if source, target, _ := strings.Cut(sc.Text(), "\t"); n%4 == 0 {
				checkSlow(t, profile("en"), source)
				checkSlow(t, profile("fa"), target)
			}
		}
	}
}
