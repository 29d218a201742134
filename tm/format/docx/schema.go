package docx

import (
	"slices"
	"strings"

	"tarjoman/tm/format/internal/xmlspan"
)

// The order of children that the schema asks for (ECMA-376 part 1, annex A);
// Word refuses documents that break it in some of these.
var (
	runOrder = orderOf("ins del moveFrom moveTo rStyle rFonts b bCs i iCs caps smallCaps strike dstrike outline " +
		"shadow emboss imprint noProof snapToGrid vanish webHidden color spacing w kern position sz szCs " +
		"highlight u effect bdr shd fitText vertAlign rtl cs em lang eastAsianLayout specVanish oMath")
	paragraphOrder = orderOf("pStyle keepNext keepLines pageBreakBefore framePr widowControl numPr " +
		"suppressLineNumbers pBdr shd tabs suppressAutoHyphens kinsoku wordWrap overflowPunct topLinePunct " +
		"autoSpaceDE autoSpaceDN bidi adjustRightInd snapToGrid spacing ind contextualSpacing mirrorIndents " +
		"suppressOverlap jc textDirection textAlignment textboxTightWrap outlineLvl divId cnfStyle rPr sectPr pPrChange")
	tableOrder = orderOf("tblStyle tblpPr tblOverlap bidiVisual tblStyleRowBandSize tblStyleColBandSize tblW jc " +
		"tblCellSpacing tblInd tblBorders shd tblLayout tblCellMar tblLook tblCaption tblDescription tblPrChange")
	sectionOrder = orderOf("headerReference footerReference footnotePr endnotePr type pgSz pgMar paperSrc pgBorders " +
		"lnNumType pgNumType cols formProt vAlign noEndnote titlePg textDirection bidi rtlGutter docGrid " +
		"printerSettings sectPrChange")
)

type order map[string]int

func orderOf(names string) order {
	o := order{}
	for i, name := range strings.Fields(names) {
		o[name] = i
	}
	return o
}

// rank places names the schema of 2006 does not know (w14:glow) after all it
// does, but before the record of a tracked change.
func (o order) rank(name string) int {
	if i, ok := o[name]; ok {
		return i
	}
	if strings.HasSuffix(name, "Change") {
		return len(o) + 1
	}
	return len(o)
}

// A change sets a child of a properties element to markup, or removes it when
// the markup is empty.
type change struct{ name, markup string }

// amend makes the changes to the children of n by edits; in order o. All
// changes of one element come in one call.
func (s *story) amend(n *xmlspan.Node, o order, changes []change) {
	slices.SortStableFunc(changes, func(a, b change) int { return o.rank(a.name) - o.rank(b.name) })
	if n.CloseStart == n.End { // <w:pPr/>
		s.fill(n, changes)
		return
	}
	for _, c := range changes {
		s.amendChild(n, o, c)
	}
}

func (s *story) amendChild(n *xmlspan.Node, o order, c change) {
	at, found := n.CloseStart, false
	for sibling := range n.Elements() {
		name := word(sibling)
		switch {
		case name == c.name && !found:
			found = true
			s.edits.Replace(sibling.Start, sibling.End, xmlspan.Raw(c.markup))
		case name == c.name:
			s.edits.Replace(sibling.Start, sibling.End)
		case o.rank(name) > o.rank(c.name) && at == n.CloseStart:
			at = sibling.Start
		}
	}
	if !found && c.markup != "" {
		s.edits.Replace(at, at, xmlspan.Raw(c.markup))
	}
}

// fill gives an empty element its first children.
func (s *story) fill(n *xmlspan.Node, changes []change) {
	inner := ""
	for _, c := range changes {
		inner += c.markup
	}
	if inner == "" {
		return
	}
	tag := strings.TrimSuffix(string(n.Bytes()), "/>")
	s.edits.Replace(n.Start, n.End, xmlspan.Raw(tag+">"+inner+closeTag(n)))
}

func closeTag(n *xmlspan.Node) string {
	if prefix := n.Prefix(); prefix != "" {
		return "</" + prefix + ":" + n.Local() + ">"
	}
	return "</" + n.Local() + ">"
}
