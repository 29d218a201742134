package web

import (
	"net/http"

	"tarjoman/tm"
	"tarjoman/tm/workbench"
)

// matchHelp explains the score of matches, as the documentation of tm/memory
// defines it.
type matchHelp struct{ page }

func (matchHelp) view() string { return "match_help" }

func (s *Server) showMatchHelp(v *visit) error {
	return v.render(http.StatusOK, matchHelp{v.page(v.T("help.matches.title"))})
}

// Paragraphs are the words before the tables.
func (p matchHelp) Paragraphs() []string {
	return []string{p.T("help.matches.tokens"), p.T("help.matches.formula", "formula", "100 × (n − d) ÷ n"), p.T("help.matches.order")}
}

// Kinds are the kinds of matches, best first.
func (matchHelp) Kinds() []tm.MatchKind {
	return []tm.MatchKind{tm.ContextMatch, tm.ExactMatch, tm.AssembledMatch, tm.FuzzyMatch}
}

// Penalties are what matches can lose.
func (matchHelp) Penalties() []tm.Penalty { return workbench.Penalties }

// Cost is the points of a penalty in words.
func (p matchHelp) Cost(points tm.Penalty) string {
	switch points.Code {
	case "memory", "age":
		return p.T("help.matches.as_set")
	case "numbers", "names":
		return p.N("help.matches.each", points.Points)
	}
	return p.N("help.matches.points", points.Points)
}
