package workbench_test

import (
	"testing"
	"time"

	"tarjoman/tm"
)

const twoNames = "Farhad Zamani spoke in Paris.\n\nLater, Farhad Zamani met Leila.\n\nAt noon Farhad Zamani left.\n"

func hasIssue(issues []tm.Issue, code string) bool {
	for _, i := range issues {
		if i.Code == code {
			return true
		}
	}
	return false
}

func TestNameInTwoSpellings(t *testing.T) {
	b := open(t)
	d := b.upload("names.txt", twoNames).Document.ID
	rows := b.rows(d)
	b.confirm(d, rows[0], "فرهاد زمانی در پاریس سخن گفت.")
	b.confirm(d, rows[1], "فرهاد زمانی سپس با لیلا دیدار کرد.")
	saved := b.confirm(d, rows[2], "فرهاد ضمانی ظهر رفت.")
	list, err := b.Issues(b.ctx, b.viewer, d)
	b.must(err)
	last := list[len(list)-1]
	issue := issueOf(b, last.Issues, "inconsistent_name")
	if last.Row.ID != rows[2].ID || last.Row.Target.Text[issue.From:issue.To] != "ضمانی" || issue.Fix != "زمانی" || issue.Severity != tm.SeverityWarning {
		t.Errorf("issue %+v in %q", issue, last.Row.Target.Text)
	}
	issue = b.assisted(d, rows[2].ID, "inconsistent_name")
	if _, err := b.Approve(b.ctx, b.reviewer, d, rows[2].ID, saved.Row.Revision, ""); err != nil {
		t.Errorf("it stands in the way of an approval: %v", err)
	}
	row, err := b.Segment(b.ctx, b.viewer, d, rows[2].ID)
	b.must(err)
	kept, err := b.Dismiss(b.ctx, b.reviewer, d, row.ID, row.Revision, refOf(issue), "نام دیگری است")
	b.must(err)
	if issueOf(b, kept.Issues, "inconsistent_name").Dismissed == "" {
		t.Error("it cannot be let be")
	}
}

// assisted waits until the help for a segment has an issue: what a whole document
// shows may be found in the background.
func (b *bench) assisted(d tm.DocumentID, s tm.SegmentID, code string) tm.Issue {
	b.t.Helper()
	for end := time.Now().Add(time.Minute); ; time.Sleep(20 * time.Millisecond) {
		help, err := b.Assist(b.ctx, b.translator, d, s)
		b.must(err)
		if hasIssue(help.Issues, code) || time.Now().After(end) {
			return issueOf(b, help.Issues, code)
		}
	}
}

func TestNameInTwoSpellings_TheGlossarySpeaksFirst(t *testing.T) {
	b := open(t)
	b.addTerm("Farhad Zamani", "فرهاد زمانی", "فرهاد ضمانی", tm.Person)
	d := b.upload("names.txt", twoNames).Document.ID
	rows := b.rows(d)
	b.confirm(d, rows[0], "فرهاد زمانی در پاریس سخن گفت.")
	b.confirm(d, rows[2], "فرهاد ضمانی ظهر رفت.")
	help, err := b.Assist(b.ctx, b.translator, d, rows[2].ID)
	b.must(err)
	if !hasIssue(help.Issues, "glossary_forbidden") || hasIssue(help.Issues, "inconsistent_name") {
		t.Errorf("issues %+v", help.Issues)
	}
}

func TestAcross_TurnedOff(t *testing.T) {
	b := open(t)
	settings := b.project.Settings
	settings.Checks = map[string]string{"inconsistent_name": "off", "acronym_first": "off"}
	b.must(b.UpdateProject(b.ctx, b.manager, b.project.ID, "News", settings))
	d := b.upload("names.txt", twoNames).Document.ID
	rows := b.rows(d)
	b.confirm(d, rows[0], "فرهاد زمانی در پاریس سخن گفت.")
	b.confirm(d, rows[2], "فرهاد ضمانی ظهر رفت.")
	help, err := b.Assist(b.ctx, b.translator, d, rows[2].ID)
	b.must(err)
	if hasIssue(help.Issues, "inconsistent_name") {
		t.Errorf("issues %+v", help.Issues)
	}
}

func TestMissingTermWithAWrongForm(t *testing.T) {
	b := open(t)
	b.addTerm("parliament", "پارلمان", "مجلسک", tm.PlainTerm)
	d := b.upload("vote.txt", "The parliament voted.\n").Document.ID
	saved := b.confirm(d, b.rows(d)[0], "پارلمات رأی داد.")
	issue := issueOf(b, saved.Issues, "glossary_missing")
	if issue.Side != tm.TargetSide || issue.Fix != "پارلمان" || saved.Row.Target.Text[issue.From:issue.To] != "پارلمات" {
		t.Errorf("issue %+v", issue)
	}
}
