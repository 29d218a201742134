package lang

import "unicode"

// Counts are the sizes of a text. Characters are Unicode code points, as the
// command line counts offsets: a letter with a combining mark is two, an emoji
// family several. CharactersNoSpace leaves white space out.
type Counts struct {
	Words             int
	Characters        int
	CharactersNoSpace int
}

// Count counts text (B1). A word is a run without white space and em dashes
// that has a letter or a digit; ZWNJ, hyphen, slash and apostrophe never split:
// «می‌رود» is one word, «رئیس جمهور» two. The rule is the same in every
// language.
func Count(text string) Counts {
	var c Counts
	inWord := false
	for _, r := range text {
		c.Characters++
		space := unicode.IsSpace(r)
		if !space {
			c.CharactersNoSpace++
		}
		switch {
		case space || r == '—':
			inWord = false
		case !inWord && (unicode.IsLetter(r) || unicode.IsNumber(r)):
			inWord = true
			c.Words++
		}
	}
	return c
}

// Add returns the sum of both counts.
func (c Counts) Add(d Counts) Counts {
	return Counts{c.Words + d.Words, c.Characters + d.Characters, c.CharactersNoSpace + d.CharactersNoSpace}
}
