package workbench

import (
	"fmt"
	"runtime/debug"
	"strings"
	"unicode/utf8"

	"tarjoman/tm"
)

// StaleError is a Conflict "segment.stale": somebody else changed the segment
// first. Current is the segment as it stands now.
type StaleError struct{ Current Row }

var errStale = tm.NewError(tm.Conflict, "segment.stale")

func (e *StaleError) Error() string { return errStale.Error() }
func (e *StaleError) Unwrap() error { return errStale }

// GateError is an Invalid "segment.gate": glossary errors stand in the way of
// an approval. Source and Target are the texts their offsets count in.
type GateError struct {
	Issues         []tm.Issue
	Source, Target tm.Content
}

var errGate = tm.NewError(tm.Invalid, "segment.gate")

func (e *GateError) Error() string { return errGate.Error() }
func (e *GateError) Unwrap() error { return errGate }

func panicError(p any) error { return fmt.Errorf("panic: %v\n%s", p, debug.Stack()) }

// maxName is the longest name of a project, memory, document …, in runes.
const maxName = 200

// cleanName checks a name a person gave to something: not empty, valid, without
// control characters, not too long. Space around it is dropped.
func cleanName(name string) (string, error) {
	name = strings.TrimSpace(name)
	switch {
	case name == "":
		return "", tm.NewError(tm.Invalid, "name.empty")
	case utf8.RuneCountInString(name) > maxName:
		return "", tm.NewError(tm.Invalid, "name.too_long", "limit", maxName)
	case !utf8.ValidString(name) || strings.ContainsFunc(name, isControl):
		return "", tm.NewError(tm.Invalid, "name.control")
	}
	return name, nil
}

// isControl reports the characters that may not stand in names: C0 and C1
// controls and the bidi controls that would make a name read as another.
func isControl(r rune) bool {
	return r < 0x20 || r >= 0x7f && r < 0xa0 || r >= 0x202a && r <= 0x202e || r >= 0x2066 && r <= 0x2069 ||
		r == 0x2028 || r == 0x2029
}
