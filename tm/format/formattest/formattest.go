// Package formattest holds the laws every document format obeys. A format's own
// test calls [Run] with its samples, [Grow] with a document before and after a
// block was added, and [Fuzz] in a fuzz target; the laws then hold for it:
//
//   - identity: nil answers give the same bytes (zip containers: the same parts)
//   - translation: answering every block and reading the result gives the
//     answers back, text and codes, in the same order; codes may be numbered
//     anew in their order of appearance
//   - keys: unique in a document, and the same after other blocks changed, came
//     or went. A key made from text changes with that text and no other.
//   - robustness: cut and bent documents give a result or a *tm.Error
package formattest

import (
	"bytes"
	"errors"
	"io"
	"io/fs"
	"math/rand/v2"
	"os"
	"path"
	"path/filepath"
	"testing"

	"github.com/google/go-cmp/cmp"
	"golang.org/x/text/language"

	"tarjoman/tm"
	"tarjoman/tm/format"
)

// Run checks every law on every file of samples that has an extension of the
// format.
func Run(t *testing.T, f format.Format, samples fs.FS) {
	t.Helper()
	each(t, f, samples, func(t *testing.T, name string, src []byte) {
		if s := f.Detect(name, src); s <= 0 {
			t.Errorf("Detect(%q) = %d, want more than 0", name, s)
		}
		Identity(t, f, src)
		Translation(t, f, src)
		Keys(t, f, src)
		Robustness(t, f, src)
	})
}

// RunReal checks identity, translation and unique keys on real documents below
// dir of shared/data, a folder beside the project. It skips loudly without it.
func RunReal(t *testing.T, f format.Format, dir string) {
	t.Helper()
	each(t, f, os.DirFS(SharedData(t, dir)), func(t *testing.T, _ string, src []byte) {
		Identity(t, f, src)
		Translation(t, f, src)
		uniqueKeys(t, Extract(t, f, src))
	})
}

// SharedData returns the folder dir of shared/data, found beside the project or
// any folder above it, and skips the test when there is none.
func SharedData(t *testing.T, dir string) string {
	t.Helper()
	at, err := os.Getwd()
	for ; err == nil && at != filepath.Dir(at); at = filepath.Dir(at) {
		found := filepath.Join(at, "shared", "data", dir)
		if _, err := os.Stat(found); err == nil {
			return found
		}
	}
	t.Skipf("SKIPPED: no shared/data/%s beside the project, so no real documents were read", dir)
	return ""
}

func each(t *testing.T, f format.Format, samples fs.FS, test func(t *testing.T, name string, src []byte)) {
	t.Helper()
	found := false
	err := fs.WalkDir(samples, ".", func(name string, d fs.DirEntry, err error) error {
		if err != nil || d.IsDir() || !format.HasExtension(f.Info(), name) {
			return err
		}
		found = true
		t.Run(name, func(t *testing.T) { test(t, name, read(t, f, samples, name)) })
		return nil
	})
	if err != nil || !found {
		t.Fatalf("no samples for %s: %v", f.Info().ID, err)
	}
}

// read gives a sample as the format wants it: text formats in UTF-8.
func read(t testing.TB, f format.Format, samples fs.FS, name string) []byte {
	t.Helper()
	src, err := fs.ReadFile(samples, name)
	if err != nil {
		t.Fatal(err)
	}
	if !f.Info().Text {
		return src
	}
	text, _, err := format.Decode(src, "")
	if err != nil {
		t.Skipf("%s: %v", path.Base(name), err)
	}
	return text
}

// Extract returns the blocks of src and fails the test when it cannot be read.
func Extract(t testing.TB, f format.Format, src []byte) []format.Block {
	t.Helper()
	blocks, err := format.Extract(f, src, format.Options{})
	if err != nil {
		t.Fatalf("Extract: %v", err)
	}
	return blocks
}

// Identity checks that nil answers give the same document.
func Identity(t testing.TB, f format.Format, src []byte) {
	t.Helper()
	got := rewrite(t, f, src, format.Options{}, func(format.Block) (*tm.Content, error) { return nil, nil })
	if diff := compare(src, got); diff != "" {
		t.Errorf("nil answers changed the document: %s", diff)
	}
}

// Translation checks that what was answered is read back: with words of the
// target language, with words full of markup, and with the marks of a
// right-to-left target.
func Translation(t testing.TB, f format.Format, src []byte) {
	t.Helper()
	toPersian := format.Options{Source: language.English, Target: language.Persian}
	translate(t, f, src, format.Options{}, persianWords)
	translate(t, f, src, format.Options{}, markupWords)
	translate(t, f, src, toPersian, persianWords)
}

func translate(t testing.TB, f format.Format, src []byte, o format.Options, words []string) {
	t.Helper()
	var want []tm.Content
	out := rewrite(t, f, src, o, func(b format.Block) (*tm.Content, error) {
		answer := replaceWords(b.Content, words, len(want))
		want = append(want, renumber(answer))
		return &answer, nil
	})
	var got []tm.Content
	for _, b := range Extract(t, f, out) {
		got = append(got, renumber(b.Content))
	}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Errorf("answers read back (-want +got):\n%s", diff)
	}
}

// Keys checks that keys are unique and that translating one block leaves the
// keys of all others.
func Keys(t testing.TB, f format.Format, src []byte) {
	t.Helper()
	before := Extract(t, f, src)
	uniqueKeys(t, before)
	if len(before) == 0 {
		return
	}
	changed, n := len(before)/2, -1
	out := rewrite(t, f, src, format.Options{}, func(b format.Block) (*tm.Content, error) {
		if n++; n != changed {
			return nil, nil
		}
		answer := replaceWords(b.Content, []string{"یکتا"}, 0)
		return &answer, nil
	})
	after := Extract(t, f, out)
	if len(after) != len(before) {
		t.Fatalf("%d blocks after one was translated, want %d", len(after), len(before))
	}
	for i := range before {
		if repeats(before, changed, i) || i == changed {
			continue
		}
		if before[i].Key != after[i].Key {
			t.Errorf("block %d: key %q became %q after block %d changed", i, before[i].Key, after[i].Key, changed)
		}
	}
}

// repeats reports whether both blocks have the same text: only then may the
// occurrence in a text key move.
func repeats(blocks []format.Block, i, j int) bool {
	return blocks[i].Content.Text == blocks[j].Content.Text
}

func uniqueKeys(t testing.TB, blocks []format.Block) {
	t.Helper()
	seen := map[string]bool{}
	for i, b := range blocks {
		if b.Key == "" || seen[b.Key] {
			t.Errorf("block %d %q: key %q is empty or taken", i, b.Content.Text, b.Key)
		}
		seen[b.Key] = true
	}
}

// Grow checks that every key of before is in after, which has more blocks, in
// the same order.
func Grow(t testing.TB, f format.Format, before, after []byte) {
	t.Helper()
	long, short := Extract(t, f, after), Extract(t, f, before)
	if len(long) <= len(short) {
		t.Fatalf("%d blocks before, %d after: nothing was added", len(short), len(long))
	}
	for _, b := range short {
		for len(long) > 0 && long[0].Key != b.Key {
			long = long[1:]
		}
		if len(long) == 0 {
			t.Fatalf("key %q of %q is lost or out of order", b.Key, b.Content.Text)
		}
	}
}

// Robustness cuts and bends the document and checks that every result obeys the
// laws that need no well-formed input.
func Robustness(t testing.TB, f format.Format, src []byte) {
	t.Helper()
	r := rand.New(rand.NewPCG(1, uint64(len(src))))
	for range 60 {
		if len(src) == 0 {
			return
		}
		Survive(t, f, src[:r.IntN(len(src))])
		Survive(t, f, bend(r, src))
	}
}

const nasty = "<>&\"'`*_[](){}|\\#-\n\r\t \x00\xff"

// bend changes, removes or doubles some bytes.
func bend(r *rand.Rand, src []byte) []byte {
	out := bytes.Clone(src)
	for range 1 + r.IntN(4) {
		i := r.IntN(len(out))
		j := min(len(out), i+r.IntN(12))
		switch r.IntN(3) {
		case 0:
			out[i] = nasty[r.IntN(len(nasty))]
		case 1:
			out = append(bytes.Clone(out[:i]), out[j:]...)
		case 2:
			out = append(bytes.Clone(out[:j]), out[i:]...)
		}
		if len(out) == 0 {
			return out
		}
	}
	return out
}

// Survive checks what must hold for any bytes: a *tm.Error or a result, and with
// a result identity, unique keys and a translation that can be read.
func Survive(t testing.TB, f format.Format, src []byte) {
	t.Helper()
	if f.Info().Text {
		text, _, err := format.Decode(src, "")
		if err != nil {
			wantError(t, err)
			return
		}
		src = text
	}
	blocks, err := format.Extract(f, src, format.Options{})
	if err != nil {
		wantError(t, err)
		return
	}
	uniqueKeys(t, blocks)
	Identity(t, f, src)
	o := format.Options{Source: language.English, Target: language.Persian}
	n := 0
	out := rewrite(t, f, src, o, func(b format.Block) (*tm.Content, error) {
		n++
		answer := replaceWords(b.Content, markupWords, n)
		return &answer, nil
	})
	if _, err := format.Extract(f, out, format.Options{}); err != nil {
		wantError(t, err)
	}
}

func wantError(t testing.TB, err error) {
	t.Helper()
	var e *tm.Error
	if !errors.As(err, &e) || e.Kind == tm.Internal {
		t.Errorf("error %v (%T), want a *tm.Error a person can act on", err, err)
	}
}

// Fuzz runs a fuzz target that looks for documents that break a law. The samples
// and, for text formats, their paragraphs are its seeds.
func Fuzz(f *testing.F, fm format.Format, samples fs.FS) {
	f.Helper()
	err := fs.WalkDir(samples, ".", func(name string, d fs.DirEntry, err error) error {
		if err != nil || d.IsDir() || !format.HasExtension(fm.Info(), name) {
			return err
		}
		src, err := fs.ReadFile(samples, name)
		f.Add(src)
		for paragraph := range bytes.SplitSeq(src, []byte("\n\n")) {
			if fm.Info().Text {
				f.Add(paragraph)
			}
		}
		return err
	})
	if err != nil {
		f.Fatal(err)
	}
	f.Fuzz(func(t *testing.T, src []byte) { Survive(t, fm, src) })
}

func rewrite(t testing.TB, f format.Format, src []byte, o format.Options, tr format.Translate) []byte {
	t.Helper()
	var out bytes.Buffer
	if err := f.Rewrite(&out, src, o, tr); err != nil {
		t.Fatalf("Rewrite: %v", err)
	}
	if err := f.Rewrite(io.Discard, src, o, func(format.Block) (*tm.Content, error) { return nil, nil }); err != nil {
		t.Fatalf("Rewrite a second time: %v", err)
	}
	return out.Bytes()
}
