package html

import "strings"

type nameSet map[string]bool

func names(list string) nameSet {
	set := nameSet{}
	for name := range strings.FieldsSeq(list) {
		set[name] = true
	}
	return set
}

var (
	// blockElements end the text before them. All others, custom elements too,
	// are inline.
	blockElements = names(`html head body title base link meta
		address article aside blockquote button caption center col colgroup dd details dialog dir div dl dt
		fieldset figcaption figure footer form frame frameset h1 h2 h3 h4 h5 h6 header hgroup hr legend li
		main menu nav noframes noscript ol optgroup option p pre search section select summary
		table tbody td template tfoot th thead tr ul isindex listing marquee`)

	voidElements = names(`area base br col embed frame hr img input link meta param source track wbr isindex`)

	// protectedElements hold no text for a translator; they are kept whole.
	protectedElements = names(`script style svg math textarea iframe noembed noframes plaintext xmp object applet
		canvas audio video`)

	// edgeElements stay outside a block that begins or ends with them.
	edgeElements = names(`br img wbr input`)

	codeTypes = map[string]string{
		"b": "bold", "strong": "bold", "i": "italic", "em": "italic", "u": "underline", "ins": "underline",
		"s": "strike", "strike": "strike", "del": "strike", "sub": "sub", "sup": "sup", "a": "link",
		"img": "image", "svg": "image", "code": "code", "kbd": "code", "samp": "code", "tt": "code", "br": "break",
	}
)

// impliedEnds names, for a start tag, the open elements it ends without an end
// tag of theirs: `<li>one<li>two`. Any other block element ends a paragraph.
var impliedEnds = map[string]nameSet{
	"li": names("p li"), "dt": names("p dt dd"), "dd": names("p dt dd"),
	"td": names("p td th"), "th": names("p td th"), "tr": names("p td th tr"),
	"thead": names("p td th tr thead tbody tfoot"), "tbody": names("p td th tr thead tbody tfoot"),
	"tfoot": names("p td th tr thead tbody tfoot"), "option": names("option"),
	"optgroup": names("option optgroup"), "body": names("head p"),
}

var paragraph = names("p")

func endsBefore(name string) nameSet {
	if set, ok := impliedEnds[name]; ok {
		return set
	}
	return paragraph
}

func codeType(name string) string {
	if t := codeTypes[name]; t != "" {
		return t
	}
	return "format"
}
