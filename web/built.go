package web

import "io/fs"

// Missing lists the files that the build of the browser code should have made
// and that this program was built without.
func Missing() []string {
	var missing []string
	for _, name := range []string{"editor.js", "site.js", "fonts/vazirmatn-arabic-wght-normal.woff2"} {
		if _, err := fs.Stat(dist, "dist/"+name); err != nil {
			missing = append(missing, name)
		}
	}
	return missing
}
