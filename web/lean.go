package web

import "unicode"

// LeanOf is the direction of a text in both scripts: that of most of its letters.
// The first letter alone would turn a note that begins with the term it is about:
// "پیوست means attachment." is an English sentence. Without letters it is
// auto.
func (page) LeanOf(text string) string {
	var left, right int
	for _, r := range text {
		switch {
		case unicode.In(r, unicode.Arabic, unicode.Hebrew, unicode.Syriac, unicode.Thaana):
			right++
		case unicode.IsLetter(r):
			left++
		}
	}
	switch {
	case left == 0 && right == 0:
		return "auto"
	case right > left:
		return "rtl"
	}
	return "ltr"
}
