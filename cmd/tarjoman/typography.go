package main

import (
	"bufio"
	"fmt"
	"io"

	"golang.org/x/text/language"

	"tarjoman/tm"
	"tarjoman/tm/qa"
)

// typographyCmd finds and mends faults of typography.
type typographyCmd struct {
	File  string       `arg:"" optional:""`
	Lang  language.Tag `placeholder:"TAG"`
	Fix   bool
	JSONL bool `name:"jsonl"`
}

type typographyIssue struct {
	Code  string  `json:"code"`
	Start int     `json:"start"`
	End   int     `json:"end"`
	Fix   *string `json:"fix,omitempty"`
}

type typographyAnswer struct {
	Issues []typographyIssue `json:"issues"`
	Fixed  string            `json:"fixed"`
}

// Run prints in its plain form one issue a line, "line:column: code", or with
// --fix the text as it should be.
func (c *typographyCmd) Run(a *app) error {
	if c.JSONL {
		return jsonLines(a, c.answer)
	}
	if err := needFlag("lang", c.Lang); err != nil {
		return err
	}
	out := bufio.NewWriter(a.out)
	n := 0
	err := a.eachLine(c.File, func(line string) error {
		n++
		if c.Fix {
			_, err := fmt.Fprintln(out, qa.FixTypography(c.Lang, line))
			return err
		}
		return c.list(out, n, line)
	})
	if err != nil {
		return err
	}
	return out.Flush()
}

func (c *typographyCmd) list(out io.Writer, n int, line string) error {
	at := place{text: line}
	for _, issue := range qa.Typography(c.Lang, line) {
		fix := ""
		if issue.Fixable {
			fix = " → " + issue.Fix
		}
		column := at.runesAt(issue.From) + 1
		_, err := fmt.Fprintf(out, "%d:%d: %s: %s%s\n", n, column, issue.Code, line[issue.From:issue.To], fix)
		if err != nil {
			return err
		}
	}
	return nil
}

func (c *typographyCmd) answer(in textLine) (typographyAnswer, error) {
	text, tag, err := in.read(c.Lang)
	if err != nil {
		return typographyAnswer{}, err
	}
	out := typographyAnswer{Issues: []typographyIssue{}, Fixed: qa.FixTypography(tag, text)}
	at := place{text: text}
	for _, issue := range qa.Typography(tag, text) {
		out.Issues = append(out.Issues, typographyIssue{issue.Code, at.runesAt(issue.From), at.runesAt(issue.To), fixOf(issue)})
	}
	return out, nil
}

// fixOf returns the text that the range of an issue should become, nil when
// nobody but a person can tell.
func fixOf(issue tm.Issue) *string {
	if !issue.Fixable {
		return nil
	}
	return &issue.Fix
}
