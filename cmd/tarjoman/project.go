package main

import (
	"context"
	"fmt"
	"strings"

	"golang.org/x/text/language"

	"tarjoman/tm"
	"tarjoman/tm/workbench"
)

// projectCreateCmd makes a project.
type projectCreateCmd struct {
	dataFlag
	Name    string       `required:"" placeholder:"NAME"`
	Source  language.Tag `default:"en" placeholder:"TAG"`
	Target  language.Tag `default:"fa" placeholder:"TAG"`
	Manager string       `placeholder:"LOGIN"`
}

// Run prints the number of the project. Its manager is the account named, or
// else the first administrator.
func (c *projectCreateCmd) Run(ctx context.Context, a *app) error {
	h, err := a.work(ctx, c.Data)
	if err != nil {
		return err
	}
	defer h.close()
	who, err := h.manager(ctx, c.Manager)
	if err != nil {
		return err
	}
	p, err := h.w.CreateProject(ctx, who, c.Name, c.Source, c.Target)
	if err != nil {
		return err
	}
	a.printRow(p.ID)
	return nil
}

// manager is the account that will manage a new project.
func (h *house) manager(ctx context.Context, login string) (workbench.Actor, error) {
	if login != "" {
		return h.account(ctx, login)
	}
	accounts, err := h.db.Accounts(ctx)
	if err != nil {
		return console, err
	}
	for _, account := range accounts {
		if account.Admin && !account.Disabled {
			return h.account(ctx, account.Login)
		}
	}
	return console, wrong("cli.no_admin")
}

// projectListCmd lists the projects.
type projectListCmd struct{ dataFlag }

// Run prints number, name, languages, documents and how many percent of the
// words are translated and approved, divided by tabs.
func (c *projectListCmd) Run(ctx context.Context, a *app) error {
	h, err := a.house(ctx, c.Data)
	if err != nil {
		return err
	}
	defer h.close()
	list, err := h.projects(ctx)
	if err != nil {
		return err
	}
	for _, p := range list {
		pair := p.Source.String() + ">" + p.Target.String()
		a.printRow(p.ID, p.Name, pair, p.Documents,
			p.Progress.Percent(tm.Translated, tm.Approved), p.Progress.Percent(tm.Approved))
	}
	return nil
}

// printRow writes cells divided by tabs, one row a line.
func (a *app) printRow(cells ...any) {
	texts := make([]string, len(cells))
	for i, cell := range cells {
		texts[i] = strings.NewReplacer("\t", " ", "\n", " ", "\r", " ").Replace(fmt.Sprint(cell))
	}
	fmt.Fprintln(a.out, strings.Join(texts, "\t"))
}
