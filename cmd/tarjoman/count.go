package main

import (
	"fmt"

	"golang.org/x/text/language"

	"tarjoman/tm/lang"
)

// countCmd counts words and characters.
type countCmd struct {
	File  []string     `arg:"" optional:""`
	Lang  language.Tag `placeholder:"TAG"`
	JSONL bool         `name:"jsonl"`
}

type counts struct {
	Words             int `json:"words"`
	Characters        int `json:"characters"`
	CharactersNoSpace int `json:"characters_no_space"`
}

func (c *countCmd) Run(a *app) error {
	if c.JSONL {
		return jsonLines(a, c.answer)
	}
	if len(c.File) == 0 {
		c.File = []string{stdio}
	}
	var total lang.Counts
	var failed error
	for _, name := range c.File {
		text, err := a.readText(name)
		if err != nil {
			if len(c.File) == 1 {
				return err
			}
			a.complain(err)
			failed = errShort
			continue
		}
		n := lang.Count(text)
		total = total.Add(n)
		a.printCounts(n, name)
	}
	if len(c.File) > 1 {
		a.printCounts(total, "=")
	}
	return failed
}

// printCounts writes words, characters, characters without spaces and the name,
// divided by tabs.
func (a *app) printCounts(n lang.Counts, name string) {
	fmt.Fprintf(a.out, "%d\t%d\t%d\t%s\n", n.Words, n.Characters, n.CharactersNoSpace, name)
}

func (c *countCmd) answer(in textLine) (counts, error) {
	text, _, err := in.read(c.Lang)
	if err != nil {
		return counts{}, err
	}
	return counts(lang.Count(text)), nil
}
