// Package exchange reads and writes units and terms as other tools keep them:
// files with no document behind them. Start at [ReadTMX] and [WriteTMX] for
// translation memories, [ReadXLIFF] for bilingual files, [ReadUnitsTSV] for
// plain pairs and [ReadGlossary] for glossaries, which are held in memory.
//
// Readers of units stream: memory is bounded by one unit, whatever the size of
// the file. Text comes through exactly or is refused: nothing is normalised,
// no byte is replaced. What a person can act on is a *tm.Error whose arguments
// name the line and the unit or row, both from 1.
//
// Input is not trusted. A DOCTYPE is accepted when it only names an external
// subset, which is never opened; an internal subset is refused, and so are
// entities other than the five of XML. Limits are in limits.go.
package exchange
