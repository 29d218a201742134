// Package tmtest helps tests of other packages; nothing else imports it.
package tmtest

import (
	"runtime"
	"runtime/metrics"
	"time"
)

// CPU returns about how much processor time this process has spent so far in Go
// code of its own. Tests that look for work without bounds compare it instead
// of the clock on the wall, which a busy machine makes wrong.
func CPU() time.Duration {
	runtime.GC() // brings the figures up to date
	samples := []metrics.Sample{{Name: "/cpu/classes/user:cpu-seconds"}}
	metrics.Read(samples)
	return time.Duration(samples[0].Value.Float64() * float64(time.Second))
}
