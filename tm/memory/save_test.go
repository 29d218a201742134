package memory

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"io"
	"iter"
	"math/rand/v2"
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"golang.org/x/text/language"

	"tarjoman/tm"
)

// saved returns a table of some random units, and what Save writes of it.
func saved(t testing.TB) (*world, []byte) {
	t.Helper()
	w := newWorld(rand.New(rand.NewPCG(5, 6)), true)
	for range 60 {
		w.change()
	}
	var file bytes.Buffer
	if err := w.Save(&file, 7); err != nil {
		t.Fatal(err)
	}
	return w, file.Bytes()
}

func TestOpenTable_RefusesWhatIsDamaged(t *testing.T) {
	w, file := saved(t)
	for at := 0; at < len(file); at += 1 + at/500 {
		broken := slices.Clone(file)
		broken[at] ^= 1 << (at % 8)
		if _, _, err := OpenTable(w, bytes.NewReader(broken)); err == nil {
			t.Errorf("byte %d was changed and nobody saw it", at)
		}
	}
	for _, n := range []int{0, 3, len(magic), len(file) / 2, len(file) - 1} {
		if _, _, err := OpenTable(w, bytes.NewReader(file[:n])); !errors.Is(err, io.ErrUnexpectedEOF) && !errors.Is(err, io.EOF) {
			t.Errorf("the first %d bytes: %v", n, err)
		}
	}
}

func TestSave_WhileTheTableChanges(t *testing.T) {
	w, _ := saved(t)
	want := w.Len()
	in, out := io.Pipe()
	done := make(chan error)
	go func() {
		err := w.Save(out, 1)
		out.CloseWithError(err)
		done <- err
	}()
	head := make([]byte, len(magic))
	if _, err := io.ReadFull(in, head); err != nil {
		t.Fatal(err)
	}
	for id := range tm.UnitID(30) { // Save waits for the pipe meanwhile
		w.Put(unit(1000+id, "The court ruled today", "دادگاه امروز حکم داد"))
		w.Delete(id)
	}
	table, _, err := OpenTable(w, io.MultiReader(bytes.NewReader(head), in))
	if err != nil || <-done != nil {
		t.Fatal(err)
	}
	if table.Len() != want {
		t.Errorf("%d units were saved, want %d", table.Len(), want)
	}
}

func TestSave_AnySizeOfTheVocabulary(t *testing.T) {
	var table Table
	for n := range 140 {
		table.Put(unit(tm.UnitID(n+1), fmt.Sprintf("word%d", n), "دادگاه"))
		if got := ask(t, reopen(t, &table, keeper{&table}), english(fmt.Sprintf("word%d", n))); len(got) != 1 {
			t.Fatalf("%d words: %v", n+1, got)
		}
	}
}

func TestSave_TextsTooLongToCompare(t *testing.T) {
	var units []*tm.Unit
	for i, n := range []int{MaxTokens + 900, 3, MaxTokens + 1, MaxTokens + 400} {
		units = append(units, unit(tm.UnitID(i+1), strings.Repeat("the court ", n/2+1), "دادگاه"))
	}
	var table Table
	if err := table.Load(context.Background(), each(units)); err != nil {
		t.Fatal(err)
	}
	opened := reopen(t, &table, keeper{&table})
	for _, u := range units {
		if got := ask(t, opened, english(u.Variants[0].Content.Text)); len(got) == 0 || got[0].Unit.ID != u.ID {
			t.Errorf("unit %d: %v", u.ID, got)
		}
	}
}

func TestSave_WhenAllNewUnitsAreGone(t *testing.T) {
	var table Table
	table.Put(unit(1, "The lamp was lit.", "چراغ روشن شد."))
	table.Delete(1)
	if again := reopen(t, &table, keeper{&table}); again.Len() != 0 {
		t.Errorf("%d units, want none", again.Len())
	}
}

// TestLoad_AnyOrder loads units in no order, some with an ID that came before,
// some with neighbours, and with one to three languages.
func TestLoad_AnyOrder(t *testing.T) {
	var units []*tm.Unit
	for i, id := range []tm.UnitID{9, 4, 7, 4, 1, 9, 12, 3} {
		u := unit(id, fmt.Sprintf("The court ruled %d on the case", id), fmt.Sprintf("ترجمهٔ %d", i))
		if id == 7 {
			u.Previous, u.Variants = "It began.", append(u.Variants, tm.Variant{Lang: language.German, Content: tm.Plain("Das Gericht")})
		}
		if id == 1 {
			u.Variants = append(u.Variants, tm.Variant{Lang: language.French, Content: tm.Plain("")})
		}
		units = append(units, u)
	}
	var table Table
	if err := table.Load(context.Background(), each(units)); err != nil {
		t.Fatal(err)
	}
	opened := reopen(t, &table, keeper{&table})
	if opened.Len() != 6 {
		t.Fatalf("%d units", opened.Len())
	}
	for i, want := range map[tm.UnitID]string{9: "ترجمهٔ 0", 4: "ترجمهٔ 1", 7: "ترجمهٔ 2", 1: "ترجمهٔ 4", 12: "ترجمهٔ 6", 3: "ترجمهٔ 7"} {
		q := english(fmt.Sprintf("The court ruled %d on the case", i))
		q.Previous = "It began."
		got := ask(t, opened, q)
		if len(got) == 0 || got[0].Unit.ID != i || got[0].Target.Text != want || (got[0].Score == 101) != (i == 7) {
			t.Errorf("unit %d: %v", i, got)
		}
	}
}

func each(units []*tm.Unit) iter.Seq2[*tm.Unit, error] {
	return func(yield func(*tm.Unit, error) bool) {
		for _, u := range units {
			if !yield(u, nil) {
				return
			}
		}
	}
}

// keeper offers the units that a table keeps.
type keeper struct{ *Table }

func (w keeper) Units(ctx context.Context, ids []tm.UnitID) ([]*tm.Unit, error) {
	return w.unitsOf(ctx, ids)
}

func TestLoad_StopsWithAnError(t *testing.T) {
	broken := errors.New("broken")
	var table Table
	err := table.Load(context.Background(), func(yield func(*tm.Unit, error) bool) {
		_ = yield(unit(1, "one", "یک"), nil) && yield(nil, broken)
	})
	if err != broken || table.Len() != 0 {
		t.Errorf("error %v, %d units", err, table.Len())
	}
}

// TestLoad_WhatHappensMeanwhileWins changes units while they are loaded.
func TestLoad_WhatHappensMeanwhileWins(t *testing.T) {
	var table Table
	err := table.Load(context.Background(), func(yield func(*tm.Unit, error) bool) {
		for id := range tm.UnitID(6) {
			u := unit(id+1, "The court ruled", "دادگاه حکم داد")
			if u.Memory = 1; id == 5 {
				u.Memory = 9
			}
			if !yield(u, nil) {
				return
			}
		}
		table.Put(unit(2, "The court ruled", "تازه"))
		table.Delete(3)
		table.DropMemory(9)
	})
	if err != nil {
		t.Fatal(err)
	}
	q := english("The court ruled")
	q.Limit = 10
	var got []string
	for _, m := range ask(t, &table, q) {
		got = append(got, m.Target.Text)
	}
	slices.Sort(got)
	if d := cmp.Diff([]string{"تازه", "دادگاه حکم داد"}, got); d != "" || table.Len() != 4 {
		t.Errorf("%d units: %s", table.Len(), d)
	}
}

func FuzzOpenTable(f *testing.F) {
	w, file := saved(f)
	f.Add(file)
	f.Add([]byte(magic))
	var empty bytes.Buffer
	if err := new(Table).Save(&empty, 1); err != nil {
		f.Fatal(err)
	}
	f.Add(empty.Bytes())
	q := english("the court ruled today")
	f.Fuzz(func(t *testing.T, data []byte) {
		table, _, err := OpenTable(w, bytes.NewReader(checked(data)))
		if err != nil {
			return
		}
		if _, err := table.Lookup(context.Background(), q); err != nil {
			t.Error(err)
		}
		table.Put(unit(1, "the court ruled", "دادگاه"))
		table.DropMemory(2)
		table.settle()
	})
}

// checked writes the right checksum into a file, so that the fuzzer gets
// behind it.
func checked(data []byte) []byte {
	if len(data) < 8 {
		return data
	}
	var file bytes.Buffer
	w := newFileWriter(&file)
	w.raw(data[:len(data)-8])
	if err := w.close(); err != nil {
		panic(err)
	}
	return file.Bytes()
}
