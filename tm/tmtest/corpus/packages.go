package corpus

import (
	"archive/tar"
	"bytes"
	"cmp"
	"compress/gzip"
	"errors"
	"fmt"
	"io"
	"os/exec"
	"path/filepath"
	"regexp"
	"strings"

	"golang.org/x/net/html"
	"golang.org/x/net/html/atom"
)

// documentation fetches a package, or the one it stands for, and reads its
// files.
func (d *debian) documentation(name string, yield func(string)) error {
	real, err := d.resolve(name)
	if err != nil {
		return err
	}
	files, _ := filepath.Glob(filepath.Join(d.archives(), real+"_*.deb"))
	if len(files) == 0 {
		if err := d.run(d.archives(), "apt-get", "-q", "download", real); err != nil {
			return err
		}
		files, _ = filepath.Glob(filepath.Join(d.archives(), real+"_*.deb"))
	}
	if len(files) == 0 {
		return fmt.Errorf("apt brought no package %s", real)
	}
	return readPackage(files[0], yield)
}

var dependency = regexp.MustCompile(`(?m)^  Depends: ([a-z0-9.+-]+-doc(?:-[0-9.]+)?)$`)

// resolve returns the documentation that an empty package depends on, else the
// package itself.
func (d *debian) resolve(name string) (string, error) {
	out, err := d.output(d.dir, "apt-cache", "depends", "--important", name)
	if err != nil {
		return "", err
	}
	if m := dependency.FindSubmatch(out); m != nil {
		return string(m[1]), nil
	}
	return name, nil
}

func readPackage(file string, yield func(string)) error {
	cmd := exec.Command("dpkg-deb", "--fsys-tarfile", file)
	out, err := cmd.StdoutPipe()
	if err != nil {
		return err
	}
	if err := cmd.Start(); err != nil {
		return err
	}
	err = readTar(tar.NewReader(out), yield)
	io.Copy(io.Discard, out) // what is after the end of the archive
	return cmp.Or(err, cmd.Wait())
}

func readTar(t *tar.Reader, yield func(string)) error {
	for {
		h, err := t.Next()
		if errors.Is(err, io.EOF) {
			return nil
		}
		if err != nil {
			return err
		}
		if read := reader(h.Name); read != nil && h.Typeflag == tar.TypeReg {
			if err := read(t, yield); err != nil {
				return fmt.Errorf("%s: %w", h.Name, err)
			}
		}
	}
}

// reader returns how to read a file; nil for files without prose.
func reader(name string) func(io.Reader, func(string)) error {
	base := filepath.Base(name)
	switch {
	case strings.HasSuffix(base, ".html"):
		return readHTML
	case strings.HasPrefix(base, "data.") && strings.Contains(name, "wordnet"):
		return readWordNet
	case base == "gcide.dict.dz":
		return readDictionary
	}
	return nil
}

// readHTML takes the text of each block. What stands in pre, script and style
// is not prose.
func readHTML(r io.Reader, yield func(string)) error {
	b := block{yield: yield}
	z := html.NewTokenizer(r)
	for kind := z.Next(); kind != html.ErrorToken; kind = z.Next() {
		switch kind {
		case html.TextToken:
			b.add(z.Text())
		case html.StartTagToken, html.EndTagToken:
			name, _ := z.TagName()
			b.tag(atom.Lookup(name), kind == html.StartTagToken)
		}
	}
	b.end()
	if err := z.Err(); !errors.Is(err, io.EOF) {
		return err
	}
	return nil
}

// block is the text between two tags that are not inline.
type block struct {
	text  strings.Builder
	depth int // of elements without prose
	yield func(string)
}

func (b *block) add(text []byte) {
	if b.depth == 0 {
		b.text.Write(text)
	}
}

func (b *block) tag(tag atom.Atom, opens bool) {
	switch tag {
	case atom.Script, atom.Style, atom.Pre:
		if opens {
			b.depth++
		} else {
			b.depth = max(0, b.depth-1)
		}
	}
	if !inline[tag] {
		b.end()
	}
}

func (b *block) end() {
	sentences(html.UnescapeString(b.text.String()), b.yield)
	b.text.Reset()
}

var inline = map[atom.Atom]bool{
	atom.A: true, atom.Abbr: true, atom.B: true, atom.Code: true, atom.Em: true, atom.I: true, atom.Span: true, atom.Strong: true,
	atom.Sub: true, atom.Sup: true, atom.Tt: true, atom.Cite: true, atom.Var: true, atom.Kbd: true, atom.Dfn: true, atom.Small: true,
}

// readWordNet takes the definitions and examples, which stand after a bar.
func readWordNet(r io.Reader, yield func(string)) error {
	data, err := io.ReadAll(r)
	for line := range strings.Lines(string(data)) {
		if _, gloss, ok := strings.Cut(line, " | "); ok {
			for part := range strings.SplitSeq(gloss, ";") {
				sentences(strings.Trim(collapse(part), `"`), yield)
			}
		}
	}
	return err
}

// readDictionary takes the definitions of a dictionary of dict: paragraphs of
// lines, with marks of origin in square brackets.
func readDictionary(r io.Reader, yield func(string)) error {
	z, err := gzip.NewReader(r)
	if err != nil {
		return err
	}
	data, err := io.ReadAll(z)
	for paragraph := range bytes.SplitSeq(data, []byte("\n\n")) {
		text := brackets.ReplaceAllString(string(paragraph), " ")
		sentences(text, yield)
	}
	return err
}

var brackets = regexp.MustCompile(`\[[^\]]*\]|[{}\\]`)
