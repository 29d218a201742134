package memory

import (
	"cmp"
	"encoding/binary"
	"math"
	"slices"
)

// A proposal is what a phrase may be translated as.
type proposal struct {
	tokens     []uint32  // of the vocabulary of the target
	witnesses  []witness // that have it, the best first
	confidence float64
}

// A vote is the stretch from..to of a witness's target that its words explain
// best.
type vote struct {
	witness
	*pair
	from, to int
	own      float64 // how much of the stretch comes from the phrase, 0 to 1
}

// maxProposals is the number of translations of a fragment.
const maxProposals = 3

// translate returns the translations of a phrase by the units that hold it.
func (l *learner) translate(s span8, holders []witness) (list []proposal, sampled int) {
	var in [maxFragmentTokens]bool
	for _, t := range l.quarry.tokens[s.from:s.to] {
		in[t.word] = true
	}
	var votes []vote
	for _, w := range holders {
		_, studied := l.pairs[w.id]
		p := l.pair(w)
		if p == nil {
			continue
		}
		if !studied {
			l.link(p, false)
		}
		sampled++
		votes = append(votes, l.vote(w, p, &in, s.to-s.from))
	}
	left, o := votes, oddsOfPhrase
	if s.to-s.from == 1 {
		o = oddsOfWord
	}
	for len(list) < maxProposals && len(left) > 0 {
		found, rest := l.propose(left, votes, o)
		if found == nil {
			break
		}
		list = append(list, *found)
		left = rest
	}
	return list, sampled
}

// vote finds the stretch in which what comes from the phrase outweighs what does
// not by the most; none when it is much longer than the phrase of so many tokens.
func (l *learner) vote(w witness, p *pair, in *[maxFragmentTokens]bool, tokens int) vote {
	v := vote{witness: w, pair: p}
	from, sum, best := 0, 0.0, 0.0
	for j := range p.text {
		if sum <= 0 {
			from, sum = j, 0
		}
		sum += weight(p.share(j, in))
		if sum > best+1e-6 {
			best, v.from, v.to = sum, from, j+1
		}
	}
	if v.to-v.from > 2*tokens+1 {
		v.from, v.to = 0, 0 // not told apart from its sentence
	}
	v.measure(in)
	return v
}

// share returns how probably a token of the target comes from the phrase; -1
// for punctuation.
func (p *pair) share(j int, in *[maxFragmentTokens]bool) float64 {
	at := p.place[j]
	if at < 0 {
		return -1
	}
	sum := 0.0
	for k, w := range p.words {
		if in[w] {
			sum += float64(p.links[int(at)*len(p.words)+k])
		}
	}
	return sum
}

// weight is the logarithm of the odds, bounded so that one token of a phrase in
// doubt does not divide it.
func weight(share float64) float64 {
	if share < 0 {
		return -0.7
	}
	return max(-2, min(3, math.Log((share+1e-6)/(1-share+1e-6))))
}

// measure sets own.
func (v *vote) measure(in *[maxFragmentTokens]bool) {
	n := 0
	for j := v.from; j < v.to; j++ {
		if share := v.share(j, in); share >= 0 {
			v.own += share
			n++
		}
	}
	if n > 0 {
		v.own /= float64(n)
	}
}

// propose returns the stretch that most of the votes left agree on, and the
// votes of other opinion. A vote agrees as far as the stretch, where it stands
// in its target, and its own overlap.
func (l *learner) propose(left, all []vote, o odds) (*proposal, []vote) {
	best, bestCredit := []int32(nil), 0.0
	tried := map[string]bool{}
	for i := range left {
		s := left[i].stretch()
		if len(s) == 0 || tried[keyOf(s)] || len(tried) == maxTried {
			continue
		}
		tried[keyOf(s)] = true
		credit := 0.0
		for k := range left {
			credit += left[k].agrees(s)
		}
		if credit > bestCredit+1e-9 {
			best, bestCredit = s, credit
		}
	}
	if best == nil {
		return nil, nil
	}
	out := &proposal{}
	for _, t := range best {
		out.tokens = append(out.tokens, l.tokens[t].id)
	}
	var own, agreed float64
	for i := range all {
		if a := all[i].agrees(best); a > 0 || all[i].indexOf(best) >= 0 {
			out.witnesses = append(out.witnesses, all[i].witness)
			own, agreed = own+a*all[i].own, agreed+a
		}
	}
	out.confidence = o.confidence(agreed, float64(len(all)), own/agreed)
	rest := slices.DeleteFunc(slices.Clone(left), func(v vote) bool { return v.from == v.to || v.agrees(best) >= 0.5 })
	return out, rest
}

// maxTried is how many different stretches are compared.
const maxTried = 40

// Confidence is what a logistic regression found on real pairs held out (odds
// that the translation stands in the reference): so much depends on the part of
// the votes that agree, on how much of the stretch the phrase explains, and on
// how many agree at all.
type odds struct{ base, part, own, many float64 }

var (
	oddsOfPhrase = odds{base: 0.3, part: 1.25, own: 3.5, many: 1.25}
	oddsOfWord   = odds{base: 1.5, part: 1.5, own: 1, many: 0.25}
)

// confidence returns how probable a translation is of which so much of n votes
// agree.
func (o odds) confidence(agreed, n, own float64) float64 {
	x := o.base * math.Pow(agreed/n, o.part) * math.Pow(own, o.own) * math.Pow(1+agreed, o.many)
	return x / (1 + x)
}

func (v *vote) stretch() []int32 { return v.text[v.from:v.to] }

func keyOf(s []int32) string {
	b := make([]byte, 0, 4*len(s))
	for _, t := range s {
		b = binary.LittleEndian.AppendUint32(b, uint32(t))
	}
	return string(b)
}

// agrees returns 0 to 1: twice what is in both stretches by the length of both.
func (v *vote) agrees(s []int32) float64 {
	best := 0.0
	for at := 0; at+len(s) <= len(v.text); at++ {
		if !slices.Equal(v.text[at:at+len(s)], s) {
			continue
		}
		both := min(at+len(s), v.to) - max(at, v.from)
		best = max(best, 2*float64(both)/float64(len(s)+v.to-v.from))
	}
	return best
}

func (v *vote) indexOf(s []int32) int {
	for at := 0; at+len(s) <= len(v.text); at++ {
		if slices.Equal(v.text[at:at+len(s)], s) {
			return at
		}
	}
	return -1
}

func compareProposals(a, b proposal) int { return cmp.Compare(b.confidence, a.confidence) }
