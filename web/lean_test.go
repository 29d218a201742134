package web

import "testing"

func TestLeanOf(t *testing.T) {
	tests := []struct{ name, text, want string }{
		{"an English note that begins with a Persian term", "پیوست means attachment.", "ltr"},
		{"a Persian note that begins with a Latin name", "MEK نام کوتاه سازمان است و در متن باز می‌شود.", "rtl"},
		{"Persian", "شورا، نه شهرداری.", "rtl"},
		{"English", "Town on the Karun.", "ltr"},
		{"no letters", "1988–1367", "auto"},
		{"nothing", "", "auto"},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			if got := (page{}).LeanOf(tt.text); got != tt.want {
				t.Errorf("%q, want %q", got, tt.want)
			}
		})
	}
}
