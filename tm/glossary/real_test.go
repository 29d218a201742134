package glossary

import (
	"bufio"
	"bytes"
	"encoding/json"
	"testing"

	"golang.org/x/text/language"

	"tarjoman/tm"
)

// A term whose listed form stands in a human translation letter by letter is
// found there, but where it is part of another word («ترکیه‌ای», «بارسلونا»).
func TestCheck_RealTranslations(t *testing.T) {
	for name, kind := range map[string]string{"checks/terms-tico19.dev.jsonl": "term", "checks/names-news.dev.jsonl": "place"} {
		lines := bufio.NewScanner(bytes.NewReader(shared(t, name)))
		asked, found := 0, 0
		for lines.Scan() {
			var c realCase
			if err := json.Unmarshal(lines.Bytes(), &c); err != nil {
				t.Fatal(err)
			}
			for _, term := range append(c.Terms, c.Names...) {
				if !term.InTarget {
					continue
				}
				asked++
				j := jsonTerm{Source: term.En, Target: term.Fa[0], TargetVariants: term.Fa[1:], Type: kind}
				concept := j.concept(language.English, language.Persian)
				g := Compile([]tm.Concept{concept}, language.English, language.Persian)
				if g.CheckConcept(0, c.En, c.Fa).Outcome == OK {
					found++
				}
			}
		}
		t.Logf("%s: %d of %d", name, found, asked)
		if asked < 100 || asked-found > 3 {
			t.Errorf("%s: found %d of %d", name, found, asked)
		}
	}
}

type realCase struct {
	En, Fa       string
	Terms, Names []realTerm
}

type realTerm struct {
	En       string
	Fa       oneOrMore
	InTarget bool `json:"in_target"`
}

// oneOrMore is a JSON string or a list of them.
type oneOrMore []string

func (o *oneOrMore) UnmarshalJSON(data []byte) error {
	var one string
	if json.Unmarshal(data, &one) == nil {
		*o = oneOrMore{one}
		return nil
	}
	return json.Unmarshal(data, (*[]string)(o))
}
