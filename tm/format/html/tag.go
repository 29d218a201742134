package html

import (
	"bytes"
	"html"
	"strings"
)

// An attribute is one attribute of a tag as spans of its bytes. Without a value
// from and to are both the end of the name; quote is 0 then and for a bare value.
type attribute struct {
	name     string // lower case
	end      int    // of the name
	from, to int    // of the value without quotes
	quote    byte
}

func (a attribute) value(raw []byte) string { return html.UnescapeString(string(raw[a.from:a.to])) }

// maxAttributes bounds what is read of one tag; pages have a dozen.
const maxAttributes = 200

// attributes returns the attributes of a start tag, the first of each name, as
// the tokenizer of x/net/html reads them. What comes after many is not seen.
func attributes(raw []byte) []attribute {
	var list []attribute
	for at := nameEnd(raw); ; {
		for at < len(raw) && (isSpace(raw[at]) || raw[at] == '/') {
			at++
		}
		if at >= len(raw) || raw[at] == '>' || len(list) == maxAttributes {
			return list
		}
		a := scanAttribute(raw, at)
		at = a.to
		if a.quote != 0 {
			at++
		}
		if _, seen := find(list, a.name); !seen {
			list = append(list, a)
		}
	}
}

// nameEnd returns the end of the name of a tag.
func nameEnd(raw []byte) int {
	at := 1
	for at < len(raw) && !isSpace(raw[at]) && raw[at] != '/' && raw[at] != '>' {
		at++
	}
	return at
}

func scanAttribute(raw []byte, at int) attribute {
	start := at
	for at++; at < len(raw) && !isSpace(raw[at]) && !bytes.ContainsRune([]byte("/>="), rune(raw[at])); at++ {
	}
	a := attribute{name: strings.ToLower(string(raw[start:at])), end: at, from: at, to: at}
	next := at + len(raw[at:]) - len(bytes.TrimLeft(raw[at:], whiteSpace))
	if next >= len(raw) || raw[next] != '=' {
		return a
	}
	a.from = next + 1 + len(raw[next+1:]) - len(bytes.TrimLeft(raw[next+1:], whiteSpace))
	a.scanValue(raw)
	return a
}

// scanValue finds the end of the value that begins at a.from.
func (a *attribute) scanValue(raw []byte) {
	end := len(raw)
	if end > 0 && raw[end-1] == '>' {
		end--
	}
	a.from = min(a.from, end)
	a.to = a.from
	if a.from < end && (raw[a.from] == '"' || raw[a.from] == '\'') {
		a.quote = raw[a.from]
		a.from++
		n := bytes.IndexByte(raw[a.from:end], a.quote)
		if n < 0 {
			a.quote, n = 0, end-a.from
		}
		a.to = a.from + n
		return
	}
	for a.to < end && !isSpace(raw[a.to]) && raw[a.to] != '>' {
		a.to++
	}
}

func find(list []attribute, name string) (attribute, bool) {
	for _, a := range list {
		if a.name == name {
			return a, true
		}
	}
	return attribute{}, false
}

// setValue returns the tag with the value of its attribute a changed.
func setValue(raw []byte, a attribute, value string) []byte {
	quote, from, to := a.quote, a.from, a.to
	if quote != 0 {
		from, to = from-1, to+1
	} else {
		quote = '"'
	}
	text := string(quote) + escapeAttribute(value, quote) + string(quote)
	if a.from == a.end {
		text = "=" + text
	}
	return splice(raw, from, to, text)
}

// setAttribute returns the tag with the attribute set, added after the name of
// the element when it is new.
func setAttribute(raw []byte, name, value string) []byte {
	if a, ok := find(attributes(raw), name); ok {
		if a.value(raw) == value {
			return raw
		}
		return setValue(raw, a, value)
	}
	at := nameEnd(raw)
	return splice(raw, at, at, " "+name+`="`+escapeAttribute(value, '"')+`"`)
}

func splice(raw []byte, from, to int, text string) []byte {
	return append(append(append(make([]byte, 0, len(raw)+len(text)), raw[:from]...), text...), raw[to:]...)
}

func escapeAttribute(s string, quote byte) string {
	s = strings.NewReplacer("&", "&amp;", "<", "&lt;", "\u00A0", "&nbsp;").Replace(s)
	if quote == '\'' {
		return strings.ReplaceAll(s, "'", "&#39;")
	}
	return strings.ReplaceAll(s, `"`, "&quot;")
}

var textEscaper = strings.NewReplacer("&", "&amp;", "<", "&lt;", ">", "&gt;", "\u00A0", "&nbsp;")

func escapeText(s string) string { return textEscaper.Replace(s) }

const whiteSpace = " \t\n\f\r"

func isSpace(b byte) bool { return b == ' ' || b == '\t' || b == '\n' || b == '\f' || b == '\r' }
