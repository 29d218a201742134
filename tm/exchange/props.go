package exchange

import (
	"cmp"
	"io"
	"slices"
	"strconv"
	"strings"

	"tarjoman/tm"
)

// Properties of a unit in tm.Unit.Props. A prop element of the tu stands under
// its own type. Everything else has a key of five parts,
//
//	tmx:LANGUAGE:KIND:NUMBER:NAME
//
// LANGUAGE is empty for the tu and the tag of the tuv otherwise, KIND is prop,
// note or attr, NUMBER counts repetitions from 1, NAME is the type of the prop
// or the name of the attribute.
const keyPrefix = "tmx:"

type propKind string

const (
	plainProp propKind = "prop"
	noteProp  propKind = "note"
	attrProp  propKind = "attr"
)

func propKey(lang string, kind propKind, n int, name string) string {
	if lang == "" && kind == plainProp && n == 1 && name != "" && !strings.HasPrefix(name, keyPrefix) {
		return name
	}
	return keyPrefix + lang + ":" + string(kind) + ":" + strconv.Itoa(n) + ":" + name
}

// firstKey is propKey for the number 1. The key is made once.
func firstKey(lang string, kind propKind, name string, w *words) string {
	var b [2 * maxWord]byte
	n := len(keyPrefix) + len(lang) + len(kind) + len(":") + len(":1:") + len(name)
	if n > maxWord || lang == "" && kind == plainProp {
		return propKey(lang, kind, 1, name)
	}
	key := append(b[:0], keyPrefix...)
	key = append(append(key, lang...), ':')
	key = append(append(key, kind...), ":1:"...)
	return w.of(append(key, name...))
}

// splitKey is the inverse of propKey.
func splitKey(key string) (lang string, kind propKind, name string) {
	rest, ok := strings.CutPrefix(key, keyPrefix)
	parts := strings.SplitN(rest, ":", 4)
	if !ok || len(parts) < 4 {
		return "", plainProp, key
	}
	return parts[0], propKind(parts[1]), parts[3]
}

// A unitProp is one property of a unit, taken apart.
type unitProp struct {
	key, lang  string
	kind       propKind
	number     int
	name, text string
	written    bool // of the first of a language: all of it are written
}

// splitProps appends the properties in the order of languages, numbers and
// keys: the second note before the tenth, and the bare key of a prop, its first,
// before all.
func splitProps(list []unitProp, props map[string]string) []unitProp {
	if len(props) == 0 {
		return list
	}
	for key, text := range props {
		lang, kind, name := splitKey(key)
		list = append(list, unitProp{key: key, lang: lang, kind: kind, number: number(key), name: name, text: text})
	}
	slices.SortFunc(list, func(a, b unitProp) int {
		return cmp.Or(strings.Compare(a.lang, b.lang), cmp.Compare(a.number, b.number), strings.Compare(a.key, b.key))
	})
	return list
}

// ofLanguage returns the part of the sorted properties that has the language.
func ofLanguage(list []unitProp, lang string) []unitProp {
	if len(list) == 0 {
		return nil
	}
	byLang := func(p unitProp, lang string) int { return strings.Compare(p.lang, lang) }
	from, _ := slices.BinarySearchFunc(list, lang, byLang)
	to := from
	for to < len(list) && list[to].lang == lang {
		to++
	}
	return list[from:to]
}

// number returns the number in a key, 1 for a bare one.
func number(key string) int {
	if !strings.HasPrefix(key, keyPrefix) {
		return 1
	}
	parts := strings.SplitN(key, ":", 5)
	if len(parts) < 5 {
		return 1
	}
	n, _ := strconv.Atoi(parts[3])
	return n
}

// propSet gathers the properties of a unit.
type propSet struct {
	kept   map[string]string
	again  map[string]int // repetitions of a key
	fields tm.Unit        // what properties said about fields
	count  int
}

func (p *propSet) set(key, text string) {
	if p.kept == nil {
		p.kept = map[string]string{}
	}
	p.kept[key] = text
}

// add keeps a property, or reads it into a field when it is one of ours or a
// neighbour sentence in another tool's words.
func (p *propSet) add(lang string, kind propKind, name, text string, d *unitReader) {
	if kind == plainProp && p.field(name, text, d) {
		return
	}
	key := firstKey(lang, kind, name, &d.xml.words)
	if _, taken := p.kept[key]; taken {
		if p.again == nil {
			p.again = map[string]int{}
		}
		if p.again[key] == 0 {
			p.again[key] = 1
		}
		p.again[key]++
		key = propKey(lang, kind, p.again[key], name)
	}
	p.set(key, text)
}

// The properties we write. The neighbours use memoQ's names and form.
const (
	previousProp = "x-context-pre"
	nextProp     = "x-context-post"
	stateProp    = "x-tarjoman-state"
	kindProp     = "x-tarjoman-origin"
	documentProp = "x-tarjoman-document"
	penaltyProp  = "x-tarjoman-penalty"
)

// field reads a property that belongs in a field of the unit and reports
// whether it need not be kept.
func (p *propSet) field(name, text string, d *unitReader) bool {
	u := &p.fields
	switch name {
	case previousProp, "x-previous-source-text", "context_prev", "prev":
		return setOnce(&u.Previous, d.contextText(text))
	case nextProp, "x-next-source-text", "context_next", "next":
		return setOnce(&u.Next, d.contextText(text))
	case documentProp:
		u.Origin.Document = text
		return true
	case stateProp:
		if !tm.State(text).Valid() {
			return false
		}
		u.Origin.State = tm.State(text)
		return true
	case penaltyProp:
		points, err := strconv.Atoi(text)
		if err != nil || points <= 0 || points > tm.MaxPenalty {
			return false
		}
		u.Penalty = points
		return true
	case kindProp:
		kind := tm.OriginKind(text)
		if kind != tm.Human && kind != tm.Aligned && kind != tm.Machine {
			return false
		}
		u.Origin.Kind = kind
		return true
	}
	return false
}

func setOnce(field *string, text string) bool {
	if *field != "" || text == "" {
		return false
	}
	*field = text
	return true
}

// foreignStates are the confirmation levels of other tools. Their properties
// are read and kept.
var foreignStates = map[string]tm.State{
	"Draft": tm.Draft, "Unspecified": tm.Draft, "RejectedTranslation": tm.Draft, "RejectedSignOff": tm.Draft,
	"Translated": tm.Translated, "ApprovedTranslation": tm.Approved, "ApprovedSignOff": tm.Approved,
}

// apply puts the fields into the unit. What our own properties said wins over
// what other tools' say.
func (p *propSet) apply(u *tm.Unit) {
	f := &p.fields
	u.Previous, u.Next, u.Penalty = f.Previous, f.Next, f.Penalty
	if u.Origin.State = f.Origin.State; u.Origin.State == "" {
		u.Origin.State = foreignStates[p.kept["x-ConfirmationLevel"]]
	}
	if f.Origin.Kind != "" {
		u.Origin.Kind = f.Origin.Kind
	} else if strings.EqualFold(p.either("x-Origin", "Origin"), "MT") {
		u.Origin.Kind = tm.Machine
	}
	if u.Origin.Document = f.Origin.Document; u.Origin.Document == "" {
		u.Origin.Document = p.either("document", "file")
	}
}

func (p *propSet) either(a, b string) string {
	if text := p.kept[a]; text != "" {
		return text
	}
	return p.kept[b]
}

// contextText returns the text of a neighbour. Some tools write it as it is,
// others as a seg element with inline elements, escaped once more.
func (d *unitReader) contextText(s string) string {
	inner := strings.TrimSuffix(strings.TrimPrefix(s, "<seg>"), "</seg>")
	if len(inner)+len("<seg></seg>") != len(s) {
		return s
	}
	if !strings.ContainsAny(inner, "<&\r") && !hasSpecial([]byte(inner)) {
		return inner
	}
	seg := d.inner(s)
	if _, err := seg.xml.next(); err != nil {
		return s
	}
	_, _, err := seg.content(tmxElement)
	if _, end := seg.xml.next(); err != nil || end != io.EOF {
		return s
	}
	return string(seg.store)
}

// inner returns a reader of s, a piece of XML inside a text. It is one for all.
func (d *unitReader) inner(s string) *unitReader {
	const keep = 1 << 20
	if d.inside == nil || cap(d.inside.xml.buf) > keep {
		r := newUnitReader(nil, nil)
		r.xml.buf = nil
		d.inside = &r
	}
	d.inside.begin()
	x := d.inside.xml
	x.buf, x.at, x.readErr = append(x.buf[:0], s...), 0, io.EOF
	x.open, x.ended, x.rooted = x.open[:0], false, false
	return d.inside
}
