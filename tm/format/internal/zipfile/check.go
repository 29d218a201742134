package zipfile

import (
	"archive/zip"
	"cmp"
	"io"
	"io/fs"
	"path"
	"slices"
	"strings"
	"unicode/utf8"

	"tarjoman/tm"
)

const encryptedFlag = 1 // APPNOTE.TXT 4.4.4, bit 0

func (a *Archive) checkEntries() error {
	if len(a.reader.File) > MaxEntries {
		return tm.NewError(tm.TooLarge, "archive.too_many_entries", "limit", MaxEntries)
	}
	for _, f := range a.reader.File {
		if err := checkEntry(f); err != nil {
			return err
		}
		key := strings.ToLower(strings.TrimSuffix(f.Name, "/"))
		if a.parts[key] != nil {
			return tm.NewError(tm.Invalid, "archive.duplicate_name", "part", f.Name)
		}
		a.parts[key] = f
	}
	for key, f := range a.parts {
		if folder(f) {
			delete(a.parts, key)
		}
	}
	return nil
}

func checkEntry(f *zip.File) error {
	if !safeName(f.Name) || f.Mode()&(fs.ModeSymlink|fs.ModeDevice|fs.ModeNamedPipe|fs.ModeSocket) != 0 {
		return tm.NewError(tm.Invalid, "archive.unsafe_name", "part", f.Name)
	}
	if f.Flags&encryptedFlag != 0 {
		return tm.NewError(tm.Unsupported, "archive.encrypted", "part", f.Name)
	}
	if f.Method != zip.Store && f.Method != zip.Deflate {
		return tm.NewError(tm.Unsupported, "archive.unsupported", "part", f.Name)
	}
	return nil
}

// safeName reports whether a name stays inside the container on every system:
// relative, without ".." and "." steps, backslash, colon of a drive or NUL.
func safeName(name string) bool {
	bare := strings.TrimSuffix(name, "/")
	if bare == "" || !utf8.ValidString(name) || strings.ContainsAny(name, "\\\x00") {
		return false
	}
	if len(bare) > 1 && bare[1] == ':' {
		return false
	}
	return !path.IsAbs(bare) && path.Clean(bare) == bare && bare != ".." && !strings.HasPrefix(bare, "../")
}

// checkOverlap refuses parts that share bytes: with them a small container
// unpacks to any size without one part looking bad.
func (a *Archive) checkOverlap() error {
	files := slices.Clone(a.reader.File)
	starts := make(map[*zip.File]int64, len(files))
	for _, f := range files {
		at, err := f.DataOffset()
		if err != nil {
			return broken(f, err)
		}
		starts[f] = at
	}
	slices.SortFunc(files, func(x, y *zip.File) int { return cmp.Compare(starts[x], starts[y]) })
	end := int64(0)
	for _, f := range files {
		size := int64(f.CompressedSize64)
		if starts[f] < end || size < 0 || size > int64(len(a.src))-starts[f] {
			return broken(f, nil)
		}
		end = starts[f] + size
	}
	return nil
}

// checkContents unpacks everything once, to nowhere.
func (a *Archive) checkContents() error {
	left := int64(MaxUnpacked)
	for _, f := range a.reader.File {
		n, err := a.measure(f, left)
		if err != nil {
			return err
		}
		a.sizes[f] = n
		left -= n
	}
	return nil
}

func (a *Archive) measure(f *zip.File, left int64) (int64, error) {
	rc, err := f.Open()
	if err != nil {
		return 0, broken(f, err)
	}
	defer rc.Close()
	ratio := max(ratioFloor, MaxRatio*int64(f.CompressedSize64))
	n, err := io.Copy(io.Discard, io.LimitReader(rc, min(left, ratio)+1))
	switch {
	case n > left:
		return n, tm.NewError(tm.TooLarge, "archive.too_large", "limit", MaxUnpacked>>20)
	case n > ratio:
		return n, tm.NewError(tm.TooLarge, "archive.bomb", "part", f.Name, "limit", MaxRatio)
	case err != nil:
		return n, broken(f, err)
	}
	return n, nil
}
