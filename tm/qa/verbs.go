package qa

import "strings"

// conjugate returns the forms that «می» takes: of each verb, given as past and
// present stem, the past, the present and the participle, and further forms as
// they are.
func conjugate(verbs, forms []string) map[string]bool {
	set := map[string]bool{}
	for _, f := range forms {
		set[f] = true
	}
	for _, line := range verbs {
		stems := strings.Fields(line)
		for _, end := range []string{"", "م", "ی", "یم", "ید", "ند"} {
			withObjects(set, stems[0]+end)
		}
		set[stems[0]+"ه"] = true
		for _, present := range stems[1:] {
			for _, end := range []string{"م", "ی", "د", "یم", "ید", "ند"} {
				withObjects(set, present+end)
			}
		}
	}
	return set
}

// withObjects adds a form and the same with an attached object: می‌بینمش.
func withObjects(set map[string]bool, form string) {
	set[form] = true
	for _, object := range []string{"ش", "شان", "مان", "تان"} {
		set[form+object] = true
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
	stem, aux, ok := strings.Cut(word, string(zwnj))
	if !ok {
		return verbForms[word]
	}
	return verbForms[stem] && (hehEndings[aux] || aux == "است")
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

// monthOfMay reports whether «می» is the month: «۵ می رفت», «ماه می».
func (d *draft) monthOfMay(word string, list []span, k int) bool {
	if word != "می" || k == 0 || list[k-1].to+1 != list[k].from {
		return false
	}
	before := d.word(list[k-1])
	return before == "ماه" || before == "آوریل" || digit(d.at(list[k-1].to-1))
}
