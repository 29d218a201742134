package tm

// Severity says how much an issue weighs.
type Severity string

const (
	SeverityError   Severity = "error"   // blocks approval
	SeverityWarning Severity = "warning" // shown, does not block
	SeverityInfo    Severity = "info"    // a hint
)

// Side says which text of a segment an issue points at.
type Side string

const (
	SourceSide Side = "source"
	TargetSide Side = "target"
)

// An Issue is something a check found. Code names the check ("issue." + Code in
// locales/). From and To are byte offsets into the text of Side, To exclusive;
// both are 0 when the whole segment is meant. Args fill the sentence. Fix, when
// Fixable, is the text that From..To should become. Dismissed is the reason
// somebody gave to let it be; such an issue is shown but does not count.
type Issue struct {
	Code     string
	Severity Severity
	Side     Side
	From, To int
	Args     map[string]any
	Fix      string
	Fixable  bool

	Dismissed string
}
