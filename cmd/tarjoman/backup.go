package main

import (
	"context"
	"errors"
	"io"
	"os"
	"path/filepath"

	"tarjoman/tm"
	"tarjoman/tm/store"
)

// backupCmd copies the database while others work with it.
type backupCmd struct {
	dataFlag
	Output string `short:"o" required:"" placeholder:"FILE"`
}

func (c *backupCmd) Run(ctx context.Context, a *app) error {
	h, err := a.house(ctx, c.Data)
	if err != nil {
		return err
	}
	defer h.close()
	if err := h.db.Backup(ctx, c.Output); err != nil {
		return err
	}
	a.say("cli.backed_up", "file", c.Output)
	return nil
}

// restoreCmd makes a data folder from a backup.
type restoreCmd struct {
	dataFlag
	File string `arg:""`
}

// Run never replaces a database: whoever restores moves the old one away first.
// The copy is checked under another name before it becomes the database.
func (c *restoreCmd) Run(ctx context.Context, a *app) error {
	if err := os.MkdirAll(c.Data, 0o700); err != nil {
		return err
	}
	unlock, err := lock(filepath.Join(c.Data, lockName))
	if errors.Is(err, errLocked) {
		err = tm.NewError(tm.Busy, "cli.server_runs", "dir", c.Data)
	}
	if err != nil {
		return err
	}
	defer unlock()
	path := filepath.Join(c.Data, databaseName)
	if _, err := os.Lstat(path); err == nil {
		return wrong("cli.restore_over", "dir", c.Data)
	}
	part := path + ".part"
	if err := c.copyTo(ctx, a, part); err != nil {
		return errors.Join(err, os.RemoveAll(part))
	}
	// What lies beside is of the database that was here before.
	if err := os.RemoveAll(filepath.Join(c.Data, indexName)); err != nil {
		return errors.Join(err, os.RemoveAll(part))
	}
	if err := os.Rename(part, path); err != nil {
		return err
	}
	a.say("cli.restored", "dir", c.Data)
	return nil
}

func (c *restoreCmd) copyTo(ctx context.Context, a *app, part string) error {
	in, err := a.open(c.File)
	if err != nil {
		return err
	}
	defer in.Close()
	out, err := os.OpenFile(part, os.O_CREATE|os.O_WRONLY|os.O_TRUNC, 0o600)
	if err != nil {
		return err
	}
	bar := a.progress(filepath.Base(c.File), sizeOf(in))
	_, err = io.Copy(out, io.TeeReader(in, bar))
	bar.end()
	if err := errors.Join(err, out.Sync(), out.Close()); err != nil {
		return err
	}
	return checkDatabase(ctx, c.File, part)
}

// checkDatabase verifies a copy; name is the file people know.
func checkDatabase(ctx context.Context, name, path string) error {
	db, err := store.Open(ctx, path)
	if err != nil && tm.CodeOf(err) == "" {
		err = wrong("cli.not_database").Wrap(err)
	}
	if err != nil {
		return inFile{name, err}
	}
	faults, err := db.Check(ctx)
	if err == nil && len(faults) > 0 {
		err = wrong("cli.damaged", "count", len(faults), "first", faults[0])
	}
	if err != nil {
		err = inFile{name, err}
	}
	return errors.Join(err, db.Close())
}
