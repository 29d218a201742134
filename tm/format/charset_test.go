package format_test

import (
	"bytes"
	"strings"
	"testing"

	"golang.org/x/text/encoding/htmlindex"
	"golang.org/x/text/language"

	"tarjoman/tm"
	"tarjoman/tm/format"
	"tarjoman/tm/format/all"
)

// Persian as people wrote it in windows-1256, which has the Arabic yeh only.
const persianPage = "شوراي شهر ديروز سه خط تازه را تصويب کرد. گفتني است که پژوهشگران از چهار سال پيش بر آن کار مي\u200cکنند."

func encoded(t *testing.T, text, charset string) []byte {
	t.Helper()
	enc, err := htmlindex.Get(charset)
	if err != nil {
		t.Fatal(err)
	}
	out, err := enc.NewEncoder().Bytes([]byte(text))
	if err != nil {
		t.Fatal(err)
	}
	return out
}

func utf16(order string, text string) []byte {
	out, _ := format.Encode([]byte(text), format.Charset(order))
	return out
}

func TestDecode(t *testing.T) {
	arabic := "قال الوزير إن الاتفاق الجديد سيوقع غداً في العاصمة بحضور ممثلين عن الدول المشاركة."
	french := "Le café où l’élève a rêvé fermera à Noël, dit la propriétaire, très déçue."
	tests := []struct {
		name, text string
		src        []byte
		want       format.Charset
	}{
		{"empty", "", nil, "utf-8"},
		{"ascii", "Rain in Shiraz", []byte("Rain in Shiraz"), "utf-8"},
		{"utf-8", "باران در شیراز", []byte("باران در شیراز"), "utf-8"},
		{"utf-8 with mark", "باران", []byte("\xef\xbb\xbfباران"), "utf-8+bom"},
		{"utf-16 little endian with mark", "باران 😀", utf16("utf-16le+bom", "باران 😀"), "utf-16le+bom"},
		{"utf-16 big endian with mark", "باران 😀", utf16("utf-16be+bom", "باران 😀"), "utf-16be+bom"},
		{"utf-16 without mark", "باران در شیراز\r\n", utf16("utf-16le", "باران در شیراز\r\n"), "utf-16le"},
		{"utf-16 without mark, english", "Rain\n", utf16("utf-16be", "Rain\n"), "utf-16be"},
		{"persian windows-1256", persianPage, encoded(t, persianPage, "windows-1256"), "windows-1256"},
		{"arabic windows-1256", arabic, encoded(t, arabic, "windows-1256"), "windows-1256"},
		{"persian page with english markup", "<p class=news>" + persianPage + "</p>", encoded(t, "<p class=news>"+persianPage+"</p>", "windows-1256"), "windows-1256"},
		{"persian windows-1256 labelled as western", "<meta charset=iso-8859-1>" + persianPage, encoded(t, "<meta charset=iso-8859-1>"+persianPage, "windows-1256"), "windows-1256"},
		{"french windows-1252", french, encoded(t, french, "windows-1252"), "windows-1252"},
		{"english with typographic quotes", "“Rain – at last”", encoded(t, "“Rain – at last”", "windows-1252"), "windows-1252"},
		{"declared russian", "<meta charset=windows-1251>Дождь", encoded(t, "<meta charset=windows-1251>Дождь", "windows-1251"), "windows-1251"},
		{"declared in the old way", `<meta http-equiv="Content-Type" content="text/html; charset=iso-8859-2">Łódź`, encoded(t, `<meta http-equiv="Content-Type" content="text/html; charset=iso-8859-2">Łódź`, "iso-8859-2"), "iso-8859-2"},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			text, cs, err := format.Decode(test.src, "")
			if err != nil || string(text) != test.text || cs != test.want {
				t.Fatalf("Decode = %q, %q, %v; want %q, %q", text, cs, err, test.text, test.want)
			}
			if back, cs := format.Encode(text, cs); !bytes.Equal(back, test.src) || cs != test.want {
				t.Errorf("Encode = %q, %q; want %q, %q", back, cs, test.src, test.want)
			}
		})
	}
}

func TestDecode_Errors(t *testing.T) {
	tests := []struct {
		name string
		src  []byte
		hint format.Charset
		code string
	}{
		{"russian without declaration", encoded(t, "Дождь в Москве шёл всю ночь", "windows-1251"), "", "document.charset_unknown"},
		{"one word", []byte("\xd3\xe1\xc7\xe3"), "", "document.charset_unknown"},
		{"picture", []byte("\x89PNG\r\n\x1a\n\x00\x00\x00\rIHDR"), "", "document.binary"},
		{"nul in text", []byte("Rain\n in \x00 Shiraz"), "", "document.binary"},
		{"control codes", []byte("Rain \x01\x02"), "", "document.binary"},
		{"wrong hint", []byte("Rain\nin \xff\xfe"), "utf-8", "document.charset_wrong"},
		{"odd utf-16", []byte("\xff\xfea\x00b"), "", "document.charset_wrong"},
		{"lone surrogate", []byte("\xff\xfe\x00\xd8a\x00"), "", "document.charset_wrong"},
		{"unknown hint", []byte("Rain"), "klingon", "document.charset_unsupported"},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			if _, _, err := format.Decode(test.src, test.hint); tm.CodeOf(err) != test.code {
				t.Errorf("error %v, want %s", err, test.code)
			}
		})
	}
}

func TestDecode_AsksWithSamples(t *testing.T) {
	_, _, err := format.Decode(encoded(t, "Title\nسلام\n", "windows-1256"), "")
	e, ok := err.(*tm.Error)
	if !ok {
		t.Fatalf("error %v, want a *tm.Error", err)
	}
	for _, c := range e.Args["candidates"].([]format.Candidate) {
		if c.Charset == format.Windows1256 && c.Sample == "سلام" {
			text, _, err := format.Decode(encoded(t, "Title\nسلام\n", "windows-1256"), c.Charset)
			if err != nil || string(text) != "Title\nسلام\n" {
				t.Errorf("with the hint: %q, %v", text, err)
			}
			return
		}
	}
	t.Errorf("windows-1256 with its sample is not among %v", e.Args)
}

func TestDocument_Write(t *testing.T) {
	tests := []struct {
		name   string
		src    []byte
		answer string
		want   []byte
	}{
		{"untouched windows-1256", encoded(t, persianPage, "windows-1256"), "", encoded(t, persianPage, "windows-1256")},
		{"untouched utf-16", utf16("utf-16le+bom", "Rain\r\n"), "", utf16("utf-16le+bom", "Rain\r\n")},
		{"charset kept", utf16("utf-16be+bom", "Rain\n"), "باران", utf16("utf-16be+bom", "باران\n")},
		{"mark kept", []byte("\xef\xbb\xbfRain\n"), "باران", []byte("\xef\xbb\xbfباران\n")},
		{"charset too small", encoded(t, "“Rain”\n", "windows-1252"), "باران", []byte("باران\n")},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			doc, err := format.Open(all.Formats(), "news.txt", test.src, "")
			if err != nil {
				t.Fatal(err)
			}
			var out bytes.Buffer
			err = doc.Write(&out, format.Options{Target: language.Persian}, func(format.Block) (*tm.Content, error) {
				if test.answer == "" {
					return nil, nil
				}
				c := tm.Plain(test.answer)
				return &c, nil
			})
			if err != nil || !bytes.Equal(out.Bytes(), test.want) {
				t.Errorf("Write = %q, %v; want %q", out.Bytes(), err, test.want)
			}
		})
	}
}

func TestOpen_Errors(t *testing.T) {
	tests := []struct {
		name, file string
		src        []byte
		code       string
	}{
		{"unknown format", "a.bin", nil, "document.format_unknown"},
		{"binary", "a.txt", []byte("MZ\x00\x01"), "document.binary"},
		{"charset to ask for", "a.txt", []byte("\xd3\xe1\xc7\xe3"), "document.charset_unknown"},
		{"too large", "a.txt", []byte(strings.Repeat("a", format.MaxBytes+1)), "document.too_large"},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			if _, err := format.Open(all.Formats(), test.file, test.src, ""); tm.CodeOf(err) != test.code {
				t.Errorf("error %v, want %s", err, test.code)
			}
		})
	}
}

func FuzzDecode(f *testing.F) {
	f.Add([]byte("Rain"), "")
	f.Add(utf16("utf-16le", "باران"), "")
	f.Add([]byte("\xd3\xe1\xc7\xe3"), "windows-1256")
	f.Fuzz(func(t *testing.T, src []byte, hint string) {
		text, cs, err := format.Decode(src, format.Charset(hint))
		if err != nil {
			return
		}
		if back, _ := format.Encode(text, cs); !bytes.Equal(back, src) {
			t.Errorf("%q read as %q comes back as %q", src, cs, back)
		}
	})
}
