package workbench

import (
	"regexp"
	"strings"
	"unicode"
	"unicode/utf8"

	"tarjoman/tm"
	"tarjoman/tm/lang"
)

// FindMode says how a text is looked for in units.
type FindMode string

const (
	FindPlain  FindMode = "plain"  // as it is written
	FindFolded FindMode = "folded" // kinds of letters, accents, case and digits do not count
	FindRegexp FindMode = "regexp" // a regular expression (RE2); $1 in the replacement
)

// FindModes lists the modes.
var FindModes = []FindMode{FindPlain, FindFolded, FindRegexp}

// Replacement is what to look for in one language of units and what to put there.
type Replacement struct {
	Side    tm.Side // TargetSide or SourceSide
	Mode    FindMode
	Find    string
	Replace string
	Case    bool // capitals count; not with FindFolded
	Words   bool // whole words only
}

// maxFind is the longest text to look for or to put, in bytes.
const maxFind = 2000

// A replacer carries a [Replacement] out.
type replacer struct {
	Replacement
	pattern *regexp.Regexp // nil for FindFolded
	profile *lang.Profile
	folded  string
}

func newReplacer(r Replacement, p Project) (*replacer, error) {
	made := &replacer{Replacement: r, profile: lang.For(p.Target)}
	if r.Side == tm.SourceSide {
		made.profile = lang.For(p.Source)
	}
	switch {
	case r.Find == "":
		return nil, tm.NewError(tm.Invalid, "replace.empty")
	case len(r.Find) > maxFind || len(r.Replace) > maxFind:
		return nil, tm.NewError(tm.Invalid, "replace.too_long", "limit", maxFind)
	case r.Side != tm.SourceSide && r.Side != tm.TargetSide:
		return nil, tm.NewError(tm.Invalid, "replace.side")
	}
	pattern := r.Find
	switch r.Mode {
	case FindFolded:
		if made.folded = made.profile.FoldString(r.Find); made.folded == "" {
			return nil, tm.NewError(tm.Invalid, "replace.empty")
		}
		return made, nil
	case FindPlain:
		pattern = regexp.QuoteMeta(pattern)
	case FindRegexp:
	default:
		return nil, tm.NewError(tm.Invalid, "replace.mode")
	}
	if !r.Case {
		pattern = "(?i)" + pattern
	}
	var err error
	if made.pattern, err = regexp.Compile(pattern); err != nil {
		return nil, tm.NewError(tm.Invalid, "replace.pattern", "pattern", r.Find).Wrap(err)
	}
	return made, nil
}

// A swap is a stretch of a text with what comes in its place.
type swap struct {
	from, to int
	text     string
}

// swaps lists what is found, from left to right, without overlap.
func (r *replacer) swaps(text string) []swap {
	var list []swap
	if r.pattern == nil {
		list = r.foldedSwaps(text)
	} else {
		for _, at := range r.pattern.FindAllStringSubmatchIndex(text, -1) {
			s := swap{at[0], at[1], r.Replace}
			if r.Mode == FindRegexp {
				s.text = string(r.pattern.ExpandString(nil, r.Replace, text, at))
			}
			list = append(list, s)
		}
	}
	kept := list[:0]
	for _, s := range list {
		if s.from < s.to && (!r.Words || wholeWord(text, s.from, s.to)) {
			kept = append(kept, s)
		}
	}
	return kept
}

func (r *replacer) foldedSwaps(text string) []swap {
	var list []swap
	f := r.profile.Fold(text)
	for at := 0; ; {
		found := strings.Index(f.Text[at:], r.folded)
		if found < 0 {
			return list
		}
		from, to := f.Original(at+found, at+found+len(r.folded))
		list = append(list, swap{from, to, r.Replace})
		at += found + len(r.folded)
	}
}

// wholeWord reports whether no word goes on at either end of a stretch. ZWNJ is
// part of a word: «کتاب» is no whole word of «کتاب‌ها».
func wholeWord(text string, from, to int) bool {
	before, _ := utf8.DecodeLastRuneInString(text[:from])
	after, _ := utf8.DecodeRuneInString(text[to:])
	first, _ := utf8.DecodeRuneInString(text[from:])
	last, _ := utf8.DecodeLastRuneInString(text[:to])
	return !(inWord(before) && inWord(first)) && !(inWord(after) && inWord(last))
}

func inWord(r rune) bool {
	return unicode.IsLetter(r) || unicode.IsDigit(r) || unicode.IsMark(r) || r == '\u200c'
}

// apply returns the content with everything found replaced; changed is false when
// that makes no difference. left is true when it cannot be done: a code stands
// inside of what would be replaced, or nothing or too much would remain.
func (r *replacer) apply(c tm.Content) (out tm.Content, changed, left bool) {
	list := r.swaps(c.Text)
	if len(list) == 0 {
		return c, false, false
	}
	var text strings.Builder
	at, code := 0, 0
	for _, s := range list {
		text.WriteString(c.Text[at:s.from])
		shift := text.Len() - s.from
		for ; code < len(c.Codes) && c.Codes[code].Pos <= s.from; code++ {
			out.Codes = append(out.Codes, moved(c.Codes[code], shift))
		}
		if code < len(c.Codes) && c.Codes[code].Pos < s.to {
			return c, false, true
		}
		text.WriteString(s.text)
		at = s.to
	}
	shift := text.Len() - at
	text.WriteString(c.Text[at:])
	for ; code < len(c.Codes); code++ {
		out.Codes = append(out.Codes, moved(c.Codes[code], shift))
	}
	out.Text = text.String()
	if checkUnitText(out) != nil || strings.TrimSpace(out.Text) == "" {
		return c, false, true
	}
	return out, out.Text != c.Text, false
}

func moved(c tm.Code, by int) tm.Code {
	c.Pos += by
	return c
}
