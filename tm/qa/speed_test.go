package qa

import (
	"crypto/sha256"
	"testing"
	"time"
)

// newsPair is a segment of the length of many in the news.
var newsPair = enFa("When the second flood reached the lower town, the mayor wrote to the villages nearby and asked them to take in 30,000 people, as they had done in 1988.",
	"هنگامی که سیل دوم به پایین‌شهر رسید، شهردار به روستاهای همسایه نامه نوشت و «فوری» از آنان خواست ۳۰٬۰۰۰ نفر را پناه دهند، چنان‌که در سال ۱۹۸۸ (۱۳۶۷) کرده بودند.")

// BenchmarkRun measures all checks of one segment. The metric "of-reference"
// compares it with a fixed piece of work done in the same moment, so that runs
// on a busy machine can be compared: 1 is about 0.3 ms on an idle core.
func BenchmarkRun(b *testing.B) {
	buf := make([]byte, 1<<16)
	var reference, checks time.Duration
	for b.Loop() {
		start := time.Now()
		for range 8 {
			sum := sha256.Sum256(buf)
			copy(buf, sum[:])
		}
		middle := time.Now()
		if issues := Run(newsPair); len(issues) > 0 {
			b.Fatal(issues)
		}
		reference += middle.Sub(start)
		checks += time.Since(middle)
	}
	b.ReportMetric(float64(checks)/float64(reference), "of-reference")
	b.ReportMetric(float64(checks)/float64(b.N), "ns/check")
}
