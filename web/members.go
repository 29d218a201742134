package web

import (
	"net/http"
	"slices"

	"tarjoman/tm"
	"tarjoman/tm/workbench"
)

type membersPage struct {
	page
	Members []workbench.Member
	Roles   []workbench.Role
}

func (membersPage) view() string { return "members" }

func (s *Server) listMembers(v *visit) error {
	members, err := s.work.Members(v.ctx(), v.actor(), v.project.ID)
	if err != nil {
		return err
	}
	return v.render(http.StatusOK, membersPage{v.section("members", v.T("members.title")), members, workbench.Roles})
}

func (s *Server) addMember(v *visit) error {
	login := v.text("login")
	if err := v.putMember(login); err != nil {
		return v.excuse(err, v.base()+"/members")
	}
	v.done("members.added", "login", login)
	return v.redirect(v.base() + "/members")
}

func (s *Server) setMember(v *visit) error {
	member, err := v.member()
	if err == nil {
		err = v.putMember(member.Login)
	}
	if err != nil {
		return v.excuse(err, v.base()+"/members")
	}
	v.done("members.changed", "name", member.Name)
	return v.redirect(v.base() + "/members")
}

func (v *visit) putMember(login string) error {
	role := workbench.Role(v.text("role"))
	if !slices.Contains(workbench.Roles, role) {
		return errUnreadable
	}
	return v.s.work.SetMember(v.ctx(), v.actor(), v.project.ID, login, role)
}

// member returns the member the path names.
func (v *visit) member() (workbench.Member, error) {
	id, err := v.id("account")
	if err != nil {
		return workbench.Member{}, err
	}
	members, err := v.s.work.Members(v.ctx(), v.actor(), v.project.ID)
	if err != nil {
		return workbench.Member{}, err
	}
	for _, m := range members {
		if m.Account == tm.AccountID(id) {
			return m, nil
		}
	}
	return workbench.Member{}, errNotFound
}

func (s *Server) removeMember(v *visit) error {
	member, err := v.member()
	if err == nil {
		err = s.work.RemoveMember(v.ctx(), v.actor(), v.project.ID, member.Account)
	}
	if err != nil {
		return v.excuse(err, v.base()+"/members")
	}
	v.done("members.removed", "name", member.Name)
	if member.Account == v.account.ID {
		return v.redirect("/projects")
	}
	return v.redirect(v.base() + "/members")
}
