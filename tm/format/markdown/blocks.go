package markdown

import (
	"bytes"
	"cmp"
	"regexp"
	"slices"
	"strconv"
	"strings"

	"github.com/yuin/goldmark/ast"
	"github.com/yuin/goldmark/extension"
	extast "github.com/yuin/goldmark/extension/ast"
	"github.com/yuin/goldmark/parser"
	"github.com/yuin/goldmark/text"
	"github.com/yuin/goldmark/util"

	"tarjoman/tm"
	"tarjoman/tm/format"
)

// A leaf is one block of text: its span in the document with the marks of block
// quotes and lists between its lines, and its text without them.
type leaf struct {
	kind     leafKind
	from, to int
	place    string
	text     string
	prefix   string // what stands between a line end and the next line's text
	cell     bool   // of a table: "|" is written "\|"
	title    span   // in text, of a definition
}

type leafKind uint8

const (
	textLeaf leafKind = iota
	htmlLeaf
	definitionLeaf
)

// native puts text back where the block stood: the marks between its lines.
func (l leaf) native(text string) string {
	if l.cell {
		text = strings.ReplaceAll(text, "|", `\|`)
	}
	return strings.ReplaceAll(text, "\n", "\n"+l.prefix)
}

// blockParser finds blocks only. It has no inline parsers, so it is linear, and
// no transformer that moves footnotes.
func blockParser(check parser.ParagraphTransformer) parser.Parser {
	return parser.NewParser(
		parser.WithBlockParsers(append(parser.DefaultBlockParsers(),
			util.Prioritized(extension.NewFootnoteBlockParser(), 999))...),
		parser.WithParagraphTransformers(
			util.Prioritized(check, 1),
			util.Prioritized(parser.LinkReferenceParagraphTransformer, 100),
			util.Prioritized(extension.NewTableParagraphTransformer(), 200)),
	)
}

// parse finds the blocks, reference definitions and footnotes of the document.
func (r *rewriter) parse() error {
	if len(r.src)-r.body > maxBody {
		return tm.NewError(tm.TooLarge, "document.too_large", "limit_mb", maxBody>>20)
	}
	body := mask(r.src[r.body:])
	if at := overNested(body); at >= 0 {
		return tooDeep(r.src, r.body+at)
	}
	check := &paragraphCheck{at: -1}
	pc := parser.NewContext()
	doc := blockParser(check).Parse(text.NewReader(body), parser.WithContext(pc))
	if check.at >= 0 {
		return tooComplex(r.src, r.body+check.at)
	}
	if len(pc.References()) > maxReferences {
		return tm.NewError(tm.TooLarge, "document.too_many_references", "limit", maxReferences)
	}
	c := collector{body: body, offset: r.body, notes: map[string]bool{}}
	if err := c.walk(doc, 0); err != nil {
		return tooDeep(r.src, r.body)
	}
	slices.SortFunc(c.leaves, func(a, b leaf) int { return cmp.Compare(a.from, b.from) })
	r.leaves, r.inline = c.leaves, newInlineParser(pc, c.notes)
	return nil
}

func tooDeep(src []byte, at int) error {
	return tm.NewError(tm.TooLarge, "document.too_deep", "line", format.Line(src, at), "limit", maxNesting)
}

var masked = regexp.MustCompile(`(?m)^[ \t>]*(:{3,}[^\r\n]*|\[!\w+\][-+]?[ \t]*$|\{%[^\r\n]*%\}[ \t]*$|\{\{[<%][^\r\n]*[>%]\}\}[ \t]*$)`)

// mask returns a copy of the same length for goldmark in which lines of site
// generators and GitHub that are no Markdown are blank: containers (":::tip"),
// alert marks ("[!NOTE]") and template tags. Lone carriage returns become line
// feeds, the only line end goldmark knows.
func mask(body []byte) []byte {
	out := bytes.Clone(body)
	for _, m := range masked.FindAllSubmatchIndex(body, -1) {
		for i := m[2]; i < m[3]; i++ {
			out[i] = ' '
		}
	}
	for i, b := range out {
		if b == '\r' && (i+1 == len(out) || out[i+1] != '\n') {
			out[i] = '\n'
		}
	}
	return out
}

type collector struct {
	body   []byte
	offset int
	leaves []leaf
	notes  map[string]bool // labels of footnotes
}

func (c *collector) walk(n ast.Node, depth int) error {
	if depth > 4*maxNesting {
		return errDeep
	}
	switch n := n.(type) {
	case *ast.Heading:
		c.add(n, "h"+strconv.Itoa(n.Level))
		return nil
	case *ast.Paragraph, *ast.TextBlock:
		c.add(n, "p")
		return nil
	case *extast.TableCell:
		c.add(n, "cell")
		return nil
	case *ast.HTMLBlock:
		c.addHTML(n)
		return nil
	case *ast.LinkReferenceDefinition:
		c.addDefinition(n)
		return nil
	case *extast.Footnote:
		c.notes[string(n.Ref)] = true
	}
	if n.Type() == ast.TypeInline {
		return nil
	}
	for child := n.FirstChild(); child != nil; child = child.NextSibling() {
		if err := c.walk(child, depth+1); err != nil {
			return err
		}
	}
	return nil
}

var (
	headingID = regexp.MustCompile(`[ \t]*\{#[^{}\n]*\}[ \t]*$`)
	taskBox   = regexp.MustCompile(`^\[[ xX]\][ \t]+`)
)

// add collects the text of a block. Task boxes and heading anchors are no text.
func (c *collector) add(n ast.Node, place string) {
	lines := n.Lines()
	if lines.Len() == 0 {
		return
	}
	var b strings.Builder
	for i := range lines.Len() {
		segment := lines.At(i)
		b.Write(segment.Value(c.body))
	}
	first, last := lines.At(0), lines.At(lines.Len()-1)
	l := leaf{from: first.Start, to: last.Stop, place: place, text: b.String(), cell: place == "cell"}
	if lines.Len() > 1 {
		l.prefix = string(c.body[first.Stop:lines.At(1).Start])
	}
	trimmed := strings.TrimRight(l.text, " \t\r\n")
	if place[0] == 'h' {
		trimmed = headingID.ReplaceAllString(trimmed, "")
	}
	l.to -= len(l.text) - len(trimmed)
	l.text = trimmed
	if m := taskBox.FindString(l.text); m != "" && isListItem(n) {
		l.text, l.from = l.text[len(m):], l.from+len(m)
	}
	if l.cell {
		l.text = strings.ReplaceAll(l.text, `\|`, "|")
	}
	if first.Padding > 0 || l.text == "" || l.to < l.from {
		return
	}
	l.from, l.to = l.from+c.offset, l.to+c.offset
	c.leaves = append(c.leaves, l)
}

func isListItem(n ast.Node) bool {
	_, ok := n.Parent().(*ast.ListItem)
	return ok && n.PreviousSibling() == nil
}
