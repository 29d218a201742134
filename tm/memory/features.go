package memory

// fewTokens is up to how many tokens a row is searched for repeats.
const fewTokens = 64

// read returns the features of the next entry.
func (b *laneBuilder) read() []uint32 {
	n, size := varint(b.rows[b.at:])
	from := b.at + size
	b.at = from + n
	b.row = appendTokens(b.row[:0], b.rows[from:b.at])
	if len(b.row) > fewTokens {
		return b.readMany()
	}
	return b.readFew()
}

// readFew is for an ordinary row. A token whose mark was not met is none that
// was.
func (b *laneBuilder) readFew() []uint32 {
	b.features = append(b.features[:0], b.row...)
	met := uint64(0)
	for i, t := range b.row {
		mark := markOf(t)
		if met&mark != 0 {
			b.features[i] = b.feature(t, occurrences(b.row[:i], t))
		}
		met |= mark
	}
	return b.features
}

func occurrences(row []uint32, token uint32) (n uint32) {
	for _, t := range row {
		if t == token {
			n++
		}
	}
	return n
}

// readMany is for a long row. In those that fuzzy matching does not compare only
// search needs to find tokens.
func (b *laneBuilder) readMany() []uint32 {
	if b.seen == nil {
		b.seen = make([]uint16, len(b.counts))
	}
	b.features = b.features[:0]
	once := len(b.row) > MaxTokens
	for _, t := range b.row {
		repeat := b.seen[t]
		if !once || repeat == 0 {
			b.seen[t]++
			b.features = append(b.features, b.feature(t, uint32(repeat)))
		}
	}
	for _, t := range b.row {
		b.seen[t] = 0
	}
	return b.features
}

// feature returns the number of a feature here.
func (b *laneBuilder) feature(token, repeat uint32) uint32 {
	if repeat == 0 {
		return token
	}
	n, found := b.known.number(uint64(repeat)<<32 | uint64(token))
	if !found {
		b.counts, b.now = append(b.counts, 0), append(b.now, 0)
	}
	return b.tokens + n
}
