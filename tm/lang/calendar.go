package lang

// The Solar Hijri calendar of Iran by arithmetic: 8 leap years in every 33,
// which agrees with the astronomical calendar from 1178 to 1501 (1799 to 2123).

// SolarHijri converts a Gregorian date: 11 February 1979 is 22 Bahman 1357. The
// date must exist; month and day begin at 1.
func SolarHijri(year, month, day int) (jy, jm, jd int) {
	n := gregorianDays(year, month, day) - solarEpoch
	jy = 1 + floorDiv(33*n+3, 12053)
	n -= solarNewYear(jy) // day of the year from 0
	if n < 0 {
		jy--
		n += solarNewYear(jy+1) - solarNewYear(jy)
	}
	if n < 186 {
		return jy, n/31 + 1, n%31 + 1
	}
	return jy, (n-6)/30 + 1, (n-6)%30 + 1
}

// Gregorian is the inverse of [SolarHijri].
func Gregorian(jy, jm, jd int) (year, month, day int) {
	n := solarNewYear(jy) + jd - 1
	if jm <= 7 {
		n += 31 * (jm - 1)
	} else {
		n += 30*(jm-1) + 6
	}
	return gregorianDate(n + solarEpoch)
}

// solarEpoch is 1 Farvardin 1 in days since 1 March of year 0.
const solarEpoch = 227200

// solarNewYear returns the first day of the year in days since the epoch.
func solarNewYear(jy int) int { return 365*(jy-1) + floorDiv(8*jy+21, 33) }

// gregorianDays returns the days since 1 March of year 0.
func gregorianDays(y, m, d int) int {
	m = (m + 9) % 12 // March is month 0, so a leap day ends the year
	y -= m / 10
	return 365*y + floorDiv(y, 4) - floorDiv(y, 100) + floorDiv(y, 400) + (153*m+2)/5 + d - 1
}

func gregorianDate(n int) (y, m, d int) {
	era := floorDiv(n, 146097)
	n -= era * 146097
	y = (n - n/1460 + n/36524 - n/146096) / 365
	n -= 365*y + y/4 - y/100
	m = (5*n + 2) / 153
	d = n - (153*m+2)/5 + 1
	y += era * 400
	if m >= 10 {
		return y + 1, m - 9, d
	}
	return y, m + 3, d
}

func floorDiv(a, b int) int {
	q := a / b
	if a%b < 0 {
		q--
	}
	return q
}
