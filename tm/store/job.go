package store

import (
	"context"
	"encoding/json"
	"time"

	"tarjoman/tm"
)

// jobResult is the stored form of what a job came to.
type jobResult struct {
	Counts map[string]any `json:"counts,omitempty"`
	Kind   tm.ErrorKind   `json:"kind,omitempty"`
	Code   string         `json:"code,omitempty"`
	Args   map[string]any `json:"args,omitempty"`
}

func scanJob(s scanner) (Job, error) {
	var j Job
	var result string
	var created, finished int64
	err := s.Scan(&j.ID, &j.Project, &j.Kind, &j.Name, &j.State, &j.Done, &j.Total, &result, &created, &finished)
	if err != nil {
		return j, err
	}
	j.Created, j.Finished = fromMicros(created), fromMicros(finished)
	if result == "" {
		return j, nil
	}
	var r jobResult
	if err := json.Unmarshal([]byte(result), &r); err != nil {
		return j, err
	}
	j.Result = r.Counts
	if r.Code != "" {
		j.Error = &tm.Error{Kind: r.Kind, Code: r.Code, Args: r.Args}
	}
	return j, nil
}

const jobColumns = `id, project, kind, name, state, done, total, result, created, finished`

// Job returns a job of a project.
func (r reader) Job(ctx context.Context, project tm.ProjectID, id int64) (Job, error) {
	return one(r.q.QueryRowContext(ctx,
		`SELECT `+jobColumns+` FROM job WHERE project = $1 AND id = $2`, project, id), scanJob)
}

// Jobs lists the last jobs of a project, newest first.
func (r reader) Jobs(ctx context.Context, project tm.ProjectID, limit int) ([]Job, error) {
	return all(ctx, r.q, scanJob,
		`SELECT `+jobColumns+` FROM job WHERE project = $1 ORDER BY id DESC LIMIT $2`, project, limit)
}

// AddJob adds a running job.
func (tx *Tx) AddJob(ctx context.Context, j Job, by tm.AccountID) (int64, error) {
	return tx.insert(ctx, `
		INSERT INTO job (project, account, kind, name, state, total, created)
		VALUES ($1, $2, $3, $4, 'running', $5, $6) RETURNING id`,
		j.Project, nullID(by), j.Kind, j.Name, j.Total, micros(j.Created))
}

// SetJob updates state, progress and result of a job.
func (tx *Tx) SetJob(ctx context.Context, j Job) error {
	r := jobResult{Counts: j.Result}
	if j.Error != nil {
		r.Kind, r.Code, r.Args = j.Error.Kind, j.Error.Code, j.Error.Args
	}
	b, err := json.Marshal(r)
	if err != nil {
		return err
	}
	return tx.execOne(ctx, `
		UPDATE job SET state = $2, done = $3, total = $4, result = $5, finished = $6 WHERE id = $1`,
		j.ID, string(j.State), j.Done, j.Total, string(b), micros(j.Finished))
}

// InterruptJobs marks the jobs that were running when the server stopped.
func (tx *Tx) InterruptJobs(ctx context.Context, at time.Time) error {
	return tx.exec(ctx, `UPDATE job SET state = 'interrupted', finished = $1 WHERE state = 'running'`, micros(at))
}

// AddAudit appends a line to the audit log.
func (tx *Tx) AddAudit(ctx context.Context, a AuditRow) error {
	return tx.exec(ctx, `
		INSERT INTO audit (at, account, who, project, action, object, detail, addr)
		VALUES ($1, $2, $3, $4, $5, $6, $7, $8)`,
		micros(a.At), nullID(a.Account), a.Who, nullID(a.Project), a.Action, a.Object, a.Detail, a.Addr)
}

// Audit lists the audit log, newest first: of one project, or for 0 of the
// whole instance.
func (r reader) Audit(ctx context.Context, project tm.ProjectID, offset, limit int) ([]AuditRow, error) {
	return all(ctx, r.q, func(s scanner) (a AuditRow, err error) {
		var at int64
		err = s.Scan(&at, &a.Account, &a.Who, &a.Project, &a.Action, &a.Object, &a.Detail, &a.Addr)
		a.At = fromMicros(at)
		return a, err
	}, `SELECT at, coalesce(account, 0), who, coalesce(project, 0), action, object, detail, addr
		FROM audit WHERE $1 = 0 OR project = $1 ORDER BY id DESC LIMIT $2 OFFSET $3`, project, limit, offset)
}
