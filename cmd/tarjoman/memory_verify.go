package main

import (
	"bufio"
	"bytes"
	"context"
	"errors"
	"fmt"
	"io"
	"path/filepath"
	"runtime"
	"slices"
	"strings"
	"sync"
	"sync/atomic"
	"time"

	"golang.org/x/text/language"

	"tarjoman/tm"
	"tarjoman/tm/memory"
)

// memoryVerifyCmd asks every query twice, through the index and by scoring every
// unit, and compares the answers.
type memoryVerifyCmd struct {
	Memory     []string     `required:"" placeholder:"FILE" sep:"none"`
	Queries    string       `required:"" placeholder:"FILE"`
	Lang       language.Tag `default:"en" placeholder:"TAG"`
	TargetLang language.Tag `default:"fa" placeholder:"TAG"`
	Threshold  int          `default:"70"`
	Limit      int          `default:"5"`
}

// shownDifferences is how many queries with different answers are printed.
const shownDifferences = 10

// Run prints names and numbers divided by a tab: units, queries, matches found,
// the processor time of both ways in milliseconds, and how many answers differ;
// before that the first queries that do, with both answers.
func (c *memoryVerifyCmd) Run(ctx context.Context, a *app) error {
	if c.Threshold < memory.MinThreshold || c.Threshold > 100 {
		return wrong("cli.threshold", "least", memory.MinThreshold)
	}
	if c.Limit < 1 {
		return wrong("cli.limit")
	}
	units, err := a.loadUnits(ctx, c.Memory, c.Lang, c.TargetLang)
	if err != nil {
		return err
	}
	queries, err := c.queries(ctx, a)
	if err != nil {
		return err
	}
	table, err := units.table(ctx)
	if err != nil {
		return err
	}
	bar := a.progress(filepath.Base(c.Queries), int64(len(queries)))
	defer bar.end()
	fast, fastTime, err := askAll(ctx, queries, nil, table.Lookup)
	if err != nil {
		return err
	}
	slow, slowTime, err := askAll(ctx, queries, bar, func(ctx context.Context, q memory.Query) ([]tm.Match, error) {
		return memory.Scan(ctx, units.all(), q)
	})
	if err != nil {
		return err
	}
	bar.end()
	different, matches := 0, 0
	for i, q := range queries {
		matches += len(slow[i])
		if slices.EqualFunc(fast[i], slow[i], sameMatch) {
			continue
		}
		if different++; different <= shownDifferences {
			a.printRow("different", q.Source.Text, answerText(fast[i]), answerText(slow[i]))
		}
	}
	a.printRow("units", len(units))
	a.printRow("queries", len(queries))
	a.printRow("matches", matches)
	a.printRow("index_cpu_ms", fastTime.Milliseconds())
	a.printRow("scan_cpu_ms", slowTime.Milliseconds())
	a.printRow("differences", different)
	if different > 0 {
		return errShort
	}
	return nil
}

// askAll asks all queries on all processors, and returns the answers with the
// processor time they took together.
func askAll(ctx context.Context, queries []memory.Query, bar *bar, ask func(context.Context, memory.Query) ([]tm.Match, error)) ([][]tm.Match, time.Duration, error) {
	ctx, cancel := context.WithCancelCause(ctx)
	defer cancel(nil)
	answers := make([][]tm.Match, len(queries))
	var next, done atomic.Int64
	var workers sync.WaitGroup
	begin := processorTime()
	for w := range min(runtime.GOMAXPROCS(0), len(queries)) {
		workers.Go(func() {
			for i := next.Add(1) - 1; i < int64(len(queries)) && ctx.Err() == nil; i = next.Add(1) - 1 {
				var err error
				if answers[i], err = ask(ctx, queries[i]); err != nil {
					cancel(err)
				}
				if n := done.Add(1); w == 0 && bar != nil {
					bar.set(n)
				}
			}
		})
	}
	workers.Wait()
	return answers, processorTime() - begin, context.Cause(ctx)
}

// sameMatch compares all that people and programs see of a match.
func sameMatch(a, b tm.Match) bool {
	return a.Unit.ID == b.Unit.ID && a.Kind == b.Kind && a.Score == b.Score && a.Raw == b.Raw &&
		a.Source.Equal(b.Source) && a.Target.Equal(b.Target) && slices.Equal(a.Penalties, b.Penalties)
}

// answerText writes an answer as unit:score, with the penalties.
func answerText(list []tm.Match) string {
	parts := make([]string, len(list))
	for i, m := range list {
		parts[i] = fmt.Sprintf("%d:%d", m.Unit.ID, m.Score)
		for _, p := range m.Penalties {
			parts[i] += fmt.Sprintf("-%s%d", p.Code, p.Points)
		}
	}
	return strings.Join(parts, " ")
}

// queries reads the file of queries: the sources of a file of units with their
// neighbours, JSON Lines as memory match reads them, or a text a line.
func (c *memoryVerifyCmd) queries(ctx context.Context, a *app) ([]memory.Query, error) {
	var list []memory.Query
	add := func(q memory.Query) {
		q.Threshold, q.Limit = c.Threshold, c.Limit
		list = append(list, q)
	}
	switch strings.ToLower(filepath.Ext(c.Queries)) {
	case ".tmx", ".xlf", ".xliff", ".tsv", ".tab", ".csv":
		err := a.eachUnit(c.Queries, c.Lang, c.TargetLang, func(u *tm.Unit) error {
			if source, ok := u.In(c.Lang); ok {
				add(memory.Query{From: c.Lang, To: c.TargetLang, Source: source, Previous: u.Previous, Next: u.Next})
			}
			return ctx.Err()
		})
		return list, err
	}
	in, err := a.open(c.Queries)
	if err != nil {
		return nil, err
	}
	defer in.Close()
	err = inLines(in, c.Queries, func(line []byte) error {
		q, err := c.query(line)
		if err == nil {
			add(q)
		}
		return err
	})
	return list, err
}

func (c *memoryVerifyCmd) query(line []byte) (memory.Query, error) {
	q := memory.Query{From: c.Lang, To: c.TargetLang}
	if strings.ToLower(filepath.Ext(c.Queries)) != ".jsonl" {
		q.Source = tm.Plain(string(line))
		return q, nil
	}
	var in matchLine
	if err := decode(line, &in); err != nil {
		return q, err
	}
	text, from, err := in.read(c.Lang)
	if err != nil {
		return q, err
	}
	q.From, q.Source, q.Previous, q.Next = from, tm.Plain(text), in.Previous, in.Next
	q.To, err = needLang("target_lang", in.TargetLang, c.TargetLang)
	return q, err
}

// inLines calls yield with each line that is not empty; an error tells the file
// and the line.
func inLines(in io.Reader, name string, yield func([]byte) error) error {
	reader := bufio.NewReaderSize(in, 64<<10)
	var buffer lineBuffer
	for n := 1; ; n++ {
		line, err := buffer.read(reader)
		if errors.Is(err, io.EOF) {
			return nil
		}
		if n == 1 {
			line = bytes.TrimPrefix(line, []byte("\ufeff"))
		}
		if err == nil && len(bytes.TrimSpace(line)) > 0 {
			err = yield(line)
		}
		if err != nil {
			return inFile{fmt.Sprintf("%s:%d", nameOf(name), n), err}
		}
	}
}
