//go:build unix

package tmtest

import (
	"syscall"
	"time"
)

// CPU returns how much processor time this process has spent so far, as the
// system counts it. Tests that look for work without bounds compare it instead
// of the clock on the wall, which a busy machine makes wrong. The runtime's own
// figures would not do: they count the time a thread waits for a processor.
func CPU() time.Duration {
	var use syscall.Rusage
	if err := syscall.Getrusage(syscall.RUSAGE_SELF, &use); err != nil {
		panic(err) // it is asked for itself
	}
	return time.Duration(use.Utime.Nano() + use.Stime.Nano())
}
