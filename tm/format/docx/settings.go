package docx

import (
	"tarjoman/tm/format/internal/xmlspan"
)

// amendSettings names the target as the right-to-left language of the theme:
// Word looks up the theme fonts for complex script by it. Documents that name
// no languages there are left alone, as are all other settings and the styles;
// every translated run says its language itself.
func (p *pkg) amendSettings(env *environment, changed map[string][]byte) error {
	if env.dir != rightToLeft || p.settings == "" {
		return nil
	}
	doc, err := p.parse(p.settings)
	if err != nil {
		return err
	}
	n := child(doc.Root, "themeFontLang")
	tag := wordTag(env.target)
	if n == nil || attr(n, "bidi") == tag {
		return nil
	}
	l := runProps{{name: "themeFontLang", markup: string(n.Bytes()), node: n}}
	l = setAttr(l, newTagger(n), "themeFontLang", "bidi", tag, "")
	var edits xmlspan.Edits
	edits.Replace(n.Start, n.End, xmlspan.Raw(l[0].markup))
	changed[p.settings], err = edits.Apply(doc.Src)
	return err
}
