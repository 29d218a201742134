package tm

import "time"

// Identifiers of stored things. They are only unique within their own kind.
type (
	AccountID  int64
	ProjectID  int64
	DocumentID int64
	BlockID    int64
	SegmentID  int64
	MemoryID   int64
	UnitID     int64
	GlossaryID int64
	ConceptID  int64
)

// State is how far a segment has come. It maps to the XLIFF 2 states: New and
// Draft and Rejected are initial, Translated is translated, Approved is final.
type State string

const (
	New        State = "new"        // no target yet
	Draft      State = "draft"      // typed or pre-filled, not confirmed
	Translated State = "translated" // confirmed by a translator
	Rejected   State = "rejected"   // sent back by a reviewer, with a reason
	Approved   State = "approved"   // accepted by a reviewer; read-only for translators
)

// States lists every state in the order of the way of a segment.
var States = []State{New, Draft, Translated, Rejected, Approved}

// Valid reports whether s is one of [States].
func (s State) Valid() bool {
	switch s {
	case New, Draft, Translated, Rejected, Approved:
		return true
	}
	return false
}

// A Segment is one sentence (or heading) of a block. Revision grows by one with
// every change of the target or the state and never goes back; a save names the
// revision it was based on. Lead and Trail are the white space around the
// sentence in its block; they belong to no sentence but are given back on
// export.
type Segment struct {
	ID       SegmentID
	Document DocumentID
	Block    BlockID
	Index    int // place in the document, from 0
	Source   Content
	Target   Content
	Lead     string
	Trail    string
	State    State
	Revision int64
	Author   AccountID // who wrote the target last; 0 for nobody
	Changed  time.Time
}
