package main

import (
	"context"
	"slices"

	"golang.org/x/text/language"

	"tarjoman/tm"
	"tarjoman/tm/memory"
	"tarjoman/tm/workbench"
)

// memoryMatchCmd looks texts up in memories: those of a project, or files held
// in memory only.
type memoryMatchCmd struct {
	Text       []string     `arg:"" optional:""`
	Memory     []string     `placeholder:"FILE" sep:"none"`
	Data       string       `placeholder:"DIR"`
	Project    string       `placeholder:"NAME"`
	Lang       language.Tag `default:"en" placeholder:"TAG"`
	TargetLang language.Tag `default:"fa" placeholder:"TAG"`
	Threshold  int          `default:"70"`
	Limit      int          `default:"5"`
	JSONL      bool         `name:"jsonl"`
}

type matchLine struct {
	textLine
	TargetLang *string `json:"target_lang"`
	Previous   string
	Next       string
}

type matchPenalty struct {
	Code   string `json:"code"`
	Points int    `json:"points"`
}

type matchRow struct {
	Score     int            `json:"score"`
	Raw       int            `json:"raw"`
	Kind      tm.MatchKind   `json:"kind"`
	Source    string         `json:"source"`
	Target    string         `json:"target"`
	Penalties []matchPenalty `json:"penalties"`
	Unit      tm.UnitID      `json:"unit"`
}

type matchAnswer struct {
	Matches []matchRow `json:"matches"`
}

// Run prints in its plain form score, kind, source and target, divided by tabs,
// of what it finds for each text.
func (c *memoryMatchCmd) Run(ctx context.Context, a *app) error {
	if c.Threshold < memory.MinThreshold || c.Threshold > 100 {
		return wrong("cli.threshold", "least", memory.MinThreshold)
	}
	if c.Limit < 1 {
		return wrong("cli.limit")
	}
	from, err := c.load(ctx, a)
	if err != nil {
		return err
	}
	defer from.close()
	answer := func(in matchLine) (matchAnswer, error) { return c.answer(ctx, from, in) }
	if c.JSONL {
		return jsonLines(a, answer)
	}
	if len(c.Text) == 0 {
		return wrong("cli.text_missing")
	}
	for _, text := range c.Text {
		found, err := answer(matchLine{textLine: textLine{Text: &text}})
		if err != nil {
			return err
		}
		for _, m := range found.Matches {
			a.printRow(m.Score, m.Kind, m.Source, m.Target)
		}
	}
	return nil
}

// matchSource is whom to ask for matches.
type matchSource struct {
	ask   workbench.Lookup
	uses  []memory.Use // nil for all memories
	close func()
}

// load opens the files, held in memory, or the memories a project reads.
func (c *memoryMatchCmd) load(ctx context.Context, a *app) (matchSource, error) {
	if len(c.Memory) == 0 { // files win over a data folder of the environment
		if c.Data == "" {
			return matchSource{}, wrong("cli.memory_or_data")
		}
		return c.loadProject(ctx, a)
	}
	table := &memory.Table{}
	if err := table.Load(ctx, a.unitsOf(c.Memory, c.Lang, c.TargetLang)); err != nil {
		return matchSource{}, err
	}
	return matchSource{ask: table.Lookup, close: func() {}}, nil
}

func (c *memoryMatchCmd) loadProject(ctx context.Context, a *app) (matchSource, error) {
	h, err := a.house(ctx, c.Data)
	if err != nil {
		return matchSource{}, err
	}
	from := matchSource{uses: []memory.Use{}, close: h.close}
	if err := c.open(ctx, h, &from); err != nil {
		h.close()
		return matchSource{}, err
	}
	return from, nil
}

func (c *memoryMatchCmd) open(ctx context.Context, h *house, from *matchSource) error {
	memories, err := h.reads(ctx, c.Project)
	if err != nil {
		return err
	}
	for _, m := range memories {
		from.uses = append(from.uses, memory.Use{Memory: m.ID, Penalty: m.Penalty})
	}
	from.ask, err = workbench.OpenLookup(ctx, h.db, h.index())
	return err
}

// reads returns the memories a project takes matches from.
func (h *house) reads(ctx context.Context, project string) ([]workbench.Memory, error) {
	p, err := h.project(ctx, project)
	if err != nil {
		return nil, err
	}
	memories, err := h.db.UsedMemories(ctx, p.ID)
	return slices.DeleteFunc(memories, func(m workbench.Memory) bool { return !m.Read }), err
}

func (c *memoryMatchCmd) answer(ctx context.Context, source matchSource, in matchLine) (matchAnswer, error) {
	text, from, err := in.read(c.Lang)
	if err != nil {
		return matchAnswer{}, err
	}
	to, err := needLang("target_lang", in.TargetLang, c.TargetLang)
	if err != nil {
		return matchAnswer{}, err
	}
	found, err := source.ask(ctx, memory.Query{
		From: from, To: to, Source: tm.Plain(text), Previous: in.Previous, Next: in.Next,
		Memories: source.uses, Threshold: c.Threshold, Limit: c.Limit,
	})
	out := matchAnswer{Matches: []matchRow{}}
	for _, m := range found {
		row := matchRow{
			Score: m.Score, Raw: m.Raw, Kind: m.Kind, Source: m.Source.Text, Target: m.Target.Text,
			Penalties: []matchPenalty{}, Unit: m.Unit.ID,
		}
		for _, p := range m.Penalties {
			row.Penalties = append(row.Penalties, matchPenalty(p))
		}
		out.Matches = append(out.Matches, row)
	}
	return out, err
}
