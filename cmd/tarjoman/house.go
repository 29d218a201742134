package main

import (
	"context"
	"errors"
	"io/fs"
	"os"
	"path/filepath"
	"runtime/debug"
	"strconv"
	"strings"

	"tarjoman/tm"
	"tarjoman/tm/format/all"
	"tarjoman/tm/store"
	"tarjoman/tm/workbench"
)

// dataFlag says where the data are.
type dataFlag struct {
	Data string `default:"./data" placeholder:"DIR"`
}

// projectFlags name a project and who acts in it.
type projectFlags struct {
	dataFlag
	Project string `placeholder:"NAME"`
	As      string `placeholder:"LOGIN"`
}

// A house is a data folder with its database open.
type house struct {
	dir    string
	db     *store.DB
	w      *workbench.Workbench // nil unless opened by [app.work]
	unlock func()               // nil while another process holds the lock
}

const (
	databaseName = "tarjoman.db"
	lockName     = "tarjoman.lock"
	indexName    = "index-1.bin" // of the memories; derived from the database
)

// house opens the database of a data folder that exists, for commands that look
// only.
func (a *app) house(ctx context.Context, dir string) (*house, error) {
	h, err := existing(ctx, dir)
	if err == nil && h.unlock != nil { // nobody need wait for those who look
		h.unlock()
		h.unlock = nil
	}
	return h, err
}

// work opens the workbench of a data folder that exists. While a server runs on
// the same data its jobs are left alone.
func (a *app) work(ctx context.Context, dir string) (*house, error) {
	h, err := existing(ctx, dir)
	if err != nil {
		return nil, err
	}
	return h, h.start(ctx, a, true)
}

// newHouse is work for commands that may be the first one: it makes the folder
// and the database.
func (a *app) newHouse(ctx context.Context, dir string) (*house, error) {
	if err := os.MkdirAll(dir, 0o700); err != nil {
		return nil, err
	}
	h, err := openHouse(ctx, dir)
	if err != nil {
		return nil, err
	}
	return h, h.start(ctx, a, false)
}

// free tells whether no other process holds the lock of a folder.
func free(dir string) (bool, error) {
	unlock, err := lock(filepath.Join(dir, lockName))
	if errors.Is(err, errLocked) {
		return false, nil
	}
	if err == nil {
		unlock()
	}
	return err == nil, err
}

func existing(ctx context.Context, dir string) (*house, error) {
	if _, err := os.Stat(filepath.Join(dir, databaseName)); errors.Is(err, fs.ErrNotExist) {
		return nil, wrong("cli.no_database", "dir", dir)
	}
	return openHouse(ctx, dir)
}

// openHouse takes the lock, when it is free, before it touches the database:
// opening one may migrate it.
func openHouse(ctx context.Context, dir string) (*house, error) {
	unlock, err := lock(filepath.Join(dir, lockName))
	if err != nil && !errors.Is(err, errLocked) {
		return nil, err
	}
	db, err := store.Open(ctx, filepath.Join(dir, databaseName))
	if err != nil {
		if unlock != nil {
			unlock()
		}
		return nil, err
	}
	return &house{dir: dir, db: db, unlock: unlock}, nil
}

// start opens the workbench; on an error the house is closed. A lazy one loads
// the memories when they are asked.
func (h *house) start(ctx context.Context, a *app, lazy bool) (err error) {
	collectOften()
	h.w, err = workbench.Open(ctx, workbench.Config{
		DB: h.db, Formats: all.Formats(), Beside: h.unlock == nil, Index: h.index(), Lazy: lazy, Report: a.complain,
	})
	if err != nil {
		h.close()
	}
	return err
}

// collectOften sets how much garbage the process holds, as a share of what is
// in use, unless GOGC says it. Most in use is the index of the memories: it is
// large, so that the usual 100 percent would double it, and has hardly any
// pointers, so that a collection costs little.
func collectOften() {
	const percent = 40
	if os.Getenv("GOGC") == "" {
		debug.SetGCPercent(percent)
	}
}

// index is the file of the index of the memories.
func (h *house) index() string { return filepath.Join(h.dir, indexName) }

// alone refuses to go on while a server runs: it holds memories and glossaries
// in its process and would not learn of the change.
func (h *house) alone() error {
	if h.unlock == nil {
		return tm.NewError(tm.Busy, "cli.server_runs", "dir", h.dir)
	}
	return nil
}

func (h *house) close() {
	if h.w != nil {
		h.w.Close()
	}
	_ = h.db.Close()
	if h.unlock != nil {
		h.unlock()
	}
}

// console is who acts when nobody in particular does.
var console = workbench.Actor{Name: "console", Addr: "console"}

// projects lists every project that is not in the trash.
func (h *house) projects(ctx context.Context) ([]workbench.Project, error) {
	accounts, err := h.db.Accounts(ctx)
	if err != nil {
		return nil, err
	}
	seen := map[tm.ProjectID]bool{}
	var list []workbench.Project
	for _, account := range accounts {
		mine, err := h.db.Projects(ctx, account.ID, false)
		if err != nil {
			return nil, err
		}
		for _, p := range mine {
			if !seen[p.ID] {
				seen[p.ID] = true
				list = append(list, p)
			}
		}
	}
	return list, nil
}

// project finds a project by name or number; "" is the only one there is.
func (h *house) project(ctx context.Context, name string) (workbench.Project, error) {
	list, err := h.projects(ctx)
	if err != nil {
		return workbench.Project{}, err
	}
	return pick(list, name, "project", func(p workbench.Project) (int64, string) { return int64(p.ID), p.Name })
}

// pick finds the one of a list that has a name or number; "" is the only one
// there is.
func pick[T any](list []T, name, kind string, of func(T) (int64, string)) (T, error) {
	var found []T
	var names []string
	for _, item := range list {
		id, label := of(item)
		names = append(names, label)
		if name == "" || name == label || name == strconv.FormatInt(id, 10) {
			found = append(found, item)
		}
	}
	if len(found) == 1 {
		return found[0], nil
	}
	var none T
	code := "cli." + kind + "_unknown"
	if len(found) > 1 {
		code = "cli." + kind + "_doubtful"
	}
	return none, wrong(code, "name", name, "known", strings.Join(names, ", "))
}

// actor is the account that acts in a project: the one named, or else its first
// manager. Whoever has the data folder may be anybody.
func (h *house) actor(ctx context.Context, login string, project tm.ProjectID) (workbench.Actor, error) {
	if login != "" {
		return h.account(ctx, login)
	}
	members, err := h.db.Members(ctx, project)
	if err != nil {
		return console, err
	}
	if len(members) == 0 || members[0].Role != workbench.Manager {
		return console, wrong("cli.no_manager")
	}
	return workbench.Actor{Account: members[0].Account, Name: members[0].Name, Addr: "console"}, nil
}

func (h *house) account(ctx context.Context, login string) (workbench.Actor, error) {
	account, _, err := h.db.AccountByLogin(ctx, login)
	if errors.Is(err, store.NotFound) {
		return console, wrong("cli.account_unknown", "login", login)
	}
	return workbench.Actor{Account: account.ID, Name: account.Name, Admin: account.Admin, Addr: "console"}, err
}

// in opens the workbench with a project and its actor.
func (f projectFlags) in(ctx context.Context, a *app) (*house, workbench.Project, workbench.Actor, error) {
	h, err := a.work(ctx, f.Data)
	if err != nil {
		return nil, workbench.Project{}, console, err
	}
	p, err := h.project(ctx, f.Project)
	if err != nil {
		h.close()
		return nil, p, console, err
	}
	who, err := h.actor(ctx, f.As, p.ID)
	if err != nil {
		h.close()
		return nil, p, who, err
	}
	return h, p, who, nil
}
