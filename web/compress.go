package web

import (
	"compress/gzip"
	"net/http"
	"strings"
	"sync"
)

// compressible lists the content types worth compressing; fonts and office
// documents are compressed already.
var compressible = []string{"text/", "application/json", "application/javascript", "image/svg+xml", "application/xml"}

var gzipWriters = sync.Pool{New: func() any {
	w, _ := gzip.NewWriterLevel(nil, gzip.BestSpeed) // the level is valid
	return w
}}

// compress sends answers gzipped to those who take it.
func compress(next http.Handler) http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		w.Header().Add("Vary", "Accept-Encoding")
		if !strings.Contains(r.Header.Get("Accept-Encoding"), "gzip") || r.Method == http.MethodHead {
			next.ServeHTTP(w, r)
			return
		}
		gz := &gzipResponse{ResponseWriter: w}
		defer gz.close()
		next.ServeHTTP(gz, r)
	})
}

// gzipResponse decides at the first header whether to compress.
type gzipResponse struct {
	http.ResponseWriter
	decided bool
	zip     *gzip.Writer
}

func (g *gzipResponse) WriteHeader(status int) {
	g.decide(status)
	g.ResponseWriter.WriteHeader(status)
}

func (g *gzipResponse) Write(p []byte) (int, error) {
	if !g.decided {
		g.WriteHeader(http.StatusOK)
	}
	if g.zip != nil {
		return g.zip.Write(p)
	}
	return g.ResponseWriter.Write(p)
}

func (g *gzipResponse) decide(status int) {
	if g.decided || status < 200 {
		return
	}
	g.decided = true
	h := g.Header()
	if status == http.StatusNoContent || status == http.StatusNotModified || h.Get("Content-Encoding") != "" || !worthIt(h.Get("Content-Type")) {
		return
	}
	h.Set("Content-Encoding", "gzip")
	h.Del("Content-Length")
	g.zip = gzipWriters.Get().(*gzip.Writer)
	g.zip.Reset(g.ResponseWriter)
}

func worthIt(contentType string) bool {
	for _, prefix := range compressible {
		if strings.HasPrefix(contentType, prefix) {
			return true
		}
	}
	return false
}

func (g *gzipResponse) close() {
	if g.zip == nil {
		return
	}
	_ = g.zip.Close() // the connection is gone; nobody is left to tell
	gzipWriters.Put(g.zip)
}

// Unwrap lets http.ResponseController reach the connection.
func (g *gzipResponse) Unwrap() http.ResponseWriter { return g.ResponseWriter }
