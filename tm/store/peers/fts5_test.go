//go:build linux

package peers

import (
	"cmp"
	"context"
	"database/sql"
	"path/filepath"
	"slices"
	"strings"
	"time"
	"unicode"

	_ "modernc.org/sqlite" // the driver "sqlite"
)

// fts5 is a full-text index of SQLite with a way to ask it.
type fts5 struct {
	title, tokenize string
	match           func(f *fts5, query string) string // the FTS5 expression
	order           string                             // "" for all rows
	db              *sql.Conn
	ask             *sql.Stmt
	documents       map[string]int // by word: in how many units it stands
	scan            *scan
	scratch         pattern
}

// The naive way, the clever way, and parts of words.
func newFTS5() []peer {
	const best = " order by rank limit 50"
	return []peer{
		&fts5{title: "SQLite FTS5 unicode61, the floor(0.3 n)+1 rarest words, all rows scored", tokenize: "unicode61", match: (*fts5).rarest},
		&fts5{title: "SQLite FTS5 unicode61, all words, bm25 50, scored", tokenize: "unicode61", match: (*fts5).anyWord, order: best},
		&fts5{title: "SQLite FTS5 trigram, all trigrams, bm25 50, scored", tokenize: "trigram", match: (*fts5).anyTrigram, order: best},
	}
}

func (f *fts5) name() string { return f.title }

func (f *fts5) build(b *bed) (cost, error) {
	f.scan = b.scan
	var err error
	if f.db, err = database(b); err != nil {
		return cost{}, err
	}
	var c cost
	if c, err = b.index(f.db, f.tokenize); err != nil {
		return c, err
	}
	f.documents, err = frequencies(f.db, f.tokenize)
	if err != nil {
		return c, err
	}
	f.ask, err = f.db.PrepareContext(context.Background(),
		`select tm.id, tm.source from `+f.tokenize+` f join tm on tm.id = f.rowid where `+f.tokenize+` match $1`+f.order)
	return c, err
}

// database opens the file of all SQLite peers, filled by the first.
func database(b *bed) (*sql.Conn, error) {
	db, err := sql.Open("sqlite", filepath.Join(b.dir, "tm.db")+"?_pragma=cache_size(-1000000)&_pragma=synchronous(0)&_pragma=journal_mode(off)")
	if err != nil {
		return nil, err
	}
	ctx := context.Background()
	conn, err := db.Conn(ctx)
	if err != nil {
		return nil, err
	}
	var there int
	if err := conn.QueryRowContext(ctx, `select count(*) from sqlite_schema where name = 'tm'`).Scan(&there); err != nil || there > 0 {
		return conn, err
	}
	return conn, fillSQLite(ctx, conn, b)
}

func fillSQLite(ctx context.Context, conn *sql.Conn, b *bed) error {
	if _, err := conn.ExecContext(ctx, `create table tm(id integer primary key, source text not null)`); err != nil {
		return err
	}
	tx, err := conn.BeginTx(ctx, nil)
	if err != nil {
		return err
	}
	defer tx.Rollback()
	insert, err := tx.PrepareContext(ctx, `insert into tm values($1, $2)`)
	if err != nil {
		return err
	}
	for i, u := range b.Units {
		if _, err := insert.ExecContext(ctx, i, u.Source); err != nil {
			return err
		}
	}
	return tx.Commit()
}

// index makes a full-text table named for its tokenizer, once.
func (b *bed) index(conn *sql.Conn, tokenize string) (cost, error) {
	if c, there := b.indexes[tokenize]; there {
		return c, nil
	}
	before, err := fileSize(conn)
	if err != nil {
		return cost{}, err
	}
	cpu := timed(func() {
		_, err = conn.ExecContext(context.Background(), `
			create virtual table `+tokenize+` using fts5(source, content='tm', content_rowid='id', tokenize='`+tokenize+`');
			insert into `+tokenize+`(`+tokenize+`) values('rebuild')`)
	})
	if err != nil {
		return cost{}, err
	}
	after, err := fileSize(conn)
	b.indexes[tokenize] = cost{cpu, after - before, "file"}
	return b.indexes[tokenize], err
}

func fileSize(conn *sql.Conn) (n int64, err error) {
	err = conn.QueryRowContext(context.Background(),
		`select (c.page_count - f.freelist_count) * p.page_size from pragma_page_count c, pragma_freelist_count f, pragma_page_size p`).Scan(&n)
	return n, err
}

// frequencies reads how many units hold each word.
func frequencies(conn *sql.Conn, table string) (map[string]int, error) {
	ctx := context.Background()
	if _, err := conn.ExecContext(ctx, `create virtual table temp.vocabulary using fts5vocab(main, `+table+`, row)`); err != nil {
		return nil, err
	}
	rows, err := conn.QueryContext(ctx, `select term, doc from temp.vocabulary`)
	if err != nil {
		return nil, err
	}
	defer rows.Close()
	counts := map[string]int{}
	for rows.Next() {
		var term string
		var n int
		if err := rows.Scan(&term, &n); err != nil {
			return nil, err
		}
		counts[term] = n
	}
	return counts, rows.Err()
}

// find asks, and scores every row it gets.
func (f *fts5) find(query string) (units []int32, cpu time.Duration, err error) {
	cpu = timed(func() { units, err = f.search(query) })
	return units, cpu, err
}

func (f *fts5) search(query string) ([]int32, error) {
	expression := f.match(f, query)
	if expression == "" {
		return nil, nil
	}
	rows, err := f.ask.QueryContext(context.Background(), expression)
	if err != nil {
		return nil, err
	}
	defer rows.Close()
	f.scan.prepare(query, &f.scratch)
	var units []int32
	for rows.Next() {
		var id int32
		var source string
		if err := rows.Scan(&id, &source); err != nil {
			return nil, err
		}
		if f.scan.similar(id, &f.scratch) {
			units = append(units, id)
		}
	}
	return units, rows.Err()
}

func ftsWords(query string) []string {
	return strings.FieldsFunc(strings.ToLower(query), func(r rune) bool {
		return !unicode.IsLetter(r) && !unicode.IsNumber(r) && !unicode.IsMark(r)
	})
}

func (f *fts5) anyWord(query string) string { return either(ftsWords(query)) }

// rarest leaves out the words that a hit can do without: of n tokens 70 percent
// stay, so one of any floor(0.3 n)+1 does. Tokens that are no words are not in
// the index, which costs hits.
func (f *fts5) rarest(query string) string {
	words := ftsWords(query)
	if len(words) == 0 {
		return ""
	}
	n := min(len(words), len(tokens(query))*(100-threshold)/100+1)
	slices.SortStableFunc(words, func(a, b string) int { return cmp.Compare(f.documents[a], f.documents[b]) })
	return either(words[:n])
}

func (f *fts5) anyTrigram(query string) string {
	r := []rune(query)
	var list []string
	for i := 0; i+3 <= len(r); i++ {
		list = append(list, string(r[i:i+3]))
	}
	return either(list)
}

// either is the expression that asks for any of the strings.
func either(list []string) string {
	slices.Sort(list)
	for i, s := range list {
		list[i] = `"` + strings.ReplaceAll(s, `"`, `""`) + `"`
	}
	return strings.Join(slices.Compact(list), " OR ")
}

func (f *fts5) close() {
	if f.db != nil {
		f.db.Close()
	}
}
