package store_test

import (
	"slices"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
	"golang.org/x/text/language"

	"tarjoman/tm"
)

// TestUpgrade_UnitsAreCarriedOver upgrades a database of the first release, whose
// units were rows of two tables.
func TestUpgrade_UnitsAreCarriedOver(t *testing.T) {
	db := openAt(t, released(t,
		`INSERT INTO project (id, name, source_lang, target_lang, settings, created) VALUES (1, 'News', 'en', 'fa', '{}', 1)`,
		`INSERT INTO memory (id, name, home, created) VALUES (1, 'A', 1, 1), (2, 'B', 1, 1), (3, 'Empty', 1, 1)`,
		`INSERT INTO project_memory (project, memory) VALUES (1, 1), (1, 2), (1, 3)`,
		`INSERT INTO batch (id, memory, ready) VALUES (4, 1, 1), (5, 1, 0)`,
		`INSERT INTO unit (id, memory, batch, segment, previous, next, author, document, state, kind, created, changed, props, deleted) VALUES
			(1, 1, NULL, 9, 'Before "it".', 'After.', 'Sara', 'talks.txt', 'approved', 'human', 1000000, 2000000, '{"x-desk":"سیاسی","n":"a\nb"}', 0),
			(2, 1, 4, NULL, '', '', '', '', 'translated', 'aligned', 0, 0, '', 0),
			(3, 1, 4, NULL, '', '', '', '', 'draft', 'machine', 5, 6, '', 77),
			(4, 1, 5, NULL, '', '', '', '', 'translated', 'human', 0, 0, '', 0),
			(6, 2, NULL, NULL, '', 'Only next', '', '', 'translated', 'human', 0, 0, '', 0)`,
		`INSERT INTO variant (unit, lang, text, codes) VALUES
			(1, 'fa', 'او «گفت» \ /', ''),
			(1, 'en-US', 'A "bold"	word', '[[2,"open",1,"bold","\u003cb class=\"x\"\u003e"],[8,"close",1,"bold",""]]'),
			(1, 'de', 'Ein Wort', '[]'),
			(2, 'en', 'Two', ''), (2, 'fa', 'دو', ''),
			(3, 'en', 'Three', ''), (3, 'fa', 'سه', ''),
			(4, 'en', 'Four', ''), (4, 'fa', 'چهار', ''),
			(6, 'en', '', ''), (6, 'fa', 'خط'||char(10)||'دوم', '')`,
	))
	ctx := t.Context()
	variant := func(lang, text string, codes ...tm.Code) tm.Variant {
		return tm.Variant{Lang: language.MustParse(lang), Content: tm.Content{Text: text, Codes: codes}}
	}
	want := []*tm.Unit{
		{ID: 1, Memory: 1, Previous: `Before "it".`, Next: "After.",
			Variants: []tm.Variant{
				variant("de", "Ein Wort"),
				variant("en-US", "A \"bold\"\tword", tm.Code{Pos: 2, Kind: tm.Open, ID: 1, Type: "bold", Data: `<b class="x">`},
					tm.Code{Pos: 8, Kind: tm.Close, ID: 1, Type: "bold"}),
				variant("fa", `او «گفت» \ /`),
			},
			Origin: tm.Origin{Author: "Sara", Document: "talks.txt", State: tm.Approved, Kind: tm.Human,
				Created: time.UnixMicro(1000000).UTC(), Changed: time.UnixMicro(2000000).UTC()},
			Props: map[string]string{"x-desk": "سیاسی", "n": "a\nb"}},
		{ID: 2, Memory: 1, Variants: []tm.Variant{variant("en", "Two"), variant("fa", "دو")},
			Origin: tm.Origin{State: tm.Translated, Kind: tm.Aligned}},
		{ID: 6, Memory: 2, Next: "Only next", Variants: []tm.Variant{variant("en", ""), variant("fa", "خط\nدوم")},
			Origin: tm.Origin{State: tm.Translated, Kind: tm.Human}},
	}
	sameTag := cmp.Comparer(func(a, b language.Tag) bool { return a == b })
	got, err := db.EveryUnitAfter(ctx, 0, 100)
	if err != nil {
		t.Fatal(err)
	}
	if diff := cmp.Diff(want, got, sameTag); diff != "" {
		t.Error(diff)
	}
	if deleted, err := db.Unit(ctx, 1, 3); err != nil || deleted.Origin.Kind != tm.Machine {
		t.Errorf("unit in the trash: %+v, %v", deleted, err)
	}
	if id, err := db.SegmentUnit(ctx, 1, 9); id != 1 || err != nil {
		t.Errorf("unit %d of the segment, %v", id, err)
	}
	counts := map[string]int{}
	memories, err := db.Memories(ctx, 1)
	for _, m := range memories {
		counts[m.Name] = m.Units
	}
	if diff := cmp.Diff(map[string]int{"A": 2, "B": 1, "Empty": 0}, counts); diff != "" || err != nil {
		t.Error(diff, err)
	}
	var open []tm.UnitID
	err = db.EachUnitOfBatch(ctx, 5, func(u *tm.Unit) error { open = append(open, u.ID); return nil })
	if batches, _ := db.OpenBatches(ctx); err != nil || !slices.Equal(open, []tm.UnitID{4}) || !slices.Equal(batches, []int64{5}) {
		t.Errorf("open imports %v with units %v, %v", batches, open, err)
	}
	if faults, err := db.Check(ctx); err != nil || len(faults) > 0 {
		t.Errorf("faults %v, %v", faults, err)
	}
}
