package docx

import (
	"cmp"
	"slices"
	"sort"
	"strings"
	"unicode/utf8"

	"tarjoman/tm"
	"tarjoman/tm/format"
	"tarjoman/tm/format/internal/xmlspan"
)

// A writer makes runs from a translation.
type writer struct {
	*story
	para      *para
	tags      tagger
	text      string
	out       []xmlspan.Piece
	anchors   []anchor // still to come, with places in text
	stretches []stretch
	wraps     []*code // open pairs
	looks     []*code // open changes of formatting
	costumes  map[string]costume
}

// write replaces the inside of a paragraph by the answer.
func (s *story) write(p *para, answer tm.Content) error {
	answer = format.Fit(p.content, answer)
	w := &writer{story: s, para: p, tags: newTagger(p.node), text: answer.Text, costumes: map[string]costume{}}
	w.placeAnchors()
	w.stretches = stretches(w.text, s.dir == rightToLeft || s.dir == asIs && p.complex)
	used := map[int]bool{}
	at := 0
	for _, c := range answer.Codes {
		to := max(at, boundary(w.text, c.Pos))
		if err := w.writeText(at, to); err != nil {
			return err
		}
		at = to
		w.code(c)
		used[c.ID] = true
	}
	if err := w.writeText(at, len(w.text)); err != nil {
		return err
	}
	w.rescue(used)
	w.flush(len(w.text) + 1)
	from := p.node.OpenEnd
	if p.pPr != nil {
		from = p.pPr.End
	}
	s.amendParagraph(p, w.tags)
	s.edits.Replace(from, p.node.CloseStart, w.out...)
	return nil
}

// boundary moves a position to the start of its character.
func boundary(text string, at int) int {
	for at > 0 && at < len(text) && !utf8.RuneStart(text[at]) {
		at--
	}
	return at
}

// placeAnchors finds the places of anchors in the translation: the edges stay
// edges, others keep their share of the text and wait for the end of a word.
func (w *writer) placeAnchors() {
	old := len(w.para.content.Text)
	for _, a := range w.para.anchors {
		switch a.pos {
		case 0:
		case old:
			a.pos = len(w.text) + 1
		default:
			a.pos = wordEnd(w.text, a.pos*len(w.text)/old)
		}
		w.anchors = append(w.anchors, a)
	}
}

func wordEnd(text string, at int) int {
	at = boundary(text, at)
	if i := strings.IndexByte(text[at:], ' '); i >= 0 {
		return at + i
	}
	return len(text)
}

// flush writes the anchors that stand at or before the byte at.
func (w *writer) flush(at int) {
	for len(w.anchors) > 0 && w.anchors[0].pos <= at {
		w.out = append(w.out, w.anchors[0].raw...)
		w.anchors = w.anchors[1:]
	}
}

func (w *writer) code(c tm.Code) {
	w.flush(min(c.Pos, len(w.text)))
	its := w.para.codes[c.ID]
	switch {
	case c.Kind == tm.Alone:
		w.out = append(w.out, its.raw...)
	case its.pair != nil && c.Kind == tm.Open:
		w.wraps = append(w.wraps, its)
		w.out = append(w.out, its.pair.open...)
	case its.pair != nil:
		w.wraps = without(w.wraps, its)
		w.out = append(w.out, its.pair.close...)
	case c.Kind == tm.Open:
		w.looks = append(w.looks, its)
	default:
		w.looks = without(w.looks, its)
	}
}

func without(list []*code, gone *code) []*code {
	return slices.DeleteFunc(list, func(c *code) bool { return c == gone })
}

// writeText writes text[from:to], cut at anchors and at changes of direction.
func (w *writer) writeText(from, to int) error {
	w.flush(from)
	for from < to {
		for w.stretches[0].to <= from {
			w.stretches = w.stretches[1:]
		}
		end := min(to, w.stretches[0].to)
		if len(w.anchors) > 0 {
			end = min(end, w.anchors[0].pos)
		}
		if err := w.run(w.text[from:end], w.stretches[0].rtl); err != nil {
			return err
		}
		from = end
		if from < to {
			w.flush(from)
		}
	}
	return nil
}

// run writes one run with the formatting of the codes that are open.
func (w *writer) run(text string, rtl bool) error {
	inner, err := w.runText(text)
	if err != nil {
		return err
	}
	c := w.costume()
	props := c.ltr
	if rtl && c.rtl != "" {
		props = c.rtl
	}
	w.out = append(w.out, xmlspan.Raw(w.tags.open("r")+props+inner+w.tags.close("r")))
	return nil
}

// runText writes hyphens that Word has elements for as these elements.
func (w *writer) runText(text string) (string, error) {
	var b strings.Builder
	for text != "" {
		plain, special := text, ""
		if i := strings.IndexAny(text, nonBreakingHyphen+softHyphen); i >= 0 {
			_, size := utf8.DecodeRuneInString(text[i:])
			plain, special = text[:i], text[i:i+size]
		}
		text = text[len(plain)+len(special):]
		escaped, err := xmlspan.Escape(plain)
		if err != nil {
			return "", err
		}
		if escaped != "" {
			b.WriteString("<" + w.tags.elem + `t xml:space="preserve">` + escaped + w.tags.close("t"))
		}
		switch special {
		case nonBreakingHyphen:
			b.WriteString(w.tags.empty("noBreakHyphen"))
		case softHyphen:
			b.WriteString(w.tags.empty("softHyphen"))
		}
	}
	return b.String(), nil
}

// costume returns the run properties that hold now: those of the innermost pair
// or the paragraph, changed by every open code of formatting.
func (w *writer) costume() costume {
	base := w.para.base
	key := ""
	if n := len(w.wraps); n > 0 {
		base = w.wraps[n-1].base
	}
	for _, c := range w.looks {
		key += c.look.key + "\x00" + c.base.key + "\x01"
	}
	key += base.key
	if c, ok := w.costumes[key]; ok {
		return c
	}
	c := w.dress(w.combined(base), w.para, w.tags)
	w.costumes[key] = c
	return c
}

func (w *writer) combined(shown *look) runProps {
	props := shown.props()
	for _, c := range w.looks {
		if shown != nil && c.base.key == shown.key {
			props, shown = c.look.props(), c.look
			continue
		}
		props, shown = props.overlay(c.look, c.base), nil
	}
	return props
}

// rescue saves the anchors inside of markup that the translator dropped: the
// other end of a bookmark may stand anywhere in the part.
func (w *writer) rescue(used map[int]bool) {
	var dropped []xmlspan.Piece
	for id, c := range w.para.codes {
		if !used[id] {
			dropped = append(dropped, c.raw...)
		}
	}
	if len(dropped) == 0 {
		return
	}
	slices.SortFunc(dropped, func(a, b xmlspan.Piece) int { return cmp.Compare(a.From, b.From) })
	w.rescueIn(w.para.node, dropped)
}

func (w *writer) rescueIn(n *xmlspan.Node, dropped []xmlspan.Piece) {
	for c := range n.Elements() {
		if !isRange(word(c)) {
			w.rescueIn(c, dropped)
			continue
		}
		i := sort.Search(len(dropped), func(i int) bool { return dropped[i].From > c.Start }) - 1
		if i >= 0 && c.End <= dropped[i].To {
			w.out = append(w.out, whole(c)...)
		}
	}
}
