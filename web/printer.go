package web

import (
	"fmt"
	"html/template"
	"net/http"
	"strings"
	"time"

	"golang.org/x/text/language"

	"tarjoman/locales"
	"tarjoman/tm"
	"tarjoman/tm/lang"
)

// Printer is what pages speak with: the sentences of locales, and the dates,
// which need a calendar.
type Printer struct{ *locales.Printer }

// Date writes the day of t at Greenwich: "22 November 2026", "۱ آذر ۱۴۰۵". The
// zero time is "".
func (p Printer) Date(t time.Time) string {
	if t.IsZero() {
		return ""
	}
	year, month, day := p.calendar(t.UTC())
	return p.T("date.day", "day", day, "month", locales.Verbatim(p.T(month)), "year", locales.Verbatim(p.plain(year)))
}

// Moment writes the day and the time of t at Greenwich, and says so.
func (p Printer) Moment(t time.Time) string {
	if t.IsZero() {
		return ""
	}
	at := t.UTC()
	moment := p.T("date.moment", "date", locales.Verbatim(p.Date(t)),
		"hour", locales.Verbatim(p.twoDigits(at.Hour())), "minute", locales.Verbatim(p.twoDigits(at.Minute())))
	return p.T("date.utc", "moment", locales.Verbatim(moment))
}

// DayPattern and MomentPattern tell site.ts how to write times in the zone of
// the browser, which the server does not know: "{day} {month} {year}".
func (p Printer) DayPattern() string {
	return p.T("date.day", "day", locales.Verbatim("{day}"), "month", locales.Verbatim("{month}"), "year", locales.Verbatim("{year}"))
}

// MomentPattern is [Printer.DayPattern] with the time.
func (p Printer) MomentPattern() string {
	return p.T("date.moment", "date", locales.Verbatim(p.DayPattern()),
		"hour", locales.Verbatim("{hour}"), "minute", locales.Verbatim("{minute}"))
}

// Day is the day of t as an element that site.ts moves into the zone of the
// browser.
func (p Printer) Day(t time.Time) template.HTML { return p.element("day", t, p.Date(t)) }

// Time is the day and the time of t as such an element.
func (p Printer) Time(t time.Time) template.HTML { return p.element("moment", t, p.Moment(t)) }

func (p Printer) element(kind string, t time.Time, text string) template.HTML {
	return template.HTML(fmt.Sprintf(`<time datetime="%s" data-time="%s">%s</time>`,
		t.UTC().Format(time.RFC3339), kind, template.HTMLEscapeString(text)))
}

// Timed is T with one argument that is an element of [Printer.Day] or
// [Printer.Time]; the rest of the sentence is escaped.
func (p Printer) Timed(key, name string, at template.HTML, pairs ...any) template.HTML {
	const place = "\x00" // no argument can hold it: Isolate takes it out
	text := p.T(key, append(pairs, name, locales.Verbatim(place))...)
	before, after, _ := strings.Cut(text, place)
	return template.HTML(template.HTMLEscapeString(before)) + at + template.HTML(template.HTMLEscapeString(after))
}

// calendar returns the date in the calendar of the language, the month as the
// key of its name. Persian readers in Iran date by the Solar Hijri calendar.
func (p Printer) calendar(t time.Time) (year int, month string, day int) {
	y, m, d := t.Date()
	if base, _ := p.Tag().Base(); base.String() == "fa" {
		jy, jm, jd := lang.SolarHijri(y, int(m), d)
		return jy, monthKey("solar", jm), jd
	}
	return y, monthKey("gregorian", int(m)), d
}

func monthKey(calendar string, month int) string {
	return "date." + calendar + ".m" + string([]byte{byte('0' + month/10), byte('0' + month%10)})
}

// plain writes a number without grouping: years.
func (p Printer) plain(n int) string {
	if n < 100 {
		return p.twoDigits(n)
	}
	return p.plain(n/100) + p.twoDigits(n%100)
}

func (p Printer) twoDigits(n int) string { return p.Number(n/10) + p.Number(n%10) }

// Clean returns text of a person for showing in <bdi>.
func (p Printer) Clean(text string) string { return locales.Clean(text) }

// DirOf returns the direction of a content language.
func (p Printer) DirOf(tag language.Tag) string { return locales.Dir(tag) }

// Pair writes the language pair of a project.
func (p Printer) Pair(source, target language.Tag) string {
	return p.T("project.pair", "source", p.Language(source), "target", p.Language(target))
}

// Problem writes the sentence of an error for people; what is not a *tm.Error is
// ours, and gets the neutral one.
func (p Printer) Problem(err *tm.Error) string {
	if err == nil {
		return ""
	}
	key := "error." + err.Code
	if !p.Has(key) {
		key = "error." + kindWord[err.Kind]
	}
	return p.Map(key, err.Args)
}

// kindWord names the sentence for an error whose code has none yet.
var kindWord = map[tm.ErrorKind]string{
	tm.Internal: "internal", tm.Invalid: "invalid", tm.NotFound: "not_found", tm.Forbidden: "forbidden",
	tm.Conflict: "conflict", tm.TooLarge: "too_large", tm.Unsupported: "unsupported", tm.Busy: "busy",
}

// languageCookie remembers the choice of people who are not logged in.
const languageCookie = "lang"

// printer chooses the language of a request: the setting of the account, else
// the cookie, else Accept-Language.
func (s *Server) printer(r *http.Request, setting string) Printer {
	cookie := ""
	if c, err := r.Cookie(languageCookie); err == nil && locales.Spoken(c.Value) {
		cookie = c.Value
	}
	return Printer{locales.For(setting, cookie, r.Header.Get("Accept-Language"))}
}
