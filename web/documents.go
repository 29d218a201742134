package web

import (
	"fmt"
	"mime"
	"net/http"
	"strings"

	"tarjoman/locales"
	"tarjoman/tm"
	"tarjoman/tm/workbench"
)

type documentsPage struct {
	page
	Documents []workbench.Document
	Trash     int
}

func (documentsPage) view() string { return "documents" }

// Extensions lists those of the documents that can be read, for the file
// chooser; the server looks at the content as well.
func (p documentsPage) Extensions() string {
	var list []string
	for _, info := range p.site.work.Formats() {
		list = append(list, info.Extensions...)
	}
	return strings.Join(list, ", ")
}

func (s *Server) showProject(v *visit) error {
	documents, err := s.work.Documents(v.ctx(), v.actor(), v.project.ID)
	if err != nil {
		return err
	}
	p := documentsPage{page: v.section("documents", v.project.Name), Documents: documents}
	if p.May(workbench.DeleteDocument) {
		trash, err := s.work.DeletedDocuments(v.ctx(), v.actor(), v.project.ID)
		if err != nil {
			return err
		}
		p.Trash = len(trash)
	}
	return v.render(http.StatusOK, p)
}

// document returns the document of the path when it is one of the project.
func (v *visit) document() (workbench.Document, error) {
	id, err := v.id("document")
	if err != nil {
		return workbench.Document{}, err
	}
	document, err := v.s.work.Document(v.ctx(), v.actor(), tm.DocumentID(id))
	if err == nil && document.Project != v.project.ID {
		err = errNotFound
	}
	return document, err
}

func (s *Server) original(v *visit) error {
	document, err := v.document()
	if err != nil {
		return err
	}
	file, err := s.work.Original(v.ctx(), v.actor(), document.ID)
	if err != nil {
		return err
	}
	return v.download(file)
}

func (s *Server) export(v *visit) error {
	document, err := v.document()
	if err != nil {
		return err
	}
	options := workbench.ExportOptions{
		Kind:         workbench.ExportKind(v.query("kind")),
		ApprovedOnly: v.query("approved") != "",
	}
	if options.Kind == workbench.ExportBilingual {
		return v.bilingual(document.ID, options)
	}
	file, err := s.work.Export(v.ctx(), v.actor(), document.ID, options)
	if err != nil {
		return v.excuse(err, v.base())
	}
	return v.download(file)
}

// download sends a file so that no browser runs or shows it here.
func (v *visit) download(file workbench.Export) error {
	v.attach(file.Name, file.MIME)
	_, err := v.w.Write(file.Data)
	return ignoreWrite(err)
}

func (v *visit) attach(name, kind string) {
	h := v.w.Header()
	h.Set("Content-Type", kind)
	h.Set("Content-Disposition", disposition(name))
	h.Set("Content-Security-Policy", "default-src 'none'; sandbox")
}

// disposition writes the name after RFC 6266, with an ASCII twin for old
// clients. Paths, control characters and bidi controls do not get through.
func disposition(name string) string {
	name = strings.Map(func(r rune) rune {
		if strings.ContainsRune(`/\:*?"<>|`, r) {
			return '_'
		}
		return r
	}, locales.Clean(name))
	ascii := strings.Map(func(r rune) rune {
		if r > 0x7E || r == '%' {
			return '_'
		}
		return r
	}, name)
	if ascii == name {
		return mime.FormatMediaType("attachment", map[string]string{"filename": name})
	}
	encoded := mime.FormatMediaType("attachment", map[string]string{"filename": name}) // attachment; filename*=utf-8''…
	return fmt.Sprintf(`attachment; filename="%s"; %s`, ascii, strings.TrimPrefix(encoded, "attachment; "))
}

func (s *Server) renameDocument(v *visit) error {
	document, err := v.document()
	if err == nil {
		err = s.work.RenameDocument(v.ctx(), v.actor(), document.ID, v.text("name"))
	}
	if err != nil {
		return v.excuse(err, v.base())
	}
	v.done("document.renamed", "name", v.text("name"))
	return v.redirect(v.base())
}

// dateDocument says of which day a document is.
func (s *Server) dateDocument(v *visit) error {
	document, err := v.document()
	if err != nil {
		return err
	}
	day, err := parseDay(v.text("date"))
	if err == nil && day.IsZero() {
		err = tm.NewError(tm.Invalid, "form.day", "value", "")
	}
	if err == nil {
		err = s.work.DateDocument(v.ctx(), v.actor(), document.ID, day)
	}
	if err != nil {
		return v.excuse(err, v.base())
	}
	v.done("document.dated", "name", document.Name, "day", v.Date(day))
	return v.redirect(v.base())
}

func (s *Server) deleteDocument(v *visit) error {
	document, err := v.document()
	if err == nil {
		err = s.work.DeleteDocument(v.ctx(), v.actor(), document.ID)
	}
	if err != nil {
		return v.excuse(err, v.base())
	}
	v.undoable(fmt.Sprintf("%s/documents/%d/restore", v.base(), document.ID), "document.deleted", "name", document.Name)
	return v.redirect(v.base())
}

// restoreDocument finds the document among the deleted ones of the project.
func (s *Server) restoreDocument(v *visit) error {
	id, err := v.id("document")
	if err != nil {
		return err
	}
	deleted, err := s.work.DeletedDocuments(v.ctx(), v.actor(), v.project.ID)
	if err != nil {
		return err
	}
	for _, document := range deleted {
		if document.ID != tm.DocumentID(id) {
			continue
		}
		if err := s.work.RestoreDocument(v.ctx(), v.actor(), document.ID); err != nil {
			return v.excuse(err, v.base())
		}
		v.done("document.restored", "name", document.Name)
		return v.redirect(v.base())
	}
	return errNotFound
}

func (s *Server) documentTrash(v *visit) error {
	deleted, err := s.work.DeletedDocuments(v.ctx(), v.actor(), v.project.ID)
	if err != nil {
		return err
	}
	return v.render(http.StatusOK, trashPage{page: v.section("documents", v.T("trash.title")), Documents: deleted})
}

func (s *Server) pretranslate(v *visit) error {
	document, err := v.document()
	if err != nil {
		return err
	}
	job, err := s.work.Pretranslate(v.ctx(), v.actor(), document.ID)
	if err != nil {
		return v.excuse(err, v.base())
	}
	return v.follow(job)
}
