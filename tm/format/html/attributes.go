package html

import (
	"strings"

	"tarjoman/tm"
	"tarjoman/tm/format"
)

// translatable reports whether people read the value of the attribute.
func (a attribute) translatable(element string, raw []byte, all []attribute) bool {
	switch a.name {
	case "title", "placeholder", "aria-label", "aria-description", "aria-placeholder", "aria-valuetext":
		return element != "link" && element != "meta"
	case "alt":
		return element == "img" || element == "area" || element == "input"
	case "label":
		return element == "option" || element == "optgroup" || element == "track"
	case "summary":
		return element == "table"
	case "value":
		kind, _ := find(all, "type")
		return element == "input" && buttonTypes[strings.ToLower(kind.value(raw))]
	case "content":
		return element == "meta" && metaText[metaName(raw, all)]
	}
	return false
}

var buttonTypes = names("button submit reset")

var metaText = names(`description keywords abstract subject
	og:title og:description og:site_name og:image:alt twitter:title twitter:description twitter:image:alt
	article:section article:tag`)

func metaName(raw []byte, all []attribute) string {
	for _, key := range []string{"name", "property"} {
		if a, ok := find(all, key); ok {
			return strings.ToLower(strings.TrimSpace(a.value(raw)))
		}
	}
	return ""
}

// translateAttributes offers the attributes of a start tag in their order and
// returns the tag with the answers.
func (r *rewriter) translateAttributes(element string, raw []byte) ([]byte, error) {
	all := attributes(raw)
	grown := 0
	out := raw
	for _, a := range all {
		if !a.translatable(element, raw, all) {
			continue
		}
		value := a.value(raw)
		from, to := format.Trim(value)
		if !format.Translatable(value) {
			continue
		}
		text := value[from:to]
		answer, err := r.translate(format.Block{Key: r.keys.Next(element+"@"+a.name, text), Content: tm.Plain(text)})
		if err != nil {
			return nil, err
		}
		if answer == nil {
			continue
		}
		a.end, a.from, a.to = a.end+grown, a.from+grown, a.to+grown
		out = setValue(out, a, value[:from]+answer.Text+value[to:])
		grown = len(out) - len(raw)
	}
	return out, nil
}

// noTranslate reports whether the author asked to keep the element as it is.
func noTranslate(raw []byte, all []attribute) bool {
	if a, ok := find(all, "translate"); ok {
		return strings.EqualFold(a.value(raw), "no")
	}
	class, _ := find(all, "class")
	for c := range strings.FieldsSeq(class.value(raw)) {
		if c == "notranslate" {
			return true
		}
	}
	return false
}
