package lang

import (
	"golang.org/x/text/language"
)

// A Profile is what the program knows about one language. It is immutable and
// safe for concurrent use.
type Profile struct {
	tag    language.Tag
	rtl    bool
	fold   folding
	digits digits
	words  *vocabulary // nil when we know no number words of the language
}

// digits is how a language writes numbers.
type digits struct {
	zero    rune // the digit 0; the other nine follow it
	group   string
	decimal string
	percent string
	minus   string
}

var ascii = digits{zero: '0', group: ",", decimal: ".", percent: "%", minus: "-"}

// registry holds the profiles by base language. Only register writes to it,
// while the package is initialised.
var registry = map[string]*Profile{}

// register adds the profile of one language file. The result exists so that a
// file can register in a variable declaration.
func register(tag string, p Profile) *Profile {
	p.tag = language.Make(tag)
	p.rtl = RTL(p.tag)
	if p.digits.zero == 0 {
		p.digits = ascii
	}
	p.fold.prepare()
	p.words = p.words.folded(&p)
	registry[tag] = &p
	return &p
}

var plainDefault, rtlDefault = newDefault(false), newDefault(true)

func newDefault(rtl bool) *Profile {
	p := &Profile{tag: language.Und, digits: ascii, rtl: rtl}
	p.fold.prepare()
	return p
}

// For returns the profile of tag: that of its base language, or a default one
// with the right direction. It is never nil.
func For(tag language.Tag) *Profile {
	base, _ := tag.Base()
	if p := registry[base.String()]; p != nil {
		return p
	}
	if RTL(tag) {
		return rtlDefault
	}
	return plainDefault
}

// Tag returns the language the profile was written for: fa for any kind of
// Persian, und for a default profile.
func (p *Profile) Tag() language.Tag { return p.tag }

// RTL reports whether the language is written from right to left.
func (p *Profile) RTL() bool { return p.rtl }

// rtlScripts are the scripts written from right to left.
var rtlScripts = map[string]bool{
	"Arab": true, "Aran": true, "Hebr": true, "Syrc": true, "Thaa": true,
	"Nkoo": true, "Adlm": true, "Mand": true, "Samr": true, "Rohg": true,
}

// rtlLanguages decides where a tag names no script (PERSIAN.md G1). The guess
// of x/text alone is not trusted: ku is Latin there, and users of Kurdish in
// Arabic script write ckb.
var rtlLanguages = map[string]bool{
	"fa": true, "ar": true, "ckb": true, "ps": true, "ur": true, "he": true,
	"yi": true, "prs": true, "ug": true, "sd": true, "dv": true, "syr": true, "nqo": true,
	"arc": true, "pnb": true, "mzn": true, "glk": true, "lrc": true, "azb": true,
}

// RTL reports whether tag is written from right to left. A script in the tag
// decides (fa-Latn is not, az-Arab is), otherwise the language.
func RTL(tag language.Tag) bool {
	script, confidence := tag.Script()
	if confidence == language.Exact {
		return rtlScripts[script.String()]
	}
	base, _ := tag.Base()
	return rtlLanguages[base.String()] || rtlScripts[script.String()]
}
