package web

import (
	"testing"

	"github.com/google/go-cmp/cmp"

	"tarjoman/tm"
)

func TestCodes_WrittenAndReadBack(t *testing.T) {
	pair := func(from, to int) []tm.Code {
		return []tm.Code{{Pos: from, Kind: tm.Open, ID: 1, Type: "bold"}, {Pos: to, Kind: tm.Close, ID: 1, Type: "bold"}}
	}
	tests := map[string]struct {
		c    tm.Content
		want string
	}{
		"no code":                  {tm.Plain("پل بسته است"), "پل بسته است"},
		"a pair":                   {tm.Content{Text: "the bridge now", Codes: pair(4, 10)}, "the {1>bridge<1} now"},
		"alone at the end":         {tm.Content{Text: "ab", Codes: []tm.Code{{Pos: 2, Kind: tm.Alone, ID: 7}}}, "ab{7}"},
		"what reads like a code":   {tm.Plain("use {0} and {1> or <2}"), "use {{0} and {{1> or <<2}"},
		"brackets before a code":   {tm.Content{Text: "a{{", Codes: []tm.Code{{Pos: 3, ID: 2}}}, "a{{{{{2}"},
		"a bracket before a close": {tm.Content{Text: "1<2", Codes: pair(0, 2)}, "{1>1<<<1}2"},
		"a bracket of its own":     {tm.Content{Text: "{ 5 < 6 }", Codes: pair(1, 3)}, "{{{1> 5<1} < 6 }"},
	}
	for name, test := range tests {
		t.Run(name, func(t *testing.T) {
			got := writeCodes(test.c)
			if got != test.want {
				t.Errorf("written %q, want %q", got, test.want)
			}
			if diff := cmp.Diff(test.c, readCodes(got, test.c)); diff != "" {
				t.Errorf("%q reads as %s", got, diff)
			}
		})
	}
	if got := readCodes("{۱>پل<۱}", tm.Content{Text: "x", Codes: pair(0, 1)}); len(got.Codes) != 2 || got.Codes[1].Type != "bold" || got.Text != "پل" {
		t.Errorf("Persian digits: %+v", got)
	}
}

func FuzzCodes(f *testing.F) {
	f.Add("the {1> bridge <<1} {{2}", 5, 9)
	f.Add("{{{{", 1, 3)
	f.Add("<1}<", 0, 4)
	f.Fuzz(func(t *testing.T, text string, from, to int) {
		if from < 0 || to < from || to > len(text) {
			t.Skip()
		}
		c := tm.Content{Text: text, Codes: []tm.Code{{Pos: from, Kind: tm.Open, ID: 1}, {Pos: to, Kind: tm.Close, ID: 1}, {Pos: to, ID: 23}}}
		if diff := cmp.Diff(c, readCodes(writeCodes(c), c)); diff != "" {
			t.Errorf("%q: %s", writeCodes(c), diff)
		}
	})
}
