package web

import (
	"encoding/json"
	"fmt"
	"strings"

	"tarjoman/locales"
	"tarjoman/tm/workbench"
)

// DetailOf is what a line of the log says besides, in words: the log keeps codes
// and facts. A detail that cannot be read is shown as it is.
func (p activityPage) DetailOf(row workbench.AuditRow) string {
	switch {
	case row.Action == "member.set":
		return p.word("role.", row.Detail)
	case row.Action == "segment.override":
		return p.overridden(row.Detail)
	case row.Action == "term.exchange":
		return p.exchanged(row.Detail)
	case row.Action == "units.undo":
		return "" // the line that is taken back says what it was
	case strings.HasPrefix(row.Action, "units."):
		return p.unitsChanged(strings.TrimPrefix(row.Action, "units."), row.Detail)
	}
	return p.Clean(row.Detail)
}

// overridden names the checks that an approval went past, and says why:
// "glossary_forbidden: the foundation writes it so".
func (p activityPage) overridden(detail string) string {
	codes, reason, found := strings.Cut(detail, ": ")
	if !found {
		return p.Clean(detail)
	}
	var names []string
	for _, code := range strings.Fields(codes) {
		names = append(names, p.word("check.", code))
	}
	return strings.Join(names, " · ") + " — " + locales.Isolate(p.Clean(reason))
}

// exchanged says which form became which, and how often: "چراغ دریایی → فانوس دریایی: 2 + 0".
func (p activityPage) exchanged(detail string) string {
	var segments, units int
	at := strings.LastIndex(detail, ": ")
	if at < 0 {
		return p.Clean(detail)
	}
	if _, err := fmt.Sscanf(detail[at:], ": %d + %d", &segments, &units); err != nil {
		return p.Clean(detail)
	}
	before, after, _ := strings.Cut(detail[:at], " → ")
	return p.T("activity.exchanged", "old", p.Clean(before), "new", p.Clean(after),
		"segments", p.N("exchange.segments", segments), "units", p.N("exchange.units", units))
}

// unitsChanged says what a change of many units was about, as the list of the
// changes of a memory does.
func (p activityPage) unitsChanged(kind, detail string) string {
	var c workbench.UnitChanged
	if err := json.Unmarshal([]byte(detail), &c.Facts); err != nil {
		return p.Clean(detail)
	}
	if len(c.Facts) == 0 {
		return ""
	}
	c.Kind = kind
	return unitChangesPage{page: p.page}.What(c)
}
