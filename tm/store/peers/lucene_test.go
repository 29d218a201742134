//go:build linux

package peers

import (
	"bufio"
	"errors"
	"fmt"
	"io"
	"os"
	"os/exec"
	"path/filepath"
	"strconv"
	"strings"
	"time"
)

// lucene is Lucene 3.6, the one in Debian that Okapi's memory uses too, in a
// process of its own (testdata/Peer.java).
type lucene struct {
	program *exec.Cmd
	in      io.WriteCloser
	out     *bufio.Reader
}

const luceneJar = "/usr/share/java/lucene3-core.jar"

func (*lucene) name() string { return "Lucene 3.6, all words, best 50" }

func (l *lucene) build(b *bed) (cost, error) {
	if _, err := os.Stat(luceneJar); err != nil {
		return cost{}, missing("Lucene is not installed (apt-get install liblucene3-java)")
	}
	for _, program := range []string{"javac", "java"} {
		if _, err := exec.LookPath(program); err != nil {
			return cost{}, missing(program + " is not installed (apt-get install default-jdk-headless)")
		}
	}
	if out, err := exec.Command("javac", "-nowarn", "-cp", luceneJar, "-d", b.dir, "testdata/Peer.java").CombinedOutput(); err != nil {
		return cost{}, fmt.Errorf("javac: %w: %s", err, out)
	}
	units := filepath.Join(b.dir, "lucene.txt")
	if err := writeTokens(units, b); err != nil {
		return cost{}, err
	}
	if err := l.start(b, units); err != nil {
		return cost{}, err
	}
	figures, err := l.read(2)
	if err != nil {
		return cost{}, err
	}
	return cost{time.Duration(figures[0]), figures[1], "file"}, nil
}

func writeTokens(file string, b *bed) error {
	f, err := os.Create(file)
	if err != nil {
		return err
	}
	w := bufio.NewWriter(f)
	for _, u := range b.Units {
		fmt.Fprintln(w, strings.Join(tokens(u.Source), " "))
	}
	return errors.Join(w.Flush(), f.Close())
}

func (l *lucene) start(b *bed, units string) error {
	l.program = exec.Command("java", "-Xmx2g", "-XX:+UseSerialGC", "-cp", luceneJar+":"+b.dir, "Peer", units, filepath.Join(b.dir, "lucene"))
	l.program.Stderr = os.Stderr
	var err error
	if l.in, err = l.program.StdinPipe(); err != nil {
		return err
	}
	out, err := l.program.StdoutPipe()
	if err != nil {
		return err
	}
	l.out = bufio.NewReader(out)
	return l.program.Start()
}

// read returns the numbers of the next line, at least so many.
func (l *lucene) read(least int) ([]int64, error) {
	line, err := l.out.ReadString('\n')
	if err != nil {
		return nil, err
	}
	var list []int64
	for _, field := range strings.Fields(line) {
		n, err := strconv.ParseInt(field, 10, 64)
		if err != nil {
			return nil, err
		}
		list = append(list, n)
	}
	if len(list) < least {
		return nil, fmt.Errorf("lucene says %q", line)
	}
	return list, nil
}

func (l *lucene) find(query string) ([]int32, time.Duration, error) {
	if _, err := fmt.Fprintln(l.in, strings.Join(tokens(query), " ")); err != nil {
		return nil, 0, err
	}
	figures, err := l.read(1)
	if err != nil {
		return nil, 0, err
	}
	var units []int32
	for _, n := range figures[1:] {
		units = append(units, int32(n))
	}
	return units, time.Duration(figures[0]), nil
}

func (l *lucene) close() {
	if l.in != nil {
		l.in.Close()
		l.program.Wait()
	}
}
