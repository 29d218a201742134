package tmtest

import (
	"crypto/sha256"
	"testing"
	"time"
)

func TestCPU_GrowsWithWorkNotWithWaiting(t *testing.T) {
	start := CPU()
	time.Sleep(300 * time.Millisecond)
	waited := CPU() - start
	buf := make([]byte, 1<<20)
	for range 300 {
		sum := sha256.Sum256(buf)
		copy(buf, sum[:])
	}
	if worked := CPU() - start - waited; worked <= waited {
		t.Errorf("work took %v, waiting %v", worked, waited)
	}
}
