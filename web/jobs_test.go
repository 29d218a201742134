package web

import (
	"fmt"
	"net/http"
	"net/url"
	"regexp"
	"strings"
	"testing"
	"time"
)

// TestJob_LeadsOn proves that the page of a job that is done leads to what it made.
func TestJob_LeadsOn(t *testing.T) {
	l := newWorld(t).lighthouse("manager")
	got := l.post("translator", l.path("/analyses"), url.Values{"document": {fmt.Sprint(l.document)}})
	if got.status != http.StatusSeeOther {
		t.Fatalf("analyse: %d %s", got.status, visible(got.body))
	}
	link := regexp.MustCompile(`class="button button-main" href="([^"]+)"`)
	var found []string
	for end := time.Now().Add(20 * time.Second); found == nil && time.Now().Before(end); time.Sleep(20 * time.Millisecond) {
		found = link.FindStringSubmatch(l.get("translator", got.header.Get("Location")).body)
	}
	if found == nil || !strings.HasPrefix(found[1], l.path("/analyses/")) {
		t.Fatalf("the page of the job leads to %q: %s", found, visible(l.get("translator", got.header.Get("Location")).body))
	}
	if page := l.get("translator", found[1]); page.status != http.StatusOK || !strings.Contains(page.body, `href="`+l.path("/analyses")+`"`) {
		t.Errorf("the analysis does not lead back: %d", page.status)
	}
}
