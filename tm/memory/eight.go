package memory

// Texts are looked through eight bytes at a time where most of them need no
// care. What follows works on such eight bytes and marks bytes by their top bit.
const (
	ones = 0x0101010101010101
	tops = 0x80 * ones
)

// within marks the bytes of ASCII from low to high.
func within(x uint64, low, high byte) uint64 {
	y := x &^ tops
	return (y + ones*uint64(0x80-low)) &^ (y + ones*uint64(0x7F-high)) &^ x & tops
}

// foreign marks the first bytes of characters that are neither of ASCII nor of
// U+0600 to U+06FF, which begin with 0xD8 to 0xDB.
func foreign(x uint64) uint64 {
	other := (x ^ ones*0xD8) & (ones * 0xFC)
	return x & (x << 1) & ((other&^tops + ^uint64(tops)) | other) & tops
}
