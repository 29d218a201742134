package store

import (
	"time"

	"golang.org/x/text/language"

	"tarjoman/tm"
)

// Account is a person who can log in.
type Account struct {
	ID       tm.AccountID
	Login    string
	Name     string
	Admin    bool // administrator of the instance
	Disabled bool
	Locale   string // language of the interface; "" follows the browser
	Created  time.Time
	LastSeen time.Time // zero when never logged in
}

// Session is one log-in of an account.
type Session struct {
	ID      string // public handle, not the token
	Created time.Time
	Seen    time.Time
	Addr    string
	Agent   string
	Current bool
}

// Role is what a member may do in a project.
type Role string

const (
	Manager    Role = "manager"
	Reviewer   Role = "reviewer"
	Translator Role = "translator"
	Viewer     Role = "viewer"
)

// Roles lists the roles from most to least powerful.
var Roles = []Role{Manager, Reviewer, Translator, Viewer}

// Settings of a project that its managers choose.
type Settings struct {
	// Pretranslate is the lowest score that fills a new segment on upload, 50
	// to 101; 0 turns pre-translation off.
	Pretranslate int `json:"pretranslate"`
	// Threshold is the lowest score of a fuzzy match that is shown, 50 to 100.
	Threshold int `json:"threshold"`
	// MaxLength is the most characters a target may have; 0 for any number.
	MaxLength int `json:"max_length,omitempty"`
	// AgedMonths is how long a unit may stay unchanged before its matches lose
	// AgePoints; 0 for ever.
	AgedMonths int `json:"aged_months,omitempty"`
	AgePoints  int `json:"age_points,omitempty"`
	// FourEyes forbids approving one's own translation.
	FourEyes bool `json:"four_eyes"`
	// Propagate fills repetitions in the document on confirm.
	Propagate bool `json:"propagate"`
	// TranslatorsExport lets translators export and download.
	TranslatorsExport bool `json:"translators_export"`
	// Checks gives checks another severity than their own: "error", "warning",
	// "info" or "off", by code.
	Checks map[string]string `json:"checks,omitempty"`
	// Terms gives issues about terms another severity than that of PERSIAN.md
	// C12, by the type of the concept; "off" is one too.
	Terms map[tm.TermType]string `json:"terms,omitempty"`
	// TranslatorsUpload lets translators upload documents.
	TranslatorsUpload bool `json:"translators_upload"`
}

// Project is a language pair with its documents, memories, glossaries, members
// and settings.
type Project struct {
	ID             tm.ProjectID
	Name           string
	Source, Target language.Tag
	Settings       Settings
	Created        time.Time
	Archived       bool
	Deleted        time.Time // zero unless in the trash
	Role           Role      // of the account that was asked for
	Documents      int       // in lists only
	Progress       Progress  // in lists only
}

// Progress counts segments and source words by state.
type Progress struct {
	Segments map[tm.State]int
	Words    map[tm.State]int
}

func (p *Progress) add(state tm.State, segments, words int) {
	if p.Segments == nil {
		p.Segments, p.Words = map[tm.State]int{}, map[tm.State]int{}
	}
	p.Segments[state] += segments
	p.Words[state] += words
}

// Total returns the number of segments and of source words.
func (p Progress) Total() (segments, words int) {
	for _, s := range tm.States {
		segments += p.Segments[s]
		words += p.Words[s]
	}
	return segments, words
}

// Percent returns how many percent of the words have one of the states, rounded
// down, so that 100 means all of them. Without words it counts segments.
func (p Progress) Percent(states ...tm.State) int {
	segments, words := p.Total()
	counts, total := p.Words, words
	if words == 0 {
		counts, total = p.Segments, segments
	}
	if total == 0 {
		return 0
	}
	n := 0
	for _, s := range states {
		n += counts[s]
	}
	return n * 100 / total
}

// Member is an account with its role in a project.
type Member struct {
	Account tm.AccountID
	Login   string
	Name    string
	Role    Role
}

// Memory is a named store of units as one project sees it.
type Memory struct {
	ID      tm.MemoryID
	Name    string
	Units   int
	Read    bool // matches come from it
	Write   bool // confirmed segments go into it; one memory per project
	Penalty int  // points off every match from it in this project
	Own     bool // belongs to this project; others are linked
	HomeID  tm.ProjectID
	Home    string // name of the project it belongs to
	Deleted time.Time
}

// Glossary is a named set of concepts as one project sees it.
type Glossary struct {
	ID        tm.GlossaryID
	Name      string
	Concepts  int  // in lists only
	Proposals int  // open ones
	Position  int  // the first wins
	Own       bool // belongs to this project; others are linked
	HomeID    tm.ProjectID
	Home      string
	Deleted   time.Time
}

// Document is one uploaded file.
type Document struct {
	ID       tm.DocumentID
	Project  tm.ProjectID
	Name     string
	Format   string
	Charset  string
	Bytes    int64
	Date     time.Time // the day it is of, at 0:00 UTC; chooses terms that hold for a time
	Uploaded time.Time // of the current original
	By       string
	Deleted  time.Time
	Progress Progress // in lists only
}

// Row is a segment as the editor lists it.
type Row struct {
	tm.Segment
	AuthorName  string
	Filled      int    // score of the match that filled it, unedited since; 0 for none
	FilledBy    string // kind of that match, or "repetition"
	Repetitions int    // other live segments of the document with the same source
	Reason      string // of the rejection, while rejected
	Errors      int    // issues as last checked
	Warnings    int
	Gone        bool   // no longer in the document
	Key         string // match key of the source
	Words       int
}

// Version is one step in the history of a segment.
type Version struct {
	Revision int64
	At       time.Time
	Author   string
	Account  tm.AccountID
	State    tm.State
	Action   string
	Target   tm.Content
	Reason   string
	Filled   int
	FilledBy string
}

// Job is long work with its progress. Total is 0 while unknown.
type Job struct {
	ID       int64
	Project  tm.ProjectID
	Kind     string // memory_import, pretranslate
	Name     string // what it works on, for people
	State    JobState
	Done     int64
	Total    int64
	Result   map[string]any // counts, when done
	Error    *tm.Error      // when failed
	Created  time.Time
	Finished time.Time
}

// JobState is how far a job has come.
type JobState string

const (
	JobRunning     JobState = "running"
	JobDone        JobState = "done"
	JobFailed      JobState = "failed"
	JobCancelled   JobState = "cancelled"
	JobInterrupted JobState = "interrupted" // the server stopped meanwhile; nothing was kept
)

// AuditRow is one line of the audit log.
type AuditRow struct {
	At      time.Time
	Account tm.AccountID
	Who     string
	Project tm.ProjectID // 0 for none
	Action  string
	Object  string
	Detail  string
	Addr    string
}
