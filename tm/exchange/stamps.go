package exchange

import (
	"time"

	"tarjoman/tm"
)

// stamps are the dates and names of a tu or tuv.
type stamps struct {
	created, changed     time.Time
	createdBy, changedBy string
}

// take reads the attribute when it is a stamp we understand.
func (s *stamps) take(a xmlAttr, w *words) bool {
	ok := true
	switch a.name {
	case "creationdate":
		s.created, ok = parseTime(a.raw)
	case "changedate":
		s.changed, ok = parseTime(a.raw)
	case "creationid":
		s.createdBy = w.of(a.raw)
	case "changeid":
		s.changedBy = w.of(a.raw)
	default:
		ok = false
	}
	return ok
}

// merge takes over the stamps of another variant: the first creation, the last
// change and its author.
func (s *stamps) merge(o *stamps) {
	if s.created.IsZero() || !o.created.IsZero() && o.created.Before(s.created) {
		s.created = o.created
	}
	if s.createdBy == "" || o.when().After(s.when()) && o.createdBy != "" {
		s.createdBy = o.createdBy
	}
	if s.changedBy == "" || o.changed.After(s.changed) && o.changedBy != "" {
		s.changedBy = o.changedBy
	}
	if o.changed.After(s.changed) {
		s.changed = o.changed
	}
}

func (s *stamps) when() time.Time {
	if s.changed.IsZero() {
		return s.created
	}
	return s.changed
}

// fill takes from o what s lacks: the tu speaks before its variants.
func (s *stamps) fill(o *stamps) {
	if s.created.IsZero() {
		s.created = o.created
	}
	if s.changed.IsZero() {
		s.changed = o.changed
	}
	if s.createdBy == "" {
		s.createdBy = o.createdBy
	}
	if s.changedBy == "" {
		s.changedBy = o.changedBy
	}
}

// apply puts the stamps into the unit. The author is who changed it last.
func (s *stamps) apply(u *tm.Unit) {
	u.Origin.Created, u.Origin.Changed = s.created, s.changed
	u.Origin.Author = s.changedBy
	if s.changedBy == "" {
		u.Origin.Author = s.createdBy
	}
	switch s.createdBy { // WinAlign and MateCat sign so
	case "ALIGN!":
		u.Origin.Kind = tm.Aligned
	case "MT!":
		u.Origin.Kind = tm.Machine
	}
}

var creatorKey = propKey("", attrProp, 1, "creationid")

// keepCreator keeps a creator who is not the author as a property.
func (s *stamps) keepCreator(props *propSet) {
	if s.changedBy != "" && s.createdBy != "" && s.createdBy != s.changedBy {
		props.count++
		props.set(creatorKey, s.createdBy)
	}
}
