package main

import (
	"context"
	"fmt"
	"os"
	"path/filepath"
	"strings"

	"tarjoman/tm/workbench"
	"tarjoman/web"
)

// doctorCmd looks whether all is well.
type doctorCmd struct{ dataFlag }

// leastSpace is how many bytes should be free for the data.
const leastSpace = 512 << 20

// finding is one line of the report.
type finding struct {
	subject string
	text    string
	bad     bool
}

// Run prints a line for each thing it looked at: "ok" or "bad", what, and what
// was found, divided by tabs. Status 1 tells that something is bad.
func (c *doctorCmd) Run(ctx context.Context, a *app) error {
	h, err := a.house(ctx, c.Data)
	if err != nil {
		return err
	}
	defer h.close()
	looks := []func(context.Context, *app, *house) (finding, error){
		versions, integrity, index, privacy, space, browser, accounts, running,
	}
	falls := error(nil)
	for _, look := range looks {
		f, err := look(ctx, a, h)
		if err != nil {
			return err
		}
		mark := "ok"
		if f.bad {
			mark, falls = "bad", errShort
		}
		a.printRow(mark, f.subject, f.text)
	}
	return falls
}

func versions(ctx context.Context, _ *app, h *house) (finding, error) {
	sqlite, schema, err := h.db.Versions(ctx)
	return finding{"versions", fmt.Sprintf("tarjoman %s, SQLite %s, schema %d", version, sqlite, schema), false}, err
}

func integrity(ctx context.Context, a *app, h *house) (finding, error) {
	faults, err := h.db.Check(ctx)
	if len(faults) == 0 {
		return finding{"integrity", a.p.T("cli.doctor.sound"), false}, err
	}
	return finding{"integrity", strings.Join(faults, "; "), true}, err
}

// index looks at the file of the index of the memories. It is made anew when it
// is missing, so nothing is bad about that.
func index(ctx context.Context, a *app, h *house) (finding, error) {
	state, size, err := workbench.LookAtIndex(ctx, h.db, h.index())
	return finding{"index", a.p.T("cli.doctor.index."+string(state), "size", verbatim(a.p.Bytes(size))), false}, err
}

// privacy looks whether others on the machine can read the data.
func privacy(_ context.Context, a *app, h *house) (finding, error) {
	for _, name := range []string{h.dir, filepath.Join(h.dir, databaseName)} {
		info, err := os.Stat(name)
		if err != nil {
			return finding{}, err
		}
		if info.Mode().Perm()&0o077 == 0 {
			return finding{"privacy", a.p.T("cli.doctor.private"), false}, nil
		}
	}
	return finding{"privacy", a.p.T("cli.doctor.readable", "dir", h.dir), true}, nil
}

func space(_ context.Context, a *app, h *house) (finding, error) {
	free, err := freeSpace(h.dir)
	return finding{"space", a.p.T("cli.doctor.free", "size", verbatim(a.p.Bytes(free))), free < leastSpace}, err
}

// browser looks whether the code for the browser was built into the program.
func browser(_ context.Context, a *app, _ *house) (finding, error) {
	if missing := web.Missing(); len(missing) > 0 {
		return finding{"browser", a.p.T("cli.doctor.not_built", "files", strings.Join(missing, ", ")), true}, nil
	}
	return finding{"browser", a.p.T("cli.doctor.built"), false}, nil
}

func accounts(ctx context.Context, a *app, h *house) (finding, error) {
	n, err := h.db.CountAdmins(ctx)
	return finding{"accounts", a.p.N("cli.doctor.admins", int(n)), n == 0}, err
}

func running(_ context.Context, a *app, h *house) (finding, error) {
	alone, err := free(h.dir)
	if alone {
		return finding{"server", a.p.T("cli.doctor.stopped"), false}, err
	}
	return finding{"server", a.p.T("cli.doctor.running"), false}, err
}
