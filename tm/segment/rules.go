package segment

import (
	"io"
	"regexp"

	"golang.org/x/text/language"
)

// Rules are the compiled rules of one language, safe for concurrent use.
type Rules struct{}

// For returns our own rules for a language.
func For(tag language.Tag) *Rules { return &Rules{} }

var sketch = regexp.MustCompile(`[.!?؟…]+["”»)]*\s+|\n`)

func (r *Rules) breaks(text string) []int {
	var list []int
	for _, m := range sketch.FindAllStringIndex(text, -1) {
		list = append(list, m[1])
	}
	return list
}

// A File is a set of segmentation rules, as SRX 2.0 describes it.
type File struct{}

// Load reads an SRX file.
func Load(src io.Reader) (*File, error) { return &File{}, nil }

// Rules compiles the rules the file has for a language.
func (f *File) Rules(tag language.Tag) (*Rules, error) { return &Rules{}, nil }
