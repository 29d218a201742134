package web

import (
	"fmt"
	"net/http"
	"net/url"
	"regexp"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
)

// TestUnits_ChangeManyAndUndo goes the way of a person without scripts: choose,
// preview, do, undo.
func TestUnits_ChangeManyAndUndo(t *testing.T) {
	s := newWorld(t)
	memory := s.a.path("/memories/%d", s.a.memory)
	form := url.Values{"action": {"replace"}, "filter": {"q=" + url.QueryEscape("گشوده")}, "step": {"preview"},
		"side": {"target"}, "mode": {"plain"}, "find": {"گشوده"}, "replace": {"باز <b>"}}
	preview := s.post("reviewer", memory+"/change/preview", form)
	if preview.status != http.StatusOK || !strings.Contains(preview.body, "<ins>باز &lt;b&gt;</ins>") {
		t.Fatalf("preview: %d %s", preview.status, visible(preview.body))
	}
	if body := s.get("reviewer", memory).body; strings.Contains(body, "&lt;b&gt;") {
		t.Error("the preview changed the memory")
	}
	done := s.post("reviewer", memory+"/change", form)
	list := s.get("reviewer", done.header.Get("Location")).body
	if done.status != http.StatusSeeOther || !strings.Contains(list, "The text of 1 unit is replaced.") {
		t.Fatalf("change: %d %s", done.status, visible(list))
	}
	if body := s.get("reviewer", memory).body; !strings.Contains(body, "باز &lt;b&gt;") {
		t.Errorf("not replaced: %s", visible(body))
	}
	undo := s.post("reviewer", memory+"/changes/1/undo", nil)
	if body := s.get("reviewer", memory).body; undo.status != http.StatusSeeOther || strings.Contains(body, "&lt;b&gt;") {
		t.Errorf("undo: %d %s", undo.status, visible(body))
	}
}

func TestUnits_PenaltyFormKeepsWhatWasAsked(t *testing.T) {
	s := newWorld(t)
	path := s.a.path("/memories/%d/change/preview", s.a.memory)
	field := regexp.MustCompile(`name="penalty"[^>]*value="(\d+)"`)
	for _, test := range []struct {
		form url.Values
		want []string
	}{
		{url.Values{"action": {"penalise"}}, []string{"5"}},
		{url.Values{"action": {"penalise"}, "step": {"preview"}, "penalty": {"۸"}}, []string{"8", "8"}},
	} {
		var got []string
		for _, m := range field.FindAllStringSubmatch(s.post("reviewer", path, test.form).body, -1) {
			got = append(got, m[1])
		}
		if diff := cmp.Diff(test.want, got); diff != "" {
			t.Errorf("%v: %s", test.form, diff)
		}
	}
}

func TestUnits_ProblemsAreTold(t *testing.T) {
	s := newWorld(t)
	memory := s.a.path("/memories/%d", s.a.memory)
	unit := fmt.Sprintf("%s/units/%d", memory, s.a.unit)
	tests := map[string]struct {
		path string
		form url.Values
		want string
	}{
		"an expression that is none": {memory + "/change/preview", url.Values{"action": {"replace"}, "step": {"preview"}, "side": {"target"}, "mode": {"regexp"}, "find": {"("}}, "is not a regular expression"},
		"nothing to find":            {memory + "/change", url.Values{"action": {"replace"}, "side": {"target"}, "mode": {"plain"}}, "Say what to find."},
		"a code too many":            {unit, url.Values{"versions": {"0"}, "penalty": {"0"}, "target": {"باز {1} شد"}}, "has no code"},
		"a stale edit":               {unit, url.Values{"versions": {"7"}, "penalty": {"0"}, "target": {"باز شد"}}, "Somebody has changed this unit"},
		"too many points":            {unit, url.Values{"versions": {"0"}, "penalty": {"51"}, "target": {"باز شد"}}, "between 0 and 50"},
		"too many points for all":    {memory + "/change/preview", url.Values{"action": {"penalise"}, "step": {"preview"}, "penalty": {"۵۱"}}, "between 0 and 50"},
	}
	for name, test := range tests {
		t.Run(name, func(t *testing.T) {
			got := s.post("manager", test.path, test.form)
			if got.status < 400 || got.status >= 500 || !strings.Contains(got.body, test.want) {
				t.Errorf("%d %s", got.status, visible(got.body))
			}
		})
	}
	if got := s.get("manager", memory+"?since=tomorrow"); !strings.Contains(got.body, "tomorrow") || got.status != http.StatusOK {
		t.Errorf("a day that is none: %d", got.status)
	}
	if got := s.post("reviewer", memory+"/change/preview", url.Values{"action": {"move"}, "step": {"preview"}, "into": {"1"}}); got.status != http.StatusForbidden {
		t.Errorf("a reviewer moves: %d", got.status)
	}
	if got := s.post("manager", memory+"/change/preview", url.Values{"action": {"move"}, "step": {"preview"}, "into": {fmt.Sprint(s.b.memory)}}); got.status != http.StatusNotFound {
		t.Errorf("into a memory of another project: %d %s", got.status, visible(got.body))
	}
}
