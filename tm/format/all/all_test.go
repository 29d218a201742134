package all_test

import (
	"strings"
	"testing"

	"tarjoman/tm/format"
	"tarjoman/tm/format/all"
)

func TestFormats_AreToldApart(t *testing.T) {
	ids, extensions := map[string]bool{}, map[string]string{}
	for _, f := range all.Formats() {
		info := f.Info()
		if info.ID == "" || ids[info.ID] || info.MIME == "" || len(info.Extensions) == 0 {
			t.Errorf("format %+v has no id of its own, no MIME type or no extension", info)
		}
		ids[info.ID] = true
		for _, e := range info.Extensions {
			if !strings.HasPrefix(e, ".") || e != strings.ToLower(e) || extensions[e] != "" {
				t.Errorf("extension %q of %s is malformed or taken by %q", e, info.ID, extensions[e])
			}
			extensions[e] = info.ID
		}
	}
}

func TestOpen_FindsTheFormat(t *testing.T) {
	tests := []struct{ name, src, want string }{
		{"news.txt", "Rain in Shiraz", "txt"},
		{"news", "Rain in Shiraz", "txt"},
		{"NEWS.HTM", "<p>Rain", "html"},
		{"saved-page", "<!DOCTYPE html><title>Rain</title>", "html"},
		{"README.md", "# Rain", "markdown"},
		{"README", "# Rain\n\nIn Shiraz.", "markdown"},
		{"notes.txt", "# Rain", "txt"},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			doc, err := format.Open(all.Formats(), test.name, []byte(test.src), "")
			if err != nil {
				t.Fatal(err)
			}
			if got := doc.Format.Info().ID; got != test.want {
				t.Errorf("format %q, want %q", got, test.want)
			}
		})
	}
}
