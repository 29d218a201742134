package glossary

import (
	"slices"
	"strings"
	"unicode"

	"golang.org/x/text/unicode/norm"
)

// A sound is one unit of a Latin spelling (F1). Consonants are small letters,
// with x for kh, q for gh and q, c for ch, w for sh, j for j, zh and dj, y for y
// as a consonant; anything unknown stands for itself. Vowels are the constants
// below.
type sound = rune

// The vowels, by how sure the spelling is about them: ee is long and never an a,
// e may be a short a. F1 has three classes; Karim and Karam would be one name
// with them.
const (
	soundA  sound = 'A' // a, aa
	soundE  sound = 'E' // e
	soundI  sound = 'I' // i, ee, y
	soundO  sound = 'O' // o, u
	soundU  sound = 'U' // oo, ou, ow: long for certain
	soundEi sound = 'D' // ei, ey
	soundAi sound = 'H' // ai, ay, ae, aei
)

func vowelSound(s sound) bool { return 'A' <= s && s <= 'Z' }

// latinPlain writes letters outside ASCII whose plain letter would say something
// else.
var latinPlain = strings.NewReplacer("š", "sh", "ş", "sh", "ș", "sh", "č", "ch", "ç", "ch", "ć", "ch", "ž", "zh",
	"ğ", "gh", "ġ", "gh", "ḡ", "gh", "ḵ", "kh", "ẖ", "kh", "ḫ", "kh", "ə", "e", "ı", "i", "ø", "o", "æ", "ae", "ß", "ss",
	"đ", "d", "ð", "d", "ł", "l", "ū", "ou", "œ", "oe")

// latinTokens cuts a name into words of plain small letters and digits. An
// apostrophe is nothing; space, hyphen and any other mark cut.
func latinTokens(name string) []string {
	name = latinPlain.Replace(strings.ToLower(norm.NFC.String(name)))
	var tokens []string
	var word strings.Builder
	flush := func() {
		if word.Len() > 0 {
			tokens = append(tokens, word.String())
			word.Reset()
		}
	}
	for _, r := range norm.NFD.String(name) {
		switch {
		case unicode.Is(unicode.Mn, r) || apostrophe(r) || unicode.Is(unicode.Cf, r):
		case unicode.IsLetter(r) || unicode.IsDigit(r):
			word.WriteRune(r)
		default:
			flush()
		}
	}
	flush()
	return tokens
}

// apostrophe reports whether r is an apostrophe or a sign for ʿayn or hamza.
func apostrophe(r rune) bool { return strings.ContainsRune("'’‘`´ʼʻʾʿˈ′‛", r) }

// A latinName is a Latin spelling prepared for comparing.
type latinName struct {
	tokens []string  // words as the rules compare them
	sounds [][]sound // of every token
	long   bool      // too long to compare
}

func newLatinName(name string) latinName {
	n := latinName{tokens: mendParticles(latinTokens(name)), long: len(name) > maxName}
	for _, t := range n.tokens {
		n.sounds = append(n.sounds, sounds(t))
	}
	return n
}

// key tells spellings apart that are the same to every rule.
func (n latinName) key() string { return strings.Join(n.tokens, " ") }

// skeleton is the consonants of the name as far as all spellings share them,
// however its words are joined: letters that h may change count as without it,
// h, y and the vowels not at all.
func (n latinName) skeleton() string {
	var out []rune
	for _, word := range n.sounds {
		for _, s := range word {
			out = addSkeleton(out, s)
		}
	}
	return string(out)
}

var skeletons = map[sound]sound{'w': 's', 'q': 'g', 'x': 'k', 'c': 'k', 'j': 'z', 'f': 'p'}

func addSkeleton(out []rune, s sound) []rune {
	if vowelSound(s) || s == 'h' || s == 'y' {
		return out
	}
	n := len(out)
	if n > 0 && (s == 'j' && out[n-1] == 'd' || s == 'c' && out[n-1] == 't') {
		out = out[:n-1] // dj and tch across two words
	}
	if plain := skeletons[s]; plain != 0 {
		s = plain
	}
	if n = len(out); n > 0 && out[n-1] == s && !unicode.IsDigit(s) {
		return out
	}
	return append(out, s)
}

var articles = []string{"al", "el", "ol", "ul", "ad", "ud", "od", "ed", "as", "ar", "an", "ash"}

// mendParticles rewrites the small words of Arabic and Persian names: the
// article after a first word is dropped (Bashar al-Assad) or joined to Abd and
// Abu (Abd al-Karim, Abdolkarim), the ezafe between words is dropped
// (Mojahedin-e Khalq).
func mendParticles(tokens []string) []string {
	var out []string
	for i, t := range tokens {
		inner := len(out) > 0 && i+1 < len(tokens)
		switch {
		case len(out) > 0 && (t == "e" || t == "ye") || inner && (t == "i" || t == "yi"):
			continue
		case inner && slices.Contains(articles, t) && (len(t) == 2 && t[1] == 'l' || tokens[i+1] == "din" || tokens[i+1] == "deen"):
			if last := out[len(out)-1]; slices.Contains([]string{"abd", "abu", "abo", "abou"}, last) {
				out[len(out)-1] = last[:min(len(last), 3)] + "ol"
				if last != "abd" {
					out[len(out)-1] = "abol"
				}
			} else if tokens[i+1] == "din" || tokens[i+1] == "deen" {
				out[len(out)-1] = last + "od"
			}
			continue
		case inner && t == "ibn":
			t = "bin"
		}
		out = append(out, t)
	}
	return out
}

// mendWord rewrites the parts of words that are spelled in every way: -ollah,
// -ullah, -allah; Abdol-, Abdul-, Abdel-; -eddin, -uddin; Tayyebi, Tayebi;
// Rezaian, Rezaiyan, Rezayan.
func mendWord(word string) string {
	word = glides.Replace(word)
	for _, end := range []string{"oullah", "ullah", "allah"} {
		if i := strings.Index(word, end); i > 0 {
			word = word[:i] + "ollah" + word[i+len(end):]
		}
	}
	for _, end := range []string{"ulla", "alla"} {
		if stem, ok := strings.CutSuffix(word, end); ok && stem != "" {
			word = stem + "olla"
		}
	}
	for _, start := range []string{"abdoul", "abdul", "abdel", "abdal", "aboul", "abul"} {
		if rest, ok := strings.CutPrefix(word, start); ok && rest != "" {
			word = strings.TrimRight(start, "aeoul") + "ol" + rest
		}
	}
	return mendDin(word)
}

// glides writes the y between two vowels.
var glides = strings.NewReplacer("ayye", "aye", "aiya", "aya", "aia", "aya", "eiya", "eya", "eia", "eya", "aiyo", "ayo", "aio", "ayo")

// mendDin writes -oddin for -eddin, -uddin, -adin …
func mendDin(word string) string {
	stem := word
	for _, end := range []string{"din", "deen", "dine"} {
		if s, ok := strings.CutSuffix(word, end); ok {
			stem = s
		}
	}
	if stem == word {
		return word
	}
	doubled := strings.TrimSuffix(stem, "d")
	before := strings.TrimRight(doubled, "aeou")
	if len(before) < 3 || before == doubled || doubled == stem {
		return word
	}
	return before + "oddin"
}
