package exchange

import (
	"slices"
	"strconv"
	"time"

	"tarjoman/tm"
)

// entryOf returns what a concept says, the inverse of addEntry. Ids gives every
// concept of the file its id.
func entryOf(c *tm.Concept, id string, ids map[string]string) tbxEntry {
	kept := keptItems(c.Props)
	e := tbxEntry{id: id}
	own := kept[""]
	if id != c.Key && c.Key != "" {
		e.items = append(e.items, tbxItem{name: itemField, kind: fieldKey, text: c.Key})
	}
	kind := ""
	if c.Type != tm.PlainTerm {
		kind = string(c.Type)
	}
	e.items = field(e.items, own, tbxItem{name: itemField, kind: fieldType, text: kind}, string(tm.PlainTerm))
	if c.Keep {
		e.items = append(e.items, tbxItem{name: itemField, kind: fieldKeep, text: keepYes})
	}
	e.items = field(e.items, own, tbxItem{name: "descrip", kind: "subjectField", text: c.Domain}, "")
	noteLang, note := conceptNoteItem(c)
	if c.Note != "" && noteLang == "" {
		e.items = append(e.items, note)
	}
	refs, texts := references(c, ids)
	e.items = append(e.items, refs...)
	e.items = rest(e.items, own, texts)
	for _, tag := range langsOf(c, kept) {
		l := tbxLang{tag: tag}
		if c.Note != "" && noteLang == tag.String() {
			l.items = append(l.items, note)
		}
		l.items = rest(l.items, kept[tag.String()], nil)
		for i := range c.Terms {
			if c.Terms[i].Lang == tag {
				l.terms = append(l.terms, termOf(&c.Terms[i]))
			}
		}
		if len(l.items)+len(l.terms) > 0 {
			e.langs = append(e.langs, l)
		}
	}
	return e
}

// field adds the item of a field when it says something, and also when a kept
// item of its kind would be read in its place.
func field(items []tbxItem, kept []keptItem, it tbxItem, otherwise string) []tbxItem {
	if it.text == "" {
		taken := slices.ContainsFunc(kept, func(k keptItem) bool { return k.node == nil && k.name == it.name && k.kind == it.kind })
		if !taken {
			return items
		}
		it.text = otherwise
	}
	return append(items, it)
}

// rest adds the kept items that have no field. Texts of references that were
// written with them are left out.
func rest(items []tbxItem, kept []keptItem, texts map[tbxKey]bool) []tbxItem {
	for _, k := range kept {
		if k.name != itemForm && !texts[k.key] {
			items = append(items, k.tbxItem)
		}
	}
	return items
}

// conceptNoteItem returns the item for the note and the language it stands in.
func conceptNoteItem(c *tm.Concept) (lang string, it tbxItem) {
	if c.Note == "" {
		return "", it
	}
	form, ok := c.Props[tbxKey{"", itemForm, 1, "note"}.String()]
	if ok {
		return "", noteItem(c.Note, form, conceptNotes)
	}
	best := tbxKey{}
	for key := range c.Props {
		k, ok := parseTBXKey(key)
		if ok && k.name == itemForm && k.kind == "note" && k.number == 1 && (best.lang == "" || k.lang < best.lang) {
			if _, sound := k.item(""); sound {
				best = k
			}
		}
	}
	if best.lang == "" {
		return "", tbxItem{name: "note", text: c.Note}
	}
	return best.lang, noteItem(c.Note, c.Props[best.String()], conceptNotes)
}

// references returns the items for See, and the keys of the properties that are
// their texts.
func references(c *tm.Concept, ids map[string]string) (items []tbxItem, texts map[tbxKey]bool) {
	counts := map[string]int{}
	for _, key := range c.See {
		if key == "" {
			continue
		}
		n := tbxNode{name: "ref", attrs: []tbxAttr{{"type", "crossReference"}}}
		id, known := ids[key]
		if !known && xmlID(key) && !generated(key) {
			id = key
		}
		if id != "" {
			n.attrs = append(n.attrs, tbxAttr{"target", id})
		}
		text := key
		if id == key {
			counts[key]++
			k := tbxKey{"", itemSee, counts[key], key}
			if kept, ok := c.Props[k.String()]; ok && kept != "" && kept != key {
				text = kept
				if texts == nil {
					texts = map[tbxKey]bool{}
				}
				texts[k] = true
			}
		}
		n.setText(text)
		items = append(items, tbxItem{name: "ref", kind: "crossReference", node: &n})
	}
	return items, texts
}

// xmlID reports whether the text can be an id of XML.
func xmlID(s string) bool {
	for _, r := range s {
		if r == ':' {
			return false
		}
	}
	return s != "" && nameLen([]byte(s)) == len(s)
}

func termOf(t *tm.Term) tbxTerm {
	kept := keptItems(t.Props)[""]
	out := tbxTerm{text: termNode(t)}
	add := func(name, kind, text string) {
		if text != "" {
			out.items = append(out.items, tbxItem{name: name, kind: kind, text: text})
		}
	}
	if t.Status == tm.Proposed {
		add(itemField, fieldStatus, string(t.Status))
	} else {
		add("termNote", statusCategory, statusWord(t))
	}
	rule := ""
	if t.Case != tm.CaseAuto {
		rule = string(t.Case)
	}
	out.items = field(out.items, kept, tbxItem{name: itemField, kind: fieldCase, text: rule}, string(tm.CaseAuto))
	out.items = field(out.items, kept, tbxItem{name: "termNote", kind: "partOfSpeech", text: t.POS}, "")
	out.items = field(out.items, kept, tbxItem{name: "admin", kind: "source", text: t.Source}, "")
	add(itemField, fieldFrom, day(t.From))
	add(itemField, fieldUntil, day(t.Until))
	if t.Note != "" {
		out.items = append(out.items, noteItem(t.Note, t.Props[tbxKey{"", itemForm, 1, "note"}.String()], termNotes))
	}
	kept = slices.DeleteFunc(kept, func(k keptItem) bool { return k.key.name == "" && k.kind == statusCategory })
	out.items = rest(out.items, kept, nil)
	return out
}

// statusWord keeps the word of the file when it says what the status says.
func statusWord(t *tm.Term) string {
	if word := t.Props[statusCategory]; word != "" && statusOf(word) == t.Status {
		return word
	}
	return statusWords[t.Status]
}

func day(t time.Time) string {
	if t.IsZero() {
		return ""
	}
	return t.UTC().Format(dayForm)
}

// termNode returns the term element, marked up as the file had it when that
// still says the same.
func termNode(t *tm.Term) tbxNode {
	if form := t.Props[tbxKey{"", itemForm, 1, "term"}.String()]; form != "" {
		if n := parseNode(form); n != nil && n.name == "term" && n.plain() == t.Text {
			n.attrs = nil
			return *n
		}
	}
	n := tbxNode{name: "term"}
	n.setText(t.Text)
	return n
}

// conceptIDs returns the id of every concept and the id of every key.
func conceptIDs(concepts []tm.Concept) (ids []string, byKey map[string]string) {
	ids, byKey = make([]string, len(concepts)), make(map[string]string, len(concepts))
	for i := range concepts {
		key := concepts[i].Key
		_, again := byKey[key]
		if ids[i] = key; again || !xmlID(key) || generated(key) {
			ids[i] = generatedID + strconv.Itoa(i+1)
		}
		if !again && key != "" {
			byKey[key] = ids[i]
		}
	}
	return ids, byKey
}
