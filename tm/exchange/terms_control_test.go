package exchange

import (
	"strings"
	"testing"

	"golang.org/x/text/language"
)

func TestReadTerms_ControlCharacterLeavesTheRowOut(t *testing.T) {
	file := "source\ttarget\ngate\tدروازه\nbell\u0007\tزنگ\nbridge\tپل\n"
	concepts, problems, err := ReadTerms(strings.NewReader(file), "terms.tsv", language.English, language.Persian)
	if err != nil {
		t.Fatal(err)
	}
	if len(concepts) != 2 || len(problems) != 1 || problems[0].Row != 3 || problems[0].Code != "control" {
		t.Errorf("%d concepts, problems %+v", len(concepts), problems)
	}
}
