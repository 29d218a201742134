package main

import (
	"context"
	"fmt"
	"io"
	"path/filepath"

	"tarjoman/tm"
	"tarjoman/tm/workbench"
)

// glossaryFlags name a glossary of a project; "" is the only one.
type glossaryFlags struct {
	projectFlags
	Glossary string `placeholder:"NAME"`
}

func (f glossaryFlags) pick(ctx context.Context, w *workbench.Workbench, who workbench.Actor, p tm.ProjectID) (workbench.Glossary, error) {
	list, err := w.Glossaries(ctx, who, p)
	if err != nil {
		return workbench.Glossary{}, err
	}
	return pick(list, f.Glossary, "glossary", func(g workbench.Glossary) (int64, string) { return int64(g.ID), g.Name })
}

// glossaryImportCmd adds the terms of a file to a glossary.
type glossaryImportCmd struct {
	glossaryFlags
	File   string `arg:""`
	DryRun bool
}

// Run prints how many concepts are new, changed and the same, divided by tabs.
// With --dry-run nothing is kept.
func (c *glossaryImportCmd) Run(ctx context.Context, a *app) error {
	h, p, who, err := c.in(ctx, a)
	if err != nil {
		return err
	}
	defer h.close()
	if err := h.alone(); err != nil {
		return err
	}
	g, err := c.pick(ctx, h.w, who, p.ID)
	if err != nil {
		return err
	}
	data, err := a.readAll(c.File)
	if err != nil {
		return err
	}
	load := h.w.ImportGlossary
	if c.DryRun {
		load = h.w.PreviewGlossary
	}
	made, err := load(ctx, who, p.ID, g.ID, filepath.Base(c.File), data)
	if err != nil {
		return inFile{nameOf(c.File), err}
	}
	for _, problem := range made.Problems {
		a.rowProblem(c.File, problem.Row, problem.Code, problem.Args)
	}
	a.printRow(fmt.Sprint("added=", made.Added), fmt.Sprint("changed=", made.Changed), fmt.Sprint("same=", made.Same))
	return nil
}

// glossaryExportCmd writes the terms of a glossary to a file.
type glossaryExportCmd struct {
	glossaryFlags
	Output string `short:"o" required:"" placeholder:"FILE"`
	Format string `enum:",tbx,csv,tsv,xlsx" default:"" placeholder:"tbx|csv|tsv|xlsx"`
}

func (c *glossaryExportCmd) Run(ctx context.Context, a *app) error {
	h, p, who, err := c.in(ctx, a)
	if err != nil {
		return err
	}
	defer h.close()
	g, err := c.pick(ctx, h.w, who, p.ID)
	if err != nil {
		return err
	}
	return a.writeFile(c.Output, func(w io.Writer) error {
		return h.w.ExportGlossary(ctx, who, p.ID, g.ID, kindOf(c.Format, c.Output, "tsv"), w)
	})
}
