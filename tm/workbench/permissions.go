package workbench

import (
	"context"

	"tarjoman/tm"
	"tarjoman/tm/store"
)

// Action is something a role may or may not do in a project.
type Action string

const (
	See            Action = "see"             // project, documents, segments, matches, terms, concordance
	Translate      Action = "translate"       // edit and confirm targets that are not approved
	Review         Action = "review"          // approve, reject, edit approved targets
	UploadFiles    Action = "upload"          // add and update documents
	Download       Action = "download"        // exports, originals
	DeleteDocument Action = "delete_document" // documents to the trash and back, new names
	ExportUnits    Action = "export_units"    // whole memories
	EditUnits      Action = "edit_units"      // units of memories
	ManageMemories Action = "manage_memories" // import, link, settings
	ProposeTerms   Action = "propose_terms"   // proposals for concepts
	EditTerms      Action = "edit_terms"      // concepts, import and export of glossaries, decisions on proposals
	ManageProject  Action = "manage_project"  // settings, members, trash, audit log
)

// rights says which roles may do an action. See TRUST: existence itself is only
// for members.
var rights = map[Action][]Role{
	See:            {Manager, Reviewer, Translator, Viewer},
	Translate:      {Manager, Reviewer, Translator},
	Review:         {Manager, Reviewer},
	UploadFiles:    {Manager},
	Download:       {Manager, Reviewer},
	DeleteDocument: {Manager},
	ExportUnits:    {Manager, Reviewer},
	EditUnits:      {Manager, Reviewer},
	ManageMemories: {Manager},
	ProposeTerms:   {Manager, Reviewer, Translator},
	EditTerms:      {Manager, Reviewer},
	ManageProject:  {Manager},
}

// reading are the actions an archived project still allows, beside managing
// the project itself.
var reading = map[Action]bool{See: true, Download: true, ExportUnits: true, ManageProject: true}

// May reports whether the role of p may do the action in it. Managers can widen
// what translators may do by settings.
func May(p Project, action Action) bool {
	if p.Archived && !reading[action] {
		return false
	}
	if p.Role == Translator {
		switch action {
		case UploadFiles:
			return p.Settings.TranslatorsUpload
		case Download:
			return p.Settings.TranslatorsExport
		}
	}
	for _, r := range rights[action] {
		if r == p.Role {
			return true
		}
	}
	return false
}

// projectReader is the part of the store that access needs; *store.DB and
// *store.Tx have it.
type projectReader interface {
	Project(context.Context, tm.ProjectID, tm.AccountID) (store.Project, error)
	Document(context.Context, tm.DocumentID) (store.Document, error)
}

// access returns the project when the actor may do the action in it. A project
// the actor is no member of, or that is in the trash, does not exist for him.
func access(ctx context.Context, r projectReader, a Actor, id tm.ProjectID, action Action) (Project, error) {
	p, err := accessAny(ctx, r, a, id, action)
	if err == nil && !p.Deleted.IsZero() {
		return Project{}, store.NotFound
	}
	return p, err
}

// accessAny is access for projects in the trash too.
func accessAny(ctx context.Context, r projectReader, a Actor, id tm.ProjectID, action Action) (Project, error) {
	if a.Account == 0 {
		return Project{}, store.NotFound
	}
	p, err := r.Project(ctx, id, a.Account)
	if err != nil {
		return Project{}, err
	}
	switch {
	case p.Role == "":
		return Project{}, store.NotFound
	case p.Archived && !reading[action]:
		return Project{}, tm.NewError(tm.Forbidden, "project.archived")
	case !May(p, action):
		return Project{}, tm.NewError(tm.Forbidden, "forbidden")
	}
	return p, nil
}

// accessDocument is access to the project of a document that is not in the
// trash.
func accessDocument(ctx context.Context, r projectReader, a Actor, id tm.DocumentID, action Action) (Document, Project, error) {
	d, p, err := accessAnyDocument(ctx, r, a, id, action)
	if err == nil && !d.Deleted.IsZero() {
		return Document{}, Project{}, store.NotFound
	}
	return d, p, err
}

// accessAnyDocument is accessDocument for documents in the trash too.
func accessAnyDocument(ctx context.Context, r projectReader, a Actor, id tm.DocumentID, action Action) (Document, Project, error) {
	d, err := r.Document(ctx, id)
	if err != nil {
		return Document{}, Project{}, err
	}
	p, err := access(ctx, r, a, d.Project, action)
	return d, p, err
}

// mustAdmin refuses everybody but administrators of the instance.
func mustAdmin(a Actor) error {
	if a.Account == 0 || !a.Admin {
		return tm.NewError(tm.Forbidden, "forbidden")
	}
	return nil
}

// audit appends a line to the audit log in the transaction of the change.
func (w *Workbench) audit(ctx context.Context, tx *store.Tx, a Actor, p tm.ProjectID, action, object, detail string) error {
	return tx.AddAudit(ctx, store.AuditRow{
		At: w.now(), Account: a.Account, Who: a.Name, Project: p,
		Action: action, Object: object, Detail: detail, Addr: a.Addr,
	})
}
