package web

import (
	"fmt"
	"net/http"
	"slices"
	"strings"

	"golang.org/x/text/language"

	"tarjoman/tm"
	"tarjoman/tm/workbench"
)

// base is the path of the project of the visit.
func (v *visit) base() string { return fmt.Sprintf("/projects/%d", v.project.ID) }

func (s *Server) home(v *visit) error { return v.redirect("/projects") }

type projectsPage struct {
	page
	Projects []workbench.Project
	Archived []workbench.Project
	Trash    int
}

func (projectsPage) view() string { return "projects" }

func (s *Server) listProjects(v *visit) error {
	projects, err := s.work.Projects(v.ctx(), v.actor())
	if err != nil {
		return err
	}
	trash, err := s.work.Trash(v.ctx(), v.actor())
	if err != nil {
		return err
	}
	p := projectsPage{page: v.page(v.T("projects.title")), Trash: len(trash)}
	for _, project := range projects {
		if project.Archived {
			p.Archived = append(p.Archived, project)
		} else {
			p.Projects = append(p.Projects, project)
		}
	}
	return v.render(http.StatusOK, p)
}

type newProjectPage struct {
	page
	Name, Source, Target string
	Problem              string
}

func (newProjectPage) view() string { return "new_project" }

func (s *Server) newProject(v *visit) error {
	return v.render(http.StatusOK, newProjectPage{page: v.page(v.T("project.new.title")), Source: "en", Target: "fa"})
}

func (s *Server) createProject(v *visit) error {
	project, err := v.makeProject()
	if known, ok := actionable(err); ok {
		return v.render(statusOf(known), newProjectPage{
			page: v.page(v.T("project.new.title")), Name: v.text("name"),
			Source: v.text("source"), Target: v.text("target"), Problem: v.Problem(known),
		})
	}
	if err != nil {
		return err
	}
	v.done("project.new.done", "name", project.Name)
	return v.redirect(fmt.Sprintf("/projects/%d", project.ID))
}

func (v *visit) makeProject() (workbench.Project, error) {
	source, err := parseLanguage(v.text("source"))
	if err != nil {
		return workbench.Project{}, err
	}
	target, err := parseLanguage(v.text("target"))
	if err != nil {
		return workbench.Project{}, err
	}
	return v.s.work.CreateProject(v.ctx(), v.actor(), v.text("name"), source, target)
}

// parseLanguage reads a BCP 47 tag as a person types it.
func parseLanguage(text string) (language.Tag, error) {
	tag, err := language.Parse(text)
	if err != nil || tag == language.Und {
		return tag, tm.NewError(tm.Invalid, "project.language", "tag", text)
	}
	return tag, nil
}

type settingsPage struct {
	page
	Checks     []checkSetting
	Terms      []termSetting
	Severities []string
	OwnRules   bool // whether the project has segmentation rules of its own
}

// checkSetting is a check with the severity the project gives it.
type checkSetting struct{ Code, Name, Severity string }

// termSetting is how grave the project takes errors about a type of concepts.
type termSetting struct {
	Type     tm.TermType
	Severity string
}

func (settingsPage) view() string { return "settings" }

func (s *Server) showSettings(v *visit) error {
	_, own, err := s.work.SRX(v.ctx(), v.actor(), v.project.ID)
	if err != nil {
		return err
	}
	p := settingsPage{page: v.section("settings", v.T("settings.title")), Severities: severities, OwnRules: own}
	for code, severity := range workbench.CheckSeverities() {
		setting := checkSetting{code, v.T("check." + code), string(severity)}
		if own := v.project.Settings.Checks[code]; own != "" {
			setting.Severity = own
		}
		p.Checks = append(p.Checks, setting)
	}
	for _, kind := range workbench.TermTypes {
		p.Terms = append(p.Terms, termSetting{kind, string(workbench.TermSeverity(*v.project, kind))})
	}
	slices.SortFunc(p.Checks, func(a, b checkSetting) int { return strings.Compare(a.Name, b.Name) })
	return v.render(http.StatusOK, p)
}

// severities are what a check may weigh in a project.
var severities = []string{string(tm.SeverityError), string(tm.SeverityWarning), string(tm.SeverityInfo), "off"}

func (s *Server) saveSettings(v *visit) error {
	back := v.settingsPath()
	settings, err := v.settings()
	if err == nil {
		err = s.work.UpdateProject(v.ctx(), v.actor(), v.project.ID, v.text("name"), settings)
	}
	if err != nil {
		return v.excuse(err, back)
	}
	v.done("settings.saved")
	return v.redirect(back)
}

// settings reads the form into the settings as they are: what has no field in it
// stays.
func (v *visit) settings() (settings workbench.Settings, err error) {
	settings = v.project.Settings
	if settings.Pretranslate, err = v.number("pretranslate"); err != nil {
		return settings, err
	}
	if settings.Threshold, err = v.number("threshold"); err != nil {
		return settings, err
	}
	if v.text("max_length") != "" {
		if settings.MaxLength, err = v.number("max_length"); err != nil {
			return settings, err
		}
	}
	for name, at := range map[string]*int{"aged_months": &settings.AgedMonths, "age_points": &settings.AgePoints} {
		if v.text(name) == "" {
			continue
		}
		if *at, err = v.number(name); err != nil {
			return settings, err
		}
	}
	settings.FourEyes = v.checked("four_eyes")
	settings.Propagate = v.checked("propagate")
	settings.TranslatorsExport = v.checked("translators_export")
	settings.TranslatorsUpload = v.checked("translators_upload")
	settings.Checks = v.checks()
	settings.Terms = v.termSeverities()
	return settings, nil
}

// termSeverities reads the severities that differ from those types of concepts
// have by themselves. A type without a field keeps what it has.
func (v *visit) termSeverities() map[tm.TermType]string {
	own := map[tm.TermType]string{}
	plain := *v.project
	plain.Settings.Terms = nil
	for _, kind := range workbench.TermTypes {
		chosen := v.text("term_" + string(kind))
		if chosen == "" {
			chosen = v.project.Settings.Terms[kind]
		}
		if chosen != "" && chosen != string(workbench.TermSeverity(plain, kind)) {
			own[kind] = chosen
		}
	}
	return own
}

// checks reads the severities that differ from those the checks have by
// themselves. A check without a field keeps what it has.
func (v *visit) checks() map[string]string {
	own := map[string]string{}
	for code, severity := range workbench.CheckSeverities() {
		chosen := v.text("check_" + code)
		if chosen == "" {
			chosen = v.project.Settings.Checks[code]
		}
		if chosen != "" && chosen != string(severity) {
			own[code] = chosen
		}
	}
	return own
}

// archiveProject takes ?archived=0 for the way back.
func (s *Server) archiveProject(v *visit) error {
	archive := v.query("archived") != "0"
	if err := s.work.ArchiveProject(v.ctx(), v.actor(), v.project.ID, archive); err != nil {
		return v.excuse(err, v.settingsPath())
	}
	if archive {
		v.undoable(v.base()+"/archive?archived=0", "project.archived", "name", v.project.Name)
		return v.redirect("/projects")
	}
	v.done("project.unarchived", "name", v.project.Name)
	return v.redirect(v.base())
}

// deleteProject asks for the name to be typed: a whole project is gone from
// sight with it.
func (s *Server) deleteProject(v *visit) error {
	if v.text("confirm") != v.project.Name {
		return v.excuse(tm.NewError(tm.Invalid, "project.confirm", "name", v.project.Name), v.settingsPath())
	}
	if err := s.work.DeleteProject(v.ctx(), v.actor(), v.project.ID); err != nil {
		return v.excuse(err, v.settingsPath())
	}
	v.undoable(fmt.Sprintf("/projects/trash/%d/restore", v.project.ID), "project.deleted", "name", v.project.Name)
	return v.redirect("/projects")
}

type trashPage struct {
	page
	Projects  []workbench.Project
	Documents []workbench.Document
}

func (trashPage) view() string { return "trash" }

func (s *Server) projectTrash(v *visit) error {
	projects, err := s.work.Trash(v.ctx(), v.actor())
	if err != nil {
		return err
	}
	return v.render(http.StatusOK, trashPage{page: v.page(v.T("trash.title")), Projects: projects})
}

// restoreProject does not go through the membership check of the other routes:
// a deleted project exists only for the managers who may bring it back, and the
// workbench knows them.
func (s *Server) restoreProject(v *visit) error {
	id, err := v.id("project")
	if err != nil {
		return err
	}
	if err := s.work.RestoreProject(v.ctx(), v.actor(), tm.ProjectID(id)); err != nil {
		return err
	}
	v.done("project.restored")
	return v.redirect(fmt.Sprintf("/projects/%d", id))
}
