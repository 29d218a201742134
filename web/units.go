package web

import (
	"cmp"
	"fmt"
	"net/http"
	"net/url"
	"slices"
	"strconv"
	"strings"
	"time"

	"golang.org/x/text/language"

	"tarjoman/locales"
	"tarjoman/tm"
	"tarjoman/tm/workbench"
)

// unitsPage is a memory: its units, searched and narrowed.
type unitsPage struct {
	page
	Memory workbench.Memory
	Units  []workbench.UnitRow
	Filter workbench.UnitFilter
	Tags   []workbench.UnitTag
	People []string // members, to narrow by author
	More   bool     // Total is the least number
	values url.Values
	list
}

func (unitsPage) view() string { return "units" }

func (s *Server) browseMemory(v *visit) error {
	memory, err := v.memory()
	if err != nil {
		return err
	}
	filter, wrong := unitFilter(v.r.URL.Query())
	if wrong != nil {
		v.flash(flash{Kind: "error", Text: v.Problem(wrong)})
	}
	found, err := s.work.Units(v.ctx(), v.actor(), v.project.ID, memory.ID, filter, v.offset(), listStep)
	if err != nil {
		return err
	}
	p := unitsPage{page: v.section("memories", memory.Name), Memory: memory, Units: found.Rows, Filter: filter, More: found.More}
	if p.Tags, err = s.work.UnitTags(v.ctx(), v.actor(), v.project.ID, memory.ID); err != nil {
		return err
	}
	if p.People, err = v.people(); err != nil {
		return err
	}
	p.values = unitValues(filter)
	p.list = pages(v.memoryPath(memory.ID), p.values, v.offset(), listStep, len(found.Rows), found.Total)
	if found.More && p.Next == "" && len(found.Rows) == listStep {
		p.Next = pageLink(v.memoryPath(memory.ID), p.values, v.offset()+listStep)
	}
	p.Query = filter.Text
	return v.render(http.StatusOK, p)
}

// people are the names of the members of the project.
func (v *visit) people() ([]string, error) {
	members, err := v.s.work.Members(v.ctx(), v.actor(), v.project.ID)
	names := make([]string, len(members))
	for i, m := range members {
		names[i] = m.Name
	}
	return names, err
}

// unitFilter reads the filter of a list of units. A day that cannot be read is
// left out and told.
func unitFilter(q url.Values) (workbench.UnitFilter, *tm.Error) {
	get := func(name string) string { return strings.TrimSpace(q.Get(name)) }
	f := workbench.UnitFilter{Text: get("q"), Several: get("several") != "", ByUse: get("sort") == "use"}
	if side := tm.Side(get("side")); side == tm.SourceSide || side == tm.TargetSide {
		f.Side = side
	}
	f.Author, f.Document, f.Langs = get("author"), get("document"), get("langs")
	if state := tm.State(get("state")); slices.Contains(workbench.UnitStates, state) {
		f.State = state
	}
	f.Kind = tm.OriginKind(get("kind"))
	if tag, err := strconv.ParseInt(get("tag"), 10, 64); err == nil && tag > 0 {
		f.Tag = tag
	}
	if use := get("use"); use == string(workbench.UnusedUnits) {
		f.Use = workbench.UnusedUnits
	} else if use == string(workbench.UsedUnits) {
		f.Use = workbench.UsedUnits
	}
	var wrong *tm.Error
	day := func(name string) time.Time {
		at, err := parseDay(get(name))
		if err != nil {
			wrong = tm.NewError(tm.Invalid, "form.day", "value", get(name))
		}
		return at
	}
	f.Since, f.Until = day("since"), day("until")
	if !f.Until.IsZero() {
		f.Until = f.Until.AddDate(0, 0, 1) // the day itself belongs to it
	}
	return f, wrong
}

// unitValues is the filter as a query.
func unitValues(f workbench.UnitFilter) url.Values {
	values := url.Values{}
	set := func(name, value string) {
		if value != "" {
			values.Set(name, value)
		}
	}
	set("q", f.Text)
	set("side", string(f.Side))
	set("author", f.Author)
	set("document", f.Document)
	set("state", string(f.State))
	set("kind", string(f.Kind))
	set("langs", f.Langs)
	set("use", string(f.Use))
	if f.Tag > 0 {
		set("tag", itoa(f.Tag))
	}
	if f.Several {
		set("several", "1")
	}
	if f.ByUse {
		set("sort", "use")
	}
	if !f.Since.IsZero() {
		set("since", f.Since.Format(time.DateOnly))
	}
	if !f.Until.IsZero() {
		set("until", f.Until.AddDate(0, 0, -1).Format(time.DateOnly))
	}
	return values
}

// Own is the path of the memory.
func (p unitsPage) Own() string { return fmt.Sprintf("%s/memories/%d", p.Base(), p.Memory.ID) }

// Narrowed reports whether the list shows less than the whole memory.
func (p unitsPage) Narrowed() bool { return p.Filter.Narrows() }

// Folded reports whether the filters that are rarely used are of use now.
func (p unitsPage) Folded() bool {
	f := p.Filter
	return f.Author == "" && f.Document == "" && f.Since.IsZero() && f.Until.IsZero() && f.Use == "" && !f.Several && f.Langs == "" && f.Kind == ""
}

// LastDay is the last day the filter lets pass.
func (p unitsPage) LastDay() time.Time {
	if p.Filter.Until.IsZero() {
		return time.Time{}
	}
	return p.Filter.Until.AddDate(0, 0, -1)
}

// FilterQuery is the filter as one text.
func (p unitsPage) FilterQuery() string { return p.values.Encode() }

// Count says how many units the list has, or has at least.
func (p unitsPage) Count() string {
	switch {
	case p.More:
		return p.N("unit.least", p.Total)
	case p.Narrowed():
		return p.N("unit.narrowed", p.Total)
	}
	return p.N("unit.count", p.Total)
}

// States are the states of units.
func (page) UnitStates() []tm.State { return workbench.UnitStates }

// LinkTo is the list narrowed to one value.
func (p unitsPage) LinkTo(name, value string) string {
	return withQuery(p.Own(), url.Values{name: {value}})
}

// unitPage is one unit with its history.
type unitPage struct {
	page
	Memory  workbench.Memory
	Unit    workbench.UnitPage
	Back    string
	Problem string
	// The unit as it is edited.
	Text    string
	State   tm.State
	Penalty string
}

func (unitPage) view() string { return "unit" }

func (s *Server) showUnit(v *visit) error {
	memory, id, back, err := v.unit()
	if err != nil {
		return err
	}
	p, err := v.unitPage(memory, id, back)
	if err != nil {
		return err
	}
	return v.render(http.StatusOK, p)
}

func (v *visit) unitPage(memory workbench.Memory, id tm.UnitID, back string) (unitPage, error) {
	unit, err := v.s.work.Unit(v.ctx(), v.actor(), v.project.ID, memory.ID, id)
	p := unitPage{page: v.section("memories", v.T("unit.title")), Memory: memory, Unit: unit, Back: back}
	p.Text, p.State, p.Penalty = writeCodes(unit.Target), unit.Origin.State, strconv.Itoa(unit.Penalty)
	p.Path = v.unitPath(memory.ID, id)
	return p, err
}

func (v *visit) unitPath(m tm.MemoryID, id tm.UnitID) string {
	return fmt.Sprintf("%s/units/%d", v.memoryPath(m), id)
}

// unit returns the memory and the unit of the path, and the list to go back to.
func (v *visit) unit() (memory workbench.Memory, unit tm.UnitID, back string, err error) {
	if memory, err = v.memory(); err != nil {
		return memory, 0, "", err
	}
	id, err := v.id("unit")
	return memory, tm.UnitID(id), localPath(v.r.FormValue("back"), v.memoryPath(memory.ID)), err
}

// Own is the path of the memory.
func (p unitPage) Own() string { return fmt.Sprintf("%s/memories/%d", p.Base(), p.Memory.ID) }

// Edit reports whether the person may change the unit.
func (p unitPage) Edit() bool {
	return p.May(workbench.EditUnits) && p.Memory.Own && !p.Unit.Deleted && !p.Unit.Target.IsZero()
}

// Sign is a code as it is typed.
func (unitPage) Sign(c tm.Code) string { return codeSign(c) }

// Tags are the names of the tags in one line.
func (p unitPage) Tags() string {
	names := make([]string, len(p.Unit.Facts.Tags))
	for i, t := range p.Unit.Facts.Tags {
		names[i] = t.Name
	}
	return strings.Join(names, p.T("unit.tag_comma")+" ")
}

// Langs writes tags of languages as names: "English, Persian".
func (p page) Langs(tags string) string {
	var names []string
	for name := range strings.FieldsSeq(tags) {
		tag, err := language.Parse(name)
		if err != nil {
			names = append(names, name)
			continue
		}
		names = append(names, p.Language(tag))
	}
	return strings.Join(names, p.T("unit.tag_comma")+" ")
}

// KindName is how a unit came to be, in words.
func (p page) KindName(kind string) string { return p.word("unit.kind.", kind) }

// StepName says who did what to a unit.
func (p unitPage) StepName(u workbench.UnitVersion) string {
	who := u.By
	if who == "" {
		who = p.T("unit.somebody")
	}
	action := u.Action
	switch {
	case u.Gone:
		action = "delete"
	case u.Back:
		action = "restore_trash"
	}
	key := "unit.step." + action
	if !p.Has(key) {
		key = "unit.step.edit"
	}
	return p.T(key, "name", who)
}

// StateChange tells of a new state, "" when it stayed.
func (p unitPage) StateChange(u workbench.UnitVersion) string {
	if u.Origin.State == u.State {
		return ""
	}
	return p.T("unit.state_change", "from", locales.Verbatim(p.T("state."+string(u.Origin.State))), "to", locales.Verbatim(p.T("state."+string(u.State))))
}

// PenaltyChange tells of a new penalty, "" when it stayed.
func (p unitPage) PenaltyChange(u workbench.UnitVersion) string {
	if u.Penalty == u.Points {
		return ""
	}
	return p.T("unit.penalty_change", "from", u.Penalty, "to", u.Points)
}

func (s *Server) editUnit(v *visit) error {
	memory, id, back, err := v.unit()
	if err != nil {
		return err
	}
	p, err := v.unitPage(memory, id, back)
	if err != nil {
		return err
	}
	p.Text = strings.ReplaceAll(v.r.PostFormValue("target"), "\r\n", "\n")
	p.State, p.Penalty = tm.State(v.text("state")), v.text("penalty")
	versions, err := v.number("versions")
	penalty, invalid := v.number("penalty")
	if err = cmp.Or(err, invalid); err == nil {
		err = s.work.EditUnit(v.ctx(), v.actor(), v.project.ID, memory.ID, id, workbench.UnitEdit{
			Versions: versions, Target: readCodes(p.Text, p.Unit.Target), State: p.State, Penalty: penalty,
		})
	}
	if known, ok := actionable(err); ok {
		p.Problem = v.Problem(known)
		return v.render(statusOf(known), p)
	}
	if err != nil {
		return err
	}
	v.done("unit.saved")
	return v.redirect(back)
}

func (s *Server) tagUnit(v *visit) error {
	memory, id, back, err := v.unit()
	if err == nil {
		names := strings.FieldsFunc(v.text("tags"), func(r rune) bool { return r == ',' || r == '،' || r == '\n' })
		err = s.work.TagUnit(v.ctx(), v.actor(), v.project.ID, memory.ID, id, names)
	}
	if err != nil {
		return v.excuse(err, v.unitBack(memory.ID, id, back))
	}
	v.done("unit.tagged")
	return v.redirect(v.unitBack(memory.ID, id, back))
}

// unitBack is the page of a unit that knows the list it was opened from.
func (v *visit) unitBack(m tm.MemoryID, id tm.UnitID, back string) string {
	return withQuery(v.unitPath(m, id), url.Values{"back": {back}})
}

func (s *Server) revertUnit(v *visit) error {
	memory, id, back, err := v.unit()
	if err != nil {
		return err
	}
	version, err := idOf(v.text("version"))
	if err == nil {
		err = s.work.RevertUnit(v.ctx(), v.actor(), v.project.ID, memory.ID, id, version)
	}
	if err != nil {
		return v.excuse(err, v.unitBack(memory.ID, id, back))
	}
	v.done("unit.reverted")
	return v.redirect(v.unitBack(memory.ID, id, back))
}

func (s *Server) deleteUnit(v *visit) error {
	memory, id, back, err := v.unit()
	if err != nil {
		return err
	}
	if err := s.work.DeleteUnit(v.ctx(), v.actor(), v.project.ID, memory.ID, id); err != nil {
		return v.excuse(err, back)
	}
	v.undoable(v.unitPath(memory.ID, id)+"/restore", "unit.deleted")
	return v.redirect(back)
}

func (s *Server) restoreUnit(v *visit) error {
	memory, id, back, err := v.unit()
	if err == nil {
		err = s.work.RestoreUnit(v.ctx(), v.actor(), v.project.ID, memory.ID, id)
	}
	if err != nil {
		return v.excuse(err, back)
	}
	v.done("unit.restored")
	return v.redirect(back)
}
