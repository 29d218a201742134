package glossary

// insideNames are small words that stand inside names.
var insideNames = wordSet("of the de da del della di du van von der den la le bin ibn al el ul -e e y")

// titles stand before names and are translated.
var titles = wordSet(`mr mrs ms miss dr prof professor sir lord lady president vice prime minister secretary senator
	congressman congresswoman representative ambassador governor mayor judge justice general colonel major captain
	lieutenant sergeant commander admiral chairman chairwoman director king queen prince princess emperor pope bishop
	archbishop cardinal reverend ayatollah hojatoleslam hojjatoleslam imam grand supreme leader chancellor
	spokesman spokeswoman spokesperson former foreign deputy chief attorney doctor the a an`)

// sentenceStarts are words that begin sentences and are no names.
var sentenceStarts = wordSet(`the a an this that these those he she it they we you i his her its their our your my in on at by
	for from to of with without within into onto over under after before during since until while when where why
	how what who whose which if unless although though because as so but and or nor yet not no yes there here then
	now today yesterday tomorrow later earlier soon once again also still even only just more most many much some
	any all both each every either neither few several other another such same one two three four five six seven
	eight nine ten first second third last next new old according despite however meanwhile moreover therefore
	instead about above across against along among around behind below beside besides between beyond down inside
	near off out outside through throughout toward towards up upon via per do does did is are was were be been has
	have had can could may might must shall should will would let please sources officials people police reports
	state women men students workers families nobody everyone someone nothing everything perhaps maybe never always
	often sometimes usually recently finally eventually currently previously`)

// notNames are capitalised words that name no person, organization or place:
// days, months, peoples and languages.
var notNames = wordSet(`monday tuesday wednesday thursday friday saturday sunday january february march april may june july
	august september october november december i english iranian persian american british french german russian chinese
	israeli palestinian iraqi syrian turkish afghan pakistani indian saudi arab arabic kurdish european swedish
	canadian australian italian spanish japanese korean ukrainian lebanese egyptian african asian muslim christian
	jewish islamic shiite sunni shia western eastern northern southern north south east west ii iii iv`)
