package memory

import "tarjoman/tm"

// A load is a Load under way.
type load struct {
	touched map[tm.UnitID]bool   // put or deleted meanwhile
	dropped map[tm.MemoryID]bool // memories removed meanwhile
}
