package store

import (
	"encoding/json"
	"errors"
	"fmt"
	"strconv"
	"strings"
	"sync"

	"golang.org/x/text/language"

	"tarjoman/tm"
)

var errStored = errors.New("a unit is stored in a form that cannot be read")

// decodeUnit is the inverse of encodeUnit.
func decodeUnit(t unitText, u *tm.Unit) error {
	langs, err := parseLangs(t.langs)
	if err != nil {
		return err
	}
	u.Variants = make([]tm.Variant, len(langs))
	r := plainJSON{rest: t.texts}
	n := 0
	r.list('[', ']', func() {
		text := r.text()
		if n < len(langs) {
			u.Variants[n] = tm.Variant{Lang: langs[n], Content: tm.Plain(text)}
		}
		n++
	})
	if !r.done() || n != len(langs) {
		return errStored
	}
	return decodeExtra(t.extra, u)
}

// decodeExtra reads what encodeUnit writes, and leaves all else that JSON may be
// to encoding/json.
func decodeExtra(s string, u *tm.Unit) error {
	if s == "" {
		return nil
	}
	r := plainJSON{rest: s}
	r.members(func(name string) {
		switch name {
		case "previous":
			u.Previous = r.text()
		case "next":
			u.Next = r.text()
		case "document":
			u.Origin.Document = r.text()
		case "codes":
			r.codes(u.Variants)
		case "penalty":
			u.Penalty = r.number()
		case "props":
			u.Props = map[string]string{}
			r.members(func(key string) { u.Props[key] = r.text() })
		default:
			r.failed = true
		}
	})
	if r.done() {
		return nil
	}
	return decodeRest(s, u)
}

// codes reads the codes of each text.
func (r *plainJSON) codes(variants []tm.Variant) {
	r.list('[', ']', func() {
		if len(variants) == 0 {
			r.failed = true
			return
		}
		var codes []tm.Code
		r.list('[', ']', func() { codes = append(codes, r.code()) })
		variants[0].Content.Codes, variants = codes, variants[1:]
	})
}

func (r *plainJSON) code() (c tm.Code) {
	r.cut('[')
	c.Pos = r.number()
	r.cut(',')
	kind, ok := tm.ParseCodeKind(r.text())
	r.failed = r.failed || !ok
	c.Kind = kind
	r.cut(',')
	c.ID = r.number()
	r.cut(',')
	c.Type = r.text()
	r.cut(',')
	c.Data = r.text()
	r.cut(']')
	return c
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
	for i := range u.Variants {
		u.Variants[i].Content.Codes = nil
	}
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
