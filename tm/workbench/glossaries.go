package workbench

import (
	"context"
	"slices"
	"time"

	"tarjoman/tm"
	"tarjoman/tm/store"
)

// Glossaries lists the glossaries a project uses, the strongest first.
func (w *Workbench) Glossaries(ctx context.Context, a Actor, p tm.ProjectID) ([]Glossary, error) {
	if _, err := access(ctx, w.db, a, p, See); err != nil {
		return nil, err
	}
	return w.db.Glossaries(ctx, p)
}

// Glossary returns a glossary the project uses.
func (w *Workbench) Glossary(ctx context.Context, a Actor, p tm.ProjectID, g tm.GlossaryID) (Glossary, error) {
	if _, err := access(ctx, w.db, a, p, See); err != nil {
		return Glossary{}, err
	}
	return liveGlossary(ctx, w.db, p, g)
}

func liveGlossary(ctx context.Context, r interface {
	Glossary(context.Context, tm.ProjectID, tm.GlossaryID) (store.Glossary, error)
}, p tm.ProjectID, id tm.GlossaryID) (Glossary, error) {
	g, err := r.Glossary(ctx, p, id)
	if err == nil && !g.Deleted.IsZero() {
		err = store.NotFound
	}
	return g, err
}

// LinkableGlossaries lists glossaries of other projects the actor manages that
// this one could use.
func (w *Workbench) LinkableGlossaries(ctx context.Context, a Actor, p tm.ProjectID) ([]Glossary, error) {
	if _, err := access(ctx, w.db, a, p, ManageProject); err != nil {
		return nil, err
	}
	return w.db.LinkableGlossaries(ctx, p, a.Account)
}

// DeletedGlossaries lists the glossaries of a project in the trash.
func (w *Workbench) DeletedGlossaries(ctx context.Context, a Actor, p tm.ProjectID) ([]Glossary, error) {
	if _, err := access(ctx, w.db, a, p, ManageProject); err != nil {
		return nil, err
	}
	return w.db.DeletedGlossaries(ctx, p)
}

// changeGlossaries runs change for an actor who may do action and notes it;
// change returns the name of what it changed. Compiled glossaries are forgotten.
func (w *Workbench) changeGlossaries(ctx context.Context, a Actor, p tm.ProjectID, action Action, event string, change func(*store.Tx) (string, error)) error {
	return w.db.Update(ctx, func(tx *store.Tx) error {
		project, err := access(ctx, tx, a, p, action)
		if err != nil {
			return err
		}
		if project.Archived {
			return tm.NewError(tm.Forbidden, "project.archived")
		}
		tx.AfterCommit(w.glossaries.forget)
		// Before the change, for it may end what projects share.
		if err := w.outdate(ctx, tx, p); err != nil {
			return err
		}
		name, err := change(tx)
		if err != nil {
			return err
		}
		return w.audit(ctx, tx, a, p, event, name, "")
	})
}

// CreateGlossary adds an empty glossary to a project.
func (w *Workbench) CreateGlossary(ctx context.Context, a Actor, p tm.ProjectID, name string) (Glossary, error) {
	name, err := cleanName(name)
	if err != nil {
		return Glossary{}, err
	}
	var made Glossary
	err = w.changeGlossaries(ctx, a, p, ManageProject, "glossary.create", func(tx *store.Tx) (string, error) {
		id, err := tx.AddGlossary(ctx, p, name, w.now())
		if err != nil {
			return "", err
		}
		made, err = tx.Glossary(ctx, p, id)
		return name, err
	})
	return made, err
}

// RenameGlossary gives a glossary of the project another name.
func (w *Workbench) RenameGlossary(ctx context.Context, a Actor, p tm.ProjectID, id tm.GlossaryID, name string) error {
	name, err := cleanName(name)
	if err != nil {
		return err
	}
	return w.changeGlossaries(ctx, a, p, ManageProject, "glossary.rename", func(tx *store.Tx) (string, error) {
		g, err := ownGlossary(ctx, tx, p, id)
		if err != nil {
			return "", err
		}
		g.Name = name
		return name, tx.SetGlossary(ctx, g)
	})
}

// ownGlossary returns a glossary that belongs to the project, in the trash or
// not.
func ownGlossary(ctx context.Context, tx *store.Tx, p tm.ProjectID, id tm.GlossaryID) (Glossary, error) {
	g, err := tx.Glossary(ctx, p, id)
	if err == nil && !g.Own {
		err = tm.NewError(tm.Forbidden, "glossary.linked")
	}
	return g, err
}

// LinkGlossary lets a project use a glossary of another one; the actor manages
// both.
func (w *Workbench) LinkGlossary(ctx context.Context, a Actor, p tm.ProjectID, id tm.GlossaryID) error {
	return w.changeGlossaries(ctx, a, p, ManageProject, "glossary.link", func(tx *store.Tx) (string, error) {
		linkable, err := tx.LinkableGlossaries(ctx, p, a.Account)
		if err != nil {
			return "", err
		}
		for _, g := range linkable {
			if g.ID == id {
				return g.Name, tx.LinkGlossary(ctx, p, id)
			}
		}
		return "", store.NotFound
	})
}

// MoveGlossary puts a glossary at a position in the order of the project, 0 the
// strongest.
func (w *Workbench) MoveGlossary(ctx context.Context, a Actor, p tm.ProjectID, id tm.GlossaryID, position int) error {
	return w.changeGlossaries(ctx, a, p, ManageProject, "glossary.move", func(tx *store.Tx) (string, error) {
		list, err := tx.Glossaries(ctx, p)
		if err != nil {
			return "", err
		}
		at := slices.IndexFunc(list, func(g Glossary) bool { return g.ID == id })
		if at < 0 {
			return "", store.NotFound
		}
		moved := list[at]
		list = slices.Delete(list, at, at+1)
		list = slices.Insert(list, min(max(position, 0), len(list)), moved)
		order := make([]tm.GlossaryID, len(list))
		for i, g := range list {
			order[i] = g.ID
		}
		return moved.Name, tx.OrderGlossaries(ctx, p, order)
	})
}

// UnlinkGlossary ends the use of another project's glossary.
func (w *Workbench) UnlinkGlossary(ctx context.Context, a Actor, p tm.ProjectID, id tm.GlossaryID) error {
	return w.changeGlossaries(ctx, a, p, ManageProject, "glossary.unlink", func(tx *store.Tx) (string, error) {
		g, err := tx.Glossary(ctx, p, id)
		if err != nil {
			return "", err
		}
		if g.Own {
			return "", tm.NewError(tm.Invalid, "glossary.own")
		}
		return g.Name, tx.UnlinkGlossary(ctx, p, id)
	})
}

// DeleteGlossary puts a glossary of the project into the trash.
func (w *Workbench) DeleteGlossary(ctx context.Context, a Actor, p tm.ProjectID, id tm.GlossaryID) error {
	return w.trashGlossary(ctx, a, p, id, w.now(), "glossary.delete")
}

// RestoreGlossary takes a glossary out of the trash.
func (w *Workbench) RestoreGlossary(ctx context.Context, a Actor, p tm.ProjectID, id tm.GlossaryID) error {
	return w.trashGlossary(ctx, a, p, id, time.Time{}, "glossary.restore")
}

func (w *Workbench) trashGlossary(ctx context.Context, a Actor, p tm.ProjectID, id tm.GlossaryID, at time.Time, event string) error {
	return w.changeGlossaries(ctx, a, p, ManageProject, event, func(tx *store.Tx) (string, error) {
		g, err := ownGlossary(ctx, tx, p, id)
		if err != nil {
			return "", err
		}
		g.Deleted = at
		return g.Name, tx.SetGlossary(ctx, g)
	})
}

// editableGlossary returns a live glossary that belongs to the project.
func editableGlossary(ctx context.Context, tx *store.Tx, p tm.ProjectID, id tm.GlossaryID) (Glossary, error) {
	g, err := ownGlossary(ctx, tx, p, id)
	if err == nil && !g.Deleted.IsZero() {
		err = store.NotFound
	}
	return g, err
}
