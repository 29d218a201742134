package store

import (
	"context"
	"time"

	"tarjoman/tm"
)

const (
	memoryFacts = `
	y.id, y.name, y.home, p.name, y.deleted,
	coalesce(l.can_read, 0), coalesce(l.can_write, 0), coalesce(l.penalty, 0)`
	memoryColumns = memoryFacts + `, y.units`
)

func scanMemory(project tm.ProjectID) func(scanner) (Memory, error) {
	return func(s scanner) (m Memory, err error) {
		var deleted int64
		err = s.Scan(&m.ID, &m.Name, &m.HomeID, &m.Home, &deleted, &m.Read, &m.Write, &m.Penalty, &m.Units)
		m.Own, m.Deleted = m.HomeID == project, fromMicros(deleted)
		return m, err
	}
}

// Memories lists the memories a project uses, the one it writes first.
func (r reader) Memories(ctx context.Context, project tm.ProjectID) ([]Memory, error) {
	return all(ctx, r.q, scanMemory(project), `
		SELECT `+memoryColumns+`
		FROM project_memory l JOIN memory y ON y.id = l.memory JOIN project p ON p.id = y.home
		WHERE l.project = $1 AND y.deleted = 0 AND p.deleted = 0
		ORDER BY l.can_write DESC, l.penalty, y.name, y.id`, project)
}

// UsedMemories is [DB.Memories].
func (r reader) UsedMemories(ctx context.Context, project tm.ProjectID) ([]Memory, error) {
	return r.Memories(ctx, project)
}

// Memory returns a memory the project uses or owns, in the trash or not.
func (r reader) Memory(ctx context.Context, project tm.ProjectID, id tm.MemoryID) (Memory, error) {
	return one(r.q.QueryRowContext(ctx, `
		SELECT `+memoryColumns+`
		FROM memory y JOIN project p ON p.id = y.home
		LEFT JOIN project_memory l ON l.memory = y.id AND l.project = $1
		WHERE y.id = $2 AND (y.home = $1 OR l.memory IS NOT NULL)`, project, id), scanMemory(project))
}

// LinkableMemories lists the memories of other projects the account manages
// that the project does not use yet.
func (r reader) LinkableMemories(ctx context.Context, project tm.ProjectID, account tm.AccountID) ([]Memory, error) {
	return all(ctx, r.q, scanMemory(project), `
		SELECT `+memoryColumns+`
		FROM memory y JOIN project p ON p.id = y.home
		JOIN member m ON m.project = y.home AND m.account = $2 AND m.role = 'manager'
		LEFT JOIN project_memory l ON l.memory = y.id AND l.project = $1
		WHERE y.deleted = 0 AND p.deleted = 0 AND l.memory IS NULL
		ORDER BY y.name, y.id`, project, account)
}

// DeletedMemories lists the memories of a project that are in the trash.
func (r reader) DeletedMemories(ctx context.Context, project tm.ProjectID) ([]Memory, error) {
	return all(ctx, r.q, scanMemory(project), `
		SELECT `+memoryColumns+`
		FROM memory y JOIN project p ON p.id = y.home
		LEFT JOIN project_memory l ON l.memory = y.id AND l.project = $1
		WHERE y.home = $1 AND y.deleted > 0 ORDER BY y.deleted DESC`, project)
}

// LiveMemories lists the ids of every memory that is not in the trash.
func (r reader) LiveMemories(ctx context.Context) ([]tm.MemoryID, error) {
	return all(ctx, r.q, func(s scanner) (id tm.MemoryID, err error) { return id, s.Scan(&id) }, `
		SELECT y.id FROM memory y JOIN project p ON p.id = y.home
		WHERE y.deleted = 0 AND p.deleted = 0 ORDER BY y.id`)
}

// AddMemory adds an empty memory to a project, which reads it.
func (tx *Tx) AddMemory(ctx context.Context, home tm.ProjectID, name string, now time.Time) (tm.MemoryID, error) {
	id, err := tx.insert(ctx, `INSERT INTO memory (name, home, created) VALUES ($1, $2, $3) RETURNING id`,
		name, home, micros(now))
	if err != nil {
		return 0, err
	}
	return tm.MemoryID(id), tx.LinkMemory(ctx, home, tm.MemoryID(id))
}

// SetMemory updates the name and the time of deletion of a memory.
func (tx *Tx) SetMemory(ctx context.Context, m Memory) error {
	return tx.execOne(ctx, `UPDATE memory SET name = $2, deleted = $3 WHERE id = $1`, m.ID, m.Name, micros(m.Deleted))
}

// LinkMemory lets a project read a memory.
func (tx *Tx) LinkMemory(ctx context.Context, project tm.ProjectID, memory tm.MemoryID) error {
	return tx.exec(ctx, `
		INSERT INTO project_memory (project, memory) VALUES ($1, $2) ON CONFLICT DO NOTHING`, project, memory)
}

// SetMemoryLink updates how a project uses a memory. A project writes into one
// memory: making it the one takes the mark off the others.
func (tx *Tx) SetMemoryLink(ctx context.Context, project tm.ProjectID, m Memory) error {
	if m.Write {
		if err := tx.exec(ctx, `UPDATE project_memory SET can_write = 0 WHERE project = $1`, project); err != nil {
			return err
		}
	}
	return tx.execOne(ctx, `
		UPDATE project_memory SET can_read = $3, can_write = $4, penalty = $5
		WHERE project = $1 AND memory = $2`, project, m.ID, m.Read, m.Write, m.Penalty)
}

// UnlinkMemory ends the use of a memory by a project.
func (tx *Tx) UnlinkMemory(ctx context.Context, project tm.ProjectID, memory tm.MemoryID) error {
	return tx.execOne(ctx, `DELETE FROM project_memory WHERE project = $1 AND memory = $2`, project, memory)
}
