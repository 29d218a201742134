package qa

import (
	"unicode/utf8"

	"tarjoman/tm"
)

// Bounds of the length check: a target is suspicious when it has less than
// shortest or more than longest percent of the characters of its source.
// Sources up to brief characters may be anything.
const (
	shortest = 35
	longest  = 250
	brief    = 20
)

// length reports a target much shorter or longer than its source. Args percent.
func length(p *Pair) []tm.Issue {
	source, target := utf8.RuneCountInString(p.Source.Text), utf8.RuneCountInString(p.Target.Text)
	if source <= brief && target <= brief || source == 0 {
		return nil
	}
	percent := target * 100 / source
	if shortest <= percent && percent <= longest || percent > longest && source <= brief && target <= 3*brief {
		return nil
	}
	return []tm.Issue{{Side: tm.TargetSide, From: 0, To: len(p.Target.Text), Args: map[string]any{"percent": percent}}}
}
