package web

import (
	"net/url"
	"testing"
)

func TestPages_LinkToTheirNeighbours(t *testing.T) {
	tests := []struct {
		name                 string
		values               url.Values
		at, shown, total     int
		previous, here, next string
	}{
		{"one page", nil, 0, 7, 7, "", "/x", ""},
		{"the first of a list without filter", nil, 0, 50, 164, "", "/x", "/x?offset=50"},
		{"one between", nil, 50, 50, 164, "/x", "/x?offset=50", "/x?offset=100"},
		{"the last, with a filter", url.Values{"q": {"a"}}, 150, 14, 164, "/x?offset=100&q=a", "/x?offset=150&q=a", ""},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			l := pages("/x", tt.values, tt.at, 50, tt.shown, tt.total)
			if l.Previous != tt.previous || l.Here != tt.here || l.Next != tt.next {
				t.Errorf("%q %q %q", l.Previous, l.Here, l.Next)
			}
			if tt.values.Has("offset") {
				t.Error("the filter was changed")
			}
		})
	}
}
