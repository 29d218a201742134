package memory

import "testing"

func TestPutNumbers(t *testing.T) {
	tests := []struct {
		name, query, source, target string
		want                        string
		changed                     int
		ok                          bool
	}{
		{"nothing differs", "Two men.", "Two men.", "دو مرد.", "دو مرد.", 0, true},
		{"typography does not count", "Two  men.", "Two men.", "دو مرد.", "دو مرد.", 0, true},
		{"a number", "In 2020 it rained.", "In 2019 it rained.", "سال ۲۰۱۹ باران آمد.", "سال ۲۰۲۰ باران آمد.", 1, true},
		{"a word", "In 2020 it snowed.", "In 2019 it rained.", "سال ۲۰۱۹ باران آمد.", "", 0, false},
		{"a word without numbers", "It snowed.", "It rained.", "باران آمد.", "", 0, false},
		{"not in the target", "In 2020 it rained.", "In 2019 it rained.", "پارسال باران آمد.", "", 0, false},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			text, changed, ok := PutNumbers(en, fa, tt.query, tt.source, tt.target)
			if ok != tt.ok || ok && (text != tt.want || changed != tt.changed) {
				t.Errorf("%q %d %v", text, changed, ok)
			}
		})
	}
}
