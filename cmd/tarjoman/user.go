package main

import (
	"bufio"
	"context"
	"errors"
	"io"
	"os"
	"strings"

	"github.com/mattn/go-isatty"

	"tarjoman/tm/workbench"
)

// userAddCmd adds an account.
type userAddCmd struct {
	dataFlag
	Login string `arg:""`
	Name  string `placeholder:"NAME"`
	Admin bool
}

// Run may be the first command on a folder; the first account must be able to
// make others.
func (c *userAddCmd) Run(ctx context.Context, a *app) error {
	h, err := a.newHouse(ctx, c.Data)
	if err != nil {
		return err
	}
	defer h.close()
	first, err := h.w.NeedsSetup(ctx)
	if err != nil {
		return err
	}
	if first && !c.Admin {
		return wrong("cli.first_admin")
	}
	password, err := a.password()
	if err != nil {
		return err
	}
	n := workbench.NewAccount{Login: c.Login, Name: c.Name, Password: password, Admin: c.Admin}
	if _, err := h.w.AddAccountFromConsole(ctx, console, n); err != nil {
		return err
	}
	a.say("cli.user_added", "login", c.Login)
	return nil
}

// password reads a line from standard input.
func (a *app) password() (string, error) {
	if f, ok := a.in.(*os.File); ok && isatty.IsTerminal(f.Fd()) {
		a.say("cli.password_prompt")
	}
	line, err := bufio.NewReader(io.LimitReader(a.in, 4096)).ReadString('\n')
	if err != nil && !errors.Is(err, io.EOF) {
		return "", err
	}
	return strings.TrimRight(line, "\r\n"), nil
}

// userListCmd lists the accounts.
type userListCmd struct{ dataFlag }

// Run prints log-in name, display name, marks and the last log-in, divided by
// tabs.
func (c *userListCmd) Run(ctx context.Context, a *app) error {
	h, err := a.house(ctx, c.Data)
	if err != nil {
		return err
	}
	defer h.close()
	accounts, err := h.db.Accounts(ctx)
	if err != nil {
		return err
	}
	for _, account := range accounts {
		mark, seen := "", ""
		switch {
		case account.Disabled:
			mark = "disabled"
		case account.Admin:
			mark = "admin"
		}
		if !account.LastSeen.IsZero() {
			seen = account.LastSeen.Format("2006-01-02 15:04")
		}
		a.printRow(account.Login, account.Name, mark, seen)
	}
	return nil
}

// userPasswordCmd sets a password.
type userPasswordCmd struct {
	dataFlag
	Login string `arg:""`
}

func (c *userPasswordCmd) Run(ctx context.Context, a *app) error {
	h, err := a.work(ctx, c.Data)
	if err != nil {
		return err
	}
	defer h.close()
	who, err := h.account(ctx, c.Login)
	if err != nil {
		return err
	}
	password, err := a.password()
	if err != nil {
		return err
	}
	if err := h.w.SetPasswordFromConsole(ctx, console, who.Account, password); err != nil {
		return err
	}
	a.say("cli.password_set", "login", c.Login)
	return nil
}

// userDisableCmd closes an account, or opens it again.
type userDisableCmd struct {
	dataFlag
	Login  string `arg:""`
	Enable bool
}

func (c *userDisableCmd) Run(ctx context.Context, a *app) error {
	h, err := a.work(ctx, c.Data)
	if err != nil {
		return err
	}
	defer h.close()
	who, err := h.account(ctx, c.Login)
	if err != nil {
		return err
	}
	if err := h.w.SetDisabledFromConsole(ctx, console, who.Account, !c.Enable); err != nil {
		return err
	}
	key := "cli.user_disabled"
	if c.Enable {
		key = "cli.user_enabled"
	}
	a.say(key, "login", c.Login)
	return nil
}
