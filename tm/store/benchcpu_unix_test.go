//go:build unix

package store_test

import (
	"syscall"
	"time"
)

// cpuTime is the processor time of this process, the engine's included.
func cpuTime() time.Duration {
	var r syscall.Rusage
	if err := syscall.Getrusage(syscall.RUSAGE_SELF, &r); err != nil {
		panic(err)
	}
	return time.Duration(r.Utime.Nano() + r.Stime.Nano())
}
