package segment

import (
	"encoding/xml"
	"io"
)

// Write writes the file as SRX 2.0, for other tools.
func (f *File) Write(w io.Writer) error {
	if _, err := io.WriteString(w, xml.Header); err != nil {
		return err
	}
	e := xml.NewEncoder(w)
	e.Indent("", " ")
	if err := e.Encode(f.document()); err != nil {
		return err
	}
	_, err := io.WriteString(w, "\n")
	return err
}

// document is the layout for writing, with the namespace and the attributes in
// the order of the standard.
type document struct {
	XMLName xml.Name   `xml:"srx"`
	Space   string     `xml:"xmlns,attr"`
	Version string     `xml:"version,attr"`
	Header  xmlHeader  `xml:"header"`
	Rules   []xmlRules `xml:"body>languagerules>languagerule"`
	Maps    []xmlMap   `xml:"body>maprules>languagemap"`
}

func (f *File) document() document {
	d := document{
		Space:   "http://www.lisa.org/srx20",
		Version: "2.0",
		Header: xmlHeader{
			Subflows: yes(f.Subflows),
			Cascade:  yes(f.Cascade),
			Handles: []xmlHandle{
				{"start", yes(f.IncludeStart)}, {"end", yes(f.IncludeEnd)}, {"isolated", yes(f.IncludeIsolated)},
			},
		},
	}
	for _, l := range f.Languages {
		r := xmlRules{Name: l.Name}
		for _, rule := range l.Rules {
			r.Rules = append(r.Rules, xmlRule{yes(rule.Break), rule.Before, rule.After})
		}
		d.Rules = append(d.Rules, r)
	}
	for _, m := range f.Maps {
		d.Maps = append(d.Maps, xmlMap(m))
	}
	return d
}

func yes(b bool) string {
	if b {
		return "yes"
	}
	return "no"
}
