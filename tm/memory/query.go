package memory

import (
	"slices"
	"strings"
	"time"

	"golang.org/x/text/language"

	"tarjoman/tm"
	"tarjoman/tm/lang"
)

// A Query asks for translations of Source. The zero Threshold is
// [DefaultThreshold], below [MinThreshold] it is that; the zero Limit is
// [DefaultLimit]. Nil Memories are all memories without penalty.
type Query struct {
	From, To       language.Tag
	Source         tm.Content
	Previous, Next string // sources of the neighbours; "" when there is none
	Memories       []Use
	Threshold      int // least score of a match
	Limit          int
	Filter
	// Units not changed since Aged, or of unknown date, lose AgePoints.
	Aged      time.Time
	AgePoints int
}

// A Use is a memory to read, with the points its matches lose; less than 0 is 0.
type Use struct {
	Memory  tm.MemoryID
	Penalty int
}

// A Filter takes out units before anything else is asked. Nil lists and zero
// times let everything pass.
type Filter struct {
	Authors   []string
	Documents []string
	States    []tm.State
	Since     time.Time // changed at this time or later
	Until     time.Time // changed before this time
}

const (
	DefaultThreshold = 70
	MinThreshold     = 50
	DefaultLimit     = 5
)

// passes reports whether the filter lets units of this origin pass, whatever
// their date.
func (f *Filter) passes(author, document string, state tm.State) bool {
	return (f.Authors == nil || slices.Contains(f.Authors, author)) &&
		(f.Documents == nil || slices.Contains(f.Documents, document)) &&
		(f.States == nil || slices.Contains(f.States, state))
}

func (f *Filter) passesTime(changed int64) bool {
	return (f.Since.IsZero() || changed >= f.Since.UnixMicro()) && (f.Until.IsZero() || changed < f.Until.UnixMicro())
}

// A question is a query made ready: what is asked of every unit in turn.
type question struct {
	Query
	from, to  *lang.Profile
	group     [2]group // of From and To
	key       string   // the first match key of the source
	sense     string
	near      [2]string // senses of the neighbours; "" when there is none
	penalty   map[tm.MemoryID]int
	numbers   []number
	values    []string // of the numbers
	bareText  string
	bareSense string
}

// newQuestion returns nil when nothing can match.
func newQuestion(query Query) *question {
	q := &question{Query: query, from: lang.For(query.From), to: lang.For(query.To)}
	if strings.TrimSpace(q.Source.Text) == "" {
		return nil
	}
	if q.key = q.from.Keys(q.Source.Text)[0]; q.key == "" {
		return nil
	}
	q.sense = withoutSpaces(q.key)
	q.group = [2]group{groupOf(q.From), groupOf(q.To)}
	q.near = [2]string{neighbour(q.Previous), neighbour(q.Next)}
	if q.Threshold == 0 {
		q.Threshold = DefaultThreshold
	}
	q.Threshold = max(q.Threshold, MinThreshold)
	if q.Limit <= 0 {
		q.Limit = DefaultLimit
	}
	if q.Memories != nil {
		q.penalty = make(map[tm.MemoryID]int, len(q.Memories))
	}
	for _, m := range q.Memories {
		q.penalty[m.Memory] = max(0, m.Penalty)
	}
	q.findNumbers()
	return q
}

func (q *question) findNumbers() {
	q.numbers = findNumbers(q.from, q.Source.Text)
	if len(q.numbers) == 0 {
		return
	}
	for _, n := range q.numbers {
		q.values = append(q.values, n.value)
	}
	q.bareText = withoutNumbers(q.Source.Text, q.numbers)
	q.bareSense = sense(q.from, q.bareText)
}

// reads returns the points that matches of a memory lose; ok is false when the
// query does not read it.
func (q *question) reads(m tm.MemoryID) (points int, ok bool) {
	if q.penalty == nil {
		return 0, true
	}
	points, ok = q.penalty[m]
	return points, ok
}

func (q *question) agePoints(changed int64) int {
	if q.AgePoints > 0 && changed < q.Aged.UnixMicro() {
		return q.AgePoints
	}
	return 0
}

// sense is what is left of a text when neither typography nor spaces count: its
// first match key without spaces. Texts that share a key have one sense. It
// decides which translations contradict each other and which neighbours agree.
func sense(p *lang.Profile, text string) string { return withoutSpaces(p.Keys(text)[0]) }

func withoutSpaces(key string) string { return strings.ReplaceAll(key, " ", "") }

// neighbours says which rules neighbours are compared by: a unit does not say
// in which language they are, and those of Persian cover the scripts of others.
var neighbours = lang.For(language.Persian)

func neighbour(text string) string {
	if text == "" {
		return ""
	}
	return sense(neighbours, text)
}
