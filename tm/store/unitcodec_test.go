package store

import (
	"bytes"
	"encoding/json"
	"testing"

	"github.com/google/go-cmp/cmp"
	"github.com/google/go-cmp/cmp/cmpopts"
	"golang.org/x/text/language"

	"tarjoman/tm"
)

var equalTags = cmp.Comparer(func(a, b language.Tag) bool { return a == b })

// codecUnits are units with what a stored form has to carry.
var codecUnits = map[string]*tm.Unit{
	"texts alone": {Variants: []tm.Variant{
		{Lang: language.English, Content: tm.Plain("The bridge is closed.")},
		{Lang: language.Persian, Content: tm.Plain("پل بسته است.")},
	}},
	"quotes, backslashes and line ends": {
		Variants: []tm.Variant{{Lang: language.Persian, Content: tm.Plain("\\ \"نقل\"\n\t\x01 \u2028 🙂")}},
		Previous: `"`, Next: `\`, Props: map[string]string{`a"b`: "1\n2", "": "", "x": `\"`},
	},
	"codes of one side": {
		Variants: []tm.Variant{
			{Lang: language.MustParse("en-GB")},
			{Lang: language.MustParse("prs"), Content: tm.Content{Text: "در", Codes: []tm.Code{
				{Pos: 0, Kind: tm.Open, ID: 1, Type: "link", Data: `<a href="https://example.org/?a=1&b=\">`},
				{Pos: 4, Kind: tm.Close, ID: 1, Type: "link", Data: "</a>"}, {Pos: 4, ID: 12, Type: "break"},
			}}},
		},
		Origin: tm.Origin{Document: "گزارش.docx"}, Penalty: 50,
	},
	"no language": {},
}

func TestUnitCodec(t *testing.T) {
	for name, want := range codecUnits {
		t.Run(name, func(t *testing.T) {
			text := encodeUnit(want)
			if text.extra != "" && !json.Valid([]byte(text.extra)) || !json.Valid([]byte(text.texts)) {
				t.Fatalf("%q is no JSON", text)
			}
			forms := map[string]unitText{"as written": text}
			if text.extra != "" {
				var spaced bytes.Buffer
				if err := json.Indent(&spaced, []byte(text.extra), "", " "); err != nil {
					t.Fatal(err)
				}
				forms["with spaces"] = unitText{text.langs, text.texts, spaced.String()}
			}
			for form, text := range forms {
				got := &tm.Unit{}
				if err := decodeUnit(text, got); err != nil {
					t.Fatalf("%s: %v", form, err)
				}
				if diff := cmp.Diff(want, got, equalTags, cmpopts.EquateEmpty()); diff != "" {
					t.Errorf("%s: %s", form, diff)
				}
			}
		})
	}
}

func TestDecodeUnit_Damaged(t *testing.T) {
	for name, text := range map[string]unitText{
		"no end of the texts":    {"en", `["a"`, ""},
		"a text too few":         {"en fa", `["a"]`, ""},
		"a text too many":        {"en", `["a","b"]`, ""},
		"more after the texts":   {"en", `["a"]]`, ""},
		"no language":            {"e", `["a"]`, ""},
		"no end of extra":        {"en", `["a"]`, `{"next":"b"`},
		"codes of no text":       {"en", `["a"]`, `{"codes":[[],[]]}`},
		"a code of unknown kind": {"en", `["a"]`, `{"codes":[[[0,"half",1,"bold",""]]]}`},
		"props that are a list":  {"en", `["a"]`, `{"props":[]}`},
	} {
		t.Run(name, func(t *testing.T) {
			if err := decodeUnit(text, &tm.Unit{}); err == nil {
				t.Error("no error")
			}
		})
	}
}

// FuzzDecodeExtra holds the quick reader against encoding/json: it reads what
// that reads, and what this package writes in the same way.
func FuzzDecodeExtra(f *testing.F) {
	for _, u := range codecUnits {
		f.Add(encodeUnit(u).extra)
	}
	f.Add(`{"codes":[[[1,"alone",2,"x","\u06a9"]]],"more":{"a":[1]},"props":{"a":"\ud83d\ude42"}}`)
	f.Fuzz(func(t *testing.T, s string) {
		got, want := &tm.Unit{Variants: make([]tm.Variant, 2)}, &tm.Unit{Variants: make([]tm.Variant, 2)}
		if decodeRest(s, want) != nil {
			_ = decodeExtra(s, got) // it must not panic
			return
		}
		if err := decodeExtra(s, got); err != nil {
			t.Fatalf("%q: %v", s, err)
		}
		if diff := cmp.Diff(want, got, equalTags, cmpopts.EquateEmpty()); diff != "" && encodeUnit(want).extra == s {
			t.Errorf("%q: %s", s, diff)
		}
	})
}
