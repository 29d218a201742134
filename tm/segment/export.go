package segment

// Builtin returns our own rules for all languages as one file, to be exported
// and changed. The maps of the default rules come last, so that they serve the
// languages that have none of their own.
func Builtin() *File {
	entries, err := ruleFiles.ReadDir("rules")
	if err != nil {
		panic(err)
	}
	var names []string
	for _, e := range entries {
		if e.Name() != defaultRules {
			names = append(names, e.Name())
		}
	}
	return joinFiles(append(names, defaultRules))
}

// defaultRules is the file for languages without one.
const defaultRules = "default.srx"

func joinFiles(names []string) *File {
	whole := &File{}
	for _, name := range names {
		f := mustLoad(name)
		languages, maps := append(whole.Languages, f.Languages...), append(whole.Maps, f.Maps...)
		*whole = *f
		whole.Languages, whole.Maps = languages, maps
	}
	return whole
}
