package web

import (
	"encoding/base64"
	"errors"
	"io"
	"mime/multipart"
	"net/url"
	"os"

	"tarjoman/tm"
)

// A multipart form is read part by part, so that its size, its number of parts
// and where a file goes are ours to decide.
type form struct {
	values url.Values
	files  []formFile
}

type formFile struct {
	name string
	data []byte
	err  error // the file is too large; the others are not
}

// maxFieldBytes bounds a text field. A file kept in a field between two steps
// is base64, a third longer than itself.
const (
	maxFieldBytes = 6 << 20
	maxKeptBytes  = 4 << 20
)

func (f form) get(name string) string { return f.values.Get(name) }

// parts calls file for every file of the body and returns the text fields read
// up to the end.
func (v *visit) parts(file func(name string, r io.Reader) error) (url.Values, error) {
	reader, err := v.r.MultipartReader()
	if err != nil {
		return nil, errUnreadable.Wrap(err)
	}
	values := url.Values{}
	for n := 0; ; n++ {
		part, err := reader.NextRawPart()
		if errors.Is(err, io.EOF) {
			return values, nil
		}
		if err != nil {
			return nil, bodyError(err)
		}
		if n == uploadParts {
			return nil, tm.NewError(tm.TooLarge, "request.too_many_parts", "limit", uploadParts)
		}
		if err := v.part(part, values, file); err != nil {
			return nil, bodyError(err)
		}
	}
}

func (v *visit) part(part *multipart.Part, values url.Values, file func(string, io.Reader) error) error {
	name := part.FileName()
	if !readable(name, part.FormName()) {
		return errUnreadable
	}
	if name != "" {
		return file(name, part)
	}
	data, err := readLimited(part, maxFieldBytes)
	if err != nil {
		return err
	}
	if !readable(string(data)) {
		return errUnreadable
	}
	values.Add(part.FormName(), string(data))
	return nil
}

// readLimited reads at most limit bytes; more is an error.
func readLimited(r io.Reader, limit int64) ([]byte, error) {
	data, err := io.ReadAll(io.LimitReader(r, limit+1))
	if err != nil {
		return nil, err
	}
	if int64(len(data)) > limit {
		return nil, tm.NewError(tm.TooLarge, "request.too_large", "limit", limit>>20)
	}
	return data, nil
}

// form reads a multipart body into memory. A browser sends an empty file field
// without a name; it is no file.
func (v *visit) form() (form, error) {
	var f form
	values, err := v.parts(func(name string, r io.Reader) error {
		data, err := readLimited(r, uploadFile)
		if _, ours := errors.AsType[*tm.Error](err); ours {
			f.files = append(f.files, formFile{name: name, err: err})
			return nil
		}
		f.files = append(f.files, formFile{name: name, data: data})
		return err
	})
	f.values = values
	if err == nil && len(f.files) == 0 && f.get("kept") != "" {
		err = f.keptFile()
	}
	return f, err
}

// keptFile takes the file that an earlier step has put into the page, so that
// nobody has to choose it twice and the server keeps nothing.
func (f *form) keptFile() error {
	data, err := base64.StdEncoding.DecodeString(f.get("kept"))
	if err != nil {
		return errUnreadable.Wrap(err)
	}
	f.files = append(f.files, formFile{name: f.get("kept_name"), data: data})
	return nil
}

// keep is the value of the field "kept"; "" when the file is too large for it.
func keep(data []byte) string {
	if len(data) > maxKeptBytes {
		return ""
	}
	return base64.StdEncoding.EncodeToString(data)
}

// A spooled file lies in an unnamed temporary file, for what is too large for
// memory. Whoever gets it closes it.
type spooled struct {
	*os.File
	name string
	size int64
}

// spool takes the one file of the body.
func (v *visit) spool() (file spooled, err error) {
	_, err = v.parts(func(name string, r io.Reader) error {
		if file.File != nil {
			return tm.NewError(tm.Invalid, "form.one_file")
		}
		file.name = name
		return file.fill(r)
	})
	if err == nil && file.File == nil {
		err = tm.NewError(tm.Invalid, "form.no_file")
	}
	if err != nil && file.File != nil {
		file.Close()
	}
	return file, err
}

func (f *spooled) fill(r io.Reader) (err error) {
	if f.File, err = os.CreateTemp("", "tarjoman-*"); err != nil {
		return err
	}
	if err := os.Remove(f.Name()); err != nil {
		return err
	}
	if f.size, err = io.Copy(f, r); err != nil {
		return err
	}
	_, err = f.Seek(0, io.SeekStart)
	return err
}
