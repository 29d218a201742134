package web

import (
	"crypto/rand"
	"net/http"
	"net/url"
	"strings"

	"tarjoman/tm"
	"tarjoman/tm/workbench"
)

type accountsPage struct {
	page
	Accounts []workbench.Account
	Link     string // one-time link just made, to hand on
	For      string // log-in it is for
}

func (accountsPage) view() string { return "accounts" }

func (s *Server) listAccounts(v *visit) error {
	return v.accountsPage("", "")
}

func (v *visit) accountsPage(link, login string) error {
	accounts, err := v.s.work.Accounts(v.ctx(), v.actor())
	if err != nil {
		return err
	}
	p := accountsPage{page: v.page(v.T("admin.accounts.title")), Accounts: accounts, Link: link, For: login}
	p.Section, p.Path = "accounts", "/admin/accounts"
	return v.render(http.StatusOK, p)
}

// addAccount makes an account with a password nobody knows and shows the link by
// which its owner sets one: administrators never choose passwords of others.
func (s *Server) addAccount(v *visit) error {
	account, err := s.work.AddAccount(v.ctx(), v.actor(), workbench.NewAccount{
		Login: v.text("login"), Name: v.text("name"), Password: rand.Text(), Admin: v.checked("admin"),
	})
	if err != nil {
		return v.excuse(err, "/admin/accounts")
	}
	return v.showLink(account.ID, account.Login)
}

func (s *Server) makePasswordLink(v *visit) error {
	id, err := v.id("account")
	if err != nil {
		return err
	}
	account, err := s.work.Account(v.ctx(), tm.AccountID(id))
	if err != nil {
		return err
	}
	return v.showLink(account.ID, account.Login)
}

// showLink answers with the page itself, not a redirect: the link is shown once
// and kept nowhere.
func (v *visit) showLink(id tm.AccountID, login string) error {
	token, err := v.s.work.PasswordLink(v.ctx(), v.actor(), id)
	if err != nil {
		return v.excuse(err, "/admin/accounts")
	}
	return v.accountsPage(strings.TrimSuffix(v.s.baseURL, "/")+"/password/"+token, login)
}

func (s *Server) disableAccount(v *visit) error { return v.setDisabled(true) }
func (s *Server) enableAccount(v *visit) error  { return v.setDisabled(false) }

func (v *visit) setDisabled(disabled bool) error {
	id, err := v.id("account")
	if err != nil {
		return err
	}
	if err := v.s.work.SetDisabled(v.ctx(), v.actor(), tm.AccountID(id), disabled); err != nil {
		return v.excuse(err, "/admin/accounts")
	}
	if disabled {
		v.undoable("/admin/accounts/"+v.c.Param("account")+"/enable", "admin.accounts.disabled")
	} else {
		v.done("admin.accounts.enabled")
	}
	return v.redirect("/admin/accounts")
}

type activityPage struct {
	page
	Rows         []workbench.AuditRow
	Newer, Older string // links; "" at the ends
}

func (activityPage) view() string { return "activity" }

// activityStep is how many lines one page of a log shows.
const activityStep = 100

func (s *Server) instanceActivity(v *visit) error {
	rows, err := s.work.InstanceAudit(v.ctx(), v.actor(), v.offset(), activityStep+1)
	if err != nil {
		return err
	}
	return v.activity(rows, "/admin/activity", "activity")
}

func (s *Server) projectActivity(v *visit) error {
	rows, err := s.work.ProjectAudit(v.ctx(), v.actor(), v.project.ID, v.offset(), activityStep+1)
	if err != nil {
		return err
	}
	return v.activity(rows, v.base()+"/activity", "activity")
}

// activity shows rows, which hold one line more than a page when there are more.
func (v *visit) activity(rows []workbench.AuditRow, path, section string) error {
	p := activityPage{page: v.section(section, v.T("activity.title")), Rows: rows}
	if len(rows) > activityStep {
		p.Rows = rows[:activityStep]
		p.Older = pageLink(path, url.Values{}, v.offset()+activityStep)
	}
	if v.offset() > 0 {
		p.Newer = pageLink(path, url.Values{}, max(0, v.offset()-activityStep))
	}
	return v.render(http.StatusOK, p)
}
