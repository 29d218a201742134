package workbench_test

import (
	"strings"
	"testing"

	"tarjoman/tm"
	"tarjoman/tm/workbench"
)

func issueOf(b *bench, issues []tm.Issue, code string) tm.Issue {
	b.t.Helper()
	for _, i := range issues {
		if i.Code == code {
			return i
		}
	}
	b.t.Fatalf("no %s in %+v", code, issues)
	return tm.Issue{}
}

func refOf(i tm.Issue) workbench.IssueRef {
	return workbench.IssueRef{Code: i.Code, Side: i.Side, From: i.From, To: i.To}
}

func TestDismissedIssueReturnsWithAnotherText(t *testing.T) {
	b := open(t)
	d := b.upload("count.txt", "The bridge has 14 arches.\n").Document.ID
	saved := b.confirm(d, b.rows(d)[0], "پل چند دهانه دارد.")
	issue := issueOf(b, saved.Issues, "number_mismatch")
	if saved.Row.Errors != 1 {
		t.Fatalf("%d errors, want 1", saved.Row.Errors)
	}
	kept, err := b.Dismiss(b.ctx, b.translator, d, saved.Row.ID, saved.Row.Revision, refOf(issue), "عدد در شرح عکس هست")
	b.must(err)
	if kept.Row.Errors != 0 || issueOf(b, kept.Issues, "number_mismatch").Dismissed == "" {
		t.Fatalf("after dismissing: %+v", kept)
	}
	again := b.confirm(d, kept.Row, "پل چندین دهانه دارد.")
	if again.Row.Errors != 1 {
		t.Error("the issue did not come back with another text")
	}
	back := b.confirm(d, again.Row, "پل چند دهانه دارد.")
	if back.Row.Errors != 0 {
		t.Error("the decision was forgotten")
	}
	reopened, err := b.Dismiss(b.ctx, b.translator, d, back.Row.ID, back.Row.Revision, refOf(issue), "")
	b.must(err)
	if reopened.Row.Errors != 1 {
		t.Error("the decision was not taken back")
	}
}

func TestTranslatorsCannotDismissTheGate(t *testing.T) {
	b := open(t)
	b.addTerm("Laleh Irani", "لاله ایرانی", "لاله ایرانیان", tm.Person)
	d := b.upload("garden.txt", article).Document.ID
	saved := b.confirm(d, b.rows(d)[0], "لاله ایرانیان باغ را گشود.")
	issue := issueOf(b, saved.Issues, "glossary_forbidden")
	_, err := b.Dismiss(b.ctx, b.translator, d, saved.Row.ID, saved.Row.Revision, refOf(issue), "نام درست همین است")
	b.wantCode(err, "forbidden")
	kept, err := b.Dismiss(b.ctx, b.reviewer, d, saved.Row.ID, saved.Row.Revision, refOf(issue), "نام درست همین است")
	b.must(err)
	if _, err := b.Approve(b.ctx, b.reviewer, d, kept.Row.ID, kept.Row.Revision, ""); err != nil {
		t.Errorf("approve after a reviewer allowed the name: %v", err)
	}
}

func TestSeverityPerProject(t *testing.T) {
	b := open(t)
	d := b.upload("count.txt", "The bridge has 14 arches.\n").Document.ID
	settings := b.project.Settings
	settings.Checks = map[string]string{"number_mismatch": "off"}
	b.must(b.UpdateProject(b.ctx, b.manager, b.project.ID, "News", settings))
	saved := b.confirm(d, b.rows(d)[0], "پل چند دهانه دارد.")
	if saved.Row.Errors != 0 {
		t.Errorf("a check turned off reports %+v", saved.Issues)
	}
	settings.Checks = map[string]string{"number_mismatch": "loud"}
	b.wantCode(b.UpdateProject(b.ctx, b.manager, b.project.ID, "News", settings), "settings.checks")
	settings.Checks = map[string]string{"no_such_check": "error"}
	b.wantCode(b.UpdateProject(b.ctx, b.manager, b.project.ID, "News", settings), "settings.checks")
}

func TestMaximumLength(t *testing.T) {
	b := open(t)
	settings := b.project.Settings
	settings.MaxLength = 10
	b.must(b.UpdateProject(b.ctx, b.manager, b.project.ID, "News", settings))
	d := b.upload("garden.txt", article).Document.ID
	saved := b.confirm(d, b.rows(d)[1], "ورود رایگان است.")
	issue := issueOf(b, saved.Issues, "too_long")
	if got := saved.Row.Target.Text[issue.From:issue.To]; got != "ن است." || issue.Args["count"] != 16 {
		t.Errorf("issue at %q, %v", got, issue.Args)
	}
	settings.MaxLength = -1
	b.wantCode(b.UpdateProject(b.ctx, b.manager, b.project.ID, "News", settings), "settings.max_length")
}

func TestIssuesOfDocument(t *testing.T) {
	b := open(t)
	settings := b.project.Settings
	settings.Propagate = false
	b.must(b.UpdateProject(b.ctx, b.manager, b.project.ID, "News", settings))
	d := b.upload("garden.txt", article).Document.ID
	rows := b.rows(d)
	b.confirm(d, rows[1], "ورود رایگان است.")
	b.confirm(d, rows[3], "ورودیه ندارد.")
	list, err := b.Issues(b.ctx, b.viewer, d)
	b.must(err)
	if len(list) != 1 || list[0].Row.ID != rows[3].ID || list[0].Issues[0].Code != "inconsistent_translation" {
		t.Errorf("issues %+v", list)
	}
}

func TestIssuesAcrossDocuments(t *testing.T) {
	b := open(t)
	one := b.upload("one.txt", "Entry is free.\n").Document.ID
	b.confirm(one, b.rows(one)[0], "ورود رایگان است.")
	two := b.upload("two.txt", "The gate is open.\nEntry is free.\n").Document.ID
	list, err := b.Issues(b.ctx, b.viewer, two)
	b.must(err)
	if len(list) != 0 {
		t.Errorf("the same translation is reported: %+v", list)
	}
	b.confirm(two, b.rows(two)[1], "ورودیه نمی‌گیرند.")
	list, err = b.Issues(b.ctx, b.viewer, two)
	b.must(err)
	if len(list) != 1 {
		t.Fatalf("issues %+v", list)
	}
	issue := issueOf(b, list[0].Issues, "inconsistent_elsewhere")
	if issue.Args["other"] != "ورود رایگان است." || issue.Args["document"] != "one.txt" {
		t.Errorf("arguments %v", issue.Args)
	}
}

func TestFixTypography(t *testing.T) {
	b := open(t)
	d := b.upload("garden.txt", article).Document.ID
	rows := b.rows(d)
	b.confirm(d, rows[0], "لاله ايراني باغ را گشود.")
	b.confirm(d, rows[2], "سگ‌ها بیرون می مانند.")
	preview, err := b.PreviewTypography(b.ctx, b.translator, d)
	b.must(err)
	if len(preview) != 2 || preview[1].Fixed.Text != "سگ‌ها بیرون می‌مانند." {
		t.Fatalf("preview %+v", preview)
	}
	chosen := map[tm.SegmentID]int64{preview[0].Row.ID: preview[0].Row.Revision, preview[1].Row.ID: preview[1].Row.Revision}
	fixed, change, err := b.FixTypography(b.ctx, b.translator, d, chosen)
	b.must(err)
	if len(fixed) != 2 || b.rows(d)[0].Target.Text != "لاله ایرانی باغ را گشود." || b.rows(d)[0].State != tm.Translated {
		t.Fatalf("fixed %+v", fixed)
	}
	if again, err := b.PreviewTypography(b.ctx, b.translator, d); err != nil || len(again) != 0 {
		t.Errorf("fixing fixed text: %+v, %v", again, err)
	}
	undone, err := b.Undo(b.ctx, b.translator, d, change)
	b.must(err)
	if len(undone) != 2 || b.rows(d)[0].Target.Text != "لاله ايراني باغ را گشود." {
		t.Errorf("undone %+v", undone)
	}
}

func TestSplitAndMergeSurviveAnUpdate(t *testing.T) {
	b := open(t)
	text := "A first line.\n\nThe bridge, old and new, is open. It is free.\n\nA last line.\n"
	d := b.upload("cut.txt", text).Document.ID
	rows := b.rows(d)
	cut := strings.Index(rows[1].Source.Text, "old and new")
	parts, err := b.Split(b.ctx, b.translator, d, rows[1].ID, rows[1].Revision, cut)
	b.must(err)
	if parts[0].Source.Text != "The bridge," || parts[1].Source.Text != "old and new, is open." {
		t.Fatalf("split into %q and %q", parts[0].Source.Text, parts[1].Source.Text)
	}
	merged, err := b.Merge(b.ctx, b.translator, d, parts[1].ID, parts[1].Revision)
	b.must(err)
	if merged.Row.Source.Text != "old and new, is open. It is free." {
		t.Fatalf("merged into %q", merged.Row.Source.Text)
	}
	_, err = b.Merge(b.ctx, b.translator, d, merged.Row.ID, merged.Row.Revision)
	b.wantCode(err, "segment.last_of_block")
	b.confirm(d, merged.Row, "نو و کهنه، باز است و رایگان.")

	update := "A new line.\n\n" + strings.Replace(text, "A last line.", "The end.", 1)
	_, err = b.Import(b.ctx, b.manager, b.project.ID, workbench.Upload{Name: "cut.txt", Data: []byte(update), Update: d})
	b.must(err)
	var got []string
	for i, r := range b.rows(d) {
		if r.Index != i {
			t.Errorf("segment %d stands at %d", i, r.Index)
		}
		got = append(got, r.Source.Text)
	}
	want := "A new line.|A first line.|The bridge,|old and new, is open. It is free.|The end."
	if strings.Join(got, "|") != want || b.rows(d)[3].State != tm.Translated {
		t.Errorf("after the update: %q", got)
	}
	out, err := b.Export(b.ctx, b.manager, d, workbench.ExportOptions{Kind: workbench.ExportDocument})
	b.must(err)
	if want := strings.Replace(update, "old and new, is open. It is free.", "نو و کهنه، باز است و رایگان.", 1); string(out.Data) != want {
		t.Errorf("export %q, want %q", out.Data, want)
	}
}

func TestOwnSRX(t *testing.T) {
	b := open(t)
	ours, own, err := b.SRX(b.ctx, b.viewer, b.project.ID)
	b.must(err)
	if own || !strings.Contains(string(ours), "languagepattern=\"fa") {
		t.Errorf("our rules: own %v, %d bytes", own, len(ours))
	}
	never := `<?xml version="1.0"?><srx version="2.0"><header segmentsubflows="yes" cascade="no"/><body>
		<languagerules><languagerule languagerulename="None"/></languagerules>
		<maprules><languagemap languagepattern=".*" languagerulename="None"/></maprules></body></srx>`
	b.must(b.SetSRX(b.ctx, b.manager, b.project.ID, []byte(never)))
	if made := b.upload("whole.txt", "One. Two. Three.\n"); made.Segments != 1 {
		t.Errorf("%d segments without rules, want 1", made.Segments)
	}
	if err := b.SetSRX(b.ctx, b.manager, b.project.ID, []byte("<srx><body>")); err == nil {
		t.Error("broken rules were accepted")
	}
	b.must(b.SetSRX(b.ctx, b.manager, b.project.ID, nil))
	if made := b.upload("cut.txt", "One. Two. Three.\n"); made.Segments != 3 {
		t.Errorf("%d segments with our rules, want 3", made.Segments)
	}
}
