// Package web is Tarjoman in the browser: pages rendered on the server and the
// JSON of the segment editor. Start with [New] and the table in routes.go.
//
// A handler binds its input, calls one method of the workbench, and renders or
// redirects; it returns an error, which errors.go turns into a page or JSON.
// Permissions are checked in the workbench; the table in routes.go says once
// more who comes so far. Words come from locales only.
package web

import (
	"embed"
	"fmt"
	"io/fs"
	"log/slog"
	"net/http"
	"time"

	"github.com/alexedwards/scs/v2"

	"tarjoman/tm/workbench"
)

//go:embed templates
var templates embed.FS

//go:embed assets
var ownAssets embed.FS

//go:embed all:dist
var dist embed.FS

// Config is what the server needs. Workbench must be set; the rest has
// defaults.
type Config struct {
	Workbench *workbench.Workbench
	Clock     func() time.Time // time.Now when nil
	// Assets holds what the build of the browser code made (editor.js, site.js,
	// fonts); the embedded web/dist when nil.
	Assets fs.FS
	// SecureCookies is for servers reached over TLS only: cookies get the
	// attribute Secure and the prefix __Host-.
	SecureCookies bool
	// BaseURL stands before the one-time links shown to administrators,
	// "https://tm.example.org"; without it links are paths. The Host header of
	// a request is never trusted for them.
	BaseURL string
	Logger  *slog.Logger // slog.Default() when nil
}

// Server answers the requests. It is an http.Handler and keeps no state that
// another process could not rebuild.
type Server struct {
	work     *workbench.Workbench
	clock    func() time.Time
	baseURL  string
	secure   bool
	log      *slog.Logger
	sessions *scs.SessionManager
	views    views
	assets   *assets
	routes   []route
	handler  http.Handler
}

// New parses every template, reads the assets and builds the routes. An error
// means that the program itself is broken.
func New(config Config) (*Server, error) {
	s := &Server{
		work:    config.Workbench,
		clock:   config.Clock,
		baseURL: config.BaseURL,
		secure:  config.SecureCookies,
		log:     config.Logger,
	}
	if s.clock == nil {
		s.clock = time.Now
	}
	if s.log == nil {
		s.log = slog.Default()
	}
	if err := s.loadFiles(config.Assets); err != nil {
		return nil, err
	}
	s.sessions = s.newSessions()
	s.routes = s.table()
	s.handler = s.wrap(s.engine())
	return s, nil
}

func (s *Server) loadFiles(built fs.FS) (err error) {
	if built == nil {
		if built, err = fs.Sub(dist, "dist"); err != nil {
			return fmt.Errorf("open built assets: %w", err)
		}
	}
	if s.assets, err = loadAssets(ownAssets, built); err != nil {
		return fmt.Errorf("load assets: %w", err)
	}
	if s.views, err = parseViews(templates); err != nil {
		return fmt.Errorf("parse templates: %w", err)
	}
	if !s.assets.has("editor.js") {
		s.log.Warn("the segment editor is not built; run `make ui`")
	}
	return nil
}

// ServeHTTP implements http.Handler.
func (s *Server) ServeHTTP(w http.ResponseWriter, r *http.Request) { s.handler.ServeHTTP(w, r) }

// HTTPServer returns a server for handler with limits for the open network:
// slow headers, huge headers and idle connections are cut. The time to read a
// body is limited by the handler itself, since uploads may take long.
func HTTPServer(addr string, handler http.Handler) *http.Server {
	return &http.Server{
		Addr:              addr,
		Handler:           handler,
		ReadHeaderTimeout: 5 * time.Second,
		IdleTimeout:       2 * time.Minute,
		WriteTimeout:      30 * time.Minute,
		MaxHeaderBytes:    32 << 10,
	}
}
