package main

import (
	"bufio"
	"fmt"
	"strings"

	"golang.org/x/text/language"

	"tarjoman/tm/segment"
)

// segmentCmd cuts text into sentences.
type segmentCmd struct {
	File  string       `arg:"" optional:""`
	Lang  language.Tag `placeholder:"TAG"`
	JSONL bool         `name:"jsonl"`
}

type segments struct {
	Segments []string `json:"segments"`
}

func (c *segmentCmd) Run(a *app) error {
	if c.JSONL {
		return jsonLines(a, c.answer)
	}
	if err := needFlag("lang", c.Lang); err != nil {
		return err
	}
	text, err := a.readText(c.File)
	if err != nil {
		return err
	}
	out := bufio.NewWriter(a.out)
	for _, sentence := range segment.For(c.Lang).SplitText(text) {
		fmt.Fprintln(out, strings.Join(strings.FieldsFunc(sentence, isLineEnd), " "))
	}
	return out.Flush()
}

func isLineEnd(r rune) bool { return r == '\n' || r == '\r' }

func (c *segmentCmd) answer(in textLine) (segments, error) {
	text, tag, err := in.read(c.Lang)
	if err != nil {
		return segments{}, err
	}
	list := segment.For(tag).SplitText(text)
	if list == nil {
		list = []string{} // [] rather than null
	}
	return segments{list}, nil
}

// needFlag asks for the flag of a language that the plain forms cannot do
// without.
func needFlag(flag string, tag language.Tag) error {
	if tag == language.Und {
		return wrong("cli.flag_missing", "flag", "--"+flag)
	}
	return nil
}
