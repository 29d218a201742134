// Package all lists the document formats. A new format is a folder beside this
// one and a line here.
package all

import (
	"tarjoman/tm/format"
	"tarjoman/tm/format/docx"
	"tarjoman/tm/format/html"
	"tarjoman/tm/format/markdown"
	"tarjoman/tm/format/txt"
)

// Formats returns every format, the more particular ones first.
func Formats() []format.Format {
	return []format.Format{
		docx.Format{},
		html.Format{},
		markdown.Format{},
		txt.Format{},
	}
}
