package memory

import (
	"strings"

	"tarjoman/tm"
	"tarjoman/tm/lang"
)

// maxDiffCells bounds the work of one diff; texts beyond it are shown as one
// change between their common beginning and end.
const maxDiffCells = 4 << 20

// Diff returns what changes old into new, word by word in language p. The runs
// come with no two of a kind in a row; between two common runs what is deleted
// stands before what is added, and white space between two changes is part of
// both. Joining the Same and Deleted runs gives old, Same and Added new.
func Diff(p *lang.Profile, old, new string) []tm.Diff {
	c := comparison{profile: p, text: new}
	return c.from(old)
}

// A comparison is a text that several are compared with.
type comparison struct {
	profile *lang.Profile
	text    string
	pieces  []string // of text, once it was needed
}

func (c *comparison) from(old string) []tm.Diff {
	var d differ
	if old == c.text {
		d.same(old)
		return d.runs
	}
	if c.pieces == nil {
		c.pieces = pieces(c.profile, c.text)
	}
	a, b := pieces(c.profile, old), c.pieces
	head := commonPrefix(a, b)
	a, b = a[head:], b[head:]
	prefix := old[:len(old)-joined(a)]
	tail := commonSuffix(a, b)
	suffix := old[len(old)-joined(a[len(a)-tail:]):]
	a, b = a[:len(a)-tail], b[:len(b)-tail]

	d.same(prefix)
	if len(a)*len(b) > maxDiffCells {
		d.change(strings.Join(a, ""), strings.Join(b, ""))
	} else {
		d.walk(a, b)
	}
	d.same(suffix)
	return d.finish()
}

func pieces(p *lang.Profile, text string) []string {
	words := p.Words(text)
	list := make([]string, len(words))
	for i, w := range words {
		list[i] = text[w.From:w.To]
	}
	return list
}

func joined(list []string) int {
	n := 0
	for _, s := range list {
		n += len(s)
	}
	return n
}

func commonPrefix(a, b []string) int {
	n := 0
	for n < len(a) && n < len(b) && a[n] == b[n] {
		n++
	}
	return n
}

func commonSuffix(a, b []string) int {
	n := 0
	for n < len(a) && n < len(b) && a[len(a)-1-n] == b[len(b)-1-n] {
		n++
	}
	return n
}

// differ builds the runs.
type differ struct{ runs []tm.Diff }

func (d *differ) add(kind tm.DiffKind, text string) {
	if text == "" {
		return
	}
	if n := len(d.runs); n > 0 && d.runs[n-1].Kind == kind {
		d.runs[n-1].Text += text
		return
	}
	d.runs = append(d.runs, tm.Diff{Kind: kind, Text: text})
}

func (d *differ) same(text string) { d.add(tm.Same, text) }

func (d *differ) change(old, new string) {
	d.add(tm.Deleted, old)
	d.add(tm.Added, new)
}

// walk follows a longest common subsequence. Table[i][j] is its length for
// a[i:] and b[j:].
func (d *differ) walk(a, b []string) {
	width := len(b) + 1
	table := make([]int32, (len(a)+1)*width)
	for i := len(a) - 1; i >= 0; i-- {
		for j := len(b) - 1; j >= 0; j-- {
			if a[i] == b[j] {
				table[i*width+j] = table[(i+1)*width+j+1] + 1
			} else {
				table[i*width+j] = max(table[(i+1)*width+j], table[i*width+j+1])
			}
		}
	}
	i, j := 0, 0
	for i < len(a) && j < len(b) {
		switch {
		case a[i] == b[j]:
			d.same(a[i])
			i, j = i+1, j+1
		case table[(i+1)*width+j] >= table[i*width+j+1]:
			d.add(tm.Deleted, a[i])
			i++
		default:
			d.add(tm.Added, b[j])
			j++
		}
	}
	d.change(strings.Join(a[i:], ""), strings.Join(b[j:], ""))
}

// finish gathers each change into one deletion and one addition.
func (d *differ) finish() []tm.Diff {
	var out differ
	var old, new strings.Builder
	flush := func() {
		out.change(old.String(), new.String())
		old.Reset()
		new.Reset()
	}
	for i, r := range d.runs {
		switch {
		case r.Kind == tm.Deleted:
			old.WriteString(r.Text)
		case r.Kind == tm.Added:
			new.WriteString(r.Text)
		case strings.TrimSpace(r.Text) == "" && d.between(i):
			old.WriteString(r.Text)
			new.WriteString(r.Text)
		default:
			flush()
			out.same(r.Text)
		}
	}
	flush()
	return out.runs
}

// between reports whether run i stands between two changes that each have both
// a deletion and an addition, so that joining them reads better.
func (d *differ) between(i int) bool {
	change := func(k int) bool { return k >= 0 && k < len(d.runs) && d.runs[k].Kind != tm.Same }
	return change(i-2) && change(i-1) && change(i+1) && change(i+2)
}
