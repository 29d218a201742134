package memory

import (
	"strings"
	"testing"
	"unicode"

	"golang.org/x/text/unicode/norm"
)

// TestShortcuts compares the quick ways with what they stand for, for every
// character beside some others.
func TestShortcuts(t *testing.T) {
	most := rune(0x11000)
	if raceDetector {
		most = 0x2100
	}
	for r := range most {
		for _, text := range []string{string(r), "Ab" + string(r) + "ب7", string(r) + "\u0301", "ا" + string(r)} {
			if got, want := nfc(text), norm.NFC.String(text); got != want {
				t.Errorf("nfc of %q is %q, want %q", text, got, want)
			}
			if got, want := string(lower([]byte(text))), strings.ToLower(text); got != want {
				t.Errorf("lower of %q is %q, want %q", text, got, want)
			}
		}
		if text := "a" + string(r) + "ب"; unicode.IsDigit(r) && !mayHaveDigits(text) {
			t.Errorf("%q has digits", text)
		}
		if inRun(r) != isRun(r) {
			t.Errorf("inRun of %q", r)
		}
	}
}
