package web

import (
	"fmt"
	"strings"
	"time"

	"tarjoman/tm"
	"tarjoman/tm/lang"
)

// DayField writes a day as a field of a form holds it, in the calendar of the
// language: "2026-11-22", "۱۴۰۵/۰۹/۰۱". The zero time is "".
func (p Printer) DayField(t time.Time) string {
	if t.IsZero() {
		return ""
	}
	year, month, day := t.UTC().Date()
	if p.Lang() != "fa" {
		return fmt.Sprintf("%04d-%02d-%02d", year, month, day)
	}
	jy, jm, jd := lang.SolarHijri(year, int(month), day)
	return p.plain(jy) + "/" + p.twoDigits(jm) + "/" + p.twoDigits(jd)
}

// lastSolarYear divides the calendars: nobody dates a term by a later year of
// the Solar Hijri calendar, or by an earlier one of the Gregorian.
const lastSolarYear = 1599

// parseDay reads a day as a person types it, year first, in either calendar and
// with any digits. "" is the zero time.
func parseDay(text string) (time.Time, error) {
	if text = strings.TrimSpace(text); text == "" {
		return time.Time{}, nil
	}
	var y, m, d int
	clean := strings.NewReplacer("/", "-", ".", "-").Replace(latinDigits(text))
	var rest string
	if n, _ := fmt.Sscanf(clean+" .", "%d-%d-%d %s", &y, &m, &d, &rest); n != 4 || rest != "." || y < 1 || y > 9999 {
		return time.Time{}, tm.NewError(tm.Invalid, "form.day", "value", text)
	}
	gy, gm, gd := y, m, d
	if y <= lastSolarYear && m >= 1 && m <= 12 && d >= 1 && d <= 31 {
		gy, gm, gd = lang.Gregorian(y, m, d)
		if jy, jm, jd := lang.SolarHijri(gy, gm, gd); jy != y || jm != m || jd != d {
			gm = 0 // no such day
		}
	}
	day := time.Date(gy, time.Month(gm), gd, 0, 0, 0, 0, time.UTC)
	if day.Year() != gy || day.Month() != time.Month(gm) || day.Day() != gd {
		return time.Time{}, tm.NewError(tm.Invalid, "form.day", "value", text)
	}
	return day, nil
}
