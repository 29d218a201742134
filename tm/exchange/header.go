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
func parseTime(s string) (t time.Time, ok bool) {
	for _, form := range tmxTimes {
		if t, err := time.Parse(form, s); err == nil {
			return t.UTC(), true
		}
	}
	return time.Time{}, false
}
