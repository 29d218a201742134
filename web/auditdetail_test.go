package web

import (
	"strings"
	"testing"

	"tarjoman/locales"
	"tarjoman/tm/workbench"
)

func TestDetailOf(t *testing.T) {
	tests := []struct {
		name, action, detail string
		en, fa               string
	}{
		{"role", "member.set", "reviewer", "Reviewer", "بازبین"},
		{"override", "segment.override", "glossary_forbidden number_mismatch: بنیاد خود چنین می‌نویسد: بماند", "Forbidden term · Numbers — بنیاد خود چنین می‌نویسد: بماند", "اصطلاح ممنوع · عددها — بنیاد خود چنین می‌نویسد: بماند"},
		{"replacement", "units.replace", `{"find":"انبار","replace":"مخزن"}`, "Replaced “انبار” with “مخزن”", "جایگزینی «انبار» با «مخزن»"},
		{"deletion", "units.delete", `{}`, "", ""},
		{"undo", "units.undo", "replace", "", ""},
		{"exchange", "term.exchange", "چراغ دریایی → فانوس دریایی: 2 + 1", "چراغ دریایی to فانوس دریایی: 2 segments, 1 unit of a memory", "چراغ دریایی به فانوس دریایی: ۲ قطعه، ۱ واحد حافظه"},
		{"no facts", "units.replace", "not JSON", "not JSON", "not JSON"},
		{"a file", "glossary.import", "glossary.tsv", "glossary.tsv", "glossary.tsv"},
	}
	plain := strings.NewReplacer("\u2068", "", "\u2069", "", "\u2066", "", "\u2067", "")
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			for tag, want := range map[string]string{"en": tt.en, "fa": tt.fa} {
				p := activityPage{page: page{Printer: Printer{Printer: locales.For(tag)}}}
				got := plain.Replace(p.DetailOf(workbench.AuditRow{Action: tt.action, Detail: tt.detail}))
				if got != want {
					t.Errorf("%s: %q, want %q", tag, got, want)
				}
				if strings.ContainsAny(got, `{}_`) {
					t.Errorf("%s: codes are shown: %q", tag, got)
				}
			}
		})
	}
}
