package main

import (
	"context"
	"errors"
	"io"
	"os"
	"strings"

	"github.com/alecthomas/kong"

	"tarjoman/locales"
)

// commands is the grammar. Every flag can also be given in the environment as
// TARJOMAN_ and its name; the words of the help are in locales, keys below
// "cli.help.".
type commands struct {
	Locale string `placeholder:"TAG"`

	Serve serveCmd `cmd:""`

	User struct {
		Add      userAddCmd      `cmd:""`
		List     userListCmd     `cmd:""`
		Password userPasswordCmd `cmd:""`
		Disable  userDisableCmd  `cmd:""`
	} `cmd:""`
	Project struct {
		Create projectCreateCmd `cmd:""`
		List   projectListCmd   `cmd:""`
	} `cmd:""`
	Import importCmd `cmd:""`
	Export exportCmd `cmd:""`
	Memory struct {
		Import memoryImportCmd `cmd:""`
		Export memoryExportCmd `cmd:""`
		Match  memoryMatchCmd  `cmd:""`
		Search memorySearchCmd `cmd:""`
		Verify memoryVerifyCmd `cmd:""`
	} `cmd:""`
	Glossary struct {
		Import  glossaryImportCmd  `cmd:""`
		Export  glossaryExportCmd  `cmd:""`
		Check   glossaryCheckCmd   `cmd:""`
		Extract glossaryExtractCmd `cmd:""`
	} `cmd:""`

	Extract    extractCmd    `cmd:""`
	Merge      mergeCmd      `cmd:""`
	Segment    segmentCmd    `cmd:""`
	Normalize  normalizeCmd  `cmd:""`
	Typography typographyCmd `cmd:""`
	Check      checkCmd      `cmd:""`
	Count      countCmd      `cmd:""`
	Names      namesCmd      `cmd:""`

	Backup  backupCmd  `cmd:""`
	Restore restoreCmd `cmd:""`
	Doctor  doctorCmd  `cmd:""`
	Version versionCmd `cmd:""`
}

// Exit statuses (CLI.md).
const (
	exitDone  = 0
	exitShort = 1 // done, but what was asked to be checked falls short
	exitWrong = 2 // wrong use or unreadable input
)

// errShort ends a command with status 1. What falls short was told already.
var errShort = errors.New("falls short")

// app is what commands work with.
type app struct {
	in       io.Reader
	out, err io.Writer
	p        *locales.Printer
}

// run is the program without the process around it.
func run(ctx context.Context, args []string, in io.Reader, out, errs io.Writer) int {
	a := &app{in: in, out: out, err: errs, p: locales.For(localeWishes(args)...)}
	return a.exit(a.dispatch(ctx, args))
}

// helped is the panic with which kong's exit after --help is unwound.
type helped struct{}

func (a *app) dispatch(ctx context.Context, args []string) (err error) {
	defer func() {
		if p := recover(); p != nil {
			if _, ok := p.(helped); !ok {
				panic(p)
			}
		}
	}()
	var cli commands
	parser, err := kong.New(&cli,
		kong.Name("tarjoman"),
		kong.DefaultEnvars("TARJOMAN"),
		kong.Writers(a.out, a.err),
		kong.Help(a.help),
		kong.Exit(func(int) { panic(helped{}) }),
		kong.BindTo(ctx, (*context.Context)(nil)),
		kong.Bind(a),
	)
	if err != nil {
		return err
	}
	command, err := parser.Parse(args)
	if err != nil {
		return usageError{err}
	}
	return command.Run()
}

// exit prints what went wrong and returns the status for it.
func (a *app) exit(err error) int {
	switch {
	case err == nil:
		return exitDone
	case errors.Is(err, errShort):
		return exitShort
	}
	a.complain(err)
	return exitWrong
}

// localeWishes returns the languages asked for, the strongest wish first: the
// flag, Tarjoman's own variable, the locale of the system.
func localeWishes(args []string) []string {
	wishes := []string{localeFlag(args)}
	for _, name := range []string{"TARJOMAN_LOCALE", "LC_ALL", "LC_MESSAGES", "LANG"} {
		// fa_IR.UTF-8@calendar names the language fa-IR.
		tag, _, _ := strings.Cut(os.Getenv(name), ".")
		tag, _, _ = strings.Cut(tag, "@")
		wishes = append(wishes, strings.ReplaceAll(tag, "_", "-"))
	}
	return wishes
}

// localeFlag finds --locale before the grammar is read, because the grammar's
// help needs it already.
func localeFlag(args []string) string {
	for i, arg := range args {
		if value, ok := strings.CutPrefix(arg, "--locale="); ok {
			return value
		}
		if arg == "--locale" && i+1 < len(args) {
			return args[i+1]
		}
	}
	return ""
}
