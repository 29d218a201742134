package web

import (
	"bytes"
	"fmt"
	"html/template"
	"io/fs"
	"path"
	"strings"

	"golang.org/x/text/language"

	"tarjoman/locales"
	"tarjoman/tm/workbench"
)

// page is what the layout needs; every page embeds it and so carries the
// printer: {{$.T "projects.title"}}.
type page struct {
	Printer
	Title   string
	Account workbench.Account
	Project *workbench.Project
	Section string // of the project: documents, memories, …
	Flashes []flash
	Path    string // of this page, to come back after changing the language
	Nonce   string
	// OpenProposals wait for the decision of the person at the page.
	OpenProposals int
	site          *Server
}

func (v *visit) page(title string) page {
	p := page{
		Printer: v.Printer,
		Title:   title,
		Account: v.account,
		Project: v.project,
		Path:    "/",
		Nonce:   aboutOf(v.ctx()).nonce,
		site:    v.s,
	}
	if v.hasSession() {
		p.Flashes = v.s.takeFlashes(v.ctx())
	}
	if v.r.Method == "GET" {
		p.Path = v.r.URL.RequestURI()
	}
	if p.May(workbench.EditTerms) {
		n, err := v.s.work.OpenProposals(v.ctx(), v.actor(), v.project.ID)
		if err == nil { // a page without the number is better than none
			p.OpenProposals = n
		}
	}
	return p
}

// section is a page of a project under one of its tabs.
func (v *visit) section(name, title string) page {
	p := v.page(title)
	p.Section = name
	return p
}

// Asset returns the URL of a built file, and "" when it is missing.
func (p page) Asset(name string) string { return p.site.assets.url(name) }

// May reports whether the person may do an action of the workbench in this
// project: buttons that would be refused are not shown.
func (p page) May(action workbench.Action) bool {
	return p.Project != nil && workbench.May(*p.Project, action)
}

// SignedIn reports whether somebody is logged in.
func (p page) SignedIn() bool { return p.Account.ID != 0 }

// Base is the path of the project.
func (p page) Base() string { return fmt.Sprintf("/projects/%d", p.Project.ID) }

// A Tongue is a language of the interface in the switcher.
type Tongue struct {
	Tag, Name, Dir string
	Current        bool
}

// Tongues lists the languages of the interface.
func (p page) Tongues() []Tongue {
	var list []Tongue
	for _, tag := range locales.Tags() {
		list = append(list, Tongue{tag.String(), locales.Self(tag), locales.Dir(tag), tag == p.Tag()})
	}
	return list
}

// Languages suggests content languages for a new project, with their names.
func (p page) Languages() []Suggestion {
	list := make([]Suggestion, len(suggested))
	for i, tag := range suggested {
		list[i] = Suggestion{tag, p.Language(language.MustParse(tag))}
	}
	return list
}

// A Suggestion is one line of a list of suggestions.
type Suggestion struct{ Value, Name string }

// suggested are languages news desks work with; any other tag may be typed.
var suggested = []string{"en", "fa", "ar", "az", "ckb", "de", "es", "fr", "he", "hi", "it", "ja", "ku",
	"nl", "pl", "prs", "ps", "pt", "ru", "sv", "tg", "tr", "uk", "ur", "uz", "zh-Hans", "zh-Hant"}

// A view is a page with the name of its template.
type view interface{ view() string }

// views holds each template of templates/pages together with the layout and the
// parts.
type views map[string]*template.Template

func parseViews(files fs.FS) (views, error) {
	base, err := template.ParseFS(files, "templates/layout.html", "templates/parts/*.html")
	if err != nil {
		return nil, err
	}
	names, err := fs.Glob(files, "templates/pages/*.html")
	if err != nil {
		return nil, err
	}
	all := views{}
	for _, name := range names {
		t, err := template.Must(base.Clone()).ParseFS(files, name)
		if err != nil {
			return nil, err
		}
		all[strings.TrimSuffix(path.Base(name), ".html")] = t
	}
	return all, nil
}

// render writes the page. It is built in memory first, so that an error in a
// template becomes a clean error page.
func (v *visit) render(status int, p view) error {
	t, ok := v.s.views[p.view()]
	if !ok {
		return fmt.Errorf("no template %q", p.view())
	}
	var out bytes.Buffer
	if err := t.ExecuteTemplate(&out, "layout.html", p); err != nil {
		return fmt.Errorf("render %s: %w", p.view(), err)
	}
	v.w.Header().Set("Content-Type", "text/html; charset=utf-8")
	v.w.WriteHeader(status)
	_, err := out.WriteTo(v.w)
	return ignoreWrite(err)
}
