package tm

import (
	"time"

	"golang.org/x/text/language"
)

// A Unit is a translation unit: the same sentence in two or more languages,
// with where it came from. Units of one source with different targets stand
// side by side; they are never merged silently.
type Unit struct {
	ID       UnitID
	Memory   MemoryID
	Variants []Variant // one per language, none privileged
	Previous string    // source text of the sentence before; "" when unknown
	Next     string    // source text of the sentence after; "" when unknown
	Origin   Origin
	Penalty  int               // points its matches lose, 0 to MaxPenalty: somebody trusts it less
	Props    map[string]string // properties of an exchange file that have no field of ours
}

// MaxPenalty is the most points that people can take off the matches of a unit
// or a memory: an exact match with it is just offered at the lowest threshold.
const MaxPenalty = 50

// Size returns about how many bytes the texts of a unit take, with its codes,
// neighbours and properties.
func (u *Unit) Size() int {
	n := len(u.Previous) + len(u.Next)
	for i := range u.Variants {
		n += len(u.Variants[i].Content.Text)
		for k := range u.Variants[i].Content.Codes {
			n += len(u.Variants[i].Content.Codes[k].Data)
		}
	}
	for key, text := range u.Props {
		n += len(key) + len(text)
	}
	return n
}

// A Variant is the content of a unit in one language.
type Variant struct {
	Lang    language.Tag
	Content Content
}

// Origin tells who made a unit, when and from what.
type Origin struct {
	Author   string // name or log-in as the file or account gives it
	Created  time.Time
	Changed  time.Time
	Document string // name of the document, when known
	State    State  // Translated or Approved; Draft for unreviewed imports
	Kind     OriginKind
}

// OriginKind says how the target of a unit came to be.
type OriginKind string

const (
	Human   OriginKind = "human"
	Aligned OriginKind = "aligned" // from an automatic alignment
	Machine OriginKind = "machine" // from machine translation
)

// In returns the content of the unit in the language. An exact tag wins; else
// the first variant with the same base language and script serves (fa for
// fa-IR); ok is false when there is none.
func (u *Unit) In(tag language.Tag) (c Content, ok bool) {
	base, _ := tag.Base()
	script, _ := tag.Script()
	found := -1
	for i, v := range u.Variants {
		if v.Lang == tag {
			return v.Content, true
		}
		b, _ := v.Lang.Base()
		s, _ := v.Lang.Script()
		if found < 0 && b == base && s == script {
			found = i
		}
	}
	if found < 0 {
		return Content{}, false
	}
	return u.Variants[found].Content, true
}
