package workbench_test

import (
	"fmt"
	"io"
	"slices"
	"strings"
	"testing"
	"time"

	"golang.org/x/text/language"

	"tarjoman/tm"
	"tarjoman/tm/store"
	"tarjoman/tm/workbench"
)

// exchangeBench has a concept whose Persian form was changed, and segments with
// the old one.
type exchangeBench struct {
	*bench
	concept tm.Concept
	d       tm.DocumentID
	request workbench.TermRequest
}

const harbour = "The lighthouse keepers went home.\n\nA lighthouse stands here.\n\nThe lighthouse and the lighthouse museum.\n\nNothing else happened.\n\nThe tower is old.\n"

func openExchange(t *testing.T) *exchangeBench {
	b := &exchangeBench{bench: open(t)}
	b.concept = tm.Concept{Glossary: b.glossary(), Type: tm.PlainTerm, Terms: []tm.Term{
		{Lang: language.English, Text: "lighthouse", Status: tm.Preferred},
		{Lang: language.Persian, Text: "چراغ دریایی", Status: tm.Preferred},
	}}
	var err error
	b.concept, err = b.SaveConcept(b.ctx, b.reviewer, b.project.ID, b.concept)
	b.must(err)
	b.d = b.upload("harbour.txt", harbour).Document.ID
	for i, text := range []string{
		"نگهبانان چراغ دریایی به خانه رفتند.",
		"چراغ دریایی‌ای اینجا ایستاده است.",
		"چراغ دریایی و موزهٔ چراغ دریایی.",
		"هیچ اتفاق دیگری نیفتاد.",
		"چراغ دریایی کهنه است.",
	} {
		b.confirm(b.d, b.rows(b.d)[i], text)
	}
	row := b.rows(b.d)[0]
	_, err = b.Approve(b.ctx, b.reviewer, b.d, row.ID, row.Revision, "")
	b.must(err)
	changed := b.concept
	changed.Terms = slices.Clone(b.concept.Terms)
	changed.Terms[1].Text = "فانوس دریایی"
	_, err = b.ChangeConcept(b.ctx, b.reviewer, b.project.ID, changed, 1)
	b.must(err)
	b.request = workbench.TermRequest{Concept: b.concept.ID, Since: 1}
	return b
}

func (b *exchangeBench) plan() workbench.TermPlan {
	b.t.Helper()
	plan, err := b.PlanTerm(b.ctx, b.reviewer, b.project.ID, b.request)
	b.must(err)
	return plan
}

func targets(rows []workbench.Row) []string {
	var list []string
	for _, r := range rows {
		list = append(list, r.Target.Text+" "+string(r.State))
	}
	return list
}

// unitTexts are the Persian texts of the first memory with their states, by id.
func (b *bench) unitTexts() []string {
	b.t.Helper()
	list, err := b.Memories(b.ctx, b.viewer, b.project.ID)
	b.must(err)
	var texts []string
	b.must(b.db.EachUnit(b.ctx, list[0].ID, func(u *tm.Unit) error {
		c, _ := u.In(language.Persian)
		text := c.Text + " " + string(u.Origin.State)
		if u.Penalty > 0 {
			text += fmt.Sprint(" ", -u.Penalty)
		}
		texts = append(texts, text)
		return nil
	}))
	return texts
}

func TestPlanTerm(t *testing.T) {
	b := openExchange(t)
	plan := b.plan()
	if !slices.Equal(plan.Forms, []string{"چراغ دریایی"}) || plan.To != "فانوس دریایی" {
		t.Errorf("forms %q to %q", plan.Forms, plan.To)
	}
	want := []string{
		"نگهبانان فانوس دریایی به خانه رفتند. []",
		"فانوس دریایی‌ای اینجا ایستاده است. []",
		"فانوس دریایی و موزهٔ فانوس دریایی. [twice]",
		"فانوس دریایی کهنه است. [source]",
	}
	var got []string
	for _, p := range plan.Segments {
		got = append(got, fmt.Sprint(p.Fixed.Text, " ", p.Doubts))
	}
	if !slices.Equal(got, want) {
		t.Errorf("places:\n%s\nwant\n%s", strings.Join(got, "\n"), strings.Join(want, "\n"))
	}
	if len(plan.Units) != 0 {
		t.Errorf("the units of listed segments are listed once more: %+v", plan.Units)
	}
	for _, a := range []workbench.Actor{b.translator, b.viewer} {
		_, err := b.PlanTerm(b.ctx, a, b.project.ID, b.request)
		b.wantCode(err, "forbidden")
	}
	_, err := b.PlanTerm(b.ctx, b.nobody, b.project.ID, b.request)
	b.wantCode(err, "not_found")
	_, err = b.PlanTerm(b.ctx, b.reviewer, b.project.ID, workbench.TermRequest{Concept: b.concept.ID, Forms: []string{"خانه"}})
	b.wantCode(err, "not_found")
}

func TestExchangeTerm_AndUndo(t *testing.T) {
	b := openExchange(t)
	rows, units := targets(b.rows(b.d)), b.unitTexts()
	plan := b.plan()
	moved := b.confirm(b.d, b.rows(b.d)[1], "چراغ دریایی‌ای در اینجا هست.")
	done, err := b.ExchangeTerm(b.ctx, b.reviewer, b.project.ID, b.request, plan.Choose(), workbench.UnitsFollow)
	b.must(err)
	if done.Segments != 1 || done.Skipped != 1 {
		t.Errorf("%+v", done)
	}
	after := b.rows(b.d)
	if got := targets(after)[0]; got != "نگهبانان فانوس دریایی به خانه رفتند. translated" {
		t.Errorf("segment: %s", got)
	}
	if after[0].AuthorName != "TARA" || after[1].Revision != moved.Row.Revision || after[0].Errors != 0 {
		t.Errorf("rows: %+v", after[:2])
	}
	history, err := b.History(b.ctx, b.viewer, b.d, after[0].ID)
	b.must(err)
	if history[0].Action != "term" || history[0].Author != "REZA" {
		t.Errorf("history: %+v", history[0].Version)
	}
	if got := b.unitTexts(); !slices.Contains(got, "نگهبانان فانوس دریایی به خانه رفتند. translated") {
		t.Errorf("units: %q", got)
	}
	err = b.UndoTerm(b.ctx, b.translator, b.project.ID, done.Change)
	b.wantCode(err, "forbidden")
	b.must(b.UndoTerm(b.ctx, b.manager, b.project.ID, done.Change))
	b.must(b.UndoTerm(b.ctx, b.manager, b.project.ID, done.Change))
	undone := targets(b.rows(b.d))
	if undone[0] != rows[0] || undone[0] != "نگهبانان چراغ دریایی به خانه رفتند. approved" {
		t.Errorf("undone: %q, want %q", undone[0], rows[0])
	}
	if got := b.unitTexts(); got[0] != units[0] {
		t.Errorf("units after undo %q, want %q", got, units)
	}
	log, err := b.ProjectAudit(b.ctx, b.manager, b.project.ID, 0, 5)
	b.must(err)
	if log[0].Action != "term.undo" || log[1].Action != "term.exchange" || !strings.Contains(log[1].Detail, "فانوس") {
		t.Errorf("log: %+v", log[:2])
	}
}

func TestExchangeTerm_Units(t *testing.T) {
	for units, want := range map[string]string{
		workbench.UnitsFollow:   "فانوس دریایی را دیدیم. translated",
		workbench.UnitsPenalise: "چراغ دریایی را دیدیم. translated -5",
		workbench.UnitsLeave:    "چراغ دریایی را دیدیم. translated",
	} {
		t.Run(units, func(t *testing.T) {
			b := openExchange(t)
			b.importPairs("en\tfa\nWe saw the lighthouse.\tچراغ دریایی را دیدیم.\n")
			before := b.unitTexts()
			plan := b.plan()
			if len(plan.Units) != 1 || plan.Units[0].Fixed.Text != "فانوس دریایی را دیدیم." {
				t.Fatalf("units: %+v", plan.Units)
			}
			done, err := b.ExchangeTerm(b.ctx, b.reviewer, b.project.ID, b.request, plan.Choose(), units)
			b.must(err)
			if got := b.unitTexts(); !slices.Contains(got, want) {
				t.Errorf("units %q, want %q", got, want)
			}
			b.must(b.UndoTerm(b.ctx, b.reviewer, b.project.ID, done.Change))
			if got := b.unitTexts(); !slices.Equal(got, before) {
				t.Errorf("undone %q, want %q", got, before)
			}
		})
	}
}

func (b *bench) importPairs(tsv string) {
	b.t.Helper()
	list, err := b.Memories(b.ctx, b.manager, b.project.ID)
	b.must(err)
	job, err := b.ImportMemory(b.ctx, b.manager, b.project.ID, list[0].ID, "units.tsv", int64(len(tsv)), io.NopCloser(strings.NewReader(tsv)))
	b.must(err)
	job, err = b.WaitJob(b.ctx, b.manager, b.project.ID, job.ID)
	b.must(err)
	if job.State != workbench.JobDone {
		b.t.Fatalf("import: %+v", job)
	}
}

// A reviewer of one project who only translates in another one that uses the
// glossary changes no approved segment there, and nothing in a project he does
// not know.
func TestExchangeTerm_OtherProjects(t *testing.T) {
	b := openExchange(t)
	other := func(role workbench.Role) tm.DocumentID {
		p, err := b.CreateProject(b.ctx, b.manager, "Other", language.English, language.Persian)
		b.must(err)
		b.must(b.LinkGlossary(b.ctx, b.manager, p.ID, b.concept.Glossary))
		if role != "" {
			b.must(b.SetMember(b.ctx, b.manager, p.ID, "reza", role))
		}
		made, err := b.Import(b.ctx, b.manager, p.ID, workbench.Upload{Name: "x.txt", Data: []byte("The lighthouse shines.\n\nThe lighthouse is dark.\n")})
		b.must(err)
		rows, _, err := b.Segments(b.ctx, b.manager, made.Document.ID, -1)
		b.must(err)
		saved, err := b.Save(b.ctx, b.manager, made.Document.ID, edit(rows[0], "چراغ دریایی می‌درخشد.", tm.Translated))
		b.must(err)
		_, err = b.Approve(b.ctx, b.manager, made.Document.ID, rows[0].ID, saved.Row.Revision, "the old form")
		b.must(err)
		_, err = b.Save(b.ctx, b.manager, made.Document.ID, edit(rows[1], "چراغ دریایی تاریک است.", tm.Translated))
		b.must(err)
		return made.Document.ID
	}
	hidden, seen := other(""), other(workbench.Translator)
	var choices []workbench.TermChoice
	locked := 0
	for _, p := range b.plan().Segments {
		if p.Document == hidden {
			t.Fatalf("a place of a foreign project: %+v", p)
		}
		if p.Document == seen {
			choices = append(choices, p.Choice())
		}
		if p.Locked() {
			locked++
		}
	}
	if len(choices) != 2 || locked != 1 {
		t.Fatalf("%d choices, %d locked", len(choices), locked)
	}
	rows, _, err := b.Segments(b.ctx, b.manager, hidden, -1)
	b.must(err)
	choices = append(choices, workbench.TermChoice{Document: hidden, Segment: rows[1].ID, Stamp: rows[1].Revision})
	done, err := b.ExchangeTerm(b.ctx, b.reviewer, b.project.ID, b.request, choices, workbench.UnitsLeave)
	b.must(err)
	if done.Segments != 1 || done.Skipped != 2 {
		t.Errorf("%+v", done)
	}
}

// What a crash leaves of an exchange is taken back at the next start.
func TestExchangeTerm_Unfinished(t *testing.T) {
	b := openExchange(t)
	before := targets(b.rows(b.d))
	done, err := b.ExchangeTerm(b.ctx, b.reviewer, b.project.ID, b.request, b.plan().Choose(), workbench.UnitsFollow)
	b.must(err)
	b.must(b.db.Update(b.ctx, func(tx *store.Tx) error { return tx.ReopenTermChange(b.ctx, done.Change) }))
	b.Close()
	again, err := workbench.Open(b.ctx, workbench.Config{DB: b.db, Report: func(err error) { t.Error(err) }})
	b.must(err)
	defer again.Close()
	rows, _, err := again.Segments(b.ctx, b.viewer, b.d, -1)
	b.must(err)
	if got := targets(rows); !slices.Equal(got, before) {
		t.Errorf("%q, want %q", got, before)
	}
}

func TestExchangeTerm_Respelled(t *testing.T) {
	b := open(t)
	c := b.concept("Alireza Noury", "علیرضا نوری")
	d := b.upload("a.txt", "Alireza Noury spoke.\n").Document.ID
	b.confirm(d, b.rows(d)[0], "علیرضا نوری‌ها سخن گفتند.")
	c.Terms = slices.Clone(c.Terms)
	c.Terms[1].Text = "علی‌رضا نوری"
	_, err := b.SaveConcept(b.ctx, b.reviewer, b.project.ID, c)
	b.must(err)
	plan, err := b.PlanTerm(b.ctx, b.reviewer, b.project.ID, workbench.TermRequest{Concept: c.ID, Since: 1})
	b.must(err)
	if len(plan.Segments) != 1 || plan.Segments[0].Fixed.Text != "علی‌رضا نوری‌ها سخن گفتند." || !plan.Segments[0].Certain() {
		t.Errorf("%+v", plan.Segments)
	}
}

func TestExchangeTerm_KeepsCodes(t *testing.T) {
	b := openExchange(t)
	d := b.upload("b.html", "<p>See the <b>lighthouse</b> now, <i>please</i>.</p>\n").Document.ID
	row := b.rows(d)[0]
	target := tm.Content{Text: "اکنون چراغ دریایی را ببینید."}
	at := strings.Index(target.Text, "چراغ")
	to := at + len("چراغ دریایی")
	for i, c := range row.Source.Codes {
		c.Pos = []int{at, to, len(target.Text) - 1, len(target.Text)}[i]
		target.Codes = append(target.Codes, c)
	}
	_, err := b.Save(b.ctx, b.translator, d, workbench.Edit{Segment: row.ID, Revision: row.Revision, Target: target, State: tm.Translated})
	b.must(err)
	plan := b.plan()
	place := plan.Segments[len(plan.Segments)-1]
	if place.Document != d || !place.Certain() {
		t.Fatalf("%+v", place)
	}
	grown := len("فانوس") - len("چراغ")
	for i, c := range place.Fixed.Codes {
		want := target.Codes[i].Pos
		if i > 0 {
			want += grown
		}
		if c.Pos != want {
			t.Errorf("code %d at %d, want %d", i, c.Pos, want)
		}
	}
}

func TestUseOfTerm(t *testing.T) {
	b := openExchange(t)
	b.importPairs("en\tfa\nWe saw the lighthouse.\tفانوس دریایی را دیدیم.\n")
	use, err := b.UseOfTerm(b.ctx, b.viewer, b.project.ID, b.concept.ID, "")
	b.must(err)
	got := map[string][2]int{}
	for _, f := range use.Forms {
		got[f.Term.Text] = [2]int{f.Segments, f.Units}
	}
	want := map[string][2]int{"lighthouse": {3, 4}, "چراغ دریایی": {4, 4}, "فانوس دریایی": {0, 1}}
	for form, n := range want {
		if got[form] != n {
			t.Errorf("%s: %v, want %v", form, got[form], n)
		}
	}
	if use.Segments != 4 || use.Projects != 1 || len(use.Places) != 4 {
		t.Errorf("%d segments, %d projects, %d places", use.Segments, use.Projects, len(use.Places))
	}
	if _, err := b.UseOfTerm(b.ctx, b.nobody, b.project.ID, b.concept.ID, ""); tm.KindOf(err) != tm.NotFound {
		t.Errorf("stranger: %v", err)
	}
}

// One preview and one exchange over 5,000 segments, 200 of them with the term.
func TestExchangeTerm_Large(t *testing.T) {
	if testing.Short() {
		t.Skip("SKIPPED: 5,000 segments take several seconds")
	}
	b := openExchange(t)
	var text strings.Builder
	for i := range 5000 {
		if i%25 == 0 {
			fmt.Fprintf(&text, "The lighthouse number %d shines.\n\n", i)
		} else {
			fmt.Fprintf(&text, "Ship number %d came home to the harbour.\n\n", i)
		}
	}
	d := b.upload("large.txt", text.String()).Document.ID
	rows := b.rows(d)
	b.must(b.db.Update(b.ctx, func(tx *store.Tx) error {
		for i := range rows {
			rows[i].State, rows[i].Target = tm.Translated, tm.Plain(fmt.Sprintf("کشتی شمارهٔ %d به بندر بازگشت.", i))
			if i%25 == 0 {
				rows[i].Target = tm.Plain(fmt.Sprintf("چراغ دریایی شمارهٔ %d می‌درخشد.", i))
			}
			if err := tx.SetTarget(b.ctx, &rows[i], store.Step{Action: "confirm", At: time.Now()}, 1); err != nil {
				return err
			}
		}
		return nil
	}))
	begin := time.Now()
	plan := b.plan()
	t.Logf("preview of %d places: %v", len(plan.Segments), time.Since(begin))
	begin = time.Now()
	done, err := b.ExchangeTerm(b.ctx, b.reviewer, b.project.ID, b.request, plan.Choose(), workbench.UnitsFollow)
	b.must(err)
	t.Logf("exchange in %d segments: %v", done.Segments, time.Since(begin))
	if done.Segments < 200 {
		t.Errorf("%+v", done)
	}
	begin = time.Now()
	b.must(b.UndoTerm(b.ctx, b.reviewer, b.project.ID, done.Change))
	t.Logf("undo: %v", time.Since(begin))
}
