package qa

import (
	"crypto/sha256"
	"slices"
	"testing"
	"time"
)

// newsPair is a segment of the length of many in the news.
var newsPair = enFa("When the second flood reached the lower town, the mayor wrote to the villages nearby and asked them to take in 30,000 people, as they had done in 1988.",
	"هنگامی که سیل دوم به پایین‌شهر رسید، شهردار به روستاهای همسایه نامه نوشت و «فوری» از آنان خواست ۳۰٬۰۰۰ نفر را پناه دهند، چنان‌که در سال ۱۹۸۸ (۱۳۶۷) کرده بودند.")

// BenchmarkRun measures all checks of one segment. "of-reference" compares the
// median with that of a fixed piece of work done in the same moments, so that
// runs on a busy machine can be compared.
func BenchmarkRun(b *testing.B) {
	buf := make([]byte, 1<<16)
	var reference, checks []time.Duration
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
		reference, checks = append(reference, middle.Sub(start)), append(checks, time.Since(middle))
	}
	b.ReportMetric(float64(median(checks))/float64(median(reference)), "of-reference")
	b.ReportMetric(float64(median(checks)), "ns/check")
}

func median(list []time.Duration) time.Duration {
	slices.Sort(list)
	return list[len(list)/2]
}
