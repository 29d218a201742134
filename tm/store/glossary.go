package store

import (
	"context"
	"time"

	"tarjoman/tm"
)

const glossaryColumns = `
	g.id, g.name, g.home, p.name, g.deleted, coalesce(l.position, 0),
	(SELECT count(*) FROM proposal o WHERE o.glossary = g.id AND o.state = 'open')`

// conceptCount counts the concepts of a glossary. It reads them all, so that
// only lists of glossaries have it.
const conceptCount = `(SELECT count(*) FROM concept c WHERE c.glossary = g.id AND c.deleted = 0 AND ` + conceptVisible + `)`

func scanGlossary(project tm.ProjectID) func(scanner) (Glossary, error) {
	return func(s scanner) (g Glossary, err error) {
		var deleted int64
		err = s.Scan(&g.ID, &g.Name, &g.HomeID, &g.Home, &deleted, &g.Position, &g.Proposals, &g.Concepts)
		g.Own, g.Deleted = g.HomeID == project, fromMicros(deleted)
		return g, err
	}
}

// Glossaries lists the glossaries a project uses, the strongest first.
func (r reader) Glossaries(ctx context.Context, project tm.ProjectID) ([]Glossary, error) {
	return all(ctx, r.q, scanGlossary(project), `
		SELECT `+glossaryColumns+`, `+conceptCount+`
		FROM project_glossary l JOIN glossary g ON g.id = l.glossary JOIN project p ON p.id = g.home
		WHERE l.project = $1 AND g.deleted = 0 AND p.deleted = 0 ORDER BY l.position, g.id`, project)
}

// Glossary returns a glossary the project uses or owns, in the trash or not,
// without the number of its concepts.
func (r reader) Glossary(ctx context.Context, project tm.ProjectID, id tm.GlossaryID) (Glossary, error) {
	return one(r.q.QueryRowContext(ctx, `
		SELECT `+glossaryColumns+`, 0
		FROM glossary g JOIN project p ON p.id = g.home
		LEFT JOIN project_glossary l ON l.glossary = g.id AND l.project = $1
		WHERE g.id = $2 AND (g.home = $1 OR l.glossary IS NOT NULL)`, project, id), scanGlossary(project))
}

// LinkableGlossaries lists the glossaries of other projects the account manages
// that the project does not use yet.
func (r reader) LinkableGlossaries(ctx context.Context, project tm.ProjectID, account tm.AccountID) ([]Glossary, error) {
	return all(ctx, r.q, scanGlossary(project), `
		SELECT `+glossaryColumns+`, `+conceptCount+`
		FROM glossary g JOIN project p ON p.id = g.home
		JOIN member m ON m.project = g.home AND m.account = $2 AND m.role = 'manager'
		LEFT JOIN project_glossary l ON l.glossary = g.id AND l.project = $1
		WHERE g.deleted = 0 AND p.deleted = 0 AND l.glossary IS NULL
		ORDER BY g.name, g.id`, project, account)
}

// DeletedGlossaries lists the glossaries of a project that are in the trash.
func (r reader) DeletedGlossaries(ctx context.Context, project tm.ProjectID) ([]Glossary, error) {
	return all(ctx, r.q, scanGlossary(project), `
		SELECT `+glossaryColumns+`, `+conceptCount+`
		FROM glossary g JOIN project p ON p.id = g.home
		LEFT JOIN project_glossary l ON l.glossary = g.id AND l.project = $1
		WHERE g.home = $1 AND g.deleted > 0 ORDER BY g.deleted DESC`, project)
}

// ProjectsUsing lists the projects that use a glossary.
func (r reader) ProjectsUsing(ctx context.Context, glossary tm.GlossaryID) ([]tm.ProjectID, error) {
	return all(ctx, r.q, func(s scanner) (id tm.ProjectID, err error) { return id, s.Scan(&id) },
		`SELECT project FROM project_glossary WHERE glossary = $1`, glossary)
}

// AddGlossary adds an empty glossary to a project, which uses it last.
func (tx *Tx) AddGlossary(ctx context.Context, home tm.ProjectID, name string, now time.Time) (tm.GlossaryID, error) {
	id, err := tx.insert(ctx, `INSERT INTO glossary (name, home, created) VALUES ($1, $2, $3) RETURNING id`,
		name, home, micros(now))
	if err != nil {
		return 0, err
	}
	return tm.GlossaryID(id), tx.LinkGlossary(ctx, home, tm.GlossaryID(id))
}

// SetGlossary updates the name and the time of deletion of a glossary.
func (tx *Tx) SetGlossary(ctx context.Context, g Glossary) error {
	return tx.execOne(ctx, `UPDATE glossary SET name = $2, deleted = $3 WHERE id = $1`, g.ID, g.Name, micros(g.Deleted))
}

// LinkGlossary lets a project use a glossary, behind those it has.
func (tx *Tx) LinkGlossary(ctx context.Context, project tm.ProjectID, glossary tm.GlossaryID) error {
	return tx.exec(ctx, `
		INSERT INTO project_glossary (project, glossary, position)
		SELECT $1, $2, coalesce(max(position) + 1, 0) FROM project_glossary WHERE project = $1
		ON CONFLICT DO NOTHING`, project, glossary)
}

// OrderGlossaries puts the glossaries of a project in the order given.
func (tx *Tx) OrderGlossaries(ctx context.Context, project tm.ProjectID, order []tm.GlossaryID) error {
	for i, id := range order {
		err := tx.exec(ctx, `UPDATE project_glossary SET position = $3 WHERE project = $1 AND glossary = $2`,
			project, id, i)
		if err != nil {
			return err
		}
	}
	return nil
}

// UnlinkGlossary ends the use of a glossary by a project.
func (tx *Tx) UnlinkGlossary(ctx context.Context, project tm.ProjectID, glossary tm.GlossaryID) error {
	return tx.execOne(ctx, `DELETE FROM project_glossary WHERE project = $1 AND glossary = $2`, project, glossary)
}
