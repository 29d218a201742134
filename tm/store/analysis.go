package store

import (
	"context"
	"encoding/json"
	"time"

	"tarjoman/tm"
)

// An Analysis tells how much of documents the memories held at one moment.
type Analysis struct {
	ID        int64
	Project   tm.ProjectID
	Account   tm.AccountID
	By        string // name of the account
	At        time.Time
	Memories  []string // names of the memories asked
	Documents []Figures
}

// Figures are the counts of one document by band.
type Figures struct {
	Document tm.DocumentID    `json:"document"`
	Name     string           `json:"name"`
	Bands    map[string]Count `json:"bands"`
}

// A Count is how much text there is.
type Count struct {
	Segments   int `json:"segments"`
	Words      int `json:"words"`
	Characters int `json:"characters"`
	Visible    int `json:"visible"` // characters without space
}

const analysisColumns = `
	SELECT n.id, n.project, coalesce(n.account, 0), coalesce(a.name, ''), n.at, n.memories, n.documents
	FROM analysis n LEFT JOIN account a ON a.id = n.account`

func scanAnalysis(s scanner) (a Analysis, err error) {
	var at int64
	var memories, documents []byte
	if err := s.Scan(&a.ID, &a.Project, &a.Account, &a.By, &at, &memories, &documents); err != nil {
		return a, err
	}
	a.At = fromMicros(at)
	if err := json.Unmarshal(memories, &a.Memories); err != nil {
		return a, err
	}
	return a, json.Unmarshal(documents, &a.Documents)
}

// Analyses lists the analyses of a project, newest first.
func (r reader) Analyses(ctx context.Context, project tm.ProjectID, limit int) ([]Analysis, error) {
	return all(ctx, r.q, scanAnalysis, analysisColumns+` WHERE n.project = $1 ORDER BY n.id DESC LIMIT $2`, project, limit)
}

// Analysis returns an analysis of a project.
func (r reader) Analysis(ctx context.Context, project tm.ProjectID, id int64) (Analysis, error) {
	return one(r.q.QueryRowContext(ctx, analysisColumns+` WHERE n.project = $1 AND n.id = $2`, project, id), scanAnalysis)
}

// AddAnalysis keeps an analysis.
func (tx *Tx) AddAnalysis(ctx context.Context, a Analysis) (int64, error) {
	memories, err := json.Marshal(a.Memories)
	if err != nil {
		return 0, err
	}
	documents, err := json.Marshal(a.Documents)
	if err != nil {
		return 0, err
	}
	return tx.insert(ctx, `
		INSERT INTO analysis (project, account, at, memories, documents)
		VALUES ($1, $2, $3, $4, $5) RETURNING id`, a.Project, nullID(a.Account), micros(a.At), string(memories), string(documents))
}

// DeleteAnalysis removes an analysis of a project.
func (tx *Tx) DeleteAnalysis(ctx context.Context, project tm.ProjectID, id int64) error {
	return tx.execOne(ctx, `DELETE FROM analysis WHERE project = $1 AND id = $2`, project, id)
}
