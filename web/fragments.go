package web

import (
	"net/http"

	"tarjoman/tm"
	"tarjoman/tm/workbench"
)

// The JSON of fragments; see web/editor/types.ts.
type (
	fragmentsJSON struct {
		Fragments []fragmentJSON `json:"fragments"`
	}
	fragmentJSON struct {
		Kind         tm.MatchKind              `json:"kind"`
		Start        int                       `json:"start"`
		End          int                       `json:"end"`
		Source       string                    `json:"source"`
		Count        int                       `json:"count"`
		More         bool                      `json:"more"`
		Translations []fragmentTranslationJSON `json:"translations"`
	}
	fragmentTranslationJSON struct {
		Text       string  `json:"text"`
		Count      int     `json:"count"`
		Confidence float64 `json:"confidence"`
		Memory     string  `json:"memory"`
		Author     string  `json:"author"`
		Changed    string  `json:"changed"`
		Document   string  `json:"document"`
	}
)

// fragments answers apart from assist, which must not wait for it.
func (s *Server) fragments(v *visit) error {
	document, segment, err := v.segment()
	if err != nil {
		return err
	}
	row, found, err := s.work.Fragments(v.ctx(), v.actor(), document, segment)
	if err != nil {
		return err
	}
	out := fragmentsJSON{make([]fragmentJSON, len(found))}
	for i, f := range found {
		out.Fragments[i] = fragmentOut(f, row.Source.Text)
	}
	return v.json(http.StatusOK, out)
}

func fragmentOut(f workbench.Fragment, source string) fragmentJSON {
	start, end := units(source, f.From, f.To)
	out := fragmentJSON{Kind: tm.AssembledMatch, Start: start, End: end, Source: f.Source, Count: f.Count, More: f.More}
	for i, t := range f.Translations {
		origin := t.Units[0].Origin
		out.Translations = append(out.Translations, fragmentTranslationJSON{
			Text: t.Text, Count: t.Count, Confidence: t.Confidence, Memory: f.Memories[i],
			Author: origin.Author, Changed: stamp(origin.Changed), Document: origin.Document,
		})
	}
	return out
}
