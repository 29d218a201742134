package formattest

import (
	"fmt"
	"regexp"
	"strconv"
	"strings"

	"tarjoman/tm"
	"tarjoman/tm/format"
)

// persianWords have what Persian text has: joiners inside words, both kinds of
// digits, guillemets and marks that touch a word.
var persianWords = []string{
	"خانه", "می‌روند", "کتاب‌هایش", "«آشکار»", "۱۴۰۳", "ژرف،", "پرسش؟", "مسئلهٔ", "پیچیده؛", "(گسترده)", "NATO", "نمونه.",
}

// markupWords mean something in one format or another and must come back as the
// text they are.
var markupWords = []string{
	"<b>x</b>", "&amp;", "*star*", "_under_", "[link](to)", "#", "1.", "-", "+", ">quote", "`tick`", "a|b", `back\slash`,
	`"double"`, "'single'", "http://example.org/a_b", "www.example.org", "name@example.org", "~~gone~~", "!", "![i](j)",
	":::", "---", "===", "{#anchor}", "$x$", "%s", "</p>", "<!--", "-->", "]]>", "&", "&lt", "&copy;", `\*`, "😀", "n\u00A0n",
	"**", "__init__", "{{x}}", "{%y%}", "[^1]", "[x]", "```", "~~~", "2)", "=", "a<b", "a&b;c", "<br>", "🇮🇷", "key: value",
}

// replaceWords is a mechanical translation: every run of other characters than
// spaces becomes one of words, with codes staying where they stand between
// them. Where there were letters between two codes there are some again.
func replaceWords(c tm.Content, words []string, seed int) tm.Content {
	var out tm.Content
	at := 0
	for _, code := range c.Codes {
		out.Text += replacePart(c.Text[at:code.Pos], words, seed+at)
		at = code.Pos
		code.Pos = len(out.Text)
		out.Codes = append(out.Codes, code)
	}
	out.Text += replacePart(c.Text[at:], words, seed+at)
	return out
}

func replacePart(part string, words []string, seed int) string {
	fields := strings.Split(part, " ")
	last := -1
	for i, field := range fields {
		if field != "" {
			fields[i] = words[((seed+i)*7+(seed+i)/3)%len(words)]
			last = i
		}
	}
	if text := strings.Join(fields, " "); last < 0 || !format.Translatable(part) || format.Translatable(text) {
		return text
	}
	fields[last] += "و"
	return strings.Join(fields, " ")
}

// renumber numbers the codes in their order of appearance and drops Data, so
// that contents of two documents compare.
func renumber(c tm.Content) tm.Content {
	ids := map[int]int{}
	out := tm.Content{Text: c.Text}
	for _, code := range c.Codes {
		if ids[code.ID] == 0 {
			ids[code.ID] = len(ids) + 1
		}
		code.ID, code.Data = ids[code.ID], ""
		out.Codes = append(out.Codes, code)
	}
	return out
}

// Show writes a content as a line of text for tables of expectations: an Open
// as [1], its Close as [/1], an Alone as [2].
func Show(c tm.Content) string {
	var out strings.Builder
	at := 0
	for _, code := range c.Codes {
		slash := ""
		if code.Kind == tm.Close {
			slash = "/"
		}
		fmt.Fprintf(&out, "%s[%s%d]", c.Text[at:code.Pos], slash, code.ID)
		at = code.Pos
	}
	return out.String() + c.Text[at:]
}

var shown = regexp.MustCompile(`\[(/?)([0-9]+)\]`)

// Parse reads what [Show] writes. The types of the codes are those of original.
func Parse(s string, original tm.Content) tm.Content {
	var out tm.Content
	for at := shown.FindStringSubmatchIndex(s); at != nil; at = shown.FindStringSubmatchIndex(s) {
		id, _ := strconv.Atoi(s[at[4]:at[5]])
		out.Text += s[:at[0]]
		for _, c := range original.Codes {
			if c.ID == id && (c.Kind == tm.Close) == (at[2] < at[3]) {
				c.Pos = len(out.Text)
				out.Codes = append(out.Codes, c)
			}
		}
		s = s[at[1]:]
	}
	out.Text += s
	return out
}
