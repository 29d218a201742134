package web

import (
	"encoding/xml"
	"errors"

	"tarjoman/tm"
	"tarjoman/tm/workbench"
)

// The segmentation rules of a project: download, replace by a file of its own,
// and go back to ours.

const srxMIME = "application/xml"

func (v *visit) settingsPath() string { return v.base() + "/settings" }

// downloadRules sends the rules in force as an SRX file.
func (s *Server) downloadRules(v *visit) error {
	srx, own, err := s.work.SRX(v.ctx(), v.actor(), v.project.ID)
	if err != nil {
		return err
	}
	name := "tarjoman.srx"
	if own {
		name = v.project.Name + ".srx"
	}
	return v.download(workbench.Export{Name: name, MIME: srxMIME, Data: srx})
}

func (s *Server) uploadRules(v *visit) error {
	file, err := v.oneFile()
	if err == nil && len(file.data) == 0 {
		err = tm.NewError(tm.Invalid, "srx.empty")
	}
	if err == nil {
		err = s.work.SetSRX(v.ctx(), v.actor(), v.project.ID, file.data)
	}
	if err != nil {
		return v.excuse(withLine(err), v.settingsPath())
	}
	v.done("rules.saved", "name", file.name)
	return v.redirect(v.settingsPath())
}

// withLine says in the language of the reader where XML is malformed; the words
// of the parser are English.
func withLine(err error) error {
	if syntax, ok := errors.AsType[*xml.SyntaxError](err); ok {
		return tm.NewError(tm.Invalid, "xml.malformed", "line", syntax.Line).Wrap(err)
	}
	return err
}

func (s *Server) resetRules(v *visit) error {
	if err := s.work.SetSRX(v.ctx(), v.actor(), v.project.ID, nil); err != nil {
		return v.excuse(err, v.settingsPath())
	}
	v.done("rules.reset")
	return v.redirect(v.settingsPath())
}
