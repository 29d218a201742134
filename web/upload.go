package web

import (
	"errors"
	"fmt"
	"net/http"
	"path"
	"strconv"
	"strings"

	"tarjoman/locales"
	"tarjoman/tm"
	"tarjoman/tm/format"
	"tarjoman/tm/workbench"
)

// uploadResult is what became of one file, for the page and for the drop zone.
type uploadResult struct {
	Name    string `json:"name"`
	Message string `json:"message"`
	OK      bool   `json:"ok"`
	Link    string `json:"link,omitempty"` // of the document
	// Charsets asks which reading of the file is right.
	Charsets []charsetChoice `json:"charsets,omitempty"`
	// Same is the document of the same name: update it, or keep both?
	Same int64 `json:"same,omitempty"`
	// Free is a name for the second document when both are kept.
	Free string `json:"free,omitempty"`
	Kept string `json:"-"` // the file itself, for asking again without scripts
}

// Asks tells that the message is a question to answer, not what went wrong.
func (r uploadResult) Asks() bool { return r.Charsets != nil || r.Same != 0 }

// charsetChoice is one way to read a file, with a line that shows the difference.
type charsetChoice struct {
	Charset string `json:"charset"`
	Sample  string `json:"sample"`
}

func charsetChoices(err *tm.Error) []charsetChoice {
	candidates, _ := err.Args["candidates"].([]format.Candidate)
	choices := make([]charsetChoice, len(candidates))
	for i, c := range candidates {
		choices[i] = charsetChoice{string(c.Charset), c.Sample}
	}
	return choices
}

type uploadPage struct {
	page
	Results []uploadResult
}

func (uploadPage) view() string { return "upload" }

// Summary says how many files arrived, when there are several.
func (p uploadPage) Summary() string {
	done := 0
	for _, r := range p.Results {
		if r.OK {
			done++
		}
	}
	if len(p.Results) < 2 {
		return ""
	}
	return p.T("upload.summary", "done", done, "total", len(p.Results))
}

// UploadPattern is the summary for site.ts to fill in: "{done} … {total}".
func (p page) UploadPattern() string {
	return p.T("upload.summary", "done", locales.Verbatim("{done}"), "total", locales.Verbatim("{total}"))
}

// UploadLimit is how many bytes a file may have.
func (page) UploadLimit() int { return uploadFile }

// upload takes any number of files and tells of each what became of it. The
// fields charset, update and name answer a question asked about one file
// before.
func (s *Server) upload(v *visit) error {
	form, err := v.form()
	if err != nil {
		return v.excuse(err, v.base())
	}
	if len(form.files) == 0 {
		return v.excuse(tm.NewError(tm.Invalid, "form.no_file"), v.base())
	}
	results := make([]uploadResult, len(form.files))
	for i, file := range form.files {
		results[i], err = v.importFile(form, file)
		if err != nil && len(results) == 1 {
			return err
		}
		if err != nil { // the others are told of all the same
			results[i] = uploadResult{Name: file.name, Message: v.Problem(v.known(err))}
		}
	}
	return v.showUploads(results)
}

func (v *visit) showUploads(results []uploadResult) error {
	if wantsJSON(v.r) {
		return v.json(http.StatusOK, map[string]any{"files": results})
	}
	return v.render(http.StatusOK, uploadPage{v.section("documents", v.T("upload.title")), results})
}

func (v *visit) importFile(form form, file formFile) (uploadResult, error) {
	up := workbench.Upload{Name: file.name, Data: file.data, Charset: form.get("charset")}
	if name := strings.TrimSpace(form.get("name")); name != "" {
		up.Name = name
	}
	if id := form.get("update"); id != "" {
		n, err := strconv.ParseInt(id, 10, 64)
		if err != nil {
			return uploadResult{}, errUnreadable.Wrap(err)
		}
		up.Update = tm.DocumentID(n)
	}
	if file.err != nil {
		return v.importProblem(up, file.err)
	}
	imported, err := v.s.work.Import(v.ctx(), v.actor(), v.project.ID, up)
	if err != nil {
		return v.importProblem(up, err)
	}
	return v.imported(imported, up.Update != 0), nil
}

func (v *visit) imported(in workbench.Imported, update bool) uploadResult {
	r := uploadResult{
		Name: in.Document.Name, OK: true,
		Link:    fmt.Sprintf("%s/documents/%d", v.base(), in.Document.ID),
		Message: v.N("upload.done", in.Segments, "filled", in.Filled),
	}
	if update {
		r.Message = v.N("upload.updated", in.Segments, "kept", in.Kept, "dropped", in.Dropped)
	}
	return r
}

// importProblem turns an error about one file into its result, so that the other
// files are not lost; other errors end the request.
func (v *visit) importProblem(up workbench.Upload, err error) (uploadResult, error) {
	known, ok := errors.AsType[*tm.Error](err)
	if !ok || known.Kind == tm.Internal || known.Kind == tm.Forbidden || known.Kind == tm.NotFound {
		return uploadResult{}, err
	}
	r := uploadResult{Name: up.Name, Message: v.Problem(known)}
	switch known.Code {
	case "document.charset_unknown":
		r.Charsets = charsetChoices(known)
	case "document.same_name":
		r.Same, _ = known.Args["document"].(int64)
		r.Free = v.freeName(up.Name)
	}
	if r.Asks() {
		r.Kept = keep(up.Data)
	}
	return r, nil
}

// freeName proposes another name: "report.docx" becomes "report (2).docx".
func (v *visit) freeName(name string) string {
	documents, err := v.s.work.Documents(v.ctx(), v.actor(), v.project.ID)
	if err != nil {
		return ""
	}
	taken := map[string]bool{}
	for _, d := range documents {
		taken[d.Name] = true
	}
	ext := path.Ext(name)
	for n := 2; ; n++ {
		free := fmt.Sprintf("%s (%d)%s", strings.TrimSuffix(name, ext), n, ext)
		if !taken[free] {
			return free
		}
	}
}
