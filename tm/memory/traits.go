package memory

import (
	"encoding/binary"
	"unicode"

	"golang.org/x/text/language"

	"tarjoman/tm"
)

// A trait is what many units have in common: memory, origin, penalty, languages
// and codes. Units hold only its number.
type trait struct {
	memory           tm.MemoryID
	author, document string
	state            tm.State
	kind             tm.OriginKind
	penalty          int // of the unit itself
	variants         []traitVariant
	key              string // all of it as it is saved
}

type traitVariant struct {
	tag   uint32 // in traits.tags
	codes string // shape of the codes, see codeShape
	blank bool   // nothing to offer as a target
}

// traits numbers what units have in common. It is only ever added to.
type traits struct {
	list    []trait
	numbers map[string]uint32
	tags    []tagOf
	tagOf   map[language.Tag]uint32
	size    int // bytes of all strings
}

type tagOf struct {
	tag    language.Tag
	column uint32
}

// number returns the number of a unit's trait. Column numbers the languages.
func (t *traits) number(u *tm.Unit, column func(language.Tag) uint32) uint32 {
	var room [128]byte
	key := t.encode(room[:0], u, column)
	if n, ok := t.numbers[string(key)]; ok {
		return n
	}
	if t.numbers == nil {
		t.numbers = map[string]uint32{}
	}
	return t.learn(decodeTrait(string(key)))
}

func (t *traits) learn(new trait) uint32 {
	n := uint32(len(t.list))
	t.numbers[new.key] = n
	t.list = append(t.list, new)
	t.size += len(new.key) + 120 + 40*len(new.variants)
	return n
}

// encode writes a trait as it is saved.
func (t *traits) encode(b []byte, u *tm.Unit, column func(language.Tag) uint32) []byte {
	b = binary.AppendVarint(b, int64(u.Memory))
	for _, s := range [...]string{u.Origin.Author, u.Origin.Document, string(u.Origin.State), string(u.Origin.Kind)} {
		b = appendString(b, s)
	}
	b = binary.AppendUvarint(b, uint64(max(0, u.Penalty)))
	b = binary.AppendUvarint(b, uint64(len(u.Variants)))
	for i := range u.Variants {
		v := &u.Variants[i]
		b = binary.AppendUvarint(b, uint64(t.tag(v.Lang, column))<<1|flag(blank(v.Content.Text)))
		b = appendString(b, codeShape(v.Content.Codes))
	}
	return b
}

func flag(b bool) uint64 {
	if b {
		return 1
	}
	return 0
}

func blank(text string) bool {
	for _, r := range text {
		if !unicode.IsSpace(r) {
			return false
		}
	}
	return true
}

func (t *traits) tag(tag language.Tag, column func(language.Tag) uint32) uint32 {
	n, ok := t.tagOf[tag]
	if !ok {
		if t.tagOf == nil {
			t.tagOf = map[language.Tag]uint32{}
		}
		n = uint32(len(t.tags))
		t.tags = append(t.tags, tagOf{tag, column(tag)})
		t.tagOf[tag] = n
	}
	return n
}

// decodeTrait is the inverse of encode.
func decodeTrait(key string) trait {
	r := reader{rest: key}
	out := trait{key: key, memory: tm.MemoryID(r.varint()), author: r.text(), document: r.text()}
	out.state, out.kind = tm.State(r.text()), tm.OriginKind(r.text())
	out.penalty = int(min(r.uvarint(), maxPoints))
	for n := r.uvarint(); n > 0 && !r.failed; n-- {
		tag := r.uvarint()
		out.variants = append(out.variants, traitVariant{tag: uint32(tag >> 1), blank: tag&1 == 1, codes: r.text()})
	}
	if r.failed || r.rest != "" {
		return trait{}
	}
	return out
}

// columnOf returns the column of a variant.
func (t *traits) columnOf(v traitVariant) uint32 { return t.tags[v.tag].column }

// appendColumns appends the columns of a trait's variants.
func (t *traits) appendColumns(list []uint32, trait uint32) []uint32 {
	for _, v := range t.list[trait].variants {
		list = append(list, t.columnOf(v))
	}
	return list
}

// variant returns the index of the variant that serves a language, by the rule
// of [tm.Unit.In]: the exact tag, else the first of its group; -1 for none.
func (t *trait) variant(all *traits, tag language.Tag, column uint32) int {
	found := -1
	for i, v := range t.variants {
		switch in := all.tags[v.tag]; {
		case in.column != column:
		case in.tag == tag:
			return i
		case found < 0:
			found = i
		}
	}
	return found
}

// codeShape describes codes but for what their IDs are called: equal shapes
// are those that [sameCodes] takes for the same.
func codeShape(codes []tm.Code) string {
	if len(codes) == 0 {
		return ""
	}
	var b []byte
	names := map[int]int{}
	for _, c := range codes {
		if names[c.ID] == 0 {
			names[c.ID] = len(names) + 1
		}
		b = append(b, byte('0'+c.Kind))
		b = binary.AppendUvarint(b, uint64(names[c.ID]))
		b = appendString(b, c.Type)
	}
	return string(b)
}

func appendString(b []byte, s string) []byte {
	return append(binary.AppendUvarint(b, uint64(len(s))), s...)
}

// A reader reads what was written by append functions, or fails.
type reader struct {
	rest   string
	failed bool
}

func (r *reader) uvarint() uint64 {
	n, size := binary.Uvarint([]byte(r.rest[:min(len(r.rest), binary.MaxVarintLen64)]))
	if size <= 0 {
		r.failed, r.rest = true, ""
		return 0
	}
	r.rest = r.rest[size:]
	return n
}

func (r *reader) varint() int64 {
	n := r.uvarint()
	return int64(n>>1) ^ -int64(n&1)
}

func (r *reader) text() string {
	n := r.uvarint()
	if n > uint64(len(r.rest)) {
		r.failed, r.rest = true, ""
		return ""
	}
	s := r.rest[:n]
	r.rest = r.rest[n:]
	return s
}
