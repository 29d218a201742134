package store

import (
	"context"
	"fmt"
	"time"

	"golang.org/x/text/language"

	"tarjoman/tm"
)

// conceptRow is a concept joined with one of its terms.
type conceptRow struct {
	concept tm.Concept
	term    tm.Term
}

const conceptColumns = `
	c.id, c.glossary, c.key, c.type, c.domain, c.note, c.keep, c.see, c.props,
	t.lang, t.text, t.status, t.case_rule, t.pos, t.note, t.source, t.valid_from, t.valid_until, t.props`

func scanConceptRow(s scanner) (r conceptRow, err error) {
	var see, props, lang, termProps string
	var from, until int64
	c, t := &r.concept, &r.term
	err = s.Scan(&c.ID, &c.Glossary, &c.Key, &c.Type, &c.Domain, &c.Note, &c.Keep, &see, &props,
		&lang, &t.Text, &t.Status, &t.Case, &t.POS, &t.Note, &t.Source, &from, &until, &termProps)
	if err != nil {
		return r, err
	}
	t.From, t.Until = fromMicros(from), fromMicros(until)
	if t.Lang, err = language.Parse(lang); err != nil {
		return r, fmt.Errorf("language of a term: %w", err)
	}
	for text, into := range map[*string]any{&see: &c.See, &props: &c.Props, &termProps: &t.Props} {
		if err := decode(*text, into); err != nil {
			return r, err
		}
	}
	return r, nil
}

// conceptVisible holds for concepts that are not part of an import that has not
// finished, or is being taken back.
const conceptVisible = `(c.pending IS NULL OR EXISTS (SELECT 1 FROM glossary_change h WHERE h.id = c.pending AND h.ready = 1))`

func (r reader) concepts(ctx context.Context, query string, args ...any) ([]tm.Concept, error) {
	var list []tm.Concept
	err := each(ctx, r.q, scanConceptRow, func(row conceptRow) error {
		if n := len(list); n == 0 || list[n-1].ID != row.concept.ID {
			list = append(list, row.concept)
		}
		last := &list[len(list)-1]
		last.Terms = append(last.Terms, row.term)
		return nil
	}, query, args...)
	return list, err
}

// Concepts lists the concepts of a glossary in the order they were added.
func (r reader) Concepts(ctx context.Context, glossary tm.GlossaryID) ([]tm.Concept, error) {
	return r.concepts(ctx, `
		SELECT `+conceptColumns+` FROM concept c JOIN term t ON t.concept = c.id
		WHERE c.glossary = $1 AND c.deleted = 0 AND `+conceptVisible+` ORDER BY c.id, t.position`, glossary)
}

// Concept returns a concept, deleted or not.
func (r reader) Concept(ctx context.Context, id tm.ConceptID) (tm.Concept, error) {
	list, err := r.concepts(ctx, `
		SELECT `+conceptColumns+` FROM concept c JOIN term t ON t.concept = c.id
		WHERE c.id = $1 AND `+conceptVisible+` ORDER BY t.position`, id)
	if err == nil && len(list) == 0 {
		err = NotFound
	}
	if err != nil {
		return tm.Concept{}, err
	}
	return list[0], nil
}

// ConceptState is how far a concept has come.
type ConceptState struct {
	Revision int64
	Changed  time.Time
	Author   string // of the revision
	Deleted  time.Time
}

// ConceptState returns the state of a concept, deleted or not.
func (r reader) ConceptState(ctx context.Context, id tm.ConceptID) (ConceptState, error) {
	return one(r.q.QueryRowContext(ctx, `
		SELECT c.revision, c.changed, coalesce(a.name, ''), c.deleted
		FROM concept c LEFT JOIN account a ON a.id = c.account WHERE c.id = $1 AND `+conceptVisible, id),
		func(s scanner) (h ConceptState, err error) {
			var changed, deleted int64
			err = s.Scan(&h.Revision, &changed, &h.Author, &deleted)
			h.Changed, h.Deleted = fromMicros(changed), fromMicros(deleted)
			return h, err
		})
}

// ConceptByKey returns the live concept of a glossary with the key, the first
// when there are several.
func (r reader) ConceptByKey(ctx context.Context, glossary tm.GlossaryID, key string) (tm.ConceptID, error) {
	id, err := one(r.q.QueryRowContext(ctx, `
		SELECT c.id FROM concept c WHERE c.glossary = $1 AND c.key = $2 AND c.deleted = 0 AND `+conceptVisible+`
		ORDER BY c.id LIMIT 1`,
		glossary, key), scanInt)
	return tm.ConceptID(id), err
}

// ConceptsByTerm lists the live concepts of a glossary that have exactly this
// term in any language.
func (r reader) ConceptsByTerm(ctx context.Context, glossary tm.GlossaryID, text string) ([]tm.ConceptID, error) {
	ids, err := all(ctx, r.q, scanInt, `
		SELECT DISTINCT c.id FROM concept c JOIN term t ON t.concept = c.id
		WHERE c.glossary = $1 AND c.deleted = 0 AND t.text = $2 AND `+conceptVisible+` ORDER BY c.id`, glossary, text)
	list := make([]tm.ConceptID, len(ids))
	for i, id := range ids {
		list[i] = tm.ConceptID(id)
	}
	return list, err
}

// Referring lists the live concepts of a glossary that name the key as related.
func (r reader) Referring(ctx context.Context, glossary tm.GlossaryID, key string) ([]tm.Concept, error) {
	return r.concepts(ctx, `
		SELECT `+conceptColumns+` FROM concept c JOIN term t ON t.concept = c.id
		WHERE c.glossary = $1 AND c.deleted = 0 AND c.see <> '' AND `+conceptVisible+`
			AND EXISTS (SELECT 1 FROM json_each(c.see) WHERE value = $2)
		ORDER BY c.id, t.position`, glossary, key)
}

// PutConcept adds a concept (ID 0) or replaces it, terms and all, takes it out
// of the trash, keeps the step in its history and returns its id.
func (tx *Tx) PutConcept(ctx context.Context, c tm.Concept, step Step) (tm.ConceptID, error) {
	if c.ID == 0 {
		return tx.addConcept(ctx, c, step, 0)
	}
	err := tx.execOne(ctx, `
		UPDATE concept SET key = $2, type = $3, domain = $4, note = $5, keep = $6, see = $7, props = $8, search = $9,
			changed = $10, account = $11, deleted = 0, pending = NULL, revision = revision + 1 WHERE id = $1`,
		c.ID, c.Key, string(c.Type), c.Domain, c.Note, c.Keep, encode(c.See), encode(c.Props), searchText(c),
		micros(step.At), nullID(step.By))
	if err != nil {
		return 0, err
	}
	if err := tx.exec(ctx, `DELETE FROM term WHERE concept = $1`, c.ID); err != nil {
		return 0, err
	}
	if err := tx.addTerms(ctx, c); err != nil {
		return 0, err
	}
	return c.ID, tx.keepVersion(ctx, c, step)
}

// addConcept adds a concept with its terms and its first version; pending is
// the change it waits for, 0 for none.
func (tx *Tx) addConcept(ctx context.Context, c tm.Concept, step Step, pending int64) (tm.ConceptID, error) {
	id, err := tx.insert(ctx, `
		INSERT INTO concept (glossary, key, type, domain, note, keep, see, props, search, changed, account, pending)
		VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12) RETURNING id`,
		c.Glossary, c.Key, string(c.Type), c.Domain, c.Note, c.Keep, encode(c.See), encode(c.Props), searchText(c),
		micros(step.At), nullID(step.By), nullID(pending))
	if err != nil {
		return 0, err
	}
	c.ID = tm.ConceptID(id)
	if err := tx.addTerms(ctx, c); err != nil {
		return 0, err
	}
	return c.ID, tx.keepVersion(ctx, c, step)
}

func (tx *Tx) addTerms(ctx context.Context, c tm.Concept) error {
	for i, t := range c.Terms {
		err := tx.exec(ctx, `
			INSERT INTO term (concept, position, lang, text, status, case_rule, pos, note, source, valid_from, valid_until, props)
			VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12)`,
			c.ID, i, t.Lang.String(), t.Text, string(t.Status), string(t.Case), t.POS, t.Note, t.Source,
			micros(t.From), micros(t.Until), encode(t.Props))
		if err != nil {
			return err
		}
	}
	return nil
}

// DeleteConcept puts a concept into the trash; the zero time takes it out. The
// step is kept in its history.
func (tx *Tx) DeleteConcept(ctx context.Context, id tm.ConceptID, deleted time.Time, step Step) error {
	err := tx.execOne(ctx, `
		UPDATE concept SET deleted = $2, pending = NULL, revision = revision + 1, changed = $3, account = $4 WHERE id = $1`,
		id, micros(deleted), micros(step.At), nullID(step.By))
	if err != nil {
		return err
	}
	c, err := tx.Concept(ctx, id)
	if err != nil {
		return err
	}
	return tx.keepVersion(ctx, c, step)
}
