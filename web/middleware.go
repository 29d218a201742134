package web

import (
	"context"
	"crypto/rand"
	"fmt"
	"io"
	"net/http"
	"runtime/debug"
	"strings"
	"time"

	"github.com/gin-gonic/gin"

	"tarjoman/tm"
)

// wrap puts what every request needs around the engine, outermost first:
// a request id, headers, compression, the refusal of cross-site changes, and
// the session for everything but assets and probes.
func (s *Server) wrap(engine http.Handler) http.Handler {
	origin := http.NewCrossOriginProtection()
	origin.SetDenyHandler(http.HandlerFunc(s.denyCrossSite))
	withSession := s.sessions.LoadAndSave(engine)
	inner := http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		if sessionless(r.URL.Path) {
			engine.ServeHTTP(w, r)
			return
		}
		withSession.ServeHTTP(w, r)
	})
	return s.identify(s.headers(compress(origin.Handler(inner))))
}

func sessionless(path string) bool {
	return path == "/healthz" || path == "/readyz" || strings.HasPrefix(path, "/assets/")
}

// about is what the middleware knows about a request.
type about struct {
	id    string // names the request in the log and on the page of an internal error
	nonce string // of the styles CodeMirror adds
}

type aboutKey struct{}

func aboutOf(ctx context.Context) about {
	a, _ := ctx.Value(aboutKey{}).(about)
	return a
}

func (s *Server) identify(next http.Handler) http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		a := about{id: strings.ToLower(rand.Text()[:12]), nonce: rand.Text()}
		w.Header().Set("X-Request-Id", a.id)
		next.ServeHTTP(w, r.WithContext(context.WithValue(r.Context(), aboutKey{}, a)))
	})
}

// policy allows our own files only. Styles carry a nonce because CodeMirror
// writes its style element at run time.
const policy = "default-src 'none'; script-src 'self'; style-src 'self' 'nonce-%s'; img-src 'self' data:; " +
	"font-src 'self'; connect-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'; " +
	"require-trusted-types-for 'script'"

func (s *Server) headers(next http.Handler) http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		h := w.Header()
		h.Set("Content-Security-Policy", fmt.Sprintf(policy, aboutOf(r.Context()).nonce))
		h.Set("X-Content-Type-Options", "nosniff")
		h.Set("X-Frame-Options", "DENY")
		h.Set("Referrer-Policy", "same-origin")
		h.Set("Cross-Origin-Opener-Policy", "same-origin")
		h.Set("Cross-Origin-Resource-Policy", "same-origin")
		h.Set("Permissions-Policy", "camera=(), geolocation=(), microphone=()")
		h.Set("Cache-Control", "no-store")
		if s.secure {
			h.Set("Strict-Transport-Security", "max-age=31536000")
		}
		next.ServeHTTP(w, r)
	})
}

func (s *Server) denyCrossSite(w http.ResponseWriter, r *http.Request) {
	v := &visit{s: s, w: w, r: r, Printer: s.printer(r, "")}
	v.fail(tm.NewError(tm.Forbidden, "request.cross_site"))
}

// recovery answers a panic with the neutral page and logs it once.
func (s *Server) recovery(c *gin.Context) {
	defer func() {
		cause := recover()
		if cause == nil {
			return
		}
		if cause == http.ErrAbortHandler {
			panic(cause)
		}
		s.log.Error("panic", "request", aboutOf(c.Request.Context()).id, "path", c.FullPath(), "cause", cause, "stack", string(debug.Stack()))
		c.Abort()
		if !c.Writer.Written() {
			s.visitor(c).fail(fmt.Errorf("panic: %v", cause))
		}
	}()
	c.Next()
}

// How long a body may pause, and how large it may be.
const (
	bodyPause   = 30 * time.Second
	smallBody   = 1 << 20
	uploadBody  = 80 << 20 // several documents at once, each at most uploadFile
	uploadFile  = 64 << 20
	memoryBody  = 1 << 30 // exchange files of memories are read from disk, not from RAM
	uploadParts = 100
)

// limitBody bounds the size of the body and lets each read take bodyPause.
func limitBody(c *gin.Context, limit int64) {
	control := http.NewResponseController(c.Writer)
	body := http.MaxBytesReader(c.Writer, c.Request.Body, limit)
	c.Request.Body = &patientBody{ReadCloser: body, deadline: control.SetReadDeadline}
}

// patientBody moves the read deadline of the connection along with the body. It
// clears the deadline at the end, for a passed deadline would cancel the
// request.
type patientBody struct {
	io.ReadCloser
	deadline func(time.Time) error
}

func (b *patientBody) Read(p []byte) (int, error) {
	_ = b.deadline(time.Now().Add(bodyPause)) // not supported by test recorders
	n, err := b.ReadCloser.Read(p)
	_ = b.deadline(time.Time{})
	return n, err
}
