package web

import (
	"fmt"
	"net/http"
	"net/url"
	"strings"

	"tarjoman/tm"
	"tarjoman/tm/workbench"
)

// typographyStep is how many segments one preview shows; applying them brings
// up the next.
const typographyStep = 500

// typographyPage shows what the safe typographic fixes would change.
type typographyPage struct {
	page
	Document workbench.Document
	Fixes    []workbench.TypographyFix
	Total    int
}

func (typographyPage) view() string { return "typography" }

// Editor is the path of a segment in the editor.
func (p typographyPage) Editor(f workbench.TypographyFix) string {
	return fmt.Sprintf("%s/documents/%d?segment=%d", p.Base(), p.Document.ID, f.Row.ID)
}

// NumberOf is the number of a segment as people count.
func (p typographyPage) NumberOf(f workbench.TypographyFix) int { return f.Row.Index + 1 }

// More is how many segments the preview leaves for the next.
func (p typographyPage) More() int { return p.Total - len(p.Fixes) }

// previewTypography answers with a page, or with JSON for the editor.
func (s *Server) previewTypography(v *visit) error {
	document, err := v.document()
	if err != nil {
		return err
	}
	fixes, err := s.work.PreviewTypography(v.ctx(), v.actor(), document.ID)
	if err != nil {
		return err
	}
	if !wantsJSON(v.r) {
		return v.render(http.StatusOK, typographyPage{
			page: v.section("documents", v.T("typography.title")), Document: document,
			Fixes: fixes[:min(len(fixes), typographyStep)], Total: len(fixes),
		})
	}
	out := typographyPreviewJSON{make([]typographyEntryJSON, len(fixes))}
	for i, f := range fixes {
		out.Fixes[i] = typographyEntryJSON{f.Row.ID, f.Row.Index, f.Row.Revision, diffOut(f.Diff)}
	}
	return v.json(http.StatusOK, out)
}

// fixTypography takes the form of the page or the JSON of the editor.
func (s *Server) fixTypography(v *visit) error {
	document, err := v.document()
	if err != nil {
		return err
	}
	if v.sentForm() {
		return v.fixTypographyByForm(document.ID)
	}
	var in typographyFixJSON
	if err := v.bind(&in); err != nil {
		return err
	}
	chosen := make(map[tm.SegmentID]int64, len(in.Segments))
	for _, c := range in.Segments {
		chosen[c.ID] = c.Revision
	}
	rows, change, err := s.work.FixTypography(v.ctx(), v.actor(), document.ID, chosen)
	if err != nil {
		return err
	}
	return v.json(http.StatusOK, typographyFixedJSON{segmentsOut(rows), change})
}

func (v *visit) fixTypographyByForm(document tm.DocumentID) error {
	preview := v.documentPath(document) + "/typography"
	chosen, err := v.chosenSegments()
	if err != nil {
		return v.excuse(err, preview)
	}
	rows, change, err := v.s.work.FixTypography(v.ctx(), v.actor(), document, chosen)
	if err != nil {
		return v.excuse(err, preview)
	}
	done := flash{Kind: "ok", Text: v.N("typography.done", len(rows))}
	if len(rows) > 0 {
		undo := fmt.Sprintf("%s/changes/%d/undo", v.documentPath(document), change)
		done.Undo = withQuery(undo, url.Values{"back": {preview}})
	}
	v.flash(done)
	return v.redirect(preview)
}

// chosenSegments reads the ticked boxes: "17:3" is segment 17 as it was previewed
// at revision 3.
func (v *visit) chosenSegments() (map[tm.SegmentID]int64, error) {
	chosen := map[tm.SegmentID]int64{}
	for _, value := range v.r.PostForm["segment"] {
		id, revision, _ := strings.Cut(value, ":")
		segment, err := idOf(id)
		if err != nil {
			return nil, err
		}
		if chosen[tm.SegmentID(segment)], err = idOf(revision); err != nil {
			return nil, err
		}
	}
	if len(chosen) == 0 {
		return nil, tm.NewError(tm.Invalid, "form.none_chosen")
	}
	return chosen, nil
}
