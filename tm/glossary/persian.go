package glossary

import (
	_ "embed"
	"slices"
	"strings"
	"unicode/utf8"

	"tarjoman/tm"
)

// Persian (C5–C10): a word, then a plural, then one ending.
var persian = &grammar{
	cased:   true, // for Latin words inside Persian terms
	hyphens: true, // کووید-۱۹
	joiner:  true,
	last:    func(word []cell, t traits) *endings { return faLast[kindOf(word, t)] },
	head:    func(word []cell, t traits) *endings { return faHead[kindOf(word, t)] },
	swap:    'ه',
	swapped: func(t traits) *endings { return faGan.unless(t.name) },

	variants: singular,
	other:    wordSet(otherWords),
	join:     joinPersian,
}

//go:embed data/fa-other-words.txt
var otherWords string

//go:embed data/fa-sounded-heh.txt
var soundedHehWords string

var soundedHeh = strings.Fields(withoutComments(soundedHehWords))

// wordSet reads a word list: white space between words, # begins a comment.
func wordSet(list string) map[string]bool {
	set := map[string]bool{}
	for word := range strings.FieldsSeq(withoutComments(list)) {
		set[strings.ReplaceAll(word, string(zwnj), "")] = true
	}
	return set
}

func withoutComments(list string) string {
	var b strings.Builder
	for line := range strings.Lines(list) {
		before, _, _ := strings.Cut(line, "#")
		b.WriteString(before + "\n")
	}
	return b.String()
}

// singular returns the singular of a permitted term listed in the plural: where
// English has a plural, Persian may have none (two masks, «دو ماسک»).
func singular(term tm.Term, t traits) []string {
	stem, ok := strings.CutSuffix(term.Text, "ها")
	word := strings.TrimRight(stem, " \u200c")
	if !ok || word == stem || t.name || term.Status == tm.ForbiddenTerm || strings.Contains(word, " ") || utf8.RuneCountInString(word) < 3 {
		return nil
	}
	return []string{word}
}

// stem is how a Persian word ends, which decides its endings (C7).
type stem uint8

const (
	consonant  stem = iota
	sounded         // دادگاه
	silentHeh       // خانه
	vowel           // ا
	vav             // و, which may be a vowel or not: دانشجو, پیرو
	yeh             // زندانی
	foreign         // Latin letters, digits: PCR, اشرف ۳
	stemsCount = iota
)

// size counts the letters of a word as far as it matters (C9).
type size uint8

const (
	tiny  size = iota // up to two letters
	short             // three: no joined ending either, but for ست
	long
	sizesCount = iota
)

// kind is everything that decides the endings of a Persian word.
type kind struct {
	stem stem
	size size
	traits
}

func kindOf(word []cell, t traits) kind {
	n := 0
	for _, c := range word {
		if c.letter() {
			n++
		}
	}
	return kind{stem: stemOf(word), size: min(size(max(n-2, 0)), long), traits: t}
}

func stemOf(word []cell) stem {
	if len(word) == 0 {
		return foreign
	}
	switch r := word[len(word)-1].r; {
	case r < 0x0600:
		return foreign
	case r == 'ا', r == 'آ':
		return vowel
	case r == 'و':
		return vav
	case r == 'ی':
		return yeh
	case r == 'ه' && isSounded(word):
		return sounded
	case r == 'ه':
		return silentHeh
	}
	return consonant
}

// isSounded reports whether the final heh of a word is a consonant, as in دادگاه
// and فرمانده: always after alef, else by list.
func isSounded(word []cell) bool {
	if len(word) > 1 && word[len(word)-2].r == 'ا' {
		return true
	}
	text := letters(word)
	return slices.ContainsFunc(soundedHeh, func(w string) bool {
		end, compounds := strings.CutPrefix(w, "-")
		return text == end || compounds && strings.HasSuffix(text, end)
	})
}

// letters writes cells without ZWNJ and spaces.
func letters(list []cell) string {
	var b strings.Builder
	for _, c := range list {
		if c.r != zwnj && c.r != ' ' {
			b.WriteRune(c.r)
		}
	}
	return b.String()
}

// joinPersian writes an ending after a word in the usual spelling: ZWNJ where
// letters would join, nothing after a letter that does not join.
func joinPersian(word, ending string) string {
	if strings.HasSuffix(word, "هٔ") || strings.HasSuffix(word, "ۀ") {
		word = strings.TrimSuffix(strings.TrimSuffix(word, "هٔ"), "ۀ") + "ه"
	}
	join := string(zwnj)
	if r, _ := utf8.DecodeLastRuneInString(word); separate(r) {
		join = ""
	}
	first := strings.NewReplacer(string(anyway), join, string(apart), string(zwnj))
	rest := strings.NewReplacer(string(anyway), "", string(apart), string(zwnj))
	head, tail := cutAfterJoint(ending)
	return word + first.Replace(head) + rest.Replace(tail)
}

// separate reports whether a letter does not join the next one.
func separate(r rune) bool { return strings.ContainsRune("اآدذرزژو", r) }

// apartEnding reports whether a text begins with an ending that many write
// apart, as a word of its own (A8): ها, هایشان, ترین.
func apartEnding(list []cell) bool {
	return apartPlural(list) || apartIn(list, "تر") || apartIn(list, "ترین")
}

func apartPlural(list []cell) bool {
	for _, tail := range pluralTails {
		if apartIn(list, tail) {
			return true
		}
	}
	return false
}

var pluralTails = []string{"ها", "های", "هایی", "هایم", "هایت", "هایش", "هایمان", "هایتان", "هایشان"}

// apartIn reports whether a text begins with the word.
func apartIn(list []cell, word string) bool {
	n := 0
	for _, r := range word {
		if n == len(list) || list[n].r != r {
			return false
		}
		n++
	}
	return n == len(list) || !list[n].word()
}

// cutAfterJoint splits an ending behind the joint it begins with, if any.
func cutAfterJoint(ending string) (head, tail string) {
	if strings.HasPrefix(ending, string(anyway)) || strings.HasPrefix(ending, string(apart)) {
		return ending[:1], ending[1:]
	}
	return "", ending
}
