package glossary

import (
	"strings"
	"unicode"
	"unicode/utf8"

	"tarjoman/tm"
)

// Words that tell what a name names.
var (
	orgWords = wordSet(`organization organisation party court ministry committee council university guards corps union agency
		bank front association federation foundation institute commission parliament congress army police office bureau
		government resistance movement coalition company group league society network academy authority department board
		forces force administration center centre channel`)
	placeWords = wordSet(`prison province city street square river sea mountain island islands airport valley square camp county
		district lake desert gulf strait bridge hospital village`)
	monthWords    = wordSet("january february march april may june july august september october november december")
	calendarWords = wordSet(`january february march april may june july august september october november december
		monday tuesday wednesday thursday friday saturday sunday i`)
	speechWords = wordSet(`said says told added wrote spoke tweeted testified insisted emphasized warned argued noted declared
		claimed asked replied denied`)
	placeBefore = wordSet("in at from near to outside inside across throughout around")

	persianOrgs = foldedSet(`سازمان وزارت دادگاه حزب شورا شورای کمیته بنیاد مجلس ارتش سپاه نیروی نیروهای اتحادیه دانشگاه شرکت
		بانک مرکز انجمن جبهه جنبش دولت پلیس دادستانی دادسرای خبرگزاری روزنامه کمیسیون هیئت`)
	persianPlaces = foldedSet("شهر استان زندان خیابان روستای کشور میدان رود دریای کوه جزیره فرودگاه اردوگاه شهرستان بیمارستان")
	persianTitles = foldedSet(`آقای خانم دکتر مهندس آیت‌الله حجت‌الاسلام سردار سرتیپ سرلشکر سرهنگ ژنرال دریادار شیخ ملا حاج حاجی
		سید پروفسور رئیس‌جمهور نخست‌وزیر سرکار جناب سناتور شاهزاده ملکه پادشاه`)
)

// evidence counts what the words in and around a name tell about its kind.
func (x *extraction) evidence(c *candidate, i, first, last int, titled bool) {
	line := x.lines[i]
	switch {
	case titled:
		c.votes[tm.Person] += 2
	case line[last].number && monthWords[line[first].key]:
		c.votes[tm.Date] += 2
	}
	for _, w := range line[first : last+1] {
		if orgWords[w.key] && first < last {
			c.votes[tm.Organization] += 2
		}
		if placeWords[w.key] && first < last {
			c.votes[tm.Place]++
		}
	}
	if last+1 < len(line) && speechWords[line[last+1].key] {
		c.votes[tm.Person]++
	}
	if first > 0 && placeBefore[line[first-1].key] && line[first].before == "" {
		c.votes[tm.Place]++
	}
}

// kind is what most evidence speaks for, if it is enough.
func (c *candidate) kind() tm.TermType {
	best, most, all := tm.PlainTerm, 0, 0
	for _, t := range []tm.TermType{tm.Organization, tm.Person, tm.Place, tm.Title, tm.Date} {
		all += c.votes[t]
		if c.votes[t] > most {
			best, most = t, c.votes[t]
		}
	}
	if most < 2 && best != tm.Title || most*2 <= all || best == tm.Place && most*3 < len(c.places) {
		return tm.PlainTerm
	}
	return best
}

// acronyms notes the words in capitals of a segment and what they stand for
// where the text says so: «Long Form (LF)».
func (x *extraction) acronyms(i int) {
	line := x.lines[i]
	for k, w := range line {
		if !w.upper || utf8.RuneCountInString(w.text) > 12 || x.headlineWord(i, k) {
			continue
		}
		c := x.add(w.key, x.place(i, k, k))
		c.name = true
		if k > 0 && strings.HasSuffix(w.before, "(") {
			x.longForm(c, i, k)
		}
	}
}

// headlineWord reports whether a word in capitals is one of a text all in
// capitals.
func (x *extraction) headlineWord(i, k int) bool {
	line := x.lines[i]
	return k > 0 && line[k-1].upper && len(line[k-1].text) > 4 || k+1 < len(line) && line[k+1].upper && len(line[k+1].text) > 4
}

// longForm finds what the acronym at k, in brackets, stands for among the words
// before it (Schwartz and Hearst): the shortest run that has its letters in
// order, the first one at the beginning of a word.
func (x *extraction) longForm(c *candidate, i, k int) {
	line, source := x.lines[i], x.segments[i].Source
	for part := range strings.SplitSeq(line[k].text, "/") {
		letters := []rune(strings.ToLower(strings.Map(onlyLetters, part)))
		for first := k - 1; first >= 0 && first >= k-min(len(letters)+5, 2*len(letters)); first-- {
			if first+1 < k && line[first+1].before != "" {
				break
			}
			if beginsWith(line[first].key, letters) && spells(line[first:k], letters) && !x.words.stop[line[first].key] {
				c.long = source[line[first].from:line[k-1].to]
				x.longName(i, first, k-1)
				return
			}
		}
	}
}

func onlyLetters(r rune) rune {
	if unicode.IsLetter(r) {
		return r
	}
	return -1
}

func beginsWith(word string, letters []rune) bool {
	r, _ := utf8.DecodeRuneInString(word)
	return len(letters) > 1 && r == letters[0]
}

// spells reports whether the letters stand in the words in order, from the last
// to the first, all words of more than three letters having one at least.
func spells(words []exWord, letters []rune) bool {
	n := len(letters) - 1
	for k := len(words) - 1; k >= 0 && n >= 0; k-- {
		key := []rune(words[k].key)
		used := false
		for j := len(key) - 1; j >= 0 && n >= 0; j-- {
			begins := j == 0 || key[j-1] == ' '
			if key[j] == letters[n] && (begins || n > 0 && !hasInitial(key[:j], letters[n])) {
				n--
				used = true
			}
		}
		if !used && len(key) > 3 && k > 0 {
			return false
		}
	}
	return n < 0
}

// hasInitial reports whether a word in the letters begins with r, which is then
// a better place for it.
func hasInitial(key []rune, r rune) bool { return len(key) > 0 && key[0] == r }

// longName notes what an acronym stands for as a candidate.
func (x *extraction) longName(i, first, last int) {
	c := x.add(x.keyOf(i, first, last), x.place(i, first, last))
	c.nouns++
	for _, w := range x.lines[i][first : last+1] {
		c.name = c.name || w.capital
		if orgWords[w.key] {
			c.votes[tm.Organization] += 2
		}
	}
}
