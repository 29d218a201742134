package html

import (
	"bufio"
	"bytes"

	"golang.org/x/net/html"

	"tarjoman/tm"
	"tarjoman/tm/format"
)

// maxDepth bounds the open block elements, far above what pages have.
const maxDepth = 10_000

// A rewriter walks the tokens of one document and writes it anew.
type rewriter struct {
	out       *bufio.Writer
	src       []byte
	translate format.Translate
	local     localiser
	keys      format.Keys
	stack     []element      // open block elements
	opened    map[string]int // how many of each name are in stack
	held      *heldTag       // the tag of the innermost one, while its text is not known
	run       run
	skip      *skipped
}

type element struct {
	name  string
	marks marks // that hold inside
}

// A heldTag waits for the text that follows it: an element whose own text is
// translated, or kept, is marked with the language that text is in.
type heldTag struct {
	raw       []byte
	container []byte // as it is written when no text follows
	inherited marks
}

// A token is one token of the page and its span.
type token struct {
	kind     html.TokenType
	name     string
	from, to int
}

func (r *rewriter) rewrite() error {
	z := html.NewTokenizer(bytes.NewReader(r.src))
	at := 0
	for kind := z.Next(); kind != html.ErrorToken; kind = z.Next() {
		t := token{kind: kind, from: at, to: at + len(z.Raw())}
		at = t.to
		if kind == html.StartTagToken || kind == html.EndTagToken || kind == html.SelfClosingTagToken {
			t.name = tagName(r.src[t.from:t.to])
		}
		if kind == html.StartTagToken && t.name == "noscript" {
			z.NextIsNotRawText()
		}
		if err := r.token(t); err != nil {
			return err
		}
	}
	if r.skip != nil {
		r.endSkip(at)
	}
	if err := r.flush(); err != nil {
		return err
	}
	_, err := r.out.Write(r.src[at:])
	return err
}

// tagName returns the name of a start or end tag in lower case.
func tagName(raw []byte) string {
	if bytes.HasPrefix(raw, []byte("</")) {
		raw = raw[1:]
	}
	return string(bytes.ToLower(raw[1:nameEnd(raw)]))
}

func (r *rewriter) token(t token) error {
	if r.skip != nil && r.skipping(t) {
		return nil
	}
	switch t.kind {
	case html.StartTagToken, html.SelfClosingTagToken:
		return r.startTag(t)
	case html.EndTagToken:
		return r.endTag(t)
	case html.TextToken:
		return r.add(piece{kind: text, from: t.from, to: t.to})
	case html.CommentToken:
		return r.add(piece{kind: comment, from: t.from, to: t.to})
	}
	return r.flushAnd(r.src[t.from:t.to])
}

func (r *rewriter) startTag(t token) error {
	raw := r.src[t.from:t.to]
	if r.protected(t, raw) {
		return r.beginSkip(t)
	}
	if blockElements[t.name] {
		return r.startBlock(t, raw)
	}
	raw, err := r.translateAttributes(t.name, raw)
	if err != nil {
		return err
	}
	p := piece{kind: open, name: t.name, from: t.from, to: t.to, raw: raw}
	if voidElements[t.name] || t.kind == html.SelfClosingTagToken {
		p.kind = alone
	}
	if p.name == "br" {
		if err := r.splitAtBreaks(); err != nil {
			return err
		}
	}
	return r.add(p)
}

// protected reports whether the element is kept whole. The root is not, even
// when it says so: `<html translate="no">` speaks to browsers that offer a
// machine translation, not to the newsroom that imports the page.
func (r *rewriter) protected(t token, raw []byte) bool {
	if t.kind == html.SelfClosingTagToken || voidElements[t.name] || t.name == "html" || t.name == "body" {
		return false
	}
	return protectedElements[t.name] || noTranslate(raw, attributes(raw)) ||
		t.name == "code" && r.top().name == "pre" && !r.run.words && !r.run.whole
}

func (r *rewriter) startBlock(t token, raw []byte) error {
	if err := r.flush(); err != nil {
		return err
	}
	raw, err := r.translateAttributes(t.name, raw)
	if err != nil {
		return err
	}
	if voidElements[t.name] {
		_, err = r.out.Write(raw)
		return err
	}
	ends := endsBefore(t.name)
	for len(r.stack) > 0 && ends[r.top().name] {
		r.pop()
	}
	if len(r.stack) >= maxDepth {
		return tm.NewError(tm.TooLarge, "document.too_deep", "line", format.Line(r.src, t.from), "limit", maxDepth)
	}
	inherited := r.top().marks
	container, inside := r.local.container(t.name, raw, len(r.stack), inherited)
	r.held = &heldTag{raw, container, inherited}
	r.stack = append(r.stack, element{t.name, inside})
	r.opened[t.name]++
	return nil
}

func (r *rewriter) endTag(t token) error {
	raw := r.src[t.from:t.to]
	if !blockElements[t.name] {
		return r.add(piece{kind: closing, name: t.name, from: t.from, to: t.to})
	}
	if err := r.flushAnd(raw); err != nil {
		return err
	}
	for r.opened[t.name] > 0 {
		if r.pop() == t.name {
			break
		}
	}
	return nil
}

// top returns the innermost open block element, the zero one outside of all.
func (r *rewriter) top() element {
	if len(r.stack) == 0 {
		return element{}
	}
	return r.stack[len(r.stack)-1]
}

func (r *rewriter) pop() (name string) {
	name = r.top().name
	r.opened[name]--
	r.stack = r.stack[:len(r.stack)-1]
	return name
}

// writeHeld writes the waiting start tag. The state says what is known of the
// text that follows it.
func (r *rewriter) writeHeld(state textState) {
	if r.held == nil {
		return
	}
	held := r.held
	r.held = nil
	want := r.local.target
	if state == kept {
		want = r.local.source
	}
	if !r.local.active || state == noText || state == kept && !r.local.turns {
		r.out.Write(held.container)
		return
	}
	r.stack[len(r.stack)-1].marks = want
	r.out.Write(r.local.leaf(held.raw, want, held.inherited))
}

type textState uint8

const (
	noText textState = iota
	translated
	kept
)

func (r *rewriter) flushAnd(raw []byte) error {
	if err := r.flush(); err != nil {
		return err
	}
	_, err := r.out.Write(raw)
	return err
}
