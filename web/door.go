package web

import (
	"errors"
	"io"
	"net/http"

	"tarjoman/locales"
	"tarjoman/tm"
	"tarjoman/tm/workbench"
)

// alive answers "ok" while the database answers.
func (s *Server) alive(v *visit) error { return v.probe(s.work.Alive(v.ctx())) }

// ready answers "ok" once the memories are loaded too.
func (s *Server) ready(v *visit) error { return v.probe(s.work.Ready(v.ctx())) }

func (v *visit) probe(err error) error {
	status, answer := http.StatusOK, "ok\n"
	if err != nil {
		status, answer = http.StatusServiceUnavailable, "not ready\n"
	}
	v.w.Header().Set("Content-Type", "text/plain; charset=utf-8")
	v.w.WriteHeader(status)
	_, err = io.WriteString(v.w, answer)
	return ignoreWrite(err)
}

type loginPage struct {
	page
	Login, Next string
	Problem     string
	NeedsSetup  bool
}

func (loginPage) view() string { return "login" }

func (s *Server) showLogin(v *visit) error {
	if v.signedIn() {
		return v.redirect(localPath(v.query("next"), "/projects"))
	}
	return v.loginPage(http.StatusOK, loginPage{Next: localPath(v.query("next"), "")})
}

func (v *visit) loginPage(status int, p loginPage) error {
	needs, err := v.s.work.NeedsSetup(v.ctx())
	if err != nil {
		return err
	}
	p.page = v.page(v.T("login.title"))
	p.Path = "/login"
	p.NeedsSetup = needs
	return v.render(status, p)
}

func (s *Server) login(v *visit) error {
	account, err := s.work.Authenticate(v.ctx(), v.text("login"), v.secret("password"), v.addr())
	if err != nil {
		return v.refuseLogin(err)
	}
	if err := v.enter(account); err != nil {
		return err
	}
	return v.redirect(localPath(v.text("next"), "/projects"))
}

// refuseLogin shows the form again; the answer is the same for unknown accounts
// and wrong passwords.
func (v *visit) refuseLogin(err error) error {
	known, ok := errors.AsType[*tm.Error](err)
	if !ok || known.Kind == tm.Internal || wantsJSON(v.r) {
		return err
	}
	v.retryAfter(known)
	return v.loginPage(statusOf(known), loginPage{Login: v.text("login"), Next: localPath(v.text("next"), ""), Problem: v.Problem(known)})
}

func (s *Server) logout(v *visit) error {
	if err := s.sessions.Destroy(v.ctx()); err != nil {
		return err
	}
	return v.redirect("/login")
}

type setupPage struct {
	page
	Token       string
	Login, Name string
	Problem     string
}

func (setupPage) view() string { return "setup" }

func (s *Server) showSetup(v *visit) error {
	needs, err := s.work.NeedsSetup(v.ctx())
	if err != nil {
		return err
	}
	if !needs {
		return errNotFound
	}
	return v.render(http.StatusOK, setupPage{page: v.page(v.T("setup.title")), Token: v.c.Param("token")})
}

func (s *Server) setup(v *visit) error {
	account, err := s.work.Setup(v.ctx(), v.c.Param("token"), workbench.NewAccount{
		Login: v.text("login"), Name: v.text("name"), Password: v.secret("password"), Admin: true, Locale: v.Lang(),
	})
	if known, ok := actionable(err); ok {
		return v.render(statusOf(known), setupPage{
			page: v.page(v.T("setup.title")), Token: v.c.Param("token"),
			Login: v.text("login"), Name: v.text("name"), Problem: v.Problem(known),
		})
	}
	if err != nil {
		return err
	}
	if err := v.enter(account); err != nil {
		return err
	}
	return v.redirect("/projects")
}

// actionable returns the *tm.Error of err when showing the form again helps.
func actionable(err error) (*tm.Error, bool) {
	known, ok := errors.AsType[*tm.Error](err)
	if !ok {
		return nil, false
	}
	switch known.Kind {
	case tm.Internal, tm.NotFound, tm.Forbidden:
		return nil, false
	}
	return known, true
}

type passwordPage struct {
	page
	Token   string
	Login   string
	Problem string
}

func (passwordPage) view() string { return "password" }

func (s *Server) showPasswordLink(v *visit) error {
	account, err := s.work.PasswordLinkAccount(v.ctx(), v.c.Param("token"))
	if err != nil {
		return err
	}
	return v.render(http.StatusOK, passwordPage{page: v.page(v.T("password.title")), Token: v.c.Param("token"), Login: account.Login})
}

// usePasswordLink sets the password and sends to the log-in: following a link
// never logs anybody in.
func (s *Server) usePasswordLink(v *visit) error {
	token := v.c.Param("token")
	account, err := s.work.PasswordLinkAccount(v.ctx(), token)
	if err != nil {
		return err
	}
	err = s.work.UsePasswordLink(v.ctx(), token, v.secret("password"))
	if known, ok := actionable(err); ok {
		return v.render(statusOf(known), passwordPage{
			page: v.page(v.T("password.title")), Token: token, Login: account.Login, Problem: v.Problem(known),
		})
	}
	if err != nil {
		return err
	}
	v.done("password.set")
	return v.redirect("/login")
}

// chooseLanguage keeps the language in a cookie, and in the account when
// somebody is logged in.
func (s *Server) chooseLanguage(v *visit) error {
	tag := v.text("lang")
	if !locales.Spoken(tag) {
		return errUnreadable
	}
	if v.signedIn() {
		if err := s.work.SetLocale(v.ctx(), v.actor(), tag); err != nil {
			return err
		}
	}
	http.SetCookie(v.w, &http.Cookie{
		Name: languageCookie, Value: tag, Path: "/", MaxAge: 365 * 24 * 3600,
		HttpOnly: true, Secure: s.secure, SameSite: http.SameSiteLaxMode,
	})
	return v.redirect(localPath(v.text("next"), "/"))
}
