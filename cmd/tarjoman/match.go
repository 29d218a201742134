package main

import (
	"context"

	"golang.org/x/text/language"

	"tarjoman/tm"
	"tarjoman/tm/memory"
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
	table, uses, err := c.load(ctx, a)
	if err != nil {
		return err
	}
	answer := func(in matchLine) (matchAnswer, error) { return c.answer(ctx, table, uses, in) }
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

// load fills a table from the files or from the memories a project reads.
func (c *memoryMatchCmd) load(ctx context.Context, a *app) (*memory.Table, []memory.Use, error) {
	table := &memory.Table{}
	switch {
	case len(c.Memory) > 0: // files win over a data folder of the environment
	case c.Data == "":
		return nil, nil, wrong("cli.memory_or_data")
	default:
		uses, err := c.loadProject(ctx, a, table)
		return table, uses, err
	}
	for _, name := range c.Memory {
		err := a.eachUnit(name, c.Lang, c.TargetLang, func(u *tm.Unit) error {
			u.ID = tm.UnitID(table.Len() + 1)
			table.Put(u)
			return ctx.Err()
		})
		if err != nil {
			return nil, nil, err
		}
	}
	return table, nil, nil
}

func (c *memoryMatchCmd) loadProject(ctx context.Context, a *app, table *memory.Table) ([]memory.Use, error) {
	h, err := a.house(ctx, c.Data)
	if err != nil {
		return nil, err
	}
	defer h.close()
	p, err := h.project(ctx, c.Project)
	if err != nil {
		return nil, err
	}
	memories, err := h.db.Memories(ctx, p.ID)
	if err != nil {
		return nil, err
	}
	uses := []memory.Use{} // nil would be all memories
	for _, m := range memories {
		if !m.Read {
			continue
		}
		uses = append(uses, memory.Use{Memory: m.ID, Penalty: m.Penalty})
		err := h.db.EachUnit(ctx, m.ID, func(u *tm.Unit) error {
			table.Put(u)
			return ctx.Err()
		})
		if err != nil {
			return nil, err
		}
	}
	return uses, nil
}

func (c *memoryMatchCmd) answer(ctx context.Context, table *memory.Table, uses []memory.Use, in matchLine) (matchAnswer, error) {
	text, from, err := in.read(c.Lang)
	if err != nil {
		return matchAnswer{}, err
	}
	to, err := needLang("target_lang", in.TargetLang, c.TargetLang)
	if err != nil {
		return matchAnswer{}, err
	}
	found, err := table.Lookup(ctx, memory.Query{
		From: from, To: to, Source: tm.Plain(text), Previous: in.Previous, Next: in.Next,
		Memories: uses, Threshold: c.Threshold, Limit: c.Limit,
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
