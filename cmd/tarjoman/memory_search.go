package main

import (
	"context"

	"golang.org/x/text/language"

	"tarjoman/tm"
	"tarjoman/tm/memory"
	"tarjoman/tm/workbench"
)

// memorySearchCmd is the concordance: it finds the units in which words stand,
// in either language, in memories of a project or in files.
type memorySearchCmd struct {
	Text       []string     `arg:"" optional:""`
	Memory     []string     `placeholder:"FILE" sep:"none"`
	Data       string       `placeholder:"DIR"`
	Project    string       `placeholder:"NAME"`
	Lang       language.Tag `default:"en" placeholder:"TAG"`
	TargetLang language.Tag `default:"fa" placeholder:"TAG"`
	Side       string       `enum:"source,target,both" default:"both" placeholder:"source|target|both"`
	Limit      int          `default:"20"`
	JSONL      bool         `name:"jsonl"`
}

type searchLine struct {
	textLine
	TargetLang *string `json:"target_lang"`
	Side       *string
}

type searchSpan struct {
	Start int `json:"start"`
	End   int `json:"end"`
}

type searchHit struct {
	Unit        tm.UnitID    `json:"unit"`
	Source      string       `json:"source"`
	Target      string       `json:"target"`
	SourceSpans []searchSpan `json:"source_spans"`
	TargetSpans []searchSpan `json:"target_spans"`
}

type searchAnswer struct {
	Total int         `json:"total"`
	More  bool        `json:"more"`
	Hits  []searchHit `json:"hits"`
}

// Run prints in its plain form the unit, its source and its target, divided by
// tabs, of what it finds for each text.
func (c *memorySearchCmd) Run(ctx context.Context, a *app) error {
	if c.Limit < 1 {
		return wrong("cli.limit")
	}
	from, err := c.load(ctx, a)
	if err != nil {
		return err
	}
	defer from.close()
	answer := func(in searchLine) (searchAnswer, error) { return c.answer(ctx, from, in) }
	if c.JSONL {
		return jsonLines(a, answer)
	}
	if len(c.Text) == 0 {
		return wrong("cli.text_missing")
	}
	for _, text := range c.Text {
		found, err := answer(searchLine{textLine: textLine{Text: &text}})
		if err != nil {
			return err
		}
		for _, h := range found.Hits {
			a.printRow(h.Unit, h.Source, h.Target)
		}
	}
	return nil
}

// searchSource is what to search.
type searchSource struct {
	table    *memory.Table
	memories []tm.MemoryID // nil for all
	close    func()
}

func (c *memorySearchCmd) load(ctx context.Context, a *app) (searchSource, error) {
	if len(c.Memory) > 0 { // files win over a data folder of the environment
		units, err := a.loadUnits(ctx, c.Memory, c.Lang, c.TargetLang)
		if err != nil {
			return searchSource{}, err
		}
		table, err := units.table(ctx)
		return searchSource{table: table, close: func() {}}, err
	}
	if c.Data == "" {
		return searchSource{}, wrong("cli.memory_or_data")
	}
	h, err := a.house(ctx, c.Data)
	if err != nil {
		return searchSource{}, err
	}
	from := searchSource{memories: []tm.MemoryID{}, close: h.close}
	if err := c.open(ctx, h, &from); err != nil {
		h.close()
		return searchSource{}, err
	}
	return from, nil
}

func (c *memorySearchCmd) open(ctx context.Context, h *house, from *searchSource) error {
	memories, err := h.reads(ctx, c.Project)
	if err != nil {
		return err
	}
	for _, m := range memories {
		from.memories = append(from.memories, m.ID)
	}
	from.table, err = workbench.OpenTable(ctx, h.db, h.index())
	return err
}

func (c *memorySearchCmd) answer(ctx context.Context, source searchSource, in searchLine) (searchAnswer, error) {
	text, from, err := in.read(c.Lang)
	if err != nil {
		return searchAnswer{}, err
	}
	to, err := needLang("target_lang", in.TargetLang, c.TargetLang)
	if err != nil {
		return searchAnswer{}, err
	}
	side, err := sideOf(in.Side, c.Side)
	if err != nil {
		return searchAnswer{}, err
	}
	found, err := source.table.Concordance(ctx, memory.ConcordanceQuery{
		From: from, To: to, Text: text, Side: side, Memories: source.memories, Limit: c.Limit,
	})
	out := searchAnswer{Total: found.Total, More: found.More, Hits: make([]searchHit, len(found.Hits))}
	for i, h := range found.Hits {
		out.Hits[i] = searchHit{
			Unit: h.Unit.ID, Source: h.Source.Text, Target: h.Target.Text,
			SourceSpans: spansOf(h.Source.Text, h.InSource), TargetSpans: spansOf(h.Target.Text, h.InTarget),
		}
	}
	return out, err
}

// sideOf returns the side in a field, or else the one of the flag; "" is both.
func sideOf(field *string, flag string) (tm.Side, error) {
	if field != nil {
		flag = *field
	}
	switch flag {
	case "source", "target":
		return tm.Side(flag), nil
	case "both", "":
		return "", nil
	}
	return "", wrong("cli.line_side", "value", flag)
}

// spansOf counts spans in code points.
func spansOf(text string, spans []memory.Span) []searchSpan {
	list := make([]searchSpan, len(spans))
	at := place{text: text}
	for i, s := range spans {
		list[i] = searchSpan{at.runesAt(s.From), at.runesAt(s.To)}
	}
	return list
}
