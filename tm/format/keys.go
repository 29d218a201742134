package format

import (
	"crypto/sha256"
	"encoding/hex"
	"strconv"
)

// Keys makes block keys from text, for formats whose blocks have no name of
// their own. The zero value is ready; use one for one rewrite.
type Keys struct {
	seen map[string]int
}

// Next returns the key of the next block with this text. Place says what kind of
// layout it is ("h1", "title attribute"), so that a heading and a cell with the
// same words do not share their numbering. The same text at the same place a
// second time is told apart by its occurrence: removing or adding any other text
// changes no key. With an empty text the place alone is the key: a title of front
// matter keeps its key when it changes.
func (k *Keys) Next(place, text string) string {
	if k.seen == nil {
		k.seen = map[string]int{}
	}
	key := place
	if text != "" {
		sum := sha256.Sum256([]byte(text))
		key += "-" + hex.EncodeToString(sum[:8])
	}
	k.seen[key]++
	if n := k.seen[key]; n > 1 {
		key += "-" + strconv.Itoa(n)
	}
	return key
}
