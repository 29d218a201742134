package main

import (
	"fmt"
	"io"
	"os"
	"strings"
	"time"

	"github.com/mattn/go-isatty"
)

// bar shows how far long work has come, on a terminal; elsewhere it shows
// nothing. It is a writer that counts what passes, for io.TeeReader.
type bar struct {
	out         io.Writer // nil when there is no terminal
	name        string
	done, total int64
	drawn       time.Time
}

// barDelay keeps short work quiet, barStep slow terminals fast.
const (
	barDelay = 500 * time.Millisecond
	barStep  = 100 * time.Millisecond
	barWidth = 30
)

// progress begins a bar of total steps; 0 is unknown.
func (a *app) progress(name string, total int64) *bar {
	b := &bar{name: name, total: total, drawn: time.Now().Add(barDelay - barStep)}
	if f, ok := a.err.(*os.File); ok && isatty.IsTerminal(f.Fd()) {
		b.out = f
	}
	return b
}

func (b *bar) Write(p []byte) (int, error) {
	b.set(b.done + int64(len(p)))
	return len(p), nil
}

func (b *bar) set(done int64) {
	b.done = done
	if b.out == nil || b.total <= 0 || time.Since(b.drawn) < barStep {
		return
	}
	b.drawn = time.Now()
	part := min(int(barWidth*b.done/b.total), barWidth)
	fmt.Fprintf(b.out, "\r%s [%s%s] %d%%", b.name, strings.Repeat("#", part), strings.Repeat(".", barWidth-part),
		min(100*b.done/b.total, 100))
}

// end takes the bar away.
func (b *bar) end() {
	if b.out != nil {
		fmt.Fprint(b.out, "\r\x1b[K")
	}
}
