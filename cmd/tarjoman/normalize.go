package main

import (
	"bufio"
	"encoding/json"
	"fmt"
	"strings"

	"golang.org/x/text/language"

	"tarjoman/tm/lang"
)

// normalizeCmd gives the match keys of texts, or compares two.
type normalizeCmd struct {
	File  string       `arg:"" optional:""`
	Lang  language.Tag `placeholder:"TAG"`
	JSONL bool         `name:"jsonl"`
}

type normalizeLine struct {
	textLine
	A, B *string
}

type matchKeys struct {
	Keys []string `json:"keys"`
}

type comparison struct {
	Equal       bool `json:"equal"`
	Typographic bool `json:"typographic"`
}

// Run prints in its plain form the keys of every line, divided by tabs.
func (c *normalizeCmd) Run(a *app) error {
	if c.JSONL {
		return jsonLines(a, c.answer)
	}
	if err := needFlag("lang", c.Lang); err != nil {
		return err
	}
	out := bufio.NewWriter(a.out)
	profile := lang.For(c.Lang)
	err := a.eachLine(c.File, func(line string) error {
		_, err := fmt.Fprintln(out, strings.Join(profile.Keys(line), "\t"))
		return err
	})
	if err != nil {
		return err
	}
	return out.Flush()
}

func (c *normalizeCmd) answer(in normalizeLine) (json.RawMessage, error) {
	if in.A == nil && in.B == nil {
		text, tag, err := in.read(c.Lang)
		if err != nil {
			return nil, err
		}
		return encode(matchKeys{lang.For(tag).Keys(text)}), nil
	}
	first, err := need("a", in.A)
	if err != nil {
		return nil, err
	}
	second, err := need("b", in.B)
	if err != nil {
		return nil, err
	}
	tag, err := needLang("lang", in.Lang, c.Lang)
	if err != nil {
		return nil, err
	}
	var out comparison
	out.Equal, out.Typographic = lang.For(tag).Equal(first, second)
	return encode(out), nil
}
