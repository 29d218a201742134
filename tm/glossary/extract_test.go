//lint:file-ignore ST1018 Persian words are written with ZWNJ

package glossary

import (
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"golang.org/x/text/language"

	"tarjoman/tm"
)

// extracted returns the candidates of texts by their text.
func extracted(o ExtractOptions, texts ...string) map[string]TermCandidate {
	var segments []ExtractSegment
	for i, text := range texts {
		source, target, _ := strings.Cut(text, " | ")
		segments = append(segments, ExtractSegment{Document: i / 2, Source: source, Target: target})
	}
	found := map[string]TermCandidate{}
	for _, c := range Extract(slices.Values(segments), o) {
		found[c.Text] = c
	}
	return found
}

func TestExtract_English(t *testing.T) {
	found := extracted(ExtractOptions{Source: language.English},
		"The International Labour Office (ILO) opened a new bureau in Nairobi on Monday.",
		"Ayatollah Karim Bastani said the ILO was wrong.",
		"In Nairobi the labour inspectors wrote a report; labour inspectors in Mombasa agreed.",
		"A labour inspector met Karim Bastani’s lawyer in Nairobi in March 2021.",
		"They call it “cold harvest”. Yesterday nobody came from the Ministry of Works and Transport.",
		"However, the ILO moved to Hall 7 and the UNESCO/UNDP office to Mombasa.",
	)
	for _, tt := range []struct {
		text   string
		kind   tm.TermType
		long   string
		count  int
		spread [2]int // segments, documents
	}{
		{"ILO", tm.PlainTerm, "International Labour Office", 3, [2]int{3, 2}},
		{"International Labour Office", tm.Organization, "", 1, [2]int{1, 1}},
		{"Karim Bastani", tm.Person, "", 2, [2]int{2, 2}},
		{"Ayatollah", tm.Title, "", 1, [2]int{1, 1}},
		{"Nairobi", tm.Place, "", 3, [2]int{3, 2}},
		{"labour inspector", tm.PlainTerm, "", 3, [2]int{2, 1}},
		{"March 2021", tm.Date, "", 1, [2]int{1, 1}},
		{"cold harvest", tm.PlainTerm, "", 1, [2]int{1, 1}},
		{"Ministry of Works and Transport", tm.Organization, "", 1, [2]int{1, 1}},
		{"Hall 7", tm.PlainTerm, "", 1, [2]int{1, 1}},
		{"UNESCO/UNDP", tm.PlainTerm, "", 1, [2]int{1, 1}},
	} {
		c, ok := found[tt.text]
		got := []any{c.Type, c.Long, c.Count, [2]int{c.Segments, c.Documents}}
		if diff := cmp.Diff([]any{tt.kind, tt.long, tt.count, tt.spread}, got); !ok || diff != "" {
			t.Errorf("%s (found: %v): %s", tt.text, ok, diff)
		}
	}
	for _, none := range []string{"However", "Yesterday", "They", "Monday", "new", "report", "Karim", "nobody"} {
		if c, ok := found[none]; ok {
			t.Errorf("%s is no term: %+v", none, c)
		}
	}
}

func TestExtract_KnownTermsAreNoCandidates(t *testing.T) {
	known := Compile([]tm.Concept{writtenConcept("labour inspector = بازرس کار", language.English, language.Persian)}, language.English, language.Persian)
	texts := []string{"The labour inspectors met a dockworker.", "Labour inspectors and dockworkers agreed.", "the dockworkers left"}
	found := extracted(ExtractOptions{Source: language.English, Glossary: known}, texts...)
	if c, ok := found["labour inspector"]; ok {
		t.Errorf("a known term: %+v", c)
	}
	if _, ok := found["dockworker"]; !ok {
		t.Errorf("dockworker not in %v", found)
	}
}

func TestExtract_HeadlinesAreNoNames(t *testing.T) {
	found := extracted(ExtractOptions{Source: language.English},
		"Minister Visits Flooded Villages Near Kelvar", "Heavy rain fell; the flooded villages near Kelvar are empty.", "He left Kelvar.")
	if _, ok := found["Minister Visits Flooded Villages"]; ok || found["Kelvar"].Count < 2 {
		t.Errorf("got %v", found)
	}
}

func TestExtract_ContextsPointAtTheTerm(t *testing.T) {
	found := extracted(ExtractOptions{Source: language.English}, "We met Ana Brix.", "Ana Brix left.", "For Ana Brix’s sake", "Ana Brix again")
	c := found["Ana Brix"]
	if len(c.Contexts) != 3 {
		t.Fatalf("%d contexts, want 3", len(c.Contexts))
	}
	for i, at := range c.Contexts {
		if at.Segment != i || at.Text[at.From:at.To] != "Ana Brix" {
			t.Errorf("context %d: %+v", i, at)
		}
	}
}

func TestExtract_Persian(t *testing.T) {
	found := extracted(ExtractOptions{Source: language.Persian},
		"آقای کریم باستانی از بازرسان کار شکایت کرد.",
		"بازرس کار گفت که سازمان بازرسی بندر «درو سرد» را نمی‌پذیرد.",
		"به گفتهٔ بازرس کار، سازمان بازرسی بندر بسته شده است.",
		"بازرس کار دیگری هم آمد.",
	)
	for text, kind := range map[string]tm.TermType{
		"کریم باستانی": tm.Person, "بازرس کار": tm.PlainTerm, "درو سرد": tm.PlainTerm, "سازمان بازرسی بندر": tm.Organization,
	} {
		if c, ok := found[text]; !ok || c.Type != kind {
			t.Errorf("%s: found %v, %q, want %q", text, ok, c.Type, kind)
		}
	}
	if c := found["بازرس کار"]; c.Count < 3 {
		t.Errorf("بازرس کار stands %d times", c.Count)
	}
	for _, none := range []string{"است", "گفت", "نمی‌پذیرد", "گفتهٔ"} {
		if c, ok := found[none]; ok {
			t.Errorf("%s is no term: %+v", none, c)
		}
	}
}

func TestExtract_ProposesTranslations(t *testing.T) {
	known := Compile([]tm.Concept{writtenConcept("International Labour Office = دفتر بین‌المللی کار :organization", language.English, language.Persian)}, language.English, language.Persian)
	memory := []Pair{
		{"A labour inspector came.", "یک بازرس کار آمد."},
		{"The labour inspectors left Mombasa.", "بازرس‌های کار مومباسا را ترک کردند."},
		{"He knows every labour inspector.", "او همهٔ بازرسان کار را می‌شناسد."},
		{"It rains.", "باران می‌بارد."},
	}
	found := extracted(ExtractOptions{Source: language.English, Target: language.Persian, Glossary: known, Memory: slices.Values(memory)},
		"The International Labour Office (ILO) sent labour inspectors.", "The ILO asked Hamid Karimi in Mombasa for a labour inspector.")
	for text, want := range map[string]TargetCandidate{
		"ILO":              {"دفتر بین‌المللی کار", FromGlossary, 1},
		"labour inspector": {"بازرس کار", FromMemory, 0},
		"Mombasa":          {"مومباسا", FromMemory, 0},
		"Hamid Karimi":     {"حمید کریمی", FromName, 0},
	} {
		c := found[text]
		if len(c.Targets) == 0 || c.Targets[0].Text != want.Text || c.Targets[0].Reason != want.Reason {
			t.Errorf("%s: %+v, want %s first", text, c.Targets, want.Text)
		}
	}
}

// TestExtract_ProposesNothingInDoubt learns from two segments that share most of
// their words, as a headline and its repetition do: any of these may say "IOC".
func TestExtract_ProposesNothingInDoubt(t *testing.T) {
	memory := []Pair{
		{"The race shows the fear of the IOC", "مسابقه ترس کمیتهٔ المپیک را به نمایش می‌گذارد"},
		{"Sport: the race shows the fear of the IOC", "ورزش: مسابقه ترس کمیتهٔ المپیک را به نمایش می‌گذارد"},
		{"It rains.", "باران می‌بارد."},
	}
	options := ExtractOptions{Source: language.English, Target: language.Persian, Memory: slices.Values(memory)}
	if c := extracted(options, "The IOC met.", "The IOC left.")["IOC"]; len(c.Targets) != 0 {
		t.Errorf("proposed %+v", c.Targets)
	}
	memory = append(memory, Pair{"The IOC answered.", "شورای المپیک پاسخ داد."}, Pair{"She wrote to the IOC.", "او به شورای المپیک نامه نوشت."})
	options.Memory = slices.Values(memory)
	if c := extracted(options, "The IOC met.", "The IOC left.")["IOC"]; len(c.Targets) == 0 || c.Targets[0].Text != "المپیک" {
		t.Errorf("proposed %+v, want المپیک", c.Targets)
	}
}

func FuzzExtract(f *testing.F) {
	f.Add("The UN (United Nations) met A. B. Ali-e’s \xff “x” – 1988.", "سازمان «ملل» آقای ‌کریم ها")
	f.Fuzz(func(t *testing.T, en, fa string) {
		for _, p := range []struct {
			tag          language.Tag
			text, target string
		}{{language.English, en, fa}, {language.Persian, fa, en}} {
			list := Extract(slices.Values([]ExtractSegment{{0, p.text, p.target}, {1, p.text, p.target}}),
				ExtractOptions{Source: p.tag, Target: language.Persian})
			for _, c := range list {
				for _, at := range c.Contexts {
					if !(0 <= at.From && at.From < at.To && at.To <= len(at.Text)) {
						t.Errorf("%+v out of %q", at, at.Text)
					}
				}
			}
		}
	})
}
