package main

import (
	"bufio"
	"fmt"
	"io"
	"path/filepath"
	"slices"
	"strings"

	"golang.org/x/text/language"

	"tarjoman/tm"
	"tarjoman/tm/exchange"
	"tarjoman/tm/format"
	"tarjoman/tm/glossary"
	"tarjoman/tm/segment"
)

// glossaryExtractCmd finds what in documents and memories may be terms.
type glossaryExtractCmd struct {
	File       []string     `arg:""`
	Lang       language.Tag `default:"en" placeholder:"TAG"`
	TargetLang language.Tag `placeholder:"TAG"`
	Memory     []string     `placeholder:"FILE" sep:"none"`
	Glossary   []string     `placeholder:"FILE" sep:"none"`
	Charset    string       `placeholder:"NAME"`
	Limit      int          `default:"200"`
	Output     string       `short:"o" default:"-" placeholder:"FILE"`
	JSONL      bool         `name:"jsonl"`
}

// termCandidateLine is a candidate in JSON Lines; Start and End count code
// points of Text.
type termCandidateLine struct {
	Source    string            `json:"source"`
	Type      tm.TermType       `json:"type"`
	Long      string            `json:"long,omitempty"`
	Count     int               `json:"count"`
	Segments  int               `json:"segments"`
	Documents int               `json:"documents"`
	Score     float64           `json:"score"`
	Targets   []termTargetLine  `json:"targets"`
	Contexts  []termContextLine `json:"contexts"`
}

type termTargetLine struct {
	Text   string                `json:"text"`
	Reason glossary.TargetReason `json:"reason"`
	Score  float64               `json:"score"`
}

type termContextLine struct {
	File  string `json:"file"`
	Text  string `json:"text"`
	Start int    `json:"start"`
	End   int    `json:"end"`
}

// Run prints a table whose first columns are those of a glossary file, or one
// object a line with --jsonl.
func (c *glossaryExtractCmd) Run(a *app) error {
	if c.Limit < 1 {
		return wrong("cli.limit")
	}
	if c.TargetLang == language.Und {
		c.TargetLang = otherLanguage(c.Lang)
	}
	segments, err := c.segments(a)
	if err != nil {
		return err
	}
	options, err := c.options(a)
	if err != nil {
		return err
	}
	list := glossary.Extract(slices.Values(segments), options)
	return a.writeFile(c.Output, func(w io.Writer) error {
		if c.JSONL {
			return c.writeLines(w, list)
		}
		return c.writeTable(w, list)
	})
}

// otherLanguage is the usual language of a translation: Persian, or English of
// a Persian text.
func otherLanguage(tag language.Tag) language.Tag {
	if base, _ := tag.Base(); base.String() == "fa" {
		return language.English
	}
	return language.Persian
}

// segments reads the files: units of memories, sentences of documents.
func (c *glossaryExtractCmd) segments(a *app) (all []glossary.ExtractSegment, err error) {
	for number, name := range c.File {
		add := func(source, target string) {
			all = append(all, glossary.ExtractSegment{Document: number, Source: source, Target: target})
		}
		switch strings.ToLower(filepath.Ext(name)) {
		case ".tmx", ".tsv", ".tab", ".csv":
			err = c.units(a, name, add)
		default:
			err = c.document(a, name, add)
		}
		if err != nil {
			return nil, err
		}
	}
	return all, nil
}

func (c *glossaryExtractCmd) units(a *app, name string, add func(source, target string)) error {
	return a.eachUnit(name, c.Lang, c.TargetLang, func(u *tm.Unit) error {
		source, _ := u.In(c.Lang)
		target, _ := u.In(c.TargetLang)
		add(source.Text, target.Text)
		return nil
	})
}

func (c *glossaryExtractCmd) document(a *app, name string, add func(source, target string)) error {
	doc, err := a.openDocument(name, c.Charset)
	if err != nil {
		return err
	}
	blocks, err := doc.Blocks(format.Options{Source: c.Lang})
	if err != nil {
		return inFile{nameOf(name), err}
	}
	for _, b := range blocks {
		parts := segment.For(c.Lang).Split(b.Content)
		if b.Target != nil && len(parts) > 1 {
			add(b.Content.Text, b.Target.Text)
			continue
		}
		for _, part := range parts {
			target := ""
			if b.Target != nil {
				target = b.Target.Text
			}
			add(part.Content.Text, target)
		}
	}
	return nil
}

// options reads what is known: glossaries and memories.
func (c *glossaryExtractCmd) options(a *app) (glossary.ExtractOptions, error) {
	o := glossary.ExtractOptions{Source: c.Lang, Target: c.TargetLang, Limit: c.Limit}
	concepts, err := glossaryFiles{a, c.Glossary}.concepts(c.Lang, c.TargetLang)
	if err != nil {
		return o, err
	}
	o.Glossary = glossary.Compile(concepts, c.Lang, c.TargetLang)
	var pairs []glossary.Pair
	for _, name := range c.Memory {
		err := c.units(a, name, func(source, target string) { pairs = append(pairs, glossary.Pair{Source: source, Target: target}) })
		if err != nil {
			return o, err
		}
	}
	o.Memory = slices.Values(pairs)
	return o, nil
}

func (c *glossaryExtractCmd) writeLines(w io.Writer, list []glossary.TermCandidate) error {
	out := bufio.NewWriter(w)
	for _, t := range list {
		line := termCandidateLine{Source: t.Text, Type: t.Type, Long: t.Long, Count: t.Count, Segments: t.Segments,
			Documents: t.Documents, Score: t.Score, Targets: []termTargetLine{}, Contexts: []termContextLine{}}
		for _, target := range t.Targets {
			line.Targets = append(line.Targets, termTargetLine(target))
		}
		for _, at := range t.Contexts {
			p := place{text: at.Text}
			line.Contexts = append(line.Contexts, termContextLine{nameOf(c.File[at.Document]), at.Text, p.runesAt(at.From), p.runesAt(at.To)})
		}
		_, _ = out.Write(append(encode(line), '\n'))
	}
	return out.Flush()
}

// writeTable writes a table that can be edited and imported as a glossary: the
// best proposal is the target, the columns behind it tell where it all comes
// from.
func (c *glossaryExtractCmd) writeTable(w io.Writer, list []glossary.TermCandidate) error {
	out := bufio.NewWriter(w)
	_, _ = out.WriteString("source\ttarget\ttype\tnote\tcount\tsegments\tdocuments\tother targets\tcontexts\n")
	for _, t := range list {
		var targets, contexts []string
		for _, target := range t.Targets {
			targets = append(targets, target.Text)
		}
		for _, at := range t.Contexts {
			contexts = append(contexts, around(at))
		}
		best := ""
		if len(targets) > 0 {
			best, targets = targets[0], targets[1:]
		}
		cells := []string{t.Text, best, string(t.Type), t.Long, fmt.Sprint(t.Count), fmt.Sprint(t.Segments),
			fmt.Sprint(t.Documents), strings.Join(targets, "|"), strings.Join(contexts, " … ")}
		for i, cell := range cells {
			cells[i] = tableCell(cell)
		}
		_, _ = out.WriteString(strings.Join(cells, "\t") + "\n")
	}
	return out.Flush()
}

// tableCell writes a cell on one line that no spreadsheet takes for a formula.
func tableCell(cell string) string {
	return exchange.Inert(strings.NewReplacer("\t", " ", "\n", " ", "\r", " ").Replace(cell))
}

// contextRunes is how much of a segment is shown on each side of a term.
const contextRunes = 40

// around shows a term, in brackets, with what stands around it.
func around(at glossary.TermContext) string {
	before, behind := []rune(at.Text[:at.From]), []rune(at.Text[at.To:])
	before, behind = before[max(0, len(before)-contextRunes):], behind[:min(len(behind), contextRunes)]
	return string(before) + "[" + at.Text[at.From:at.To] + "]" + string(behind)
}
