package segment

import (
	"regexp"
	"regexp/syntax"
	"slices"
	"strconv"
	"strings"
)

// write returns re as a pattern. Captures and laziness are left out, for only
// whether it matches is asked; alternatives are sorted, so that parsing finds
// the beginnings they share. (syntax.Regexp.String looks at every character of
// a class, a million for a negated one.)
func write(re *syntax.Regexp) string {
	switch re.Op {
	case syntax.OpNoMatch:
		return `[^\x00-\x{10FFFF}]`
	case syntax.OpLiteral:
		quoted := regexp.QuoteMeta(string(re.Rune))
		if re.Flags&syntax.FoldCase != 0 {
			return "(?i:" + quoted + ")"
		}
		return "(?:" + quoted + ")"
	case syntax.OpCharClass:
		return "[" + pairs(re.Rune).pattern() + "]"
	case syntax.OpAnyChar:
		return "(?s:.)"
	case syntax.OpAnyCharNotNL:
		return "."
	case syntax.OpBeginText:
		return `\A`
	case syntax.OpEndText:
		return `\z`
	case syntax.OpCapture:
		return write(re.Sub[0])
	case syntax.OpStar, syntax.OpPlus, syntax.OpQuest, syntax.OpRepeat:
		return "(?:" + write(re.Sub[0]) + ")" + times(re)
	case syntax.OpConcat:
		return strings.Join(writeAll(re.Sub), "")
	case syntax.OpAlternate:
		list := writeAll(re.Sub)
		slices.Sort(list)
		return "(?:" + strings.Join(slices.Compact(list), "|") + ")"
	}
	return ""
}

func writeAll(subs []*syntax.Regexp) []string {
	list := make([]string, len(subs))
	for i, sub := range subs {
		list[i] = write(sub)
	}
	return list
}

func times(re *syntax.Regexp) string {
	switch re.Op {
	case syntax.OpStar:
		return "*"
	case syntax.OpPlus:
		return "+"
	case syntax.OpQuest:
		return "?"
	}
	s := "{" + strconv.Itoa(re.Min) + ","
	if re.Max >= 0 {
		s += strconv.Itoa(re.Max)
	}
	return s + "}"
}
