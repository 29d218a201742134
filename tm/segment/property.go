package segment

import (
	"strings"
	"unicode"
)

// The shorthands of ICU, which are Unicode sets: Go's own \w \d \s are ASCII,
// and with them no Persian letter would be a letter.
var (
	spaceSet    = tableSet(unicode.Z).union(runeSet{{'\t', '\r'}, {0x85, 0x85}})
	blankSet    = tableSet(unicode.Zs).union(setOf('\t'))
	verticalSet = runeSet{{'\n', '\r'}, {0x85, 0x85}, {0x2028, 0x2029}}
	digitSet    = tableSet(unicode.Nd)
	wordSet     = tableSet(unicode.L, unicode.M, unicode.Nd, unicode.Nl, unicode.Pc).union(setOf(0x200C, 0x200D))
)

// shorthand returns the set of \s \S \h … and whether the letter is one.
func shorthand(letter rune) (runeSet, bool) {
	sets := map[rune]runeSet{'s': spaceSet, 'h': blankSet, 'v': verticalSet, 'd': digitSet, 'w': wordSet}
	if s, ok := sets[letter]; ok {
		return s, true
	}
	if s, ok := sets[unicode.ToLower(letter)]; ok {
		return s.negate(), true
	}
	return nil, false
}

// longNames are the names of ICU and Java that are neither a category, script
// nor property of package unicode by the same name.
var longNames = map[string]*unicode.RangeTable{
	"letter": unicode.L, "uppercaseletter": unicode.Lu, "lowercaseletter": unicode.Ll, "titlecaseletter": unicode.Lt,
	"modifierletter": unicode.Lm, "otherletter": unicode.Lo, "mark": unicode.M, "nonspacingmark": unicode.Mn,
	"number": unicode.N, "decimalnumber": unicode.Nd, "digit": unicode.Nd, "punctuation": unicode.P, "punct": unicode.P,
	"symbol": unicode.S, "separator": unicode.Z, "spaceseparator": unicode.Zs, "other": unicode.C, "control": unicode.Cc,
	"openpunctuation": unicode.Ps, "closepunctuation": unicode.Pe, "initialpunctuation": unicode.Pi,
	"finalpunctuation": unicode.Pf, "dashpunctuation": unicode.Pd,
	"alpha": unicode.L, "alphabetic": unicode.L, "upper": unicode.Lu, "uppercase": unicode.Lu,
	"lower": unicode.Ll, "lowercase": unicode.Ll, "javauppercase": unicode.Lu, "javalowercase": unicode.Ll,
	"space": unicode.White_Space, "whitespace": unicode.White_Space,
}

// derived are the properties made from several tables.
var derived = map[string]runeSet{
	"alnum": tableSet(unicode.L, unicode.M, unicode.Nd),
	"blank": blankSet,
	"any":   everything,
	"ascii": {{0, 0x7F}},
	"word":  wordSet,
}

// blocks are the Unicode blocks rule files ask for by \p{InX}.
var blocks = map[string]runeSet{
	"basiclatin": {{0, 0x7F}}, "latin1supplement": {{0x80, 0xFF}}, "greek": {{0x370, 0x3FF}},
	"greekandcoptic": {{0x370, 0x3FF}}, "cyrillic": {{0x400, 0x4FF}}, "armenian": {{0x530, 0x58F}},
	"hebrew": {{0x590, 0x5FF}}, "arabic": {{0x600, 0x6FF}}, "arabicsupplement": {{0x750, 0x77F}},
	"devanagari": {{0x900, 0x97F}}, "thai": {{0xE00, 0xE7F}}, "hiragana": {{0x3040, 0x309F}},
	"katakana": {{0x30A0, 0x30FF}}, "cjkunifiedideographs": {{0x4E00, 0x9FFF}},
	"generalpunctuation": {{0x2000, 0x206F}}, "cjksymbolsandpunctuation": {{0x3000, 0x303F}},
}

// property returns the set of \p{name} in any of the spellings of ICU and Java:
// Lu, Uppercase_Letter, IsArabic, script=Arabic, gc=Lu, InArabic.
func property(name string) (runeSet, bool) {
	kind, value, ok := strings.Cut(name, "=")
	if !ok {
		kind, value = "", name
	}
	if s, ok := propertyOf(squash(kind), value); ok {
		return s, true
	}
	if rest, ok := strings.CutPrefix(value, "Is"); ok && kind == "" {
		return propertyOf("", rest)
	}
	if rest, ok := strings.CutPrefix(value, "In"); ok && kind == "" {
		return propertyOf("block", rest)
	}
	return nil, false
}

func propertyOf(kind, value string) (runeSet, bool) {
	key := squash(value)
	if kind == "block" || kind == "blk" {
		s, ok := blocks[key]
		return s, ok
	}
	if s, ok := derived[key]; ok {
		return s, true
	}
	if t := longNames[key]; t != nil {
		return tableSet(t), true
	}
	for _, tables := range []map[string]*unicode.RangeTable{unicode.Categories, unicode.Scripts, unicode.Properties} {
		for n, t := range tables {
			if squash(n) == key {
				return tableSet(t), true
			}
		}
	}
	return nil, false
}

// squash removes what Unicode ignores in names: case, spaces, - and _.
func squash(name string) string {
	return strings.ToLower(strings.NewReplacer("_", "", "-", "", " ", "").Replace(name))
}
