package workbench

import (
	"slices"
	"strings"
	"unicode"

	"golang.org/x/text/language"

	"tarjoman/tm"
	"tarjoman/tm/lang"
)

// ImportKind says what a concept of a file is to the glossary.
type ImportKind string

const (
	ImportAdded     ImportKind = "added"
	ImportSame      ImportKind = "same"      // the glossary says so already
	ImportChanged   ImportKind = "changed"   // adds to or corrects what the glossary has
	ImportConflict  ImportKind = "conflict"  // contradicts the glossary, or an earlier concept of the file
	ImportDuplicate ImportKind = "duplicate" // an earlier concept of the file again
)

// ImportChoice settles a conflict.
type ImportChoice string

const (
	KeepOurs   ImportChoice = "ours"   // what the glossary, or the earlier concept, says
	TakeTheirs ImportChoice = "theirs" // what the file says
	KeepBoth   ImportChoice = "both"   // ours, with theirs as variants
	KeepApart  ImportChoice = "apart"  // theirs as a concept of its own: another meaning
)

// ImportChoices settle the conflicts of an import by the index of the item.
type ImportChoices struct {
	Each map[int]ImportChoice
	Rest ImportChoice // of those not named; "" for the Choice the plan suggests
}

// ImportItem is one concept of a file.
type ImportItem struct {
	Index   int // in the file, from 0
	Kind    ImportKind
	Theirs  tm.Concept   // as the file says
	Ours    tm.Concept   // of the glossary, or of the earlier item; the zero Concept when there is none
	Earlier int          // the item of the file it duplicates or contradicts; -1 for none
	Choice  ImportChoice // of a conflict
	Result  tm.Concept   // what would be written; of conflicts by Choice
	Changes []ConceptChange
}

// GlossaryImport is what an import of terms would do or did.
type GlossaryImport struct {
	Items      []ImportItem // but for those that are the same
	Added      int
	Changed    int // conflicts that change something included
	Same       int
	Conflicts  int
	Duplicates int
	Problems   []RowProblem
	Change     int64 // takes the import back
}

// importPlan compares a file with a glossary.
type importPlan struct {
	GlossaryImport
	project Project
	choices ImportChoices
	byKey   map[string]tm.Concept   // of the glossary
	byTerm  map[string][]tm.Concept // of the glossary, by matchKey
	items   map[string][]int        // of the file, by matchKey: places in Items
	keys    map[string]string       // of the file that had to be renamed
}

// planImport compares the concepts of a file with those of the glossary.
func planImport(p Project, have, file []tm.Concept, choices ImportChoices) GlossaryImport {
	plan := &importPlan{
		project: p, choices: choices, byKey: map[string]tm.Concept{}, byTerm: map[string][]tm.Concept{},
		items: map[string][]int{}, keys: map[string]string{},
	}
	for _, c := range have {
		if c.Key != "" {
			plan.byKey[c.Key] = c
		}
		key := matchKey(c, p)
		plan.byTerm[key] = append(plan.byTerm[key], c)
	}
	for i, c := range file {
		plan.add(i, c)
	}
	plan.rename()
	return plan.GlossaryImport
}

// matchKey is the preferred source term, by which a concept of a file finds the
// one it is about; without one it is the target term. Spellings of Arabic
// letters do not count (PERSIAN.md A2-A7).
func matchKey(c tm.Concept, p Project) string {
	for _, tag := range []language.Tag{p.Source, p.Target} {
		for _, status := range []tm.TermStatus{tm.Preferred, tm.Proposed, tm.Admitted} {
			if terms := c.In(tag, status); len(terms) > 0 {
				return baseOf(tag) + " " + foldArabic(tag, terms[0].Text)
			}
		}
	}
	return ""
}

func foldArabic(tag language.Tag, text string) string {
	if !strings.ContainsFunc(text, func(r rune) bool { return unicode.Is(unicode.Arabic, r) }) {
		return text
	}
	return strings.NewReplacer("\u200c", "", " ", "").Replace(lang.For(tag).FoldString(text))
}

func (p *importPlan) add(index int, theirs tm.Concept) {
	item := ImportItem{Index: index, Theirs: theirs, Earlier: -1}
	key := matchKey(theirs, p.project)
	switch {
	case p.inFile(&item, key):
	case p.inGlossary(&item, key):
	default:
		item.Kind = ImportAdded
		p.newKey(&item.Theirs)
		item.Result = item.Theirs
		p.Added++
	}
	if item.Kind == ImportSame {
		p.Same++
		return
	}
	if item.Kind != ImportDuplicate && !slices.Contains(p.items[key], len(p.Items)) {
		p.items[key] = append(p.items[key], len(p.Items))
	}
	item.Changes = DiffConcepts(item.Ours, item.Result)
	p.Items = append(p.Items, item)
}

// inFile compares with the earlier concepts of the file. Concepts with keys of
// their own are different ones by the word of the file.
func (p *importPlan) inFile(item *ImportItem, key string) bool {
	for _, at := range p.items[key] {
		earlier := &p.Items[at]
		if k := item.Theirs.Key; k != "" && earlier.Theirs.Key != "" && k != earlier.Theirs.Key {
			continue
		}
		item.Earlier, item.Ours = earlier.Index, earlier.Theirs
		if !p.contradict(earlier.Theirs, item.Theirs) {
			item.Kind = ImportDuplicate
			p.Duplicates++
			p.fold(earlier, item.Theirs)
			return true
		}
		item.Kind = ImportConflict
		p.Conflicts++
		p.settleInFile(item, earlier)
		return true
	}
	return false
}

// fold adds what a duplicate says more to the earlier concept.
func (p *importPlan) fold(earlier *ImportItem, more tm.Concept) {
	earlier.Theirs = MergeConcepts(earlier.Theirs, more)
	if earlier.Result.Terms != nil {
		earlier.Result = MergeConcepts(earlier.Result, more)
		earlier.Changes = DiffConcepts(earlier.Ours, earlier.Result)
	}
}

// settleInFile decides between two concepts of the file. Without a choice both
// stay: a file may well hold two meanings of one word.
func (p *importPlan) settleInFile(item *ImportItem, earlier *ImportItem) {
	item.Choice = p.choice(item.Index, KeepApart)
	switch item.Choice {
	case KeepApart:
		item.Result = item.Theirs
		item.Result.Key = ""
		p.Added++
	case TakeTheirs:
		result := item.Theirs
		result.ID, result.Glossary = earlier.Result.ID, earlier.Result.Glossary
		earlier.Result = result
	case KeepBoth:
		earlier.Result = MergeConcepts(earlier.Result, item.Theirs)
	}
	if earlier.Result.Terms != nil {
		earlier.Changes = DiffConcepts(earlier.Ours, earlier.Result)
	}
}

// inGlossary compares with the concept of the glossary it is about.
func (p *importPlan) inGlossary(item *ImportItem, key string) bool {
	ours, found := p.find(item.Theirs, key)
	if !found {
		return false
	}
	item.Ours = ours
	taken := overlay(ours, item.Theirs)
	switch {
	case sameConcept(ours, taken):
		item.Kind = ImportSame
	case p.contradict(ours, item.Theirs):
		item.Kind = ImportConflict
		p.Conflicts++
		p.settle(item, taken)
	default:
		item.Kind, item.Result = ImportChanged, taken
		p.Changed++
	}
	return true
}

func (p *importPlan) settle(item *ImportItem, taken tm.Concept) {
	item.Choice = p.choice(item.Index, KeepOurs)
	switch item.Choice {
	case TakeTheirs:
		item.Result = taken
		p.Changed++
	case KeepBoth:
		item.Result = MergeConcepts(item.Ours, item.Theirs)
		p.Changed++
	case KeepApart:
		item.Result = item.Theirs
		item.Result.Key = ""
		p.Added++
	}
}

func (p *importPlan) choice(index int, suggested ImportChoice) ImportChoice {
	for _, c := range []ImportChoice{p.choices.Each[index], p.choices.Rest} {
		switch c {
		case KeepOurs, TakeTheirs, KeepBoth, KeepApart:
			return c
		}
	}
	return suggested
}

// find returns the concept of the glossary that one of the file is about: by
// key when they share a term, else by the source term, and of several the one
// with the same target.
func (p *importPlan) find(theirs tm.Concept, key string) (tm.Concept, bool) {
	if ours, ok := p.byKey[theirs.Key]; ok && theirs.Key != "" && shareTerm(ours, theirs) {
		return ours, true
	}
	list := p.byTerm[key]
	for _, ours := range list {
		if !p.contradict(ours, theirs) {
			return ours, true
		}
	}
	for _, ours := range list {
		if theirs.Key == "" || ours.Key == "" {
			return ours, true
		}
	}
	return tm.Concept{}, false
}

func shareTerm(a, b tm.Concept) bool {
	return slices.ContainsFunc(a.Terms, func(t tm.Term) bool {
		return slices.ContainsFunc(b.Terms, func(o tm.Term) bool { return o.Text == t.Text && sameBase(o.Lang, t.Lang) })
	})
}

// contradict reports whether two concepts cannot both be right: other preferred
// targets, or a term that one allows and the other forbids.
func (p *importPlan) contradict(a, b tm.Concept) bool {
	x, y := a.In(p.project.Target, tm.Preferred), b.In(p.project.Target, tm.Preferred)
	if len(x) > 0 && len(y) > 0 && x[0].Text != y[0].Text {
		return true
	}
	return slices.ContainsFunc(a.Terms, func(t tm.Term) bool {
		return slices.ContainsFunc(b.Terms, func(o tm.Term) bool {
			return t.Text == o.Text && sameBase(t.Lang, o.Lang) &&
				(t.Status == tm.ForbiddenTerm) != (o.Status == tm.ForbiddenTerm)
		})
	})
}

// newKey renames the key of a new concept when the glossary has it already.
func (p *importPlan) newKey(c *tm.Concept) {
	if _, taken := p.byKey[c.Key]; c.Key == "" || !taken {
		return
	}
	old := c.Key
	for {
		c.Key += "-"
		if _, taken := p.byKey[c.Key]; !taken {
			break
		}
	}
	p.keys[old] = c.Key
}

// rename points the relations within the file to the renamed keys.
func (p *importPlan) rename() {
	if len(p.keys) == 0 {
		return
	}
	for i := range p.Items {
		see := slices.Clone(p.Items[i].Result.See)
		for k, key := range see {
			if to := p.keys[key]; to != "" {
				see[k] = to
			}
		}
		p.Items[i].Result.See = see
	}
}

// overlay is our concept with what theirs says instead. Only the languages
// theirs has terms in are touched, and what its format cannot say stays: fields
// it leaves empty, and terms that only wait for a reviewer.
func overlay(ours, theirs tm.Concept) tm.Concept {
	result := ours
	if theirs.Type != "" && theirs.Type != tm.PlainTerm {
		result.Type = theirs.Type
	}
	result.Domain, result.Note = or(theirs.Domain, ours.Domain), or(theirs.Note, ours.Note)
	result.Key = or(ours.Key, theirs.Key)
	result.Keep = ours.Keep || theirs.Keep
	if len(theirs.See) > 0 {
		result.See = theirs.See
	}
	result.Props = mergeProps(theirs.Props, ours.Props)
	result.Terms = overlayTerms(ours.Terms, theirs.Terms)
	return result
}

func overlayTerms(ours, theirs []tm.Term) []tm.Term {
	var terms []tm.Term
	for _, t := range theirs {
		at := slices.IndexFunc(ours, func(o tm.Term) bool { return o.Text == t.Text && sameBase(o.Lang, t.Lang) })
		if at >= 0 {
			t = overlayTerm(ours[at], t)
		}
		terms = append(terms, t)
	}
	for _, o := range ours {
		there := func(t tm.Term) bool { return t.Text == o.Text && sameBase(t.Lang, o.Lang) }
		spoken := func(t tm.Term) bool {
			return sameBase(t.Lang, o.Lang) && (o.Status != tm.ForbiddenTerm || t.Status == tm.ForbiddenTerm)
		}
		if !slices.ContainsFunc(terms, there) && (o.Status == tm.Proposed || !slices.ContainsFunc(theirs, spoken)) {
			terms = append(terms, o)
		}
	}
	return terms
}

func overlayTerm(ours, theirs tm.Term) tm.Term {
	theirs.Lang = ours.Lang
	theirs.POS, theirs.Note, theirs.Source = or(theirs.POS, ours.POS), or(theirs.Note, ours.Note), or(theirs.Source, ours.Source)
	if theirs.Case == "" || theirs.Case == tm.CaseAuto {
		theirs.Case = ours.Case
	}
	if theirs.From.IsZero() && theirs.Until.IsZero() {
		theirs.From, theirs.Until = ours.From, ours.Until
	}
	theirs.Props = mergeProps(theirs.Props, ours.Props)
	return theirs
}

func or(a, b string) string {
	if a == "" {
		return b
	}
	return a
}

func sameBase(a, b language.Tag) bool { return baseOf(a) == baseOf(b) }
