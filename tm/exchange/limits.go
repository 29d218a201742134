package exchange

// The bounds of what one file may ask for. They are far above what real files
// hold and far below what would hurt a server.
const (
	maxUnitBytes     = 16 << 20  // text of one unit with its codes, properties and notes
	maxVariants      = 20_000    // languages of one unit
	maxCodes         = 100_000   // inline elements of one unit
	maxProps         = 10_000    // properties, notes and attributes of one unit or header
	maxRepeatedProps = 100_000   // properties copied to units for further variants of a language
	maxDepth         = 256       // open XML elements
	maxMarkup        = 8 << 20   // one XML tag, CDATA section or DOCTYPE
	maxAttrs         = 200       // attributes of one XML tag
	maxCell          = 4 << 20   // one cell of a table
	maxColumns       = 1_000     // cells of one row
	maxConcepts      = 250_000   // rows or entries of one glossary
	maxGlossaryBytes = 256 << 20 // text and elements of one TBX file
)
