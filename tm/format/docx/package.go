package docx

import (
	"path"
	"strings"

	"tarjoman/tm"
	"tarjoman/tm/format/internal/xmlspan"
	"tarjoman/tm/format/internal/zipfile"
)

// A pkg is an opened package with the parts we know what to do with. Parts are
// found through relationships (ECMA-376 part 2, 9.3), never by their names.
type pkg struct {
	archive                 *zipfile.Archive
	stories                 []part
	styles, theme, settings string // "" when there is none
}

// A part is one with text.
type part struct {
	name string
	kind partKind
}

type partKind uint8

const (
	bodyPart partKind = iota
	notesPart
	headerPart
	footerPart
	propertiesPart
)

// storyKinds maps the last step of a relationship type, which strict and
// transitional documents share.
var storyKinds = map[string]partKind{
	"footnotes": notesPart, "endnotes": notesPart, "header": headerPart, "footer": footerPart,
}

func openPackage(archive *zipfile.Archive) (*pkg, error) {
	p := &pkg{archive: archive}
	root, err := p.relations("")
	if err != nil {
		return nil, err
	}
	main := ""
	for _, r := range root {
		switch r.kind {
		case "officeDocument":
			main = r.target
		case "core-properties":
			p.addStory(r.target, propertiesPart)
		}
	}
	if main == "" {
		return nil, tm.NewError(tm.Invalid, "docx.incomplete", "part", "officeDocument")
	}
	if err := p.checkMain(main); err != nil {
		return nil, err
	}
	return p, p.openMain(main)
}

// checkMain tells Word documents from workbooks and presentations by the type
// the package declares for the main part.
func (p *pkg) checkMain(main string) error {
	doc, err := p.parse("[Content_Types].xml")
	if err != nil {
		if tm.CodeOf(err) == "archive.no_part" {
			return tm.NewError(tm.Invalid, "docx.incomplete", "part", "[Content_Types].xml")
		}
		return err
	}
	for c := range doc.Root.Elements() {
		name, _ := c.Attr("", "PartName")
		ext, _ := c.Attr("", "Extension")
		if !strings.EqualFold(name, "/"+main) && (ext == "" || !strings.EqualFold(path.Ext(main), "."+ext)) {
			continue
		}
		if kind, _ := c.Attr("", "ContentType"); isWordType(kind) {
			return nil
		}
	}
	return tm.NewError(tm.Unsupported, "docx.not_word")
}

func isWordType(kind string) bool {
	kind = strings.ToLower(kind)
	return strings.Contains(kind, "wordprocessingml") || strings.Contains(kind, "ms-word")
}

func (p *pkg) openMain(main string) error {
	p.addStory(main, bodyPart)
	relations, err := p.relations(main)
	if err != nil {
		return err
	}
	for _, r := range relations {
		name, ok := p.archive.Find(r.target)
		if !ok {
			continue
		}
		switch r.kind {
		case "styles":
			p.styles = name
		case "theme":
			p.theme = name
		case "settings":
			p.settings = name
		}
		if kind, ok := storyKinds[r.kind]; ok {
			p.addStory(name, kind)
		}
	}
	sortStories(p.stories)
	return nil
}

func (p *pkg) addStory(name string, kind partKind) {
	name, ok := p.archive.Find(name)
	if !ok && kind != bodyPart {
		return
	}
	for _, known := range p.stories {
		if known.name == name {
			return
		}
	}
	p.stories = append(p.stories, part{name, kind})
}

// A relation leads from one part to another inside the package.
type relation struct{ kind, target string }

// relations reads the relationships of a part, "" for those of the package. A
// part without any has none.
func (p *pkg) relations(of string) ([]relation, error) {
	dir, base := path.Split(of)
	name, ok := p.archive.Find(dir + "_rels/" + base + ".rels")
	if !ok {
		return nil, nil
	}
	doc, err := p.parse(name)
	if err != nil {
		return nil, err
	}
	var out []relation
	for r := range doc.Root.Elements() {
		if rel, ok := readRelation(r, dir); ok {
			out = append(out, rel)
		}
	}
	return out, nil
}

func readRelation(r *xmlspan.Node, dir string) (relation, bool) {
	mode, _ := r.Attr("", "TargetMode")
	target, ok := r.Attr("", "Target")
	kind, _ := r.Attr("", "Type")
	if !ok || mode == "External" {
		return relation{}, false
	}
	if !strings.HasPrefix(target, "/") {
		target = "/" + dir + target
	}
	return relation{path.Base(kind), strings.TrimPrefix(path.Clean(target), "/")}, true
}
