package workbench_test

import (
	"io"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"tarjoman/tm"
	"tarjoman/tm/format/all"
	"tarjoman/tm/store"
	"tarjoman/tm/workbench"
)

// desk is a project with one memory of units.
type desk struct {
	*bench
	memory tm.MemoryID
}

func newDesk(t *testing.T, tsv string) *desk {
	b := open(t)
	memories, err := b.Memories(b.ctx, b.manager, b.project.ID)
	b.must(err)
	d := &desk{b, memories[0].ID}
	d.load(d.memory, tsv)
	return d
}

// load imports rows of two columns.
func (d *desk) load(m tm.MemoryID, tsv string) {
	d.t.Helper()
	job, err := d.ImportMemory(d.ctx, d.manager, d.project.ID, m, "pairs.tsv", int64(len(tsv)), io.NopCloser(strings.NewReader(tsv)))
	d.must(err)
	d.wait(job)
}

// loadTMX imports units with codes.
func (d *desk) loadTMX(body string) {
	d.t.Helper()
	tmx := `<?xml version="1.0"?><tmx version="1.4"><header creationtool="t" creationtoolversion="1" segtype="sentence" o-tmf="t" adminlang="en" srclang="en" datatype="plaintext"/><body>` + body + `</body></tmx>`
	job, err := d.ImportMemory(d.ctx, d.manager, d.project.ID, d.memory, "x.tmx", int64(len(tmx)), io.NopCloser(strings.NewReader(tmx)))
	d.must(err)
	d.wait(job)
}

func (d *desk) wait(job workbench.Job) workbench.Job {
	d.t.Helper()
	job, err := d.WaitJob(d.ctx, d.manager, d.project.ID, job.ID)
	d.must(err)
	if job.State != workbench.JobDone {
		d.t.Fatalf("job %+v: %v", job, job.Error)
	}
	return job
}

func (d *desk) list(f workbench.UnitFilter) workbench.UnitList {
	d.t.Helper()
	list, err := d.Units(d.ctx, d.viewer, d.project.ID, d.memory, f, 0, 50)
	d.must(err)
	return list
}

// targets are the translations of a memory in the order of their making.
func (d *desk) targets(m tm.MemoryID) []string {
	d.t.Helper()
	list, err := d.Units(d.ctx, d.viewer, d.project.ID, m, workbench.UnitFilter{}, 0, 500)
	d.must(err)
	texts := []string{}
	for i := len(list.Rows) - 1; i >= 0; i-- {
		texts = append(texts, list.Rows[i].Target.Text)
	}
	return texts
}

// change carries a change out and returns its number.
func (d *desk) change(c workbench.UnitChange) int64 {
	d.t.Helper()
	job, err := d.ChangeUnits(d.ctx, d.manager, d.project.ID, d.memory, c)
	d.must(err)
	change, _ := d.wait(job).Result["change"].(float64)
	return int64(change)
}

func (d *desk) undo(change int64) {
	d.t.Helper()
	job, err := d.UndoUnits(d.ctx, d.manager, d.project.ID, d.memory, change)
	d.must(err)
	d.wait(job)
}

func (d *desk) same(what string, got, want []string) {
	d.t.Helper()
	if diff := cmp.Diff(want, got); diff != "" {
		d.t.Errorf("%s: %s", what, diff)
	}
}

const pairs = "The bridge is closed.\tپل بسته است.\nThe old bridge fell.\tپل قدیمی فرو ریخت.\nThe river is wide.\tرود پهن است.\nThe river is wide.\tرودخانه عریض است.\n"

func TestUnits_ReplaceWithPreviewAndUndo(t *testing.T) {
	d := newDesk(t, pairs)
	before := d.targets(d.memory)
	c := workbench.UnitChange{
		Action: workbench.ReplaceUnits, Filter: workbench.UnitFilter{Text: "bridge"},
		Replacement: workbench.Replacement{Side: tm.TargetSide, Mode: workbench.FindFolded, Find: "پل", Replace: "پُل", Words: true},
	}
	preview, err := d.PreviewUnits(d.ctx, d.reviewer, d.project.ID, d.memory, c)
	d.must(err)
	if preview.Selected != 2 || preview.Changed != 2 || len(preview.Examples) != 2 || preview.Examples[0].Diff[0].Kind == tm.Same {
		t.Fatalf("preview %+v", preview)
	}
	d.same("after the preview", d.targets(d.memory), before)
	change := d.change(c)
	after := []string{"پُل بسته است.", "پُل قدیمی فرو ریخت.", "رود پهن است.", "رودخانه عریض است."}
	d.same("after replacing", d.targets(d.memory), after)
	hits, err := d.Concordance(d.ctx, d.viewer, d.project.ID, "پل", tm.TargetSide, 0, 9)
	d.must(err)
	if hits.Total != 2 {
		t.Errorf("the index finds %d", hits.Total)
	}
	changes, err := d.UnitChanges(d.ctx, d.viewer, d.project.ID, d.memory)
	d.must(err)
	if len(changes) != 1 || changes[0].Units != 2 || changes[0].Facts["find"] != "پل" || changes[0].By == "" {
		t.Errorf("changes %+v", changes)
	}
	d.undo(change)
	d.same("after the undo", d.targets(d.memory), before)
	if _, err := d.UndoUnits(d.ctx, d.manager, d.project.ID, d.memory, change); tm.CodeOf(err) != "units.undone" {
		t.Errorf("undone twice: %v", err)
	}
	changes, err = d.UnitChanges(d.ctx, d.viewer, d.project.ID, d.memory)
	d.must(err)
	d.undo(changes[0].ID)
	d.same("after the undo of the undo", d.targets(d.memory), after)
}

func TestUnits_ReplaceRules(t *testing.T) {
	d := newDesk(t, "Cat cat CAT\tگربه‌ها و گربه\nPrice 12 and 34\tقیمت ۱۲ و ۳۴\nonly\tحذف\n")
	tests := map[string]struct {
		r    workbench.Replacement
		want []string // targets, or sources
		left int
	}{
		"any case":        {workbench.Replacement{Side: tm.SourceSide, Mode: workbench.FindPlain, Find: "cat", Replace: "dog"}, []string{"dog dog dog"}, 0},
		"match case":      {workbench.Replacement{Side: tm.SourceSide, Mode: workbench.FindPlain, Find: "cat", Replace: "dog", Case: true}, []string{"Cat dog CAT"}, 0},
		"whole words":     {workbench.Replacement{Side: tm.TargetSide, Mode: workbench.FindPlain, Find: "گربه", Replace: "سگ", Words: true}, []string{"گربه‌ها و سگ"}, 0},
		"groups":          {workbench.Replacement{Side: tm.SourceSide, Mode: workbench.FindRegexp, Find: `(\d+) and (\d+)`, Replace: "$2 and $1"}, []string{"Price 34 and 12"}, 0},
		"folded digits":   {workbench.Replacement{Side: tm.TargetSide, Mode: workbench.FindFolded, Find: "12", Replace: "۱۳"}, []string{"قیمت ۱۳ و ۳۴"}, 0},
		"a dollar is one": {workbench.Replacement{Side: tm.SourceSide, Mode: workbench.FindPlain, Find: "12", Replace: "$1"}, []string{"Price $1 and 34"}, 0},
		"nothing remains": {workbench.Replacement{Side: tm.TargetSide, Mode: workbench.FindPlain, Find: "حذف", Replace: ""}, nil, 1},
	}
	for name, test := range tests {
		t.Run(name, func(t *testing.T) {
			p, err := d.PreviewUnits(d.ctx, d.manager, d.project.ID, d.memory, workbench.UnitChange{Action: workbench.ReplaceUnits, Replacement: test.r})
			d.must(err)
			var got []string
			for _, e := range p.Examples {
				text := ""
				for _, run := range e.Diff {
					if run.Kind != tm.Deleted {
						text += run.Text
					}
				}
				got = append(got, text)
			}
			if diff := cmp.Diff(test.want, got); diff != "" || p.Left != test.left {
				t.Errorf("%d left, %s", p.Left, diff)
			}
		})
	}
	for code, r := range map[string]workbench.Replacement{
		"replace.empty":   {Side: tm.TargetSide, Mode: workbench.FindPlain},
		"replace.pattern": {Side: tm.TargetSide, Mode: workbench.FindRegexp, Find: "(?=a)"},
	} {
		if _, err := d.PreviewUnits(d.ctx, d.manager, d.project.ID, d.memory, workbench.UnitChange{Action: workbench.ReplaceUnits, Replacement: r}); tm.CodeOf(err) != code {
			t.Errorf("%+v: %v", r, err)
		}
	}
}

const coded = `<tu><tuv xml:lang="en"><seg>See <bpt i="1" x="1">&lt;b&gt;</bpt>the bridge<ept i="1">&lt;/b&gt;</ept> now.</seg></tuv><tuv xml:lang="fa"><seg>اکنون <bpt i="1" x="1">&lt;b&gt;</bpt>پل را<ept i="1">&lt;/b&gt;</ept> ببینید.</seg></tuv></tu>`

func TestUnits_CodesAreKept(t *testing.T) {
	d := newDesk(t, "")
	d.loadTMX(coded)
	u := d.list(workbench.UnitFilter{}).Rows[0]
	if len(u.Target.Codes) != 2 {
		t.Fatalf("unit %+v", u)
	}
	edit := func(c tm.Content) error {
		page, err := d.Unit(d.ctx, d.viewer, d.project.ID, d.memory, u.ID)
		d.must(err)
		return d.EditUnit(d.ctx, d.reviewer, d.project.ID, d.memory, u.ID, workbench.UnitEdit{Versions: page.Facts.Versions, Target: c, State: tm.Approved})
	}
	open, end := u.Target.Codes[0], u.Target.Codes[1]
	at := func(c tm.Code, pos int) tm.Code { c.Pos = pos; return c }
	for code, codes := range map[string][]tm.Code{
		"unit.code_lost":  {at(open, 0)},
		"unit.code_added": {at(open, 0), at(end, 2), at(tm.Code{Kind: tm.Alone, ID: 9}, 2)},
		"unit.code_order": {at(end, 0), at(open, 2)},
	} {
		if err := edit(tm.Content{Text: "پل", Codes: codes}); tm.CodeOf(err) != code {
			t.Errorf("%s: %v", code, err)
		}
	}
	d.must(edit(tm.Content{Text: "پل را ببینید.", Codes: []tm.Code{at(open, 0), at(end, 4)}}))
	page, err := d.Unit(d.ctx, d.viewer, d.project.ID, d.memory, u.ID)
	d.must(err)
	if page.Target.Codes[1].Pos != 4 || page.Origin.State != tm.Approved || len(page.History) != 1 || page.History[0].InTarget == nil {
		t.Errorf("page %+v", page)
	}
	stale := workbench.UnitEdit{Versions: 0, Target: page.Target}
	if err := d.EditUnit(d.ctx, d.reviewer, d.project.ID, d.memory, u.ID, stale); tm.CodeOf(err) != "unit.stale" {
		t.Errorf("a stale edit: %v", err)
	}
	// What spans a code is left alone; what stands beside one is not.
	spanning := workbench.UnitChange{Action: workbench.ReplaceUnits, Replacement: workbench.Replacement{Side: tm.SourceSide, Mode: workbench.FindPlain, Find: "bridge now", Replace: "x"}}
	p, err := d.PreviewUnits(d.ctx, d.manager, d.project.ID, d.memory, spanning)
	d.must(err)
	if p.Left != 1 || p.Changed != 0 {
		t.Errorf("spanning: %+v", p)
	}
	spanning.Find, spanning.Replace = "the bridge", "it"
	d.change(spanning)
	if got := d.list(workbench.UnitFilter{}).Rows[0].Source; got.Text != "See it now." || got.Codes[0].Pos != 4 || got.Codes[1].Pos != 6 {
		t.Errorf("beside: %+v", got)
	}
	d.must(d.RevertUnit(d.ctx, d.reviewer, d.project.ID, d.memory, u.ID, page.History[0].Version))
	if got := d.list(workbench.UnitFilter{}).Rows[0].Target; !got.Equal(u.Target) {
		t.Errorf("reverted: %+v", got)
	}
}

func TestUnits_DeduplicateKeepsTheBest(t *testing.T) {
	d := newDesk(t, pairs)
	again, err := d.CreateMemory(d.ctx, d.manager, d.project.ID, "Other")
	d.must(err)
	d.load(again.ID, pairs+"New.\tنو.\n")
	d.memory = again.ID
	// Made double by an edit: the same pair twice.
	rows := d.list(workbench.UnitFilter{Text: "river"}).Rows
	if len(rows) != 2 {
		t.Fatalf("%d rows", len(rows))
	}
	d.must(d.EditUnit(d.ctx, d.reviewer, d.project.ID, d.memory, rows[0].ID, workbench.UnitEdit{Target: rows[1].Target, State: tm.Approved}))
	p, err := d.PreviewUnits(d.ctx, d.manager, d.project.ID, d.memory, workbench.UnitChange{Action: workbench.DoubleUnits})
	d.must(err)
	if p.Selected != 5 || p.Changed != 1 || p.Examples[0].ID != rows[1].ID || p.Examples[0].Stays != rows[0].ID {
		t.Fatalf("preview %+v", p)
	}
	change := d.change(workbench.UnitChange{Action: workbench.DoubleUnits})
	if n := len(d.targets(d.memory)); n != 4 {
		t.Errorf("%d units remain", n)
	}
	d.undo(change)
	if n := len(d.targets(d.memory)); n != 5 {
		t.Errorf("%d units after the undo", n)
	}
}

func TestUnits_MergeMovesAndDropsWhatIsThere(t *testing.T) {
	d := newDesk(t, pairs)
	other, err := d.CreateMemory(d.ctx, d.manager, d.project.ID, "Other")
	d.must(err)
	d.load(other.ID, "The bridge is closed.\tپل بسته است.\n")
	d.change(workbench.UnitChange{Action: workbench.TagUnits, Filter: workbench.UnitFilter{Text: "river"}, Tag: "water"})
	before := d.targets(d.memory)
	c := workbench.UnitChange{Action: workbench.MoveUnits, Into: other.ID}
	if _, err := d.ChangeUnits(d.ctx, d.reviewer, d.project.ID, d.memory, c); tm.KindOf(err) != tm.Forbidden {
		t.Errorf("a reviewer merges: %v", err)
	}
	p, err := d.PreviewUnits(d.ctx, d.manager, d.project.ID, d.memory, c)
	d.must(err)
	if p.Changed != 4 || p.Dropped != 1 || !p.Examples[0].Dropped || p.IntoName != "Other" {
		t.Errorf("preview %+v", p)
	}
	change := d.change(c)
	d.same("left", d.targets(d.memory), []string{})
	if got := d.targets(other.ID); len(got) != 4 {
		t.Errorf("there: %v", got)
	}
	tags, err := d.UnitTags(d.ctx, d.viewer, d.project.ID, other.ID)
	d.must(err)
	if len(tags) != 1 || tags[0].Name != "water" || tags[0].Units != 2 {
		t.Errorf("tags %+v", tags)
	}
	memories, err := d.Memories(d.ctx, d.manager, d.project.ID)
	d.must(err)
	for _, m := range memories {
		if want := map[tm.MemoryID]int{d.memory: 0, other.ID: 4}[m.ID]; m.Units != want {
			t.Errorf("%s counts %d units, want %d", m.Name, m.Units, want)
		}
	}
	if got := d.list(workbench.UnitFilter{Text: "river"}); got.Total != 0 {
		t.Errorf("the index still finds %d", got.Total)
	}
	if there, err := d.UnitChanges(d.ctx, d.viewer, d.project.ID, other.ID); err != nil || len(there) != 1 {
		t.Errorf("the other memory lists %d changes, %v", len(there), err)
	}
	d.undo(change)
	d.same("back", d.targets(d.memory), before)
	d.same("there after the undo", d.targets(other.ID), []string{"پل بسته است."})
	if got := d.list(workbench.UnitFilter{Text: "river"}); got.Total != 2 || len(got.Rows[0].Facts.Tags) != 1 {
		t.Errorf("after the undo: %+v", got)
	}
}

func TestUnits_Penalise(t *testing.T) {
	d := newDesk(t, "The bridge is closed.\tپل بسته است.\nThe river is wide.\tرود پهن است.\n")
	ask := func(name string) []tm.Penalty {
		t.Helper()
		offers := d.offered(name, "The bridge is closed.")
		if len(offers) != 1 || offers[0].Raw != 100 {
			t.Fatalf("%s: matches %+v", name, offers)
		}
		return offers[0].Penalties
	}
	bridge := d.list(workbench.UnitFilter{Text: "bridge"}).Rows[0].ID
	penalise := workbench.UnitChange{Action: workbench.PenaliseUnits, Units: []tm.UnitID{bridge}, Penalty: 7}
	preview, err := d.PreviewUnits(d.ctx, d.manager, d.project.ID, d.memory, penalise)
	d.must(err)
	if preview.Selected != 1 || preview.Changed != 1 {
		t.Errorf("preview %+v", preview)
	}
	change := d.change(penalise)
	if diff := cmp.Diff([]tm.Penalty{{Code: "unit", Points: 7}}, ask("penalised.txt")); diff != "" {
		t.Error(diff)
	}
	again, err := d.PreviewUnits(d.ctx, d.manager, d.project.ID, d.memory, penalise)
	d.must(err)
	if again.Changed != 0 {
		t.Errorf("the same penalty once more changes %d units", again.Changed)
	}
	page, err := d.Unit(d.ctx, d.viewer, d.project.ID, d.memory, bridge)
	d.must(err)
	if page.Penalty != 7 || len(page.History) != 1 || page.History[0].Penalty != 0 || page.History[0].Points != 7 {
		t.Errorf("unit %+v", page)
	}
	d.undo(change)
	if got := ask("undone.txt"); len(got) != 0 {
		t.Errorf("after the undo: %+v", got)
	}
	edit := workbench.UnitEdit{Versions: 2, Target: page.Target, Penalty: 3}
	d.must(d.EditUnit(d.ctx, d.manager, d.project.ID, d.memory, bridge, edit))
	if diff := cmp.Diff([]tm.Penalty{{Code: "unit", Points: 3}}, ask("edited.txt")); diff != "" {
		t.Error(diff)
	}
	for _, points := range []int{-1, tm.MaxPenalty + 1} {
		penalise.Penalty = points
		_, err := d.ChangeUnits(d.ctx, d.manager, d.project.ID, d.memory, penalise)
		d.wantCode(err, "memory.penalty")
		edit.Versions, edit.Penalty = 3, points
		d.wantCode(d.EditUnit(d.ctx, d.manager, d.project.ID, d.memory, bridge, edit), "memory.penalty")
	}
}

func TestUnits_TagStateDeleteAndFilters(t *testing.T) {
	d := newDesk(t, pairs)
	rows := d.list(workbench.UnitFilter{}).Rows
	tagging := d.change(workbench.UnitChange{Action: workbench.TagUnits, Units: []tm.UnitID{rows[0].ID, rows[3].ID}, Tag: " to  check "})
	tags, err := d.UnitTags(d.ctx, d.viewer, d.project.ID, d.memory)
	d.must(err)
	if len(tags) != 1 || tags[0].Name != "to check" || tags[0].Units != 2 {
		t.Fatalf("tags %+v", tags)
	}
	d.change(workbench.UnitChange{Action: workbench.StateUnits, Units: []tm.UnitID{rows[0].ID}, State: tm.Draft})
	narrow := func(f workbench.UnitFilter) int { return d.list(f).Total }
	filter := func(set func(*workbench.UnitFilter)) workbench.UnitFilter {
		f := workbench.UnitFilter{}
		set(&f)
		return f
	}
	tests := map[string]struct {
		f    workbench.UnitFilter
		want int
	}{
		"tag":               {filter(func(f *workbench.UnitFilter) { f.Tag = tags[0].ID }), 2},
		"tag and text":      {filter(func(f *workbench.UnitFilter) { f.Tag, f.Text = tags[0].ID, "river" }), 1},
		"state":             {filter(func(f *workbench.UnitFilter) { f.State = tm.Draft }), 1},
		"state and text":    {filter(func(f *workbench.UnitFilter) { f.State, f.Text = tm.Draft, "river" }), 1},
		"target side":       {filter(func(f *workbench.UnitFilter) { f.Text, f.Side = "river", tm.TargetSide }), 0},
		"both sides":        {filter(func(f *workbench.UnitFilter) { f.Text = "پل" }), 2},
		"several":           {filter(func(f *workbench.UnitFilter) { f.Several = true }), 2},
		"several and text":  {filter(func(f *workbench.UnitFilter) { f.Several, f.Text = true, "bridge" }), 0},
		"never used":        {filter(func(f *workbench.UnitFilter) { f.Use = workbench.UnusedUnits }), 4},
		"used":              {filter(func(f *workbench.UnitFilter) { f.Use = workbench.UsedUnits }), 0},
		"languages":         {filter(func(f *workbench.UnitFilter) { f.Langs = "en fa" }), 4},
		"author of nothing": {filter(func(f *workbench.UnitFilter) { f.Author = "nobody" }), 0},
		"before its time":   {filter(func(f *workbench.UnitFilter) { f.Until = rows[0].Origin.Changed.AddDate(-9, 0, 0) }), 0},
	}
	for name, test := range tests {
		if got := narrow(test.f); got != test.want {
			t.Errorf("%s: %d, want %d", name, got, test.want)
		}
	}
	d.undo(tagging)
	if tags, _ = d.UnitTags(d.ctx, d.viewer, d.project.ID, d.memory); len(tags) != 0 {
		t.Errorf("tags after the undo %+v", tags)
	}
	gone := d.change(workbench.UnitChange{Action: workbench.DeleteUnits, Filter: workbench.UnitFilter{Text: "river"}})
	if narrow(workbench.UnitFilter{}) != 2 {
		t.Error("not deleted")
	}
	d.undo(gone)
	if narrow(workbench.UnitFilter{}) != 4 {
		t.Error("not back")
	}
}

func TestUnits_UseIsCounted(t *testing.T) {
	d := newDesk(t, "Free entry.\tورود آزاد.\n")
	unit := d.list(workbench.UnitFilter{}).Rows[0].ID
	doc := d.upload("garden.txt", article).Document.ID
	row := d.rows(doc)[0]
	e := edit(row, "ورود آزاد.", tm.Translated)
	e.Unit = unit
	_, err := d.Save(d.ctx, d.translator, doc, e)
	d.must(err)
	_, err = d.Save(d.ctx, d.translator, doc, e) // sent again after its answer was lost
	d.must(err)
	stats, err := d.MemoryStats(d.ctx, d.viewer, d.project.ID, d.memory)
	d.must(err)
	if len(stats.Top) != 1 || stats.Top[0].ID != unit || stats.Top[0].Facts.Used != 1 || stats.Unused != stats.Units-1 {
		t.Errorf("stats %+v", stats)
	}
	if stats.Units != 2 || len(stats.States) == 0 || stats.Langs[0].Value != "en fa" || stats.Uses[0].Value != "0" {
		t.Errorf("stats %+v", stats)
	}
}

// TestUnits_InterruptedChangeIsUndone starts a workbench on what a crash in the
// middle of a change of units leaves behind.
func TestUnits_InterruptedChangeIsUndone(t *testing.T) {
	d := newDesk(t, pairs)
	before := d.targets(d.memory)
	tag := d.change(workbench.UnitChange{Action: workbench.TagUnits, Filter: workbench.UnitFilter{Text: "bridge"}, Tag: "old"})
	other, err := d.CreateMemory(d.ctx, d.manager, d.project.ID, "Other")
	d.must(err)
	rows := d.list(workbench.UnitFilter{}).Rows
	d.must(d.db.Update(d.ctx, func(tx *store.Tx) error {
		change, err := tx.AddMemoryChange(d.ctx, store.MemoryChange{Memory: d.memory, Kind: "move", Other: other.ID})
		if err != nil {
			return err
		}
		step := store.UnitStep{Action: "move", Change: change}
		if err := tx.MoveUnit(d.ctx, rows[3].ID, other.ID, step); err != nil {
			return err
		}
		return tx.DeleteUnit(d.ctx, d.memory, rows[0].ID, step)
	}))
	if _, err := d.UndoUnits(d.ctx, d.manager, d.project.ID, d.memory, tag+1); tm.CodeOf(err) != "units.change_running" {
		t.Errorf("a change that runs was undone: %v", err)
	}
	again, err := workbench.Open(d.ctx, workbench.Config{DB: d.db, Formats: all.Formats()})
	d.must(err)
	defer again.Close()
	d.Workbench = again
	d.same("after the start", d.targets(d.memory), before)
	d.same("the other memory", d.targets(other.ID), []string{})
	if u := d.list(workbench.UnitFilter{Text: "closed"}).Rows[0]; len(u.Facts.Tags) != 1 {
		t.Errorf("the tag did not come back: %+v", u)
	}
}

func TestUnits_ChangesOfOtherMemories(t *testing.T) {
	d := newDesk(t, pairs)
	change := d.change(workbench.UnitChange{Action: workbench.DeleteUnits, Filter: workbench.UnitFilter{Text: "river"}})
	other, err := d.CreateMemory(d.ctx, d.manager, d.project.ID, "Other")
	d.must(err)
	if _, err := d.UndoUnits(d.ctx, d.manager, d.project.ID, other.ID, change); tm.KindOf(err) != tm.NotFound {
		t.Errorf("the change of another memory: %v", err)
	}
	// Units of another memory among the ticked ones are passed over.
	rows := d.list(workbench.UnitFilter{}).Rows
	d.memory = other.ID
	p, err := d.PreviewUnits(d.ctx, d.manager, d.project.ID, other.ID, workbench.UnitChange{Action: workbench.DeleteUnits, Units: []tm.UnitID{rows[0].ID}})
	d.must(err)
	if p.Selected != 0 || p.Changed != 0 {
		t.Errorf("foreign units: %+v", p)
	}
	for name, a := range map[string]workbench.Actor{"viewer": d.viewer, "translator": d.translator} {
		if _, err := d.ChangeUnits(d.ctx, a, d.project.ID, other.ID, workbench.UnitChange{Action: workbench.DeleteUnits}); tm.KindOf(err) != tm.Forbidden {
			t.Errorf("%s: %v", name, err)
		}
	}
	if _, err := d.UnitChanges(d.ctx, d.nobody, d.project.ID, other.ID); tm.KindOf(err) != tm.NotFound {
		t.Errorf("a stranger: %v", err)
	}
}
