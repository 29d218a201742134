package html

import (
	"bytes"
	"strings"

	"golang.org/x/net/html"
	"golang.org/x/text/language"

	"tarjoman/tm/format"
	"tarjoman/tm/lang"
)

// marks are the language and direction of an element, "" where unknown.
type marks struct{ lang, dir string }

// A localiser decides the lang and dir attributes of a translated page
// (PERSIAN.md G9). The zero value leaves every tag alone.
type localiser struct {
	active         bool
	source, target marks
	turns          bool // the direction changes, so what stays untranslated must say its own
	fragment       bool // no html and no body element
	root           string
}

func newLocaliser(src []byte, o format.Options) localiser {
	if o.Target == (language.Tag{}) {
		return localiser{}
	}
	l := localiser{active: true, source: marksOf(o.Source), target: marksOf(o.Target)}
	l.turns = l.source.dir != "" && l.source.dir != l.target.dir
	l.root = rootElement(src)
	l.fragment = l.root == ""
	return l
}

func marksOf(tag language.Tag) marks {
	switch {
	case tag == (language.Tag{}):
		return marks{}
	case lang.RTL(tag):
		return marks{tag.String(), "rtl"}
	}
	return marks{tag.String(), "ltr"}
}

// rootElement returns "html" or "body", whichever opens the page, or "" for a
// fragment.
func rootElement(src []byte) string {
	z := html.NewTokenizer(bytes.NewReader(src))
	for {
		switch z.Next() {
		case html.ErrorToken:
			return ""
		case html.StartTagToken:
			if name, _ := z.TagName(); string(name) == "html" || string(name) == "body" {
				return string(name)
			}
		}
	}
}

// container returns the tag of an element before its content is known, and the
// marks that hold inside it: the root gets those of the target, so do the
// outermost elements of a fragment, and an element that says it is of the source
// language now says the target's.
func (l localiser) container(name string, raw []byte, depth int, inherited marks) ([]byte, marks) {
	own := ownMarks(raw)
	switch {
	case !l.active:
		return raw, marks{}
	case name == l.root, l.fragment && depth == 0:
		if l.target.dir == "ltr" && own.dir == "" && !l.turns {
			own.lang = l.target.lang
			return setLang(raw, own.lang), marks{own.lang, "ltr"}
		}
		return setMarks(raw, l.target), l.target
	case own == (marks{}):
		return raw, inherited
	}
	if own.lang != "" && !sameLanguage(own.lang, l.source.lang) || own.dir != "" && own.dir != l.source.dir {
		return raw, over(inherited, own)
	}
	if own.lang != "" {
		raw, own.lang = setLang(raw, l.target.lang), l.target.lang
	}
	if own.dir != "" {
		raw, own.dir = setAttribute(raw, "dir", l.target.dir), l.target.dir
	}
	return raw, over(inherited, own)
}

// leaf returns the tag of an element whose text is now in the language of want,
// standing where inherited holds.
func (l localiser) leaf(raw []byte, want, inherited marks) []byte {
	own := ownMarks(raw)
	if own.lang != "" || !sameLanguage(inherited.lang, want.lang) {
		raw = setLang(raw, want.lang)
	}
	if own.dir != "" || inherited.dir != want.dir {
		raw = setAttribute(raw, "dir", want.dir)
	}
	return raw
}

func ownMarks(raw []byte) (own marks) {
	all := attributes(raw)
	if a, ok := find(all, "lang"); ok {
		own.lang = a.value(raw)
	} else if a, ok := find(all, "xml:lang"); ok {
		own.lang = a.value(raw)
	}
	if a, ok := find(all, "dir"); ok {
		own.dir = strings.ToLower(a.value(raw))
	}
	return own
}

func over(below, own marks) marks {
	if own.lang != "" {
		below.lang = own.lang
	}
	if own.dir != "" {
		below.dir = own.dir
	}
	return below
}

func setMarks(raw []byte, m marks) []byte {
	return setAttribute(setLang(raw, m.lang), "dir", m.dir)
}

func setLang(raw []byte, lang string) []byte {
	if _, ok := find(attributes(raw), "xml:lang"); ok {
		raw = setAttribute(raw, "xml:lang", lang)
	}
	return setAttribute(raw, "lang", lang)
}

// sameLanguage compares base languages: "en-US" is the "en" a project says.
func sameLanguage(a, b string) bool {
	base := func(s string) string {
		s, _, _ = strings.Cut(strings.ReplaceAll(s, "_", "-"), "-")
		return strings.ToLower(s)
	}
	return base(a) == base(b)
}
