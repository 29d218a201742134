//go:build !unix

package main

import (
	"errors"
	"math"
)

// errLocked tells that another process holds a lock.
var errLocked = errors.New("locked")

// lock does nothing here: two servers on one folder are not told apart.
func lock(string) (unlock func(), err error) { return func() {}, nil }

// freeSpace is not known here.
func freeSpace(string) (int64, error) { return math.MaxInt64, nil }
