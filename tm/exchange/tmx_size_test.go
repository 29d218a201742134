package exchange

import (
	"bytes"
	"io"
	"runtime"
	"strings"
	"testing"

	"tarjoman/tm"
)

// An endless reads the head and then the unit over and over, n bytes in all.
type endless struct {
	head, unit string
	at, left   int
}

func (e *endless) Read(p []byte) (int, error) {
	if e.left == 0 {
		return 0, io.EOF
	}
	p = p[:min(len(p), e.left)]
	n := 0
	for n < len(p) {
		if e.head != "" {
			k := copy(p[n:], e.head)
			e.head, n = e.head[k:], n+k
			continue
		}
		k := copy(p[n:], e.unit[e.at:])
		e.at, n = (e.at+k)%len(e.unit), n+k
	}
	e.left -= n
	return n, nil
}

// mostMemory returns the most memory in use that was seen while units were
// read.
func mostMemory(t *testing.T, read func(seen func()) error) uint64 {
	t.Helper()
	most, n := uint64(0), 0
	err := read(func() {
		if n++; n%10_000 == 0 {
			var m runtime.MemStats
			runtime.ReadMemStats(&m)
			most = max(most, m.HeapInuse)
		}
	})
	switch tm.CodeOf(err) {
	case "exchange.xml_truncated", "exchange.row_short": // it ends anywhere
	default:
		t.Fatal(err)
	}
	if n < 50_000 {
		t.Fatalf("only %d units", n)
	}
	return most
}

// TestReadTMX_MemoryIsBounded reads files much larger than the bound: their size
// does not show in the memory.
func TestReadTMX_MemoryIsBounded(t *testing.T) {
	for _, s := range tmxShapes {
		in := &endless{head: `<tmx version="1.4"><body>`, unit: s.unit(7), left: 32 << 20}
		most := mostMemory(t, func(seen func()) error {
			_, err := ReadTMX(in, func(*tm.Unit) error { seen(); return nil })
			return err
		})
		if most > 24<<20 {
			t.Errorf("%s: %d MB of memory", s.name, most>>20)
		}
	}
}

func TestReadXLIFF_MemoryIsBounded(t *testing.T) {
	in := &endless{
		head: `<xliff version="1.2"><file source-language="en" target-language="fa"><body>`, left: 24 << 20,
		unit: `<trans-unit id="1"><source>The <g id="1">court</g> rose.</source><target>دادگاه <g id="1">برخاست</g>.</target><note>n</note></trans-unit>` + "\n",
	}
	most := mostMemory(t, func(seen func()) error {
		_, err := ReadXLIFF(in, func(*tm.Unit) error { seen(); return nil })
		return err
	})
	if most > 24<<20 {
		t.Errorf("%d MB of memory", most>>20)
	}
}

// TestReadTMX_HostileFilesAreBounded feeds one endless thing of each kind: each
// ends with an error of ours before it has used much.
func TestReadTMX_HostileFilesAreBounded(t *testing.T) {
	open := `<tmx version="1.4"><body><tu><tuv xml:lang="en">`
	tests := []struct{ name, head, unit, code string }{
		{"text", open + "<seg>", "a lot ", "exchange.unit_too_large"},
		{"codes", open + "<seg>", "<ph/>", "exchange.unit_too_large"},
		{"waiting pairs", open + "<seg>", `<bpt i="1"/>`, "exchange.unit_too_large"},
		{"properties", open, `<prop type="a"/>`, "exchange.unit_too_large"},
		{"languages", `<tmx><body><tu>`, `<tuv xml:lang="en"><seg/></tuv>`, "exchange.unit_too_large"},
		{"tag", "<tmx a='", "bbbbbbbb", "exchange.xml_too_complex"},
		{"attributes", "<tmx", ` a`, "exchange.xml_too_complex"},
		{"name", "<", "tmx", "exchange.xml_too_complex"},
		{"end tag", "<tmx></", "tmx", "exchange.xml_too_complex"},
		{"nesting", open + "<seg>", "<hi>", "exchange.xml_too_complex"},
		{"instruction", "<?", "xml ", "exchange.xml_truncated"},
		{"comment", "<tmx><!--", "- ", "exchange.xml_truncated"},
		{"cdata", open + "<seg><![CDATA[", "]]", "exchange.xml_too_complex"},
		{"declaration", "<!DOCTYPE ", "tmx ", "exchange.xml_too_complex"},
		{"entity", open + "<seg>&", "amp", "exchange.xml_entity"},
		{"notes of the header", "<tmx><header>", "<note/>", "exchange.xml_too_complex"},
		{"white space", "", " \n", "exchange.xml_truncated"},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			var before, after runtime.MemStats
			runtime.ReadMemStats(&before)
			_, err := ReadTMX(&endless{head: tt.head, unit: tt.unit, left: 40 << 20}, func(*tm.Unit) error { return nil })
			runtime.ReadMemStats(&after)
			if tm.CodeOf(err) != tt.code {
				t.Errorf("error %v, want %s", err, tt.code)
			}
			if spent := after.TotalAlloc - before.TotalAlloc; spent > 192<<20 {
				t.Errorf("%d MB allocated", spent>>20)
			}
		})
	}
}

// TestReadTMX_AllocationsPerUnit holds the readers to a few allocations: the
// unit, its string, and a map when it has properties.
func TestReadTMX_AllocationsPerUnit(t *testing.T) {
	most := map[string]float64{"pairs": 2, "stamped": 4, "coded": 6}
	for _, s := range tmxShapes {
		const units = 2000
		in := tmxOf(s, units)
		got := testing.AllocsPerRun(3, func() {
			if _, err := ReadTMX(bytes.NewReader(in), func(*tm.Unit) error { return nil }); err != nil {
				t.Fatal(err)
			}
		}) / units
		if got > most[s.name]+0.1 {
			t.Errorf("%s: %.2f allocations for a unit, want %.0f", s.name, got, most[s.name])
		}
	}
}

// TestReadTMX_UnitsOwnTheirText checks that a unit is not changed by the reading
// of later ones.
func TestReadTMX_UnitsOwnTheirText(t *testing.T) {
	in := tmxOf(tmxShapes[2], 3000)
	units, _ := readAll(t, in)
	for i, u := range units {
		if want := tmxShapes[2].unit(i); !strings.Contains(want, u.Props["tmx::attr:1:tuid"]+`"`) || !strings.HasPrefix(u.Variants[1].Content.Text, "دادگاه پروندهٔ") {
			t.Fatalf("unit %d is %+v", i, u)
		}
	}
}
