package glossary

import (
	"testing"

	"golang.org/x/text/language"
)

func TestCalendar(t *testing.T) {
	tests := []struct{ name, query, source, target, want string }{
		{"a day", "They met on Friday.", "They met on Monday.", "روز دوشنبه دیدار کردند.", "روز جمعه دیدار کردند."},
		{"a month, another usual form", "It opened in May.", "It opened in July.", "در جولای باز شد.", "در مه باز شد."},
		{"a verb is no month", "They may march.", "They may sing.", "شاید بخوانند.", ""},
	}
	g := Calendar(language.English, language.Persian)
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			if s, _ := g.Swap(tt.query, tt.source, tt.target); s.Target != tt.want {
				t.Errorf("%q", s.Target)
			}
		})
	}
	back := Calendar(language.Persian, language.English)
	if s, _ := back.Swap("روز جمعه آمد.", "روز دوشنبه آمد.", "She came on Monday."); s.Target != "She came on Friday." {
		t.Errorf("from Persian: %q", s.Target)
	}
	if n := Calendar(language.English, language.German).base.target.patterns; len(n) > 0 {
		t.Errorf("%d German terms", len(n))
	}
}
