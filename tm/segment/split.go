package segment

import (
	"strings"
	"unicode"

	"tarjoman/tm"
)

// A Part is one sentence with the white space around it. Joining Lead, the text
// of Content and Trail over all parts gives the text that was split. The white
// space between two sentences is the Trail of the first; only the first part
// can have a Lead.
type Part struct {
	Lead    string
	Content tm.Content
	Trail   string
}

// Split cuts c into sentences. Codes do not disturb the breaks, all are kept,
// and each goes with the text it stands in; those within the white space
// between two sentences go to the end of the first or the start of the second.
// A text without any sentence (only white space) is one part with an empty
// content, which keeps the codes; the empty content has no parts.
func (r *Rules) Split(c tm.Content) []Part {
	if c.IsZero() {
		return nil
	}
	spans := sentences(c.Text, r.breaks(c.Text))
	if len(spans) == 0 {
		return []Part{{Lead: c.Text, Content: tm.Content{Codes: moved(c.Codes, 0, 0)}}}
	}
	parts := make([]Part, len(spans))
	codes := c.Codes
	for i, s := range spans {
		next := len(c.Text)
		mine := len(codes)
		if i+1 < len(spans) {
			next = spans[i+1].from
			mine = codesUpTo(codes, s.to, next)
		}
		parts[i] = Part{
			Content: tm.Content{Text: c.Text[s.from:s.to], Codes: moved(codes[:mine], s.from, s.to)},
			Trail:   c.Text[s.to:next],
		}
		codes = codes[mine:]
	}
	parts[0].Lead = c.Text[:spans[0].from]
	return parts
}

// SplitText returns the sentences of a text without the white space around
// them.
func (r *Rules) SplitText(text string) []string {
	var list []string
	for _, s := range sentences(text, r.breaks(text)) {
		list = append(list, text[s.from:s.to])
	}
	return list
}

// span is a range of bytes.
type span struct{ from, to int }

// sentences returns the text between the breaks without surrounding white
// space; a stretch of only white space is none.
func sentences(text string, breaks []int) []span {
	var spans []span
	from := 0
	for i := 0; i <= len(breaks); i++ {
		to := len(text)
		if i < len(breaks) {
			to = breaks[i]
		}
		piece := text[from:to]
		left := len(piece) - len(strings.TrimLeftFunc(piece, unicode.IsSpace))
		if left < len(piece) {
			spans = append(spans, span{from + left, from + len(strings.TrimRightFunc(piece, unicode.IsSpace))})
		}
		from = to
	}
	return spans
}

// codesUpTo returns how many of the codes belong to a sentence that ends at end
// when the next one starts at next. What touches the sentence (a note after the
// full stop) stays with it, unless an Open comes first; in the space between,
// so does everything up to the last Close whose Open stands before.
func codesUpTo(codes []tm.Code, end, next int) int {
	inside := 0
	for inside < len(codes) && (codes[inside].Pos < end ||
		codes[inside].Pos == end && end < next && codes[inside].Kind != tm.Open) {
		inside++
	}
	mine := inside
	opened := map[int]bool{}
	for i := inside; i < len(codes) && codes[i].Pos <= next; i++ {
		switch codes[i].Kind {
		case tm.Open:
			opened[codes[i].ID] = true
		case tm.Close:
			if !opened[codes[i].ID] {
				mine = i + 1
			}
		}
	}
	return mine
}

// moved returns codes with positions counted from the sentence from..to, those
// outside it put on its nearer edge.
func moved(codes []tm.Code, from, to int) []tm.Code {
	if len(codes) == 0 {
		return nil
	}
	list := make([]tm.Code, len(codes))
	for i, code := range codes {
		code.Pos = min(max(code.Pos, from), to) - from
		list[i] = code
	}
	return list
}
