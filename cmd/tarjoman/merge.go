package main

import (
	"cmp"
	"io"
	"slices"

	"golang.org/x/text/language"

	"tarjoman/tm"
	"tarjoman/tm/format"
	"tarjoman/tm/segment"
)

// mergeCmd puts translations into a document: the way back from extract.
type mergeCmd struct {
	File         string       `arg:""`
	Translations string       `required:"" placeholder:"FILE"`
	TargetLang   language.Tag `required:"" placeholder:"TAG"`
	Lang         language.Tag `default:"en" placeholder:"TAG"`
	Charset      string       `placeholder:"NAME"`
	Output       string       `short:"o" required:"" placeholder:"FILE"`
}

// segmentPlace says where a segment stands in its document.
type segmentPlace struct {
	key   string
	index int
}

// translation is a line with a target.
type translation struct {
	line   int // of the file, from 1
	source string
	target string
	codes  *[]codeLine
	used   bool
}

// merger joins translations to blocks.
type merger struct {
	rules        *segment.Rules
	translations map[segmentPlace]*translation
	faults       []atLine
}

// Run ends with status 1 when a line could not be used; the others are.
func (c *mergeCmd) Run(a *app) error {
	doc, err := a.openDocument(c.File, c.Charset)
	if err != nil {
		return err
	}
	m := merger{rules: segment.For(c.Lang), translations: map[segmentPlace]*translation{}}
	if err := m.read(a, c.Translations); err != nil {
		return err
	}
	err = a.writeFile(c.Output, func(w io.Writer) error {
		return doc.Write(w, format.Options{Source: c.Lang, Target: c.TargetLang}, m.block)
	})
	if err != nil {
		return err
	}
	return m.report(a, c.Translations)
}

func (m *merger) read(a *app, name string) error {
	n := 0
	return a.eachLine(name, func(text string) error {
		n++
		var line segmentLine
		if err := decode([]byte(text), &line); err != nil {
			m.fault(n, err)
			return nil
		}
		if line.Target == nil || *line.Target == "" {
			return nil
		}
		at := segmentPlace{line.Key, line.Index}
		if other := m.translations[at]; other != nil {
			m.fault(n, wrong("cli.segment_twice", "key", line.Key, "index", line.Index, "other", other.line))
			return nil
		}
		m.translations[at] = &translation{n, line.Source, *line.Target, line.TargetCodes, false}
		return nil
	})
}

func (m *merger) fault(line int, err error) {
	m.faults = append(m.faults, atLine{line, err})
}

// atLine is what is wrong with a line of a file.
type atLine struct {
	line int
	err  error
}

// block answers a block with its sentences put together: those with a
// translation in it, the others in the source language.
func (m *merger) block(b format.Block) (*tm.Content, error) {
	var parts []tm.Content
	translated := false
	for i, part := range m.rules.Split(b.Content) {
		text := part.Content
		if t := m.translations[segmentPlace{b.Key, i}]; t != nil {
			if target, ok := m.target(t, text); ok {
				text, translated = target, true
			}
		}
		parts = append(parts, tm.Plain(part.Lead), text, tm.Plain(part.Trail))
	}
	if !translated {
		return nil, nil
	}
	joined := tm.Join(parts...)
	return &joined, nil
}

// target returns the content of a translation. One that was made for another
// source would put words where they do not belong.
func (m *merger) target(t *translation, source tm.Content) (tm.Content, bool) {
	t.used = true
	if t.source != "" && t.source != source.Text {
		m.fault(t.line, wrong("cli.segment_changed"))
		return tm.Content{}, false
	}
	if t.codes == nil {
		return tm.ProjectCodes(source, t.target), true
	}
	target, err := content(t.target, *t.codes)
	if err != nil {
		m.fault(t.line, err)
	}
	return target, err == nil
}

// report tells what could not be used, in the order of the file.
func (m *merger) report(a *app, name string) error {
	for at, t := range m.translations {
		if !t.used {
			m.fault(t.line, wrong("cli.segment_unknown", "key", at.key, "index", at.index))
		}
	}
	if len(m.faults) == 0 {
		return nil
	}
	slices.SortStableFunc(m.faults, func(a, b atLine) int { return cmp.Compare(a.line, b.line) })
	for _, at := range m.faults {
		a.complain(inFile{nameOf(name), wrong("cli.at_line", "line", at.line, "reason", verbatim(a.sentence(at.err)))})
	}
	return errShort
}
