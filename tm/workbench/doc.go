// Package workbench is everything a person can do with Tarjoman: import a
// document, translate it with the help of memories and glossaries, review it,
// export it. Start with [Open] and [Workbench.Import].
//
// Every method takes the [Actor] who asks and checks the permission of
// permissions.go in the same transaction as the change. What an actor may not
// see does not exist for him: a foreign identifier and a missing one give the
// same error. Every change is one transaction, is durable when the method
// returns, and keeps memory, history and audit in step.
package workbench
