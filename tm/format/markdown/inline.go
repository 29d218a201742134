package markdown

import (
	"bytes"
	"cmp"
	"html"
	"regexp"
	"strings"

	"github.com/yuin/goldmark/ast"
	"github.com/yuin/goldmark/extension"
	extast "github.com/yuin/goldmark/extension/ast"
	"github.com/yuin/goldmark/parser"
	"github.com/yuin/goldmark/text"
	"github.com/yuin/goldmark/util"
)

type pieceKind uint8

const (
	word pieceKind = iota
	open
	closing
	alone
)

// A piece is a stretch of the text of a block; the pieces one after the other
// are the whole text. Words are decoded, the others are codes.
type piece struct {
	kind   pieceKind
	typ    string // of a code
	raw    string // as it is written
	native string // as it is written in a translation, where that differs
	text   string // of words
	pair   int    // index of the partner, -1 without
	tag    string // name of an inline HTML tag
	alt    *block // of an image
	title  span   // in raw, of a link or image
}

type span struct{ from, to int }

func (p piece) written() string { return cmp.Or(p.native, p.raw) }

// native is how pieces are written beside a translation, raw as they were.
func native(ps []piece) string {
	var b strings.Builder
	for _, p := range ps {
		b.WriteString(p.written())
	}
	return b.String()
}

func raw(ps []piece) string {
	var b strings.Builder
	for _, p := range ps {
		b.WriteString(p.raw)
	}
	return b.String()
}

// An inlineParser parses the text of one block after the other.
type inlineParser struct {
	parser   parser.Parser
	document parser.Context // knows the reference definitions
}

// A textContext is the context of one text in its document.
type textContext struct {
	parser.Context
	document parser.Context
}

func (c textContext) Reference(label string) (parser.Reference, bool) {
	return c.document.Reference(label)
}

func newInlineParser(document parser.Context, notes map[string]bool) *inlineParser {
	inline := append(parser.DefaultInlineParsers(),
		util.Prioritized(noteParser{notes}, 150),
		util.Prioritized(extension.NewStrikethroughParser(), 500),
		util.Prioritized(extension.NewLinkifyParser(), 999))
	return &inlineParser{document: document, parser: parser.NewParser(
		parser.WithBlockParsers(util.Prioritized(parser.NewParagraphParser(), 1000)),
		parser.WithInlineParsers(inline...),
	)}
}

// parse returns the pieces of src, or nil when it is not one paragraph.
func (p *inlineParser) parse(src string) []piece {
	pc := textContext{parser.NewContext(), p.document}
	doc := p.parser.Parse(text.NewReader([]byte(src)), parser.WithContext(pc))
	paragraph := doc.FirstChild()
	if paragraph == nil || paragraph.NextSibling() != nil || !ast.IsParagraph(paragraph) {
		return nil
	}
	w := walker{src: src, bytes: []byte(src)}
	w.children(paragraph)
	if w.failed || w.at != len(src) {
		return nil
	}
	w.matchTags()
	return w.pieces
}

// A walker turns the nodes of goldmark into pieces. Nodes say little about where
// they end, but they follow one another without gaps, so the walker keeps its
// place and reads the marks it finds there.
type walker struct {
	src    string
	bytes  []byte
	at     int
	pieces []piece
	failed bool
}

func (w *walker) children(n ast.Node) {
	for c := n.FirstChild(); c != nil && !w.failed; c = c.NextSibling() {
		w.node(c)
	}
}

func (w *walker) node(n ast.Node) {
	switch n := n.(type) {
	case *ast.Text:
		w.textNode(n)
	case *ast.Emphasis:
		w.span(n, n.Level, map[int]string{1: "italic", 2: "bold"}[n.Level])
	case *extast.Strikethrough:
		w.span(n, w.tildes(), "strike")
	case *ast.CodeSpan:
		w.codeSpan(n)
	case *ast.Link:
		w.link(n, n.Reference)
	case *ast.Image:
		w.image(n)
	case *ast.AutoLink:
		w.autoLink(n)
	case *ast.RawHTML:
		w.rawHTML(n)
	case *noteRef:
		w.emit(piece{kind: alone, typ: "note"}, w.at+n.length)
	default:
		w.failed = true
	}
}

// tildes counts the marks of the strikethrough that begins here.
func (w *walker) tildes() int {
	if strings.HasPrefix(w.src[w.at:], "~~") {
		return 2
	}
	return 1
}

// emit adds the piece that ends at to and returns its index.
func (w *walker) emit(p piece, to int) int {
	if to < w.at || to > len(w.src) {
		w.failed = true
		return -1
	}
	p.raw, p.pair = w.src[w.at:to], -1
	if p.kind == word && p.text == "" {
		p.text = decode(p.raw)
	}
	w.pieces = append(w.pieces, p)
	w.at = to
	return len(w.pieces) - 1
}

func (w *walker) textNode(n *ast.Text) {
	if n.Segment.Start != w.at {
		w.failed = true
		return
	}
	if n.Segment.Stop > w.at {
		w.emit(piece{kind: word}, n.Segment.Stop)
	}
	if !n.SoftLineBreak() && !n.HardLineBreak() {
		return
	}
	next := strings.IndexByte(w.src[w.at:], '\n')
	if next < 0 {
		w.emit(piece{kind: word, text: " "}, len(w.src))
		return
	}
	end := w.at + next + 1
	end += len(w.src[end:]) - len(strings.TrimLeft(w.src[end:], " \t"))
	if n.HardLineBreak() {
		w.emit(piece{kind: alone, typ: "break"}, end)
		return
	}
	w.emit(piece{kind: word, text: " "}, end)
}

// span reads a pair of marks of the same length around the children.
func (w *walker) span(n ast.Node, marks int, typ string) {
	from := w.emit(piece{kind: open, typ: typ}, w.at+marks)
	w.children(n)
	if !w.failed {
		w.closePair(from, piece{kind: closing, typ: typ}, w.at+marks)
	}
}

func (w *walker) closePair(from int, p piece, to int) {
	if i := w.emit(p, to); i >= 0 && from >= 0 {
		w.pieces[i].pair, w.pieces[from].pair = from, i
	}
}

// codeSpan reads code, whose text is what it says: no escapes, and line ends are
// spaces.
func (w *walker) codeSpan(n *ast.CodeSpan) {
	first, ok := n.FirstChild().(*ast.Text)
	if !ok {
		w.failed = true
		return
	}
	last := n.LastChild().(*ast.Text)
	ticks := len(w.src[w.at:]) - len(strings.TrimLeft(w.src[w.at:], "`"))
	from := w.emit(piece{kind: open, typ: "code"}, first.Segment.Start)
	content := strings.NewReplacer("\r\n", " ", "\n", " ").Replace(w.src[first.Segment.Start:max(first.Segment.Start, last.Segment.Stop)])
	if content != "" {
		w.emit(piece{kind: word, text: content}, last.Segment.Stop)
	}
	end := strings.IndexByte(w.src[w.at:], '`')
	w.closePair(from, piece{kind: closing, typ: "code"}, w.at+max(end, 0)+ticks)
}

func (w *walker) autoLink(n *ast.AutoLink) {
	end := w.at + len(n.Label(w.bytes))
	if strings.HasPrefix(w.src[w.at:], "<") {
		end += len("<>")
	}
	w.emit(piece{kind: alone, typ: "link"}, end)
}

func (w *walker) rawHTML(n *ast.RawHTML) {
	if n.Segments.Len() == 0 {
		w.failed = true
		return
	}
	end := n.Segments.At(n.Segments.Len() - 1).Stop
	p := piece{kind: alone, typ: "format"}
	p.tag = tagName(w.src[w.at:max(w.at, min(end, len(w.src)))])
	if t, ok := tagTypes[strings.TrimPrefix(p.tag, "/")]; ok {
		p.typ = t
	}
	w.emit(p, end)
}

var tagTypes = map[string]string{
	"b": "bold", "strong": "bold", "i": "italic", "em": "italic", "u": "underline", "s": "strike", "del": "strike",
	"strike": "strike", "sub": "sub", "sup": "sup", "a": "link", "img": "image", "code": "code", "kbd": "code", "br": "break",
}

var htmlName = regexp.MustCompile(`^<(/?[A-Za-z][-\w]*)`)

func tagName(raw string) string {
	if m := htmlName.FindStringSubmatch(raw); m != nil && !strings.HasSuffix(raw, "/>") {
		return strings.ToLower(m[1])
	}
	return ""
}

// matchTags pairs inline HTML tags that stand properly inside each other and
// inside the pairs of Markdown.
func (w *walker) matchTags() {
	var opened []int
	for i, p := range w.pieces {
		name, end := strings.CutPrefix(p.tag, "/")
		switch {
		case p.kind == open || p.kind == alone && p.tag != "" && !end:
			opened = append(opened, i)
		case p.kind == closing:
			for opened[len(opened)-1] != p.pair {
				opened = opened[:len(opened)-1]
			}
			opened = opened[:len(opened)-1]
		case end:
			opened = w.closeTag(opened, i, name)
		}
	}
}

func (w *walker) closeTag(opened []int, i int, name string) []int {
	for j := len(opened) - 1; j >= 0 && w.pieces[opened[j]].kind == alone; j-- {
		start := opened[j]
		if w.pieces[start].tag == name {
			w.pieces[start].kind, w.pieces[i].kind = open, closing
			w.pieces[start].pair, w.pieces[i].pair = i, start
			return opened[:j]
		}
	}
	return opened
}

var entity = regexp.MustCompile(`^&(?:#[0-9]{1,7}|#[xX][0-9a-fA-F]{1,6}|[A-Za-z][A-Za-z0-9]{1,31});`)

// decode gives the characters that raw words stand for: escapes and entities.
func decode(raw string) string {
	if !strings.ContainsAny(raw, `\&`) {
		return raw
	}
	var b strings.Builder
	for len(raw) > 0 {
		switch {
		case raw[0] == '\\' && len(raw) > 1 && util.IsPunct(raw[1]):
			b.WriteByte(raw[1])
			raw = raw[2:]
			continue
		case raw[0] == '&':
			if m := entity.FindString(raw); m != "" {
				b.WriteString(html.UnescapeString(m))
				raw = raw[len(m):]
				continue
			}
		}
		b.WriteByte(raw[0])
		raw = raw[1:]
	}
	return b.String()
}

// A noteParser reads references to the footnotes of the document.
type noteParser struct {
	notes map[string]bool
}

type noteRef struct {
	ast.BaseInline
	length int
}

var kindNoteRef = ast.NewNodeKind("NoteRef")

func (n *noteRef) Kind() ast.NodeKind            { return kindNoteRef }
func (n *noteRef) Dump(source []byte, level int) { ast.DumpHelper(n, source, level, nil, nil) }

func (noteParser) Trigger() []byte { return []byte{'['} }

func (p noteParser) Parse(_ ast.Node, block text.Reader, _ parser.Context) ast.Node {
	line, _ := block.PeekLine()
	end := bytes.IndexByte(line, ']')
	if end < 2 || line[1] != '^' || !p.notes[string(line[2:end])] {
		return nil
	}
	block.Advance(end + 1)
	return &noteRef{length: end + 1}
}
