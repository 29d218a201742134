package workbench

import (
	"tarjoman/tm"
	"tarjoman/tm/memory"
	"tarjoman/tm/store"
)

// What the store keeps, named here so that callers need not know the store.
type (
	Account  = store.Account
	Session  = store.Session
	Role     = store.Role
	Settings = store.Settings
	Project  = store.Project
	Progress = store.Progress
	Member   = store.Member
	Memory   = store.Memory
	Glossary = store.Glossary
	Document = store.Document
	Row      = store.Row
	Job      = store.Job
	JobState = store.JobState
	AuditRow = store.AuditRow
)

// The roles, from most to least powerful.
const (
	Manager    = store.Manager
	Reviewer   = store.Reviewer
	Translator = store.Translator
	Viewer     = store.Viewer
)

// Roles lists the roles from most to least powerful.
var Roles = store.Roles

// The states of a job.
const (
	JobRunning     = store.JobRunning
	JobDone        = store.JobDone
	JobFailed      = store.JobFailed
	JobCancelled   = store.JobCancelled
	JobInterrupted = store.JobInterrupted
)

// Actor is who asks. The zero Actor is nobody and may do nothing.
type Actor struct {
	Account tm.AccountID
	Name    string // display name, kept as author of units
	Admin   bool   // administrator of the instance
	Addr    string // network address, for the audit log
}

// NewAccount is what is needed to make one.
type NewAccount struct {
	Login, Name, Password string
	Admin                 bool
	Locale                string
}

// DefaultSettings are those of a new project.
func DefaultSettings() Settings {
	return Settings{Pretranslate: 100, Threshold: 70, Propagate: true}
}

// Upload is a file on its way in.
type Upload struct {
	Name    string
	Data    []byte
	Charset string        // the user's answer when the charset was in doubt; "" otherwise
	Update  tm.DocumentID // the document to update; 0 for a new one
}

// Imported tells what an upload became.
type Imported struct {
	Document Document
	Segments int
	Filled   int   // pre-translated
	Kept     int   // on update: segments that kept their translation
	Dropped  int   // on update: segments that are gone from the file
	Change   int64 // takes the pre-translation back
	Job      int64 // still pre-translating, when Filled is not known yet
}

// Offer is a match with what the editor shows beside it.
type Offer struct {
	tm.Match
	MemoryName string
	Original   *tm.Content // the target in the memory, of a repaired one
}

// TermHit is a term found in a source.
type TermHit struct {
	From, To  int // byte offsets in the source, ending included
	Source    string
	Targets   []string // approved first
	Forbidden []string
	Waiting   []string // proposed ones; nobody has to use them
	Proposed  bool     // the found term itself is only proposed
	Type      tm.TermType
	Domain    string
	Note      string
	Keep      bool
	Terms     []tm.Term // all of the concept
	Glossary  string
	// The concept, to open or to change it.
	GlossaryID tm.GlossaryID
	Concept    tm.ConceptID
}

// Assist is the help for one segment.
type Assist struct {
	Source, Target tm.Content // the texts that the offsets of Terms and Issues count in
	Matches        []Offer
	Terms          []TermHit
	Issues         []tm.Issue
}

// Edit is a change of a target. Revision is the one it was based on.
type Edit struct {
	Segment  tm.SegmentID
	Revision int64
	Target   tm.Content
	State    tm.State // Draft or Translated
	Filled   int
	FilledBy string
	// Unit is the match that was put into the target since the last save, whose
	// use is counted; 0 for none.
	Unit tm.UnitID
}

// Saved is the segment after a change, with what came along.
type Saved struct {
	Row        Row
	Issues     []tm.Issue
	Propagated []Row
	Change     int64 // undoes the propagation; 0 when nothing was propagated
}

// Version is one step in the history of a segment.
type Version struct {
	store.Version
	Diff []tm.Diff // of the target, from the version before
}

// Hits is one page of a concordance. With More there are more than Total, or may
// be.
type Hits struct {
	List  []Hit
	Total int
	More  bool
}

// Hit is a unit found by concordance.
type Hit struct {
	Source, Target tm.Content
	Marks          []Mark // in the searched side
	Memory         string
	Origin         tm.Origin
}

// Mark is a highlighted range, in bytes.
type Mark = memory.Span

// ExportKind says what to give back.
type ExportKind string

const (
	ExportDocument  ExportKind = "document"  // the document in its own format
	ExportTMX       ExportKind = "tmx"       // its units
	ExportBilingual ExportKind = "bilingual" // two columns, HTML, for proof-reading
)

// ExportOptions choose what goes into an export.
type ExportOptions struct {
	Kind ExportKind
	// ApprovedOnly leaves segments that are not approved in the source
	// language; otherwise translated ones are used too.
	ApprovedOnly bool
}

// Export is a document on its way out.
type Export struct {
	Name string // file name to offer
	MIME string
	Data []byte
}

// RowProblem is something wrong in a row of a file.
type RowProblem struct {
	Row  int // from 1, the header included
	Code string
	Args map[string]any
}
