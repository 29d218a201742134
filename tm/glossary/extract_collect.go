package glossary

import (
	"strings"

	"tarjoman/tm"
)

// collect finds the candidates of all segments.
func (x *extraction) collect() {
	for i := range x.segments {
		switch {
		case x.rtl:
			x.persianNames(i)
		case !x.headline[i]:
			x.names(i)
		}
		x.quotes(i)
		x.acronyms(i)
	}
	x.demote()
	for _, headlines := range []bool{false, true} {
		for i := range x.segments {
			if x.headline[i] == headlines {
				x.phrases(i)
			}
		}
	}
}

// demote takes the words for no names that are written small more often; the
// phrases count them anew.
func (x *extraction) demote() {
	for key, c := range x.found {
		if c.name && c.words == 1 && c.long == "" && !x.rtl && x.small[key] > 0 && x.small[key] >= x.capital[key] && !acronym(x.text(c.places[0])) {
			delete(x.found, key)
		}
	}
}

// place is the words first..last of segment i.
func (x *extraction) place(i, first, last int) exPlace {
	return exPlace{i, x.lines[i][first].from, x.lines[i][last].to, first, last}
}

// names notes the runs of capitalised words of a segment (F6).
func (x *extraction) names(i int) {
	line := x.lines[i]
	for k := 0; k < len(line); {
		if monthWords[line[k].key] && line[k].capital && k+1 < len(line) && year(line[k+1]) {
			x.add(line[k].key+" "+line[k+1].key, x.place(i, k, k+1)).votes[tm.Date] += 2
			k += 2
			continue
		}
		if !x.beginsName(line, k) {
			k++
			continue
		}
		end := x.nameEnd(line, k)
		x.name(i, k, end)
		k = end + 1
	}
}

func (x *extraction) beginsName(line []exWord, k int) bool {
	w := line[k]
	if !w.capital || calendarWords[w.key] || contraction(w.key) {
		return false
	}
	next := k+1 < len(line) && line[k+1].capital && x.together(w, line[k+1]) && !calendarWords[line[k+1].key]
	if x.words.stop[w.key] { // New York
		return next && !w.first
	}
	return !w.first || x.capital[w.key] > 0 || next && x.small[w.key] == 0 && !x.words.stop[line[k+1].key]
}

// nameEnd returns the last word of the name that begins at k.
func (x *extraction) nameEnd(line []exWord, k int) int {
	end, of := k, false
	for n := k + 1; n < len(line); n++ {
		w := line[n]
		if w.before != "" && !initial(line[n-1], w) || line[n-1].full > line[n-1].to && !x.common(line[n-1]) {
			break
		}
		switch {
		case w.capital && !calendarWords[w.key]:
			end = n
		case w.number && n == end+1 && len(w.text) <= 5: // Ashraf 3
			return n
		case insideNames[w.key], w.key == "the" && insideNames[line[n-1].key], w.key == "for", w.key == "and" && of:
			of = true
		default:
			return end
		}
	}
	return end
}

// year reports whether a word is a year of our time, in either calendar.
func year(w exWord) bool {
	return w.number && len(w.key) == 4 && ("1200" < w.key && w.key < "1500" || "1700" < w.key && w.key < "2100")
}

// initial reports whether the mark before w is the full stop of an initial.
func initial(last, w exWord) bool { return w.before == "." && len(last.text) == 1 && last.capital }

// common reports whether a capitalised word is an ordinary one: the People’s of
// an organization.
func (x *extraction) common(w exWord) bool {
	return x.small[w.key] > 0 || x.words.general[w.key] || x.words.general[x.lemma(w.key)]
}

// name notes a run, without the titles before it, which are candidates of their
// own and tell that it is a person.
func (x *extraction) name(i, first, last int) {
	line := x.lines[i]
	from := first
	for from < last && titles[line[from].key] {
		from++
	}
	if from > first && !titles[line[last].key] {
		x.title(i, first, from-1)
	} else {
		from = first
	}
	if from == last && (notNames[line[from].key] || titles[line[from].key]) {
		return
	}
	c := x.add(x.keyOf(i, from, last), x.place(i, from, last))
	c.name = true
	x.evidence(c, i, from, last, from > first)
}

// plainTitles are no terms: every translator knows them.
var plainTitles = wordSet("mr mrs ms miss dr sir former foreign deputy vice the a an")

func (x *extraction) title(i, first, last int) {
	for first <= last && plainTitles[x.lines[i][first].key] {
		first++
	}
	if first <= last {
		c := x.add(x.keyOf(i, first, last), x.place(i, first, last))
		c.votes[tm.Title]++
		c.nouns++
	}
}

// keyOf joins the keys of words, the last one without its plural.
func (x *extraction) keyOf(i, first, last int) string {
	var keys []string
	for _, w := range x.lines[i][first : last+1] {
		keys = append(keys, w.key)
	}
	if !x.lines[i][last].upper {
		keys[len(keys)-1] = x.lemma(keys[len(keys)-1])
	}
	return strings.Join(keys, " ")
}

// longestPhrase is the greatest number of words of a phrase.
const longestPhrase = 4

// phrases notes every run of up to four words that no stop word or mark divides.
func (x *extraction) phrases(i int) {
	line := x.lines[i]
	for first := range line {
		if !x.rtl && first+1 < len(line) && year(line[first]) && !x.stop(line[first+1]) && x.together(line[first], line[first+1]) {
			x.phrase(i, first, first+1) // 1988 massacre
		}
		for last := first; last < len(line) && last < first+longestPhrase; last++ {
			if x.stop(line[last]) || last > first && !x.together(line[last-1], line[last]) {
				break
			}
			x.phrase(i, first, last)
		}
	}
}

// together reports whether two words may stand in one phrase.
func (x *extraction) together(a, b exWord) bool { return b.before == "" && a.full == a.to }

func (x *extraction) phrase(i, first, last int) {
	line := x.lines[i]
	key := x.keyOf(i, first, last)
	known := x.found[key]
	switch {
	case known != nil && (known.name || known.long != ""):
		if !line[first].capital {
			known.small++
		}
		if !x.headline[i] || line[first].capital {
			x.add(key, x.place(i, first, last))
		}
		return
	case x.headline[i] && known == nil, !x.phraseLike(line, first, last):
		return
	}
	c := x.add(key, x.place(i, first, last))
	if x.nounHere(line, first, last) {
		c.nouns++
	}
}

// phraseLike reports whether words may be a term, by themselves.
func (x *extraction) phraseLike(line []exWord, first, last int) bool {
	if first == last && (x.general(line[first]) || line[first].capital && (x.rtl || notNames[line[first].key])) {
		return false
	}
	all := true
	for _, w := range line[first : last+1] {
		all = all && (x.general(w) || w.number)
	}
	return !all && (x.rtl || x.nounLike(line[last].key) || first > 0 && beforeNouns[line[first-1].key] && x.nounHere(line, first, last))
}

// notNouns are the ends of English words that are seldom nouns.
var notNouns = []string{"ly", "ed", "ing", "ous", "ful", "less", "able", "ible", "ical", "ive", "wide", "ish", "most", "ian", "ese"}

// nounLike reports whether a word looks like a noun. Of others only those whose
// plural the texts have are: uprisings.
func (x *extraction) nounLike(word string) bool {
	if lemma := x.lemma(word); lemma != word || x.small[word+"s"] > 0 {
		return true
	}
	for _, end := range notNouns {
		if len(word) > len(end)+2 && strings.HasSuffix(word, end) {
			return false
		}
	}
	return true
}

// beforeNouns are words that stand before nouns.
var beforeNouns = wordSet(`a an the his her its their our my your this that these those some any no of for against by in from
	with without into on at under over between about as and or`)

// nounHere reports whether the words around show a noun: an article before or
// another word of its phrase, nothing that could be its noun behind, or a plural.
func (x *extraction) nounHere(line []exWord, first, last int) bool {
	if x.rtl {
		return true
	}
	plural := x.lemma(line[last].key) != line[last].key
	if plural && first < last {
		return true
	}
	opens := first == 0 || plural && x.words.stop[line[first-1].key]
	if first > 0 {
		before := line[first-1]
		opens = opens || line[first].before == "" && (beforeNouns[before.key] || before.full > before.to ||
			before.key == "to" && first < last || first == last && !x.stop(before))
	}
	return opens && (last+1 == len(line) || line[last+1].before != "" || x.words.stop[line[last+1].key] || line[last].full > line[last].to)
}

// quotes notes up to four words in quotation marks: a text that marks an
// expression uses it as a term.
func (x *extraction) quotes(i int) {
	line, source := x.lines[i], x.segments[i].Source
	for first := range line {
		if !strings.ContainsAny(line[first].before, "“\"«") || x.stop(line[first]) {
			continue
		}
		for last := first; last < len(line) && last < first+longestPhrase && (last == first || line[last].before == ""); last++ {
			behind := strings.TrimLeft(source[line[last].full:], ".,;:!?")
			closed := strings.HasPrefix(behind, "”") || strings.HasPrefix(behind, "\"") || strings.HasPrefix(behind, "»")
			if closed && !x.stop(line[last]) && x.phraseLike(line, first, last) {
				x.add(x.keyOf(i, first, last), x.place(i, first, last)).quoted++
			}
		}
	}
}

// lemma is a word without its plural, as far as extraction needs it.
func (x *extraction) lemma(word string) string {
	if x.rtl {
		return x.persianLemma(word)
	}
	return englishLemma(word)
}

func englishLemma(word string) string {
	for _, end := range irregularEnds {
		if stem, ok := strings.CutSuffix(word, end.many); ok {
			return stem + end.one
		}
	}
	switch {
	case len(word) < 4 || strings.HasSuffix(word, "ss") || strings.HasSuffix(word, "us") || strings.HasSuffix(word, "is"):
		return word
	case strings.HasSuffix(word, "ies") && len(word) > 4:
		return word[:len(word)-3] + "y"
	case strings.HasSuffix(word, "sses"), strings.HasSuffix(word, "shes"), strings.HasSuffix(word, "ches"), strings.HasSuffix(word, "xes"):
		return word[:len(word)-2]
	case strings.HasSuffix(word, "s"):
		return word[:len(word)-1]
	}
	return word
}
