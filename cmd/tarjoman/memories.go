package main

import (
	"context"
	"fmt"
	"io"
	"maps"

	"path/filepath"
	"slices"
	"strconv"
	"strings"
	"time"

	"tarjoman/tm"
	"tarjoman/tm/workbench"
)

// memoryFlags name a memory of a project; "" is the one the project writes to.
type memoryFlags struct {
	projectFlags
	Memory string `placeholder:"NAME"`
}

func (f memoryFlags) pick(ctx context.Context, w *workbench.Workbench, who workbench.Actor, p tm.ProjectID) (workbench.Memory, error) {
	list, err := w.Memories(ctx, who, p)
	if err != nil {
		return workbench.Memory{}, err
	}
	if f.Memory == "" {
		for _, m := range list {
			if m.Write {
				return m, nil
			}
		}
	}
	return pick(list, f.Memory, "memory", func(m workbench.Memory) (int64, string) { return int64(m.ID), m.Name })
}

// memoryImportCmd adds the units of files to a memory.
type memoryImportCmd struct {
	memoryFlags
	File []string `arg:""`
}

// Run prints for each file its name and the counts of the import as name=number,
// divided by tabs. A file is added whole or not at all.
func (c *memoryImportCmd) Run(ctx context.Context, a *app) error {
	h, p, who, err := c.in(ctx, a)
	if err != nil {
		return err
	}
	defer h.close()
	if err := h.alone(); err != nil {
		return err
	}
	m, err := c.pick(ctx, h.w, who, p.ID)
	if err != nil {
		return err
	}
	var falls error
	for _, name := range c.File {
		err := a.importUnits(ctx, h.w, who, p, m, name)
		if err != nil && len(c.File) == 1 {
			return err
		}
		if err != nil {
			a.complain(err)
			falls = errShort
		}
	}
	return falls
}

func (a *app) importUnits(ctx context.Context, w *workbench.Workbench, who workbench.Actor, p workbench.Project, m workbench.Memory, name string) error {
	in, err := a.open(name)
	if err != nil {
		return err
	}
	job, err := w.ImportMemory(ctx, who, p.ID, m.ID, filepath.Base(name), sizeOf(in), in)
	if err == nil {
		job, err = a.await(ctx, w, who, job)
	}
	if err != nil {
		return inFile{name, err}
	}
	a.printRow(append([]any{name}, countCells(job.Result)...)...)
	return nil
}

// await shows the progress of a job until it ends, and returns its error.
func (a *app) await(ctx context.Context, w *workbench.Workbench, who workbench.Actor, job workbench.Job) (workbench.Job, error) {
	bar := a.progress(job.Name, job.Total)
	defer bar.end()
	for job.State == workbench.JobRunning {
		select {
		case <-ctx.Done():
			return job, ctx.Err()
		case <-time.After(20 * time.Millisecond):
		}
		var err error
		if job, err = w.Job(ctx, who, job.Project, job.ID); err != nil {
			return job, err
		}
		bar.set(job.Done)
	}
	if job.Error != nil {
		return job, job.Error
	}
	if job.State != workbench.JobDone {
		return job, wrong("cli.job_ended", "state", string(job.State))
	}
	return job, nil
}

// countCells writes the counts of a job in the order of their names. They come
// from JSON, where a million is 1e+06 for fmt.
func countCells(result map[string]any) []any {
	var cells []any
	for _, name := range slices.Sorted(maps.Keys(result)) {
		if name == "memory" { // its number
			continue
		}
		value := fmt.Sprint(result[name])
		if n, ok := result[name].(float64); ok {
			value = strconv.FormatFloat(n, 'f', -1, 64)
		}
		cells = append(cells, name+"="+value)
	}
	return cells
}

// memoryExportCmd writes the units of a memory to a file.
type memoryExportCmd struct {
	memoryFlags
	Output string `short:"o" required:"" placeholder:"FILE"`
	Format string `enum:",tmx,tsv" default:"" placeholder:"tmx|tsv"`
}

func (c *memoryExportCmd) Run(ctx context.Context, a *app) error {
	h, p, who, err := c.in(ctx, a)
	if err != nil {
		return err
	}
	defer h.close()
	m, err := c.pick(ctx, h.w, who, p.ID)
	if err != nil {
		return err
	}
	return a.writeFile(c.Output, func(w io.Writer) error {
		return h.w.ExportMemory(ctx, who, p.ID, m.ID, kindOf(c.Format, c.Output, "tmx"), w)
	})
}

// kindOf is the format asked for, or else that of a file name.
func kindOf(asked, name, usual string) string {
	if asked != "" {
		return asked
	}
	if ext := strings.TrimPrefix(strings.ToLower(filepath.Ext(name)), "."); ext != "" {
		return ext
	}
	return usual
}
