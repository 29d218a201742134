package lang

var _ = register("de", Profile{digits: digits{zero: '0', group: ".", decimal: ",", percent: "\u00a0%", minus: "-"}})
