package web

import (
	"bytes"
	"fmt"
	"strings"

	"tarjoman/tm"
	"tarjoman/tm/workbench"
)

// bilingualFile is a document with both languages side by side, for reading on
// screen and paper. It stands alone: nothing of it is loaded from the server.
type bilingualFile struct {
	Printer
	Document workbench.Document
	Project  workbench.Project
	Rows     []bilingualRow
}

type bilingualRow struct {
	Number         int
	Source, Target string
	State          tm.State
}

func (v *visit) bilingual(id tm.DocumentID, options workbench.ExportOptions) error {
	document, project, rows, err := v.s.work.Bilingual(v.ctx(), v.actor(), id)
	if err != nil {
		return err
	}
	file := bilingualFile{Printer: v.Printer, Document: document, Project: project}
	for _, r := range rows {
		row := bilingualRow{Number: r.Index + 1, Source: r.Source.Text, State: r.State}
		if options.Usable(r) {
			row.Target = r.Target.Text
		}
		file.Rows = append(file.Rows, row)
	}
	var out bytes.Buffer
	if err := v.s.views["bilingual"].ExecuteTemplate(&out, "bilingual.html", file); err != nil {
		return fmt.Errorf("render bilingual: %w", err)
	}
	name := strings.TrimSuffix(document.Name, ".html") + "." + project.Source.String() + "-" + project.Target.String() + ".html"
	return v.download(workbench.Export{Name: name, MIME: "text/html; charset=utf-8", Data: out.Bytes()})
}
