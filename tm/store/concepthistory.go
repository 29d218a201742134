package store

import (
	"context"
	"encoding/json"
	"fmt"
	"time"

	"golang.org/x/text/language"

	"tarjoman/tm"
)

// ConceptVersion is one step in the history of a concept.
type ConceptVersion struct {
	Revision int64
	At       time.Time
	Account  tm.AccountID
	Author   string
	Action   string // add, change, delete, restore, revert, import, merge, approve, reject, undo
	Reason   string
	Change   int64      // the change of many concepts it is part of; 0 for none
	Concept  tm.Concept // after the step
}

// keepVersion adds the concept as it now is to its history.
func (tx *Tx) keepVersion(ctx context.Context, c tm.Concept, step Step) error {
	return tx.exec(ctx, `
		INSERT INTO concept_version (concept, revision, at, account, action, reason, data, change)
		SELECT id, revision, $2, $3, $4, $5, $6, $7 FROM concept WHERE id = $1`,
		c.ID, micros(step.At), nullID(step.By), step.Action, step.Reason, encodeConcept(c), nullID(step.Change))
}

// NoteConcept keeps a step in the history of a concept that stays as it is.
func (tx *Tx) NoteConcept(ctx context.Context, id tm.ConceptID, step Step) error {
	c, err := tx.Concept(ctx, id)
	if err != nil {
		return err
	}
	if err := tx.execOne(ctx, `UPDATE concept SET revision = revision + 1, pending = NULL WHERE id = $1`, id); err != nil {
		return err
	}
	return tx.keepVersion(ctx, c, step)
}

const conceptVersionColumns = `
	v.concept, c.glossary, v.revision, v.at, coalesce(v.account, 0), coalesce(a.name, ''), v.action, v.reason, v.data,
	coalesce(v.change, 0)`

const conceptVersionTables = `
	concept_version v JOIN concept c ON c.id = v.concept LEFT JOIN account a ON a.id = v.account`

func scanConceptVersion(s scanner) (v ConceptVersion, err error) {
	var at int64
	var data string
	var id tm.ConceptID
	var glossary tm.GlossaryID
	err = s.Scan(&id, &glossary, &v.Revision, &at, &v.Account, &v.Author, &v.Action, &v.Reason, &data, &v.Change)
	if err != nil {
		return v, err
	}
	v.At = fromMicros(at)
	v.Concept, err = decodeConcept(data)
	v.Concept.ID, v.Concept.Glossary = id, glossary
	return v, err
}

// ConceptHistory lists the versions of a concept, newest first.
func (r reader) ConceptHistory(ctx context.Context, id tm.ConceptID) ([]ConceptVersion, error) {
	return all(ctx, r.q, scanConceptVersion, `
		SELECT `+conceptVersionColumns+` FROM `+conceptVersionTables+`
		WHERE v.concept = $1 ORDER BY v.revision DESC`, id)
}

// ConceptVersion returns one version of a concept.
func (r reader) ConceptVersion(ctx context.Context, id tm.ConceptID, revision int64) (ConceptVersion, error) {
	return one(r.q.QueryRowContext(ctx, `
		SELECT `+conceptVersionColumns+` FROM `+conceptVersionTables+`
		WHERE v.concept = $1 AND v.revision = $2`, id, revision), scanConceptVersion)
}

// GlossaryChange is one action that touched many concepts of a glossary.
type GlossaryChange struct {
	ID       int64
	Glossary tm.GlossaryID
	Kind     string // import, merge, undo
	Account  tm.AccountID
	At       time.Time
	Undone   bool
}

// AddGlossaryChange begins a change of many concepts. One that is not ready can
// be filled in several transactions: see [Tx.AddPending].
func (tx *Tx) AddGlossaryChange(ctx context.Context, c GlossaryChange, ready bool) (int64, error) {
	return tx.insert(ctx, `
		INSERT INTO glossary_change (glossary, kind, account, at, ready) VALUES ($1, $2, $3, $4, $5) RETURNING id`,
		c.Glossary, c.Kind, nullID(c.Account), micros(c.At), ready)
}

// AddPending adds a concept that nobody sees before the change of the step is
// ready.
func (tx *Tx) AddPending(ctx context.Context, c tm.Concept, step Step) error {
	_, err := tx.addConcept(ctx, c, step, step.Change)
	return err
}

// SetGlossaryChange makes a change ready, which shows its pending concepts, or
// unready, which hides those that nobody has touched since.
func (tx *Tx) SetGlossaryChange(ctx context.Context, id int64, ready bool) error {
	return tx.execOne(ctx, `UPDATE glossary_change SET ready = $2 WHERE id = $1`, id, ready)
}

// UnreadyGlossaryChanges lists the changes that are on their way in or back.
func (r reader) UnreadyGlossaryChanges(ctx context.Context) ([]int64, error) {
	return all(ctx, r.q, scanInt, `SELECT id FROM glossary_change WHERE ready = 0 AND undone = 0 ORDER BY id`)
}

// DropPending removes the pending concepts of a change that is not ready, at
// most limit of them; done is false while some may be left.
func (tx *Tx) DropPending(ctx context.Context, id int64, limit int) (done bool, err error) {
	res, err := tx.q.ExecContext(ctx, `
		DELETE FROM concept WHERE pending = $1 AND id IN (
			SELECT c.id FROM concept_version v JOIN concept c ON c.id = v.concept
			WHERE v.change = $1 AND c.pending = $1 LIMIT $2)
		AND EXISTS (SELECT 1 FROM glossary_change WHERE id = $1 AND ready = 0)`, id, limit)
	if err != nil {
		return false, err
	}
	n, err := res.RowsAffected()
	return n < int64(limit), err
}

// GlossaryChange returns a change of a glossary that is ready or undone.
func (r reader) GlossaryChange(ctx context.Context, glossary tm.GlossaryID, id int64) (GlossaryChange, error) {
	return one(r.q.QueryRowContext(ctx, `
		SELECT id, glossary, kind, coalesce(account, 0), at, undone FROM glossary_change
		WHERE glossary = $1 AND id = $2 AND (ready = 1 OR undone = 1)`, glossary, id), func(s scanner) (c GlossaryChange, err error) {
		var at int64
		err = s.Scan(&c.ID, &c.Glossary, &c.Kind, &c.Account, &at, &c.Undone)
		c.At = fromMicros(at)
		return c, err
	})
}

// UndoableConcepts lists the concepts a change touched that are still as it left
// them, with the revision it gave each: those behind a concept in order, at most
// limit. Pending ones, which the change added, are not among them.
func (r reader) UndoableConcepts(ctx context.Context, change int64, behind tm.ConceptID, limit int) ([]ConceptVersion, error) {
	return all(ctx, r.q, scanConceptVersion, `
		SELECT `+conceptVersionColumns+` FROM `+conceptVersionTables+`
		WHERE v.change = $1 AND v.concept > $2 AND v.revision = c.revision AND c.pending IS NULL
		ORDER BY v.concept LIMIT $3`, change, behind, limit)
}

// MarkGlossaryUndone notes that a change was taken back.
func (tx *Tx) MarkGlossaryUndone(ctx context.Context, id int64) error {
	return tx.execOne(ctx, `UPDATE glossary_change SET undone = 1 WHERE id = $1`, id)
}

// conceptJSON is the stored form of a whole concept.
type conceptJSON struct {
	Key    string            `json:"key,omitempty"`
	Type   tm.TermType       `json:"type,omitempty"`
	Domain string            `json:"domain,omitempty"`
	Note   string            `json:"note,omitempty"`
	Keep   bool              `json:"keep,omitempty"`
	See    []string          `json:"see,omitempty"`
	Props  map[string]string `json:"props,omitempty"`
	Terms  []termJSON        `json:"terms"`
}

type termJSON struct {
	Lang   string            `json:"lang"`
	Text   string            `json:"text"`
	Status tm.TermStatus     `json:"status"`
	Case   tm.TermCase       `json:"case,omitempty"`
	POS    string            `json:"pos,omitempty"`
	Note   string            `json:"note,omitempty"`
	Source string            `json:"source,omitempty"`
	From   int64             `json:"from,omitempty"`
	Until  int64             `json:"until,omitempty"`
	Props  map[string]string `json:"props,omitempty"`
}

func encodeConcept(c tm.Concept) string {
	stored := conceptJSON{c.Key, c.Type, c.Domain, c.Note, c.Keep, c.See, c.Props, make([]termJSON, len(c.Terms))}
	for i, t := range c.Terms {
		stored.Terms[i] = termJSON{t.Lang.String(), t.Text, t.Status, t.Case, t.POS, t.Note, t.Source,
			micros(t.From), micros(t.Until), t.Props}
	}
	return toJSON(stored)
}

func decodeConcept(data string) (tm.Concept, error) {
	var stored conceptJSON
	if err := json.Unmarshal([]byte(data), &stored); err != nil {
		return tm.Concept{}, fmt.Errorf("read a concept: %w", err)
	}
	c := tm.Concept{Key: stored.Key, Type: stored.Type, Domain: stored.Domain, Note: stored.Note, Keep: stored.Keep,
		See: stored.See, Props: stored.Props}
	for _, t := range stored.Terms {
		tag, err := language.Parse(t.Lang)
		if err != nil {
			return c, fmt.Errorf("language of a term: %w", err)
		}
		c.Terms = append(c.Terms, tm.Term{Lang: tag, Text: t.Text, Status: t.Status, Case: t.Case, POS: t.POS,
			Note: t.Note, Source: t.Source, From: fromMicros(t.From), Until: fromMicros(t.Until), Props: t.Props})
	}
	return c, nil
}

// encode is the JSON of a list or map, "" when it is empty.
func encode[T []string | map[string]string](v T) string {
	if len(v) == 0 {
		return ""
	}
	return toJSON(v)
}

func toJSON(v any) string {
	b, err := json.Marshal(v)
	if err != nil {
		panic("store: texts are always valid JSON: " + err.Error())
	}
	return string(b)
}

// decode reads what encode wrote.
func decode(data string, into any) error {
	if data == "" {
		return nil
	}
	return json.Unmarshal([]byte(data), into)
}
