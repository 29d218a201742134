package web

import (
	"fmt"
	"maps"
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
	Here           string // link to this page
}

// pages is the page that begins at a row of a list narrowed by values.
func pages(path string, values url.Values, at, step, shown, total int) list {
	l := list{From: min(at+1, total), To: at + shown, Total: total, Here: pageLink(path, values, at)}
	if at > 0 {
		l.Previous = pageLink(path, values, max(0, at-step))
	}
	if at+shown < total && shown > 0 {
		l.Next = pageLink(path, values, at+shown)
	}
	return l
}

func pageLink(path string, values url.Values, offset int) string {
	if offset == 0 {
		return withQuery(path, values)
	}
	here := url.Values{}
	maps.Copy(here, values)
	here.Set("offset", fmt.Sprint(offset))
	return withQuery(path, here)
}

// withQuery adds values to a path; without any, the path is left bare.
func withQuery(path string, values url.Values) string {
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
