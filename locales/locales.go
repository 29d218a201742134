// Package locales holds every word Tarjoman says to people, one file
// active.<tag>.toml per language of the interface, and prints it. Start with
// [For] and [Printer.T].
//
// Keys name the place of a sentence ("project.new.title"); codes of errors,
// issues, penalties and jobs have their sentence below "error.", "issue.",
// "penalty." and "job.". A new language is one new file: its name, direction and
// digits come from the tables of x/text.
package locales

import (
	"embed"
	"fmt"
	"io/fs"
	"slices"
	"strings"
	"sync/atomic"

	"github.com/nicksnyder/go-i18n/v2/i18n"
	toml "github.com/pelletier/go-toml/v2"
	"golang.org/x/text/language"
)

//go:embed active.*.toml
var files embed.FS

// English is the language every key has a sentence in.
var English = language.English

var (
	bundle   = load()
	printers = makePrinters()
	misses   atomic.Int64
)

// load reads every file once. A file that cannot be read is a programmer's
// mistake and stops the program at start-up.
func load() *i18n.Bundle {
	b := i18n.NewBundle(English)
	b.RegisterUnmarshalFunc("toml", toml.Unmarshal)
	names, err := fs.Glob(files, "active.*.toml")
	if err != nil {
		panic(err)
	}
	for _, name := range names {
		if _, err := b.LoadMessageFileFS(files, name); err != nil {
			panic(fmt.Errorf("read %s: %w", name, err))
		}
	}
	return b
}

// Tags returns the languages of the interface, English first.
func Tags() []language.Tag {
	tags := slices.Clone(bundle.LanguageTags())
	slices.SortFunc(tags, func(a, b language.Tag) int {
		if a == English || b == English {
			return boolOrder(b == English) - boolOrder(a == English)
		}
		return strings.Compare(a.String(), b.String())
	})
	return tags
}

func boolOrder(b bool) int {
	if b {
		return 1
	}
	return 0
}

// For returns the printer of the first wish we speak, and English when we speak
// none. A wish is a BCP 47 tag or the value of an Accept-Language header; what
// cannot be parsed is passed over.
func For(wishes ...string) *Printer {
	tags := Tags()
	matcher := language.NewMatcher(tags)
	for _, wish := range wishes {
		wanted, _, err := language.ParseAcceptLanguage(wish)
		if err != nil || len(wanted) == 0 {
			continue
		}
		if _, i, confidence := matcher.Match(wanted...); confidence > language.No {
			return printers[tags[i]]
		}
	}
	return printers[English]
}

// Spoken reports whether the interface has the language.
func Spoken(tag string) bool {
	t, err := language.Parse(tag)
	return err == nil && printers[t] != nil
}

// Misses returns how often a sentence was asked for that has no line in its
// language, since the program started.
func Misses() int64 { return misses.Load() }

// messages reads one file as a flat table of key and sentence; plural forms
// have keys of their own ("x.count.one").
func messages(name string) (map[string]string, error) {
	data, err := files.ReadFile(name)
	if err != nil {
		return nil, err
	}
	var tree map[string]any
	if err := toml.Unmarshal(data, &tree); err != nil {
		return nil, err
	}
	flat := map[string]string{}
	flatten("", tree, flat)
	return flat, nil
}

func flatten(prefix string, tree map[string]any, into map[string]string) {
	for key, value := range tree {
		switch v := value.(type) {
		case string:
			into[prefix+key] = v
		case map[string]any:
			flatten(prefix+key+".", v, into)
		}
	}
}
