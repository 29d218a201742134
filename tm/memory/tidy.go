package memory

import (
	"runtime"
	"runtime/metrics"
)

// tidy collects the garbage when much was left by a step on the way to a large
// segment: by itself the heap would grow to twice of what is in use first. It
// does not where that would take long, because the program holds much that has
// to be looked through.
func tidy(left int) {
	if left >= muchGarbage && toScan() < muchToScan {
		runtime.GC()
	}
}

const (
	muchGarbage = 8 << 20
	muchToScan  = 32 << 20 // takes about 20 ms
)

// toScan returns how many bytes of the heap may hold pointers.
func toScan() uint64 {
	sample := []metrics.Sample{{Name: "/gc/scan/heap:bytes"}}
	metrics.Read(sample)
	if sample[0].Value.Kind() != metrics.KindUint64 {
		return muchToScan
	}
	return sample[0].Value.Uint64()
}
