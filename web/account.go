package web

import (
	"net/http"

	"tarjoman/locales"
	"tarjoman/tm/workbench"
)

type accountPage struct {
	page
	Sessions []workbench.Session
}

func (accountPage) view() string { return "account" }

func (s *Server) showAccount(v *visit) error {
	sessions, err := s.work.Sessions(v.ctx(), v.actor(), v.token())
	if err != nil {
		return err
	}
	return v.render(http.StatusOK, accountPage{page: v.page(v.T("account.title")), Sessions: sessions})
}

// saveAccount takes the name and the language; "" follows the browser.
func (s *Server) saveAccount(v *visit) error {
	locale := v.text("locale")
	if locale != "" && !locales.Spoken(locale) {
		return errUnreadable
	}
	if err := s.work.SetName(v.ctx(), v.actor(), v.text("name")); err != nil {
		return v.excuse(err, "/account")
	}
	if err := s.work.SetLocale(v.ctx(), v.actor(), locale); err != nil {
		return v.excuse(err, "/account")
	}
	v.Printer = s.printer(v.r, locale)
	v.done("account.saved")
	return v.redirect("/account")
}

// changePassword also ends the other sessions and begins this one anew.
func (s *Server) changePassword(v *visit) error {
	if err := s.work.ChangePassword(v.ctx(), v.actor(), v.token(), v.secret("old"), v.secret("new")); err != nil {
		return v.excuse(err, "/account")
	}
	if err := v.enter(v.account); err != nil {
		return err
	}
	v.done("account.password_changed")
	return v.redirect("/account")
}

func (s *Server) endSession(v *visit) error {
	if err := s.work.EndSession(v.ctx(), v.actor(), v.c.Param("session")); err != nil {
		return err
	}
	v.done("account.session_ended")
	return v.redirect("/account")
}

func (s *Server) endOtherSessions(v *visit) error {
	if err := s.work.EndOtherSessions(v.ctx(), v.actor(), v.token()); err != nil {
		return err
	}
	v.done("account.sessions_ended")
	return v.redirect("/account")
}
