package main

import (
	"maps"
	"path/filepath"
	"strings"

	"golang.org/x/text/language"

	"tarjoman/tm"
	"tarjoman/tm/exchange"
	"tarjoman/tm/glossary"
)

// termLine is a term in JSON Lines.
type termLine struct {
	Source         string
	Target         string
	SourceVariants []string `json:"source_variants"`
	TargetVariants []string `json:"target_variants"`
	Forbidden      []string
	Type           string
	Case           string
}

// concept returns the term as a concept of two languages.
func (t termLine) concept(source, target language.Tag) (tm.Concept, error) {
	rule := tm.TermCase(t.Case)
	switch rule {
	case "":
		rule = tm.CaseAuto
	case tm.CaseAuto, tm.CaseExact:
	default:
		return tm.Concept{}, wrong("cli.term_case", "value", t.Case)
	}
	c := tm.Concept{Type: tm.TermType(t.Type)}
	if t.Type == "" {
		c.Type = tm.PlainTerm
	}
	add := func(lang language.Tag, status tm.TermStatus, texts ...string) {
		for _, text := range texts {
			if text != "" {
				c.Terms = append(c.Terms, tm.Term{Lang: lang, Text: text, Status: status, Case: rule})
			}
		}
	}
	add(source, tm.Preferred, t.Source)
	add(source, tm.Admitted, t.SourceVariants...)
	add(target, tm.Preferred, t.Target)
	add(target, tm.Admitted, t.TargetVariants...)
	add(target, tm.ForbiddenTerm, t.Forbidden...)
	return c, nil
}

// glossaryFiles reads the concepts of glossary files.
type glossaryFiles struct {
	a     *app
	names []string
}

func (g glossaryFiles) concepts(source, target language.Tag) ([]tm.Concept, error) {
	var all []tm.Concept
	for _, name := range g.names {
		concepts, err := g.a.readTerms(name, source, target)
		if err != nil {
			return nil, err
		}
		all = append(all, concepts...)
	}
	return all, nil
}

// readTerms reads a glossary file and tells what a person should look at in it.
func (a *app) readTerms(name string, source, target language.Tag) ([]tm.Concept, error) {
	in, err := a.open(name)
	if err != nil {
		return nil, err
	}
	defer in.Close()
	concepts, problems, err := exchange.ReadGlossary(in, filepath.Base(name), source, target)
	if err != nil {
		return nil, inFile{nameOf(name), err}
	}
	for _, p := range problems {
		a.rowProblem(name, p.Row, p.Code, p.Args)
	}
	return concepts, nil
}

// rowProblem tells about a row of a glossary: a line of an XML file, or the whole
// file when there is no row.
func (a *app) rowProblem(name string, row int, code string, args map[string]any) {
	if why, ok := args["why"].(string); ok {
		args = maps.Clone(args)
		args["why"] = verbatim(a.p.Map(errorKey(why), args))
	}
	reason := a.p.Map("row."+code, args)
	switch ext := strings.ToLower(filepath.Ext(name)); {
	case row > 0 && ext != ".tbx" && ext != ".xml":
		a.say("cli.at_row", "file", nameOf(name), "row", row, "reason", verbatim(reason))
		return
	case row > 0:
		reason = a.p.T("cli.at_line", "line", row, "reason", verbatim(reason))
	}
	a.say("cli.in_file", "file", nameOf(name), "reason", verbatim(reason))
}

// glossaryCheckCmd tells whether a translation respects a term.
type glossaryCheckCmd struct {
	SourceLang language.Tag `placeholder:"TAG"`
	TargetLang language.Tag `placeholder:"TAG"`
	JSONL      bool         `name:"jsonl"`
}

type glossaryLine struct {
	SourceLang *string    `json:"source_lang"`
	TargetLang *string    `json:"target_lang"`
	Term       *termLine  `json:"term"`
	OtherTerms []termLine `json:"other_terms"`
	SourceText *string    `json:"source_text"`
	TargetText *string    `json:"target_text"`
}

type termSpan struct {
	Start   int    `json:"start"`
	End     int    `json:"end"`
	FullEnd int    `json:"full_end"`
	Text    string `json:"text"`
}

type glossaryAnswer struct {
	Result      glossary.Outcome `json:"result"`
	SourceSpans []termSpan       `json:"source_spans"`
	TargetSpans []termSpan       `json:"target_spans"`
}

// Run ends with status 1 when a term was missing or a forbidden one was found.
func (c *glossaryCheckCmd) Run(a *app) error {
	if !c.JSONL {
		return wrong("cli.only_jsonl")
	}
	falls := false
	err := jsonLines(a, func(in glossaryLine) (glossaryAnswer, error) {
		out, err := c.answer(in)
		falls = falls || out.Result == glossary.Missing || out.Result == glossary.Forbidden
		return out, err
	})
	if err == nil && falls {
		err = errShort
	}
	return err
}

func (c *glossaryCheckCmd) answer(in glossaryLine) (out glossaryAnswer, err error) {
	from, err := needLang("source_lang", in.SourceLang, c.SourceLang)
	if err != nil {
		return out, err
	}
	to, err := needLang("target_lang", in.TargetLang, c.TargetLang)
	if err != nil {
		return out, err
	}
	source, err := need("source_text", in.SourceText)
	if err != nil {
		return out, err
	}
	target, err := need("target_text", in.TargetText)
	if err != nil {
		return out, err
	}
	if in.Term == nil {
		return out, wrong("cli.line_field_missing", "field", "term")
	}
	var concepts []tm.Concept
	for _, t := range append([]termLine{*in.Term}, in.OtherTerms...) {
		concept, err := t.concept(from, to)
		if err != nil {
			return out, err
		}
		concepts = append(concepts, concept)
	}
	r := glossary.Compile(concepts, from, to).CheckConcept(0, source, target)
	return glossaryAnswer{r.Outcome, termSpans(source, r.Source), termSpans(target, r.Target)}, nil
}

func termSpans(text string, found []glossary.Span) []termSpan {
	spans := []termSpan{}
	at := place{text: text}
	for _, s := range found {
		spans = append(spans, termSpan{
			Start: at.runesAt(s.From), End: at.runesAt(s.To), FullEnd: at.runesAt(s.FullTo),
			Text: text[s.From:s.FullTo],
		})
	}
	return spans
}
