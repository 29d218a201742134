package web

import (
	"net/http"
	"strings"
	"testing"

	"tarjoman/tm/workbench"
)

// cutAtPlus is a rule file that ends sentences at a plus sign only.
const cutAtPlus = `<?xml version="1.0"?>
<srx version="2.0"><header segmentsubflows="yes" cascade="no"/><body>
<languagerules><languagerule languagerulename="any"><rule break="yes"><beforebreak>PATTERN</beforebreak><afterbreak>\s</afterbreak></rule></languagerule></languagerules>
<maprules><languagemap languagepattern=".*" languagerulename="any"/></maprules>
</body></srx>`

func TestRules_UploadDownloadReset(t *testing.T) {
	s := newWorld(t)
	path, settings := s.a.path("/rules"), s.a.path("/settings")
	ours := s.get("manager", path)
	if ours.status != http.StatusOK || !strings.Contains(ours.header.Get("Content-Disposition"), "tarjoman.srx") {
		t.Fatalf("%d %s", ours.status, ours.header.Get("Content-Disposition"))
	}
	own := strings.Replace(cutAtPlus, "PATTERN", `\+`, 1)
	s.upload("manager", path, nil, map[string]string{"desk.srx": own})
	if body := s.get("manager", settings).body; !strings.Contains(body, "Rules of this project") {
		t.Fatalf("after the upload: %s", visible(body))
	}
	if got := s.get("manager", path); got.body != own || !strings.Contains(got.header.Get("Content-Disposition"), "Alpha canary.srx") {
		t.Errorf("own rules: %s", got.body)
	}
	imported, err := s.work.Import(t.Context(), s.actor("manager"), s.a.project, workbench.Upload{Name: "plus.txt", Data: []byte("One. Two + Three.\n")})
	if err != nil || imported.Segments != 2 {
		t.Errorf("%d segments, %v", imported.Segments, err)
	}
	s.post("manager", path+"/reset", nil)
	if got := s.get("manager", path); got.body != ours.body {
		t.Error("ours are not back")
	}
}

func TestRules_ErrorsNameThePlace(t *testing.T) {
	s := newWorld(t)
	tests := map[string]struct{ file, want string }{
		"not XML":      {"sentences end at dots", "not valid SRX"},
		"line":         {"<srx>\n<body>\n</srx>", "malformed in line 3"},
		"rule":         {strings.Replace(cutAtPlus, "PATTERN", `(`, 1), "Rule 1 of"},
		"DOCTYPE":      {`<!DOCTYPE srx [<!ENTITY a "b">]><srx/>`, "DOCTYPE"},
		"nothing sent": {"", "Choose a file first."},
	}
	for name, test := range tests {
		t.Run(name, func(t *testing.T) {
			files := map[string]string{"desk.srx": test.file}
			if test.file == "" {
				files = nil
			}
			if got := s.upload("manager", s.a.path("/rules"), nil, files); got.status != http.StatusSeeOther {
				t.Fatalf("%d %s", got.status, visible(got.body))
			}
			if body := s.get("manager", s.a.path("/settings")).body; !strings.Contains(body, test.want) || strings.Contains(body, "Rules of this project") {
				t.Errorf("no %q", test.want)
			}
		})
	}
}

func TestRules_EmptyFileIsNoWayBack(t *testing.T) {
	s := newWorld(t)
	s.upload("manager", s.a.path("/rules"), nil, map[string]string{"desk.srx": strings.Replace(cutAtPlus, "PATTERN", `\+`, 1)})
	s.upload("manager", s.a.path("/rules"), nil, map[string]string{"desk.srx": ""})
	if body := s.get("manager", s.a.path("/settings")).body; !strings.Contains(body, "The file is empty.") || !strings.Contains(body, "Rules of this project") {
		t.Errorf("%s", visible(body))
	}
}

func TestSettings_EveryCheckHasANameAndCanBeOff(t *testing.T) {
	s := newWorld(t)
	for _, tag := range []string{"en", "fa"} {
		for code := range workbench.CheckSeverities() {
			if !printerFor(tag).Has("check." + code) {
				t.Errorf("%s: check.%s", tag, code)
			}
		}
	}
	body := s.get("manager", s.a.path("/settings")).body
	for code := range workbench.CheckSeverities() {
		_, field, found := strings.Cut(body, `name="check_`+code+`"`)
		field, _, _ = strings.Cut(field, "</select>")
		if !found || !strings.Contains(field, `value="off"`) {
			t.Errorf("%s cannot be turned off", code)
		}
	}
}
