package workbench_test

import (
	"context"
	"errors"
	"io"
	"path/filepath"
	"strings"
	"testing"

	"golang.org/x/text/language"

	"tarjoman/tm"
	"tarjoman/tm/format/all"
	"tarjoman/tm/store"
	"tarjoman/tm/workbench"
)

// bench is a workbench on a fresh database with one project and its people.
type bench struct {
	*workbench.Workbench
	t                                             *testing.T
	ctx                                           context.Context
	db                                            *store.DB
	manager, reviewer, translator, viewer, nobody workbench.Actor
	project                                       workbench.Project
}

func open(t *testing.T) *bench {
	t.Helper()
	ctx := t.Context()
	db, err := store.Open(ctx, filepath.Join(t.TempDir(), "test.db"))
	if err != nil {
		t.Fatal(err)
	}
	w, err := workbench.Open(ctx, workbench.Config{DB: db, Formats: all.Formats(), Report: func(err error) { t.Error(err) }})
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		w.Close()
		if err := db.Close(); err != nil {
			t.Error(err)
		}
	})
	b := &bench{Workbench: w, t: t, ctx: ctx, db: db}
	b.people()
	return b
}

func (b *bench) people() {
	account := func(login string) workbench.Actor {
		acc, err := b.AddAccountFromConsole(b.ctx, workbench.Actor{}, workbench.NewAccount{
			Login: login, Name: strings.ToUpper(login), Password: "forty winks at noon " + login})
		b.must(err)
		return workbench.Actor{Account: acc.ID, Name: acc.Name}
	}
	b.manager, b.reviewer, b.translator = account("mina"), account("reza"), account("tara")
	b.viewer, b.nobody = account("vida"), account("nima")
	var err error
	b.project, err = b.CreateProject(b.ctx, b.manager, "News", language.English, language.Persian)
	b.must(err)
	b.must(b.SetMember(b.ctx, b.manager, b.project.ID, "reza", workbench.Reviewer))
	b.must(b.SetMember(b.ctx, b.manager, b.project.ID, "tara", workbench.Translator))
	b.must(b.SetMember(b.ctx, b.manager, b.project.ID, "vida", workbench.Viewer))
}

func (b *bench) must(err error) {
	b.t.Helper()
	if err != nil {
		b.t.Fatal(err)
	}
}

func (b *bench) wantCode(err error, code string) {
	b.t.Helper()
	if got := tm.CodeOf(err); got != code {
		b.t.Fatalf("error %v, want code %q", err, code)
	}
}

func (b *bench) upload(name, text string) workbench.Imported {
	b.t.Helper()
	made, err := b.Import(b.ctx, b.manager, b.project.ID, workbench.Upload{Name: name, Data: []byte(text)})
	b.must(err)
	return made
}

func (b *bench) rows(d tm.DocumentID) []workbench.Row {
	b.t.Helper()
	rows, _, err := b.Segments(b.ctx, b.translator, d, -1)
	b.must(err)
	return rows
}

func (b *bench) confirm(d tm.DocumentID, r workbench.Row, text string) workbench.Saved {
	b.t.Helper()
	saved, err := b.Save(b.ctx, b.translator, d, edit(r, text, tm.Translated))
	b.must(err)
	return saved
}

func edit(r workbench.Row, text string, state tm.State) workbench.Edit {
	return workbench.Edit{Segment: r.ID, Revision: r.Revision, Target: tm.Plain(text), State: state}
}

func (b *bench) addTerm(source, target, forbidden string, kind tm.TermType) {
	b.t.Helper()
	list, err := b.Glossaries(b.ctx, b.manager, b.project.ID)
	b.must(err)
	_, err = b.SaveConcept(b.ctx, b.manager, b.project.ID, tm.Concept{Glossary: list[0].ID, Type: kind, Terms: []tm.Term{
		{Lang: language.English, Text: source, Status: tm.Preferred},
		{Lang: language.Persian, Text: target, Status: tm.Preferred},
		{Lang: language.Persian, Text: forbidden, Status: tm.ForbiddenTerm},
	}})
	b.must(err)
}

const article = "Laleh Irani opened the garden.\n\nEntry is free. Dogs stay outside.\n\nEntry is free.\n"

func TestTheJob(t *testing.T) {
	b := open(t)
	b.addTerm("Laleh Irani", "لاله ایرانی", "لاله ایرانیان", tm.Person)
	made := b.upload("garden.txt", article)
	if made.Segments != 4 {
		t.Fatalf("%d segments, want 4", made.Segments)
	}
	d := made.Document.ID
	rows := b.rows(d)

	wrong := b.confirm(d, rows[0], "لاله ایرانیان باغ را گشود.")
	if wrong.Row.Errors == 0 {
		t.Fatalf("no error for a forbidden name: %+v", wrong.Issues)
	}
	_, err := b.Approve(b.ctx, b.reviewer, d, rows[0].ID, wrong.Row.Revision, "")
	if gate, ok := errors.AsType[*workbench.GateError](err); !ok || len(gate.Issues) == 0 {
		t.Fatalf("approval of a forbidden name: %v", err)
	}
	right := b.confirm(d, wrong.Row, "لاله ایرانی باغ را گشود.")
	approved, err := b.Approve(b.ctx, b.reviewer, d, rows[0].ID, right.Row.Revision, "")
	b.must(err)
	if approved.Row.State != tm.Approved {
		t.Fatalf("state %s", approved.Row.State)
	}

	saved := b.confirm(d, rows[1], "ورود رایگان است.")
	if len(saved.Propagated) != 1 || saved.Propagated[0].ID != rows[3].ID {
		t.Fatalf("propagated %+v, want the repetition", saved.Propagated)
	}

	out, err := b.Export(b.ctx, b.reviewer, d, workbench.ExportOptions{Kind: workbench.ExportDocument})
	b.must(err)
	want := "لاله ایرانی باغ را گشود.\n\nورود رایگان است. Dogs stay outside.\n\nورود رایگان است.\n"
	if got := string(out.Data); got != want || out.Name != "garden.fa.txt" {
		t.Errorf("export %q:\n%s\nwant\n%s", out.Name, got, want)
	}
	out, err = b.Export(b.ctx, b.reviewer, d, workbench.ExportOptions{Kind: workbench.ExportDocument, ApprovedOnly: true})
	b.must(err)
	want = "لاله ایرانی باغ را گشود.\n\nEntry is free. Dogs stay outside.\n\nEntry is free.\n"
	if got := string(out.Data); got != want {
		t.Errorf("approved only:\n%s\nwant\n%s", got, want)
	}
}

func TestOverrideIsKept(t *testing.T) {
	b := open(t)
	b.addTerm("Laleh Irani", "لاله ایرانی", "لاله ایرانیان", tm.Person)
	d := b.upload("garden.txt", article).Document.ID
	saved := b.confirm(d, b.rows(d)[0], "لاله ایرانیان باغ را گشود.")
	approved, err := b.Approve(b.ctx, b.reviewer, d, saved.Row.ID, saved.Row.Revision, "نقل قول است")
	b.must(err)
	history, err := b.History(b.ctx, b.viewer, d, saved.Row.ID)
	b.must(err)
	if history[0].Revision != approved.Row.Revision || history[0].Reason != "نقل قول است" {
		t.Errorf("history %+v", history[0])
	}
	audit, err := b.ProjectAudit(b.ctx, b.manager, b.project.ID, 0, 1)
	b.must(err)
	if audit[0].Action != "segment.override" || !strings.Contains(audit[0].Detail, "نقل قول است") {
		t.Errorf("audit %+v", audit[0])
	}
}

func TestStaleSaveLosesNothing(t *testing.T) {
	b := open(t)
	d := b.upload("garden.txt", article).Document.ID
	row := b.rows(d)[2]
	first := edit(row, "سگ‌ها بیرون می‌مانند.", tm.Draft)
	saved, err := b.Save(b.ctx, b.translator, d, first)
	b.must(err)

	again, err := b.Save(b.ctx, b.translator, d, first)
	b.must(err)
	if again.Row.Revision != saved.Row.Revision {
		t.Errorf("the same save twice made revision %d", again.Row.Revision)
	}
	_, err = b.Save(b.ctx, b.reviewer, d, edit(row, "سگ نیاورید.", tm.Draft))
	stale, ok := errors.AsType[*workbench.StaleError](err)
	if !ok || stale.Current.Target.Text != "سگ‌ها بیرون می‌مانند." {
		t.Fatalf("stale save: %v", err)
	}
}

func TestApprovedIsReadOnlyForTranslators(t *testing.T) {
	b := open(t)
	d := b.upload("garden.txt", article).Document.ID
	saved := b.confirm(d, b.rows(d)[2], "سگ‌ها بیرون می‌مانند.")
	_, err := b.Approve(b.ctx, b.translator, d, saved.Row.ID, saved.Row.Revision, "")
	b.wantCode(err, "forbidden")
	approved, err := b.Approve(b.ctx, b.reviewer, d, saved.Row.ID, saved.Row.Revision, "")
	b.must(err)
	_, err = b.Save(b.ctx, b.translator, d, edit(approved.Row, "سگ نیاورید.", tm.Draft))
	b.wantCode(err, "segment.approved")
	changed, err := b.Save(b.ctx, b.reviewer, d, edit(approved.Row, "سگ نیاورید.", tm.Translated))
	b.must(err)
	if changed.Row.State != tm.Translated {
		t.Errorf("an approval outlived the text it was given for: %s", changed.Row.State)
	}
}

func TestRejectAndReopen(t *testing.T) {
	b := open(t)
	d := b.upload("garden.txt", article).Document.ID
	saved := b.confirm(d, b.rows(d)[2], "سگ‌ها بیرون می‌مانند.")
	_, err := b.Reject(b.ctx, b.reviewer, d, saved.Row.ID, saved.Row.Revision, "  ")
	b.wantCode(err, "reason.empty")
	rejected, err := b.Reject(b.ctx, b.reviewer, d, saved.Row.ID, saved.Row.Revision, "لحن")
	b.must(err)
	if rejected.Row.State != tm.Rejected || rejected.Row.Reason != "لحن" {
		t.Fatalf("rejected row %+v", rejected.Row)
	}
	again := b.confirm(d, rejected.Row, "سگ‌ها بیرون می‌مانند.")
	if again.Row.State != tm.Translated || again.Row.Reason != "" {
		t.Fatalf("confirmed again: %+v", again.Row)
	}
	approved, err := b.Approve(b.ctx, b.reviewer, d, again.Row.ID, again.Row.Revision, "")
	b.must(err)
	reopened, err := b.Reopen(b.ctx, b.reviewer, d, approved.Row.ID, approved.Row.Revision)
	b.must(err)
	if reopened.Row.State != tm.Translated {
		t.Errorf("reopened: %s", reopened.Row.State)
	}
}

func TestUndoPropagation(t *testing.T) {
	b := open(t)
	d := b.upload("garden.txt", article).Document.ID
	rows := b.rows(d)
	saved := b.confirm(d, rows[1], "ورود رایگان است.")
	undone, err := b.Undo(b.ctx, b.translator, d, saved.Change)
	b.must(err)
	if len(undone) != 1 || undone[0].State != tm.New || undone[0].Target.Text != "" {
		t.Fatalf("undone: %+v", undone)
	}
	if twice, err := b.Undo(b.ctx, b.translator, d, saved.Change); err != nil || len(twice) != 0 {
		t.Errorf("undone twice: %+v, %v", twice, err)
	}
}

func TestUpdateKeepsWhatIsUnchanged(t *testing.T) {
	b := open(t)
	d := b.upload("garden.txt", article).Document.ID
	b.confirm(d, b.rows(d)[0], "لاله ایرانی باغ را گشود.")
	b.confirm(d, b.rows(d)[1], "ورود رایگان است.")

	_, err := b.Import(b.ctx, b.manager, b.project.ID, workbench.Upload{Name: "garden.txt", Data: []byte(article)})
	b.wantCode(err, "document.same_name")

	next := "A new first line.\n\nLaleh Irani opened the garden.\n\nEntry is free. Cats stay outside.\n"
	made, err := b.Import(b.ctx, b.manager, b.project.ID, workbench.Upload{Name: "garden.txt", Data: []byte(next), Update: d})
	b.must(err)
	rows := b.rows(d)
	if len(rows) != 4 || rows[1].Target.Text != "لاله ایرانی باغ را گشود." || rows[1].State != tm.Translated {
		t.Fatalf("after the update: %+v", rows)
	}
	if made.Segments != 4 || made.Kept == 0 || made.Dropped == 0 {
		t.Errorf("imported %+v", made)
	}
	original, err := b.Original(b.ctx, b.manager, d)
	b.must(err)
	if string(original.Data) != next {
		t.Errorf("original is %q", original.Data)
	}
}

func TestPretranslate(t *testing.T) {
	b := open(t)
	d := b.upload("one.txt", article).Document.ID
	b.confirm(d, b.rows(d)[1], "ورود رایگان است.")
	made := b.upload("two.txt", "The shop is closed.\nEntry is free.\n")
	if made.Filled != 1 {
		t.Fatalf("filled %d segments, want 1", made.Filled)
	}
	rows := b.rows(made.Document.ID)
	if rows[1].Target.Text != "ورود رایگان است." || rows[1].State != tm.Draft || rows[1].Filled < 100 {
		t.Errorf("row %+v", rows[1])
	}
	if undone, err := b.Undo(b.ctx, b.manager, made.Document.ID, made.Change); err != nil || len(undone) != 1 {
		t.Errorf("undo: %d rows, %v", len(undone), err)
	}
}

func TestMemoryImport(t *testing.T) {
	b := open(t)
	memories, err := b.Memories(b.ctx, b.manager, b.project.ID)
	b.must(err)
	m := memories[0].ID
	load := func(text string) workbench.Job {
		job, err := b.ImportMemory(b.ctx, b.manager, b.project.ID, m, "pairs.tsv", int64(len(text)), io.NopCloser(strings.NewReader(text)))
		b.must(err)
		job, err = b.WaitJob(b.ctx, b.manager, b.project.ID, job.ID)
		b.must(err)
		return job
	}
	pairs := "Bread is here.\tنان اینجاست.\nWater is there.\tآب آنجاست.\n"
	if job := load(pairs); job.State != workbench.JobDone || job.Result["units"] != 2.0 {
		t.Fatalf("job %+v", job)
	}
	if job := load(pairs); job.Result["units"] != 0.0 || job.Result["skipped"] != 2.0 {
		t.Errorf("the same file again: %+v", job)
	}
	hits, err := b.Concordance(b.ctx, b.translator, b.project.ID, "نان", tm.TargetSide, 0, 10)
	b.must(err)
	if hits.Total != 1 || hits.List[0].Source.Text != "Bread is here." || len(hits.List[0].Marks) == 0 {
		t.Errorf("concordance: %+v", hits)
	}
	units, err := b.Units(b.ctx, b.viewer, b.project.ID, m, workbench.UnitFilter{}, 0, 10)
	b.must(err)
	if units.Total != 2 || units.Rows[0].Source.Text != "Water is there." {
		t.Errorf("units: %+v", units)
	}
	b.must(b.DeleteUnit(b.ctx, b.manager, b.project.ID, m, units.Rows[0].ID))
	if units, err = b.Units(b.ctx, b.viewer, b.project.ID, m, workbench.UnitFilter{}, 0, 10); err != nil || units.Total != 1 {
		t.Errorf("after deleting one: %d, %v", units.Total, err)
	}
}

// TestStrangersSeeNothing tries every reading method as somebody who is no
// member: each must answer as for something that does not exist.
func TestStrangersSeeNothing(t *testing.T) {
	b := open(t)
	d := b.upload("garden.txt", article).Document.ID
	row := b.rows(d)[0]
	saved := b.confirm(d, b.rows(d)[1], "ورود رایگان است.")
	memories, _ := b.Memories(b.ctx, b.manager, b.project.ID)
	glossaries, _ := b.Glossaries(b.ctx, b.manager, b.project.ID)
	p, m, g, a := b.project.ID, memories[0].ID, glossaries[0].ID, b.nobody
	calls := map[string]func() error{
		"Project":     func() error { _, err := b.Project(b.ctx, a, p); return err },
		"Documents":   func() error { _, err := b.Documents(b.ctx, a, p); return err },
		"Document":    func() error { _, err := b.Document(b.ctx, a, d); return err },
		"Original":    func() error { _, err := b.Original(b.ctx, a, d); return err },
		"Export":      func() error { _, err := b.Export(b.ctx, a, d, workbench.ExportOptions{Kind: "document"}); return err },
		"Segments":    func() error { _, _, err := b.Segments(b.ctx, a, d, -1); return err },
		"Assist":      func() error { _, err := b.Assist(b.ctx, a, d, row.ID); return err },
		"Save":        func() error { _, err := b.Save(b.ctx, a, d, edit(row, "x", tm.Draft)); return err },
		"Approve":     func() error { _, err := b.Approve(b.ctx, a, d, row.ID, 0, ""); return err },
		"History":     func() error { _, err := b.History(b.ctx, a, d, row.ID); return err },
		"Undo":        func() error { _, err := b.Undo(b.ctx, a, d, saved.Change); return err },
		"Concordance": func() error { _, err := b.Concordance(b.ctx, a, p, "free", tm.SourceSide, 0, 9); return err },
		"Units":       func() error { _, err := b.Units(b.ctx, a, p, m, workbench.UnitFilter{}, 0, 9); return err },
		"Export TM":   func() error { return b.ExportMemory(b.ctx, a, p, m, "tmx", io.Discard) },
		"Concepts":    func() error { _, _, err := b.Concepts(b.ctx, a, p, g, workbench.ConceptQuery{Limit: 9}); return err },
		"Members":     func() error { _, err := b.Members(b.ctx, a, p); return err },
		"Jobs":        func() error { _, err := b.Jobs(b.ctx, a, p); return err },
		"Audit":       func() error { _, err := b.ProjectAudit(b.ctx, a, p, 0, 9); return err },
		"Delete":      func() error { return b.DeleteDocument(b.ctx, a, d) },
	}
	for name, call := range calls {
		if err := call(); !errors.Is(err, store.NotFound) {
			t.Errorf("%s: %v, want not found", name, err)
		}
	}
}

func TestTrash(t *testing.T) {
	b := open(t)
	d := b.upload("garden.txt", article).Document.ID
	b.must(b.DeleteDocument(b.ctx, b.manager, d))
	_, err := b.Document(b.ctx, b.manager, d)
	b.wantCode(err, "not_found")
	b.must(b.RestoreDocument(b.ctx, b.manager, d))
	if _, err = b.Document(b.ctx, b.manager, d); err != nil {
		t.Error(err)
	}
	b.must(b.DeleteProject(b.ctx, b.manager, b.project.ID))
	_, err = b.Document(b.ctx, b.manager, d)
	b.wantCode(err, "not_found")
	b.must(b.RestoreProject(b.ctx, b.manager, b.project.ID))
	if _, err = b.Document(b.ctx, b.manager, d); err != nil {
		t.Error(err)
	}
}

func TestLogin(t *testing.T) {
	b := open(t)
	if _, err := b.Authenticate(b.ctx, "MINA", "forty winks at noon mina", "192.0.2.1"); err != nil {
		t.Fatalf("log-in names ignore case: %v", err)
	}
	for range 5 {
		_, err := b.Authenticate(b.ctx, "mina", "wrong", "192.0.2.1")
		b.wantCode(err, "login.wrong")
	}
	_, err := b.Authenticate(b.ctx, "mina", "forty winks at noon mina", "192.0.2.1")
	b.wantCode(err, "login.throttled")
	if _, err = b.Authenticate(b.ctx, "mina", "forty winks at noon mina", "192.0.2.2"); err != nil {
		t.Errorf("another network is shut out too: %v", err)
	}
	_, err = b.Authenticate(b.ctx, "nobody", "wrong", "192.0.2.3")
	b.wantCode(err, "login.wrong")
}

func TestPasswords(t *testing.T) {
	b := open(t)
	for password, code := range map[string]string{
		"short":                   "password.too_short",
		"123456789012345":         "password.guessable",
		"qwertyuiopasdf":          "password.guessable",
		"aaaaaaaaaaaaaaaaaaaa":    "password.guessable",
		strings.Repeat("x", 2000): "password.too_long",
	} {
		_, err := b.AddAccountFromConsole(b.ctx, workbench.Actor{}, workbench.NewAccount{Login: "omid", Password: password})
		b.wantCode(err, code)
	}
	_, err := b.AddAccountFromConsole(b.ctx, workbench.Actor{}, workbench.NewAccount{Login: "omid", Password: "درختِ گردوی همسایهٔ ما"})
	b.must(err)
	if _, err = b.Authenticate(b.ctx, "omid", "درختِ گردوی همسایهٔ ما", "::1"); err != nil {
		t.Error(err)
	}
}

func TestDemo(t *testing.T) {
	b := open(t)
	for range 2 {
		logins, err := b.LoadDemo(b.ctx)
		b.must(err)
		if len(logins) != 3 {
			t.Fatalf("%d log-ins", len(logins))
		}
	}
	acc, err := b.AccountByLogin(b.ctx, "reviewer")
	b.must(err)
	a := workbench.Actor{Account: acc.ID, Name: acc.Name}
	projects, err := b.Projects(b.ctx, a)
	b.must(err)
	if len(projects) != 1 || projects[0].Documents != 1 {
		t.Fatalf("projects %+v", projects)
	}
	docs, err := b.Documents(b.ctx, a, projects[0].ID)
	b.must(err)
	rows, _, err := b.Segments(b.ctx, a, docs[0].ID, -1)
	b.must(err)
	filled, terms := 0, 0
	for _, r := range rows {
		if r.Filled > 0 {
			filled++
		}
		help, err := b.Assist(b.ctx, a, docs[0].ID, r.ID)
		b.must(err)
		terms += len(help.Terms)
	}
	if filled == 0 || terms < 20 {
		t.Errorf("%d of %d segments pre-translated, %d terms found", filled, len(rows), terms)
	}
}
