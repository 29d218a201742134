package web

import (
	"net/http"
	"time"

	"golang.org/x/text/language"

	"tarjoman/locales"
	"tarjoman/tm"
	"tarjoman/tm/lang"
)

// Printer is what pages speak with: the sentences of locales, and the dates,
// which need a calendar.
type Printer struct{ *locales.Printer }

// Date writes the day of t: "22 November 2026", "۱ آذر ۱۴۰۵". The zero time is "".
func (p Printer) Date(t time.Time) string {
	if t.IsZero() {
		return ""
	}
	year, month, day := p.calendar(t.Local())
	return p.T("date.day", "day", day, "month", locales.Verbatim(p.T(month)), "year", locales.Verbatim(p.plain(year)))
}

// Moment writes the day and the time of t.
func (p Printer) Moment(t time.Time) string {
	if t.IsZero() {
		return ""
	}
	at := t.Local()
	return p.T("date.moment", "date", locales.Verbatim(p.Date(t)),
		"hour", locales.Verbatim(p.twoDigits(at.Hour())), "minute", locales.Verbatim(p.twoDigits(at.Minute())))
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

// Reading writes a machine-readable time for a datetime attribute.
func (p Printer) Reading(t time.Time) string { return t.UTC().Format(time.RFC3339) }

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
