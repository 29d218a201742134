package zipfile

import (
	"archive/zip"
	"bytes"
	"encoding/binary"
	"fmt"
	"io"
	"strings"
	"testing"

	"tarjoman/tm"
)

type part struct{ name, data string }

func build(t testing.TB, parts ...part) []byte {
	t.Helper()
	var b bytes.Buffer
	w := zip.NewWriter(&b)
	for _, p := range parts {
		f, err := w.Create(p.name)
		if err == nil {
			_, err = io.WriteString(f, p.data)
		}
		if err != nil {
			t.Fatal(err)
		}
	}
	if err := w.Close(); err != nil {
		t.Fatal(err)
	}
	return b.Bytes()
}

func TestOpen_Refuses(t *testing.T) {
	good := build(t, part{"a.xml", strings.Repeat("news ", 400)})
	crc := bytes.Clone(good)
	crc[40]++ // inside the packed data
	encrypted := bytes.Clone(good)
	directory := bytes.Index(encrypted, []byte("PK\x01\x02"))
	encrypted[directory+8] |= encryptedFlag
	many := make([]part, MaxEntries+1)
	for i := range many {
		many[i].name = fmt.Sprint(i)
	}
	tests := []struct {
		name string
		src  []byte
		code string
	}{
		{"no zip", []byte("a letter, not a container"), "archive.broken"},
		{"cut", good[:len(good)-30], "archive.broken"},
		{"check sum", crc, "archive.broken"},
		{"encrypted", encrypted, "archive.encrypted"},
		{"upwards", build(t, part{"../a", ""}), "archive.unsafe_name"},
		{"upwards inside", build(t, part{"x/../../a", ""}), "archive.unsafe_name"},
		{"absolute", build(t, part{"/etc/passwd", ""}), "archive.unsafe_name"},
		{"backslash", build(t, part{`..\a`, ""}), "archive.unsafe_name"},
		{"drive", build(t, part{"c:/a", ""}), "archive.unsafe_name"},
		{"NUL", build(t, part{"a\x00.xml", ""}), "archive.unsafe_name"},
		{"twice", build(t, part{"a", ""}, part{"a", "x"}), "archive.duplicate_name"},
		{"twice by case", build(t, part{"a", ""}, part{"A", "x"}), "archive.duplicate_name"},
		{"too many", build(t, many...), "archive.too_many_entries"},
		{"bomb", build(t, part{"a", strings.Repeat("\x00", 3<<20)}), "archive.bomb"},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			_, err := Open(tt.src)
			if got := tm.CodeOf(err); got != tt.code {
				t.Errorf("Open gives %v, want code %s", err, tt.code)
			}
		})
	}
}

// Two directory entries for the same bytes: the classic way to gigabytes.
func TestOpen_RefusesOverlap(t *testing.T) {
	src := build(t, part{"a", "the same bytes"}, part{"b", "the same bytes"})
	second := bytes.LastIndex(src, []byte("PK\x01\x02"))
	binary.LittleEndian.PutUint32(src[second+42:], 0) // offset of the local header
	if _, err := Open(src); tm.CodeOf(err) != "archive.broken" {
		t.Errorf("overlapping parts give %v", err)
	}
}

// All parts together may unpack to what is left; a quarter of a gigabyte of test
// data proves no more than a few bytes do.
func TestMeasure_StopsAtWhatIsLeft(t *testing.T) {
	a, err := Open(build(t, part{"a", "0123456789"}))
	if err != nil {
		t.Fatal(err)
	}
	f := a.reader.File[0]
	if n, err := a.measure(f, 10); n != 10 || err != nil {
		t.Errorf("10 bytes with 10 left: %d, %v", n, err)
	}
	if n, err := a.measure(f, 9); n != 10 || tm.CodeOf(err) != "archive.too_large" {
		t.Errorf("10 bytes with 9 left: %d, %v", n, err)
	}
}

func TestRewrite(t *testing.T) {
	src := build(t, part{"mimetype", "x"}, part{"dir/", ""}, part{"dir/a.xml", "<a/>"}, part{"z.png", "picture"})
	a, err := Open(src)
	if err != nil {
		t.Fatal(err)
	}
	var same, out bytes.Buffer
	if err := a.Rewrite(&same, nil); err != nil || !bytes.Equal(same.Bytes(), src) {
		t.Errorf("an unchanged container must be the same bytes (%v)", err)
	}
	if err := a.Rewrite(&out, map[string][]byte{"dir/a.xml": []byte("<سلام/>")}); err != nil {
		t.Fatal(err)
	}
	b, err := Open(out.Bytes())
	if err != nil {
		t.Fatal(err)
	}
	if got, want := strings.Join(b.Names(), " "), strings.Join(a.Names(), " "); got != want {
		t.Errorf("order of parts %q, want %q", got, want)
	}
	for name, want := range map[string]string{"mimetype": "x", "DIR/A.xml": "<سلام/>", "z.png": "picture"} {
		if got, err := b.Read(name, 1<<20); err != nil || string(got) != want {
			t.Errorf("part %s is %q (%v), want %q", name, got, err, want)
		}
	}
	if _, err := b.Read("z.png", 3); tm.CodeOf(err) != "archive.part_too_large" {
		t.Errorf("a part over the limit: %v", err)
	}
	if _, err := b.Read("dir", 1<<20); tm.CodeOf(err) != "archive.no_part" {
		t.Errorf("a folder is no part: %v", err)
	}
}

func FuzzOpen(f *testing.F) {
	f.Add(build(f, part{"a.xml", "<a/>"}, part{"b/", ""}))
	f.Add([]byte("PK\x05\x06" + strings.Repeat("\x00", 18)))
	f.Fuzz(func(t *testing.T, src []byte) {
		a, err := Open(src)
		if err != nil {
			if tm.CodeOf(err) == "" {
				t.Fatalf("not a *tm.Error: %v", err)
			}
			return
		}
		for _, name := range a.Names() {
			if _, err := a.Read(name, MaxUnpacked); err != nil {
				t.Errorf("checked part %q does not read: %v", name, err)
			}
		}
	})
}
