package format

import (
	"bytes"

	"tarjoman/tm"
)

// The bounds every format keeps (TRUST.md B1, B7). They are far above what news
// teams send and far below what would hurt other users of the same process.
const (
	MaxBytes      = 64 << 20 // of a document as uploaded, and of its decoded text
	MaxBlocks     = 200_000  // translatable blocks of one document
	MaxBlockBytes = 1 << 20  // native bytes of one block
	MaxCodes      = 10_000   // inline codes of one block
)

// Guard checks the size of a document and returns translate with the blocks
// counted: the block after [MaxBlocks] ends the rewrite with a *tm.Error.
func Guard(src []byte, translate Translate) (Translate, error) {
	if len(src) > MaxBytes {
		return nil, tm.NewError(tm.TooLarge, "document.too_large", "limit_mb", MaxBytes>>20)
	}
	n := 0
	return func(b Block) (*tm.Content, error) {
		if n++; n > MaxBlocks {
			return nil, tm.NewError(tm.TooLarge, "document.too_many_blocks", "limit", MaxBlocks)
		}
		return translate(b)
	}, nil
}

// BlockTooLarge is the error for a block over [MaxBlockBytes] or [MaxCodes]
// that begins at the byte offset at of src.
func BlockTooLarge(src []byte, at int) error {
	return tm.NewError(tm.TooLarge, "document.block_too_large",
		"line", Line(src, at), "limit_kb", MaxBlockBytes>>10, "limit_codes", MaxCodes)
}

// Line returns the number, from 1, of the line that holds the byte offset at.
// Lines end with LF, CR LF or a lone CR. It reads src from the start: for error
// messages, not for loops.
func Line(src []byte, at int) int {
	before := src[:min(at, len(src))]
	cr, lf := bytes.Count(before, []byte{'\r'}), bytes.Count(before, []byte{'\n'})
	return 1 + cr + lf - bytes.Count(before, []byte("\r\n"))
}
