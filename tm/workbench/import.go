package workbench

import (
	"context"
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"fmt"
	"path"
	"slices"
	"strings"
	"time"

	"tarjoman/tm"
	"tarjoman/tm/format"
	"tarjoman/tm/lang"
	"tarjoman/tm/segment"
	"tarjoman/tm/store"
)

// Import adds a document to a project, or with u.Update a new version of one:
// then every segment of an unchanged block keeps its translation, and so does
// every unchanged sentence of a changed block. A live document of the same name
// is a Conflict "document.same_name" with its id, unless u.Update says what to
// do. A charset in doubt is an Unsupported "document.charset_unknown" with the
// candidates.
func (w *Workbench) Import(ctx context.Context, a Actor, p tm.ProjectID, u Upload) (Imported, error) {
	project, err := access(ctx, w.db, a, p, UploadFiles)
	if err != nil {
		return Imported{}, err
	}
	if u.Name, err = cleanName(path.Base(strings.ReplaceAll(u.Name, `\`, "/"))); err != nil {
		return Imported{}, err
	}
	doc, err := format.Open(w.formats, u.Name, u.Data, format.Charset(u.Charset))
	if err != nil {
		return Imported{}, err
	}
	blocks, err := doc.Blocks(format.Options{Source: project.Source})
	if err != nil {
		return Imported{}, err
	}
	rules, err := w.rules(ctx, project)
	if err != nil {
		return Imported{}, err
	}
	draft := draftDocument{upload: u, format: doc.Format.Info().ID, charset: string(doc.Charset)}
	draft.cut(rules, lang.For(project.Source), blocks)
	if len(draft.blocks) == 0 {
		return Imported{}, tm.NewError(tm.Invalid, "document.no_text", "name", u.Name)
	}
	made, err := w.keep(ctx, a, p, draft)
	if err != nil {
		return made, err
	}
	return w.fillNew(ctx, a, made)
}

// draftDocument is an upload cut into segments, not yet stored.
type draftDocument struct {
	upload  Upload
	format  string
	charset string
	blocks  []draftBlock
}

type draftBlock struct {
	key, note string
	rows      []Row
}

// cut splits the blocks into segments.
func (d *draftDocument) cut(rules *segment.Rules, profile *lang.Profile, blocks []format.Block) {
	index := 0
	for _, b := range blocks {
		db := draftBlock{key: b.Key, note: b.Note}
		for _, part := range rules.Split(b.Content) {
			row := Row{Key: repetitionKey(profile, part.Content), Words: lang.Count(part.Content.Text).Words}
			row.Source, row.Lead, row.Trail, row.Index = part.Content, part.Lead, part.Trail, index
			db.rows = append(db.rows, row)
			index++
		}
		if len(db.rows) > 0 {
			d.blocks = append(d.blocks, db)
		}
	}
}

// repetitionKey is equal for segments that may share one translation: the same
// match key and the same number of each kind of code.
func repetitionKey(p *lang.Profile, c tm.Content) string {
	key := p.Keys(c.Text)[0]
	var kinds [3]int
	for _, code := range c.Codes {
		kinds[code.Kind]++
	}
	sum := sha256.Sum256(fmt.Appendf(nil, "%s\x00%v", key, kinds))
	return hex.EncodeToString(sum[:16])
}

// keep stores a draft as a new document or as a new version of one.
func (w *Workbench) keep(ctx context.Context, a Actor, p tm.ProjectID, d draftDocument) (Imported, error) {
	if d.upload.Update == 0 {
		return w.keepNew(ctx, a, p, d)
	}
	var made Imported
	err := w.db.Update(ctx, func(tx *store.Tx) error {
		if _, err := access(ctx, tx, a, p, UploadFiles); err != nil {
			return err
		}
		id, err := w.placeUpdate(ctx, tx, p, d)
		if err != nil {
			return err
		}
		if err := tx.AddOriginal(ctx, id, d.upload.Data, a.Account, w.now()); err != nil {
			return err
		}
		if made, err = w.merge(ctx, tx, id, d); err != nil {
			return err
		}
		made.Document, err = tx.Document(ctx, id)
		return errors.Join(err, w.audit(ctx, tx, a, p, "document.import", d.upload.Name, ""))
	})
	return made, err
}

func (w *Workbench) placeUpdate(ctx context.Context, tx *store.Tx, p tm.ProjectID, d draftDocument) (tm.DocumentID, error) {
	old, err := tx.Document(ctx, d.upload.Update)
	if err != nil || old.Project != p || !old.Deleted.IsZero() {
		return 0, errors.Join(store.NotFound, err)
	}
	if old.Format != d.format {
		return 0, tm.NewError(tm.Invalid, "document.other_format", "old", old.Format, "new", d.format)
	}
	old.Charset = d.charset
	return old.ID, tx.SetDocument(ctx, old)
}

// merge brings blocks and segments of a document in line with a draft. A block
// with the same key and text keeps its segments as they are, also those cut by
// hand. In a block whose text changed a segment is kept, with its translation
// and history, when its source is the same.
func (w *Workbench) merge(ctx context.Context, tx *store.Tx, id tm.DocumentID, d draftDocument) (Imported, error) {
	m, err := newMerge(ctx, tx, id)
	if err != nil {
		return Imported{}, err
	}
	for i, b := range d.blocks {
		if err := m.block(ctx, tx, i, b); err != nil {
			return Imported{}, err
		}
	}
	return m.made, m.drop(ctx, tx)
}

// merger is what a merge knows of the document as it was.
type merger struct {
	document tm.DocumentID
	seq      int64
	blocks   map[string]store.Block
	rows     map[tm.BlockID][]Row // not yet matched, live ones first
	made     Imported
}

func newMerge(ctx context.Context, tx *store.Tx, id tm.DocumentID) (*merger, error) {
	m := &merger{document: id, blocks: map[string]store.Block{}, rows: map[tm.BlockID][]Row{}}
	var err error
	if m.seq, err = tx.NextSeq(ctx, id); err != nil {
		return nil, err
	}
	blocks, err := tx.Blocks(ctx, id)
	if err != nil {
		return nil, err
	}
	for _, b := range blocks {
		m.blocks[b.Key] = b
	}
	rows, err := tx.EveryRow(ctx, id)
	for _, r := range rows {
		m.rows[r.Block] = append(m.rows[r.Block], r)
	}
	return m, err
}

func (m *merger) block(ctx context.Context, tx *store.Tx, position int, d draftBlock) error {
	b, known := m.blocks[d.key]
	delete(m.blocks, d.key)
	b.Key, b.Note, b.Position, b.Live = d.key, d.note, position, true
	id, err := tx.PutBlock(ctx, m.document, b)
	if err != nil {
		return err
	}
	rows := d.rows
	if same := m.sameText(id, rows); known && same != nil {
		rows = same
	}
	for _, row := range rows {
		row.Document, row.Block, row.Index = m.document, id, m.made.Segments
		if err := m.row(ctx, tx, row, known); err != nil {
			return err
		}
	}
	return nil
}

// sameText returns the segments a block has when they say together what the
// draft says, and nil when they do not.
func (m *merger) sameText(id tm.BlockID, draft []Row) []Row {
	var rows []Row
	for _, r := range m.rows[id] {
		if !r.Gone {
			rows = append(rows, r)
		}
	}
	if len(rows) == 0 || !joinSources(rows).Equal(joinSources(draft)) {
		return nil
	}
	return rows
}

func joinSources(rows []Row) tm.Content {
	var parts []tm.Content
	for _, r := range rows {
		parts = append(parts, tm.Plain(r.Lead), r.Source, tm.Plain(r.Trail))
	}
	return tm.Join(parts...)
}

func (m *merger) row(ctx context.Context, tx *store.Tx, row Row, known bool) error {
	m.made.Segments++
	if known {
		for i, old := range m.rows[row.Block] {
			if old.Source.Text != row.Source.Text || old.Key != row.Key {
				continue
			}
			m.rows[row.Block] = append(m.rows[row.Block][:i:i], m.rows[row.Block][i+1:]...)
			row.ID = old.ID
			m.made.Kept++
			if stands(old, row) {
				return nil
			}
			return tx.MoveSegment(ctx, row, true, m.seq)
		}
	}
	_, err := tx.AddSegment(ctx, row, m.seq)
	return err
}

// stands reports whether a segment is in the document already as row would have
// it.
func stands(old, row Row) bool {
	return !old.Gone && old.Block == row.Block && old.Index == row.Index && old.Words == row.Words &&
		old.Lead == row.Lead && old.Trail == row.Trail && slices.Equal(old.Source.Codes, row.Source.Codes)
}

// drop takes what was not matched out of the document; it stays in the
// database, with its history, in case it comes back.
func (m *merger) drop(ctx context.Context, tx *store.Tx) error {
	for _, b := range m.blocks {
		b.Live = false
		if _, err := tx.PutBlock(ctx, m.document, b); err != nil {
			return err
		}
	}
	for _, rows := range m.rows {
		for _, r := range rows {
			m.made.Dropped++
			if err := tx.MoveSegment(ctx, r, false, m.seq); err != nil {
				return err
			}
		}
	}
	return nil
}

// fillNew pre-translates what an import added, when the project wants it.
func (w *Workbench) fillNew(ctx context.Context, a Actor, made Imported) (Imported, error) {
	job, err := w.pretranslate(ctx, a, made.Document.ID)
	if err != nil || job.ID == 0 {
		return made, err
	}
	done := w.jobs.wait(ctx, job.ID, 2*time.Second)
	made.Job = job.ID
	if done {
		if job, err = w.db.Job(ctx, job.Project, job.ID); err != nil {
			return made, err
		}
		made.Filled = countOf(job, "filled")
		made.Change = int64(countOf(job, "change"))
		made.Document, err = w.db.Document(ctx, made.Document.ID)
	}
	return made, err
}

func countOf(j Job, name string) int {
	n, _ := j.Result[name].(float64)
	return int(n)
}
