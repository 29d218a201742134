package qa

import (
	_ "embed"
	"strings"
)

//go:embed data/fa-words.txt
var faWords string

// wordSet reads words separated by white space.
func wordSet(list string) map[string]bool {
	set := map[string]bool{}
	for word := range strings.FieldsSeq(list) {
		set[word] = true
	}
	return set
}

// sections reads a file of word lists: a line «[name]» begins one, # a comment.
func sections(text string) map[string][]string {
	lists := map[string][]string{}
	name := ""
	for line := range strings.Lines(text) {
		line, _, _ = strings.Cut(line, "#")
		line = strings.TrimSpace(line)
		if inner, ok := strings.CutPrefix(line, "["); ok {
			name = strings.TrimSuffix(inner, "]")
			continue
		}
		if line != "" {
			lists[name] = append(lists[name], line)
		}
	}
	return lists
}

// lists of words that the rules know.
var (
	faLists      = sections(faWords)
	adjectives   = wordSet(strings.Join(faLists["adjectives"], " "))
	reduplicated = wordSet(strings.Join(faLists["reduplicated"], " "))
	notVerbs     = wordSet(strings.Join(faLists["not verbs"], " "))
	verbForms    = conjugate(faLists["verbs"], strings.Fields(strings.Join(faLists["forms"], " ")))
	hehAlone     = wordSet(strings.Join(faLists["heh alone"], " "))
	yehApart     = wordSet(strings.Join(faLists["yeh apart"], " "))
)

var (
	pluralEndings = wordSet("ها های هایی هایم هایت هایش هایمان هایتان هایشان هایشون")
	superlatives  = wordSet("ترین ترین\u200cها ترین\u200cهای ترینها ترینهای")
	hehEndings    = wordSet("ام ات اش ای ایم اید اند")
	hehPlurals    = wordSet("ها های هایی هایم هایت هایش هایمان هایتان هایشان هاست هایند")
)

// affixes joins endings that were written apart, and separates ها from the heh
// it was joined to.
func affixes(d *draft) {
	list := d.words()
	for k, w := range list {
		if d.kept(w.from) {
			continue
		}
		d.joinedHeh(w)
		if k > 0 && w.from == list[k-1].to+1 && blank(d.at(w.from-1)) && !d.kept(w.from-1) {
			d.suffix(list[k-1], w, list[k+1:])
		}
	}
}

// suffix handles the word w after the word stem and one space.
func (d *draft) suffix(stem, w span, rest []span) {
	last := d.lastLetter(stem.to - 1)
	if !persian(last) {
		return
	}
	word, text := d.word(w), d.word(stem)
	switch {
	case pluralEndings[word] && !pluralEndings[text]:
		d.attach("plural_space", w.from-1, last)
	case superlatives[word]:
		d.attach("superlative_space", w.from-1, last)
	case (word == "تر" || word == "تری") && adjectives[text]:
		d.note("comparative_space", w.from-1, w.to)
	case last == 'ه' && hehEndings[word] && !hehAlone[text] && !d.anotherWord(word, rest):
		d.attach("heh_suffix_space", w.from-1, 'ه')
	case last == 'ه' && word == "ی" && !yehApart[text]:
		d.attach("heh_ye_space", w.from-1, 'ه')
	}
}

// anotherWord reports whether an ending is a word of its own: «ای کاش», «ام آر آی».
func (d *draft) anotherWord(word string, rest []span) bool {
	if len(rest) == 0 {
		return false
	}
	next := d.word(rest[0])
	switch word {
	case "ای":
		return next == "کاش" || next == "وای"
	case "ام":
		return next == "آر" || next == "اس" || next == "دی" || next == "پی" || strings.HasPrefix(next, "ال")
	}
	return false
}

// attach replaces the space at i by what joins an ending to a word that ends in
// last.
func (d *draft) attach(code string, i int, last rune) {
	if unjoined(last) {
		d.remove(code, i, i+1)
		return
	}
	d.replace(code, i, zwnj)
}

// joinedHeh separates «خانهها» into «خانه‌ها».
func (d *draft) joinedHeh(w span) {
	const longest = 9 // letters of ههایشان and marks
	for i := max(w.from+1, w.to-longest); i+2 < w.to; i++ {
		if d.at(i) != 'ه' || d.at(i+1) != 'ه' || d.at(i+2) != 'ا' {
			continue
		}
		if hehPlurals[d.word(span{i + 1, w.to})] {
			d.insertAfter("plural_joined_heh", i, zwnj)
			return
		}
	}
}

// repeatedWords reports a word that follows itself, unless Persian doubles it.
func repeatedWords(d *draft) {
	list := d.words()
	for k := 1; k < len(list); k++ {
		a, b := list[k-1], list[k]
		if b.from != a.to+1 || !blank(d.at(a.to)) || d.kept(a.from) || !persian(d.at(a.from)) {
			continue
		}
		if word := d.word(a); word == d.word(b) && !reduplicated[word] {
			d.note("repeated_word", a.from, b.to)
		}
	}
}
