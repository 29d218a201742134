package glossary

import "strings"

// The endings of C7, C8 and C10 by kind of word.
var (
	faLast = map[kind]*endings{}
	faHead = map[kind]*endings{}
	faGan  = newEndings(withObject(afterPlural(ending{text: "گان", plural: true})))
)

// vowelPlural is the plural that takes the place of the ezafe of a first word in
// alef or vav, which has at least minVowelHead letters without it (not «رای»);
// vavPlural that of a long one in vav (بانوان).
var (
	vowelPlural = newEndings(placeOfEzafe)
	vavPlural   = newEndings(append(placeOfEzafe[:2:2], ending{text: "ان", plural: true}))

	placeOfEzafe = []ending{{text: "_ها", plural: true}, {text: "_های", plural: true, tail: ezafe}}
)

const minVowelHead = 3

func init() {
	for s := range stem(stemsCount) {
		for n := range size(sizesCount) {
			for _, t := range []traits{{}, {name: true}, {adj: true}, {name: true, adj: true}} {
				k := kind{s, n, t}
				faLast[k] = newEndings(lastEndings(k))
				faHead[k] = newEndings(headEndings(k))
			}
		}
	}
}

// lastEndings is the table of C7 and C8 for one kind of word: plurals, each
// with its own endings, then the endings of the bare word; every one of them
// may carry the attached «‌را».
func lastEndings(k kind) []ending {
	list := []ending{{}}
	list = append(list, afterHa(k)...)
	if !k.name {
		for _, text := range joinedPlurals(k) {
			list = append(list, afterPlural(ending{text: text, plural: true})...)
		}
	}
	list = append(list, bareTails(k)...)
	if k.adj {
		list = append(list, degrees...)
	}
	return withObject(list)[1:]
}

// withObject adds every ending with the attached «‌را».
func withObject(list []ending) []ending {
	for _, e := range list {
		e.text += string(zwnj) + "را"
		e.object = true
		list = append(list, e)
	}
	return list
}

// degrees are the endings of adjectives.
var degrees = []ending{
	{text: "_تر", tail: comparative}, {text: "_تری", tail: comparative},
	{text: "_تر_ها", plural: true, tail: comparative}, {text: "_تر_های", plural: true, tail: comparative},
	{text: "_ترین", tail: superlative},
	{text: "_ترین_ها", plural: true, tail: superlative}, {text: "_ترین_های", plural: true, tail: superlative},
}

// joinedPlurals lists the plurals a word takes besides ها. Heh is not here: it
// turns into گ (see faGan).
func joinedPlurals(k kind) []string {
	switch {
	case k.stem == yeh:
		return []string{"ان"}
	case (k.stem == consonant || k.stem == sounded) && k.size == long:
		return []string{"ان", "ات", "ین"}
	case k.stem == vav && k.size == long: // دانشجویان, but پیروان
		return []string{"یان", "ان"}
	case k.stem == vowel, k.stem == vav: // آقایان; پایان is a listed word
		return []string{"یان"}
	}
	return nil
}

// pluralPart returns the joined plural an ending begins with.
func pluralPart(ending string) string {
	for _, plural := range []string{"ان", "ات", "یان", "ین"} {
		if strings.HasPrefix(ending, plural) {
			return plural
		}
	}
	return ""
}

func afterHa(k kind) []ending {
	ha := ending{text: "_ها", plural: true}
	list := []ending{ha, ha.with("ی", ezafe)}
	if k.name {
		return list
	}
	return append(list, ha.with("یی", indefinite), ha.with("یم", my), ha.with("یت", your), ha.with("یش", his),
		ha.with("ی_مان", our), ha.with("ی_تان", yours), ha.with("ی_شان", their), ha.with("ست", isIt))
}

// afterPlural is what follows ان, یان, گان and ات.
func afterPlural(p ending) []ending {
	list := []ending{p, p.with("ی", indefinite), p.with("م", my), p.with("ت", your), p.with("ش", his),
		p.with("_مان", our), p.with("_تان", yours), p.with("_شان", their)}
	return append(list, p.all("\u200c", enclitics)...)
}

func (e ending) with(text string, t tail) ending {
	e.text += text
	e.tail = t
	return e
}

// all adds every ending of a list with the same joint before it.
func (e ending) all(joint string, tails []ending) []ending {
	var list []ending
	for _, t := range tails {
		list = append(list, e.with(joint+t.text, t.tail))
	}
	return list
}

var (
	singulars  = []ending{{text: "ام", tail: my}, {text: "ات", tail: your}, {text: "اش", tail: his}}
	copulas    = []ending{{text: "ایم", tail: weAre}, {text: "اید", tail: youAre}, {text: "اند", tail: theyAre}}
	enclitics  = append(singulars[:3:3], copulas...)
	possessors = []ending{{text: "مان", tail: our}, {text: "تان", tail: yours}, {text: "شان", tail: their}}
	joinedOwn  = []ending{{text: "م", tail: my}, {text: "ت", tail: your}, {text: "ش", tail: his}}
)

// bareTails are the endings of a word without plural.
func bareTails(k kind) []ending {
	if k.name {
		return nameTails(k)
	}
	var none ending
	switch k.stem {
	case consonant:
		return consonantTails(k)
	case sounded: // many write its ezafe like that of a silent one
		return append(consonantTails(k), hehTails()...)
	case silentHeh:
		return hehTails()
	case vowel, vav:
		return vowelTails(k)
	case yeh:
		list := append(none.all("\u200c", enclitics), none.with("\u200cای", indefinite), none.with("\u200cست", isIt))
		return append(list, none.all("_", possessors)...)
	}
	return append(none.all("\u200c", enclitics), none.all("\u200c", possessors)...)
}

func consonantTails(k kind) []ending {
	var none ending
	list := []ending{none.with("ی", indefinite)}
	if k.size == long {
		list = append(list, joinedOwn...)
	}
	list = append(list, none.all("_", possessors)...)
	return append(append(list, none.all("\u200c", enclitics)...), none.with("\u200cای", indefinite))
}

func hehTails() []ending {
	var none ending
	list := []ending{none.with("~ی", ezafe), none.with("~ای", indefinite)}
	list = append(list, none.all("~", singulars)...)
	list = append(list, none.all("_", possessors)...)
	return append(list, none.all("\u200c", copulas)...)
}

func vowelTails(k kind) []ending {
	var none ending
	list := []ending{none.with("ی", ezafe), none.with("یی", indefinite)}
	list = append(list, none.all("ی", joinedOwn)...)
	list = append(list, none.all("ی_", possessors)...)
	list = append(list, none.all("_", possessors)...)
	if k.size > tiny { // دعاست, but not ماست
		list = append(list, none.with("یند", theyAre), none.with("ست", isIt))
	}
	if k.size == long {
		list = append(list, joinedOwn...)
	}
	return list
}

// nameTails are the endings of names: ezafe, and enclitics after ZWNJ. Not ای:
// «خامنه‌ای» comes from the place خامنه but is another name (C8).
func nameTails(k kind) []ending {
	var none ending
	list := append(none.all("\u200c", enclitics), none.all("\u200c", possessors)...)
	switch k.stem {
	case vowel, vav:
		list = append(list, none.with("ی", ezafe))
		if k.size > tiny { // آمریکاست
			list = append(list, none.with("ست", isIt))
		}
	case silentHeh, sounded:
		list = append(list, none.with("~ی", ezafe))
	case yeh:
		list = append(list, none.with("\u200cست", isIt))
	}
	return list
}

// headEndings are what the first word of a longer term may take inside it
// (C10): plural and ezafe, and for common nouns the indefinite (قیامی سراسری,
// زندانیانی سیاسی).
func headEndings(k kind) []ending {
	ha := ending{text: "_ها", plural: true}
	list := []ending{ha, ha.with("ی", ezafe)}
	var none ending
	switch k.stem {
	case silentHeh, sounded:
		list = append(list, none.with("~ی", ezafe))
	case vowel, vav:
		list = append(list, none.with("ی", ezafe))
	}
	if k.name {
		return list
	}
	list = append(list, ha.with("یی", indefinite))
	for _, text := range joinedPlurals(k) {
		p := ending{text: text, plural: true}
		list = append(list, p, p.with("ی", indefinite))
	}
	switch k.stem {
	case consonant, sounded:
		return append(list, none.with("ی", indefinite))
	case silentHeh:
		return append(list, none.with("~ای", indefinite))
	case vowel, vav:
		return append(list, none.with("یی", indefinite))
	case yeh:
		return append(list, none.with("\u200cای", indefinite))
	}
	return list
}
