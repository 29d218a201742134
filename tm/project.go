package tm

import (
	"cmp"
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"
)

// ProjectCodes puts the codes of source into target, a text without codes that
// says the same: codes at the start and end of the source stand at the start
// and end of the target; a pair around words that occur verbatim in the target
// (names, numbers, addresses) goes around them; every other code is placed in
// proportion, at the edge of a word. No code is lost or doubled, and pairs that
// do not cross in the source do not cross in the result.
func ProjectCodes(source Content, target string) Content {
	if n := len(source.Codes); n*n*max(len(target), len(source.Text)) > maxProjection {
		return atEdges(source, target)
	}
	nodes, nested := codeTree(source)
	if !nested {
		nodes = leaves(source)
	}
	p := projection{source: source.Text, target: target}
	p.place(nodes, span{0, len(source.Text)}, span{0, len(target)})
	out := Content{Text: target}
	if len(source.Codes) > 0 {
		out.Codes = make([]Code, 0, len(source.Codes))
	}
	return p.emit(out, source.Codes, nodes)
}

// maxProjection bounds codes × codes × bytes, far above any real sentence.
const maxProjection = 1 << 28

// atEdges puts the leading codes at the start and all others at the end.
func atEdges(source Content, target string) Content {
	out := Content{Text: target, Codes: slices.Clone(source.Codes)}
	for i := range out.Codes {
		if out.Codes[i].Pos > 0 {
			out.Codes[i].Pos = len(target)
		}
	}
	return out
}

type span struct{ from, to int }

func (s span) len() int { return s.to - s.from }

// A codeNode is a code or a pair with what stands between its halves. Open and
// close are indexes of codes; close is -1 for a single code.
type codeNode struct {
	open, close int
	at          span // in the source
	to          span // in the target
	kind        CodeKind
	anchored    bool
	children    []*codeNode
}

// codeTree arranges the codes by nesting; a half without partner is a leaf. It
// reports false when pairs cross.
func codeTree(c Content) (nodes []*codeNode, nested bool) {
	partner := partners(c.Codes)
	root := &codeNode{}
	stack := []*codeNode{root}
	for i, code := range c.Codes {
		top := stack[len(stack)-1]
		switch {
		case partner[i] > i:
			n := &codeNode{open: i, close: partner[i], kind: Open, at: span{code.Pos, c.Codes[partner[i]].Pos}}
			top.children = append(top.children, n)
			stack = append(stack, n)
		case partner[i] >= 0 && top.close == i && top != root:
			stack = stack[:len(stack)-1]
		case partner[i] >= 0:
			return nil, false
		default:
			top.children = append(top.children, leaf(c, i))
		}
	}
	return root.children, true
}

func leaf(c Content, i int) *codeNode {
	return &codeNode{open: i, close: -1, kind: c.Codes[i].Kind, at: span{c.Codes[i].Pos, c.Codes[i].Pos}}
}

// leaves takes every code for itself; places in proportion keep their order.
func leaves(c Content) []*codeNode {
	nodes := make([]*codeNode, len(c.Codes))
	for i := range c.Codes {
		nodes[i] = leaf(c, i)
	}
	return nodes
}

// partners returns for every code the index of its other half, -1 for none.
func partners(codes []Code) []int {
	list := make([]int, len(codes))
	open := map[int]int{}
	for i, c := range codes {
		list[i] = -1
		if c.Kind == Open {
			open[c.ID] = i
		}
		if j, ok := open[c.ID]; ok && c.Kind == Close {
			list[i], list[j] = j, i
			delete(open, c.ID)
		}
	}
	return list
}

type projection struct{ source, target string }

// place finds the target ranges of sibling nodes, which stand in the range src,
// within the range dst.
func (p projection) place(nodes []*codeNode, src, dst span) {
	var taken []span
	for _, n := range byLength(nodes) {
		if p.anchor(n, dst, taken) {
			taken = append(taken, n.to)
		}
	}
	for _, n := range nodes {
		if !n.anchored {
			p.proportion(n, src, dst)
			n.to = avoid(n.to, taken)
			if n.to.len() > 0 {
				taken = append(taken, n.to)
			}
		}
	}
	for _, n := range nodes {
		p.place(n.children, n.at, n.to)
	}
}

// byLength returns the pairs, those around the longest text first: a long text
// is found in the target with less doubt.
func byLength(nodes []*codeNode) []*codeNode {
	pairs := slices.DeleteFunc(slices.Clone(nodes), func(n *codeNode) bool { return n.close < 0 })
	slices.SortStableFunc(pairs, func(a, b *codeNode) int { return cmp.Compare(b.at.len(), a.at.len()) })
	return pairs
}

// anchor puts a pair around its own words when dst has them as whole words. A
// pair around the whole range is not anchored: it stays around the whole.
func (p projection) anchor(n *codeNode, dst span, taken []span) bool {
	words := strings.TrimSpace(p.source[n.at.from:n.at.to])
	if words == "" || n.at.len() == len(p.source) {
		return false
	}
	for from := dst.from; ; {
		i := strings.Index(p.target[from:dst.to], words)
		if i < 0 {
			return false
		}
		found := span{from + i, from + i + len(words)}
		if p.wholeWords(found) && free(found, taken) {
			n.to, n.anchored = found, true
			return true
		}
		from = found.from + 1
	}
}

func (p projection) wholeWords(s span) bool {
	first, _ := utf8.DecodeRuneInString(p.target[s.from:])
	last, _ := utf8.DecodeLastRuneInString(p.target[:s.to])
	before, _ := utf8.DecodeLastRuneInString(p.target[:s.from])
	after, _ := utf8.DecodeRuneInString(p.target[s.to:])
	return !(wordRune(first) && wordRune(before)) && !(wordRune(last) && wordRune(after))
}

func wordRune(r rune) bool {
	return r != utf8.RuneError && (unicode.IsLetter(r) || unicode.IsDigit(r) || unicode.IsMark(r))
}

func free(s span, taken []span) bool {
	return !slices.ContainsFunc(taken, func(t span) bool { return s.from < t.to && t.from < s.to })
}

// proportion places a node by its place in the source.
func (p projection) proportion(n *codeNode, src, dst span) {
	n.to.from = p.scale(n.at.from, src, dst, n.kind == Open || n.kind == Alone && p.beforeWord(n.at.from))
	n.to.to = n.to.from
	if n.close >= 0 {
		n.to.to = max(n.to.from, p.scale(n.at.to, src, dst, false))
	}
}

// beforeWord reports whether a code at the offset of the source belongs to the
// word after it rather than to the one before.
func (p projection) beforeWord(at int) bool {
	before, _ := utf8.DecodeLastRuneInString(p.source[:at])
	after, _ := utf8.DecodeRuneInString(p.source[at:])
	return !wordRune(before) || wordRune(after)
}

// scale maps an offset from src to dst and moves it to the nearest edge of a
// word: a beginning when start, else an end.
func (p projection) scale(at int, src, dst span, start bool) int {
	switch {
	case at <= src.from:
		return dst.from
	case at >= src.to:
		return dst.to
	}
	want := dst.from + (at-src.from)*dst.len()/src.len()
	best := -1
	for i := range p.target[dst.from:dst.to] {
		i += dst.from
		if p.edge(i, dst, start) && (best < 0 || distance(i, want) < distance(best, want)) {
			best = i
		}
	}
	switch {
	case best < 0 && start:
		return dst.from
	case best < 0, !start && distance(dst.to, want) < distance(best, want):
		return dst.to
	}
	return best
}

// edge reports whether a word begins (or ends) at the offset. In a text without
// spaces every character is a word.
func (p projection) edge(at int, dst span, start bool) bool {
	if at == dst.from {
		return false
	}
	if strings.IndexFunc(p.target[dst.from:dst.to], unicode.IsSpace) < 0 {
		return true
	}
	before, _ := utf8.DecodeLastRuneInString(p.target[:at])
	after, _ := utf8.DecodeRuneInString(p.target[at:])
	if start {
		return unicode.IsSpace(before) && !unicode.IsSpace(after)
	}
	return !unicode.IsSpace(before) && unicode.IsSpace(after)
}

func distance(a, b int) int { return max(a-b, b-a) }

// avoid moves a range out of those that are taken: an empty one to the nearer
// edge, another one is cut.
func avoid(s span, taken []span) span {
	for _, t := range taken {
		switch {
		case s.from <= t.from && s.to <= t.from, s.from >= t.to:
		case s.from >= t.from && s.len() == 0 && s.from-t.from <= t.to-s.from:
			s = span{t.from, t.from}
		case s.from >= t.from:
			s = span{t.to, max(t.to, s.to)}
		default:
			s.to = t.from
		}
	}
	return s
}

// emit appends the codes in the order of the target.
func (p projection) emit(out Content, codes []Code, nodes []*codeNode) Content {
	sorted := slices.Clone(nodes)
	slices.SortStableFunc(sorted, func(a, b *codeNode) int {
		return cmp.Or(cmp.Compare(a.to.from, b.to.from), cmp.Compare(a.to.to, b.to.to))
	})
	for _, n := range sorted {
		out.Codes = append(out.Codes, codes[n.open])
		out.Codes[len(out.Codes)-1].Pos = n.to.from
		out = p.emit(out, codes, n.children)
		if n.close >= 0 {
			out.Codes = append(out.Codes, codes[n.close])
			out.Codes[len(out.Codes)-1].Pos = n.to.to
		}
	}
	return out
}
