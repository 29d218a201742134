//go:build linux

package peers

import (
	"math"
	"slices"
	"time"

	"golang.org/x/sys/unix"
)

// threadTime is the processor time of this thread; the caller has locked its
// goroutine to it.
func threadTime() time.Duration { return clock(unix.CLOCK_THREAD_CPUTIME_ID) }

// processTime is that of all threads of this process.
func processTime() time.Duration { return clock(unix.CLOCK_PROCESS_CPUTIME_ID) }

func clock(id int32) time.Duration {
	var t unix.Timespec
	if err := unix.ClockGettime(id, &t); err != nil {
		panic(err)
	}
	return time.Duration(t.Nano())
}

// timed returns the thread's time for a call.
func timed(call func()) time.Duration {
	start := threadTime()
	call()
	return threadTime() - start
}

// times are the processor times of queries, in their order.
type times []time.Duration

func (t times) mean() time.Duration {
	sum := time.Duration(0)
	for _, d := range t {
		sum += d
	}
	return sum / time.Duration(max(1, len(t)))
}

// percentile returns the smallest time that p percent of the queries do not
// exceed.
func (t times) percentile(p float64) time.Duration {
	if len(t) == 0 {
		return 0
	}
	sorted := slices.Sorted(slices.Values(t))
	return sorted[int(math.Ceil(p/100*float64(len(t))))-1]
}
