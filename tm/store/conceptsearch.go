package store

import (
	"context"
	"database/sql"
	"errors"
	"strings"
	"time"
	"unicode"

	"golang.org/x/text/language"

	"tarjoman/tm"
	"tarjoman/tm/lang"
)

// ConceptQuery narrows a list of concepts; the zero value takes all.
type ConceptQuery struct {
	Text     string         // in a term, the note, the domain or the key, folded
	Langs    []language.Tag // by whose rules Text is folded
	Type     string
	Domain   string
	Status   string    // some term has it
	Proposed bool      // an open proposal is about it
	Expired  time.Time // some term does not hold any more on this day; zero for any
	Offset   int
	Limit    int
}

const conceptFilter = `
	c.glossary = $1 AND c.deleted = 0 AND ` + conceptVisible + `
	AND ($2 = '' OR instr(c.search, $2) > 0 OR instr(c.search, $3) > 0)
	AND ($4 = '' OR c.type = $4) AND ($5 = '' OR c.domain = $5)
	AND ($6 = '' OR EXISTS (SELECT 1 FROM term t WHERE t.concept = c.id AND t.status = $6))
	AND ($7 = 0 OR EXISTS (SELECT 1 FROM proposal p WHERE p.concept = c.id AND p.state = 'open'))
	AND ($8 = 0 OR EXISTS (SELECT 1 FROM term t WHERE t.concept = c.id AND t.valid_until <> 0 AND t.valid_until < $8))`

func (q ConceptQuery) args(glossary tm.GlossaryID) []any {
	needles := [2]string{}
	for i, tag := range q.Langs[:min(2, len(q.Langs))] {
		needles[i] = searchKey(tag, strings.TrimSpace(q.Text))
	}
	if needles[1] == "" {
		needles[1] = needles[0]
	}
	return []any{glossary, needles[0], needles[1], q.Type, q.Domain, q.Status, q.Proposed, micros(q.Expired)}
}

// FindConcepts lists a page of the concepts of a glossary in the order of their
// first terms, and counts all that the query takes.
func (r reader) FindConcepts(ctx context.Context, glossary tm.GlossaryID, q ConceptQuery) ([]tm.Concept, int, error) {
	args := q.args(glossary)
	total, err := one(r.q.QueryRowContext(ctx, `SELECT count(*) FROM concept c WHERE `+conceptFilter, args...), scanInt)
	if err != nil {
		return nil, 0, err
	}
	list, err := r.concepts(ctx, `
		WITH page AS (SELECT c.id, c.search FROM concept c WHERE `+conceptFilter+`
			ORDER BY c.search, c.id LIMIT $9 OFFSET $10)
		SELECT `+conceptColumns+` FROM page JOIN concept c ON c.id = page.id JOIN term t ON t.concept = c.id
		ORDER BY page.search, c.id, t.position`, append(args, q.Limit, q.Offset)...)
	return list, int(total), err
}

// Domains lists the subject fields of a glossary.
func (r reader) Domains(ctx context.Context, glossary tm.GlossaryID) ([]string, error) {
	return all(ctx, r.q, func(s scanner) (d string, err error) { return d, s.Scan(&d) },
		`SELECT DISTINCT c.domain FROM concept c
		WHERE c.glossary = $1 AND c.deleted = 0 AND c.domain <> '' AND `+conceptVisible+` ORDER BY c.domain`, glossary)
}

// searchText is what concept.search holds. The first line is the first term, by
// which lists are sorted.
func searchText(c tm.Concept) string {
	lines := make([]string, 0, len(c.Terms)+3)
	for _, t := range c.Terms {
		lines = append(lines, searchKey(t.Lang, t.Text))
	}
	for _, more := range []string{c.Note, c.Domain, c.Key} {
		if more != "" {
			lines = append(lines, searchKey(language.Und, more))
		}
	}
	if text := strings.Join(lines, "\n"); text != "" {
		return text
	}
	return "\n" // "" would mean that it is still to be written
}

// searchKey folds a text for searching. Where there are Arabic letters spaces
// and half-spaces fall away: who types «زندانی سیاسی» finds «زندانی‌سیاسی»
// (PERSIAN.md C6).
func searchKey(tag language.Tag, text string) string {
	folded := lang.For(tag).FoldString(text)
	arabic := strings.ContainsFunc(folded, func(r rune) bool { return unicode.Is(unicode.Arabic, r) })
	return strings.Map(func(r rune) rune {
		switch {
		case r == '\u200c' || arabic && r == ' ':
			return -1
		case r == '\n':
			return ' '
		}
		return r
	}, folded)
}

// fillSearch writes concept.search where a migration left it empty.
func fillSearch(ctx context.Context, db *sql.DB) error {
	for {
		empty, err := one(db.QueryRowContext(ctx, `SELECT count(*) FROM (SELECT 1 FROM concept WHERE search = '' LIMIT 1)`), scanInt)
		if err != nil || empty == 0 {
			return err
		}
		tx, err := db.BeginTx(ctx, nil)
		if err != nil {
			return err
		}
		if err := fillSome(ctx, reader{tx}); err != nil {
			return errors.Join(err, tx.Rollback())
		}
		if err := tx.Commit(); err != nil {
			return err
		}
	}
}

// fillSome fills some concepts. One without any term gets a line of its own too.
func fillSome(ctx context.Context, r reader) error {
	list, err := r.concepts(ctx, `
		WITH some AS (SELECT id FROM concept WHERE search = '' ORDER BY id LIMIT 2000)
		SELECT `+conceptColumns+` FROM some JOIN concept c ON c.id = some.id JOIN term t ON t.concept = c.id
		ORDER BY c.id, t.position`)
	if err != nil {
		return err
	}
	for _, c := range list {
		if _, err := r.q.ExecContext(ctx, `UPDATE concept SET search = $2 WHERE id = $1`, c.ID, searchText(c)); err != nil {
			return err
		}
	}
	_, err = r.q.ExecContext(ctx, `
		UPDATE concept SET search = char(10) WHERE search = '' AND NOT EXISTS (SELECT 1 FROM term WHERE concept = concept.id)`)
	return err
}
