package storetest

import (
	"github.com/google/go-cmp/cmp"
	"golang.org/x/text/language"

	"tarjoman/tm"
	"tarjoman/tm/store"
)

var memoryTests = []test{
	{"a new memory is read, not written, and empty", func(w *world) {
		want := []store.Memory{{ID: w.memory, Name: "Newsroom", Read: true, Own: true, HomeID: w.project, Home: "Newsroom"}}
		if diff := cmp.Diff(want, must(w.db.Memories(w.ctx, w.project))(w)); diff != "" {
			w.Error(diff)
		}
		if diff := cmp.Diff(want[0], must(w.db.Memory(w.ctx, w.project, w.memory))(w)); diff != "" {
			w.Error(diff)
		}
		if diff := cmp.Diff(want, must(w.db.UsedMemories(w.ctx, w.project))(w)); diff != "" {
			w.Error(diff)
		}
	}},
	{"a project writes into one memory, which is listed first", func(w *world) {
		second := w.addMemory("Archive")
		write := func(id tm.MemoryID) {
			w.update(func(tx *store.Tx) error {
				return tx.SetMemoryLink(w.ctx, w.project, store.Memory{ID: id, Read: true, Write: true, Penalty: 5})
			})
		}
		write(second)
		write(w.memory)
		got := must(w.db.Memories(w.ctx, w.project))(w)
		if len(got) != 2 || got[0].ID != w.memory || !got[0].Write || got[1].Write {
			w.Errorf("got %+v", got)
		}
	}},
	{"read mark and penalty are kept per project", func(w *world) {
		w.update(func(tx *store.Tx) error {
			return tx.SetMemoryLink(w.ctx, w.project, store.Memory{ID: w.memory, Penalty: 3})
		})
		m := must(w.db.Memory(w.ctx, w.project, w.memory))(w)
		if m.Read || m.Write || m.Penalty != 3 {
			w.Errorf("got %+v", m)
		}
		w.refused(tm.NotFound, func(tx *store.Tx) error {
			return tx.SetMemoryLink(w.ctx, w.project, store.Memory{ID: 999})
		})
	}},
	{"a memory is unknown to projects that do not use it", func(w *world) {
		_, err := w.db.Memory(w.ctx, w.otherProject(w.omid), w.memory)
		w.missing("Memory", err)
	}},
	{"managers of both projects may link, twice changes nothing", testLinkMemory},
	{"a memory in the trash is not used, and comes back", func(w *world) {
		m := must(w.db.Memory(w.ctx, w.project, w.memory))(w)
		m.Deleted = noon
		w.update(func(tx *store.Tx) error { return tx.SetMemory(w.ctx, m) })
		if got := must(w.db.Memories(w.ctx, w.project))(w); len(got) != 0 {
			w.Errorf("%d memories in use", len(got))
		}
		if got := must(w.db.LiveMemories(w.ctx))(w); len(got) != 0 {
			w.Errorf("live: %v", got)
		}
		trash := must(w.db.DeletedMemories(w.ctx, w.project))(w)
		if len(trash) != 1 || !trash[0].Deleted.Equal(noon) {
			w.Errorf("trash: %+v", trash)
		}
		m.Deleted, m.Name = never, "Renamed"
		w.update(func(tx *store.Tx) error { return tx.SetMemory(w.ctx, m) })
		if got := must(w.db.Memories(w.ctx, w.project))(w); len(got) != 1 || got[0].Name != "Renamed" {
			w.Errorf("restored: %+v", got)
		}
		w.refused(tm.NotFound, func(tx *store.Tx) error { return tx.SetMemory(w.ctx, store.Memory{ID: 999}) })
	}},
	{"memories of a project in the trash are not live", func(w *world) {
		w.setDeleted(must(w.db.Project(w.ctx, w.project, w.maryam))(w), true)
		if got := must(w.db.LiveMemories(w.ctx))(w); len(got) != 0 {
			w.Errorf("live: %v", got)
		}
	}},
	{"unlinking ends the use, the memory stays with its project", func(w *world) {
		w.update(func(tx *store.Tx) error { return tx.UnlinkMemory(w.ctx, w.project, w.memory) })
		if got := must(w.db.Memories(w.ctx, w.project))(w); len(got) != 0 {
			w.Errorf("%d memories in use", len(got))
		}
		must(w.db.Memory(w.ctx, w.project, w.memory))(w)
		w.refused(tm.NotFound, func(tx *store.Tx) error { return tx.UnlinkMemory(w.ctx, w.project, w.memory) })
	}},
}

func testLinkMemory(w *world) {
	other := w.otherProject(w.maryam)
	name := func(m store.Memory) string { return m.Name }
	got := must(w.db.LinkableMemories(w.ctx, other, w.maryam))(w)
	if diff := cmp.Diff([]string{"Newsroom"}, each(got, name)); diff != "" {
		w.Error(diff)
	}
	if got := must(w.db.LinkableMemories(w.ctx, other, w.sara))(w); len(got) != 0 {
		w.Errorf("a translator may link %d memories, want none", len(got))
	}
	for range 2 {
		w.update(func(tx *store.Tx) error { return tx.LinkMemory(w.ctx, other, w.memory) })
	}
	linked := must(w.db.Memories(w.ctx, other))(w)
	if len(linked) != 1 || linked[0].Own || linked[0].Home != "Newsroom" {
		w.Errorf("linked: %+v", linked)
	}
	if got := must(w.db.LinkableMemories(w.ctx, other, w.maryam))(w); len(got) != 0 {
		w.Errorf("%d memories can be linked twice", len(got))
	}
}

func (w *world) addMemory(name string) (id tm.MemoryID) {
	w.update(func(tx *store.Tx) (err error) {
		id, err = tx.AddMemory(w.ctx, w.project, name, noon)
		return err
	})
	return id
}

// otherProject adds a second project.
func (w *world) otherProject(manager tm.AccountID) (id tm.ProjectID) {
	w.update(func(tx *store.Tx) (err error) {
		p := store.Project{Name: "Other", Source: language.English, Target: language.Persian, Created: noon}
		id, err = tx.AddProject(w.ctx, p, manager)
		return err
	})
	return id
}
