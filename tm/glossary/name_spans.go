package glossary

import (
	"strings"
	"unicode"
	"unicode/utf8"

	"tarjoman/tm/lang"
)

// A NameSpan is a probable name in a text, the bytes From..To. FullTo is where
// the ending after it ends. Doubtful tells of a capitalised word that begins a
// sentence and so may be any word.
type NameSpan struct {
	From, To, FullTo int
	Doubtful         bool
}

// NamesIn returns the probable names of a text in order: in Latin script the
// runs of capitalised words, with the small words that names have inside
// (F6), without the titles before and the possessive after them; in other
// scripts, which have no capitals, the spellings of known. Names of days and
// months, and names of peoples and their languages, are none.
func NamesIn(p *lang.Profile, text string, known ...string) []NameSpan {
	if p.RTL() {
		return knownNames(p, text, known)
	}
	var spans []NameSpan
	for _, run := range capitalRuns(p, text) {
		spans = append(spans, run.span())
	}
	return spans
}

// A nameRun is a run of capitalised words.
type nameRun struct {
	words    []NameSpan
	doubtful bool // the first word begins a sentence
}

func (r nameRun) span() NameSpan {
	last := r.words[len(r.words)-1]
	return NameSpan{r.words[0].From, last.To, last.FullTo, r.doubtful && len(r.words) == 1}
}

// capitalRuns finds the runs of capitalised words in a text of Latin script.
func capitalRuns(p *lang.Profile, text string) []nameRun {
	s := runScanner{text: text, first: true}
	for _, w := range p.Words(text) {
		s.word(w)
	}
	s.flush()
	return s.runs
}

// A runScanner collects runs from left to right.
type runScanner struct {
	text  string
	first bool // the next word begins a sentence
	run   nameRun
	small int // small words since the last capitalised one
	runs  []nameRun
}

func (s *runScanner) word(w lang.Word) {
	word := s.text[w.From:w.To]
	switch {
	case w.Kind == lang.SpaceWord:
		if strings.ContainsAny(word, "\r\n") {
			s.flush()
			s.first = true
		}
	case w.Kind == lang.MarkWord:
		s.mark(word)
	case w.Kind == lang.LetterWord && capitalised(word) && !notNames[strings.ToLower(strings.TrimSuffix(noPossessive(word), "s"))] && !notNames[strings.ToLower(noPossessive(word))]:
		s.capitalised(w, word)
	case len(s.run.words) > 0 && insideNames[word]:
		s.small++
		s.first = false
	default:
		s.flush()
		s.first = false
	}
}

// mark ends a run, except the full stop of an initial.
func (s *runScanner) mark(mark string) {
	if n := len(s.run.words); mark == "." && n > 0 && s.small == 0 {
		if last := s.run.words[n-1]; last.To-last.From == 1 {
			return
		}
	}
	s.flush()
	if strings.ContainsAny(mark, ".!?:;…“\"«") {
		s.first = true
	}
}

func (s *runScanner) capitalised(w lang.Word, word string) {
	span := nameWord(w, word)
	first := s.first
	s.first = false
	if lower := strings.ToLower(s.text[span.From:span.To]); len(s.run.words) == 0 && (titles[lower] || first && sentenceStarts[lower]) {
		return
	}
	if len(s.run.words) == 0 {
		s.run.doubtful = first
	}
	s.small = 0
	s.run.words = append(s.run.words, span)
	if span.To < w.To { // «Tehran’s», «Iran-backed»
		s.flush()
	}
}

func (s *runScanner) flush() {
	if len(s.run.words) > 0 {
		s.runs = append(s.runs, s.run)
	}
	s.run, s.small = nameRun{}, 0
}

// nameWord cuts the possessive and a small second part off: «Iran-backed».
func nameWord(w lang.Word, word string) NameSpan {
	bare := noPossessive(word)
	if i := strings.IndexAny(bare, "-‐‑"); i > 0 {
		_, size := utf8.DecodeRuneInString(bare[i:])
		if rest := bare[i+size:]; len(rest) > 2 && !capitalised(rest) {
			bare = bare[:i]
		}
	}
	return NameSpan{From: w.From, To: w.From + len(bare), FullTo: w.To}
}

func noPossessive(word string) string {
	for _, end := range []string{"'s", "’s", "'", "’"} {
		if bare, ok := strings.CutSuffix(word, end); ok && bare != "" {
			return bare
		}
	}
	return word
}

func capitalised(word string) bool {
	r, _ := utf8.DecodeRuneInString(word)
	return unicode.IsUpper(r) || unicode.IsTitle(r)
}
