package qa

import "strings"

// tense tells what a form of a verb is without «می»: a past stands alone («رفت»),
// a present hardly ever does («رود»).
type tense uint8

const (
	past tense = 1 << iota
	present
)

// conjugate returns the forms that «می» takes: of each verb, given as past and
// present stem, the past, the present and the participle, and further forms as
// they are.
func conjugate(verbs, forms []string) map[string]tense {
	set := map[string]tense{}
	for _, f := range forms {
		set[f] |= present
	}
	for _, line := range verbs {
		stems := strings.Fields(line)
		for _, end := range []string{"", "م", "ی", "یم", "ید", "ند"} {
			withObjects(set, stems[0], end, past)
		}
		set[stems[0]+"ه"] |= past
		set[stems[0]+"ین"] |= past // in speech; the form in ن is also the infinitive
		for _, stem := range stems[1:] {
			for _, end := range []string{"م", "ی", "د", "یم", "ید", "ند"} {
				withObjects(set, stem, end, present)
			}
			for _, end := range []string{"ه", "ین", "ن"} { // in speech
				set[stem+end] |= present
			}
		}
	}
	return set
}

// withObjects adds a form and the same with an attached object: می‌بینمش,
// می‌بینمت.
func withObjects(set map[string]tense, stem, end string, t tense) {
	set[stem+end] |= t
	for _, object := range []string{"ش", "شان", "مان", "تان"} {
		set[stem+end+object] |= t
	}
	if end == "م" || end == "یم" || end == "ند" {
		set[stem+end+"ت"] |= t
	}
}

// prefixes stand before «می»: برمی‌گردد.
var prefixes = []string{"", "بر", "در", "باز", "فرا", "فرو", "وا", "ور"}

// progressive reports whether a word is «می» or «نمی», maybe with a prefix. Not
// with وا: «وامی دادند» is about a loan.
func progressive(word string) bool {
	for _, p := range prefixes {
		if p == "وا" {
			continue
		}
		if rest, ok := strings.CutPrefix(word, p); ok && (rest == "می" || rest == "نمی") {
			return true
		}
	}
	return false
}

// verbs writes «می رود» and «میرود» with ZWNJ.
func verbs(d *draft) {
	list := d.words()
	for k, w := range list {
		if d.kept(w.from) {
			continue
		}
		word := d.word(w)
		if n := joinedPrefix(word); n > 0 {
			d.insertAfter("mi_joined", d.letterAt(w, n), zwnj)
		}
		next := k + 1
		if next < len(list) && progressive(word) && list[next].from == w.to+1 && blank(d.at(w.to)) &&
			verbForm(d.word(list[next])) && !d.monthOfMay(word, list, k) {
			d.replace("mi_space", w.to, zwnj)
		}
	}
}

// verbForm reports whether می can stand before the word: a form or a
// participle with its auxiliary, خواسته‌اند.
func verbForm(word string) bool {
	word = strings.ReplaceAll(word, "ئ", "ی") // «می‌گوئید»
	stem, aux, ok := strings.Cut(word, string(zwnj))
	if !ok {
		return verbForms[word] != 0
	}
	return verbForms[stem] != 0 && (hehEndings[aux] || aux == "است")
}

// joinedPrefix returns the number of letters up to the end of a «می» that was
// joined to its verb, or 0. Words such as میدان are none.
func joinedPrefix(word string) int {
	if notVerbs[word] {
		return 0
	}
	for _, p := range prefixes {
		for _, mi := range []string{"می", "نمی"} {
			if rest, ok := strings.CutPrefix(word, p+mi); ok && verbForm(rest) {
				return len([]rune(p + mi))
			}
		}
	}
	return 0
}

// letterAt returns the glyph of the n-th letter of a word with the marks on it.
func (d *draft) letterAt(w span, n int) int {
	i := w.from
	for ; i < w.to && n > 0; i++ {
		if !mark(d.at(i)) {
			n--
		}
	}
	for mark(d.at(i)) {
		i++
	}
	return i - 1
}

// monthOfMay reports whether «می» is the month: «۵ می رفت», «ماه می». Behind the
// number of a day it is the verb when the next word hardly stands alone: «نسخهٔ ۲
// می آید».
func (d *draft) monthOfMay(word string, list []span, k int) bool {
	if word != "می" || k == 0 || list[k-1].to+1 != list[k].from {
		return false
	}
	switch before := d.word(list[k-1]); {
	case before == "ماه", before == "آوریل", before == "ژوئن":
		return true
	case !d.dayNumber(list[k-1]):
		return false
	}
	return verbForms[d.word(list[k+1])] != present
}

// dayNumber reports whether w is a number of one or two digits that is no part
// of a name or a longer number: not that of RAID-1 or 10.8.0.1.
func (d *draft) dayNumber(w span) bool {
	before := d.at(w.from - 1)
	return w.to-w.from <= 2 && digit(d.at(w.from)) && digit(d.at(w.to-1)) && (before == 0 || space(before) || before == '(' || before == '،')
}
