package txt_test

import (
	"bytes"
	"os"
	"testing"

	"github.com/google/go-cmp/cmp"
	"golang.org/x/text/language"

	"tarjoman/tm"
	"tarjoman/tm/format"
	"tarjoman/tm/format/formattest"
	"tarjoman/tm/format/txt"
)

func TestLaws(t *testing.T) { formattest.Run(t, txt.Format{}, os.DirFS("testdata")) }

func TestLaws_Real(t *testing.T) { formattest.RunReal(t, txt.Format{}, "seed") }

func FuzzRewrite(f *testing.F) { formattest.Fuzz(f, txt.Format{}, os.DirFS("testdata")) }

func TestRewrite_Blocks(t *testing.T) {
	tests := []struct {
		name, src string
		want      []string
	}{
		{"lines", "First line.\nSecond line.\n", []string{"First line.", "Second line."}},
		{"mixed line ends", "One\r\nTwo\rThree\nFour", []string{"One", "Two", "Three", "Four"}},
		{"edges stay outside", "\t \u200eRain in Shiraz\u200f \u00a0\n", []string{"Rain in Shiraz"}},
		{"isolate around the line", "\u2067باران در شیراز\u2069\n", []string{"باران در شیراز"}},
		{"isolate inside the line", "\u2067باران\u2069 Rain \u2067شیراز\u2069", []string{"\u2067باران\u2069 Rain \u2067شیراز\u2069"}},
		{"joiner at the end is part of the word", "می\u200c\n", []string{"می\u200c"}},
		{"nothing to translate", "-----\n\n* * *\n…\n", nil},
		{"empty", "", nil},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			var got []string
			for _, b := range formattest.Extract(t, txt.Format{}, []byte(test.src)) {
				got = append(got, b.Content.Text)
			}
			if diff := cmp.Diff(test.want, got); diff != "" {
				t.Errorf("blocks (-want +got):\n%s", diff)
			}
		})
	}
}

func TestRewrite_KeepsEdgesAndAddsNoMarks(t *testing.T) {
	src := "\u200e  Rain in Shiraz \r\n\r\nSnow in Tabriz\r"
	answers := map[string]string{"Rain in Shiraz": "باران\r\nدر شیراز", "Snow in Tabriz": "برف در تبریز"}
	var out bytes.Buffer
	o := format.Options{Source: language.English, Target: language.Persian}
	err := txt.Format{}.Rewrite(&out, []byte(src), o, func(b format.Block) (*tm.Content, error) {
		c := tm.Plain(answers[b.Content.Text])
		return &c, nil
	})
	if err != nil {
		t.Fatal(err)
	}
	want := "\u200e  باران در شیراز \r\n\r\nبرف در تبریز\r"
	if diff := cmp.Diff(want, out.String()); diff != "" {
		t.Errorf("document (-want +got):\n%s", diff)
	}
}

func TestKeys_StayWhenLinesComeAndGo(t *testing.T) {
	before := "Rain in Shiraz\nRead more\nSnow in Tabriz\nRead more\n"
	after := "Wind in Yazd\nRain in Shiraz\nRead more\nSun in Kish\nSnow in Tabriz\nRead more\n"
	formattest.Grow(t, txt.Format{}, []byte(before), []byte(after))
}

func TestDetect(t *testing.T) {
	tests := []struct {
		name, src string
		want      bool
	}{
		{"news.TXT", "words", true}, {"README", "words", true}, {"picture.png", "\x89PNG\x00", false},
		{"words.po", "msgid", false},
	}
	for _, test := range tests {
		if got := (txt.Format{}).Detect(test.name, []byte(test.src)) > 0; got != test.want {
			t.Errorf("Detect(%q) > 0 is %v, want %v", test.name, got, test.want)
		}
	}
}

func TestGold(t *testing.T) { formattest.Gold(t, txt.Format{}, "suites/okapi-gold/plaintext", 100) }
