package web

import (
	"context"
	"errors"
	"fmt"
	"net/http"

	"tarjoman/tm"
	"tarjoman/tm/workbench"
)

// fail answers a request whose handler returned err: with JSON or a page,
// whichever the client accepts. Errors of ours are logged once, by known.
func (v *visit) fail(err error) {
	if errors.Is(err, context.Canceled) && v.r.Context().Err() != nil {
		return // the client has gone
	}
	known := v.known(err)
	status := statusOf(known)
	v.retryAfter(known)
	if wantsJSON(v.r) {
		_ = v.json(status, v.problem(known, err))
		return
	}
	v.failPage(status, known)
}

// known is what people may be told of err; errors of ours are logged.
func (v *visit) known(err error) *tm.Error {
	known, ok := errors.AsType[*tm.Error](err)
	if ok && known.Kind != tm.Internal {
		return known
	}
	v.s.log.Error("request failed", "request", aboutOf(v.ctx()).id, "method", v.r.Method, "path", v.r.URL.Path, "error", err)
	return tm.NewError(tm.Internal, "internal", "request", aboutOf(v.ctx()).id)
}

// retryAfter tells clients how long to wait when the error says so.
func (v *visit) retryAfter(err *tm.Error) {
	if wait, ok := err.Args["seconds"]; ok && err.Kind == tm.Busy {
		v.w.Header().Set("Retry-After", fmt.Sprint(wait))
	}
}

func statusOf(err *tm.Error) int {
	switch err.Kind {
	case tm.Invalid:
		if err.Code == "request.unreadable" {
			return http.StatusBadRequest
		}
		return http.StatusUnprocessableEntity
	case tm.NotFound:
		return http.StatusNotFound
	case tm.Forbidden:
		if err.Code == "login.needed" {
			return http.StatusUnauthorized
		}
		return http.StatusForbidden
	case tm.Conflict:
		return http.StatusConflict
	case tm.TooLarge:
		return http.StatusRequestEntityTooLarge
	case tm.Unsupported:
		if err.Code == "request.method" {
			return http.StatusMethodNotAllowed
		}
		return http.StatusUnsupportedMediaType
	case tm.Busy:
		if _, ok := err.Args["seconds"]; ok {
			return http.StatusTooManyRequests
		}
		return http.StatusServiceUnavailable
	}
	return http.StatusInternalServerError
}

// problem is the JSON of an error. Every NotFound reads the same, so that a
// foreign thing cannot be told from a missing one.
func (v *visit) problem(known *tm.Error, err error) problemJSON {
	if known.Kind == tm.NotFound {
		known = errNotFound
	}
	p := problemJSON{Code: known.Code, Message: v.Problem(known)}
	if stale, ok := errors.AsType[*workbench.StaleError](err); ok {
		current := segmentOut(stale.Current)
		p.Current = &current
	}
	if gate, ok := errors.AsType[*workbench.GateError](err); ok {
		p.Issues = v.issuesJSON(gate.Issues, gate.Source, gate.Target)
	}
	return p
}

type errorPage struct {
	page
	Status  int
	Problem string
	Request string
}

func (errorPage) view() string { return "error" }

func (v *visit) failPage(status int, err *tm.Error) {
	if err.Kind == tm.NotFound {
		err = errNotFound
		v.project = nil
	}
	p := errorPage{page: v.page(v.errorTitle(status)), Status: status, Problem: v.Problem(err)}
	if status == http.StatusInternalServerError {
		p.Request = aboutOf(v.ctx()).id
	}
	if renderErr := v.render(status, p); renderErr != nil {
		v.s.log.Error("error page failed", "request", aboutOf(v.ctx()).id, "error", renderErr)
		http.Error(v.w, http.StatusText(status), status)
	}
}

func (v *visit) errorTitle(status int) string {
	switch status {
	case http.StatusNotFound:
		return v.T("page.error.not_found")
	case http.StatusForbidden:
		return v.T("page.error.forbidden")
	case http.StatusInternalServerError:
		return v.T("page.error.internal")
	}
	return v.T("page.error.refused")
}

// excuse tells the person what was wrong on the page path, for errors that
// person can act on; others are returned.
func (v *visit) excuse(err error, path string) error {
	known, ok := errors.AsType[*tm.Error](err)
	if !ok || wantsJSON(v.r) {
		return err
	}
	switch known.Kind {
	case tm.Internal, tm.NotFound, tm.Forbidden:
		return err
	}
	if known.Code == errUnreadable.Code {
		return err
	}
	v.flash(flash{Kind: "error", Text: v.Problem(known)})
	return v.redirect(path)
}

// bodyError turns what reading a body may give into an error for people.
func bodyError(err error) error {
	if large, ok := errors.AsType[*http.MaxBytesError](err); ok {
		return tm.NewError(tm.TooLarge, "request.too_large", "limit", large.Limit>>20).Wrap(err)
	}
	if _, ok := errors.AsType[*tm.Error](err); ok {
		return err
	}
	return errUnreadable.Wrap(err)
}
