package main

import (
	"fmt"
	"slices"
	"strings"

	"golang.org/x/text/language"

	"tarjoman/tm"
	"tarjoman/tm/glossary"
	"tarjoman/tm/qa"
	"tarjoman/tm/segment"
)

// checkCmd finds what is wrong with translations.
type checkCmd struct {
	File       []string     `arg:"" optional:""`
	SourceLang language.Tag `placeholder:"TAG"`
	TargetLang language.Tag `placeholder:"TAG"`
	Glossary   []string     `placeholder:"FILE" sep:"none"`
	Only       []string     `placeholder:"CODE,…"`
	JSONL      bool         `name:"jsonl"`
}

// The codes of checks that need more than the texts of one pair.
const (
	segmentCount            = "segment_count"
	inconsistentTranslation = "inconsistent_translation"
)

type checkLine struct {
	SourceLang *string `json:"source_lang"`
	TargetLang *string `json:"target_lang"`
	Source     *string
	Target     *string
	Terms      []termLine
}

type checkIssue struct {
	Code     string      `json:"code"`
	Severity tm.Severity `json:"severity"`
	Side     tm.Side     `json:"side"`
	Start    int         `json:"start"`
	End      int         `json:"end"`
	Term     any         `json:"term,omitempty"`
	Value    any         `json:"value,omitempty"`
	Fix      *string     `json:"fix,omitempty"`
}

type checkAnswer struct {
	Issues []checkIssue `json:"issues"`
}

// checker checks pairs and remembers whether one had an error.
type checker struct {
	only     []string
	concepts func(source, target language.Tag) ([]tm.Concept, error)
	compiled map[[2]language.Tag]*glossary.Glossary
	alone    bool // a pair stands for itself: names are compared within it
	errors   bool
}

// Run checks in its plain form the units of files (TMX, TSV, CSV). Status 1
// tells in both forms that there are issues of severity error.
func (c *checkCmd) Run(a *app) error {
	check, err := c.checker(a)
	if err != nil {
		return err
	}
	if c.JSONL {
		err = jsonLines(a, func(in checkLine) (checkAnswer, error) { return c.answer(check, in) })
	} else {
		err = c.checkFiles(a, check)
	}
	if err == nil && check.errors {
		err = errShort
	}
	return err
}

func (c *checkCmd) checker(a *app) (*checker, error) {
	codes := []string{glossary.MissingCode, glossary.ForbiddenCode}
	for _, known := range qa.Checks() {
		codes = append(codes, known.ID)
	}
	codes = append(codes, segmentCount, glossary.InconsistentNameCode)
	if !c.JSONL { // a line stands for itself; files can be compared as a whole
		codes = append(codes, inconsistentTranslation)
	}
	for _, code := range c.Only {
		if !slices.Contains(codes, code) {
			return nil, wrong("cli.check_unknown", "code", code, "known", strings.Join(codes, ", "))
		}
	}
	return &checker{
		only:     c.Only,
		alone:    c.JSONL,
		concepts: glossaryFiles{a, c.Glossary}.concepts,
		compiled: map[[2]language.Tag]*glossary.Glossary{},
	}, nil
}

func (c *checkCmd) answer(check *checker, in checkLine) (checkAnswer, error) {
	p, err := c.pair(in)
	if err != nil {
		return checkAnswer{}, err
	}
	issues, err := check.pair(p, in.Terms)
	if err != nil {
		return checkAnswer{}, err
	}
	out := checkAnswer{Issues: []checkIssue{}}
	at := map[tm.Side]*place{tm.SourceSide: {text: p.Source.Text}, tm.TargetSide: {text: p.Target.Text}}
	for _, i := range issues {
		out.Issues = append(out.Issues, checkIssue{
			Code: i.Code, Severity: i.Severity, Side: i.Side,
			Start: at[i.Side].runesAt(i.From), End: at[i.Side].runesAt(i.To),
			Term: i.Args["term"], Value: i.Args["value"], Fix: fixOf(i),
		})
	}
	return out, nil
}

func (c *checkCmd) pair(in checkLine) (p qa.Pair, err error) {
	if p.SourceLang, err = needLang("source_lang", in.SourceLang, c.SourceLang); err != nil {
		return p, err
	}
	if p.TargetLang, err = needLang("target_lang", in.TargetLang, c.TargetLang); err != nil {
		return p, err
	}
	if p.Source.Text, err = need("source", in.Source); err != nil {
		return p, err
	}
	p.Target.Text, err = need("target", in.Target)
	return p, err
}

// pair returns the issues of a pair; terms are those of the pair alone and win
// over the glossary.
func (c *checker) pair(p qa.Pair, terms []termLine) ([]tm.Issue, error) {
	issues := qa.Run(p, c.only...)
	terminology, err := c.glossary(p.SourceLang, p.TargetLang, terms)
	if err != nil {
		return nil, err
	}
	for _, i := range terminology.Issues(p.Source, p.Target) {
		if len(c.only) == 0 || slices.Contains(c.only, i.Code) {
			issues = append(issues, i)
		}
	}
	if slices.Contains(c.only, segmentCount) {
		issues = append(issues, countSentences(p)...)
	}
	if c.alone && slices.Contains(c.only, glossary.InconsistentNameCode) {
		findings, err := c.names([]qa.Pair{p}, terms)
		if err != nil {
			return nil, err
		}
		for _, f := range findings {
			issues = append(issues, f.Issue)
		}
	}
	c.errors = c.errors || slices.ContainsFunc(issues, func(i tm.Issue) bool { return i.Severity == tm.SeverityError })
	return issues, nil
}

// countSentences reports a target with more or fewer sentences than its source
// (PERSIAN.md B16). It runs only when named: good translations do that too.
func countSentences(p qa.Pair) []tm.Issue {
	source := len(segment.For(p.SourceLang).SplitText(p.Source.Text))
	target := len(segment.For(p.TargetLang).SplitText(p.Target.Text))
	if source == target {
		return nil
	}
	return []tm.Issue{{
		Code: segmentCount, Severity: tm.SeverityInfo, Side: tm.TargetSide, To: len(p.Target.Text),
		Args: map[string]any{"value": fmt.Sprintf("%d/%d", target, source)},
	}}
}

func (c *checker) glossary(source, target language.Tag, terms []termLine) (*glossary.Glossary, error) {
	pair := [2]language.Tag{source, target}
	if g := c.compiled[pair]; g != nil && len(terms) == 0 {
		return g, nil
	}
	concepts, err := c.listed(source, target, terms)
	if err != nil {
		return nil, err
	}
	g := glossary.Compile(concepts, source, target)
	if len(terms) == 0 {
		c.compiled[pair] = g
	}
	return g, nil
}

// listed returns the concepts of the terms, then those of the glossary.
func (c *checker) listed(source, target language.Tag, terms []termLine) ([]tm.Concept, error) {
	var own []tm.Concept
	for _, t := range terms {
		concept, err := t.concept(source, target)
		if err != nil {
			return nil, err
		}
		own = append(own, concept)
	}
	concepts, err := c.concepts(source, target)
	return append(own, concepts...), err
}

// names compares the names of pairs of one pair of languages.
func (c *checker) names(pairs []qa.Pair, terms []termLine) ([]glossary.NameFinding, error) {
	source, target := pairs[0].SourceLang, pairs[0].TargetLang
	known, err := c.listed(source, target, terms)
	if err != nil {
		return nil, err
	}
	segments := func(yield func(glossary.NameSegment) bool) {
		for _, p := range pairs {
			if !yield(glossary.NameSegment{Source: p.Source.Text, Target: p.Target.Text}) {
				return
			}
		}
	}
	return glossary.NameConsistency(source, target, known, segments).Findings, nil
}

func (c *checkCmd) checkFiles(a *app, check *checker) error {
	if len(c.File) == 0 {
		return wrong("cli.files_missing")
	}
	if err := needPair(c.SourceLang, c.TargetLang); err != nil {
		return err
	}
	var pairs []qa.Pair
	var places []string
	for _, name := range c.File {
		n := 0
		err := a.eachUnit(name, c.SourceLang, c.TargetLang, func(u *tm.Unit) error {
			n++
			p := qa.Pair{SourceLang: c.SourceLang, TargetLang: c.TargetLang}
			p.Source, _ = u.In(c.SourceLang)
			p.Target, _ = u.In(c.TargetLang)
			pairs, places = append(pairs, p), append(places, fmt.Sprintf("%s:%d", name, n))
			issues, err := check.pair(p, nil)
			if err != nil {
				return err
			}
			return printIssues(a, places[len(places)-1], p, issues)
		})
		if err != nil {
			return err
		}
	}
	return c.compareAll(a, check, pairs, places)
}

// compareAll prints which units of all files disagree with others.
func (c *checkCmd) compareAll(a *app, check *checker, pairs []qa.Pair, places []string) error {
	wanted := func(code string) bool { return len(c.Only) == 0 || slices.Contains(c.Only, code) }
	var list []qa.Finding
	if wanted(inconsistentTranslation) {
		list = qa.Consistency(slices.Values(pairs))
	}
	if wanted(glossary.InconsistentNameCode) && len(pairs) > 0 {
		findings, err := check.names(pairs, nil)
		if err != nil {
			return err
		}
		for _, f := range findings {
			list = append(list, qa.Finding{Pair: f.Segment, Issue: f.Issue})
			check.errors = check.errors || f.Issue.Severity == tm.SeverityError
		}
	}
	for _, f := range list {
		if err := printIssues(a, places[f.Pair], pairs[f.Pair], []tm.Issue{f.Issue}); err != nil {
			return err
		}
	}
	return nil
}

// printIssues prints the issues of a unit, one a line.
func printIssues(a *app, where string, p qa.Pair, issues []tm.Issue) error {
	for _, i := range issues {
		text := p.Target.Text
		if i.Side == tm.SourceSide {
			text = p.Source.Text
		}
		_, err := fmt.Fprintf(a.out, "%s: %s: %s: %s\n", where, i.Severity, i.Code, text[i.From:i.To])
		if err != nil {
			return err
		}
	}
	return nil
}

// needPair asks for both languages of the plain forms.
func needPair(source, target language.Tag) error {
	if err := needFlag("source-lang", source); err != nil {
		return err
	}
	return needFlag("target-lang", target)
}
