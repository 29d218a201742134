package web

import (
	"fmt"
	"net/http"

	"tarjoman/tm"
	"tarjoman/tm/workbench"
)

type memoriesPage struct {
	page
	Memories []workbench.Memory
	Linkable []workbench.Memory
	Deleted  []workbench.Memory
}

func (memoriesPage) view() string { return "memories" }

func (s *Server) listMemories(v *visit) (err error) {
	p := memoriesPage{page: v.section("memories", v.T("memories.title"))}
	if p.Memories, err = s.work.Memories(v.ctx(), v.actor(), v.project.ID); err != nil {
		return err
	}
	if p.May(workbench.ManageMemories) {
		if p.Linkable, err = s.work.LinkableMemories(v.ctx(), v.actor(), v.project.ID); err != nil {
			return err
		}
		if p.Deleted, err = s.work.DeletedMemories(v.ctx(), v.actor(), v.project.ID); err != nil {
			return err
		}
	}
	return v.render(http.StatusOK, p)
}

func (v *visit) memoriesPath() string { return v.base() + "/memories" }

// memory returns the memory of the path when the project has it.
func (v *visit) memory() (workbench.Memory, error) {
	id, err := v.id("memory")
	if err != nil {
		return workbench.Memory{}, err
	}
	return v.s.work.Memory(v.ctx(), v.actor(), v.project.ID, tm.MemoryID(id))
}

func (s *Server) createMemory(v *visit) error {
	memory, err := s.work.CreateMemory(v.ctx(), v.actor(), v.project.ID, v.text("name"))
	if err != nil {
		return v.excuse(err, v.memoriesPath())
	}
	v.done("memory.created", "name", memory.Name)
	return v.redirect(v.memoriesPath())
}

func (s *Server) linkMemory(v *visit) error {
	id, err := idOf(v.text("memory"))
	if err == nil {
		err = s.work.LinkMemory(v.ctx(), v.actor(), v.project.ID, tm.MemoryID(id))
	}
	if err != nil {
		return v.excuse(err, v.memoriesPath())
	}
	v.done("memory.linked")
	return v.redirect(v.memoriesPath())
}

func (s *Server) setMemory(v *visit) error {
	memory, err := v.memory()
	if err != nil {
		return err
	}
	penalty, err := v.number("penalty")
	if err == nil {
		err = s.work.SetMemory(v.ctx(), v.actor(), v.project.ID, memory.ID, v.checked("read"), v.checked("write"), penalty)
	}
	if err != nil {
		return v.excuse(err, v.memoriesPath())
	}
	v.done("memory.saved", "name", memory.Name)
	return v.redirect(v.memoriesPath())
}

func (s *Server) renameMemory(v *visit) error {
	memory, err := v.memory()
	if err == nil {
		err = s.work.RenameMemory(v.ctx(), v.actor(), v.project.ID, memory.ID, v.text("name"))
	}
	if err != nil {
		return v.excuse(err, v.memoriesPath())
	}
	v.done("memory.saved", "name", v.text("name"))
	return v.redirect(v.memoriesPath())
}

func (s *Server) unlinkMemory(v *visit) error {
	memory, err := v.memory()
	if err == nil {
		err = s.work.UnlinkMemory(v.ctx(), v.actor(), v.project.ID, memory.ID)
	}
	if err != nil {
		return v.excuse(err, v.memoriesPath())
	}
	v.done("memory.unlinked", "name", memory.Name)
	return v.redirect(v.memoriesPath())
}

func (s *Server) deleteMemory(v *visit) error {
	memory, err := v.memory()
	if err == nil {
		err = s.work.DeleteMemory(v.ctx(), v.actor(), v.project.ID, memory.ID)
	}
	if err != nil {
		return v.excuse(err, v.memoriesPath())
	}
	v.undoable(fmt.Sprintf("%s/%d/restore", v.memoriesPath(), memory.ID), "memory.deleted", "name", memory.Name)
	return v.redirect(v.memoriesPath())
}

func (s *Server) restoreMemory(v *visit) error {
	id, err := v.id("memory")
	if err == nil {
		err = s.work.RestoreMemory(v.ctx(), v.actor(), v.project.ID, tm.MemoryID(id))
	}
	if err != nil {
		return v.excuse(err, v.memoriesPath())
	}
	v.done("memory.restored")
	return v.redirect(v.memoriesPath())
}

// importMemory spools the file to disk, for an exchange file may be larger than
// memory, and hands it to a job, which closes it.
func (s *Server) importMemory(v *visit) error {
	memory, err := v.memory()
	if err != nil {
		return err
	}
	file, err := v.spool()
	if err != nil {
		return v.excuse(err, v.memoriesPath())
	}
	job, err := s.work.ImportMemory(v.ctx(), v.actor(), v.project.ID, memory.ID, file.name, file.size, file)
	if err != nil {
		return v.excuse(err, v.memoriesPath())
	}
	return v.follow(job)
}

// exchangeMIME is the content type of the kinds of exports.
var exchangeMIME = map[string]string{
	"tmx":  "application/xml; charset=utf-8",
	"tsv":  "text/tab-separated-values; charset=utf-8",
	"csv":  "text/csv; charset=utf-8",
	"tbx":  "application/xml; charset=utf-8",
	"xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
}

func (s *Server) exportMemory(v *visit) error {
	memory, err := v.memory()
	if err != nil {
		return err
	}
	kind := v.query("kind")
	if kind != "tmx" && kind != "tsv" {
		return errUnreadable
	}
	out := v.stream(memory.Name+"."+kind, exchangeMIME[kind])
	return out.finish(s.work.ExportMemory(v.ctx(), v.actor(), v.project.ID, memory.ID, kind, out))
}

func (v *visit) memoryPath(id tm.MemoryID) string { return fmt.Sprintf("%s/%d", v.memoriesPath(), id) }
