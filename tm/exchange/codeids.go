package exchange

import "tarjoman/tm"

// contents returns the contents of the variants, whose codes have IDs. Codes
// that correspond to one of variant ref have its ID. All texts are parts of one
// string.
func (d *unitReader) contents(variants []rawVariant, ref int) []tm.Content {
	texts := len(d.store)
	d.store = append(d.store, d.data...)
	all := string(d.store)
	d.made = d.made[:0]
	for _, v := range variants {
		d.made = append(d.made, tm.Plain(all[v.text.from:v.text.to]))
	}
	if len(d.codes) == 0 {
		return d.made
	}
	for i := range d.codes {
		c := &d.codes[i]
		c.Data = all[texts+c.data.from : texts+c.data.to]
	}
	d.numberCodes(variants, ref)
	codes := make([]tm.Code, len(d.codes))
	for i := range d.codes {
		codes[i] = d.codes[i].Code
	}
	for i, v := range variants {
		if from, to := v.codes.from, v.codes.to; from < to {
			d.made[i].Codes = codes[from:to:to]
		}
	}
	return d.made
}

func (d *unitReader) numberCodes(variants []rawVariant, ref int) {
	var known *numbering // nil: nothing to follow
	if codes := d.codesOf(variants[ref]); len(codes) > 0 {
		known = newNumbering(nil)
		known.number(codes)
	}
	for i, v := range variants {
		if codes := d.codesOf(v); i != ref && len(codes) > 0 {
			newNumbering(known).number(codes)
		}
	}
}

func (d *unitReader) codesOf(v rawVariant) []rawCode { return d.codes[v.codes.from:v.codes.to] }

// numbering gives IDs to the codes of one variant.
type numbering struct {
	taken map[int]bool
	last  int
	ref   *numbering      // of the reference variant; nil when this is it
	ids   map[codeKey]int // for the reference: how the nth code of a kind is numbered
	asked map[tm.Code]int // how often a kind was looked up or remembered
}

// codeKey is the nth code that looks like this.
type codeKey struct {
	like tm.Code
	n    int
}

func newNumbering(ref *numbering) *numbering {
	n := &numbering{taken: map[int]bool{}, ref: ref, asked: map[tm.Code]int{}}
	if ref != nil {
		n.last = ref.last
	}
	return n
}

// number sets the IDs: first those that the file gives by x, then by the same
// markup as in the reference, then by the same kind, and last new ones.
func (n *numbering) number(codes []rawCode) {
	n.each(codes, func(c *rawCode) int { return c.x })
	if n.ref != nil {
		n.each(codes, func(c *rawCode) int { return n.corresponding(exactly(c)) })
		n.each(codes, func(c *rawCode) int { return n.corresponding(loosely(c)) })
	}
	n.each(codes, func(*rawCode) int { n.last++; return n.last })
	if n.ref == nil {
		n.remember(codes)
	}
}

// each offers every code without ID, once for a pair, an ID.
func (n *numbering) each(codes []rawCode, offer func(*rawCode) int) {
	for i := range codes {
		c := &codes[i]
		if c.ID != 0 {
			continue
		}
		if id := offer(c); id > 0 && !n.taken[id] {
			n.taken[id] = true
			n.last = max(n.last, id)
			c.ID, codes[c.partner].ID = id, id
		}
	}
}

// corresponding returns the ID of the next code of the reference that looks
// like this and is still free, 0 for none.
func (n *numbering) corresponding(like tm.Code) int {
	for {
		id := n.ref.ids[codeKey{like, n.asked[like]}]
		if id == 0 {
			return 0
		}
		n.asked[like]++
		if !n.taken[id] {
			return id
		}
	}
}

func (n *numbering) remember(codes []rawCode) {
	n.ids = map[codeKey]int{}
	for i := range codes {
		c := &codes[i]
		if c.partner < i {
			continue
		}
		for _, like := range []tm.Code{exactly(c), loosely(c)} {
			n.ids[codeKey{like, n.asked[like]}] = c.ID
			n.asked[like]++
		}
	}
}

// exactly and loosely describe a code for comparing; both tell half a pair from
// a code that stands without partner.
func exactly(c *rawCode) tm.Code {
	like := loosely(c)
	like.ID, like.Type, like.Data = 1, c.Type, c.Data
	return like
}

func loosely(c *rawCode) tm.Code {
	like := tm.Code{Kind: c.Kind}
	if c.paired {
		like.Pos = 1
	}
	return like
}
