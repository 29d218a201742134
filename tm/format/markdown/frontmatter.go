package markdown

import (
	"bufio"
	"bytes"
	"regexp"
	"strings"

	"tarjoman/tm"
	"tarjoman/tm/format"
)

// frontMatterEnd returns the offset after the front matter: YAML between lines
// of "---" or TOML between lines of "+++" at the very start.
func frontMatterEnd(src []byte) int {
	if len(src) < 4 || src[0] != '-' && src[0] != '+' {
		return 0
	}
	fence := bytes.Repeat(src[:1], 3)
	at := 0
	for line := range bytes.Lines(src) {
		isFence := bytes.Equal(bytes.TrimRight(line, " \t\r\n"), fence)
		at += len(line)
		if at == len(line) && !isFence {
			return 0
		}
		if at > len(line) && isFence {
			return at
		}
	}
	return 0
}

// entry is a line of front matter with a value people read.
var entry = regexp.MustCompile(`^((?i:title|subtitle|description|summary|excerpt|keywords)[ \t]*[:=][ \t]*)(\S.*?)([ \t]*(?:[ \t]#.*)?\r?\n?)$`)

// frontMatter writes the front matter with the values of some keys translated.
func (r *rewriter) frontMatter(out *bufio.Writer) error {
	for line := range bytes.Lines(r.src[:r.body]) {
		text, err := r.entry(string(line))
		if err != nil {
			return err
		}
		out.WriteString(text)
	}
	return nil
}

func (r *rewriter) entry(line string) (string, error) {
	name, value, rest := splitEntry(line)
	toml := r.src[0] == '+'
	text, ok := unquote(value)
	if !ok || toml && value[0] != '"' && value[0] != '\'' || !format.Translatable(text) {
		return line, nil
	}
	from, to := format.Trim(text)
	key := r.keys.Next("front-"+strings.ToLower(strings.TrimRight(name, " \t:=")), "")
	answer, err := r.translate(format.Block{Key: key, Content: tm.Plain(text[from:to])})
	if err != nil || answer == nil {
		return line, err
	}
	return name + quote(text[:from]+oneLine(*answer).Text+text[to:], value[0], toml) + rest, nil
}

// splitEntry cuts a line into key, value and what follows. A "#" inside quotes
// is no comment.
func splitEntry(line string) (name, value, rest string) {
	m := entry.FindStringSubmatch(line)
	if m == nil {
		return "", "", line
	}
	value, rest = m[2], m[3]
	if q := value[0]; q == '"' || q == '\'' {
		whole := value + rest
		end := quoteEnd(whole)
		if end < 0 || strings.TrimSpace(whole[end:]) != "" && !strings.HasPrefix(strings.TrimSpace(whole[end:]), "#") {
			return "", "", line
		}
		return m[1], whole[:end], whole[end:]
	}
	return m[1], value, rest
}

// quoteEnd returns the offset after the closing quote, or -1. Two single quotes
// in a row are one of YAML.
func quoteEnd(s string) int {
	for i := 1; i < len(s); i++ {
		switch {
		case s[0] == '"' && s[i] == '\\':
			i++
		case s[i] == s[0] && s[0] == '\'' && i+1 < len(s) && s[i+1] == '\'':
			i++
		case s[i] == s[0]:
			return i + 1
		}
	}
	return -1
}

// unquote returns the text of a scalar. Flow collections, block scalars, anchors
// and escapes beyond the simple ones are not offered.
func unquote(value string) (string, bool) {
	if value == "" {
		return "", false
	}
	switch value[0] {
	case '"':
		return unescape(value[1 : len(value)-1])
	case '\'':
		return strings.ReplaceAll(value[1:len(value)-1], "''", "'"), true
	case '[', ']', '{', '}', '|', '>', '&', '*', '!', '%', '@', '`', '#', ',', '-', '?', ':':
		return "", false
	}
	return value, true
}

func unescape(s string) (string, bool) {
	var b strings.Builder
	for i := 0; i < len(s); i++ {
		if s[i] != '\\' {
			b.WriteByte(s[i])
			continue
		}
		i++
		if i >= len(s) || !strings.ContainsRune(`"\/`, rune(s[i])) {
			return "", false
		}
		b.WriteByte(s[i])
	}
	return b.String(), true
}

var plainScalar = regexp.MustCompile(`^[\p{L}\p{N}(«“][^:#"'\\\[\]{}\x00-\x1f]*$`)

// quote writes a scalar with the quotes it had, or with double quotes where those
// would not do.
func quote(text string, was byte, toml bool) string {
	switch {
	case was == '\'' && !toml:
		return "'" + strings.ReplaceAll(text, "'", "''") + "'"
	case was == '\'' && !strings.Contains(text, "'"):
		return "'" + text + "'"
	case was != '"' && was != '\'' && plainScalar.MatchString(text) && strings.ContainsFunc(text, isLetterWord):
		return text
	}
	return `"` + strings.NewReplacer(`\`, `\\`, `"`, `\"`).Replace(text) + `"`
}

// isLetterWord keeps a bare value from becoming a number or, in Latin letters, a
// truth value: what is not plainly text is quoted.
func isLetterWord(r rune) bool { return r > 0x7F || r == ' ' }
