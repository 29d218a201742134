package main

import (
	"context"
	"io"
	"os"
	"path/filepath"

	"tarjoman/tm"
	"tarjoman/tm/workbench"
)

// importCmd adds documents to a project.
type importCmd struct {
	projectFlags
	File    []string `arg:""`
	Charset string   `placeholder:"NAME"`
	Update  bool
}

// Run prints number, name, segments and how many of them were filled, divided
// by tabs. Of several files those that can be read are added; the others are
// told and end the command with status 1.
func (c *importCmd) Run(ctx context.Context, a *app) error {
	h, p, who, err := c.in(ctx, a)
	if err != nil {
		return err
	}
	defer h.close()
	var falls error
	for _, name := range c.File {
		made, err := c.add(ctx, a, h.w, p, who, name)
		if err != nil && len(c.File) == 1 {
			return err
		}
		if err != nil {
			a.complain(err)
			falls = errShort
			continue
		}
		a.printRow(made.Document.ID, made.Document.Name, made.Segments, made.Filled)
	}
	return falls
}

func (c *importCmd) add(ctx context.Context, a *app, w *workbench.Workbench, p workbench.Project, who workbench.Actor, name string) (workbench.Imported, error) {
	data, err := a.readAll(name)
	if err != nil {
		return workbench.Imported{}, err
	}
	upload := workbench.Upload{Name: filepath.Base(name), Data: data, Charset: c.Charset}
	made, err := w.Import(ctx, who, p.ID, upload)
	if c.Update && tm.CodeOf(err) == "document.same_name" {
		if upload.Update, err = documentNamed(ctx, w, who, p.ID, upload.Name); err == nil {
			made, err = w.Import(ctx, who, p.ID, upload)
		}
	}
	if err != nil {
		err = inFile{name, err}
	}
	return made, err
}

func documentNamed(ctx context.Context, w *workbench.Workbench, who workbench.Actor, p tm.ProjectID, name string) (tm.DocumentID, error) {
	list, err := w.Documents(ctx, who, p)
	if err != nil {
		return 0, err
	}
	d, err := pick(list, name, "document", documentLabel)
	return d.ID, err
}

func documentLabel(d workbench.Document) (int64, string) { return int64(d.ID), d.Name }

// exportCmd gives documents back, translated.
type exportCmd struct {
	projectFlags
	Document     string `placeholder:"NAME"`
	Format       string `enum:"document,tmx" default:"document" placeholder:"document|tmx"`
	ApprovedOnly bool
	Output       string `short:"o" required:"" placeholder:"FILE|DIR"`
}

// Run writes one document to a file, or to a folder under the name it has as an
// export; without --document all of them to a folder.
func (c *exportCmd) Run(ctx context.Context, a *app) error {
	h, p, who, err := c.in(ctx, a)
	if err != nil {
		return err
	}
	defer h.close()
	list, err := h.w.Documents(ctx, who, p.ID)
	if err != nil {
		return err
	}
	if c.Document != "" {
		d, err := pick(list, c.Document, "document", documentLabel)
		if err != nil {
			return err
		}
		list = []workbench.Document{d}
	}
	info, err := os.Stat(c.Output)
	folder := err == nil && info.IsDir()
	if len(list) != 1 && !folder {
		return wrong("cli.output_folder", "file", c.Output)
	}
	options := workbench.ExportOptions{Kind: workbench.ExportKind(c.Format), ApprovedOnly: c.ApprovedOnly}
	for _, d := range list {
		out, err := h.w.Export(ctx, who, d.ID, options)
		if err != nil {
			return inFile{d.Name, err}
		}
		name := c.Output
		if folder {
			name = filepath.Join(c.Output, filepath.Base(out.Name))
		}
		if err := a.writeBytes(name, out.Data); err != nil {
			return err
		}
		if name != stdio {
			a.printRow(name)
		}
	}
	return nil
}

func (a *app) writeBytes(name string, data []byte) error {
	return a.writeFile(name, func(w io.Writer) error {
		_, err := w.Write(data)
		return err
	})
}
