package glossary

import (
	"strings"

	"golang.org/x/text/language"

	"tarjoman/tm/lang"
)

// PersianNameKey returns the key under which spellings of a Persian name are the
// same (F3): letters folded (A2–A4), without ZWNJ, spaces and marks, without the
// ezafe after heh (A5), and with what is one to every reader: «عبدالله» and
// «عبداله», «زهراء» and «زهرا», «داوود» and «داود», «رئوف» and «رؤوف», «رحمن» and
// «رحمان», آ inside a word. Homophone letters stay apart; see [HomophoneKey].
func PersianNameKey(name string) string {
	return joinNameWords(persianNameWords(name))
}

// joinNameWords joins folded words and folds what may stand across them.
func joinNameWords(words []string) string {
	key := strings.Join(words, "")
	first, rest, ok := cutFirst(key)
	if !ok {
		return key
	}
	return first + strings.ReplaceAll(strings.ReplaceAll(rest, "آ", "ا"), "الله", "اله")
}

// HomophoneKey is [PersianNameKey] with one letter for each sound: «تهران» and
// «طهران». Names that share only this key may be one; only people can tell.
func HomophoneKey(name string) string { return homophones.Replace(PersianNameKey(name)) }

var homophones = strings.NewReplacer("ط", "ت", "ص", "س", "ث", "س", "ذ", "ز", "ض", "ز", "ظ", "ز", "غ", "ق", "ح", "ه", "آ", "ا", "ع", "ا")

// beforeFold rewrites what folding would lose: the old ة of «آیةالله» is a ت.
var beforeFold = strings.NewReplacer("ةال", "تال", "ة ال", "تال", "ة\u200cال", "تال", "ئو", "ؤو", "ئوو", "ؤو")

// persianNameWords cuts a name into folded words. A word does not end at a ZWNJ.
func persianNameWords(name string) []string {
	folded := lang.For(language.Persian).FoldString(beforeFold.Replace(name))
	var words []string
	for _, word := range strings.FieldsFunc(folded, nameBreak) {
		if word == "ی" && len(words) > 0 && strings.HasSuffix(words[len(words)-1], "ه") {
			continue
		}
		if word = persianNameWord(word); word != "" {
			words = append(words, word)
		}
	}
	return words
}

// nameBreak reports whether r ends a word of a folded name: spaces and marks,
// except ZWNJ, apostrophes and full stops.
func nameBreak(r rune) bool { return strings.ContainsRune(" \t\n-_,;:\"()[]/", r) }

// oldSpellings are names written without their alef as in the Quran, or with an
// alef for the yeh that is read so.
var oldSpellings = map[string]string{
	"رحمن": "رحمان", "الرحمن": "الرحمان", "عبدالرحمن": "عبدالرحمان", "اسمعیل": "اسماعیل", "اسحق": "اسحاق", "ابرهیم": "ابراهیم", "هرون": "هارون", "سلیمن": "سلیمان", "لقمن": "لقمان",
	"موسا": "موسی", "عیسا": "عیسی", "مصطفا": "مصطفی", "مرتضا": "مرتضی", "مجتبا": "مجتبی", "یحیا": "یحیی", "کبرا": "کبری", "هدا": "هدی",
}

// persianNameWord folds one word further.
func persianNameWord(word string) string {
	if stem, ok := strings.CutSuffix(word, "ه\u200cی"); ok {
		word = stem + "ه"
	}
	word = strings.ReplaceAll(strings.Map(nameLetter, word), "وو", "و")
	if stem, ok := strings.CutSuffix(word, "اء"); ok {
		word = stem + "ا"
	}
	if usual := oldSpellings[word]; usual != "" {
		return usual
	}
	return word
}

// nameLetter drops what does not count inside a word.
func nameLetter(r rune) rune {
	if r == zwnj || r == '\'' || r == '.' {
		return -1
	}
	return r
}

// cutFirst cuts the first letter off.
func cutFirst(word string) (first, rest string, ok bool) {
	for i := range word {
		if i > 0 {
			return word[:i], word[i:], true
		}
	}
	return "", "", false
}
