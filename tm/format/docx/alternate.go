package docx

import (
	"maps"

	"tarjoman/tm"
	"tarjoman/tm/format/internal/xmlspan"
)

// An echo remembers the answers of an mc:AlternateContent: its branches hold the
// same words for different versions of Word and must stay the same. The first
// branch is recorded; the others get its answers, equal texts in turn.
type echo struct {
	asked   map[string][]exchange
	replays bool // in a branch after the first
	turns   map[string]int
	outer   *echo // whose turns hold where turns has none
}

type exchange struct {
	content tm.Content
	answer  *tm.Content
}

func (e *echo) add(c tm.Content, answer *tm.Content) {
	if e != nil && !e.replays {
		e.asked[c.Text] = append(e.asked[c.Text], exchange{c, answer})
	}
}

// find returns the recorded answer; after the last turn it stays the same.
// Codes are only taken over when both branches have the same.
func (e *echo) find(c tm.Content) (*tm.Content, bool) {
	if e == nil || !e.replays || len(e.asked[c.Text]) == 0 {
		return nil, false
	}
	turn := e.turn(c.Text)
	e.turns[c.Text] = turn + 1
	asked := e.asked[c.Text]
	x := asked[min(turn, len(asked)-1)]
	if x.answer == nil || x.content.Equal(c) {
		return x.answer, true
	}
	plain := tm.Plain(x.answer.Text)
	return &plain, true
}

func (e *echo) turn(text string) int {
	for ; e != nil; e = e.outer {
		if n, ok := e.turns[text]; ok {
			return n
		}
	}
	return 0
}

func (s *story) alternate(n *xmlspan.Node) error {
	outer := s.echo
	defer func() { s.echo = outer }()
	if outer != nil && outer.replays {
		return s.replay(n, outer)
	}
	record := &echo{asked: map[string][]exchange{}}
	s.echo = record
	for branch := range n.Elements() {
		if err := s.walkChildren(branch); err != nil {
			return err
		}
		s.echo = &echo{asked: record.asked, replays: true, turns: map[string]int{}}
	}
	if outer != nil {
		for text, asked := range record.asked {
			outer.asked[text] = append(outer.asked[text], asked...)
		}
	}
	return nil
}

// replay walks alternatives inside a branch that is itself replayed: they all
// begin with the same turns, and the first of them counts for what follows.
func (s *story) replay(n *xmlspan.Node, outer *echo) error {
	var first *echo
	for branch := range n.Elements() {
		s.echo = &echo{asked: outer.asked, replays: true, turns: map[string]int{}, outer: outer}
		if err := s.walkChildren(branch); err != nil {
			return err
		}
		if first == nil {
			first = s.echo
		}
	}
	if first != nil {
		maps.Copy(outer.turns, first.turns)
	}
	return nil
}
