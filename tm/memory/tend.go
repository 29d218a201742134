package memory

import (
	"math/bits"
	"slices"
)

// tend sees to it that drafts become segments and small segments larger ones,
// in a goroutine of its own and without holding the lock. A segment is merged
// with the newer ones when they are together half as large, so that a unit is
// copied about log2(units/1024) times and there are as many segments.
func (t *Table) tend() {
	if t.tending || len(t.due()) == 0 {
		return
	}
	t.tending = true
	go func() {
		for t.work() {
		}
	}()
}

// work does what is due; it returns false, and the goroutine is over, when
// nothing is.
func (t *Table) work() bool {
	t.mu.Lock()
	job := t.newJob()
	if job == nil {
		t.tending = false
		t.idle.Broadcast()
		t.mu.Unlock()
		return false
	}
	t.mu.Unlock()
	job.build()
	t.mu.Lock()
	defer t.mu.Unlock()
	t.finish(job)
	return true
}

// settle waits until nothing is left to do in the background.
func (t *Table) settle() {
	t.init()
	t.mu.Lock()
	defer t.mu.Unlock()
	t.tend()
	for t.tending {
		t.idle.Wait()
	}
}

// due returns the parts that should become one segment.
func (t *Table) due() []part {
	if len(t.sealed) > 0 {
		var list []part
		for _, d := range t.sealed {
			list = append(list, d)
		}
		return list
	}
	for _, s := range t.segments {
		if s.dead > len(s.ids)/4 {
			return []part{s}
		}
	}
	total, from := 0, len(t.segments)
	for ; from > 0; from-- {
		if n := t.segments[from-1].live(); from < len(t.segments) && n > 2*total {
			break
		} else {
			total += n
		}
	}
	if len(t.segments)-from < 2 {
		return nil
	}
	var list []part
	for _, s := range t.segments[from:] {
		list = append(list, s)
	}
	return list
}

// A job makes one segment of several parts.
type job struct {
	inputs []part
	frozen []material // the inputs as they were when the job began
	gone   [][]uint64
	traits traits
	words  []int
	made   *segment
}

func (t *Table) newJob() *job {
	inputs := t.due()
	if len(inputs) == 0 {
		return nil
	}
	j := &job{inputs: inputs, traits: t.traits, words: t.sizes()}
	for _, p := range inputs {
		m := freeze(p)
		j.frozen, j.gone = append(j.frozen, m), append(j.gone, m.facts().gone)
	}
	return j
}

func (t *Table) sizes() []int {
	words := make([]int, len(t.columns))
	for i, c := range t.columns {
		words[i] = c.words.len()
	}
	return words
}

// freeze returns a part that no longer changes.
func freeze(p part) material {
	switch p := p.(type) {
	case *draft:
		d := *p
		d.gone = slices.Clone(d.gone)
		return &d
	case *segment:
		s := *p
		s.gone = slices.Clone(s.gone)
		return open(&s)
	}
	panic("memory: a part of another kind")
}

func (j *job) build() {
	j.made = newSegment(sorted(&j.traits, j.frozen), j.words)
}

// finish puts the new segment in the place of its inputs, without the units
// that were deleted meanwhile.
func (t *Table) finish(j *job) {
	for i, p := range j.inputs {
		eachKilled(p.facts(), j.gone[i], func(u uint32) {
			if at, ok := j.made.find(p.facts().ids[u]); ok {
				j.made.kill(at)
			}
		})
	}
	at := len(t.segments)
	t.segments = slices.DeleteFunc(slices.Clone(t.segments), func(s *segment) bool {
		old := slices.Contains(j.inputs, part(s))
		if old {
			at = min(at, slices.Index(t.segments, s))
		}
		return old
	})
	if d, ok := j.inputs[0].(*draft); ok && slices.Contains(t.sealed, d) {
		t.sealed = slices.Clone(t.sealed[len(j.inputs):])
	}
	if j.made.live() > 0 {
		t.segments = slices.Insert(t.segments, min(at, len(t.segments)), j.made)
	}
}

// eachKilled calls yield for the units killed since their marks were before.
func eachKilled(l *ledger, before []uint64, yield func(u uint32)) {
	for w, now := range l.gone {
		if w < len(before) {
			now &^= before[w]
		}
		for ; now != 0; now &= now - 1 {
			yield(uint32(64*w + bits.TrailingZeros64(now)))
		}
	}
}
