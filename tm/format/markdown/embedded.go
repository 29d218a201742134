package markdown

import (
	"fmt"
	"strings"

	"github.com/yuin/goldmark/ast"

	"tarjoman/tm"
	"tarjoman/tm/format"
	"tarjoman/tm/format/html"
)

// addHTML takes an HTML block, which is read as HTML is. One with marks of
// quotes or lists between its lines is left alone.
func (c *collector) addHTML(n *ast.HTMLBlock) {
	lines := n.Lines()
	if lines.Len() == 0 || lines.At(0).Padding > 0 {
		return
	}
	l := leaf{kind: htmlLeaf, from: lines.At(0).Start, to: lines.At(0).Stop, place: "html"}
	for i := 1; i < lines.Len(); i++ {
		if lines.At(i).Start != l.to {
			return
		}
		l.to = lines.At(i).Stop
	}
	if n.HasClosure() && n.ClosureLine.Start == l.to {
		l.to = n.ClosureLine.Stop
	}
	l.text = string(c.body[l.from:l.to])
	l.from, l.to = l.from+c.offset, l.to+c.offset
	c.leaves = append(c.leaves, l)
}

// html offers the blocks of an HTML block. Direction is the business of the
// whole document, so the target is not passed on.
func (r *rewriter) html(l leaf) (string, error) {
	if len(l.text) > format.MaxBlockBytes {
		return "", format.BlockTooLarge(r.src, l.from)
	}
	var out strings.Builder
	err := html.Format{}.Rewrite(&out, r.src[l.from:l.to], format.Options{}, func(b format.Block) (*tm.Content, error) {
		b.Key = r.keys.Next(l.place, b.Content.Text)
		answer, err := r.translate(b)
		if answer == nil || err != nil {
			return nil, err
		}
		line := oneLine(*answer)
		return &line, nil
	})
	return guardLines(out.String(), l.text), err
}

// guardLines writes the first mark of a translation that would become a line of
// its own kind, such as ":::", as a character reference.
func guardLines(s, original string) string {
	for masked.MatchString(s) && !masked.MatchString(original) {
		at := masked.FindStringSubmatchIndex(s)[2]
		s = fmt.Sprintf("%s&#%d;%s", s[:at], s[at], s[at+1:])
	}
	return s
}

// addDefinition takes the title of a reference definition.
func (c *collector) addDefinition(n *ast.LinkReferenceDefinition) {
	lines := n.Lines()
	if lines.Len() != 1 || len(n.Title) == 0 {
		return
	}
	segment := lines.At(0)
	text := string(segment.Value(c.body))
	end := closer(text, ']')
	if segment.Padding > 0 || !strings.HasPrefix(text[min(end, len(text)):], "]:") {
		return
	}
	// The rest is written as in an inline link, up to its bracket.
	_, title := inlineTail("](" + strings.TrimSpace(text[end+2:]) + ")")
	if title.to <= title.from {
		return
	}
	shift := end + 2 + strings.Index(text[end+2:], strings.TrimSpace(text[end+2:])) - len("](")
	l := leaf{kind: definitionLeaf, from: segment.Start + c.offset, to: segment.Stop + c.offset, text: text}
	l.title = span{title.from + shift, title.to + shift}
	c.leaves = append(c.leaves, l)
}

// definition offers the title of a reference definition.
func (r *rewriter) definition(l leaf) (string, error) {
	p := piece{raw: l.text, title: l.title}
	_, err := r.title(&p)
	return p.raw, err
}
