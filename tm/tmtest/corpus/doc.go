// Package corpus makes the units and queries that benchmarks of the memory run
// on; nothing but tests imports it. Start at [Gather], which finds real text,
// and [Recipe.Make], which makes a corpus from it.
//
// # Texts
//
// Real text comes from the descriptions and documentation packages of Debian,
// fetched once with apt into a cache outside the project ([CacheDir]), and from
// the sentence pairs in shared/data/parallel beside it. What is missing is made
// up from a vocabulary with Zipf's distribution, so that everything works
// offline, too. A [Corpus] says how many units came from where.
//
// # Units
//
// [VariantShare] of the units are near-duplicates of others, as memories have
// them; the rest are distinct sentences of three words and more. No two sources
// have the same words and punctuation in the same order, whatever their case.
// Every unit has a target: the real one, or one made word by word, the same
// word for the same word, so that alignment can be learned from it.
//
// # Determinism
//
// The same recipe with the same texts makes the same corpus, on every machine.
// The order of the texts does not count. A smaller corpus is not a part of a
// larger one.
package corpus
