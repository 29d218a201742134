package lang

import "testing"

func TestSolarHijri_KnownDays(t *testing.T) {
	tests := []struct{ gy, gm, gd, jy, jm, jd int }{
		{1979, 2, 11, 1357, 11, 22},
		{2019, 11, 9, 1398, 8, 18},
		{2025, 3, 20, 1403, 12, 30}, // the last day of a leap year
		{2025, 3, 21, 1404, 1, 1},
		{2000, 2, 29, 1378, 12, 10},
	}
	for _, c := range tests {
		if y, m, d := SolarHijri(c.gy, c.gm, c.gd); y != c.jy || m != c.jm || d != c.jd {
			t.Errorf("SolarHijri(%d, %d, %d) = %d, %d, %d; want %d, %d, %d", c.gy, c.gm, c.gd, y, m, d, c.jy, c.jm, c.jd)
		}
		if y, m, d := Gregorian(c.jy, c.jm, c.jd); y != c.gy || m != c.gm || d != c.gd {
			t.Errorf("Gregorian(%d, %d, %d) = %d, %d, %d; want %d, %d, %d", c.jy, c.jm, c.jd, y, m, d, c.gy, c.gm, c.gd)
		}
	}
}

// Every day of the range goes there and back, and days follow one another.
func TestSolarHijri_RoundTrip(t *testing.T) {
	py, pm, pd := SolarHijri(1821, 3, 20)
	for n := gregorianDays(1821, 3, 21); n < gregorianDays(2121, 1, 1); n++ {
		gy, gm, gd := gregorianDate(n)
		jy, jm, jd := SolarHijri(gy, gm, gd)
		if y, m, d := Gregorian(jy, jm, jd); y != gy || m != gm || d != gd {
			t.Fatalf("%d-%d-%d became %d-%d-%d and then %d-%d-%d", gy, gm, gd, jy, jm, jd, y, m, d)
		}
		next := jy == py && jm == pm && jd == pd+1
		firstOfMonth := jd == 1 && pd >= 29 && (jy == py && jm == pm+1 || jy == py+1 && jm == 1 && pm == 12)
		if !next && !firstOfMonth {
			t.Fatalf("%d-%d-%d follows %d-%d-%d", jy, jm, jd, py, pm, pd)
		}
		py, pm, pd = jy, jm, jd
	}
}
