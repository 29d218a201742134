package web

import (
	"fmt"
	"net/http"

	"tarjoman/tm"
	"tarjoman/tm/workbench"
)

type jobsPage struct {
	page
	Jobs []workbench.Job
}

func (jobsPage) view() string { return "jobs" }

func (s *Server) listJobs(v *visit) error {
	jobs, err := s.work.Jobs(v.ctx(), v.actor(), v.project.ID)
	if err != nil {
		return err
	}
	return v.render(http.StatusOK, jobsPage{v.section("jobs", v.T("jobs.title")), jobs})
}

type jobPage struct {
	page
	jobView
}

func (jobPage) view() string { return "job" }

// jobView is a job in words, for the page and for its live element.
type jobView struct {
	Job     workbench.Job
	Percent int // -1 while unknown
	State   string
	Result  string
	Problem string
	Made    string // where what it made is shown; "" for nowhere
	Open    string // the words of the link there
}

// jobJSON is what the live element polls.
type jobJSON struct {
	Running bool   `json:"running"`
	Done    int64  `json:"done"`
	Total   int64  `json:"total"`
	State   string `json:"state"`
	Result  string `json:"result"`
}

func (s *Server) showJob(v *visit) error {
	id, err := v.id("job")
	if err != nil {
		return err
	}
	job, err := s.work.Job(v.ctx(), v.actor(), v.project.ID, id)
	if err != nil {
		return err
	}
	view := v.jobView(job)
	if wantsJSON(v.r) {
		return v.json(http.StatusOK, jobJSON{job.State == workbench.JobRunning, job.Done, job.Total, view.State, view.Result + view.Problem})
	}
	return v.render(http.StatusOK, jobPage{v.section("jobs", v.JobName(job)), view})
}

func (v *visit) jobView(job workbench.Job) jobView {
	view := jobView{Job: job, Percent: -1, State: v.T("job.state." + string(job.State)), Problem: v.Problem(job.Error)}
	if job.Total > 0 {
		view.Percent = int(job.Done * 100 / job.Total)
	}
	if job.State == workbench.JobDone {
		view.Result = v.Map("job.result."+job.Kind, job.Result)
		view.Made, view.Open = v.madeBy(job)
	}
	return view
}

// madeBy is where people go on after a job: to the analysis, or to the memory.
func (v *visit) madeBy(job workbench.Job) (path, name string) {
	if id := countOf(job, "analysis"); id > 0 {
		return fmt.Sprintf("%s/%d", v.analysesPath(), id), v.T("jobs.open_analysis")
	}
	if id := countOf(job, "memory"); id > 0 {
		return v.memoryPath(tm.MemoryID(id)), v.T("jobs.open_memory")
	}
	return "", ""
}

// JobName is what a job does, with the name of what it works on.
func (p Printer) JobName(job workbench.Job) string {
	return p.T("job.kind."+job.Kind, "name", job.Name)
}

func (s *Server) cancelJob(v *visit) error {
	id, err := v.id("job")
	if err != nil {
		return err
	}
	path := fmt.Sprintf("%s/jobs/%d", v.base(), id)
	if err := s.work.CancelJob(v.ctx(), v.actor(), v.project.ID, id); err != nil {
		return v.excuse(err, path)
	}
	v.done("jobs.cancelled")
	return v.redirect(path)
}

// follow sends the browser to the page of a job that has begun.
func (v *visit) follow(job workbench.Job) error {
	return v.redirect(fmt.Sprintf("%s/jobs/%d", v.base(), job.ID))
}
