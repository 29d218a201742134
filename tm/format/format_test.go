package format_test

import (
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"tarjoman/tm"
	"tarjoman/tm/format"
)

func TestKeys(t *testing.T) {
	var keys format.Keys
	first, other := keys.Next("p", "Read more"), keys.Next("p", "Read less")
	again, heading := keys.Next("p", "Read more"), keys.Next("h1", "Read more")
	if first == again || first == other || first == heading {
		t.Errorf("keys %q %q %q %q are not unique", first, again, other, heading)
	}
	var fresh format.Keys
	fresh.Next("p", "Something new")
	if got := fresh.Next("p", "Read more"); got != first {
		t.Errorf("key %q after another text came before, want %q", got, first)
	}
}

func TestTrim(t *testing.T) {
	tests := []struct{ name, in, want string }{
		{"spaces", " \t Rain \n", "Rain"},
		{"direction marks", "\u200f\u061cباران\u200e", "باران"},
		{"byte order mark and zero width space", "\ufeff\u200bRain\u200b", "Rain"},
		{"joiner stays", "می\u200c", "می\u200c"},
		{"isolate around all", "\u2067 باران \u2069", "باران"},
		{"embedding around all", "\u202bباران\u202c", "باران"},
		{"two isolates", "\u2066a\u2069b\u2066c\u2069", "\u2066a\u2069b\u2066c\u2069"},
		{"nothing", " \u200f ", ""},
		{"opening control only", "\u2067", "\u2067"},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			from, to := format.Trim(test.in)
			if got := test.in[from:to]; got != test.want {
				t.Errorf("Trim(%q) = %q, want %q", test.in, got, test.want)
			}
		})
	}
}

func TestFit(t *testing.T) {
	pair := func(id, from, to int) []tm.Code {
		return []tm.Code{{Pos: from, Kind: tm.Open, ID: id}, {Pos: to, Kind: tm.Close, ID: id}}
	}
	bold, link := pair(1, 0, 4), pair(2, 1, 3)
	original := tm.Content{Text: "rain", Codes: append(append(append([]tm.Code{}, bold...), link...), tm.Code{Pos: 4, ID: 3})}
	tests := []struct {
		name     string
		in, want []tm.Code
	}{
		{"nested", []tm.Code{bold[0], link[0], link[1], bold[1]}, []tm.Code{bold[0], link[0], link[1], bold[1]}},
		{"crossed pair is dropped", []tm.Code{bold[0], link[0], bold[1], link[1]}, []tm.Code{bold[0], bold[1]}},
		{"half a pair", []tm.Code{bold[0]}, nil},
		{"wrong way round", []tm.Code{bold[1], bold[0]}, nil},
		{"unknown", []tm.Code{{ID: 9}}, nil},
		{"twice", []tm.Code{{ID: 3}, {ID: 3}}, []tm.Code{{ID: 3}}},
		{"out of order", []tm.Code{{Pos: 4, ID: 3}, {Pos: 1, Kind: tm.Open, ID: 1}, {Pos: 2, Kind: tm.Close, ID: 1}}, []tm.Code{{Pos: 4, ID: 3}}},
		{"outside the text", []tm.Code{{Pos: 40, ID: 3}}, nil},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			got := format.Fit(original, tm.Content{Text: "rain", Codes: test.in})
			if diff := cmp.Diff(test.want, got.Codes); diff != "" {
				t.Errorf("codes (-want +got):\n%s", diff)
			}
		})
	}
}

func TestFit_InsideACharacter(t *testing.T) {
	original := tm.Content{Text: "rain", Codes: []tm.Code{{ID: 1}, {ID: 2}}}
	got := format.Fit(original, tm.Content{Text: "باران", Codes: []tm.Code{{Pos: 1, ID: 1}, {Pos: 2, ID: 2}}})
	if diff := cmp.Diff([]tm.Code{{Pos: 2, ID: 2}}, got.Codes); diff != "" {
		t.Errorf("codes (-want +got):\n%s", diff)
	}
}

func TestLine(t *testing.T) {
	src := []byte("a\nb\r\nc\rd")
	for at, want := range map[int]int{0: 1, 2: 2, 5: 3, 7: 4, 99: 4} {
		if got := format.Line(src, at); got != want {
			t.Errorf("Line(%d) = %d, want %d", at, got, want)
		}
	}
}

func TestGuard(t *testing.T) {
	if _, err := format.Guard(make([]byte, format.MaxBytes+1), nil); tm.CodeOf(err) != "document.too_large" {
		t.Errorf("error %v for a document over the limit", err)
	}
	tr, err := format.Guard(nil, func(format.Block) (*tm.Content, error) { return nil, nil })
	for i := 0; i < format.MaxBlocks && err == nil; i++ {
		_, err = tr(format.Block{})
	}
	if err != nil {
		t.Fatalf("error %v within the limit", err)
	}
	if _, err := tr(format.Block{}); tm.CodeOf(err) != "document.too_many_blocks" || !strings.Contains(err.Error(), "200000") {
		t.Errorf("error %v for one block too many", err)
	}
}
