package tm

// MatchKind says how a match was found.
type MatchKind string

const (
	ContextMatch   MatchKind = "context"   // exact, and the neighbours agree
	ExactMatch     MatchKind = "exact"     // the sources share a match key
	FuzzyMatch     MatchKind = "fuzzy"     // the sources are similar
	AssembledMatch MatchKind = "assembled" // put together or repaired from parts
	MachineMatch   MatchKind = "machine"   // from machine translation
)

// A Match is a unit offered for a segment. Raw is the similarity of the sources
// in percent, 0 to 100; Score is Raw plus the context bonus minus every
// penalty, at most 102. The difference is always explained by Penalties.
type Match struct {
	Unit      *Unit
	Source    Content
	Target    Content
	Kind      MatchKind
	Score     int
	Raw       int
	Penalties []Penalty
	Diff      []Diff // from the match's source to the segment's source
}

// A Penalty is one named deduction from a score, in points of percent. Codes
// are words of locales/ ("penalty." + Code): typographic, codes, numbers, names,
// several_translations, context, draft, aligned, machine, unit, memory, age.
type Penalty struct {
	Code   string
	Points int
}

// DiffKind says what happened to a run of words.
type DiffKind string

const (
	Same    DiffKind = "same"
	Deleted DiffKind = "deleted"  // stands in the match's source only
	Added   DiffKind = "inserted" // stands in the segment's source only
)

// A Diff is a run of text with its kind. Concatenating the Same and Deleted
// runs gives the match's source, Same and Added the segment's.
type Diff struct {
	Kind DiffKind
	Text string
}
