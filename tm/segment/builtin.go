package segment

import (
	"bytes"
	"embed"
	"fmt"
	"path"
	"strings"
	"sync"

	"golang.org/x/text/language"
)

//go:embed rules/*.srx
var ruleFiles embed.FS

// builtin holds our own rules by base language, compiled at first use.
var builtin = listBuiltin()

func listBuiltin() map[string]func() *Rules {
	m := map[string]func() *Rules{}
	names, err := ruleFiles.ReadDir("rules")
	if err != nil {
		panic(err)
	}
	for _, n := range names {
		name := n.Name()
		m[strings.TrimSuffix(name, ".srx")] = sync.OnceValue(func() *Rules { return mustCompile(name) })
	}
	return m
}

// mustLoad panics on a mistake in our own rules, which a test would show.
func mustLoad(name string) *File {
	data, err := ruleFiles.ReadFile(path.Join("rules", name))
	if err != nil {
		panic(err)
	}
	f, err := Load(bytes.NewReader(data))
	if err != nil {
		panic(fmt.Errorf("%s: %w", name, err))
	}
	return f
}

// mustCompile is mustLoad for the rules of the language a file is named after.
func mustCompile(name string) *Rules {
	r, err := mustLoad(name).Rules(language.Make(strings.TrimSuffix(name, ".srx")))
	if err != nil {
		panic(fmt.Errorf("%s: %w", name, err))
	}
	return r
}

// For returns our own rules for a language: those of its base language or, when
// there is no file for it, rules that suit most languages.
func For(tag language.Tag) *Rules {
	base, _ := tag.Base()
	if rules := builtin[base.String()]; rules != nil {
		return rules()
	}
	return builtin["default"]()
}
