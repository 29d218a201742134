package web

import (
	"context"
	"encoding/json"
	"mime"
	"net"
	"net/http"
	"net/url"
	"strconv"
	"strings"
	"unicode/utf8"

	"github.com/gin-gonic/gin"

	"tarjoman/tm"
	"tarjoman/tm/workbench"
)

// A visit is one request: who asks, in which language, for which project. The
// routing fills it before the handler runs.
type visit struct {
	Printer
	s       *Server
	c       *gin.Context // nil before routing
	w       http.ResponseWriter
	r       *http.Request
	account workbench.Account  // the zero Account when nobody is logged in
	project *workbench.Project // of the path; nil elsewhere
}

func (s *Server) visitor(c *gin.Context) *visit {
	if v, ok := c.Get(visitKey); ok {
		return v.(*visit)
	}
	return &visit{s: s, c: c, w: c.Writer, r: c.Request, Printer: s.printer(c.Request, "")}
}

const visitKey = "visit"

func (v *visit) ctx() context.Context { return v.r.Context() }

func (v *visit) signedIn() bool { return v.account.ID != 0 }

// actor returns who asks the workbench.
func (v *visit) actor() workbench.Actor {
	return workbench.Actor{Account: v.account.ID, Name: v.account.Name, Admin: v.account.Admin, Addr: v.addr()}
}

// addr returns the address of the socket. Headers of proxies are not trusted.
func (v *visit) addr() string {
	host, _, err := net.SplitHostPort(v.r.RemoteAddr)
	if err != nil {
		return v.r.RemoteAddr
	}
	return host
}

// id returns a number of the path; what is not one does not exist.
func (v *visit) id(name string) (int64, error) {
	n, err := strconv.ParseInt(v.c.Param(name), 10, 64)
	if err != nil || n <= 0 {
		return 0, errNotFound
	}
	return n, nil
}

var errNotFound = tm.NewError(tm.NotFound, "page.not_found")

// text returns a field of the form without the white space around it.
func (v *visit) text(name string) string { return strings.TrimSpace(v.r.PostFormValue(name)) }

// secret returns a field as typed: passwords.
func (v *visit) secret(name string) string { return v.r.PostFormValue(name) }

// checked reports whether a box of the form is ticked.
func (v *visit) checked(name string) bool { return v.r.PostFormValue(name) != "" }

// number returns a number of the form or query; digits may be Persian or Arabic.
func (v *visit) number(name string) (int, error) {
	n, err := strconv.Atoi(latinDigits(strings.TrimSpace(v.r.FormValue(name))))
	if err != nil {
		return 0, tm.NewError(tm.Invalid, "form.number", "field", name)
	}
	return n, nil
}

func latinDigits(s string) string {
	return strings.Map(func(r rune) rune {
		switch {
		case r >= '۰' && r <= '۹':
			return r - '۰' + '0'
		case r >= '٠' && r <= '٩':
			return r - '٠' + '0'
		}
		return r
	}, s)
}

// query returns a parameter of the URL.
func (v *visit) query(name string) string { return strings.TrimSpace(v.r.URL.Query().Get(name)) }

// offset returns where a list begins; nonsense begins at the start.
func (v *visit) offset() int {
	n, err := strconv.Atoi(v.r.URL.Query().Get("offset"))
	if err != nil || n < 0 {
		return 0
	}
	return min(n, 1<<30)
}

// readable refuses input that no browser sends: NUL or broken UTF-8 in the path,
// the query or a form.
func readable(parts ...string) bool {
	for _, p := range parts {
		if strings.ContainsRune(p, 0) || !utf8.ValidString(p) {
			return false
		}
	}
	return true
}

func readableValues(values url.Values) bool {
	for name, list := range values {
		if !readable(name) || !readable(list...) {
			return false
		}
	}
	return true
}

// bind reads the JSON body into value. Unknown fields are refused, so that
// nobody can try what the server would take (no mass assignment).
func (v *visit) bind(value any) error {
	kind, _, err := mime.ParseMediaType(v.r.Header.Get("Content-Type"))
	if err != nil || kind != "application/json" {
		return tm.NewError(tm.Unsupported, "request.content_type", "type", "application/json")
	}
	decoder := json.NewDecoder(v.r.Body)
	decoder.DisallowUnknownFields()
	if err := decoder.Decode(value); err != nil {
		return bodyError(err)
	}
	if decoder.More() {
		return errUnreadable
	}
	return nil
}

var errUnreadable = tm.NewError(tm.Invalid, "request.unreadable")

// wantsJSON reports whether the client asks for JSON rather than a page.
func wantsJSON(r *http.Request) bool {
	accept := r.Header.Get("Accept")
	return strings.Contains(accept, "application/json") && !strings.Contains(accept, "text/html")
}

// sentForm reports whether the body is a plain form rather than JSON.
func (v *visit) sentForm() bool {
	kind, _, err := mime.ParseMediaType(v.r.Header.Get("Content-Type"))
	return err == nil && kind == "application/x-www-form-urlencoded"
}

func (v *visit) json(status int, value any) error {
	data, err := json.Marshal(value)
	if err != nil {
		return err
	}
	v.w.Header().Set("Content-Type", "application/json; charset=utf-8")
	v.w.WriteHeader(status)
	_, err = v.w.Write(data)
	return ignoreWrite(err)
}

// ignoreWrite drops the error of writing to a client that has gone.
func ignoreWrite(error) error { return nil }

// redirect sends the browser on with a GET.
func (v *visit) redirect(path string) error {
	http.Redirect(v.w, v.r, path, http.StatusSeeOther)
	return nil
}

// localPath returns path when it stays on this site, and fallback otherwise.
func localPath(path, fallback string) string {
	u, err := url.Parse(path)
	if err != nil || u.Scheme != "" || u.Host != "" || !strings.HasPrefix(path, "/") ||
		strings.HasPrefix(path, "//") || strings.ContainsAny(path, "\\\r\n\t") {
		return fallback
	}
	return path
}
