package tm

import (
	"fmt"
	"slices"
	"strings"
	"testing"
)

// marked reads a text with codes written [1 … 1] for pairs and {2} for single
// codes.
func marked(s string) Content {
	var c Content
	var b strings.Builder
	for i := 0; i < len(s); i++ {
		switch {
		case s[i] == '[':
			c.Codes = append(c.Codes, Code{Pos: b.Len(), Kind: Open, ID: int(s[i+1] - '0')})
			i++
		case s[i] == '{':
			c.Codes = append(c.Codes, Code{Pos: b.Len(), ID: int(s[i+1] - '0')})
			i += 2
		case i+1 < len(s) && s[i+1] == ']':
			c.Codes = append(c.Codes, Code{Pos: b.Len(), Kind: Close, ID: int(s[i] - '0')})
			i++
		default:
			b.WriteByte(s[i])
		}
	}
	c.Text = b.String()
	return c
}

// show is the inverse of marked.
func show(c Content) string {
	var b strings.Builder
	at := 0
	for _, code := range c.Codes {
		b.WriteString(c.Text[at:code.Pos])
		at = code.Pos
		form := map[CodeKind]string{Alone: "{%d}", Open: "[%d", Close: "%d]"}[code.Kind]
		fmt.Fprintf(&b, form, code.ID)
	}
	return b.String() + c.Text[at:]
}

func TestProjectCodes(t *testing.T) {
	tests := []struct{ name, source, target, want string }{
		{"none", "The court ruled.", "دادگاه حکم داد.", "دادگاه حکم داد."},
		{"around all", "[1The court ruled.1]", "دادگاه حکم داد.", "[1دادگاه حکم داد.1]"},
		{"leading and trailing", "{1}The court ruled.{2}", "دادگاه حکم داد.", "{1}دادگاه حکم داد.{2}"},
		{"around a name", "Lawyers of [1Amnesty1] spoke.", "وکلای Amnesty سخن گفتند.", "وکلای [1Amnesty1] سخن گفتند."},
		{"names in another order", "[1Reuters1] asked [2NATO2].", "از NATO رویترز و Reuters پرسیدند.", "از [2NATO2] رویترز و [1Reuters1] پرسیدند."},
		{"whole words only", "See [1art1] here.", "party art", "party [1art1]"},
		{"in proportion", "They [1left1] the city.", "آنان شهر را ترک کردند.", "آنان [1شهر را1] ترک کردند."},
		{"nested", "[1See [2Reuters2] now1]", "اکنون Reuters را ببینید", "[1اکنون [2Reuters2] را ببینید1]"},
		{"line break", "One line.{1}Another line.", "یک سطر. سطری دیگر.", "یک سطر. {1}سطری دیگر."},
		{"empty target", "[1The {2}court1]", "", "[1{2}1]"},
		{"no spaces", "ab[1cd1]ef", "۱۲۳۴۵۶", "۱۲[1۳۴1]۵۶"},
		{"single halves", "The 1]court [2ruled", "دادگاه حکم داد", "دادگاه1] حکم [2داد"},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			if got := show(ProjectCodes(marked(tt.source), tt.target)); got != tt.want {
				t.Errorf("got  %s\nwant %s", got, tt.want)
			}
		})
	}
}

func TestProjectCodes_TooMuchGoesToTheEdges(t *testing.T) {
	c := marked("{1}" + strings.Repeat("a{2}", 2000))
	got := ProjectCodes(c, strings.Repeat("ب", 2000))
	if len(got.Codes) != 2001 || got.Codes[0].Pos != 0 || got.Codes[1].Pos != 4000 {
		t.Errorf("%d codes, the first at %d and %d", len(got.Codes), got.Codes[0].Pos, got.Codes[1].Pos)
	}
}

func FuzzProjectCodes(f *testing.F) {
	f.Add("[1See [2Reuters2] now1]{3}", "اکنون Reuters را ببینید")
	f.Add("a [1b 2] c1] [2d", "b a c d")
	f.Add("[1a1] [2a2] {3}a {4}", "a a")
	f.Fuzz(func(t *testing.T, source, target string) {
		c := clean(source)
		got := ProjectCodes(c, target)
		if got.Text != target || len(got.Codes) != len(c.Codes) {
			t.Fatalf("lost something: %s", show(got))
		}
		at := 0
		for i, code := range got.Codes {
			if code.Pos < at || code.Pos > len(target) {
				t.Fatalf("code %d at %d after %d", i, code.Pos, at)
			}
			at = code.Pos
		}
		if ids(c) != ids(got) {
			t.Errorf("codes %s, want %s", ids(got), ids(c))
		}
		if _, before := codeTree(c); before {
			if _, after := codeTree(got); !after {
				t.Errorf("crossed: %s", show(got))
			}
		}
	})
}

// clean makes a content of any string: a letter, a space or a code a byte.
func clean(s string) Content {
	c := Content{}
	for i := 0; i < len(s); i++ {
		if b := s[i]; b < 32 {
			c.Codes = append(c.Codes, Code{Pos: len(c.Text), Kind: CodeKind(b % 3), ID: 1 + int(b/3)})
			continue
		}
		c.Text += string(rune(s[i]))
	}
	return c
}

// ids lists the codes of a content in an order of their own.
func ids(c Content) string {
	var list []string
	for _, code := range c.Codes {
		list = append(list, fmt.Sprint(code.Kind, code.ID))
	}
	slices.Sort(list)
	return strings.Join(list, " ")
}
