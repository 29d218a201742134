package corpus

import (
	"bufio"
	"cmp"
	"errors"
	"fmt"
	"io"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strings"
)

// packages are documentation with much prose. A name may be that of a package
// that only depends on the one of the current version.
var packages = []string{
	"python3-doc", "linux-doc", "default-jdk-doc", "qtbase5-doc-html", "erlang-doc", "debian-reference-en", "wordnet-base", "dict-gcide",
}

// Debian returns the prose of Debian's package descriptions and of [packages],
// one text each. It asks apt for them with a state of its own in dir, so that
// the machine's is left alone and root is not needed, and keeps the sentences
// there. Without apt or network the texts are missing.
func Debian(dir string, log io.Writer) []Text {
	d := debian{dir: dir, log: log}
	texts := []Text{d.text("package descriptions", d.descriptions)}
	for _, p := range packages {
		texts = append(texts, d.text(p, func(yield func(string)) error { return d.documentation(p, yield) }))
	}
	return texts
}

type debian struct {
	dir     string
	log     io.Writer
	updated bool
	failed  error // of the update; nothing more is tried
}

// text returns the sentences kept in dir, after reading them first.
func (d *debian) text(name string, read func(yield func(string)) error) Text {
	t := Text{Name: name}
	file := filepath.Join(d.dir, strings.ReplaceAll(name, " ", "-")+".1.txt")
	if _, err := os.Stat(file); err != nil {
		if err := d.keep(file, name, read); err != nil {
			t.Missing = err.Error()
			return t
		}
	}
	data, err := os.ReadFile(file)
	if err != nil {
		t.Missing = err.Error()
	}
	for line := range strings.Lines(string(data)) {
		t.Pairs = append(t.Pairs, Pair{Source: strings.TrimSuffix(line, "\n")})
	}
	return t
}

// keep writes what read yields, each sentence once.
func (d *debian) keep(file, name string, read func(yield func(string)) error) error {
	if err := d.update(); err != nil {
		return err
	}
	fmt.Fprintf(d.log, "Fetching and reading %s.\n", name)
	var list []string
	if err := read(func(s string) { list = append(list, s) }); err != nil {
		return err
	}
	if len(list) == 0 {
		return errors.New("no sentences found")
	}
	slices.Sort(list)
	list = slices.Compact(list)
	part := file + ".part"
	if err := os.WriteFile(part, []byte(strings.Join(list, "\n")+"\n"), 0o644); err != nil {
		return err
	}
	return os.Rename(part, file)
}

func (d *debian) lists() string    { return filepath.Join(d.dir, "apt", "lists") }
func (d *debian) archives() string { return filepath.Join(d.dir, "apt", "archives") }

// update fetches the lists of packages and their English descriptions.
func (d *debian) update() error {
	if d.updated {
		return d.failed
	}
	d.updated = true
	fmt.Fprintln(d.log, "Fetching the lists of apt.")
	d.failed = cmp.Or(
		os.MkdirAll(filepath.Join(d.lists(), "partial"), 0o755),
		os.MkdirAll(filepath.Join(d.archives(), "partial"), 0o755),
		d.run(d.dir, "apt-get", "-q", "update"),
	)
	return d.failed
}

// run calls a program of apt with our state.
func (d *debian) run(dir, name string, args ...string) error {
	_, err := d.output(dir, name, args...)
	return err
}

func (d *debian) output(dir, name string, args ...string) ([]byte, error) {
	options := []string{
		"-oDir::State=" + filepath.Join(d.dir, "apt"), "-oDir::State::status=/var/lib/dpkg/status",
		"-oDir::Cache=" + filepath.Join(d.dir, "apt"), "-oAcquire::Languages=en", "-oAPT::Sandbox::User=",
		"-oAcquire::Retries=1", "-oAcquire::http::Timeout=20",
	}
	cmd := exec.Command(name, append(options, args...)...)
	cmd.Dir = dir
	out, err := cmd.Output()
	var exit *exec.ExitError
	if errors.As(err, &exit) {
		return nil, fmt.Errorf("%s %s: %w: %s", name, args[0], err, firstLine(exit.Stderr))
	}
	return out, err
}

func firstLine(b []byte) string {
	line, _, _ := strings.Cut(string(b), "\n")
	return line
}

// descriptions reads the long descriptions of all packages: the lines after
// Description-en, with a dot alone between paragraphs.
func (d *debian) descriptions(yield func(string)) error {
	files, _ := filepath.Glob(filepath.Join(d.lists(), "*Translation-en*"))
	if len(files) == 0 {
		return errors.New("apt has no Translation-en")
	}
	cmd := exec.Command("/usr/lib/apt/apt-helper", append([]string{"cat-file"}, files...)...)
	out, err := cmd.StdoutPipe()
	if err != nil {
		return err
	}
	if err := cmd.Start(); err != nil {
		return err
	}
	err = readDescriptions(out, yield)
	return cmp.Or(err, cmd.Wait())
}

func readDescriptions(r io.Reader, yield func(string)) error {
	var paragraph []string
	flush := func() {
		sentences(strings.Join(paragraph, " "), yield)
		paragraph = paragraph[:0]
	}
	lines := bufio.NewScanner(r)
	lines.Buffer(nil, 1<<20)
	for lines.Scan() {
		line := lines.Text()
		name, short, isField := strings.Cut(line, ": ")
		switch {
		case isField && name == "Description-en":
			flush()
			sentences(short, yield)
		case line == " ." || !strings.HasPrefix(line, " "):
			flush()
		default:
			if strings.HasPrefix(line, "  ") || strings.HasPrefix(line, " *") || strings.HasPrefix(line, " -") {
				flush() // an item of a list
			}
			paragraph = append(paragraph, strings.TrimLeft(line, " *-"))
		}
	}
	flush()
	return lines.Err()
}
