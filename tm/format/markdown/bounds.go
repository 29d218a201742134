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

// containers counts the quote and list marks at the start of a line. A line of
// one mark over and over is a rule.
func containers(line []byte) (n int) {
	same := true
	first := byte(0)
	for i, b := range line {
		switch b {
		case ' ', '\t', '\r', '\n':
			continue
		case '>', '-', '+', '*':
			n++
			if first == 0 {
				first = b
			}
			same = same && b == first && b != '>' && b != '+'
			if b != '>' && i+1 < len(line) && line[i+1] != ' ' && line[i+1] != '\t' && line[i+1] != '\r' && line[i+1] != '\n' {
				return n
			}
			continue
		}
		if b < '0' || b > '9' {
			if b != '.' && b != ')' {
				return n
			}
			n++
		}
		same = false
	}
	if same {
		return 0
	}
	return n
}
