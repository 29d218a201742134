package html

import (
	"bytes"
	"regexp"
	"strings"

	"golang.org/x/net/html"
)

var (
	metaCharset = regexp.MustCompile(`(?i)charset\s*=\s*["']?\s*([-\w:.]+)`)
	xmlEncoding = regexp.MustCompile(`(?i)^\s*<\?xml[^>]*?encoding\s*=\s*["']([-\w:.]+)`)
)

// MarkCharset implements [format.CharsetMarker]. A page that names no charset
// but has a head gets a meta element: without it browsers guess. UTF-16 pages
// are known by their first bytes and left alone.
func (Format) MarkCharset(text []byte, name string) []byte {
	if strings.HasPrefix(name, "utf-16") {
		return text
	}
	if m := xmlEncoding.FindSubmatchIndex(text); m != nil {
		text = rename(text, m[2], m[3], name)
	}
	head, at := -1, 0
	z := html.NewTokenizer(bytes.NewReader(text))
	for kind := z.Next(); kind != html.ErrorToken; kind = z.Next() {
		raw := z.Raw()
		start := at
		at += len(raw)
		if kind != html.StartTagToken && kind != html.SelfClosingTagToken {
			continue
		}
		switch tagName(raw) {
		case "meta":
			if m := metaCharset.FindSubmatchIndex(raw); m != nil {
				return rename(text, start+m[2], start+m[3], name)
			}
		case "head":
			head = at
		case "body":
			return addMeta(text, head, name)
		}
	}
	return addMeta(text, head, name)
}

func rename(text []byte, from, to int, name string) []byte {
	if strings.EqualFold(string(text[from:to]), name) {
		return text
	}
	return splice(text, from, to, name)
}

func addMeta(text []byte, head int, name string) []byte {
	if head < 0 {
		return text
	}
	return splice(text, head, head, `<meta charset="`+name+`">`)
}
