package web

import (
	"bytes"
	"crypto/sha256"
	"encoding/base64"
	"fmt"
	"io/fs"
	"mime"
	"net/http"
	"path"
	"regexp"
	"slices"
	"strings"
	"time"

	"tarjoman/tm"
)

// assets are the files of the site in memory, each under a URL that carries the
// hash of its content, so that browsers may keep it for ever.
type assets struct {
	files map[string]asset  // by URL path below /assets/
	urls  map[string]string // by plain name
}

type asset struct {
	mime string
	data []byte
}

// loadAssets joins the style sheets of own into site.css and editor.css and
// takes icons from own and everything else from built.
func loadAssets(own, built fs.FS) (*assets, error) {
	a := &assets{files: map[string]asset{}, urls: map[string]string{}}
	if err := a.addTree(own, "assets/icons", "assets/"); err != nil {
		return nil, err
	}
	if err := a.addTree(built, ".", ""); err != nil {
		return nil, err
	}
	site, editor, err := styleSheets(own)
	if err != nil {
		return nil, err
	}
	a.add("site.css", a.resolve(site))
	a.add("editor.css", a.resolve(editor))
	return a, nil
}

func (a *assets) addTree(tree fs.FS, root, cut string) error {
	return fs.WalkDir(tree, root, func(name string, entry fs.DirEntry, err error) error {
		if err != nil || entry.IsDir() || strings.HasPrefix(entry.Name(), ".") {
			return err
		}
		data, err := fs.ReadFile(tree, name)
		if err != nil {
			return err
		}
		a.add(strings.TrimPrefix(name, cut), data)
		return nil
	})
}

func (a *assets) add(name string, data []byte) {
	sum := sha256.Sum256(data)
	ext := path.Ext(name)
	hashed := strings.TrimSuffix(name, ext) + "." + base64.RawURLEncoding.EncodeToString(sum[:9]) + ext
	a.files[hashed] = asset{mimeOf(ext), data}
	a.urls[name] = "/assets/" + hashed
}

func mimeOf(ext string) string {
	switch ext {
	case ".woff2":
		return "font/woff2"
	case ".js":
		return "text/javascript; charset=utf-8"
	}
	if t := mime.TypeByExtension(ext); t != "" {
		return t
	}
	return "application/octet-stream"
}

// styleSheets joins the files of assets/css by name: base.css comes first, those
// of the editor go apart.
func styleSheets(own fs.FS) (site, editor []byte, err error) {
	names, err := fs.Glob(own, "assets/css/*.css")
	if err != nil {
		return nil, nil, err
	}
	slices.SortFunc(names, baseFirst)
	for _, name := range names {
		data, err := fs.ReadFile(own, name)
		if err != nil {
			return nil, nil, err
		}
		if strings.HasPrefix(path.Base(name), "editor") {
			editor = append(append(editor, data...), '\n')
		} else {
			site = append(append(site, data...), '\n')
		}
	}
	return site, editor, nil
}

func baseFirst(a, b string) int {
	const base = "assets/css/base.css"
	if (a == base) != (b == base) {
		if a == base {
			return -1
		}
		return 1
	}
	return strings.Compare(a, b)
}

var assetURL = regexp.MustCompile(`url\("?/assets/([^")]+)"?\)`)

// resolve puts the hashed URLs into a style sheet; a file that was not built
// keeps its plain name and is answered with 404.
func (a *assets) resolve(css []byte) []byte {
	return assetURL.ReplaceAllFunc(css, func(found []byte) []byte {
		name := assetURL.FindSubmatch(found)[1]
		if url, ok := a.urls[string(name)]; ok {
			return fmt.Appendf(nil, "url(%q)", url)
		}
		return found
	})
}

func (a *assets) has(name string) bool { return a.urls[name] != "" }

// url returns the address of a file, and "" when it was not built.
func (a *assets) url(name string) string { return a.urls[name] }

// serveAsset answers GET /assets/*path.
func (s *Server) serveAsset(v *visit) error {
	file, ok := s.assets.files[strings.TrimPrefix(v.c.Param("path"), "/")]
	if !ok {
		return tm.NewError(tm.NotFound, "page.not_found")
	}
	h := v.w.Header()
	h.Set("Content-Type", file.mime)
	h.Set("Cache-Control", "public, max-age=31536000, immutable")
	http.ServeContent(v.w, v.r, "", time.Time{}, bytes.NewReader(file.data))
	return nil
}
