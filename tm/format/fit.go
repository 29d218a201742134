package format

import (
	"unicode/utf8"

	"tarjoman/tm"
)

// Fit makes an answer safe to write in the place of original: it drops codes
// original does not have, codes used twice, halves of a pair, pairs the wrong
// way round, pairs that cross another pair, and codes out of order or inside a
// character. Text is never changed.
func Fit(original, answer tm.Content) tm.Content {
	if len(answer.Codes) == 0 {
		return answer
	}
	known := map[tm.Code]bool{}
	for _, c := range original.Codes {
		known[identity(c)] = true
	}
	keep := make([]bool, len(answer.Codes))
	var open []int
	at := 0
	for i, c := range answer.Codes {
		if !known[identity(c)] || c.Pos < at || !isBoundary(answer.Text, c.Pos) {
			continue
		}
		known[identity(c)] = false
		at = c.Pos
		switch c.Kind {
		case tm.Alone:
			keep[i] = true
		case tm.Open:
			open = append(open, i)
		case tm.Close:
			open = closeCode(answer.Codes, open, i, keep)
		}
	}
	return tm.Content{Text: answer.Text, Codes: kept(answer.Codes, keep)}
}

func isBoundary(s string, pos int) bool {
	return pos == len(s) || pos < len(s) && utf8.RuneStart(s[pos])
}

// closeCode ends the pair of the Close i. Pairs opened inside it and still open
// would cross it, so they are given up.
func closeCode(codes []tm.Code, open []int, i int, keep []bool) []int {
	for j := len(open) - 1; j >= 0; j-- {
		if codes[open[j]].ID == codes[i].ID {
			keep[open[j]], keep[i] = true, true
			return open[:j]
		}
	}
	return open
}

func identity(c tm.Code) tm.Code { return tm.Code{Kind: c.Kind, ID: c.ID} }

func kept(codes []tm.Code, keep []bool) []tm.Code {
	var out []tm.Code
	for i, c := range codes {
		if keep[i] {
			out = append(out, c)
		}
	}
	return out
}
