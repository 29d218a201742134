package main

import (
	"bufio"
	"fmt"
	"strings"

	"tarjoman/tm/glossary"
)

// namesCmd groups the spellings of names.
type namesCmd struct {
	File   []string            `arg:"" optional:""`
	Script glossary.NameScript `enum:",latin,persian,cross" default:"" placeholder:"latin|persian|cross"`
	JSONL  bool                `name:"jsonl"`
}

type namesLine struct {
	Script *string
	Names  *[]string
}

type namesAnswer struct {
	Groups [][]string `json:"groups"`
}

// Run prints in its plain form a group a line, its spellings divided by tabs.
// Names stand one a line; empty lines are passed over.
func (c *namesCmd) Run(a *app) error {
	if c.JSONL {
		return jsonLines(a, c.answer)
	}
	if len(c.File) == 0 {
		c.File = []string{stdio}
	}
	var list []string
	for _, file := range c.File {
		err := a.eachLine(file, func(line string) error {
			if line = strings.TrimSpace(line); line != "" {
				list = append(list, line)
			}
			return nil
		})
		if err != nil {
			return err
		}
	}
	script := c.Script
	if script == "" {
		script = glossary.ScriptOf(list)
	}
	out := bufio.NewWriter(a.out)
	for _, group := range groupsOf(script, list) {
		fmt.Fprintln(out, strings.Join(group, "\t"))
	}
	return out.Flush()
}

func (c *namesCmd) answer(in namesLine) (namesAnswer, error) {
	script := string(c.Script)
	if in.Script != nil {
		script = *in.Script
	}
	if script == "" {
		return namesAnswer{}, wrong("cli.line_field_missing", "field", "script")
	}
	if !glossary.NameScript(script).Valid() {
		return namesAnswer{}, wrong("cli.names_script", "value", script)
	}
	if in.Names == nil {
		return namesAnswer{}, wrong("cli.line_field_missing", "field", "names")
	}
	return namesAnswer{groupsOf(glossary.NameScript(script), *in.Names)}, nil
}

// groupsOf returns the groups as texts; [] rather than null for none.
func groupsOf(script glossary.NameScript, list []string) [][]string {
	groups := [][]string{}
	for _, places := range glossary.GroupNames(script, list) {
		var group []string
		for _, i := range places {
			group = append(group, list[i])
		}
		groups = append(groups, group)
	}
	return groups
}
