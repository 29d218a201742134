package web

import (
	"errors"
	"net/url"

	"github.com/gin-gonic/gin"

	"tarjoman/tm"
	"tarjoman/tm/workbench"
)

// access says who may use a route: an action of the workbench, for routes below
// a project, or one of the three below.
type access = workbench.Action

const (
	anyone access = "anyone"
	person access = "person" // anybody who is logged in
	admin  access = "admin"  // administrators of the instance
)

// forProject reports whether the route lies below a project.
func forProject(who access) bool { return who != anyone && who != person && who != admin }

var (
	errLogin     = tm.NewError(tm.Forbidden, "login.needed")
	errForbidden = tm.NewError(tm.Forbidden, "forbidden")
	errArchived  = tm.NewError(tm.Forbidden, "project.archived")
	errMethod    = tm.NewError(tm.Unsupported, "request.method")
)

// handle is the way of every request: bound the body, recognise the person,
// check the way in, run the handler, answer its error.
func (s *Server) handle(r route) gin.HandlerFunc {
	limit := r.body
	if limit == 0 {
		limit = smallBody
	}
	return func(c *gin.Context) {
		limitBody(c, limit)
		v := &visit{s: s, c: c, w: c.Writer, r: c.Request, Printer: s.printer(c.Request, "")}
		c.Set(visitKey, v)
		if err := v.run(r); err != nil {
			v.fail(err)
		}
	}
}

func (v *visit) run(r route) error {
	if v.hasSession() {
		if err := v.recognise(); err != nil {
			return err
		}
	}
	if err := v.wellFormed(r); err != nil {
		return err
	}
	err := v.enterRoute(r.who)
	if errors.Is(err, errLogin) && !wantsJSON(v.r) {
		return v.redirect(v.loginPath())
	}
	if err != nil {
		return err
	}
	return r.handler(v)
}

// wellFormed reads the form of ordinary requests and refuses unreadable text.
func (v *visit) wellFormed(r route) error {
	if !readable(v.r.URL.Path) || !readableValues(v.r.URL.Query()) {
		return errUnreadable
	}
	if r.body != 0 {
		return nil // read in parts by the handler
	}
	if err := v.r.ParseForm(); err != nil {
		return bodyError(err)
	}
	if !readableValues(v.r.PostForm) {
		return errUnreadable
	}
	return nil
}

// enterRoute refuses whom the table does not admit. A project one is not a
// member of does not exist.
func (v *visit) enterRoute(who access) error {
	if who == anyone {
		return nil
	}
	if !v.signedIn() {
		return errLogin
	}
	if who == admin && !v.account.Admin {
		return errForbidden
	}
	if !forProject(who) {
		return nil
	}
	id, err := v.id("project")
	if err != nil {
		return err
	}
	project, err := v.s.work.Project(v.ctx(), v.actor(), tm.ProjectID(id))
	if err != nil {
		return err
	}
	v.project = &project
	if workbench.May(project, who) {
		return nil
	}
	if project.Archived {
		return errArchived
	}
	return errForbidden
}

// loginPath remembers where a page was asked for.
func (v *visit) loginPath() string {
	if v.r.Method != "GET" || v.r.URL.Path == "/" {
		return "/login"
	}
	return "/login?next=" + url.QueryEscape(v.r.URL.RequestURI())
}

// answer returns a handler for requests no route takes. Nobody learns from it
// what exists.
func (s *Server) answer(err error) gin.HandlerFunc {
	return func(c *gin.Context) {
		limitBody(c, smallBody)
		v := &visit{s: s, c: c, w: c.Writer, r: c.Request, Printer: s.printer(c.Request, "")}
		if v.hasSession() {
			if err := v.recognise(); err != nil {
				v.fail(err)
				return
			}
		}
		v.fail(err)
	}
}
