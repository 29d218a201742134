package qa

import (
	"bytes"
	"regexp"
	"strings"
	"testing"

	"golang.org/x/text/language"
)

// damages spoil the typography of a clean text in one way each; fixing must
// give the clean text back.
var damages = []struct {
	name, code string
	spoil      func(string) string
}{
	{"Arabic yeh", "arabic_yeh", replacing("ی", "ي")},
	{"Arabic kaf", "arabic_kaf", replacing("ک", "ك")},
	{"mi apart", "mi_space", replacing(" می\u200c", " می ")},
	{"mi joined", "mi_joined", replacing(" می\u200c", " می")},
	{"plural apart", "plural_space", matching("([بپتثجچحخسشصضطظعغفقکگلمنهی])\u200c(ها|های|هایی)([ .،])", "$1 $2$3")},
	{"ending after heh apart", "heh_suffix_space", matching("(ه)\u200c(ای|اند|اش)([ .،])", "$1 $2$3")},
	{"superlative apart", "superlative_space", replacing("\u200cترین", " ترین")},
	{"Latin digits", "latin_digit", mapping("۰۱۲۳۴۵۶۷۸۹", "0123456789")},
	{"Arabic digits", "arabic_digit", mapping("۰۱۲۳۴۵۶۷۸۹", "٠١٢٣٤٥٦٧٨٩")},
	{"Latin comma", "latin_comma", replacing("،", ",")},
	{"Latin semicolon", "latin_semicolon", replacing("؛", ";")},
	{"group comma", "thousands_sep", replacing("٬", ",")},
	{"straight quotes", "latin_quotes", mapping("«»", `""`)},
	{"curly quotes", "latin_quotes", mapping("«»", "“”")},
	{"space before marks", "space_before_punct", matching(`([،.:؛])`, " $1")},
	{"no space after marks", "missing_space_after_punct", matching(`([،؛]) ([ا-ی])`, "$1$2")},
	{"space inside pairs", "space_inside_pair", matching(`([«(])([^«»()]*)([»)])`, "$1 $2 $3")},
	{"no space before pairs", "missing_space_outside_pair", matching(`([ی-ی]) ([«(])`, "$1$2")},
	{"double spaces", "double_space", replacing(" ", "  ")},
	{"doubled ZWNJ", "zwnj_stray", replacing("\u200c", "\u200c\u200c")},
	{"soft hyphen", "zwnj_substitute", replacing("\u200c", "\u00ad")},
	{"tatweel", "tatweel", matching(`(س)([ا-ی])`, "${1}ــ${2}")},
	{"presentation forms", "presentation_form", mapping("سشبتن", "ﺳﺷﺑﺗﻧ")},
}

func replacing(old, with string) func(string) string {
	return func(s string) string { return strings.ReplaceAll(s, old, with) }
}

func matching(pattern, with string) func(string) string {
	re := regexp.MustCompile(pattern)
	return func(s string) string { return re.ReplaceAllString(s, with) }
}

func mapping(from, to string) func(string) string {
	var pairs []string
	target := []rune(to)
	for i, r := range []rune(from) {
		pairs = append(pairs, string(r), string(target[i]))
	}
	return strings.NewReplacer(pairs...).Replace
}

func TestFixTypography_RepairsDamage(t *testing.T) {
	lines := strings.Split(string(bytes.TrimSpace(shared(t, "seed/translation.fa.txt"))), "\n")
	for _, damage := range damages {
		t.Run(damage.name, func(t *testing.T) {
			spoiled := 0
			for _, line := range lines {
				bad := damage.spoil(line)
				if bad == line {
					continue
				}
				spoiled++
				if codes := codesOf(Typography(language.Persian, bad)); !strings.Contains(strings.Join(codes, " "), damage.code) {
					t.Errorf("%v, want %s in %q", codes, damage.code, bad)
				}
				plain := func(s string) string { return redundantZWNJ.ReplaceAllString(s, "$1") }
				if got := plain(FixTypography(language.Persian, bad)); got != plain(line) {
					t.Errorf("fixed\n %q, want\n %q", got, plain(line))
				}
			}
			if spoiled == 0 {
				t.Error("nothing was spoiled")
			}
		})
	}
}
