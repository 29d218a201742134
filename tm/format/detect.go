package format

import (
	"path"
	"slices"
	"strings"

	"tarjoman/tm"
)

// Detect returns the format most likely to read the document, the first of fs
// among equals. Text formats look at text, the others at src. It returns a
// *tm.Error of kind Unsupported, code document.format_unknown, when none knows
// it.
func Detect(fs []Format, name string, src, text []byte) (Format, error) {
	var best Format
	score := 0
	for _, f := range fs {
		content := src
		if f.Info().Text {
			content = text
		}
		if s := f.Detect(name, content); s > score {
			best, score = f, s
		}
	}
	if best == nil {
		return nil, tm.NewError(tm.Unsupported, "document.format_unknown",
			"name", path.Base(name), "extensions", extensions(fs))
	}
	return best, nil
}

// HasExtension reports whether the file name ends with one of the extensions of
// the format, in any case.
func HasExtension(info Info, name string) bool {
	return slices.Contains(info.Extensions, strings.ToLower(path.Ext(name)))
}

func extensions(fs []Format) string {
	var all []string
	for _, f := range fs {
		all = append(all, f.Info().Extensions...)
	}
	return strings.Join(all, " ")
}
