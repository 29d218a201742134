// Package peers holds a benchmark only: the memory beside other ways to search
// one, in one run. Start at BenchmarkPeers; make bench runs it.
//
// It stands below tm/store because database/sql and PostgreSQL's driver belong
// there, and in a folder of its own because the store needs none of it.
//
// # What is measured
//
// Processor time of the thread that answers, for each query the best of some
// rounds in which the peers take turns: a busy machine changes the figures
// less, and all alike. Peers in other processes report their own: PostgreSQL
// that of its backend, without the network and the client; Lucene that of its
// thread. A slow peer answers the first queries only; the column says how
// many, and its ratio is to the product's time for the same queries.
//
// # What is right
//
// A scan over all units gives the truth: the pairs of query and unit whose
// similarity (package memory) is 70 percent and more. Recall of pairs is the
// share of them that a peer offers; recall of the top 5 is the share of the
// scores of the best five that are among its best five. The benchmark fails
// when the product misses one.
package peers
