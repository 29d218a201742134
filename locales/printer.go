package locales

import (
	"strings"

	"github.com/nicksnyder/go-i18n/v2/i18n"
	"golang.org/x/text/language"
	"golang.org/x/text/language/display"
	"golang.org/x/text/message"
	"golang.org/x/text/number"
)

// A Printer speaks one language of the interface. It is safe for concurrent
// use.
type Printer struct {
	tag       language.Tag
	localizer *i18n.Localizer
	numbers   *message.Printer
	names     display.Namer
	flat      map[string]string
}

func makePrinters() map[language.Tag]*Printer {
	all := map[language.Tag]*Printer{}
	for _, tag := range bundle.LanguageTags() {
		flat, err := messages("active." + tag.String() + ".toml")
		if err != nil {
			panic(err) // load has read the same file
		}
		all[tag] = &Printer{
			tag:       tag,
			localizer: i18n.NewLocalizer(bundle, tag.String()),
			numbers:   message.NewPrinter(tag),
			names:     display.Languages(tag),
			flat:      flat,
		}
	}
	return all
}

// Tag returns the language of p.
func (p *Printer) Tag() language.Tag { return p.tag }

// Lang returns the language of p for a lang attribute.
func (p *Printer) Lang() string { return p.tag.String() }

// Dir returns "rtl" or "ltr" for a dir attribute.
func (p *Printer) Dir() string { return Dir(p.tag) }

// T returns the sentence of key. Arguments are pairs of a name and a value that
// fill the placeholders {{.name}}. Texts are isolated ([Isolate]) and numbers
// written in the digits of the language. A key without a sentence gives the
// English one and is counted; a key nobody knows gives itself.
func (p *Printer) T(key string, pairs ...any) string {
	return p.print(key, nil, p.fill(pairs))
}

// N is [Printer.T] in the plural form for n, which fills {{.count}}.
func (p *Printer) N(key string, n int, pairs ...any) string {
	data := p.fill(pairs)
	data["count"] = p.Number(n)
	return p.print(key, n, data)
}

// Map is [Printer.T] with the arguments of an error or issue.
func (p *Printer) Map(key string, args map[string]any) string {
	data := make(map[string]any, len(args))
	for name, value := range args {
		data[name] = p.value(value)
	}
	return p.print(key, nil, data)
}

// Has reports whether key has a sentence, in this language or in English.
func (p *Printer) Has(key string) bool {
	_, ok := p.flat[key]
	if !ok && p.tag != English {
		return printers[English].Has(key)
	}
	return ok
}

// Slice returns the sentences below prefix with their placeholders unfilled,
// keyed by what follows the prefix; plural forms end in ".one", ".other".
func (p *Printer) Slice(prefix string) map[string]string {
	part := map[string]string{}
	for key, text := range printers[English].flat {
		if rest, ok := strings.CutPrefix(key, prefix); ok {
			part[rest] = text
		}
	}
	for key, text := range p.flat {
		if rest, ok := strings.CutPrefix(key, prefix); ok {
			part[rest] = text
		}
	}
	return part
}

func (p *Printer) print(key string, plural any, data map[string]any) string {
	text, err := p.localizer.Localize(&i18n.LocalizeConfig{MessageID: key, PluralCount: plural, TemplateData: data})
	if err != nil {
		misses.Add(1)
	}
	if text == "" {
		return key
	}
	return text
}

func (p *Printer) fill(pairs []any) map[string]any {
	data := make(map[string]any, len(pairs)/2+1)
	for i := 0; i+1 < len(pairs); i += 2 {
		if name, ok := pairs[i].(string); ok {
			data[name] = p.value(pairs[i+1])
		}
	}
	return data
}

// value makes an argument fit for a sentence.
func (p *Printer) value(v any) any {
	switch v := v.(type) {
	case int, int8, int16, int32, int64, uint, uint8, uint16, uint32, uint64, float32, float64:
		return p.Number(v)
	case string:
		return Isolate(v)
	case []string:
		return p.list(v)
	case Verbatim:
		return string(v)
	}
	return v
}

// list writes several texts as alternatives: "a / b".
func (p *Printer) list(texts []string) string {
	isolated := make([]string, len(texts))
	for i, text := range texts {
		isolated[i] = Isolate(text)
	}
	return strings.Join(isolated, " / ")
}

// Verbatim is an argument that is part of the sentence: it is neither isolated
// nor changed.
type Verbatim string

// Number writes an integer or decimal with the digits and separators of the
// language.
func (p *Printer) Number(n any) string {
	return p.numbers.Sprint(number.Decimal(n, number.MaxFractionDigits(1)))
}

// Percent writes n percent: "50%", "۵۰٪". In right-to-left languages an Arabic
// letter mark keeps the sign on the left at the start of a line (PERSIAN.md G6).
func (p *Printer) Percent(n int) string {
	text := p.numbers.Sprint(number.Percent(float64(n) / 100))
	if p.Dir() == "rtl" {
		return arabicLetterMark + text
	}
	return text
}

// Bytes writes a size in the largest unit that keeps at least one whole digit.
func (p *Printer) Bytes(n int64) string {
	const step = 1024
	units := []string{"size.bytes", "size.kilobytes", "size.megabytes", "size.gigabytes"}
	size, i := float64(n), 0
	for size >= step && i < len(units)-1 {
		size /= step
		i++
	}
	return p.T(units[i], "size", size)
}

// Language returns the name of a content language in the language of p, and
// the tag itself when it has none.
func (p *Printer) Language(tag language.Tag) string {
	if name := p.names.Name(tag); name != "" {
		return name
	}
	return tag.String()
}

// Self returns the name of a language in that language: "فارسی", "English".
func Self(tag language.Tag) string { return display.Self.Name(tag) }
