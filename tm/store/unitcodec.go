package store

import (
	"slices"
	"strconv"
	"strings"

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
