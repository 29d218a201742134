package web

import (
	"cmp"
	"encoding/csv"
	"fmt"
	"net/http"
	"slices"
	"strconv"

	"tarjoman/locales"
	"tarjoman/tm"
	"tarjoman/tm/exchange"
	"tarjoman/tm/workbench"
)

// analysesPage lists the analyses of a project and starts new ones.
type analysesPage struct {
	page
	Documents []workbench.Document
	Analyses  []workbench.Analysis
}

func (analysesPage) view() string { return "analyses" }

func (v *visit) analysesPath() string { return v.base() + "/analyses" }

func (s *Server) listAnalyses(v *visit) error {
	documents, err := s.work.Documents(v.ctx(), v.actor(), v.project.ID)
	if err != nil {
		return err
	}
	analyses, err := s.work.Analyses(v.ctx(), v.actor(), v.project.ID)
	if err != nil {
		return err
	}
	return v.render(http.StatusOK, analysesPage{v.section("documents", v.T("analyses.title")), documents, analyses})
}

// Words is the sum of an analysis for the list.
func (analysesPage) Words(a workbench.Analysis) int {
	return workbench.SumOf(workbench.TotalOf(a)).Words
}

// startAnalysis analyses the documents that are ticked.
func (s *Server) startAnalysis(v *visit) error {
	var chosen []tm.DocumentID
	for _, text := range v.r.PostForm["document"] {
		id, err := strconv.ParseInt(text, 10, 64)
		if err != nil {
			return errNotFound
		}
		chosen = append(chosen, tm.DocumentID(id))
	}
	if len(chosen) == 0 {
		return v.excuse(tm.NewError(tm.Invalid, "analysis.empty"), v.analysesPath())
	}
	job, err := s.work.Analyse(v.ctx(), v.actor(), v.project.ID, chosen)
	if err != nil {
		return v.excuse(err, v.analysesPath())
	}
	return v.follow(job)
}

// analysisPage is one analysis: the sum by band, and the words of every
// document.
type analysisPage struct {
	page
	Analysis workbench.Analysis
}

func (analysisPage) view() string { return "analysis" }

func (v *visit) analysis() (workbench.Analysis, error) {
	id, err := v.id("analysis")
	if err != nil {
		return workbench.Analysis{}, err
	}
	return v.s.work.Analysis(v.ctx(), v.actor(), v.project.ID, id)
}

func (s *Server) showAnalysis(v *visit) error {
	a, err := v.analysis()
	if err != nil {
		return err
	}
	return v.render(http.StatusOK, analysisPage{v.section("documents", v.T("analysis.title")), a})
}

// A bandRow is a line of the table of bands.
type bandRow struct {
	Band, Name string
	workbench.Count
	Share string // of all words
}

// Bands are the lines of the table, the sum last.
func (p analysisPage) Bands() []bandRow {
	total := workbench.TotalOf(p.Analysis)
	sum := workbench.SumOf(total)
	rows := make([]bandRow, 0, len(workbench.Bands)+1)
	for _, band := range workbench.Bands {
		c := total.Bands[band]
		rows = append(rows, bandRow{band, p.T("analysis.band." + band), c, p.ShareOf(c.Words, sum.Words)})
	}
	return append(rows, bandRow{"", p.T("analysis.sum"), sum, p.ShareOf(sum.Words, sum.Words)})
}

// ShareOf writes a part of a whole in percent. Something never reads as nothing,
// nor something less than all as all.
func (p page) ShareOf(part, whole int) string {
	if whole == 0 {
		return p.Percent(0)
	}
	switch n := (part*200 + whole) / (2 * whole); {
	case n == 0 && part > 0:
		return p.T("share.below", "percent", locales.Verbatim(p.Percent(1)))
	case n == 100 && part < whole:
		return p.T("share.above", "percent", locales.Verbatim(p.Percent(99)))
	default:
		return p.Percent(n)
	}
}

// A documentWords is the line of a document: its words by band, then the sum.
type documentWords struct {
	Name  string
	Path  string
	Words []int
}

// Heads are the short names of the bands, the sum last.
func (p analysisPage) Heads() []string {
	var heads []string
	for _, band := range append(slices.Clone(workbench.Bands), "sum") {
		heads = append(heads, p.T("analysis.short."+band))
	}
	return heads
}

// Documents are the lines of the table of documents.
func (p analysisPage) Documents() []documentWords {
	rows := make([]documentWords, len(p.Analysis.Documents))
	for i, f := range p.Analysis.Documents {
		rows[i] = documentWords{Name: f.Name, Path: fmt.Sprintf("%s/documents/%d", p.Base(), f.Document)}
		for _, band := range workbench.Bands {
			rows[i].Words = append(rows[i].Words, f.Bands[band].Words)
		}
		rows[i].Words = append(rows[i].Words, workbench.SumOf(f).Words)
	}
	return rows
}

// exportAnalysis gives an analysis as a table: a line a document and band.
func (s *Server) exportAnalysis(v *visit) error {
	a, err := v.analysis()
	if err != nil {
		return err
	}
	v.attach(fmt.Sprintf("analysis-%s.csv", a.At.UTC().Format("2006-01-02")), "text/csv; charset=utf-8")
	w := csv.NewWriter(v.w)
	lines := [][]string{{"document", "band", "segments", "words", "characters", "characters_no_space"}}
	for _, f := range a.Documents {
		for _, band := range workbench.Bands {
			c := f.Bands[band]
			lines = append(lines, []string{exchange.Inert(f.Name), band, strconv.Itoa(c.Segments), strconv.Itoa(c.Words),
				strconv.Itoa(c.Characters), strconv.Itoa(c.Visible)})
		}
	}
	err = w.WriteAll(lines)
	return ignoreWrite(cmp.Or(err, w.Error()))
}

func (s *Server) deleteAnalysis(v *visit) error {
	a, err := v.analysis()
	if err == nil {
		err = s.work.DeleteAnalysis(v.ctx(), v.actor(), v.project.ID, a.ID)
	}
	if err != nil {
		return v.excuse(err, v.analysesPath())
	}
	v.done("analysis.deleted")
	return v.redirect(v.analysesPath())
}
