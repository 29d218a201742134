package memory

import (
	"strings"
	"testing"
	"unicode"

	"golang.org/x/text/language"
	"golang.org/x/text/unicode/norm"

	"tarjoman/tm/lang"
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
			for _, text := range []string{text, text + "XYZ 12 خانه", "WORDS OF ۱ PAPER " + text} {
				if got, _ := lower([]byte(text)); string(got) != strings.ToLower(text) {
					t.Errorf("lower of %q is %q", text, got)
				}
			}
		}
		if text := "a" + string(r) + "ب"; unicode.IsDigit(r) && (!mayHaveDigits(text) || !digitsInKeys(text)) {
			t.Errorf("%q has digits", text)
		}
		if inRun(r) != isRun(r) {
			t.Errorf("inRun of %q", r)
		}
	}
}

// digitsInKeys reports whether the match keys of a text show that it has digits,
// wherever it stands among other characters.
func digitsInKeys(text string) bool {
	for _, p := range []*lang.Profile{lang.For(en), lang.For(fa), lang.For(language.Arabic), lang.For(language.German), lang.For(language.Und)} {
		for _, text := range []string{text, "the court " + text, "دادگاه " + text + " سال"} {
			if _, digits := lower(p.AppendKey(nil, text)); !digits {
				return false
			}
		}
	}
	return true
}
