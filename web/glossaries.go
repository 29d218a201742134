package web

import (
	"fmt"
	"net/http"

	"tarjoman/tm"
	"tarjoman/tm/workbench"
)

type glossariesPage struct {
	page
	Glossaries []workbench.Glossary
	Linkable   []workbench.Glossary
	Deleted    []workbench.Glossary
}

func (glossariesPage) view() string { return "glossaries" }

func (s *Server) listGlossaries(v *visit) (err error) {
	p := glossariesPage{page: v.section("glossaries", v.T("glossaries.title"))}
	if p.Glossaries, err = s.work.Glossaries(v.ctx(), v.actor(), v.project.ID); err != nil {
		return err
	}
	if p.May(workbench.ManageProject) {
		if p.Linkable, err = s.work.LinkableGlossaries(v.ctx(), v.actor(), v.project.ID); err != nil {
			return err
		}
		if p.Deleted, err = s.work.DeletedGlossaries(v.ctx(), v.actor(), v.project.ID); err != nil {
			return err
		}
	}
	return v.render(http.StatusOK, p)
}

func (v *visit) glossariesPath() string { return v.base() + "/glossaries" }

func (v *visit) glossaryPath(id tm.GlossaryID) string {
	return fmt.Sprintf("%s/%d", v.glossariesPath(), id)
}

// glossary returns the glossary of the path when the project has it.
func (v *visit) glossary() (workbench.Glossary, error) {
	id, err := v.id("glossary")
	if err != nil {
		return workbench.Glossary{}, err
	}
	return v.s.work.Glossary(v.ctx(), v.actor(), v.project.ID, tm.GlossaryID(id))
}

func (s *Server) createGlossary(v *visit) error {
	glossary, err := s.work.CreateGlossary(v.ctx(), v.actor(), v.project.ID, v.text("name"))
	if err != nil {
		return v.excuse(err, v.glossariesPath())
	}
	v.done("glossary.created", "name", glossary.Name)
	return v.redirect(v.glossariesPath())
}

func (s *Server) linkGlossary(v *visit) error {
	id, err := idOf(v.text("glossary"))
	if err == nil {
		err = s.work.LinkGlossary(v.ctx(), v.actor(), v.project.ID, tm.GlossaryID(id))
	}
	if err != nil {
		return v.excuse(err, v.glossariesPath())
	}
	v.done("glossary.linked")
	return v.redirect(v.glossariesPath())
}

func (s *Server) renameGlossary(v *visit) error {
	glossary, err := v.glossary()
	if err == nil {
		err = s.work.RenameGlossary(v.ctx(), v.actor(), v.project.ID, glossary.ID, v.text("name"))
	}
	if err != nil {
		return v.excuse(err, v.glossariesPath())
	}
	v.done("glossary.saved", "name", v.text("name"))
	return v.redirect(v.glossariesPath())
}

func (s *Server) moveGlossary(v *visit) error {
	glossary, err := v.glossary()
	if err != nil {
		return err
	}
	position, err := v.number("position")
	if err == nil {
		err = s.work.MoveGlossary(v.ctx(), v.actor(), v.project.ID, glossary.ID, position)
	}
	if err != nil {
		return v.excuse(err, v.glossariesPath())
	}
	return v.redirect(v.glossariesPath())
}

func (s *Server) unlinkGlossary(v *visit) error {
	glossary, err := v.glossary()
	if err == nil {
		err = s.work.UnlinkGlossary(v.ctx(), v.actor(), v.project.ID, glossary.ID)
	}
	if err != nil {
		return v.excuse(err, v.glossariesPath())
	}
	v.done("glossary.unlinked", "name", glossary.Name)
	return v.redirect(v.glossariesPath())
}

func (s *Server) deleteGlossary(v *visit) error {
	glossary, err := v.glossary()
	if err == nil {
		err = s.work.DeleteGlossary(v.ctx(), v.actor(), v.project.ID, glossary.ID)
	}
	if err != nil {
		return v.excuse(err, v.glossariesPath())
	}
	v.undoable(v.glossaryPath(glossary.ID)+"/restore", "glossary.deleted", "name", glossary.Name)
	return v.redirect(v.glossariesPath())
}

func (s *Server) restoreGlossary(v *visit) error {
	id, err := v.id("glossary")
	if err == nil {
		err = s.work.RestoreGlossary(v.ctx(), v.actor(), v.project.ID, tm.GlossaryID(id))
	}
	if err != nil {
		return v.excuse(err, v.glossariesPath())
	}
	v.done("glossary.restored")
	return v.redirect(v.glossariesPath())
}

type previewPage struct {
	page
	Glossary workbench.Glossary
	File     string
	Kept     string // the file itself; "" when it must be chosen again
	workbench.GlossaryImport
	More int // concepts not shown
}

func (previewPage) view() string { return "glossary_preview" }

// previewStep is how many concepts a preview shows.
const previewStep = 50

// previewGlossary shows what an import would do and writes nothing.
func (s *Server) previewGlossary(v *visit) error {
	glossary, err := v.glossary()
	if err != nil {
		return err
	}
	file, err := v.oneFile()
	if err != nil {
		return v.excuse(err, v.glossaryPath(glossary.ID))
	}
	result, err := s.work.PreviewGlossary(v.ctx(), v.actor(), v.project.ID, glossary.ID, file.name, file.data)
	if err != nil {
		return v.excuse(err, v.glossaryPath(glossary.ID))
	}
	p := previewPage{
		page: v.section("glossaries", v.T("glossary.preview.title")), Glossary: glossary,
		File: file.name, Kept: keep(file.data), GlossaryImport: result,
	}
	if len(p.Items) > previewStep {
		p.More = len(p.Items) - previewStep
		p.Items = p.Items[:previewStep]
	}
	return v.render(http.StatusOK, p)
}

// Views returns the concepts with their terms sorted by language.
func (p previewPage) Views() []conceptView {
	views := make([]conceptView, len(p.Items))
	for i, item := range p.Items {
		views[i] = viewConcept(item.Theirs, *p.Project)
	}
	return views
}

// ProblemOf writes what is wrong in a row of the file.
func (p previewPage) ProblemOf(row workbench.RowProblem) string {
	return p.Map("row."+row.Code, row.Args)
}

func (v *visit) oneFile() (formFile, error) {
	form, err := v.form()
	if err != nil {
		return formFile{}, err
	}
	switch len(form.files) {
	case 0:
		return formFile{}, tm.NewError(tm.Invalid, "form.no_file")
	case 1:
		return form.files[0], form.files[0].err
	}
	return formFile{}, tm.NewError(tm.Invalid, "form.one_file")
}

func (s *Server) importGlossary(v *visit) error {
	glossary, err := v.glossary()
	if err != nil {
		return err
	}
	file, err := v.oneFile()
	if err != nil {
		return v.excuse(err, v.glossaryPath(glossary.ID))
	}
	result, err := s.work.ImportGlossary(v.ctx(), v.actor(), v.project.ID, glossary.ID, file.name, file.data)
	if err != nil {
		return v.excuse(err, v.glossaryPath(glossary.ID))
	}
	v.done("glossary.imported", "added", result.Added, "changed", result.Changed, "same", result.Same)
	return v.redirect(v.glossaryPath(glossary.ID))
}

func (s *Server) exportGlossary(v *visit) error {
	glossary, err := v.glossary()
	if err != nil {
		return err
	}
	kind := v.query("kind")
	if kind != "tsv" && kind != "csv" {
		return errUnreadable
	}
	out := v.stream(glossary.Name+"."+kind, exchangeMIME[kind])
	return out.finish(s.work.ExportGlossary(v.ctx(), v.actor(), v.project.ID, glossary.ID, kind, out))
}
