package web

import (
	"fmt"
	"net/http"
	"net/url"

	"tarjoman/tm"
)

// listStep is how many rows one page of a list shows.
const listStep = 50

// list is one page of a searchable list.
type list struct {
	Query          string
	From, To       int // rows shown, from 1
	Total          int
	Previous, Next string // links; "" at the ends
}

func (v *visit) list(path string, shown, total int) list {
	at := v.offset()
	l := list{Query: v.query("q"), From: min(at+1, total), To: at + shown, Total: total}
	if at > 0 {
		l.Previous = pageLink(path, l.Query, max(0, at-listStep))
	}
	if at+shown < total && shown > 0 {
		l.Next = pageLink(path, l.Query, at+shown)
	}
	return l
}

func pageLink(path, query string, offset int) string {
	values := url.Values{}
	if query != "" {
		values.Set("q", query)
	}
	if offset > 0 {
		values.Set("offset", fmt.Sprint(offset))
	}
	if len(values) == 0 {
		return path
	}
	return path + "?" + values.Encode()
}

// stream is a download that begins with its first byte, so that an error before
// it is still answered as one.
type stream struct {
	v          *visit
	name, mime string
	begun      bool
}

func (v *visit) stream(name, mime string) *stream { return &stream{v: v, name: name, mime: mime} }

func (s *stream) Write(p []byte) (int, error) {
	if !s.begun {
		s.begun = true
		s.v.attach(s.name, s.mime)
	}
	return s.v.w.Write(p)
}

// finish answers an error that came before the first byte. After it the
// connection is cut, so that nobody takes half a file for the whole.
func (s *stream) finish(err error) error {
	if err == nil && !s.begun {
		_, err = s.Write(nil)
	}
	if err == nil || !s.begun {
		return err
	}
	if tm.KindOf(err) == tm.Internal {
		s.v.s.log.Error("download broken off", "request", aboutOf(s.v.ctx()).id, "error", err)
	}
	panic(http.ErrAbortHandler)
}
