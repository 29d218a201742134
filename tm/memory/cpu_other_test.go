//go:build !linux

package memory

import "time"

var start = time.Now()

// threadTime is the time of the clock, where that of the thread cannot be had.
func threadTime() time.Duration { return time.Since(start) }

func processTime() time.Duration { return time.Since(start) }
