package markdown

import (
	"regexp"
	"strings"

	"github.com/yuin/goldmark/ast"
	"github.com/yuin/goldmark/parser"
	"github.com/yuin/goldmark/text"
	"github.com/yuin/goldmark/util"

	"tarjoman/tm"
)

// A manner is one way to write a translation, from the handsome to the safe.
type manner struct {
	escapeAll bool // every ASCII punctuation mark, not only those in danger
	tags      bool // HTML tags for emphasis: "**«آ»**ها" is no bold in CommonMark
}

var manners = []manner{{false, false}, {true, false}, {false, true}, {true, true}}

// surroundings say what else than inline markup a text may turn into.
type surroundings uint8

const (
	inline surroundings = iota
	paragraph
	heading
)

// write returns the translated block with its surroundings.
func (r *rewriter) write(l leaf, b block, c tm.Content) string {
	where := paragraph
	switch {
	case l.cell:
		where = inline
	case l.place[0] == 'h':
		where = heading
	}
	return l.native(b.lead + r.render(b, c, where) + b.trail)
}

// render writes a translation in the first manner that reads back as what was
// answered, or else as plain text.
func (r *rewriter) render(b block, c tm.Content, where surroundings) string {
	for _, m := range manners {
		s := b.markup(c, m)
		if r.readsBack(b, c, s) && (where == inline || r.staysOneBlock(b.lead+s+b.trail, where == heading)) {
			return s
		}
	}
	return block{}.markup(tm.Plain(c.Text), manner{escapeAll: true})
}

// readsBack reports whether s, by itself and between the block's edges, gives
// the content again. An answer out of bounds is not tried.
func (r *rewriter) readsBack(b block, c tm.Content, s string) bool {
	if !bounded([]byte(b.lead + s + b.trail)) {
		return false
	}
	got, _ := contentOf(r.inline.parse(s))
	if !renumbered(c).Equal(renumbered(got)) {
		return false
	}
	if b.lead == "" && b.trail == "" {
		return true
	}
	inner, ok := newBlock(r.inline.parse(s))
	whole, okWhole := newBlock(r.inline.parse(b.lead + s + b.trail))
	return ok == okWhole && inner.content.Equal(whole.content)
}

// renumbered numbers codes in their order of appearance: a translation may
// have changed the order.
func renumbered(c tm.Content) tm.Content {
	ids := map[int]int{}
	out := tm.Content{Text: c.Text}
	for _, code := range c.Codes {
		if ids[code.ID] == 0 {
			ids[code.ID] = len(ids) + 1
		}
		code.ID = ids[code.ID]
		out.Codes = append(out.Codes, code)
	}
	return out
}

// staysOneBlock reports whether the text is one paragraph (or heading) where it
// will stand, and not a list, a quote or a definition.
func (r *rewriter) staysOneBlock(s string, isHeading bool) bool {
	mark := ""
	if isHeading {
		mark = "# "
	}
	src := []byte(mark + s + "\n")
	if masked.Match(src) || isHeading && headingID.MatchString(s) || taskBox.MatchString(s) {
		return false
	}
	doc := r.blocks.Parse(text.NewReader(src), parser.WithContext(parser.NewContext()))
	n := doc.FirstChild()
	if n == nil || n.NextSibling() != nil || n.Lines().Len() == 0 {
		return false
	}
	if _, ok := n.(*ast.Heading); ok != isHeading || !isHeading && !ast.IsParagraph(n) {
		return false
	}
	lines := n.Lines()
	return strings.TrimSpace(string(src[lines.At(0).Start:lines.At(lines.Len()-1).Stop])) == strings.TrimSpace(s)
}

// markup writes a content.
func (b block) markup(c tm.Content, m manner) string {
	var out strings.Builder
	at := 0
	for i := 0; i < len(c.Codes); i++ {
		code := c.Codes[i]
		link := code.Kind == tm.Open && code.Type == "link"
		out.WriteString(escape(c.Text[at:code.Pos], out.Len() == 0, link, m))
		at = code.Pos
		if i+1 < len(c.Codes) && b.isCodeSpan(code, c.Codes[i+1]) && !m.tags {
			at = c.Codes[i+1].Pos
			out.WriteString(codeSpan(c.Text[code.Pos:at]))
			i++
			continue
		}
		out.WriteString(b.nativeOf(code, m))
	}
	out.WriteString(escape(c.Text[at:], out.Len() == 0, false, m))
	return out.String()
}

// isCodeSpan reports whether the codes are the ends of a code span with text
// only inside.
func (b block) isCodeSpan(from, to tm.Code) bool {
	return from.Kind == tm.Open && to.Kind == tm.Close && from.ID == to.ID && to.Pos > from.Pos &&
		strings.HasPrefix(b.native[tm.Code{Kind: tm.Open, ID: from.ID}], "`")
}

// codeSpan writes code between backticks that do not occur in it.
func codeSpan(s string) string {
	fence := "`"
	for strings.Contains(s, fence) {
		fence += "`"
	}
	if s[0] == '`' || s[len(s)-1] == '`' || s[0] == ' ' && s[len(s)-1] == ' ' {
		s = " " + s + " "
	}
	return fence + s + fence
}

var htmlTags = map[string]string{"bold": "strong", "italic": "em", "strike": "del", "code": "code"}

func (b block) nativeOf(code tm.Code, m manner) string {
	native := b.native[tm.Code{Kind: code.Kind, ID: code.ID}]
	tag := htmlTags[code.Type]
	switch {
	case strings.HasPrefix(native, "<") || tag == "" || !m.tags && !strings.HasPrefix(native, "`"):
		return native
	case code.Kind == tm.Open:
		return "<" + tag + ">"
	}
	return "</" + tag + ">"
}

var blockStart = regexp.MustCompile(`^(?:[-+=:#>|]|[0-9]{1,9}[.)])`)

// escape writes text so that it is read as text. First says it begins a block,
// beforeLink that a "[" follows.
func escape(s string, first, beforeLink bool, m manner) string {
	var b strings.Builder
	danger := -1
	if at := blockStart.FindStringIndex(s); first && at != nil {
		danger = at[1] - 1
	}
	for i := 0; i < len(s); i++ {
		switch {
		case !util.IsPunct(s[i]):
		case m.escapeAll, i == danger, inDanger(s, i), beforeLink && s[i] == '!' && i == len(s)-1:
			b.WriteByte('\\')
		}
		b.WriteByte(s[i])
	}
	return b.String()
}

// inDanger reports whether the mark at i may begin or end markup.
func inDanger(s string, i int) bool {
	next := byte(' ')
	if i+1 < len(s) {
		next = s[i+1]
	}
	switch s[i] {
	case '*', '[', ']', '`', '~':
		return true
	case '_':
		return !(i > 0 && isWord(s[i-1]) && isWord(next))
	case '<':
		return isWord(next) || next == '/' || next == '!' || next == '?'
	case '\\':
		return i+1 == len(s) || util.IsPunct(next)
	case '&':
		return entity.MatchString(s[i:])
	case '{':
		return next == '#'
	}
	return false
}

// isWord takes the bytes of letters of other scripts for letters.
func isWord(b byte) bool {
	return b >= 0x80 || '0' <= b && b <= '9' || 'a' <= b && b <= 'z' || 'A' <= b && b <= 'Z'
}
