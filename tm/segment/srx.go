package segment

import (
	"bytes"
	"encoding/xml"
	"io"
	"regexp"
	"strings"

	"golang.org/x/text/encoding/htmlindex"
	"golang.org/x/text/encoding/unicode"
	"golang.org/x/text/language"
	"golang.org/x/text/transform"

	"tarjoman/tm"
)

// Limits of a rule file.
const (
	maxFile  = 16 << 20 // bytes
	maxDepth = 32
	maxRules = 100_000
)

// A File is a set of segmentation rules for any number of languages, as SRX 2.0
// describes it. Subflows, and the three Include fields, which say where codes
// next to a break go, are kept for other tools; [Rules.Split] has its own way
// with codes.
type File struct {
	Subflows        bool
	Cascade         bool // all matching maps apply, in order; else only the first
	IncludeStart    bool
	IncludeEnd      bool
	IncludeIsolated bool
	Languages       []LanguageRules
	Maps            []LanguageMap
}

// LanguageRules is a named list of rules.
type LanguageRules struct {
	Name  string
	Rules []Rule
}

// A Rule breaks, or forbids to break, where Before matches the text up to a
// place and After the text from it on.
type Rule struct {
	Break         bool
	Before, After string
}

// A LanguageMap names the rules for the language tags that Pattern matches as a
// whole, ignoring case.
type LanguageMap struct {
	Pattern string
	Rules   string
}

// xmlFile is the layout of SRX 2.0, and of SRX 1.0 where a map rule wraps the
// language maps.
type xmlFile struct {
	XMLName xml.Name    `xml:"srx"`
	Version string      `xml:"version,attr"`
	Header  xmlHeader   `xml:"header"`
	Rules   []xmlRules  `xml:"body>languagerules>languagerule"`
	Maps    []xmlMap    `xml:"body>maprules>languagemap"`
	OldMaps []xmlOldMap `xml:"body>maprules>maprule"`
}

type xmlHeader struct {
	Subflows string      `xml:"segmentsubflows,attr"`
	Cascade  string      `xml:"cascade,attr"`
	Handles  []xmlHandle `xml:"formathandle"`
}

type xmlHandle struct {
	Type    string `xml:"type,attr"`
	Include string `xml:"include,attr"`
}

type xmlRules struct {
	Name  string    `xml:"languagerulename,attr"`
	Rules []xmlRule `xml:"rule"`
}

type xmlRule struct {
	Break  string `xml:"break,attr"`
	Before string `xml:"beforebreak"`
	After  string `xml:"afterbreak"`
}

type xmlMap struct {
	Pattern string `xml:"languagepattern,attr"`
	Rules   string `xml:"languagerulename,attr"`
}

type xmlOldMap struct {
	Maps []xmlMap `xml:"languagemap"`
}

// Load reads an SRX file of version 1.0 or 2.0. Elements of other namespaces
// are skipped. A document type with an internal subset, a file over the limits
// and one that is not SRX are refused with a *tm.Error; patterns are checked
// when [File.Rules] compiles them.
func Load(src io.Reader) (*File, error) {
	data, err := readAll(src)
	if err != nil {
		return nil, err
	}
	if err := checkXML(data); err != nil {
		return nil, err
	}
	var x xmlFile
	if err := decoder(data).Decode(&x); err != nil {
		return nil, invalid(err)
	}
	return x.file()
}

// readAll reads at most the allowed size, as UTF-8.
func readAll(src io.Reader) ([]byte, error) {
	decoded := transform.NewReader(src, unicode.BOMOverride(transform.Nop))
	data, err := io.ReadAll(io.LimitReader(decoded, maxFile+1))
	if err != nil {
		return nil, invalid(err)
	}
	if len(data) > maxFile {
		return nil, tm.NewError(tm.TooLarge, "srx.too_large", "limit", "16 MB")
	}
	return data, nil
}

// checkXML reads all tokens once, to refuse what no rule file needs.
func checkXML(data []byte) error {
	d := decoder(data)
	depth := 0
	for {
		token, err := d.RawToken()
		if err == io.EOF {
			return nil
		}
		if err != nil {
			return invalid(err)
		}
		switch t := token.(type) {
		case xml.Directive:
			if bytes.ContainsRune(t, '[') {
				return tm.NewError(tm.Invalid, "srx.doctype")
			}
		case xml.StartElement:
			depth++
		case xml.EndElement:
			depth--
		}
		if depth > maxDepth {
			return tm.NewError(tm.Invalid, "srx.too_deep", "limit", maxDepth)
		}
	}
}

func decoder(data []byte) *xml.Decoder {
	d := xml.NewDecoder(bytes.NewReader(data))
	d.CharsetReader = func(charset string, input io.Reader) (io.Reader, error) {
		if strings.HasPrefix(strings.ToLower(charset), "utf-16") {
			return input, nil // decoded by its byte order mark already
		}
		e, err := htmlindex.Get(charset)
		if err != nil {
			return nil, err
		}
		return transform.NewReader(input, e.NewDecoder()), nil
	}
	return d
}

func invalid(err error) error {
	e := tm.NewError(tm.Invalid, "srx.invalid", "detail", err.Error())
	return e.Wrap(err)
}

func (x *xmlFile) file() (*File, error) {
	f := &File{Subflows: x.Header.Subflows == "yes", Cascade: x.Header.Cascade == "yes"}
	for _, h := range x.Header.Handles {
		switch h.Type {
		case "start":
			f.IncludeStart = h.Include == "yes"
		case "end":
			f.IncludeEnd = h.Include == "yes"
		case "isolated":
			f.IncludeIsolated = h.Include == "yes"
		}
	}
	n := 0
	for _, r := range x.Rules {
		l := LanguageRules{Name: r.Name}
		for _, rule := range r.Rules {
			l.Rules = append(l.Rules, Rule{rule.Break != "no", rule.Before, rule.After})
		}
		if n += len(l.Rules); n > maxRules {
			return nil, tm.NewError(tm.TooLarge, "srx.too_many_rules", "limit", maxRules)
		}
		f.Languages = append(f.Languages, l)
	}
	for _, old := range x.OldMaps {
		x.Maps = append(x.Maps, old.Maps...)
	}
	for _, m := range x.Maps {
		f.Maps = append(f.Maps, LanguageMap(m))
	}
	return f, nil
}

// Rules compiles the rules for a language. The error, a *tm.Error, names the
// rule list and the number of the rule whose pattern is not understood. A
// language that no map covers gets no rules: its texts are never cut.
func (f *File) Rules(tag language.Tag) (*Rules, error) {
	var list []Rule
	var from []LanguageRules
	for _, m := range f.Maps {
		ok, err := m.covers(tag)
		if err != nil {
			return nil, err
		}
		if !ok {
			continue
		}
		l := f.named(m.Rules)
		list = append(list, l.Rules...)
		from = append(from, l)
		if !f.Cascade {
			break
		}
	}
	rules, err := newRules(list)
	if err != nil {
		return nil, patternError(err, from)
	}
	return rules, nil
}

func (f *File) named(name string) LanguageRules {
	for _, l := range f.Languages {
		if l.Name == name {
			return l
		}
	}
	return LanguageRules{Name: name}
}

// covers reports whether the map is for the language, written with - or _.
func (m LanguageMap) covers(tag language.Tag) (bool, error) {
	common, net, err := translate(m.Pattern)
	if err == nil && !net {
		var re *regexp.Regexp
		if re, err = regexp.Compile(`(?i)\A(?:` + common + `)\z`); err == nil {
			name := tag.String()
			return re.MatchString(name) || re.MatchString(strings.ReplaceAll(name, "-", "_")), nil
		}
	}
	return false, tm.NewError(tm.Invalid, "srx.map", "pattern", m.Pattern).Wrap(err)
}

// patternError finds the list a failed rule came from.
func patternError(err error, from []LanguageRules) error {
	e, ok := err.(*ruleError)
	if !ok {
		return err
	}
	index := e.index
	for _, l := range from {
		if index < len(l.Rules) {
			return tm.NewError(tm.Invalid, "srx.pattern", "rules", l.Name, "number", index+1, "detail", e.err.Error()).Wrap(e.err)
		}
		index -= len(l.Rules)
	}
	return e.err
}
