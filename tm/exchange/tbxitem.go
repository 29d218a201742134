package exchange

import (
	"slices"
	"strings"
)

// itemOf returns what an element says.
func itemOf(n tbxNode) tbxItem {
	for lone(&n) {
		n = n.kids[0]
	}
	if n.marked() || !n.only("type") || reserved(n.name) {
		return tbxItem{name: n.name, kind: n.attr("type"), node: &n}
	}
	it := tbxItem{name: n.name, kind: n.attr("type"), text: n.plain()}
	if it.name == "note" && it.kind == "" {
		if carried, ok := fromNote(it.text); ok {
			return carried
		}
	}
	return it
}

// lone reports whether the element only groups one other, which says as much
// without it.
func lone(n *tbxNode) bool {
	switch n.name {
	case "adminGrp", "descripGrp", "termNoteGrp", "noteGrp":
		return len(n.kids) == 1 && n.kids[0].name != "" && len(n.attrs) == 0
	}
	return false
}

func reserved(name string) bool {
	switch name {
	case itemXML, itemAttr, itemSee, itemForm, itemField:
		return true
	}
	return false
}

// notePrefix begins a note that carries an item the dialect has no place for.
const notePrefix = "x-tarjoman:"

var (
	noteEscape   = strings.NewReplacer("%", "%25", "=", "%3D")
	noteUnescape = strings.NewReplacer("%3D", "=", "%25", "%")
)

// toNote returns the note that carries an item.
func (it tbxItem) toNote() string {
	if it.node != nil {
		return notePrefix + itemXML + ":=" + it.node.xml()
	}
	return notePrefix + noteEscape.Replace(it.name) + ":" + noteEscape.Replace(it.kind) + "=" + it.text
}

// fromNote is the inverse of toNote; ok is false for other notes.
func fromNote(text string) (it tbxItem, ok bool) {
	rest, ok := strings.CutPrefix(text, notePrefix)
	if !ok {
		return it, false
	}
	head, text, found := strings.Cut(rest, "=")
	name, kind, colon := strings.Cut(head, ":")
	if !found || !colon || name == "" || name == itemForm {
		return it, false
	}
	if name != itemXML {
		return tbxItem{name: noteUnescape.Replace(name), kind: noteUnescape.Replace(kind), text: text}, true
	}
	n := parseNode(text)
	if n == nil {
		return it, false
	}
	for lone(n) {
		n = &n.kids[0]
	}
	if n.marked() || !n.only("type") || reserved(n.name) {
		return tbxItem{name: n.name, kind: n.attr("type"), node: n}, true
	}
	return tbxItem{name: n.name, kind: n.attr("type"), text: n.plain()}, true
}

// taker hands out the items of a level once.
type taker struct {
	items []tbxItem
	taken []bool
}

func newTaker(items []tbxItem) *taker {
	return &taker{items, make([]bool, len(items))}
}

// text takes the first item of the element and type whose text is good, "" when
// there is none.
func (t *taker) text(name, kind string, good func(string) bool) string {
	for i, it := range t.items {
		if !t.taken[i] && it.node == nil && it.name == name && it.kind == kind && (good == nil || good(it.text)) {
			t.taken[i] = true
			return it.text
		}
	}
	return ""
}

// first returns the text of the first item of the element and type that is left.
func (t *taker) first(name, kind string) string {
	for i, it := range t.items {
		if !t.taken[i] && it.node == nil && it.name == name && it.kind == kind {
			return it.text
		}
	}
	return ""
}

// rest returns what nobody took.
func (t *taker) rest() []tbxItem {
	if !slices.Contains(t.taken, true) {
		return t.items
	}
	var left []tbxItem
	for i, it := range t.items {
		if !t.taken[i] {
			left = append(left, it)
		}
	}
	return left
}

// noteKind is a way to say what is our Note.
type noteKind struct{ name, kind string }

var (
	conceptNotes = []noteKind{{"descrip", "definition"}, {"note", ""}}
	termNotes    = []noteKind{{"termNote", "usageNote"}, {"note", ""}}
)

// note takes the strongest note of a level: its text and, unless it is a bare
// note, the form it stands in.
func (t *taker) note(kinds []noteKind) (text, form string) {
	for _, k := range kinds {
		if text := t.text(k.name, k.kind, func(s string) bool { return s != "" }); text != "" {
			return text, k.form()
		}
		if i, main := t.inGroup(k); main != nil {
			t.taken[i] = true
			return main.plain(), formOf(t.items[i].node, main)
		}
	}
	return "", ""
}

// inGroup finds the first note of the kind that is more than a type and a text.
// Notes of terms have no order that lasts, so the smallest is the first.
func (t *taker) inGroup(k noteKind) (at int, main *tbxNode) {
	least := ""
	for i, it := range t.items {
		if it.node == nil || t.taken[i] {
			continue
		}
		m := k.in(it.node)
		if m == nil || m.plain() == "" {
			continue
		}
		if !isTermNote(k.name) {
			return i, m
		}
		if xml := it.node.xml(); main == nil || xml < least {
			at, main, least = i, m, xml
		}
	}
	return at, main
}

// form is the XML of an empty note of the kind, "" for a bare note.
func (k noteKind) form() string {
	if k.kind == "" {
		return ""
	}
	n := tbxNode{name: k.name, attrs: []tbxAttr{{"type", k.kind}}}
	return n.xml()
}

// in returns the element of the kind that n is or that leads its group.
func (k noteKind) in(n *tbxNode) *tbxNode {
	if n.name == k.name && n.attr("type") == k.kind {
		return n
	}
	if k.kind != "" && tbxGroup(n.name) && len(n.kids) > 0 && n.kids[0].name == k.name && n.kids[0].attr("type") == k.kind {
		return &n.kids[0]
	}
	return nil
}

// formOf returns the XML of n, without the text of main unless it is marked up.
func formOf(n, main *tbxNode) string {
	if main.marked() {
		return n.xml()
	}
	kids := main.kids
	main.kids = nil
	form := n.xml()
	main.kids = kids
	return form
}

// noteItem returns the item in which a note is written: in its form when there
// is one, with the words of the form when they say the same.
func noteItem(text, form string, kinds []noteKind) tbxItem {
	if n := parseNode(form); form != "" && n != nil {
		for _, k := range kinds {
			main := k.in(n)
			if main == nil {
				continue
			}
			if main.plain() != text {
				main.setText(text)
			}
			if n.marked() || !n.only("type") {
				return tbxItem{name: n.name, kind: n.attr("type"), node: n}
			}
			return tbxItem{name: n.name, kind: n.attr("type"), text: text}
		}
	}
	return tbxItem{name: "note", text: text}
}
