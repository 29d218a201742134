package markdown

import (
	"strings"

	"github.com/yuin/goldmark/ast"

	"tarjoman/tm"
	"tarjoman/tm/format"
)

// link reads "[words](destination)" or "[words][label]" as a pair.
func (w *walker) link(n ast.Node, ref *ast.ReferenceLink) {
	from := w.emit(piece{kind: open, typ: "link"}, w.at+len("["))
	w.children(n)
	if w.failed {
		return
	}
	end, title := w.linkEnd(ref)
	p := piece{kind: closing, typ: "link", title: title}
	if ref != nil && ref.Type != ast.ReferenceLinkFull {
		// "[Rain]" and "[Rain][]" name their reference by the words that change.
		p.native = "][" + string(ref.Value) + "]"
	}
	w.closePair(from, p, end)
}

// image reads an image as one code. Its words are a block of their own.
func (w *walker) image(n *ast.Image) {
	start := w.at
	w.at += len("![")
	inner := walker{src: w.src, bytes: w.bytes, at: w.at}
	inner.children(n)
	if inner.failed {
		w.failed = true
		return
	}
	inner.matchTags()
	w.at = inner.at
	end, title := w.linkEnd(n.Reference)
	p := piece{kind: alone, typ: "image", title: span{title.from + w.at - start, title.to + w.at - start}}
	if title == (span{}) {
		p.title = span{}
	}
	if alt, ok := newBlock(inner.pieces); ok && (n.Reference == nil || n.Reference.Type == ast.ReferenceLinkFull) {
		alt.from, alt.to = len("!["), w.at-start
		p.alt = &alt
	}
	w.at = start
	w.emit(p, end)
}

// linkEnd returns the end of the link whose "]" is at w.at, and the span of its
// title counted from there.
func (w *walker) linkEnd(ref *ast.ReferenceLink) (end int, title span) {
	rest := w.src[w.at:]
	switch {
	case !strings.HasPrefix(rest, "]"):
		w.failed = true
		return w.at, span{}
	case ref != nil && ref.Type == ast.ReferenceLinkShortcut:
		return w.at + 1, span{}
	case ref != nil:
		return w.at + 2 + closer(rest[2:], ']') + 1, span{}
	}
	n, title := inlineTail(rest)
	if n < 0 {
		w.failed = true
	}
	return w.at + n, title
}

// closer returns the offset of the first c that is not escaped.
func closer(s string, c byte) int {
	for i := 0; i < len(s); i++ {
		switch s[i] {
		case '\\':
			i++
		case c:
			return i
		}
	}
	return len(s)
}

// inlineTail reads `](destination "title")` and returns its length, or -1, and
// the span of the title without quotes.
func inlineTail(s string) (n int, title span) {
	if !strings.HasPrefix(s, "](") {
		return -1, span{}
	}
	at := skipSpace(s, len("]("))
	if at < len(s) && s[at] == '<' {
		at += closer(s[at:], '>') + 1
	} else {
		at = bareDestination(s, at)
	}
	at = skipSpace(s, at)
	if at < len(s) && strings.IndexByte(`"'(`, s[at]) >= 0 {
		quote := s[at]
		if quote == '(' {
			quote = ')'
		}
		title.from = at + 1
		title.to = title.from + closer(s[title.from:], quote)
		at = skipSpace(s, title.to+1)
	}
	if at >= len(s) || s[at] != ')' {
		return -1, span{}
	}
	return at + 1, title
}

func bareDestination(s string, at int) int {
	for depth := 0; at < len(s); at++ {
		switch c := s[at]; {
		case c == '\\':
			at++
		case c == '(':
			depth++
		case c == ')' && depth == 0, c <= ' ':
			return at
		case c == ')':
			depth--
		}
	}
	return min(at, len(s))
}

func skipSpace(s string, at int) int {
	for at < len(s) && (s[at] == ' ' || s[at] == '\t' || s[at] == '\n' || s[at] == '\r') {
		at++
	}
	return min(at, len(s))
}

// attributes offers the words of images and the titles of links and puts the
// answers into the pieces.
func (r *rewriter) attributes(ps []piece) (changed bool, err error) {
	for i := range ps {
		p := &ps[i]
		if p.title.to > p.title.from {
			did, err := r.title(p)
			if err != nil {
				return false, err
			}
			changed = changed || did
		}
		if p.alt != nil {
			did, err := r.alt(p)
			if err != nil {
				return false, err
			}
			changed = changed || did
		}
	}
	return changed, nil
}

func (r *rewriter) title(p *piece) (bool, error) {
	text := decode(p.raw[p.title.from:p.title.to])
	from, to := format.Trim(text)
	if !format.Translatable(text) {
		return false, nil
	}
	answer, err := r.translate(format.Block{Key: r.keys.Next("title", text[from:to]), Content: tm.Plain(text[from:to])})
	if err != nil || answer == nil {
		return false, err
	}
	quote := p.raw[p.title.to]
	value := escapeTitle(text[:from]+oneLine(*answer).Text+text[to:], quote)
	p.raw = p.raw[:p.title.from] + value + p.raw[p.title.to:]
	return true, nil
}

func escapeTitle(s string, quote byte) string {
	var b strings.Builder
	for i := 0; i < len(s); i++ {
		c := s[i]
		if c == quote || c == '\\' || c == '(' && quote == ')' || c == '&' && entity.MatchString(s[i:]) {
			b.WriteByte('\\')
		}
		b.WriteByte(c)
	}
	return b.String()
}

func (r *rewriter) alt(p *piece) (bool, error) {
	answer, err := r.translate(format.Block{Key: r.keys.Next("alt", p.alt.content.Text), Content: p.alt.content})
	if err != nil || answer == nil {
		return false, err
	}
	text := r.render(*p.alt, format.Fit(p.alt.content, oneLine(*answer)), inline)
	p.raw = p.raw[:p.alt.from] + text + p.raw[p.alt.to:]
	return true, nil
}
