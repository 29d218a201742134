package exchange

import (
	"bytes"
	"encoding/xml"
	"fmt"
	"io"
	"strings"
	"syscall"
	"testing"
	"time"

	"tarjoman/tm"
)

// A tmxShape is a kind of file: what stands in each unit.
type tmxShape struct {
	name string
	unit func(i int) string
}

var tmxShapes = []tmxShape{
	{"pairs", func(i int) string { // 350 bytes
		return fmt.Sprintf("<tu>\n<tuv xml:lang=\"en\"><seg>The court will hear the case of the %d fishermen on Monday, its clerk told reporters.</seg></tuv>\n"+
			"<tuv xml:lang=\"fa\"><seg>منشی دادگاه به خبرنگاران گفت دادگاه روز دوشنبه به پروندهٔ %d ماهیگیر رسیدگی می\u200cکند.</seg></tuv>\n</tu>\n", i, i)
	}},
	{"stamped", func(i int) string { // who and when, as most tools write
		return fmt.Sprintf("    <tu creationdate=\"202401%02dT%02d3405Z\" creationid=\"sara\" changedate=\"20240506T%02d0809Z\" changeid=\"omid\">\r\n"+
			"      <tuv xml:lang=\"en\">\r\n        <seg>The court will hear the case of %d on Monday.</seg>\r\n      </tuv>\r\n"+
			"      <tuv xml:lang=\"fa\">\r\n        <seg>دادگاه روز دوشنبه به پروندهٔ %d رسیدگی می\u200cکند.</seg>\r\n      </tuv>\r\n    </tu>\r\n", 1+i%28, i%24, i%24, i, i)
	}},
	{"coded", func(i int) string { // an id, properties, entities and codes
		return fmt.Sprintf("<tu tuid=\"u%d\" creationdate=\"20240102T030405Z\"><prop type=\"Domain\">law &amp; order</prop>"+
			"<tuv xml:lang=\"en-US\"><seg>The <bpt i=\"1\" type=\"bold\">&lt;b&gt;</bpt>court<ept i=\"1\">&lt;/b&gt;</ept> will hear case %d<ph x=\"2\"/> &amp; rule.</seg></tuv>"+
			"<tuv xml:lang=\"fa-IR\"><seg><bpt i=\"1\" type=\"bold\">&lt;b&gt;</bpt>دادگاه<ept i=\"1\">&lt;/b&gt;</ept> پروندهٔ %d<ph x=\"2\"/> را رسیدگی می\u200cکند.</seg></tuv></tu>\n", i, i, i)
	}},
}

const benchUnits = 20_000

// tmxOf returns a file of units of the shape.
func tmxOf(s tmxShape, units int) []byte {
	var b strings.Builder
	for i := range units {
		b.WriteString(s.unit(i))
	}
	return tmx(b.String())
}

// reportCPU gives a benchmark its figures in processor time: the machine may be
// busy with other work.
func reportCPU(b *testing.B, bytes, units int, run func()) {
	b.ReportAllocs()
	start, n := processorTime(b), 0
	for b.Loop() {
		run()
		n++
	}
	spent := (processorTime(b) - start).Seconds()
	b.ReportMetric(float64(bytes)*float64(n)/spent/1e6, "MB/cpu-s")
	b.ReportMetric(float64(units)*float64(n)/spent, "units/cpu-s")
}

func processorTime(t testing.TB) time.Duration {
	t.Helper()
	var u syscall.Rusage
	if err := syscall.Getrusage(syscall.RUSAGE_SELF, &u); err != nil {
		t.Fatal(err)
	}
	return time.Duration(u.Utime.Nano() + u.Stime.Nano())
}

func BenchmarkReadTMX(b *testing.B) {
	for _, s := range tmxShapes {
		in := tmxOf(s, benchUnits)
		b.Run(s.name, func(b *testing.B) {
			reportCPU(b, len(in), benchUnits, func() {
				if _, err := ReadTMX(bytes.NewReader(in), func(*tm.Unit) error { return nil }); err != nil {
					b.Fatal(err)
				}
			})
		})
	}
}

// BenchmarkScanTMX is the scanner alone, all tokens checked and decoded.
func BenchmarkScanTMX(b *testing.B) {
	for _, s := range tmxShapes {
		in := tmxOf(s, benchUnits)
		b.Run(s.name, func(b *testing.B) {
			reportCPU(b, len(in), benchUnits, func() {
				r, err := decodeXML(bytes.NewReader(in))
				if err != nil {
					b.Fatal(err)
				}
				x := newXMLScanner(r)
				for err == nil {
					_, err = x.next()
				}
				if err != io.EOF {
					b.Fatal(err)
				}
			})
		})
	}
}

// BenchmarkReadTMXEncodingXML is what the standard library needs for the same
// files: tokens only, and units decoded into structures.
func BenchmarkReadTMXEncodingXML(b *testing.B) {
	for _, s := range tmxShapes {
		in := tmxOf(s, benchUnits)
		b.Run(s.name+"/RawToken", func(b *testing.B) {
			reportCPU(b, len(in), benchUnits, func() { rawTokens(b, in) })
		})
		b.Run(s.name+"/DecodeElement", func(b *testing.B) {
			reportCPU(b, len(in), benchUnits, func() { decodeElements(b, in) })
		})
	}
}

func rawTokens(b *testing.B, in []byte) {
	d := xml.NewDecoder(bytes.NewReader(in))
	for {
		_, err := d.RawToken()
		if err == io.EOF {
			return
		}
		if err != nil {
			b.Fatal(err)
		}
	}
}

func decodeElements(b *testing.B, in []byte) {
	type tuv struct {
		Lang string `xml:"lang,attr"`
		Seg  struct {
			Inner string `xml:",innerxml"`
		} `xml:"seg"`
	}
	d := xml.NewDecoder(bytes.NewReader(in))
	for {
		tok, err := d.Token()
		if err == io.EOF {
			return
		}
		if start, ok := tok.(xml.StartElement); ok && start.Name.Local == "tu" {
			var tu struct {
				Variants []tuv `xml:"tuv"`
			}
			err = d.DecodeElement(&tu, &start)
		}
		if err != nil {
			b.Fatal(err)
		}
	}
}

func BenchmarkWriteTMX(b *testing.B) {
	for _, s := range tmxShapes {
		units, h := readAll(b, tmxOf(s, benchUnits))
		b.Run(s.name, func(b *testing.B) {
			size := len(write(b, h, units))
			reportCPU(b, size, benchUnits, func() {
				if err := WriteTMX(io.Discard, h, seq(units)); err != nil {
					b.Fatal(err)
				}
			})
		})
	}
}
