package main

import (
	"context"
	"errors"
	"fmt"
	"io/fs"
	"log/slog"
	"net"
	"net/http"
	"net/netip"
	"os"
	"time"

	"github.com/mattn/go-isatty"

	"tarjoman/tm"
	"tarjoman/tm/workbench"
	"tarjoman/web"
)

// serveCmd is the web app.
type serveCmd struct {
	dataFlag
	Addr          string `default:"127.0.0.1:8080" placeholder:"HOST:PORT"`
	Demo          bool
	BaseURL       string `placeholder:"URL"`
	SecureCookies bool
}

// shutdownTime is how long requests may take to end once the server is told to.
const shutdownTime = 10 * time.Second

// Run serves until the context ends, and then ends with status 0.
func (c *serveCmd) Run(ctx context.Context, a *app) error {
	h, err := c.house(ctx, a)
	if err != nil {
		return err
	}
	defer h.close()
	log := a.logger()
	site, err := web.New(web.Config{Workbench: h.w, SecureCookies: c.SecureCookies, BaseURL: c.BaseURL, Logger: log})
	if err != nil {
		return err
	}
	listener, err := net.Listen("tcp", c.Addr)
	if err != nil {
		return wrong("cli.listen", "addr", c.Addr).Wrap(err)
	}
	if err := c.greet(ctx, a, h.w, listener); err != nil {
		return errors.Join(err, listener.Close())
	}
	server := web.HTTPServer(c.Addr, site)
	server.ErrorLog = slog.NewLogLogger(log.Handler(), slog.LevelWarn)
	return serveUntil(ctx, server, listener)
}

// house opens the data unless a server runs on them: this program may be a newer
// one and must not migrate them under its feet.
func (c *serveCmd) house(ctx context.Context, a *app) (*house, error) {
	second := tm.NewError(tm.Busy, "cli.second_server", "dir", c.Data)
	alone, err := free(c.Data)
	switch {
	case errors.Is(err, fs.ErrNotExist): // a new folder
	case err != nil:
		return nil, err
	case !alone:
		return nil, second
	}
	h, err := a.newHouse(ctx, c.Data)
	if err == nil && h.unlock == nil { // another one was faster
		h.close()
		return nil, second
	}
	return h, err
}

// logger writes to standard error: text for people on a terminal, JSON for
// collectors of logs elsewhere.
func (a *app) logger() *slog.Logger {
	if f, ok := a.err.(*os.File); ok && isatty.IsTerminal(f.Fd()) {
		return slog.New(slog.NewTextHandler(a.err, nil))
	}
	return slog.New(slog.NewJSONHandler(a.err, nil))
}

// greet prints the address and what is needed to get in.
func (c *serveCmd) greet(ctx context.Context, a *app, w *workbench.Workbench, listener net.Listener) error {
	if c.Demo {
		logins, err := w.LoadDemo(ctx)
		if err != nil {
			return err
		}
		a.say("cli.demo")
		for _, l := range logins {
			fmt.Fprintf(a.err, "  %-12s %s\n", l.Login, l.Password)
		}
	}
	address := c.BaseURL
	if address == "" {
		address = "http://" + listener.Addr().String()
	}
	if err := c.greetFirst(ctx, a, w, address); err != nil {
		return err
	}
	if !c.SecureCookies && !loopback(listener.Addr()) {
		a.say("cli.no_tls")
	}
	a.say("cli.listening", "address", verbatim(address))
	return nil
}

// greetFirst prints the link that makes the first administrator while there is
// no account.
func (c *serveCmd) greetFirst(ctx context.Context, a *app, w *workbench.Workbench, address string) error {
	needs, err := w.NeedsSetup(ctx)
	if err != nil || !needs {
		return err
	}
	token, err := w.SetupToken(ctx)
	if err != nil {
		return err
	}
	a.say("cli.setup", "link", verbatim(address+"/setup/"+token))
	return nil
}

func loopback(addr net.Addr) bool {
	ap, err := netip.ParseAddrPort(addr.String())
	return err == nil && ap.Addr().Unmap().IsLoopback()
}

// serveUntil serves until the context ends and then lets requests finish.
func serveUntil(ctx context.Context, server *http.Server, listener net.Listener) error {
	failed := make(chan error, 1)
	go func() { failed <- server.Serve(listener) }()
	select {
	case err := <-failed:
		return err
	case <-ctx.Done():
	}
	deadline, cancel := context.WithTimeout(context.WithoutCancel(ctx), shutdownTime)
	defer cancel()
	if err := server.Shutdown(deadline); errors.Is(err, context.DeadlineExceeded) {
		return server.Close()
	}
	return nil
}
