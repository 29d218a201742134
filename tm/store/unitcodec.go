package store

import (
	"encoding/json"
	"errors"
	"fmt"
	"slices"
	"strconv"
	"strings"
	"sync"

	"golang.org/x/text/language"

	"tarjoman/tm"
)

// unitText is the stored form of what a unit says: the columns langs, texts and
// extra, as migrations/0002_units.sql describes them.
type unitText struct{ langs, texts, extra string }

func encodeUnit(u *tm.Unit) unitText {
	return unitText{encodeLangs(u), string(appendTexts(nil, u)), string(appendExtra(nil, u))}
}

func encodeLangs(u *tm.Unit) string {
	var langs strings.Builder
	for i, v := range u.Variants {
		if i > 0 {
			langs.WriteByte(' ')
		}
		langs.WriteString(v.Lang.String())
	}
	return langs.String()
}

func appendTexts(b []byte, u *tm.Unit) []byte {
	b = append(b, '[')
	for i := range u.Variants {
		if i > 0 {
			b = append(b, ',')
		}
		b = appendQuoted(b, u.Variants[i].Content.Text)
	}
	return append(b, ']')
}

// appendExtra appends what most units do not have, nothing for one without.
func appendExtra(b []byte, u *tm.Unit) []byte {
	from := len(b)
	member := func(name string) {
		if len(b) == from {
			b = append(b, '{')
		} else {
			b = append(b, ',')
		}
		b = append(appendQuoted(b, name), ':')
	}
	for _, m := range [...]struct{ name, text string }{
		{"previous", u.Previous}, {"next", u.Next}, {"document", u.Origin.Document},
	} {
		if m.text != "" {
			member(m.name)
			b = appendQuoted(b, m.text)
		}
	}
	if coded(u) {
		member("codes")
		b = appendCodeLists(b, u.Variants)
	}
	if u.Penalty != 0 {
		member("penalty")
		b = strconv.AppendInt(b, int64(u.Penalty), 10)
	}
	if len(u.Props) > 0 {
		member("props")
		b = appendProps(b, u.Props)
	}
	if len(b) > from {
		b = append(b, '}')
	}
	return b
}

func coded(u *tm.Unit) bool {
	for i := range u.Variants {
		if len(u.Variants[i].Content.Codes) > 0 {
			return true
		}
	}
	return false
}

func appendCodeLists(b []byte, variants []tm.Variant) []byte {
	b = append(b, '[')
	for i := range variants {
		if i > 0 {
			b = append(b, ',')
		}
		b = appendCodes(b, variants[i].Content.Codes)
	}
	return append(b, ']')
}

// appendProps appends the properties in the order of their keys, so that the
// same ones are always stored alike.
func appendProps(b []byte, props map[string]string) []byte {
	var room [16]string
	keys := room[:0]
	for key := range props {
		keys = append(keys, key)
	}
	slices.Sort(keys)
	b = append(b, '{')
	for i, key := range keys {
		if i > 0 {
			b = append(b, ',')
		}
		b = append(appendQuoted(b, key), ':')
		b = appendQuoted(b, props[key])
	}
	return append(b, '}')
}

// appendQuoted appends a JSON string. Only what JSON demands is escaped, so that
// the text stays readable and nearly every one is decoded without a copy.
func appendQuoted(b []byte, s string) []byte {
	const hex = "0123456789abcdef"
	b = append(b, '"')
	from := 0
	for i := range len(s) {
		c := s[i]
		if c >= ' ' && c != '"' && c != '\\' {
			continue
		}
		b = append(b, s[from:i]...)
		from = i + 1
		if c >= ' ' {
			b = append(b, '\\', c)
		} else {
			b = append(b, '\\', 'u', '0', '0', hex[c>>4], hex[c&15])
		}
	}
	return append(append(b, s[from:]...), '"')
}

var errStored = errors.New("a unit is stored in a form that cannot be read")

// decodeUnit is the inverse of encodeUnit.
func decodeUnit(t unitText, u *tm.Unit) error {
	langs, err := parseLangs(t.langs)
	if err != nil {
		return err
	}
	u.Variants = make([]tm.Variant, len(langs))
	rest, ok := strings.CutPrefix(t.texts, "[")
	for i := range langs {
		if i > 0 && ok {
			rest, ok = strings.CutPrefix(rest, ",")
		}
		if !ok {
			return errStored
		}
		u.Variants[i].Lang = langs[i]
		if u.Variants[i].Content.Text, rest, ok = cutQuoted(rest); !ok {
			return errStored
		}
	}
	if rest != "]" {
		return errStored
	}
	return decodeExtra(t.extra, u)
}

// cutQuoted cuts a JSON string off the front of s.
func cutQuoted(s string) (text, rest string, ok bool) {
	if len(s) == 0 || s[0] != '"' {
		return "", s, false
	}
	end := strings.IndexByte(s[1:], '"') + 1
	if end == 0 {
		return "", s, false
	}
	if strings.IndexByte(s[1:end], '\\') < 0 {
		return s[1:end], s[end+1:], true
	}
	return cutEscaped(s)
}

func cutEscaped(s string) (text, rest string, ok bool) {
	for i := 1; i < len(s); i++ {
		switch s[i] {
		case '\\':
			i++
		case '"':
			err := json.Unmarshal([]byte(s[:i+1]), &text)
			return text, s[i+1:], err == nil
		}
	}
	return "", s, false
}

// decodeExtra reads the members that are plain strings by hand, for they are
// the usual ones, and leaves the others to encoding/json.
func decodeExtra(s string, u *tm.Unit) error {
	if s == "" {
		return nil
	}
	rest, more := strings.CutPrefix(s, "{")
	for more {
		var name, text string
		var ok bool
		if name, rest, ok = cutQuoted(rest); !ok || !strings.HasPrefix(rest, ":") {
			return errStored
		}
		if rest = rest[1:]; !strings.HasPrefix(rest, `"`) {
			return decodeRest(s, u)
		}
		if text, rest, ok = cutQuoted(rest); !ok {
			return errStored
		}
		switch name {
		case "previous":
			u.Previous = text
		case "next":
			u.Next = text
		case "document":
			u.Origin.Document = text
		}
		rest, more = strings.CutPrefix(rest, ",")
	}
	if rest != "}" {
		return errStored
	}
	return nil
}

func decodeRest(s string, u *tm.Unit) error {
	var extra struct {
		Previous, Next, Document string
		Codes                    [][]codeRow
		Penalty                  int
		Props                    map[string]string
	}
	if err := json.Unmarshal([]byte(s), &extra); err != nil {
		return fmt.Errorf("%w: %w", errStored, err)
	}
	u.Previous, u.Next, u.Origin.Document = extra.Previous, extra.Next, extra.Document
	u.Penalty, u.Props = extra.Penalty, extra.Props
	for i, rows := range extra.Codes {
		if i >= len(u.Variants) {
			return errStored
		}
		for _, r := range rows {
			u.Variants[i].Content.Codes = append(u.Variants[i].Content.Codes, r.Code)
		}
	}
	return nil
}

// knownLangs keeps what parseLangs found, for the few combinations that nearly
// all units have.
var knownLangs struct {
	sync.RWMutex
	tags map[string][]language.Tag
}

const maxKnownLangs = 256

func parseLangs(s string) ([]language.Tag, error) {
	knownLangs.RLock()
	tags, ok := knownLangs.tags[s]
	knownLangs.RUnlock()
	if ok {
		return tags, nil
	}
	for name := range strings.FieldsSeq(s) {
		tag, err := language.Parse(name)
		if err != nil {
			return nil, fmt.Errorf("language of a unit: %s: %w", strconv.Quote(name), err)
		}
		tags = append(tags, tag)
	}
	knownLangs.Lock()
	defer knownLangs.Unlock()
	if knownLangs.tags == nil {
		knownLangs.tags = map[string][]language.Tag{}
	}
	if len(knownLangs.tags) < maxKnownLangs && len(tags) < 8 {
		knownLangs.tags[strings.Clone(s)] = tags
	}
	return tags, nil
}
