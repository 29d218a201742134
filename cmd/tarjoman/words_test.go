package main

import (
	"io"
	"testing"

	"github.com/alecthomas/kong"

	"tarjoman/locales"
)

// TestHelp_EverythingHasAWord finds commands, flags and arguments whose help
// nobody wrote.
func TestHelp_EverythingHasAWord(t *testing.T) {
	a := &app{out: io.Discard, p: locales.For("en")}
	parser, err := kong.New(&commands{}, kong.Name("tarjoman"))
	if err != nil {
		t.Fatal(err)
	}
	var visit func(*kong.Node)
	visit = func(node *kong.Node) {
		keys := []string{helpKey("command", nodeName(node))}
		for _, arg := range node.Positional {
			keys = append(keys, helpKey("argument", arg.Name))
		}
		for _, flag := range node.Flags {
			keys = append(keys, a.flagKey(node, flag))
		}
		for _, key := range keys {
			if !a.p.Has(key) {
				t.Errorf("no sentence for %s", key)
			}
		}
		for _, child := range node.Children {
			visit(child)
		}
	}
	visit(parser.Model.Node)
}

func TestLoneSurrogate(t *testing.T) {
	tests := []struct {
		name, json string
		want       bool
	}{
		{"none", `"سلام \n \" \\"`, false},
		{"a pair", `"\ud83d\ude00"`, false},
		{"a high half", `"\ud83d"`, true},
		{"a high half before another escape", `"\ud83d\u0041"`, true},
		{"a high half before text", `"\ud83dx\ude00"`, true},
		{"a low half", `"\ude00"`, true},
		{"an escaped backslash before ud83d", `"\\ud83d"`, false},
		{"two backslashes, then a half", `"\\\ud83d"`, true},
		{"a pair and a half", `"\ud83d\ude00\ude00"`, true},
		{"cut off", `\u`, false},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			if got := loneSurrogate([]byte(test.json)); got != test.want {
				t.Errorf("got %v, want %v", got, test.want)
			}
		})
	}
}

func TestPlace(t *testing.T) {
	text := "a🙂ب‌c"
	at := place{text: text}
	for _, want := range []struct{ bytes, runes int }{{0, 0}, {5, 2}, {len(text), 5}, {1, 1}, {1, 1}, {7, 3}} {
		if got := at.runesAt(want.bytes); got != want.runes {
			t.Errorf("byte %d is code point %d, want %d", want.bytes, got, want.runes)
		}
	}
}
