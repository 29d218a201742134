//go:build !unix

package tmtest

import "time"

var start = time.Now()

// CPU returns how long this process has run: more than the processor time it
// spent, which cannot be had here.
func CPU() time.Duration { return time.Since(start) }
