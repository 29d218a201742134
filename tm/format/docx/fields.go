package docx

import (
	"strings"

	"tarjoman/tm/format/internal/xmlspan"
)

// A field is a complex field (ECMA-376 part 1, 17.16.18) that is open: runs with
// w:fldChar begin, instructions, separate, the result, end. It may go on through
// many paragraphs, as a table of contents does.
type field struct {
	instr string
	begin *xmlspan.Node
	free  bool // its result is text to translate, and has begun
	start int  // index of its begin in the atoms of this paragraph; -1 when before it
	link  *pair
}

// freeField reports whether people write the result of a field with that
// instruction. All other results are computed.
func freeField(instr string) bool {
	name, _, _ := strings.Cut(strings.TrimSpace(instr), " ")
	switch strings.ToUpper(name) {
	case "HYPERLINK", "FORMTEXT":
		return true
	}
	return false
}

// isIndex reports whether a field collects headings or marked words.
func isIndex(instr string) bool {
	name, _, _ := strings.Cut(strings.TrimSpace(instr), " ")
	switch strings.ToUpper(name) {
	case "TOC", "INDEX", "TOA":
		return true
	}
	return false
}

// maxFields bounds the fields inside each other; people nest two or three.
const maxFields = 64

// A folder replaces the atoms of fields by codes. A field that is whole becomes
// one code, or a pair around its result when that is free; what belongs to a
// field of more paragraphs becomes an anchor, which nobody can lose.
type folder struct {
	open   []field
	atoms  []atom
	broken bool // a field and a link cross each other

	indexes []*xmlspan.Node // begins of tables of contents and the like
}

// fold returns the atoms without field atoms. The fields open at the end stay in
// f.open for the next paragraph.
func (f *folder) fold(atoms []atom) []atom {
	for _, a := range atoms {
		f.atoms = append(f.atoms, a)
		switch a.kind {
		case beginAtom:
			if len(f.open) == maxFields {
				f.broken = true
				continue
			}
			f.open = append(f.open, field{begin: a.mark, start: len(f.atoms) - 1})
		case instrAtom:
			if top := f.top(); top != nil {
				top.instr += a.text
			}
		case separateAtom:
			f.separate()
		case endAtom:
			f.end()
		}
	}
	f.suspend()
	return f.atoms
}

func (f *folder) top() *field {
	if len(f.open) == 0 {
		return nil
	}
	return &f.open[len(f.open)-1]
}

// guarded reports whether the innermost field stands in the computed result or
// the instruction of another one.
func (f *folder) guarded() bool {
	for _, o := range f.open[:max(0, len(f.open)-1)] {
		if !o.free {
			return true
		}
	}
	return false
}

func (f *folder) separate() {
	top := f.top()
	if top != nil && isIndex(top.instr) {
		f.indexes = append(f.indexes, top.begin)
	}
	if top == nil || top.free || f.guarded() || !freeField(top.instr) {
		return
	}
	top.free = true
	begin := f.cut(top.start)
	if top.start < 0 {
		f.atoms = append(f.atoms, atom{kind: anchorAtom, raw: begin})
		return
	}
	top.link = &pair{typ: "link", open: begin}
	f.atoms = append(f.atoms, atom{kind: openAtom, pair: top.link})
}

func (f *folder) end() {
	top := f.top()
	if top == nil {
		f.broken = true
		return
	}
	done, guarded := *top, f.guarded()
	f.open = f.open[:len(f.open)-1]
	switch last := len(f.atoms) - 1; {
	case guarded:
	case done.link != nil:
		done.link.close = f.atoms[last].raw
		f.atoms[last] = atom{kind: closeAtom, pair: done.link}
	case done.free:
		f.atoms[last].kind = anchorAtom
	case done.start < 0:
		f.atoms = append(f.atoms, atom{kind: anchorAtom, raw: f.cut(-1)})
	default:
		f.atoms = append(f.atoms, atom{kind: aloneAtom, typ: "field", raw: f.cut(done.start)})
	}
}

// suspend turns what is left of open fields into anchors at the end of the
// paragraph.
func (f *folder) suspend() {
	for i := range f.open {
		o := &f.open[i]
		if !o.free {
			f.atoms = append(f.atoms, atom{kind: anchorAtom, raw: f.cut(o.start)})
			break
		}
		if o.link != nil {
			f.half(o.link)
			o.link = nil
		}
	}
	for i := range f.open {
		f.open[i].start = -1
	}
}

// half makes an anchor of an open pair that has no close in this paragraph.
func (f *folder) half(p *pair) {
	for i, a := range f.atoms {
		if a.pair == p {
			f.atoms[i] = atom{kind: anchorAtom, raw: p.open}
		}
	}
}

// cut takes the atoms from start (all when negative) away and returns their
// markup.
func (f *folder) cut(start int) []xmlspan.Piece {
	start = max(start, 0)
	var raw []xmlspan.Piece
	var open []*pair
	for _, a := range f.atoms[start:] {
		switch a.kind {
		case openAtom:
			open = append(open, a.pair)
			raw = append(raw, a.pair.open...)
		case closeAtom:
			if len(open) == 0 || open[len(open)-1] != a.pair {
				f.broken = true
			} else {
				open = open[:len(open)-1]
			}
			raw = append(raw, a.pair.close...)
		default:
			raw = append(raw, a.raw...)
		}
	}
	f.broken = f.broken || len(open) > 0
	f.atoms = f.atoms[:start]
	return raw
}
