package qa

import (
	"cmp"
	"slices"

	"golang.org/x/text/language"

	"tarjoman/tm"
)

// A Pair is a source with its translation. It remembers what checks found out
// about it, so its texts must not change once a check has seen it.
type Pair struct {
	Source, Target         tm.Content
	SourceLang, TargetLang language.Tag

	typed      bool // typography was looked at
	typography []tm.Issue
}

// A Check finds one kind of issue. Its ID is the code of its issues, Severity
// what they weigh. Run gets a pair whose target is not empty, unless the check
// is empty_target itself.
type Check struct {
	ID       string
	Severity tm.Severity
	Run      func(*Pair) []tm.Issue
}

// checks is the table of all checks; typographic ones follow in Checks.
var checks = []Check{
	{"empty_target", tm.SeverityError, emptyTarget},
	{"same_as_source", tm.SeverityWarning, sameAsSource},
	{"untranslated", tm.SeverityWarning, untranslated},
	{"code_missing", tm.SeverityError, codeMissing},
	{"code_extra", tm.SeverityError, codeExtra},
	{"code_order", tm.SeverityError, codeOrder},
	{"number_mismatch", tm.SeverityError, numberMismatch},
	{"url_changed", tm.SeverityError, urlChanged},
	{"end_punctuation", tm.SeverityWarning, endPunctuation},
	{"length", tm.SeverityWarning, length},
	{"edge_space", tm.SeverityInfo, edgeSpace},
	{"double_space", typographic["double_space"], doubleSpace},
	{"repeated_word", typographic["repeated_word"], repeatedWord},
	{"unbalanced_pair", typographic["unbalanced_pair"], unbalancedPair},
	{"bidi_display", tm.SeverityInfo, bidiDisplay},
}

// typographic lists the codes of Typography with what they weigh (PERSIAN.md
// section d).
var typographic = map[string]tm.Severity{
	"arabic_yeh": tm.SeverityWarning, "arabic_kaf": tm.SeverityWarning, "heh_variant": tm.SeverityWarning,
	"presentation_form": tm.SeverityWarning, "arabic_digit": tm.SeverityWarning, "latin_digit": tm.SeverityWarning,
	"tatweel": tm.SeverityWarning, "teh_marbuta": tm.SeverityInfo,
	"latin_comma": tm.SeverityWarning, "latin_semicolon": tm.SeverityWarning, "latin_question": tm.SeverityWarning,
	"latin_percent": tm.SeverityWarning, "thousands_sep": tm.SeverityWarning, "decimal_dot": tm.SeverityInfo,
	"latin_quotes": tm.SeverityWarning, "three_dots": tm.SeverityInfo, "double_hyphen": tm.SeverityInfo,
	"space_before_punct": tm.SeverityWarning, "missing_space_after_punct": tm.SeverityWarning,
	"space_inside_pair": tm.SeverityWarning, "missing_space_outside_pair": tm.SeverityWarning,
	"zwnj_stray": tm.SeverityInfo, "zwnj_substitute": tm.SeverityWarning,
	"mi_space": tm.SeverityWarning, "mi_joined": tm.SeverityWarning,
	"plural_space": tm.SeverityWarning, "superlative_space": tm.SeverityWarning,
	"plural_joined_heh": tm.SeverityWarning, "comparative_space": tm.SeverityInfo,
	"heh_suffix_space": tm.SeverityWarning, "heh_ye_space": tm.SeverityWarning,
	"reversed_pair": tm.SeverityWarning, "repeated_punct": tm.SeverityWarning,
	"double_space": tm.SeverityInfo, "repeated_word": tm.SeverityWarning, "unbalanced_pair": tm.SeverityWarning,
	"bidi_control": tm.SeverityInfo, "zero_width_space": tm.SeverityInfo, "mixed_script": tm.SeverityWarning,
}

// typographicOnly reports whether a code comes from Typography alone.
func typographicOnly(code string) bool { return typographic[code] != "" && !ownCheck(code) }

// ownCheck reports whether a typographic code is also a check that looks at the
// source.
func ownCheck(code string) bool {
	return slices.ContainsFunc(checks, func(c Check) bool { return c.ID == code })
}

// Checks lists every check in a fixed order, typographic ones last by name, for
// settings and for the test that each has a sentence in locales/. The list is
// the caller's.
func Checks() []Check {
	list := slices.Clone(checks)
	for code, severity := range typographic {
		if ownCheck(code) {
			continue
		}
		list = append(list, Check{code, severity, func(p *Pair) []tm.Issue { return only(typography(p), code) }})
	}
	slices.SortStableFunc(list[len(checks):], func(a, b Check) int { return cmp.Compare(a.ID, b.ID) })
	return list
}

// DocumentCodes are the codes of checks that need a whole document:
// inconsistent_translation comes from [Consistency], the others from whoever
// knows the segmentation and the names.
var DocumentCodes = []string{"segment_count", "inconsistent_translation", "inconsistent_name"}

// Run returns the issues of a pair, ordered by side, place and code. When codes
// are named, only those are looked for.
func Run(p Pair, codes ...string) []tm.Issue {
	wanted := func(code string) bool { return len(codes) == 0 || slices.Contains(codes, code) }
	var issues []tm.Issue
	for _, c := range checks {
		if !wanted(c.ID) || p.empty() != (c.ID == "empty_target") {
			continue
		}
		issues = append(issues, severe(c, c.Run(&p))...)
	}
	if !p.empty() && (len(codes) == 0 || slices.ContainsFunc(codes, typographicOnly)) {
		for _, i := range typography(&p) {
			if typographicOnly(i.Code) && wanted(i.Code) {
				issues = append(issues, i)
			}
		}
	}
	slices.SortStableFunc(issues, func(a, b tm.Issue) int {
		return cmp.Or(cmp.Compare(a.Side, b.Side), cmp.Compare(a.From, b.From), cmp.Compare(a.To, b.To), cmp.Compare(a.Code, b.Code))
	})
	return issues
}

// severe completes the issues of a check, which leave code and severity to it.
func severe(c Check, issues []tm.Issue) []tm.Issue {
	for i := range issues {
		issues[i].Code, issues[i].Severity = c.ID, c.Severity
	}
	return issues
}

// typography returns the typographic issues of the target, found once per pair.
func typography(p *Pair) []tm.Issue {
	if !p.typed {
		p.typed, p.typography = true, contentTypography(p.TargetLang, p.Target)
	}
	return p.typography
}

// only returns the issues of one code.
func only(issues []tm.Issue, code string) []tm.Issue {
	var out []tm.Issue
	for _, i := range issues {
		if i.Code == code {
			out = append(out, i)
		}
	}
	return out
}
