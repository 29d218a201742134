package exchange

import (
	"strings"

	"golang.org/x/text/language"
)

// TBX holds a glossary as XML (ISO 30042): [ReadTBX] reads versions 2 and 3 in
// every dialect, [WriteTBX] writes the public dialects. Between the file and
// [tarjoman/tm.Concept] stands tbxEntry, an entry as a list of items: tbxread.go
// and tbxwrite.go turn XML into it and back, tbxfields.go turns items into
// fields and back. What has no field is kept in Props (tbxprops.go), so that
// reading what was written gives the same concepts.
//
// These items become fields; the first one that makes sense counts, further
// ones are kept in Props:
//
//	conceptEntry id                      Key
//	subjectField                         Domain
//	definition, else note                Note of the concept
//	crossReference                       See
//	administrativeStatus                 Status: preferred, admitted, forbidden for deprecated and superseded
//	partOfSpeech                         POS
//	source of a term                     Source
//	usageNote, else note of a term       Note of the term
//
// What TBX has no data category for is written as a note that every dialect
// allows, and so is whatever the dialect of the file does not know:
//
//	x-tarjoman:field:key=…     a key that cannot be an XML name
//	x-tarjoman:field:type=…    type of the concept: person, organization …
//	x-tarjoman:field:keep=yes  do not translate
//	x-tarjoman:field:status=proposed
//	x-tarjoman:field:case=exact
//	x-tarjoman:field:from=2021-08-03, x-tarjoman:field:until=…
//	x-tarjoman:ELEMENT:TYPE=…  any other item
//
// White space around a text and line breaks in it are layout, unless xml:space
// says "preserve"; it is written where a text needs it.

// A TBXInfo is what a TBX file says about itself. The zero value asks for what
// we write by default: TBX-Basic, version 3, style dca.
type TBXInfo struct {
	Version int    // 2 (ISO 30042:2008) or 3 (ISO 30042:2019)
	Dialect string // TBX-Core, TBX-Min, TBX-Basic; any other takes every data category
	Style   string // "dca" or "dct"; version 2 has no styles
	Title   string
	Header  string // XML of the header, when there was one
	Back    string // XML of what follows the body
}

const (
	tbxSpace   = "urn:iso:std:iso:30042:ed-2"
	tbxModules = "http://www.tbxinfo.net/ns/"
)

func (h TBXInfo) withDefaults() TBXInfo {
	if h.Version != 2 {
		h.Version = 3
	}
	if h.Dialect == "" {
		h.Dialect = "TBX-Basic"
	}
	if h.Style != "dct" || h.Version == 2 || dialectRank[h.Dialect] == 0 {
		h.Style = "dca"
	}
	return h
}

// dialectRank orders the public dialects: each holds the ones before it.
var dialectRank = map[string]int{"TBX-Core": 1, "TBX-Min": 2, "TBX-Basic": 3}

// tbxLevel is where in an entry an item stands.
type tbxLevel uint8

const (
	atConcept tbxLevel = 1 << iota
	atLang
	atTerm
	anywhere = atConcept | atLang | atTerm
)

// A category is a data category: the element that holds it, the least dialect
// that has it (0 for none of the public ones) and the levels it may stand at
// there.
type category struct {
	element string
	rank    int
	levels  tbxLevel
}

var categories = map[string]category{
	"subjectField":           {"descrip", 2, atConcept},
	"administrativeStatus":   {"termNote", 2, atTerm},
	"partOfSpeech":           {"termNote", 2, atTerm},
	"customerSubset":         {"admin", 2, atConcept | atTerm},
	"externalCrossReference": {"xref", 2, anywhere},
	"context":                {"descrip", 3, atTerm},
	"crossReference":         {"ref", 3, atConcept | atTerm},
	"definition":             {"descrip", 3, atConcept | atLang},
	"geographicalUsage":      {"termNote", 3, atTerm},
	"grammaticalGender":      {"termNote", 3, atTerm},
	"projectSubset":          {"admin", 3, atConcept | atTerm},
	"responsibility":         {"transacNote", 3, anywhere},
	"source":                 {"admin", 3, anywhere},
	"termLocation":           {"termNote", 3, atTerm},
	"termType":               {"termNote", 3, atTerm},
	"transactionType":        {"transac", 3, anywhere},
	"xGraphic":               {"xref", 3, atConcept | atLang},

	"explanation":            {element: "descrip"},
	"example":                {element: "descrip"},
	"relatedConcept":         {element: "descrip"},
	"reliabilityCode":        {element: "descrip"},
	"frequency":              {element: "termNote"},
	"grammaticalNumber":      {element: "termNote"},
	"normativeAuthorization": {element: "termNote"},
	"processStatus":          {element: "termNote"},
	"pronunciation":          {element: "termNote"},
	"register":               {element: "termNote"},
	"transferComment":        {element: "termNote"},
	"usageNote":              {element: "termNote"},
	"readingNote":            {element: "adminNote"},
	"xSource":                {element: "xref"},
}

// tbxHome returns the element that a data category stands in.
func tbxHome(kind string) string {
	if c, ok := categories[kind]; ok {
		return c.element
	}
	return "admin"
}

// tbxElements are the elements that carry the structure or a type attribute.
// Version 2 and the first drafts of TBX-Min have other names for some.
var tbxElements = func() map[string]string {
	names := map[string]string{
		"termEntry": "conceptEntry", "langSet": "langSec", "tig": "termSec", "ntig": "termSec",
		"martifHeader": "tbxHeader", "refObjectList": "refObjectSec",
	}
	const same = `conceptEntry langSec termSec termGrp term termNote termNoteGrp descrip descripGrp descripNote
		admin adminGrp adminNote transac transacGrp transacNote note ref xref date hi foreign bpt ept ph sc ec
		tbxHeader fileDesc titleStmt title publicationStmt sourceDesc encodingDesc revisionDesc change p
		text body back refObjectSec refObject item itemSet itemGrp`
	for _, name := range strings.Fields(same) {
		names[name] = name
	}
	return names
}()

// tbxAliases are data categories under the names of TBX-Min before version 3.
var tbxAliases = map[string]string{"termStatus": "administrativeStatus", "customer": "customerSubset"}

// tbxName returns the element's name in version 3 and, for the style dct, the
// data category that its own name is.
func tbxName(raw string) (name, kind string) {
	prefix, local, found := strings.Cut(raw, ":")
	if !found {
		prefix, local = "", raw
	}
	if name, ok := tbxElements[local]; ok {
		return name, ""
	}
	if alias, ok := tbxAliases[local]; ok {
		local = alias
	}
	if _, known := categories[local]; known || prefix != "" {
		return tbxHome(local), local
	}
	return local, ""
}

// tbxItem is one statement of an entry. Most are a text of a type; node holds
// the others.
type tbxItem struct {
	name, kind, text string
	node             *tbxNode // not nil: name and kind are those of its root
}

type tbxEntry struct {
	id    string
	line  int
	items []tbxItem
	langs []tbxLang
}

type tbxLang struct {
	tag   language.Tag
	items []tbxItem
	terms []tbxTerm
}

type tbxTerm struct {
	line  int
	text  tbxNode // the term element
	items []tbxItem
}
