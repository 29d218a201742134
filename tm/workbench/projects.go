package workbench

import (
	"context"
	"errors"
	"maps"
	"slices"
	"time"

	"golang.org/x/text/language"

	"tarjoman/tm"
	"tarjoman/tm/store"
)

// Projects lists the projects the actor is a member of, archived ones last.
func (w *Workbench) Projects(ctx context.Context, a Actor) ([]Project, error) {
	return w.db.Projects(ctx, a.Account, false)
}

// Trash lists the deleted projects the actor manages.
func (w *Workbench) Trash(ctx context.Context, a Actor) ([]Project, error) {
	all, err := w.db.Projects(ctx, a.Account, true)
	var mine []Project
	for _, p := range all {
		if p.Role == Manager {
			mine = append(mine, p)
		}
	}
	return mine, err
}

// Project returns a project the actor is a member of.
func (w *Workbench) Project(ctx context.Context, a Actor, id tm.ProjectID) (Project, error) {
	return access(ctx, w.db, a, id, See)
}

// CreateProject makes a project with a memory and a glossary of its own; the
// actor becomes its manager.
func (w *Workbench) CreateProject(ctx context.Context, a Actor, name string, source, target language.Tag) (Project, error) {
	if a.Account == 0 {
		return Project{}, tm.NewError(tm.Forbidden, "forbidden")
	}
	name, err := cleanName(name)
	if err != nil {
		return Project{}, err
	}
	if source == language.Und || target == language.Und || source == target {
		return Project{}, tm.NewError(tm.Invalid, "project.languages")
	}
	p := Project{Name: name, Source: source, Target: target, Settings: DefaultSettings(), Created: w.now()}
	err = w.db.Update(ctx, func(tx *store.Tx) error {
		if p.ID, err = tx.AddProject(ctx, p, a.Account); err != nil {
			return err
		}
		if err := w.equip(ctx, tx, p); err != nil {
			return err
		}
		p, err = tx.Project(ctx, p.ID, a.Account)
		return errors.Join(err, w.audit(ctx, tx, a, p.ID, "project.create", name, ""))
	})
	return p, err
}

// equip gives a new project a memory to write into and a glossary.
func (w *Workbench) equip(ctx context.Context, tx *store.Tx, p Project) error {
	m, err := tx.AddMemory(ctx, p.ID, p.Name, w.now())
	if err != nil {
		return err
	}
	if err := tx.SetMemoryLink(ctx, p.ID, Memory{ID: m, Read: true, Write: true}); err != nil {
		return err
	}
	_, err = tx.AddGlossary(ctx, p.ID, p.Name, w.now())
	return err
}

// UpdateProject changes name and settings.
func (w *Workbench) UpdateProject(ctx context.Context, a Actor, id tm.ProjectID, name string, s Settings) error {
	name, err := cleanName(name)
	if err != nil {
		return err
	}
	if s.Pretranslate != 0 && (s.Pretranslate < 50 || s.Pretranslate > 101) {
		return tm.NewError(tm.Invalid, "settings.pretranslate")
	}
	if s.Threshold < 50 || s.Threshold > 100 {
		return tm.NewError(tm.Invalid, "settings.threshold")
	}
	if s.MaxLength < 0 || s.MaxLength > maxTarget {
		return tm.NewError(tm.Invalid, "settings.max_length")
	}
	if s.AgedMonths < 0 || s.AgedMonths > 600 || s.AgePoints < 0 || s.AgePoints > 50 {
		return tm.NewError(tm.Invalid, "settings.age")
	}
	if !validChecks(s.Checks) || !validTerms(s.Terms) {
		return tm.NewError(tm.Invalid, "settings.checks")
	}
	return w.changeProject(ctx, a, id, "project.settings", func(p *Project) { p.Name, p.Settings = name, s })
}

// sameRules reports whether segments have the same issues by both settings.
func sameRules(a, b Settings) bool {
	return a.MaxLength == b.MaxLength && maps.Equal(a.Checks, b.Checks) && maps.Equal(a.Terms, b.Terms)
}

// validChecks reports whether every code is one of a check and every severity
// one that exists.
func validChecks(checks map[string]string) bool {
	known := CheckSeverities()
	for code, severity := range checks {
		if !validSeverity(severity) {
			return false
		}
		if _, ok := known[code]; !ok {
			return false
		}
	}
	return true
}

func validSeverity(severity string) bool {
	switch tm.Severity(severity) {
	case tm.SeverityError, tm.SeverityWarning, tm.SeverityInfo, severityOff:
		return true
	}
	return false
}

// validTerms reports whether the severities by type of concept make sense.
func validTerms(terms map[tm.TermType]string) bool {
	for kind, severity := range terms {
		if !validSeverity(severity) || !slices.Contains(TermTypes, kind) {
			return false
		}
	}
	return true
}

// ArchiveProject closes a project for changes, or opens it again.
func (w *Workbench) ArchiveProject(ctx context.Context, a Actor, id tm.ProjectID, archived bool) error {
	action := "project.unarchive"
	if archived {
		action = "project.archive"
	}
	return w.changeProject(ctx, a, id, action, func(p *Project) { p.Archived = archived })
}

func (w *Workbench) changeProject(ctx context.Context, a Actor, id tm.ProjectID, action string, change func(*Project)) error {
	return w.db.Update(ctx, func(tx *store.Tx) error {
		p, err := access(ctx, tx, a, id, ManageProject)
		if err != nil {
			return err
		}
		before := p.Settings
		change(&p)
		if !sameRules(before, p.Settings) {
			err = w.outdate(ctx, tx, id)
		}
		return errors.Join(err, tx.SetProject(ctx, p), w.audit(ctx, tx, a, id, action, p.Name, ""))
	})
}

// DeleteProject puts a project into the trash, from where [Workbench.RestoreProject]
// takes it back for thirty days.
func (w *Workbench) DeleteProject(ctx context.Context, a Actor, id tm.ProjectID) error {
	return w.trashProject(ctx, a, id, w.now(), "project.delete")
}

// RestoreProject takes a project out of the trash.
func (w *Workbench) RestoreProject(ctx context.Context, a Actor, id tm.ProjectID) error {
	return w.trashProject(ctx, a, id, time.Time{}, "project.restore")
}

func (w *Workbench) trashProject(ctx context.Context, a Actor, id tm.ProjectID, at time.Time, action string) error {
	return w.db.Update(ctx, func(tx *store.Tx) error {
		p, err := accessAny(ctx, tx, a, id, ManageProject)
		if err != nil {
			return err
		}
		p.Deleted = at
		return errors.Join(tx.SetProject(ctx, p), w.audit(ctx, tx, a, id, action, p.Name, ""))
	})
}

// Members lists the members of a project, managers first.
func (w *Workbench) Members(ctx context.Context, a Actor, id tm.ProjectID) ([]Member, error) {
	if _, err := access(ctx, w.db, a, id, See); err != nil {
		return nil, err
	}
	return w.db.Members(ctx, id)
}

// SetMember gives the account with the log-in name a role. The last manager
// stays manager.
func (w *Workbench) SetMember(ctx context.Context, a Actor, id tm.ProjectID, login string, role Role) error {
	if !validRole(role) {
		return tm.NewError(tm.Invalid, "member.role")
	}
	return w.db.Update(ctx, func(tx *store.Tx) error {
		if _, err := access(ctx, tx, a, id, ManageProject); err != nil {
			return err
		}
		acc, _, err := tx.AccountByLogin(ctx, login)
		if err != nil || acc.Disabled {
			return tm.NewError(tm.Invalid, "member.unknown", "login", login).Wrap(err)
		}
		if err := tx.SetMember(ctx, id, acc.ID, role); err != nil {
			return err
		}
		return errors.Join(mustHaveManager(ctx, tx, id), w.audit(ctx, tx, a, id, "member.set", acc.Login, string(role)))
	})
}

func validRole(role Role) bool {
	for _, r := range Roles {
		if r == role {
			return true
		}
	}
	return false
}

func mustHaveManager(ctx context.Context, tx *store.Tx, id tm.ProjectID) error {
	members, err := tx.Members(ctx, id)
	if err != nil {
		return err
	}
	if len(members) == 0 || members[0].Role != Manager {
		return tm.NewError(tm.Conflict, "member.last_manager")
	}
	return nil
}

// RemoveMember takes an account out of a project. The last manager stays.
func (w *Workbench) RemoveMember(ctx context.Context, a Actor, id tm.ProjectID, account tm.AccountID) error {
	return w.db.Update(ctx, func(tx *store.Tx) error {
		if _, err := access(ctx, tx, a, id, ManageProject); err != nil {
			return err
		}
		acc, err := tx.Account(ctx, account)
		if err != nil {
			return err
		}
		if err := tx.RemoveMember(ctx, id, account); err != nil {
			return err
		}
		return errors.Join(mustHaveManager(ctx, tx, id), w.audit(ctx, tx, a, id, "member.remove", acc.Login, ""))
	})
}

// ProjectAudit lists what happened in a project, newest first.
func (w *Workbench) ProjectAudit(ctx context.Context, a Actor, id tm.ProjectID, offset, limit int) ([]AuditRow, error) {
	if _, err := access(ctx, w.db, a, id, ManageProject); err != nil {
		return nil, err
	}
	return w.db.Audit(ctx, id, offset, limit)
}

// InstanceAudit lists what happened anywhere, newest first; administrators only.
func (w *Workbench) InstanceAudit(ctx context.Context, a Actor, offset, limit int) ([]AuditRow, error) {
	if err := mustAdmin(a); err != nil {
		return nil, err
	}
	return w.db.Audit(ctx, 0, offset, limit)
}
