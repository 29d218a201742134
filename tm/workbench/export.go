package workbench

import (
	"bytes"
	"context"
	"path"
	"strings"

	"tarjoman/tm"
	"tarjoman/tm/exchange"
	"tarjoman/tm/format"
	"tarjoman/tm/store"
)

// Export gives a document back, localised, or its units. See
// [Workbench.Bilingual] for proof-reading.
func (w *Workbench) Export(ctx context.Context, a Actor, id tm.DocumentID, o ExportOptions) (Export, error) {
	d, p, rows, err := w.exported(ctx, a, id)
	if err != nil {
		return Export{}, err
	}
	var out Export
	switch o.Kind {
	case ExportDocument:
		out, err = w.exportDocument(ctx, d, p, rows, o)
	case ExportTMX:
		out, err = exportTMX(d, p, rows, o)
	default:
		return Export{}, tm.NewError(tm.Invalid, "export.kind")
	}
	if err != nil {
		return Export{}, err
	}
	detail := string(o.Kind)
	if o.ApprovedOnly {
		detail += " approved"
	}
	return out, w.noteExport(ctx, a, d, detail)
}

func (w *Workbench) noteExport(ctx context.Context, a Actor, d Document, detail string) error {
	return w.db.Update(ctx, func(tx *store.Tx) error {
		return w.audit(ctx, tx, a, d.Project, "document.export", d.Name, detail)
	})
}

// Bilingual returns a document with all its segments, for a person to read both
// sides.
func (w *Workbench) Bilingual(ctx context.Context, a Actor, id tm.DocumentID) (Document, Project, []Row, error) {
	d, p, rows, err := w.exported(ctx, a, id)
	if err == nil {
		err = w.noteExport(ctx, a, d, string(ExportBilingual))
	}
	return d, p, rows, err
}

// exported returns what an export is made of.
func (w *Workbench) exported(ctx context.Context, a Actor, id tm.DocumentID) (Document, Project, []Row, error) {
	d, p, err := accessDocument(ctx, w.db, a, id, Download)
	if err != nil {
		return d, p, nil, err
	}
	rows, err := w.db.Rows(ctx, id, -1)
	return d, p, rows, err
}

// Usable reports whether the target of a row goes into an export.
func (o ExportOptions) Usable(r Row) bool {
	return r.State == tm.Approved || r.State == tm.Translated && !o.ApprovedOnly
}

// exportDocument rewrites the original with the usable targets. A block with
// none of them stays as it is; in a block with some, the other sentences stand
// in the source language.
func (w *Workbench) exportDocument(ctx context.Context, d Document, p Project, rows []Row, o ExportOptions) (Export, error) {
	src, err := w.db.Original(ctx, d.ID)
	if err != nil {
		return Export{}, err
	}
	doc, err := format.Open(w.formats, d.Name, src, format.Charset(d.Charset))
	if err != nil {
		return Export{}, err
	}
	byKey, err := w.rowsByBlock(ctx, d.ID, rows)
	if err != nil {
		return Export{}, err
	}
	var out bytes.Buffer
	options := format.Options{Source: p.Source, Target: p.Target}
	err = doc.Write(&out, options, func(b format.Block) (*tm.Content, error) {
		return joinTargets(byKey[b.Key], o), ctx.Err()
	})
	return Export{Name: localName(d.Name, p), MIME: doc.Format.Info().MIME, Data: out.Bytes()}, err
}

func (w *Workbench) rowsByBlock(ctx context.Context, id tm.DocumentID, rows []Row) (map[string][]Row, error) {
	blocks, err := w.db.Blocks(ctx, id)
	if err != nil {
		return nil, err
	}
	keys := make(map[tm.BlockID]string, len(blocks))
	for _, b := range blocks {
		keys[b.ID] = b.Key
	}
	byKey := make(map[string][]Row, len(blocks))
	for _, r := range rows {
		byKey[keys[r.Block]] = append(byKey[keys[r.Block]], r)
	}
	return byKey, nil
}

// joinTargets puts the sentences of a block together again; nil when none of
// them is translated.
func joinTargets(rows []Row, o ExportOptions) *tm.Content {
	usable := false
	parts := make([]tm.Content, 0, 3*len(rows))
	for _, r := range rows {
		text := r.Source
		if o.Usable(r) {
			text, usable = r.Target, true
		}
		parts = append(parts, tm.Plain(r.Lead), text, tm.Plain(r.Trail))
	}
	if !usable {
		return nil
	}
	joined := tm.Join(parts...)
	return &joined
}

// localName puts the target language before the extension: news.fa.docx for
// news.docx or news.en.docx.
func localName(name string, p Project) string {
	ext := path.Ext(name)
	base := strings.TrimSuffix(name, ext)
	for _, tag := range []string{p.Source.String(), baseOf(p.Source)} {
		base = strings.TrimSuffix(base, "."+tag)
	}
	return base + "." + p.Target.String() + ext
}

func exportTMX(d Document, p Project, rows []Row, o ExportOptions) (Export, error) {
	var out bytes.Buffer
	err := exchange.WriteTMX(&out, exchange.Header{Source: p.Source}, func(yield func(*tm.Unit, error) bool) {
		for i, r := range rows {
			if !o.Usable(r) {
				continue
			}
			previous, next := around(rows, i)
			if !yield(unitOf(r, d, p, previous, next, r.AuthorName), nil) {
				return
			}
		}
	})
	return Export{Name: strings.TrimSuffix(d.Name, path.Ext(d.Name)) + ".tmx", MIME: "application/x-tmx+xml", Data: out.Bytes()}, err
}

// around returns the sources next to row i.
func around(rows []Row, i int) (previous, next string) {
	if i > 0 {
		previous = rows[i-1].Source.Text
	}
	if i+1 < len(rows) {
		next = rows[i+1].Source.Text
	}
	return previous, next
}

// unitOf is the unit a confirmed segment gives to a memory.
func unitOf(r Row, d Document, p Project, previous, next, author string) *tm.Unit {
	state := r.State
	if state != tm.Approved && state != tm.Translated {
		state = tm.Draft
	}
	return &tm.Unit{
		Variants: []tm.Variant{{Lang: p.Source, Content: r.Source}, {Lang: p.Target, Content: r.Target}},
		Previous: previous,
		Next:     next,
		Origin: tm.Origin{
			Author: author, Created: r.Changed, Changed: r.Changed, Document: d.Name, State: state, Kind: tm.Human,
		},
	}
}
