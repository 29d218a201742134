package workbench

import (
	"bytes"
	"context"
	_ "embed"
	"io"

	"golang.org/x/text/language"

	"tarjoman/tm"
	"tarjoman/tm/store"
)

// The sample project; all of it was written for Tarjoman.
var (
	//go:embed demo/bridge-reopens.en.html
	demoArticle []byte
	//go:embed demo/terms.tsv
	demoTerms []byte
	//go:embed demo/memory.tsv
	demoMemory []byte
)

// demoAccounts are the log-ins of the sample project. Their passwords are
// public: they are made only on request and only for trying things out.
var demoAccounts = []struct {
	NewAccount
	role Role
}{
	{NewAccount{Login: "admin", Name: "Arash", Password: "bridge-over-the-dez-1", Admin: true}, Manager},
	{NewAccount{Login: "translator", Name: "Laleh", Password: "bridge-over-the-dez-2"}, Translator},
	{NewAccount{Login: "reviewer", Name: "Nader", Password: "bridge-over-the-dez-3"}, Reviewer},
}

const demoProject = "Demo: news"

// LoadDemo makes a sample project with three accounts, a glossary, a memory and
// an article, unless it exists, and returns the log-ins.
func (w *Workbench) LoadDemo(ctx context.Context) ([]NewAccount, error) {
	var logins []NewAccount
	var actors []Actor
	for _, d := range demoAccounts {
		acc, err := w.AccountByLogin(ctx, d.Login)
		if tm.KindOf(err) == tm.NotFound {
			acc, err = w.AddAccountFromConsole(ctx, Actor{Name: "demo"}, d.NewAccount)
		}
		if err != nil {
			return nil, err
		}
		logins = append(logins, d.NewAccount)
		actors = append(actors, Actor{Account: acc.ID, Name: acc.Name, Admin: acc.Admin})
	}
	known, err := w.hasDemo(ctx, actors[0])
	if err != nil || known {
		return logins, err
	}
	return logins, w.makeDemo(ctx, actors[0])
}

// hasDemo reports whether the sample project exists, in the trash or not.
func (w *Workbench) hasDemo(ctx context.Context, a Actor) (bool, error) {
	for _, deleted := range []bool{false, true} {
		list, err := w.db.Projects(ctx, a.Account, deleted)
		if err != nil {
			return false, err
		}
		for _, p := range list {
			if p.Name == demoProject {
				return true, nil
			}
		}
	}
	return false, nil
}

func (w *Workbench) makeDemo(ctx context.Context, a Actor) error {
	p, err := w.CreateProject(ctx, a, demoProject, language.English, language.Persian)
	if err != nil {
		return err
	}
	for _, d := range demoAccounts[1:] {
		if err := w.SetMember(ctx, a, p.ID, d.Login, d.role); err != nil {
			return err
		}
	}
	if err := w.fillDemo(ctx, a, p); err != nil {
		return err
	}
	_, err = w.Import(ctx, a, p.ID, Upload{Name: "bridge-reopens.en.html", Data: demoArticle})
	return err
}

// fillDemo loads the terms and the units of the sample project.
func (w *Workbench) fillDemo(ctx context.Context, a Actor, p Project) error {
	glossaries, err := w.db.Glossaries(ctx, p.ID)
	if err != nil {
		return err
	}
	if _, err := w.ImportGlossary(ctx, a, p.ID, glossaries[0].ID, "terms.tsv", demoTerms); err != nil {
		return err
	}
	m, err := writeMemory(ctx, w.db, p.ID)
	if err != nil {
		return err
	}
	job, err := w.ImportMemory(ctx, a, p.ID, m, "memory.tsv", int64(len(demoMemory)), io.NopCloser(bytes.NewReader(demoMemory)))
	if err != nil {
		return err
	}
	if job, err = w.WaitJob(ctx, a, p.ID, job.ID); err == nil && job.State != store.JobDone {
		err = job.Error
	}
	return err
}
