//go:build unix

package segment

import (
	"strings"
	"syscall"
	"testing"
	"time"

	uax "github.com/clipperhouse/uax29/v2/sentences"
	"golang.org/x/text/language"
)

// cpuTime is what the whole process has used. On a busy machine it says more
// than the clock on the wall.
func cpuTime() time.Duration {
	var u syscall.Rusage
	if err := syscall.Getrusage(syscall.RUSAGE_SELF, &u); err != nil {
		return 0
	}
	return time.Duration(u.Utime.Nano() + u.Stime.Nano())
}

// speed returns MB/s of CPU time of f, which goes over size bytes.
func speed(size int, f func()) float64 {
	start, n := cpuTime(), 0
	for n == 0 || cpuTime()-start < 200*time.Millisecond {
		f()
		n++
	}
	return float64(size*n) / (cpuTime() - start).Seconds() / 1e6
}

// The goal is 5 MB/s, better 20, in every language.
func BenchmarkSplit(b *testing.B) {
	for lang, text := range sentencesOf {
		b.Run(lang, func(b *testing.B) {
			rules := For(language.Make(lang))
			long := strings.Repeat(text+"\n", 1<<20/len(text))
			start := cpuTime()
			for b.Loop() {
				rules.SplitText(long)
			}
			b.ReportMetric(float64(len(long)*b.N)/(cpuTime()-start).Seconds()/1e6, "cpu-MB/s")
		})
	}
}

// BenchmarkSplit_Ratios compares with others in one run: sentences by UAX #29,
// which knows no abbreviations, and SRX rules run the plain way.
func BenchmarkSplit_Ratios(b *testing.B) {
	for _, lang := range []string{"en", "fa"} {
		b.Run(lang, func(b *testing.B) {
			text := sentencesOf[lang]
			long := strings.Repeat(text, 1<<18/len(text))
			rules, plain := For(language.Make(lang)), newPlainEngine(b, lang)
			var ours, uax29, srx float64
			for b.Loop() {
				ours = speed(len(long), func() { rules.SplitText(long) })
				uax29 = speed(len(long), func() {
					for it := uax.FromString(long); it.Next(); {
					}
				})
				srx = speed(len(text), func() { plain.breaks([]rune(text)) })
			}
			b.ReportMetric(ours, "cpu-MB/s")
			b.ReportMetric(ours/uax29, "x-uax29")
			b.ReportMetric(ours/srx, "x-plain-srx")
		})
	}
}
