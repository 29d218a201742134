package memory

import (
	"bufio"
	"encoding/binary"
	"errors"
	"fmt"
	"hash/crc32"
	"io"

	"tarjoman/tm/lang"

	"golang.org/x/text/language"
)

// The file of a saved table: magic, probe, and then numbers and lists of
// numbers as Save writes them, all little endian, and a checksum of it all.
const magic = "tarjoman memory 2\n"

// errDamaged is what every inconsistency of a saved table is.
var errDamaged = errors.New("the saved index is damaged")

// probe returns a number that changes when texts are read in another way than
// before: then a saved index would not find what it should.
func probe() uint64 {
	sum := uint64(0)
	for _, tag := range []string{"en", "fa", "ar", "de", "ja", "und"} {
		p := lang.For(language.MustParse(tag))
		text := "Don't (stop): 1,234.5 «کتاب\u200cهای ۱۲٬۰۰۰ خانه‌ی كهنه» — naïve ﷼ 東京へ ISO-9001…"
		r, s := parser{seed: sum}, side{}
		r.side(&s, p, text)
		sum ^= s.sense + s.bare.sense + uint64(s.spelling)
		for _, w := range append(r.words(), s.values...) {
			sum = hash(sum, w)
		}
	}
	return sum
}

var table32 = crc32.MakeTable(crc32.Castagnoli)

// A fileWriter writes numbers; the first error stays.
type fileWriter struct {
	out *bufio.Writer
	sum uint32
	err error
	buf []byte
}

func newFileWriter(w io.Writer) *fileWriter {
	return &fileWriter{out: bufio.NewWriterSize(w, 1<<16), buf: make([]byte, 0, 1<<16)}
}

func (w *fileWriter) raw(b []byte) {
	if w.err == nil {
		w.sum = crc32.Update(w.sum, table32, b)
		_, w.err = w.out.Write(b)
	}
}

func (w *fileWriter) number(n uint64) { w.raw(binary.LittleEndian.AppendUint64(nil, n)) }

func (w *fileWriter) text(s string) {
	w.number(uint64(len(s)))
	w.raw([]byte(s))
}

// A word is what lists of a file hold.
type word interface {
	~uint8 | ~uint16 | ~uint32 | ~uint64 | ~int64
}

func put[T word](w *fileWriter, list []T) {
	w.number(uint64(len(list)))
	size := sizeOf[T]()
	for len(list) > 0 {
		n := min(len(list), cap(w.buf)/size)
		b := w.buf[:n*size]
		for i, v := range list[:n] {
			switch size {
			case 1:
				b[i] = byte(v)
			case 2:
				binary.LittleEndian.PutUint16(b[2*i:], uint16(v))
			case 4:
				binary.LittleEndian.PutUint32(b[4*i:], uint32(v))
			default:
				binary.LittleEndian.PutUint64(b[8*i:], uint64(v))
			}
		}
		w.raw(b)
		list = list[n:]
	}
}

func sizeOf[T word]() int { return binary.Size(T(0)) }

func (w *fileWriter) close() error {
	w.number(uint64(w.sum))
	if w.err == nil {
		w.err = w.out.Flush()
	}
	return w.err
}

// A fileReader reads what a fileWriter wrote; the first error stays, and what
// is read after it is empty.
type fileReader struct {
	in  io.Reader
	sum uint32
	err error
	buf []byte
}

func newFileReader(r io.Reader) *fileReader { return &fileReader{in: r, buf: make([]byte, 1<<16)} }

func (r *fileReader) raw(b []byte) []byte {
	if r.err == nil {
		if _, err := io.ReadFull(r.in, b); err != nil {
			r.err = fmt.Errorf("read the saved index: %w", err)
		}
	}
	if r.err != nil {
		clear(b)
		return b
	}
	r.sum = crc32.Update(r.sum, table32, b)
	return b
}

func (r *fileReader) number() uint64 { return binary.LittleEndian.Uint64(r.raw(make([]byte, 8))) }

// count reads the length of a list.
func (r *fileReader) count() int {
	n := r.number()
	if n > 1<<32 {
		r.fail()
		return 0
	}
	return int(n)
}

func (r *fileReader) fail() {
	if r.err == nil {
		r.err = errDamaged
	}
}

func (r *fileReader) text() string { return string(get[byte](r)) }

// get reads a list. Room is made as the numbers come, so that a false length
// costs nothing.
func get[T word](r *fileReader) []T {
	n, size := r.count(), sizeOf[T]()
	if n == 0 {
		return nil
	}
	list := make([]T, 0, min(n, 64<<20/size))
	for len(list) < n && r.err == nil {
		b := r.raw(r.buf[:min(len(r.buf), (n-len(list))*size)])
		if r.err != nil {
			return nil
		}
		if more := len(b) / size; cap(list) < len(list)+more {
			list = append(make([]T, 0, min(n, 2*cap(list))), list...)
		}
		list = decode(list, b, size)
	}
	return list
}

// decode appends the numbers in b, eight bytes at a time.
func decode[T word](list []T, b []byte, size int) []T {
	from := len(list)
	list = list[:from+len(b)/size]
	out, n := list[from:], 8/size
	for ; len(b) >= 8 && len(out) >= n; b, out = b[8:], out[n:] {
		x := binary.LittleEndian.Uint64(b)
		switch size {
		case 1:
			_ = out[7]
			out[0], out[1], out[2], out[3] = T(x), T(x>>8), T(x>>16), T(x>>24)
			out[4], out[5], out[6], out[7] = T(x>>32), T(x>>40), T(x>>48), T(x>>56)
		case 2:
			_ = out[3]
			out[0], out[1], out[2], out[3] = T(x), T(x>>16), T(x>>32), T(x>>48)
		case 4:
			_ = out[1]
			out[0], out[1] = T(x), T(x>>32)
		default:
			out[0] = T(x)
		}
	}
	for i := range out { // fewer than eight bytes are left
		var x uint64
		for k := range size {
			x |= uint64(b[i*size+k]) << (8 * k)
		}
		out[i] = T(x)
	}
	return list
}

// close compares the checksum.
func (r *fileReader) close() error {
	sum := r.sum
	if r.number() != uint64(sum) {
		r.fail()
	}
	return r.err
}
