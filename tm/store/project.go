package store

import (
	"context"
	"encoding/json"
	"fmt"
	"time"

	"golang.org/x/text/language"

	"tarjoman/tm"
)

const projectColumns = `p.id, p.name, p.source_lang, p.target_lang, p.settings, p.created, p.archived, p.deleted, coalesce(m.role, '')`

func scanProject(s scanner) (Project, error) {
	var p Project
	var source, target, settings string
	var created, deleted int64
	err := s.Scan(&p.ID, &p.Name, &source, &target, &settings, &created, &p.Archived, &deleted, &p.Role)
	if err != nil {
		return p, err
	}
	p.Created, p.Deleted = fromMicros(created), fromMicros(deleted)
	if p.Source, err = language.Parse(source); err != nil {
		return p, fmt.Errorf("project %d: %w", p.ID, err)
	}
	if p.Target, err = language.Parse(target); err != nil {
		return p, fmt.Errorf("project %d: %w", p.ID, err)
	}
	return p, json.Unmarshal([]byte(settings), &p.Settings)
}

// Project returns a project, deleted ones too, with the role the account has in
// it, "" for none.
func (r reader) Project(ctx context.Context, id tm.ProjectID, account tm.AccountID) (Project, error) {
	return one(r.q.QueryRowContext(ctx, `
		SELECT `+projectColumns+`
		FROM project p LEFT JOIN member m ON m.project = p.id AND m.account = $2
		WHERE p.id = $1`, id, account), scanProject)
}

// Projects lists the projects of a member by name, those in the trash when
// deleted is set and the others when not, with document counts and progress.
func (r reader) Projects(ctx context.Context, account tm.AccountID, deleted bool) ([]Project, error) {
	list, err := all(ctx, r.q, scanProject, `
		SELECT `+projectColumns+`
		FROM project p JOIN member m ON m.project = p.id
		WHERE m.account = $1 AND (p.deleted > 0) = $2
		ORDER BY p.archived, p.name, p.id`, account, deleted)
	for i := range list {
		if err == nil {
			err = r.countDocuments(ctx, &list[i])
		}
	}
	return list, err
}

func (r reader) countDocuments(ctx context.Context, p *Project) error {
	n, err := one(r.q.QueryRowContext(ctx,
		`SELECT count(*) FROM document WHERE project = $1 AND deleted = 0`, p.ID), scanInt)
	if err != nil {
		return err
	}
	p.Documents = int(n)
	return each(ctx, r.q, scanCount, func(c stateCount) error {
		p.Progress.add(c.state, c.segments, c.words)
		return nil
	}, `SELECT 0, s.state, count(*), sum(s.words)
		FROM segment s JOIN document d ON d.id = s.document
		WHERE d.project = $1 AND d.deleted = 0 AND s.live = 1 GROUP BY s.state`, p.ID)
}

// stateCount is a row of a progress query.
type stateCount struct {
	document        tm.DocumentID
	state           tm.State
	segments, words int
}

func scanCount(s scanner) (c stateCount, err error) {
	return c, s.Scan(&c.document, &c.state, &c.segments, &c.words)
}

// AddProject adds a project with its first manager.
func (tx *Tx) AddProject(ctx context.Context, p Project, manager tm.AccountID) (tm.ProjectID, error) {
	settings, err := json.Marshal(p.Settings)
	if err != nil {
		return 0, err
	}
	id, err := tx.insert(ctx, `
		INSERT INTO project (name, source_lang, target_lang, settings, created)
		VALUES ($1, $2, $3, $4, $5) RETURNING id`,
		p.Name, p.Source.String(), p.Target.String(), string(settings), micros(p.Created))
	if err != nil {
		return 0, err
	}
	return tm.ProjectID(id), tx.SetMember(ctx, tm.ProjectID(id), manager, Manager)
}

// SetProject updates name, settings, archived mark and time of deletion.
func (tx *Tx) SetProject(ctx context.Context, p Project) error {
	settings, err := json.Marshal(p.Settings)
	if err != nil {
		return err
	}
	return tx.execOne(ctx, `
		UPDATE project SET name = $2, settings = $3, archived = $4, deleted = $5 WHERE id = $1`,
		p.ID, p.Name, string(settings), p.Archived, micros(p.Deleted))
}

// SRX returns the segmentation rules of a project, "" when it uses ours.
func (r reader) SRX(ctx context.Context, id tm.ProjectID) (string, error) {
	return one(r.q.QueryRowContext(ctx, `SELECT srx FROM project WHERE id = $1`, id), scanString)
}

// SetSRX replaces the segmentation rules of a project; "" goes back to ours.
func (tx *Tx) SetSRX(ctx context.Context, id tm.ProjectID, srx string) error {
	return tx.execOne(ctx, `UPDATE project SET srx = $2 WHERE id = $1`, id, srx)
}

// Members lists the members of a project, managers first.
func (r reader) Members(ctx context.Context, project tm.ProjectID) ([]Member, error) {
	return all(ctx, r.q, func(s scanner) (m Member, err error) {
		return m, s.Scan(&m.Account, &m.Login, &m.Name, &m.Role)
	}, `SELECT a.id, a.login, a.name, m.role
		FROM member m JOIN account a ON a.id = m.account
		WHERE m.project = $1
		ORDER BY CASE m.role WHEN 'manager' THEN 0 WHEN 'reviewer' THEN 1 WHEN 'translator' THEN 2 ELSE 3 END,
			a.name, a.id`, project)
}

// SetMember gives an account a role in a project.
func (tx *Tx) SetMember(ctx context.Context, project tm.ProjectID, account tm.AccountID, role Role) error {
	return tx.exec(ctx, `
		INSERT INTO member (project, account, role) VALUES ($1, $2, $3)
		ON CONFLICT (project, account) DO UPDATE SET role = excluded.role`, project, account, role)
}

// RemoveMember takes an account out of a project.
func (tx *Tx) RemoveMember(ctx context.Context, project tm.ProjectID, account tm.AccountID) error {
	return tx.execOne(ctx, `DELETE FROM member WHERE project = $1 AND account = $2`, project, account)
}

// PurgeTrash removes for good what was deleted before the given time. Where
// there may be many units, let PurgeUnits remove them in portions first.
func (tx *Tx) PurgeTrash(ctx context.Context, before time.Time) error {
	for done := false; !done; {
		var err error
		if done, err = tx.PurgeUnits(ctx, before, 1000); err != nil {
			return err
		}
	}
	for _, statement := range []string{
		`DELETE FROM document WHERE deleted > 0 AND deleted < $1`,
		`DELETE FROM memory WHERE deleted > 0 AND deleted < $1`,
		`DELETE FROM glossary WHERE deleted > 0 AND deleted < $1`,
		`DELETE FROM concept WHERE deleted > 0 AND deleted < $1`,
		`DELETE FROM project WHERE deleted > 0 AND deleted < $1`,
	} {
		if err := tx.exec(ctx, statement, micros(before)); err != nil {
			return err
		}
	}
	return nil
}
