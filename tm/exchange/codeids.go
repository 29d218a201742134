package exchange

import "tarjoman/tm"

// freeze returns the store as a string and gives the codes their Data. All texts
// of a unit are parts of this one string.
func (d *unitReader) freeze() string {
	texts := len(d.store)
	d.store = append(d.store, d.data...)
	all := string(d.store)
	for i := range d.codes {
		c := &d.codes[i]
		c.Data = all[texts+c.data.from : texts+c.data.to]
	}
	return all
}

// contents returns the contents of the variants, whose codes have IDs. Codes
// that correspond to one of variant ref have its ID. The slice is valid until
// the next call.
func (d *unitReader) contents(all string, variants []rawVariant, ref int) []tm.Content {
	d.made = d.made[:0]
	n := 0
	for _, v := range variants {
		d.made = append(d.made, tm.Plain(all[v.text.from:v.text.to]))
		n += v.codes.to - v.codes.from
	}
	if n == 0 {
		return d.made
	}
	d.numberCodes(variants, ref)
	codes := make([]tm.Code, 0, n)
	for i, v := range variants {
		from := len(codes)
		for _, c := range d.codesOf(v) {
			codes = append(codes, c.Code)
		}
		if from < len(codes) {
			d.made[i].Codes = codes[from:len(codes):len(codes)]
		}
	}
	return d.made
}

func (d *unitReader) numberCodes(variants []rawVariant, ref int) {
	n := &d.numbers
	n.ref = nil
	codes := d.codesOf(variants[ref])
	n.number(codes)
	n.ref, n.refLast = codes, n.last
	for i, v := range variants {
		if i != ref {
			n.number(d.codesOf(v))
		}
	}
}

func (d *unitReader) codesOf(v rawVariant) []rawCode { return d.codes[v.codes.from:v.codes.to] }

// numbering gives IDs to the codes of one variant after another.
type numbering struct {
	ref     []rawCode // of the reference variant; nil while they are numbered themselves
	refLast int       // greatest ID of the reference
	last    int       // greatest ID of the variant
	taken   []uint32  // by ID: the round in which the variant took it
	round   uint32    // of the variant
	free    int       // all codes of ref before it are taken
	after   int       // index after the code of ref that was met last
}

// number sets the IDs: first those that the file gives by x, then by the same
// markup as in the reference, then by the same kind, and last new ones.
func (n *numbering) number(codes []rawCode) {
	if len(codes) == 0 {
		return
	}
	n.start()
	n.each(codes, func(c *rawCode) int { return c.x })
	if len(n.ref) > 0 {
		n.each(codes, func(c *rawCode) int { return n.corresponding(c, alike) })
		n.free, n.after = 0, 0
		n.each(codes, func(c *rawCode) int { return n.corresponding(c, ofOneKind) })
	}
	n.each(codes, func(*rawCode) int { n.last++; return n.last })
}

func (n *numbering) start() {
	n.last, n.free, n.after = n.refLast, 0, 0
	if n.ref == nil {
		n.last = 0
	}
	if n.round++; n.round == 0 { // after 4 thousand million variants
		clear(n.taken)
		n.round = 1
	}
}

// each offers every code without ID, once for a pair, an ID.
func (n *numbering) each(codes []rawCode, offer func(*rawCode) int) {
	for i := range codes {
		c := &codes[i]
		if c.ID != 0 {
			continue
		}
		if id := offer(c); id > 0 && n.take(id) {
			c.ID, codes[c.partner].ID = id, id
		}
	}
}

// take reports whether the ID was free, and takes it.
func (n *numbering) take(id int) bool {
	if n.isTaken(id) {
		return false
	}
	if id >= len(n.taken) {
		n.taken = append(n.taken, make([]uint32, id+1-len(n.taken))...)
	}
	n.taken[id] = n.round
	n.last = max(n.last, id)
	return true
}

func (n *numbering) isTaken(id int) bool { return id < len(n.taken) && n.taken[id] == n.round }

// corresponding returns the ID of the first code of the reference that is the
// same as c and still free, 0 for none. In a text of very many codes it looks
// only near the first free one and near the last that was met.
func (n *numbering) corresponding(c *rawCode, same func(a, b *rawCode) bool) int {
	for n.free < len(n.ref) && n.isTaken(n.ref[n.free].ID) {
		n.free++
	}
	id := n.near(n.free, c, same)
	if id == 0 && n.after > n.free {
		id = n.near(n.after, c, same)
	}
	return id
}

func (n *numbering) near(from int, c *rawCode, same func(a, b *rawCode) bool) int {
	const far = 256
	for i := from; i < min(from+far, len(n.ref)); i++ {
		if r := &n.ref[i]; r.partner >= i && !n.isTaken(r.ID) && same(r, c) {
			n.after = i + 1
			return r.ID
		}
	}
	return 0
}

// alike and ofOneKind compare codes; both tell half a pair from a code that
// stands without partner.
func alike(a, b *rawCode) bool {
	return ofOneKind(a, b) && a.Type == b.Type && a.Data == b.Data
}

func ofOneKind(a, b *rawCode) bool { return a.Kind == b.Kind && a.paired == b.paired }
