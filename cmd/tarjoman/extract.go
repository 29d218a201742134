package main

import (
	"bufio"
	"path/filepath"

	"golang.org/x/text/language"

	"tarjoman/tm"
	"tarjoman/tm/format"
	"tarjoman/tm/format/all"
	"tarjoman/tm/segment"
)

// extractCmd gives the segments of a document.
type extractCmd struct {
	File    string       `arg:""`
	Lang    language.Tag `default:"en" placeholder:"TAG"`
	Charset string       `placeholder:"NAME"`
}

// codeLine is an inline code in JSON Lines; Pos counts code points.
type codeLine struct {
	Pos  int    `json:"pos"`
	Kind string `json:"kind"`
	ID   int    `json:"id"`
	Type string `json:"type"`
	Data string `json:"data"`
}

// segmentLine is a segment of a document in JSON Lines. Index counts the
// segments of one block from 0.
type segmentLine struct {
	Key         string      `json:"key"`
	Index       int         `json:"index"`
	Source      string      `json:"source"`
	Codes       []codeLine  `json:"codes"`
	Target      *string     `json:"target,omitempty"`
	TargetCodes *[]codeLine `json:"target_codes,omitempty"`
	Note        string      `json:"note,omitempty"`
	State       tm.State    `json:"state,omitempty"`
}

func (c *extractCmd) Run(a *app) error {
	doc, err := a.openDocument(c.File, c.Charset)
	if err != nil {
		return err
	}
	blocks, err := doc.Blocks(format.Options{Source: c.Lang})
	if err != nil {
		return inFile{nameOf(c.File), err}
	}
	out := bufio.NewWriter(a.out)
	for _, b := range blocks {
		parts := segment.For(c.Lang).Split(b.Content)
		for i, part := range parts {
			if part.Content.Text == "" {
				continue
			}
			line := segmentLine{Key: b.Key, Index: i, Source: part.Content.Text, Codes: codeLines(part.Content), Note: b.Note}
			if b.Target != nil && len(parts) == 1 {
				codes := codeLines(*b.Target)
				line.Target, line.TargetCodes, line.State = &b.Target.Text, &codes, b.State
			}
			if _, err := out.Write(append(encode(line), '\n')); err != nil {
				return err
			}
		}
	}
	return out.Flush()
}

// openDocument opens a file of any format.
func (a *app) openDocument(name, charset string) (*format.Document, error) {
	data, err := a.readAll(name)
	if err != nil {
		return nil, err
	}
	doc, err := format.Open(all.Formats(), filepath.Base(name), data, format.Charset(charset))
	if err != nil {
		return nil, inFile{nameOf(name), err}
	}
	return doc, nil
}

func codeLines(c tm.Content) []codeLine {
	lines := []codeLine{}
	for _, code := range c.Runes() {
		lines = append(lines, codeLine{code.Pos, code.Kind.String(), code.ID, code.Type, code.Data})
	}
	return lines
}

// content puts a text and its codes together.
func content(text string, lines []codeLine) (tm.Content, error) {
	var codes []tm.Code
	for _, l := range lines {
		kind, ok := tm.ParseCodeKind(l.Kind)
		if !ok {
			return tm.Content{}, wrong("cli.code_kind", "value", l.Kind)
		}
		codes = append(codes, tm.Code{Pos: l.Pos, Kind: kind, ID: l.ID, Type: l.Type, Data: l.Data})
	}
	c, ok := tm.FromRunes(text, codes)
	if !ok {
		return c, wrong("cli.code_place")
	}
	return c, nil
}
