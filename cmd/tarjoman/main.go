// Command tarjoman is the translation-memory workbench: the web server, and
// everything it can do with language and files for scripts.
//
// The grammar of the command line is in cli.go, one file per command beside it.
// Results go to standard output, words for people to standard error, through
// locales. The script tests in testdata show every command at work.
package main

import (
	"context"
	"os"
	"os/signal"
	"syscall"
)

func main() {
	ctx, stop := signal.NotifyContext(context.Background(), os.Interrupt, syscall.SIGTERM)
	code := run(ctx, os.Args[1:], os.Stdin, os.Stdout, os.Stderr)
	stop()
	os.Exit(code)
}
