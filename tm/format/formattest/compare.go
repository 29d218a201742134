package formattest

import (
	"archive/zip"
	"bytes"
	"fmt"
	"io"
)

// compare says how two documents differ, "" when they do not. Zip containers
// are compared part by part: names, order, contents.
func compare(want, got []byte) string {
	if bytes.HasPrefix(want, []byte("PK\x03\x04")) {
		return compareZip(want, got)
	}
	if bytes.Equal(want, got) {
		return ""
	}
	at := 0
	for at < min(len(want), len(got)) && want[at] == got[at] {
		at++
	}
	return fmt.Sprintf("at byte %d want %q, got %q", at, around(want, at), around(got, at))
}

func around(b []byte, at int) []byte { return b[max(0, at-40):min(len(b), at+40)] }

func compareZip(want, got []byte) string {
	a, errA := zip.NewReader(bytes.NewReader(want), int64(len(want)))
	b, errB := zip.NewReader(bytes.NewReader(got), int64(len(got)))
	if errA != nil || errB != nil {
		return fmt.Sprintf("zip containers cannot be read: %v, %v", errA, errB)
	}
	if len(a.File) != len(b.File) {
		return fmt.Sprintf("%d parts, want %d", len(b.File), len(a.File))
	}
	for i := range a.File {
		if a.File[i].Name != b.File[i].Name {
			return fmt.Sprintf("part %d is %q, want %q", i, b.File[i].Name, a.File[i].Name)
		}
		if diff := compare(part(a.File[i]), part(b.File[i])); diff != "" {
			return a.File[i].Name + ": " + diff
		}
	}
	return ""
}

// part returns the bytes of a part. One that cannot be read counts as empty on
// both sides.
func part(f *zip.File) []byte {
	r, err := f.Open()
	if err != nil {
		return nil
	}
	defer r.Close()
	data, _ := io.ReadAll(r)
	return data
}
