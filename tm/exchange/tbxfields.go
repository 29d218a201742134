package exchange

import (
	"slices"
	"strings"
	"time"
	"unicode"

	"golang.org/x/text/language"

	"tarjoman/tm"
)

// The fields that TBX has no data category for.
const (
	fieldKey    = "key"
	fieldType   = "type"
	fieldKeep   = "keep"
	fieldStatus = "status"
	fieldCase   = "case"
	fieldFrom   = "from"
	fieldUntil  = "until"
)

const (
	statusCategory = "administrativeStatus"
	keepYes        = "yes"
	dayForm        = "2006-01-02"
)

// tbxStatus are the values of administrativeStatus, with and without the ending
// that TBX-Basic prescribes, and those of the first TBX-Min.
var tbxStatus = map[string]tm.TermStatus{
	"preferredTerm": tm.Preferred, "standardizedTerm": tm.Preferred, "legalTerm": tm.Preferred, "regulatedTerm": tm.Preferred,
	"admittedTerm": tm.Admitted, "deprecatedTerm": tm.ForbiddenTerm, "supersededTerm": tm.ForbiddenTerm,
	"preferred": tm.Preferred, "admitted": tm.Admitted, "deprecated": tm.ForbiddenTerm, "superseded": tm.ForbiddenTerm,
	"notRecommended": tm.ForbiddenTerm, "obsolete": tm.ForbiddenTerm, "forbidden": tm.ForbiddenTerm,
}

// statusWords are the values we write.
var statusWords = map[tm.TermStatus]string{
	tm.Preferred: "preferredTerm-admn-sts", tm.Admitted: "admittedTerm-admn-sts", tm.ForbiddenTerm: "deprecatedTerm-admn-sts",
}

func statusOf(word string) tm.TermStatus {
	return tbxStatus[strings.TrimSuffix(strings.TrimSpace(word), "-admn-sts")]
}

func parseDay(s string) (time.Time, bool) {
	day, err := time.Parse(dayForm, s)
	return day, err == nil
}

// generatedID is the form of ids we make up; a reader takes them for no key.
const generatedID = "tarjoman-"

func generated(id string) bool {
	digits, ok := strings.CutPrefix(id, generatedID)
	return ok && digits != "" && strings.Trim(digits, "0123456789") == ""
}

// addEntry makes a concept of an entry.
func (d *tbxReader) addEntry(e *tbxEntry) {
	var c tm.Concept
	t := newTaker(e.items)
	c.Key = t.text(itemField, fieldKey, notEmpty)
	if c.Key == "" && !generated(e.id) {
		c.Key = e.id
	}
	c.Type = tm.TermType(t.text(itemField, fieldType, notEmpty))
	if c.Type == "" {
		c.Type = tm.PlainTerm
	}
	c.Keep = t.text(itemField, fieldKeep, func(s string) bool { return s == keepYes }) != ""
	d.unknown(e, t, fieldKeep, "keep_unknown")
	c.Domain = t.text("descrip", "subjectField", nil)
	var p propKeeper
	d.see(&c, t, &p)
	d.conceptNote(&c, e, t, &p)
	p.keep("", t.rest())
	for i := range e.langs {
		p.keep(e.langs[i].tag.String(), e.langs[i].items)
	}
	c.Props = p.props
	for i := range e.langs {
		d.addTerms(&c, e, &e.langs[i])
	}
	d.finish(&c, e)
}

func notEmpty(s string) bool { return s != "" }

// unknown tells about a field of ours that is left because nobody understands
// its value.
func (d *tbxReader) unknown(e *tbxEntry, t *taker, field, code string) {
	if value := t.first(itemField, field); value != "" {
		d.tell(e, e.line, code, "value", clip(value))
	}
}

func (d *tbxReader) tell(e *tbxEntry, line int, code string, pairs ...any) {
	d.add(line, code, append(pairs, "concept", clip(e.id))...)
}

// finish keeps the concept when it has terms.
func (d *tbxReader) finish(c *tm.Concept, e *tbxEntry) {
	if len(c.Terms) == 0 {
		d.tell(e, e.line, "concept_empty")
		return
	}
	d.concepts = append(d.concepts, *c)
	d.lines = append(d.lines, e.line)
	d.checkForbidden(c, e.line)
}

// see takes the references to other concepts. Those to ids we made up are known
// by their text, which is the key.
func (d *tbxReader) see(c *tm.Concept, t *taker, p *propKeeper) {
	for i, it := range t.items {
		if it.name != "ref" || it.kind != "crossReference" || it.node != nil && (it.node.marked() || !it.node.only("type", "target")) {
			continue
		}
		text, target := it.text, ""
		if it.node != nil {
			text, target = it.node.plain(), it.node.attr("target")
		}
		key := target
		if target == "" || generated(target) && text != "" {
			key = text
		}
		if key == "" {
			continue
		}
		t.taken[i] = true
		c.See = append(c.See, key)
		if key == target && text != "" && text != key {
			p.number("", itemSee, key, text)
		}
	}
}

// conceptNote takes the note of the concept; a definition in one language serves
// when the concept itself has none.
func (d *tbxReader) conceptNote(c *tm.Concept, e *tbxEntry, t *taker, p *propKeeper) {
	text, form := t.note(conceptNotes)
	lang := ""
	if text == "" {
		for _, l := range byTag(e.langs) {
			inside := newTaker(l.items)
			if text, form = inside.note(conceptNotes); text != "" {
				lang, l.items = l.tag.String(), inside.rest()
				if form == "" {
					form = (&tbxNode{name: "note"}).xml()
				}
				break
			}
		}
	}
	c.Note = text
	if form != "" {
		p.set(tbxKey{lang, itemForm, 1, "note"}.String(), form)
	}
}

func byTag(langs []tbxLang) []*tbxLang {
	list := make([]*tbxLang, len(langs))
	for i := range langs {
		list[i] = &langs[i]
	}
	slices.SortFunc(list, func(a, b *tbxLang) int { return strings.Compare(a.tag.String(), b.tag.String()) })
	return list
}

// addTerms makes terms of a language section. Where nothing says a status, the
// first term is preferred and the others are admitted.
func (d *tbxReader) addTerms(c *tm.Concept, e *tbxEntry, l *tbxLang) {
	start := len(c.Terms)
	for i := range l.terms {
		t := &l.terms[i]
		term := d.fields(t, e)
		term.Lang = l.tag
		if d.usable(term.Text, e, t) {
			c.Terms = append(c.Terms, term)
		}
	}
	terms := c.Terms[start:]
	preferred := slices.ContainsFunc(terms, func(t tm.Term) bool { return t.Status == tm.Preferred })
	for i := range terms {
		switch {
		case terms[i].Status != "":
		case preferred:
			terms[i].Status = tm.Admitted
		default:
			terms[i].Status, preferred = tm.Preferred, true
		}
	}
}

// maxTermBytes is the longest term: that of a law has some hundred letters.
const maxTermBytes = 2000

// usable reports whether a term can stand in a glossary, and tells why not.
func (d *tbxReader) usable(text string, e *tbxEntry, t *tbxTerm) bool {
	switch {
	case strings.TrimSpace(text) == "":
		d.tell(e, t.line, "term_empty")
	case len(text) > maxTermBytes:
		d.tell(e, t.line, "term_long", "term", clip(text), "limit", maxTermBytes)
	case strings.ContainsFunc(text, unicode.IsControl):
		d.tell(e, t.line, "term_control", "term", clip(text))
	default:
		return true
	}
	return false
}

// fields reads what is said about a term.
func (d *tbxReader) fields(in *tbxTerm, e *tbxEntry) tm.Term {
	var p propKeeper
	t := newTaker(in.items)
	term := tm.Term{Text: in.text.plain(), Case: tm.CaseAuto}
	if in.text.marked() {
		p.set(tbxKey{"", itemForm, 1, "term"}.String(), in.text.xml())
	}
	if rule := t.text(itemField, fieldCase, func(s string) bool { return s == string(tm.CaseAuto) || s == string(tm.CaseExact) }); rule != "" {
		term.Case = tm.TermCase(rule)
	}
	term.Status = d.status(t, &p, e, in)
	term.POS = t.text("termNote", "partOfSpeech", nil)
	term.Source = t.text("admin", "source", nil)
	term.From, term.Until = d.days(t, e, in)
	var form string
	if term.Note, form = t.note(termNotes); form != "" {
		p.set(tbxKey{"", itemForm, 1, "note"}.String(), form)
	}
	d.unknown(e, t, fieldCase, "case_unknown")
	p.keep("", t.rest())
	term.Props = p.props
	return term
}

// status takes the status of a term, "" when nothing says it. A word that says
// the same in another way is kept.
func (d *tbxReader) status(t *taker, p *propKeeper, e *tbxEntry, in *tbxTerm) tm.TermStatus {
	if t.text(itemField, fieldStatus, func(s string) bool { return s == string(tm.Proposed) }) != "" {
		return tm.Proposed
	}
	word := t.text("termNote", statusCategory, func(s string) bool { return statusOf(s) != "" })
	status := statusOf(word)
	if word == "" {
		if word = t.first("termNote", statusCategory); word != "" {
			d.tell(e, in.line, "status_unknown", "value", clip(word))
		}
	} else if word != statusWords[status] {
		p.set(statusCategory, word)
	}
	return status
}

func (d *tbxReader) days(t *taker, e *tbxEntry, in *tbxTerm) (from, until time.Time) {
	good := func(s string) bool { _, ok := parseDay(s); return ok }
	from, _ = parseDay(t.text(itemField, fieldFrom, good))
	until, _ = parseDay(t.text(itemField, fieldUntil, good))
	d.unknown(e, t, fieldFrom, "date_unknown")
	d.unknown(e, t, fieldUntil, "date_unknown")
	if !until.IsZero() && until.Before(from) {
		d.tell(e, in.line, "dates_reversed", "term", clip(in.text.plain()))
	}
	return from, until
}

// tagOf orders the languages of a concept: by its first term in each, then those
// it only says something about.
func langsOf(c *tm.Concept, kept map[string][]keptItem) []language.Tag {
	var tags []language.Tag
	for i := range c.Terms {
		if !slices.Contains(tags, c.Terms[i].Lang) {
			tags = append(tags, c.Terms[i].Lang)
		}
	}
	terms := len(tags)
	for name := range kept {
		if tag := language.Make(name); name != "" && !slices.Contains(tags, tag) {
			tags = append(tags, tag)
		}
	}
	slices.SortFunc(tags[terms:], func(a, b language.Tag) int { return strings.Compare(a.String(), b.String()) })
	return tags
}
