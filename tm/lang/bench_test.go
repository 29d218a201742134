//go:build unix

package lang

import (
	"syscall"
	"testing"
	"time"
)

// news is a sentence of the usual length in each language, and one is the
// translation of the other.
var news = map[string]string{
	"en": "The commission, which met in Geneva on 9 November 2019, said that at least 1,200 of the 2.5 million people who had fled “had no way back” and called on the government to act.",
	"fa": "این کمیسیون که ۱۸ آبان ۱۳۹۸ در ژنو تشکیل جلسه داد، گفت دست‌کم ۱٬۲۰۰ نفر از دو و نیم میلیون نفری که گریخته‌اند «هیچ راه بازگشتی ندارند» و دولت را به اقدام در بارهٔ آنان فرا خواند.",
}

// cpuTime is what the whole process has used, the garbage collector too. On a
// busy machine it says more than the clock on the wall.
func cpuTime() time.Duration {
	var u syscall.Rusage
	if err := syscall.Getrusage(syscall.RUSAGE_SELF, &u); err != nil {
		return 0
	}
	return time.Duration(u.Utime.Nano() + u.Stime.Nano())
}

// measure runs f as a benchmark and reports the CPU time, and MB/s of it when
// size is given.
func measure(b *testing.B, size int, f func()) {
	b.ReportAllocs()
	start := cpuTime()
	for b.Loop() {
		f()
	}
	each := float64(cpuTime()-start) / float64(b.N)
	b.ReportMetric(each, "cpu-ns/op")
	if size > 0 {
		b.ReportMetric(float64(size)/each*1000, "cpu-MB/s")
	}
}

// each runs f on the news of each language as a benchmark.
func each(b *testing.B, f func(p *Profile, text string)) {
	for tag, text := range news {
		p := profile(tag)
		b.Run(tag, func(b *testing.B) { measure(b, len(text), func() { f(p, text) }) })
	}
}

// The goal is 50 MB/s for keys and for folding.
func BenchmarkKeys(b *testing.B) {
	each(b, func(p *Profile, text string) { p.Keys(text) })
}

func BenchmarkAppendKey(b *testing.B) {
	var buf []byte
	each(b, func(p *Profile, text string) { buf = p.AppendKey(buf[:0], text) })
}

func BenchmarkFoldString(b *testing.B) {
	each(b, func(p *Profile, text string) { p.FoldString(text) })
}

func BenchmarkFold(b *testing.B) {
	each(b, func(p *Profile, text string) { p.Fold(text) })
}

func BenchmarkNumbers(b *testing.B) {
	each(b, func(p *Profile, text string) { p.Numbers(text) })
}

// The goal is 60 µs for a sentence pair.
func BenchmarkCompareNumbers(b *testing.B) {
	en, fa := profile("en"), profile("fa")
	measure(b, 0, func() { CompareNumbers(en, news["en"], fa, news["fa"]) })
}
