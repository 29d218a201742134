package markdown

import (
	"bytes"
	"errors"

	"github.com/yuin/goldmark/ast"
	"github.com/yuin/goldmark/parser"
	"github.com/yuin/goldmark/text"
)

// goldmark is quadratic in the marks of one block and cannot be stopped, so the
// blocks it gets are bounded (TRUST.md B7).
const (
	maxBody       = 16 << 20
	maxText       = 64 << 10 // bytes of one block
	maxMarks      = 1_000    // brackets of one block
	maxDelimiters = 4_000    // stars, underscores, tildes, backticks of one block
	maxNesting    = 100      // quotes and lists inside each other
	maxCells      = 50_000   // of one table
	maxReferences = 10_000
)

var errDeep = errors.New("nested too deeply")

// bounded reports whether inline parsing of text is cheap.
func bounded(text []byte) bool {
	marks, delimiters := 0, 0
	for _, b := range text {
		switch b {
		case '[', ']', '<', '(':
			marks++
		case '*', '_', '~', '`':
			delimiters++
		}
	}
	return len(text) <= maxText && marks <= 2*maxMarks && delimiters <= maxDelimiters
}

// A paragraphCheck looks at every paragraph before any other transformer and
// remembers the first one that is too large. It empties what it refuses.
type paragraphCheck struct {
	at int
}

func (c *paragraphCheck) Transform(n *ast.Paragraph, reader text.Reader, _ parser.Context) {
	lines := n.Lines()
	size, columns := 0, 0
	for i := range lines.Len() {
		line := lines.At(i)
		size += line.Len()
		columns = max(columns, bytes.Count(line.Value(reader.Source()), []byte("|")))
	}
	if columns*lines.Len() <= maxCells && (size <= maxText || columns > 0 && size <= 16*maxText) {
		return
	}
	if c.at < 0 {
		c.at = lines.At(0).Start
	}
	n.Lines().SetSliced(0, 1)
}

// overNested returns the offset of a line that opens more block quotes and lists
// than the limit, or -1.
func overNested(body []byte) int {
	at := 0
	for line := range bytes.Lines(body) {
		if containers(line) > maxNesting {
			return at
		}
		at += len(line)
	}
	return -1
}

// containers estimates the open quotes and lists of a line from the marks at its
// start and the white space before and between them: a list inside a list needs
// two columns at least.
func containers(line []byte) (n int) {
	if isRule(line) {
		return 0
	}
	columns := 0
	for {
		rest := bytes.TrimLeft(line, " \t")
		columns += len(line) - len(rest) + 3*bytes.Count(line[:len(line)-len(rest)], []byte("\t"))
		size := containerMark(rest)
		if size == 0 {
			return n
		}
		n++
		if n+columns/4 > maxNesting {
			return n + columns/4
		}
		line = rest[size:]
	}
}

// isRule reports whether a line is one mark over and over: "- - -".
func isRule(line []byte) bool {
	line = bytes.TrimSpace(line)
	return len(line) > 2 && bytes.IndexByte([]byte("-*_"), line[0]) >= 0 &&
		len(bytes.Trim(line, string(line[0])+" \t")) == 0
}

// containerMark returns the length of the mark of a quote or list at the start
// of s, or 0.
func containerMark(s []byte) int {
	n := 0
	switch {
	case len(s) == 0:
		return 0
	case s[0] == '>':
		return 1
	case s[0] == '-', s[0] == '+', s[0] == '*':
		n = 1
	default:
		for n < len(s) && n < 9 && '0' <= s[n] && s[n] <= '9' {
			n++
		}
		if n == 0 || n == len(s) || s[n] != '.' && s[n] != ')' {
			return 0
		}
		n++
	}
	if n < len(s) && s[n] != ' ' && s[n] != '\t' && s[n] != '\r' && s[n] != '\n' {
		return 0
	}
	return n
}
