package storetest

import (
	"github.com/google/go-cmp/cmp"

	"tarjoman/tm"
	"tarjoman/tm/store"
)

// addJob adds a running job.
func (w *world) addJob(name string) (j store.Job) {
	j = store.Job{Project: w.project, Kind: "memory_import", Name: name, Total: 10, Created: noon}
	w.update(func(tx *store.Tx) (err error) {
		j.ID, err = tx.AddJob(w.ctx, j, w.maryam)
		return err
	})
	j.State = store.JobRunning
	return j
}

var jobTests = []test{
	{"a job is running when it is added", func(w *world) {
		j := w.addJob("units.tmx")
		if diff := cmp.Diff(j, must(w.db.Job(w.ctx, w.project, j.ID))(w)); diff != "" {
			w.Error(diff)
		}
	}},
	{"a job ends with counts", func(w *world) {
		j := w.addJob("units.tmx")
		j.State, j.Done, j.Finished = store.JobDone, 10, after(1)
		j.Result = map[string]any{"added": float64(8), "file": "واحدها.tmx"}
		w.update(func(tx *store.Tx) error { return tx.SetJob(w.ctx, j) })
		if diff := cmp.Diff(j, must(w.db.Job(w.ctx, w.project, j.ID))(w)); diff != "" {
			w.Error(diff)
		}
		w.refused(tm.NotFound, func(tx *store.Tx) error { return tx.SetJob(w.ctx, store.Job{ID: 999}) })
	}},
	{"a job that failed keeps the error a person can act on", func(w *world) {
		j := w.addJob("bad.tmx")
		j.State, j.Finished = store.JobFailed, after(1)
		j.Error = tm.NewError(tm.Invalid, "xml.malformed", "line", float64(7))
		w.update(func(tx *store.Tx) error { return tx.SetJob(w.ctx, j) })
		if diff := cmp.Diff(j, must(w.db.Job(w.ctx, w.project, j.ID))(w)); diff != "" {
			w.Error(diff)
		}
	}},
	{"a job of another project is not found", func(w *world) {
		j := w.addJob("units.tmx")
		_, err := w.db.Job(w.ctx, w.otherProject(w.omid), j.ID)
		w.missing("Job", err)
	}},
	{"the last jobs are listed, newest first", func(w *world) {
		for _, name := range []string{"1", "2", "3"} {
			w.addJob(name)
		}
		got := each(must(w.db.Jobs(w.ctx, w.project, 2))(w), func(j store.Job) string { return j.Name })
		if diff := cmp.Diff([]string{"3", "2"}, got); diff != "" {
			w.Error(diff)
		}
	}},
	{"only running jobs are interrupted", func(w *world) {
		done, running := w.addJob("done"), w.addJob("running")
		done.State, done.Finished = store.JobDone, after(1)
		w.update(func(tx *store.Tx) error { return tx.SetJob(w.ctx, done) })
		w.update(func(tx *store.Tx) error { return tx.InterruptJobs(w.ctx, after(9)) })
		running.State, running.Finished = store.JobInterrupted, after(9)
		if diff := cmp.Diff([]store.Job{running, done}, must(w.db.Jobs(w.ctx, w.project, 9))(w)); diff != "" {
			w.Error(diff)
		}
	}},
	{"the audit log is newest first, by project or whole", func(w *world) {
		rows := []store.AuditRow{
			{At: noon, Account: w.maryam, Who: "مریم راد", Action: "account.add", Object: "sara", Addr: "203.0.113.7"},
			{At: after(1), Account: w.sara, Who: "Sara Amini", Project: w.project, Action: "document.export", Detail: "talks.txt"},
			{At: after(2), Who: "console", Project: w.project, Action: "memory.delete"},
		}
		w.update(func(tx *store.Tx) error {
			for _, row := range rows {
				if err := tx.AddAudit(w.ctx, row); err != nil {
					return err
				}
			}
			return nil
		})
		if diff := cmp.Diff([]store.AuditRow{rows[2], rows[1], rows[0]}, must(w.db.Audit(w.ctx, 0, 0, 10))(w)); diff != "" {
			w.Error(diff)
		}
		if diff := cmp.Diff([]store.AuditRow{rows[1]}, must(w.db.Audit(w.ctx, w.project, 1, 1))(w)); diff != "" {
			w.Error(diff)
		}
	}},
	{"a line of the audit log outlives its account", func(w *world) {
		w.update(func(tx *store.Tx) error {
			return tx.AddAudit(w.ctx, store.AuditRow{At: noon, Account: 999, Who: "gone", Project: 999, Action: "x"})
		})
		if got := must(w.db.Audit(w.ctx, 999, 0, 1))(w); len(got) != 1 || got[0].Account != tm.AccountID(999) {
			w.Errorf("got %+v", got)
		}
	}},
}
