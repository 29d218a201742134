package exchange

import (
	"cmp"
	"maps"
	"slices"
	"strconv"
	"strings"

	"golang.org/x/text/language"
)

// Properties of a concept or term that TBX gives and takes. The first item of a
// data category stands under the category's name: "context", "termType",
// "customerSubset"; a name that is no data category we know is that of an admin
// element. Everything else has a key of five parts,
//
//	tbx:LANGUAGE:ELEMENT:NUMBER:TYPE
//
// LANGUAGE is empty for the concept or term itself and a tag for what a concept
// says about a language. NUMBER counts repetitions from 1; gaps close when the
// file is written. ELEMENT is the name of the element (note, descrip …) or
//
//	xml   the value is the XML of an element with more than a type and a text;
//	      TYPE is its name
//	attr  the value is that of an attribute; TYPE is its element and name
//	see   the value is the text of a reference to the concept TYPE
//	form  the value is the XML in which the text stands that is Note (TYPE note)
//	      or Text (TYPE term), when it is not a bare note or term
const tbxPrefix = "tbx:"

const (
	itemXML   = "xml"
	itemAttr  = "attr"
	itemSee   = "see"
	itemForm  = "form"
	itemField = "field" // what has a field of ours and no data category
)

type tbxKey struct {
	lang, name string
	number     int
	kind       string
}

func (k tbxKey) String() string {
	return tbxPrefix + k.lang + ":" + k.name + ":" + strconv.Itoa(k.number) + ":" + k.kind
}

// parseKey is the inverse of String; ok is false for plain names.
func parseTBXKey(s string) (k tbxKey, ok bool) {
	rest, ok := strings.CutPrefix(s, tbxPrefix)
	parts := strings.SplitN(rest, ":", 4)
	if !ok || len(parts) < 4 {
		return k, false
	}
	n, err := strconv.Atoi(parts[2])
	k = tbxKey{parts[0], parts[1], n, parts[3]}
	return k, err == nil && n > 0 && k.name != "" && k.String() == s
}

// compare sorts keys into the order in which their items are written.
func (k tbxKey) compare(o tbxKey) int {
	return cmp.Or(cmp.Compare(k.lang, o.lang), cmp.Compare(k.name, o.name),
		cmp.Compare(k.kind, o.kind), cmp.Compare(k.number, o.number))
}

// propKeeper gives items their keys.
type propKeeper struct {
	props  map[string]string
	counts map[tbxKey]int
}

func (p *propKeeper) set(key, value string) {
	if p.props == nil {
		p.props = map[string]string{}
	}
	p.props[key] = value
}

// number keeps a value under the next free number.
func (p *propKeeper) number(lang, name, kind, value string) {
	k := tbxKey{lang: lang, name: name, kind: kind}
	if p.counts == nil {
		p.counts = map[tbxKey]int{}
	}
	p.counts[k]++
	k.number = p.counts[k]
	p.set(k.String(), value)
}

// keep keeps the items of a level. Notes of a term are written before what else
// it has, so those that TBX orders freely are sorted by their text.
func (p *propKeeper) keep(lang string, items []tbxItem) {
	sortTermNotes(items)
	for _, it := range items {
		switch {
		case it.node != nil:
			p.number(lang, itemXML, it.name, it.node.xml())
		case lang == "" && it.plain() && !p.has(it.kind):
			p.set(it.kind, it.text)
		default:
			p.number(lang, it.name, it.kind, it.text)
		}
	}
}

func (p *propKeeper) has(key string) bool {
	_, ok := p.props[key]
	return ok
}

// plain reports whether the item may stand under its type alone.
func (it tbxItem) plain() bool {
	return it.kind != "" && it.name == tbxHome(it.kind) && !strings.HasPrefix(it.kind, tbxPrefix) &&
		it.kind != "administrativeStatus"
}

func sortTermNotes(items []tbxItem) {
	var at []int
	var notes []tbxItem
	for i, it := range items {
		if it.node != nil && (it.name == "termNote" || it.name == "termNoteGrp") {
			at, notes = append(at, i), append(notes, it)
		}
	}
	if len(notes) < 2 {
		return
	}
	slices.SortStableFunc(notes, func(a, b tbxItem) int { return cmp.Compare(a.node.xml(), b.node.xml()) })
	for i, note := range notes {
		items[at[i]] = note
	}
}

// keptItem is a property on its way to a file.
type keptItem struct {
	key tbxKey
	tbxItem
}

// keptItems returns the items that properties stand for, by language, in the
// order in which they are written. A key that no reading gives is kept as the
// type of an admin element.
func keptItems(props map[string]string) map[string][]keptItem {
	if len(props) == 0 {
		return nil
	}
	var plain, numbered []keptItem
	for _, key := range slices.Sorted(maps.Keys(props)) {
		k, ok := parseTBXKey(key)
		it, sound := k.item(props[key])
		if ok && sound {
			numbered = append(numbered, keptItem{k, it})
		} else {
			plain = append(plain, keptItem{tbxItem: tbxItem{name: tbxHome(key), kind: key, text: props[key]}})
		}
	}
	slices.SortStableFunc(numbered, func(a, b keptItem) int { return a.key.compare(b.key) })
	byLang := map[string][]keptItem{}
	for _, it := range append(plain, numbered...) {
		byLang[it.key.lang] = append(byLang[it.key.lang], it)
	}
	return byLang
}

// item returns what the key and its value stand for.
func (k tbxKey) item(value string) (it tbxItem, ok bool) {
	if k.lang != "" {
		if tag, err := language.Parse(k.lang); err != nil || tag.String() != k.lang {
			return it, false
		}
	}
	it = tbxItem{name: k.name, kind: k.kind, text: value}
	if k.name == itemXML {
		it.node = parseNode(value)
		if it.node == nil {
			return it, false
		}
		it.name, it.text = it.node.name, ""
	}
	return it, true
}
