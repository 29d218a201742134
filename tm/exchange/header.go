package exchange

import (
	"time"

	"golang.org/x/text/language"
)

// A Header is what a TMX file says about itself as a whole. Writing the zero
// Header fills in the attributes that TMX requires.
type Header struct {
	Tool        string // creationtool
	ToolVersion string
	SegType     string // block, paragraph, sentence or phrase
	OriginalTM  string // o-tmf: the format the units came from
	AdminLang   string
	Source      language.Tag // language.Und when no language is privileged (*all*)
	DataType    string
	Created     time.Time
	Changed     time.Time
	CreatedBy   string
	ChangedBy   string
	Notes       []string
	Props       []Prop
}

// A Prop is a property of a header: a free text under a type.
type Prop struct{ Type, Text string }

// headerFields maps the attributes that are plain words to their fields.
func (h *Header) fields() map[string]*string {
	return map[string]*string{
		"creationtool": &h.Tool, "creationtoolversion": &h.ToolVersion, "segtype": &h.SegType,
		"o-tmf": &h.OriginalTM, "adminlang": &h.AdminLang, "datatype": &h.DataType,
		"creationid": &h.CreatedBy, "changeid": &h.ChangedBy,
	}
}

// tmxTime is the form of dates that TMX prescribes; readers meet others too.
const tmxTime = "20060102T150405Z"

var tmxTimes = []string{tmxTime, time.RFC3339, "20060102T150405", "2006-01-02T15:04:05", "20060102", "2006-01-02"}

// parseTime reads a date; ok is false when it is in no form we know.
func parseTime(b []byte) (t time.Time, ok bool) {
	if t, ok = parseStamp(b); ok {
		return t, true
	}
	s := string(b)
	for _, form := range tmxTimes {
		if t, err := time.Parse(form, s); err == nil {
			return t.UTC(), true
		}
	}
	return time.Time{}, false
}

// parseStamp reads the prescribed form, as time.Parse does but several times as
// fast: a large file has one million of them.
func parseStamp(b []byte) (t time.Time, ok bool) {
	if len(b) != len(tmxTime) || b[8] != 'T' || b[15] != 'Z' {
		return t, false
	}
	year, month, day := decimal(b[:4]), decimal(b[4:6]), decimal(b[6:8])
	hour, minute, second := decimal(b[9:11]), decimal(b[11:13]), decimal(b[13:15])
	if min(year, month, day, hour, minute, second) < 0 || hour > 23 || minute > 59 || second > 59 {
		return t, false
	}
	t = time.Date(year, time.Month(month), day, hour, minute, second, 0, time.UTC)
	return t, t.Month() == time.Month(month) && t.Day() == day
}

// decimal returns the number that b writes in ASCII digits, -1 when it is none
// or larger than anything we count.
func decimal(b []byte) int {
	const most = 9
	if len(b) == 0 || len(b) > most {
		return -1
	}
	n := 0
	for _, c := range b {
		if c < '0' || c > '9' {
			return -1
		}
		n = 10*n + int(c-'0')
	}
	return n
}
