package web

import (
	"fmt"
	"net/http"
	"slices"

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

func (s *Server) exportGlossary(v *visit) error {
	glossary, err := v.glossary()
	if err != nil {
		return err
	}
	kind := v.query("kind")
	if !slices.Contains(workbench.GlossaryFormats, kind) {
		return errUnreadable
	}
	out := v.stream(glossary.Name+"."+kind, exchangeMIME[kind])
	return out.finish(s.work.ExportGlossary(v.ctx(), v.actor(), v.project.ID, glossary.ID, kind, out))
}
