package storetest

import (
	"github.com/google/go-cmp/cmp"
	"github.com/google/go-cmp/cmp/cmpopts"
	"golang.org/x/text/language"

	"tarjoman/tm"
	"tarjoman/tm/store"
)

// tags lets cmp compare languages by their text.
var tags = cmp.Comparer(func(a, b language.Tag) bool { return a.String() == b.String() })

var projectTests = []test{
	{"a project is read as it was added, by its manager", func(w *world) {
		p := store.Project{
			Name: "ورزش", Source: language.MustParse("en-GB"), Target: language.MustParse("fa-AF"), Created: noon,
			Settings: store.Settings{Pretranslate: 100, Threshold: 70, FourEyes: true, Propagate: true},
		}
		w.update(func(tx *store.Tx) (err error) {
			p.ID, err = tx.AddProject(w.ctx, p, w.omid)
			return err
		})
		p.Role = store.Manager
		if diff := cmp.Diff(p, must(w.db.Project(w.ctx, p.ID, w.omid))(w), tags); diff != "" {
			w.Error(diff)
		}
	}},
	{"a stranger has no role, a missing project is not found", func(w *world) {
		if got := must(w.db.Project(w.ctx, w.project, w.omid))(w).Role; got != "" {
			w.Errorf("role %q, want none", got)
		}
		_, err := w.db.Project(w.ctx, 999, w.maryam)
		w.missing("Project", err)
	}},
	{"lists hold one's own projects by name, archived ones last", func(w *world) {
		w.update(func(tx *store.Tx) error {
			for _, name := range []string{"Culture", "Archive"} {
				p := store.Project{Name: name, Source: language.English, Target: language.Persian, Created: noon}
				id, err := tx.AddProject(w.ctx, p, w.maryam)
				if err != nil {
					return err
				}
				p.ID, p.Archived = id, name == "Archive"
				if err := tx.SetProject(w.ctx, p); err != nil {
					return err
				}
			}
			return nil
		})
		name := func(p store.Project) string { return p.Name }
		if diff := cmp.Diff([]string{"Culture", "Newsroom", "Archive"}, each(must(w.db.Projects(w.ctx, w.maryam, false))(w), name)); diff != "" {
			w.Error(diff)
		}
		if diff := cmp.Diff([]string{"Newsroom"}, each(must(w.db.Projects(w.ctx, w.sara, false))(w), name)); diff != "" {
			w.Error(diff)
		}
		if got := must(w.db.Projects(w.ctx, w.omid, false))(w); len(got) != 0 {
			w.Errorf("a stranger sees %d projects", len(got))
		}
	}},
	{"lists count documents and progress, without the trash", func(w *world) {
		w.save(w.segments[1], "رأی‌گیری به تعویق افتاد.", tm.Translated)
		got := must(w.db.Projects(w.ctx, w.sara, false))(w)[0]
		want := store.Progress{
			Segments: map[tm.State]int{tm.New: 2, tm.Translated: 1},
			Words:    map[tm.State]int{tm.New: 8, tm.Translated: 4},
		}
		if diff := cmp.Diff(want, got.Progress); diff != "" || got.Documents != 1 {
			w.Errorf("%d documents %s", got.Documents, diff)
		}
		w.trashDocument()
		got = must(w.db.Projects(w.ctx, w.sara, false))(w)[0]
		if n, _ := got.Progress.Total(); got.Documents != 0 || n != 0 {
			w.Errorf("with an empty project: %d documents, %d segments", got.Documents, n)
		}
	}},
	{"a deleted project moves to the trash and comes back", func(w *world) {
		p := must(w.db.Project(w.ctx, w.project, w.maryam))(w)
		for _, deleted := range []bool{true, false} {
			w.setDeleted(p, deleted)
			live := must(w.db.Projects(w.ctx, w.maryam, false))(w)
			trash := must(w.db.Projects(w.ctx, w.maryam, true))(w)
			if (len(live) == 0) != deleted || (len(trash) == 1) != deleted {
				w.Errorf("deleted %v: %d live, %d in the trash", deleted, len(live), len(trash))
			}
		}
	}},
	{"settings change, languages do not", func(w *world) {
		p := must(w.db.Project(w.ctx, w.project, w.maryam))(w)
		p.Name, p.Settings.FourEyes, p.Archived = "Foreign desk", true, true
		changed := p
		changed.Source = language.German
		w.update(func(tx *store.Tx) error { return tx.SetProject(w.ctx, changed) })
		if diff := cmp.Diff(p, must(w.db.Project(w.ctx, w.project, w.maryam))(w), tags); diff != "" {
			w.Error(diff)
		}
		w.refused(tm.NotFound, func(tx *store.Tx) error { return tx.SetProject(w.ctx, store.Project{ID: 999}) })
	}},
	{"members are listed managers first, a second role replaces the first", func(w *world) {
		w.update(func(tx *store.Tx) error {
			if err := tx.SetMember(w.ctx, w.project, w.omid, store.Viewer); err != nil {
				return err
			}
			return tx.SetMember(w.ctx, w.project, w.sara, store.Reviewer)
		})
		got := must(w.db.Members(w.ctx, w.project))(w)
		want := []store.Member{
			{Account: w.maryam, Login: "maryam", Name: "مریم راد", Role: store.Manager},
			{Account: w.sara, Login: "Sara", Name: "Sara Amini", Role: store.Reviewer},
			{Account: w.omid, Login: "omid", Name: "Omid K.", Role: store.Viewer},
		}
		if diff := cmp.Diff(want, got); diff != "" {
			w.Error(diff)
		}
	}},
	{"a removed member is out", func(w *world) {
		w.update(func(tx *store.Tx) error { return tx.RemoveMember(w.ctx, w.project, w.sara) })
		if got := must(w.db.Projects(w.ctx, w.sara, false))(w); len(got) != 0 {
			w.Errorf("a removed member sees %d projects", len(got))
		}
		w.refused(tm.NotFound, func(tx *store.Tx) error { return tx.RemoveMember(w.ctx, w.project, w.sara) })
	}},
	{"purging removes old trash with all it holds, and nothing else", testPurge},
}

// setDeleted moves a project into the trash or out of it.
func (w *world) setDeleted(p store.Project, deleted bool) {
	w.Helper()
	p.Deleted = noon
	if !deleted {
		p.Deleted = never
	}
	w.update(func(tx *store.Tx) error { return tx.SetProject(w.ctx, p) })
}

func testPurge(w *world) {
	w.save(w.segments[0], "گفت‌وگوها دوشنبه از سر گرفته شد.", tm.Translated)
	w.update(func(tx *store.Tx) error { return tx.AddUnits(w.ctx, 0, units(w.memory, "kept")) })
	w.trashDocument() // at noon
	w.update(func(tx *store.Tx) error { return tx.PurgeTrash(w.ctx, noon) })
	must(w.db.Document(w.ctx, w.document))(w) // not older than noon
	w.update(func(tx *store.Tx) error { return tx.PurgeTrash(w.ctx, after(1)) })
	_, err := w.db.Document(w.ctx, w.document)
	w.missing("purged document", err)
	if got := must(w.db.History(w.ctx, w.segments[0]))(w); len(got) != 0 {
		w.Errorf("%d versions outlive their document", len(got))
	}
	if got := must(w.db.Memory(w.ctx, w.project, w.memory))(w).Units; got != 1 {
		w.Errorf("%d units, want the one that was not in the trash", got)
	}
	w.setDeleted(must(w.db.Project(w.ctx, w.project, w.maryam))(w), true)
	w.update(func(tx *store.Tx) error { return tx.PurgeTrash(w.ctx, after(1)) })
	_, err = w.db.Project(w.ctx, w.project, w.maryam)
	w.missing("purged project", err)
	if got := must(w.db.LiveMemories(w.ctx))(w); len(got) != 0 {
		w.Errorf("%d memories outlive their project", len(got))
	}
	if diff := cmp.Diff([]string(nil), must(w.db.Check(w.ctx))(w), cmpopts.EquateEmpty()); diff != "" {
		w.Error(diff)
	}
}
