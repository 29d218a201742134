package exchange

import (
	"errors"
	"fmt"
	"io"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"tarjoman/tm"
)

// TestReadUnits_PiecesDoNotMatter reads tables at once and byte by byte, where
// no line is ever in the buffer as a whole: rows, errors and their places are
// the same.
func TestReadUnits_PiecesDoNotMatter(t *testing.T) {
	rows := []string{"a\tآ", "a\tآ\r", "\r", "", "  ", "\t", "one", "a\tآ\tx", "\"a\tآ\"", "\"a\"\"b\"\tآ", "\"a\nb\"\tآ", "'=1\t'-۵", strings.Repeat("\t", maxColumns), strings.Repeat("\t", maxColumns-1)}
	readers := map[string]func(io.Reader, func(*tm.Unit) error) error{
		"tsv": func(r io.Reader, yield func(*tm.Unit) error) error { return ReadUnitsTSV(r, en, fa, yield) },
		"csv": func(r io.Reader, yield func(*tm.Unit) error) error { return ReadUnitsCSV(r, en, fa, yield) },
	}
	for name, read := range readers {
		for _, x := range rows {
			for _, y := range rows {
				in := "source\ttarget\n" + x + "\n" + y + "\nb\tب"
				var got, want []*tm.Unit
				gotErr := read(strings.NewReader(in), func(u *tm.Unit) error { got = append(got, u); return nil })
				wantErr := read(oneByOne{strings.NewReader(in)}, func(u *tm.Unit) error { want = append(want, u); return nil })
				if d := cmp.Diff(want, got, tags); d != "" || fmt.Sprint(gotErr) != fmt.Sprint(wantErr) {
					t.Errorf("%s %q: %v, want %v %s", name, in, gotErr, wantErr, d)
				}
			}
		}
	}
}

func TestReadUnitsTSV_YieldErrorStops(t *testing.T) {
	stop := errors.New("enough")
	n := 0
	if err := ReadUnitsTSV(strings.NewReader("source\ttarget\na\tآ\nb\tب\n"), en, fa, func(*tm.Unit) error { n++; return stop }); err != stop || n != 1 {
		t.Errorf("error %v after %d units", err, n)
	}
}

func TestReadUnitsTSV_MemoryIsBounded(t *testing.T) {
	in := &endless{unit: "The court will hear the case.\tدادگاه به پرونده رسیدگی می\u200cکند.\n", left: 40 << 20}
	most := mostMemory(t, func(seen func()) error {
		return ReadUnitsTSV(in, en, fa, func(*tm.Unit) error { seen(); return nil })
	})
	if most > 24<<20 {
		t.Errorf("%d MB of memory", most>>20)
	}
}

func BenchmarkReadUnits(b *testing.B) {
	var t strings.Builder
	for i := range benchUnits {
		fmt.Fprintf(&t, "The court will hear the case of the %d fishermen on Monday, its clerk told reporters.\tمنشی دادگاه به خبرنگاران گفت دادگاه روز دوشنبه به پروندهٔ %d ماهیگیر رسیدگی می\u200cکند.\n", i, i)
	}
	in := t.String()
	b.Run("tsv", func(b *testing.B) {
		reportCPU(b, len(in), benchUnits, func() {
			if err := ReadUnitsTSV(strings.NewReader(in), en, fa, func(*tm.Unit) error { return nil }); err != nil {
				b.Fatal(err)
			}
		})
	})
	b.Run("csv", func(b *testing.B) {
		reportCPU(b, len(in), benchUnits, func() {
			if err := ReadUnitsCSV(strings.NewReader(in), en, fa, func(*tm.Unit) error { return nil }); err != nil {
				b.Fatal(err)
			}
		})
	})
}
