package segment

import (
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
	"golang.org/x/text/language"

	"tarjoman/tm"
	"tarjoman/tm/tmtest"
)

func open(pos, id int) tm.Code  { return tm.Code{Pos: pos, Kind: tm.Open, ID: id, Type: "bold"} }
func shut(pos, id int) tm.Code  { return tm.Code{Pos: pos, Kind: tm.Close, ID: id, Type: "bold"} }
func alone(pos, id int) tm.Code { return tm.Code{Pos: pos, Kind: tm.Alone, ID: id, Type: "image"} }

func TestSplit_Codes(t *testing.T) {
	text := "Hello.  World."
	tests := []struct {
		name          string
		codes         []tm.Code
		first, second []tm.Code
	}{
		{"around each", []tm.Code{open(0, 1), shut(6, 1), open(8, 2), shut(14, 2)},
			[]tm.Code{open(0, 1), shut(6, 1)}, []tm.Code{open(0, 2), shut(6, 2)}},
		{"over both", []tm.Code{open(0, 1), shut(14, 1)}, []tm.Code{open(0, 1)}, []tm.Code{shut(6, 1)}},
		{"opened in the space", []tm.Code{open(7, 1), shut(14, 1)}, nil, []tm.Code{open(0, 1), shut(6, 1)}},
		{"opened before the space", []tm.Code{open(6, 1), shut(14, 1)}, nil, []tm.Code{open(0, 1), shut(6, 1)}},
		{"closed in the space", []tm.Code{open(0, 1), shut(7, 1)}, []tm.Code{open(0, 1), shut(6, 1)}, nil},
		{"closed after the space", []tm.Code{open(0, 1), shut(8, 1)}, []tm.Code{open(0, 1), shut(6, 1)}, nil},
		{"note after the stop", []tm.Code{alone(6, 1)}, []tm.Code{alone(6, 1)}, nil},
		{"image in the space", []tm.Code{alone(7, 1)}, nil, []tm.Code{alone(0, 1)}},
		{"image before a close", []tm.Code{open(0, 1), alone(7, 2), shut(7, 1)}, []tm.Code{open(0, 1), alone(6, 2), shut(6, 1)}, nil},
		{"pair in the space", []tm.Code{open(7, 1), shut(7, 1)}, nil, []tm.Code{open(0, 1), shut(0, 1)}},
		{"inside a word", []tm.Code{open(2, 1), shut(4, 1)}, []tm.Code{open(2, 1), shut(4, 1)}, nil},
	}
	for _, c := range tests {
		t.Run(c.name, func(t *testing.T) {
			got := For(language.English).Split(tm.Content{Text: text, Codes: c.codes})
			want := []Part{
				{Content: tm.Content{Text: "Hello.", Codes: c.first}, Trail: "  "},
				{Content: tm.Content{Text: "World.", Codes: c.second}},
			}
			if diff := cmp.Diff(want, got); diff != "" {
				t.Error(diff)
			}
		})
	}
}

func TestSplit_WhiteSpace(t *testing.T) {
	en := For(language.English)
	if got := en.Split(tm.Content{}); got != nil {
		t.Errorf("the empty content: %v", got)
	}
	want := []Part{{Lead: " \n ", Content: tm.Content{Codes: []tm.Code{alone(0, 1)}}}}
	if diff := cmp.Diff(want, en.Split(tm.Content{Text: " \n ", Codes: []tm.Code{alone(2, 1)}})); diff != "" {
		t.Error(diff)
	}
	want = []Part{
		{Lead: "\n ", Content: tm.Plain("One."), Trail: " \n\n"},
		{Content: tm.Plain("Two"), Trail: "\u00a0"},
	}
	if diff := cmp.Diff(want, en.Split(tm.Plain("\n One. \n\nTwo\u00a0"))); diff != "" {
		t.Error(diff)
	}
}

// Codes do not disturb the breaks, and nothing is lost.
func FuzzSplit(f *testing.F) {
	for _, s := range []string{
		"One. Two! “Three?” he said. 1) a 2) b", "او آمد. «رفت؟» گفت… و ۱. ۲.", "\xff. A\xfe.\x00 B", ". . . .", "\r\n\n\t",
		"a.\u0301 B", strings.Repeat("\u0301", 300) + ". A", "z. B. Der", "これ。それ", "A.\u2028B", "e.g. U.S. He",
	} {
		f.Add(s, uint16(3), uint16(5))
	}
	all := []*Rules{For(language.English), For(language.Persian), For(language.Arabic), For(language.German), For(language.Und)}
	f.Fuzz(func(t *testing.T, s string, a, b uint16) {
		at := func(n uint16) int { return int(n) % (len(s) + 1) }
		from, to := min(at(a), at(b)), max(at(a), at(b))
		c := tm.Content{Text: s, Codes: []tm.Code{alone(0, 9), open(from, 1), shut(to, 1), alone(len(s), 8)}}
		for _, r := range all {
			checkParts(t, c, r.Split(c))
			if got, want := r.SplitText(s), texts(r.Split(tm.Plain(s))); !slices.Equal(got, want) {
				t.Fatalf("%q: SplitText %q, Split %q", s, got, want)
			}
		}
	})
}

func texts(parts []Part) (list []string) {
	for _, p := range parts {
		if p.Content.Text != "" {
			list = append(list, p.Content.Text)
		}
	}
	return list
}

func checkParts(t *testing.T, c tm.Content, parts []Part) {
	t.Helper()
	var text strings.Builder
	var ids []int
	for i, p := range parts {
		text.WriteString(p.Lead + p.Content.Text + p.Trail)
		if strings.TrimSpace(p.Content.Text) != p.Content.Text || p.Content.Text == "" && len(parts) > 1 || p.Lead != "" && i > 0 {
			t.Fatalf("%q: part %+v", c.Text, p)
		}
		last := 0
		for _, code := range p.Content.Codes {
			if code.Pos < last || code.Pos > len(p.Content.Text) {
				t.Fatalf("%q: code %+v", c.Text, code)
			}
			last = code.Pos
			ids = append(ids, code.ID)
		}
	}
	if text.String() != c.Text {
		t.Fatalf("%q became %q", c.Text, text.String())
	}
	if want := []int{9, 1, 1, 8}; !slices.Equal(ids, want) {
		t.Fatalf("%q: codes %v", c.Text, ids)
	}
}

// Hostile texts are split in time proportional to their length.
func TestSplit_HostileTexts(t *testing.T) {
	const size = 1 << 20
	for name, unit := range map[string]string{
		"one line": "a word and ", "terminators": ".", "spaced terminators": ". ", "marks": "\u0301", "spaces": " ",
		"quotes": `."`, "NUL": "\x00. ", "bad bytes": "\xff. A", "digits": "1. ", "list": "1) a ", "brackets": "(.) ",
		"newlines": "\n", "bidi marks": "\u200f.", "Persian dots": "ه.", "ellipses": "… ب",
	} {
		t.Run(name, func(t *testing.T) {
			text := strings.Repeat(unit, size/len(unit))
			for _, lang := range []string{"en", "fa", "de", "und"} {
				start := tmtest.CPU()
				For(language.Make(lang)).SplitText(text)
				if d := tmtest.CPU() - start; d > 20*time.Second {
					t.Errorf("%s: %d bytes took %v", lang, len(text), d)
				} else {
					t.Logf("%s: %v", lang, d)
				}
			}
		})
	}
}

func TestFor_FallsBack(t *testing.T) {
	for tag, text := range map[string]string{"fa-AF": "آری؟ نه.", "ur": "یہ ہے۔ وہ", "hi": "यह है। वह", "ja": "これ。それ", "el": "Ναι. Όχι", "hy": "Այո։ Ոչ"} {
		if got := For(language.Make(tag)).SplitText(text); len(got) != 2 {
			t.Errorf("%s: %q", tag, got)
		}
	}
}
