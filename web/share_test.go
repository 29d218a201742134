package web

import (
	"testing"

	"tarjoman/locales"
)

func TestShareOf(t *testing.T) {
	tests := []struct {
		name        string
		part, whole int
		en, fa      string
	}{
		{"half", 1, 2, "50%", "\u061C۵۰٪"},
		{"nothing", 0, 1433, "0%", "\u061C۰٪"},
		{"of nothing", 0, 0, "0%", "\u061C۰٪"},
		{"all", 3, 3, "100%", "\u061C۱۰۰٪"},
		{"six words of an article", 6, 1433, "under 1%", "کمتر از \u061C۱٪"},
		{"nearly all", 2008, 2012, "over 99%", "بیش از \u061C۹۹٪"},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			for tag, want := range map[string]string{"en": tt.en, "fa": tt.fa} {
				p := page{Printer: Printer{Printer: locales.For(tag)}}
				if got := p.ShareOf(tt.part, tt.whole); got != want {
					t.Errorf("%s: %q, want %q", tag, got, want)
				}
			}
		})
	}
}
