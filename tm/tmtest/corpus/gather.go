package corpus

import (
	"bufio"
	"compress/gzip"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"strings"
)

// Gather finds real text: [Debian], and the pairs beside the project. The first
// time it fetches about 110 MB; progress goes to log.
func Gather(log io.Writer) []Text {
	dir, err := CacheDir()
	if err != nil {
		return []Text{{Name: "Debian", Missing: err.Error()}, Parallel()}
	}
	return append(Debian(dir, log), Parallel())
}

// CacheDir is where fetched text is kept: TARJOMAN_BENCH_CACHE, else a folder
// in the user's cache.
func CacheDir() (string, error) {
	dir := os.Getenv("TARJOMAN_BENCH_CACHE")
	if dir == "" {
		user, err := os.UserCacheDir()
		if err != nil {
			return "", err
		}
		dir = filepath.Join(user, "tarjoman-bench")
	}
	dir, err := filepath.Abs(dir)
	if err == nil {
		err = os.MkdirAll(dir, 0o755)
	}
	return dir, err
}

// Parallel reads the sentence pairs of shared/data/parallel, in a folder above
// the working directory.
func Parallel() Text {
	t := Text{Name: "sentence pairs"}
	dir, err := os.Getwd()
	for ; err == nil && dir != filepath.Dir(dir); dir = filepath.Dir(dir) {
		files, _ := filepath.Glob(filepath.Join(dir, "shared", "data", "parallel", "*.tsv.gz"))
		for _, f := range files {
			if err := t.readPairs(f); err != nil {
				t.Missing = err.Error()
			}
		}
		if len(files) > 0 {
			return t
		}
	}
	t.Missing = "no shared/data/parallel beside the project"
	return t
}

func (t *Text) readPairs(file string) error {
	if strings.HasSuffix(file, ".meta.tsv.gz") {
		return nil
	}
	f, err := os.Open(file)
	if err != nil {
		return err
	}
	defer f.Close()
	z, err := gzip.NewReader(f)
	if err != nil {
		return fmt.Errorf("%s: %w", file, err)
	}
	lines := bufio.NewScanner(z)
	lines.Buffer(nil, 1<<20)
	for lines.Scan() {
		source, target, ok := strings.Cut(lines.Text(), "\t")
		if source = collapse(source); ok && fit(source) {
			t.Pairs = append(t.Pairs, Pair{source, strings.TrimSpace(target)})
		}
	}
	return lines.Err()
}
