// Package zipfile reads zip containers nobody vouches for and writes them back
// with some parts replaced. Start with [Open]: it refuses what could hurt (bad
// names, bombs, overlaps, encryption) before a format sees a single part, so a
// format only asks for parts by name ([Archive.Read]) and hands the changed
// ones to [Archive.Rewrite]. The limits are those of TRUST.md B6.
package zipfile

import (
	"archive/zip"
	"bytes"
	"errors"
	"io"
	"strings"

	"tarjoman/tm"
)

// Limits of one container. Sizes are bytes and are counted while unpacking,
// never believed from a header.
const (
	MaxEntries  = 5_000
	MaxUnpacked = 256 << 20
	MaxRatio    = 200
	// ratioFloor is the unpacked size below which the ratio is not looked at:
	// a small part of zeros harms nobody and real documents hold some.
	ratioFloor = 1 << 20
)

// An Archive is a checked container. It is read-only and safe for concurrent
// use.
type Archive struct {
	src    []byte
	reader *zip.Reader
	parts  map[string]*zip.File // by folded name, without folders
	sizes  map[*zip.File]int64  // as counted
}

// Open checks the whole container, unpacking every part once to count it and to
// compare its check sum. The error is a *tm.Error:
//
//	archive.broken           not a zip container, or cut, overlapping, wrong check sum (part)
//	archive.encrypted        a part is encrypted (part)
//	archive.unsupported      a part uses a compression nobody else reads (part)
//	archive.unsafe_name      a name leaves the container: "../x", "/x", "a\b", NUL, a link (part)
//	archive.duplicate_name   two parts differ by case at most (part)
//	archive.too_many_entries more than limit parts (limit)
//	archive.too_large        more than limit megabytes unpacked (limit)
//	archive.bomb             a part unpacks to more than limit times its size (part, limit)
func Open(src []byte) (*Archive, error) {
	r, err := zip.NewReader(bytes.NewReader(src), int64(len(src)))
	if err != nil && !errors.Is(err, zip.ErrInsecurePath) {
		return nil, tm.NewError(tm.Invalid, "archive.broken", "part", "").Wrap(err)
	}
	a := &Archive{src: src, reader: r,
		parts: make(map[string]*zip.File, len(r.File)), sizes: make(map[*zip.File]int64, len(r.File))}
	if err := a.checkEntries(); err != nil {
		return nil, err
	}
	if err := a.checkOverlap(); err != nil {
		return nil, err
	}
	return a, a.checkContents()
}

// Names returns the parts in the order of the container, without folders.
func (a *Archive) Names() []string {
	var names []string
	for _, f := range a.reader.File {
		if !folder(f) {
			names = append(names, f.Name)
		}
	}
	return names
}

// Find returns the name as the container spells it; part names are compared
// without case (ECMA-376 part 2, 6.2.2.3).
func (a *Archive) Find(name string) (string, bool) {
	f, ok := a.parts[strings.ToLower(name)]
	if !ok {
		return "", false
	}
	return f.Name, true
}

// Read unpacks one part of at most limit bytes. The error is archive.no_part or
// archive.part_too_large (part, limit in megabytes).
func (a *Archive) Read(name string, limit int64) ([]byte, error) {
	f, ok := a.parts[strings.ToLower(name)]
	switch {
	case !ok:
		return nil, tm.NewError(tm.Invalid, "archive.no_part", "part", name)
	case a.sizes[f] > limit:
		return nil, tm.NewError(tm.TooLarge, "archive.part_too_large", "part", name, "limit", limit>>20)
	}
	rc, err := f.Open()
	if err != nil {
		return nil, broken(f, err)
	}
	defer rc.Close()
	data := make([]byte, a.sizes[f])
	if _, err := io.ReadFull(rc, data); err != nil {
		return nil, broken(f, err)
	}
	return data, nil
}

// Rewrite writes the container with the parts of changed (by the names of
// [Archive.Names]) in place of the old ones. All others are copied as they are
// packed, in the old order; without a change the very same bytes come out.
func (a *Archive) Rewrite(w io.Writer, changed map[string][]byte) error {
	if len(changed) == 0 {
		_, err := w.Write(a.src)
		return err
	}
	out := zip.NewWriter(w)
	if err := out.SetComment(a.reader.Comment); err != nil {
		return err
	}
	for _, f := range a.reader.File {
		if err := writePart(out, f, changed); err != nil {
			return err
		}
	}
	return out.Close()
}

func writePart(out *zip.Writer, f *zip.File, changed map[string][]byte) error {
	data, ok := changed[f.Name]
	if !ok {
		return out.Copy(f)
	}
	method := f.Method
	if method != zip.Store {
		method = zip.Deflate
	}
	// Sizes, check sum and extra fields of the old part would be lies now.
	h := &zip.FileHeader{Name: f.Name, Comment: f.Comment, NonUTF8: f.NonUTF8,
		Method: method, Modified: f.Modified, ExternalAttrs: f.ExternalAttrs, CreatorVersion: f.CreatorVersion}
	part, err := out.CreateHeader(h)
	if err != nil {
		return err
	}
	_, err = part.Write(data)
	return err
}

func folder(f *zip.File) bool { return strings.HasSuffix(f.Name, "/") }

func broken(f *zip.File, err error) error {
	return tm.NewError(tm.Invalid, "archive.broken", "part", f.Name).Wrap(err)
}
