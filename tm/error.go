package tm

import (
	"errors"
	"fmt"
)

// ErrorKind groups errors by what the caller can do about them.
type ErrorKind uint8

const (
	Internal    ErrorKind = iota // our fault; people see a neutral sentence
	Invalid                      // the input is wrong; Args say where
	NotFound                     // does not exist, or not for this person
	Forbidden                    // exists and is seen, but this action is not allowed
	Conflict                     // somebody else changed it meanwhile
	TooLarge                     // over a limit named in Args
	Unsupported                  // a format or feature we do not read
	Busy                         // try again later
)

// An Error is a failure a person can act on. Code names a sentence in locales/
// ("error." + Code); Args fill its placeholders. Err is the cause, for logs
// only; it is never shown.
type Error struct {
	Kind ErrorKind
	Code string
	Args map[string]any
	Err  error
}

// NewError returns an *Error. Arguments are pairs of a name and a value:
//
//	tm.NewError(tm.TooLarge, "document.too_large", "limit", "64 MB")
//
// It panics when the pairs are not complete or a name is not a string, both
// programmer's mistakes.
func NewError(kind ErrorKind, code string, pairs ...any) *Error {
	e := &Error{Kind: kind, Code: code}
	if len(pairs) > 0 {
		e.Args = make(map[string]any, len(pairs)/2)
	}
	for i := 0; i < len(pairs); i += 2 {
		e.Args[pairs[i].(string)] = pairs[i+1]
	}
	return e
}

// Wrap returns a copy of e with err as its cause.
func (e *Error) Wrap(err error) *Error {
	d := *e
	d.Err = err
	return &d
}

// Error is for logs and programmers: the code, its arguments and the cause.
func (e *Error) Error() string {
	s := e.Code
	if len(e.Args) > 0 {
		s = fmt.Sprintf("%s %v", s, e.Args)
	}
	if e.Err != nil {
		s += ": " + e.Err.Error()
	}
	return s
}

func (e *Error) Unwrap() error { return e.Err }

// KindOf returns the kind of the first *Error in err's chain, and Internal when
// there is none.
func KindOf(err error) ErrorKind {
	if e, ok := errors.AsType[*Error](err); ok {
		return e.Kind
	}
	return Internal
}

// CodeOf returns the code of the first *Error in err's chain, and "" when there
// is none.
func CodeOf(err error) string {
	if e, ok := errors.AsType[*Error](err); ok {
		return e.Code
	}
	return ""
}
