//go:build linux

package peers

import (
	"cmp"
	"context"
	"errors"
	"fmt"
	"os"
	"os/exec"
	"os/user"
	"path/filepath"
	"strconv"
	"strings"
	"syscall"
	"time"

	"github.com/jackc/pgx/v5"
)

// cluster is a PostgreSQL of our own in a temporary folder, reached through a
// socket there.
type cluster struct {
	dir    string
	server *exec.Cmd
	conn   *pgx.Conn
	pid    int // of the backend that answers conn
}

// startCluster makes and starts a cluster. PostgreSQL refuses root, so root
// runs it as the user postgres or nobody.
func startCluster() (*cluster, error) {
	bin, err := postgresPrograms()
	if err != nil {
		return nil, err
	}
	c := &cluster{}
	if c.dir, err = os.MkdirTemp("", "tarjoman-pg"); err != nil {
		return nil, err
	}
	attributes, err := c.credentials()
	if err != nil {
		return c, err
	}
	initdb := exec.Command(filepath.Join(bin, "initdb"), "-D", filepath.Join(c.dir, "data"), "-U", "tarjoman", "-A", "trust", "--locale=C.UTF-8", "-E", "UTF8", "-N")
	initdb.Dir, initdb.SysProcAttr = c.dir, attributes
	if out, err := initdb.CombinedOutput(); err != nil {
		return c, fmt.Errorf("initdb: %w: %s", err, out)
	}
	c.server = exec.Command(filepath.Join(bin, "postgres"), "-D", filepath.Join(c.dir, "data"), "-k", c.dir, "-c", "listen_addresses=",
		"-c", "shared_buffers=1GB", "-c", "maintenance_work_mem=512MB", "-c", "work_mem=64MB", "-c", "fsync=off", "-c", "jit=off",
		"-c", "autovacuum=off", "-c", "max_wal_size=4GB", "-c", "max_parallel_workers_per_gather=0", "-c", "max_parallel_maintenance_workers=0")
	c.server.Dir, c.server.SysProcAttr = c.dir, attributes
	if err := c.server.Start(); err != nil {
		return c, err
	}
	return c, c.connect()
}

func postgresPrograms() (string, error) {
	dirs, _ := filepath.Glob("/usr/lib/postgresql/*/bin")
	if p, err := exec.LookPath("initdb"); err == nil {
		dirs = append(dirs, filepath.Dir(p))
	}
	for _, dir := range dirs {
		if _, err := exec.LookPath(filepath.Join(dir, "postgres")); err == nil {
			return dir, nil
		}
	}
	return "", missing("PostgreSQL is not installed (apt-get install postgresql)")
}

// credentials hands the folder to the user that will own the server.
func (c *cluster) credentials() (*syscall.SysProcAttr, error) {
	attributes := &syscall.SysProcAttr{Pdeathsig: syscall.SIGQUIT}
	if os.Getuid() != 0 {
		return attributes, nil
	}
	u, err := user.Lookup("postgres")
	if err != nil {
		if u, err = user.Lookup("nobody"); err != nil {
			return nil, err
		}
	}
	uid, _ := strconv.Atoi(u.Uid)
	gid, _ := strconv.Atoi(u.Gid)
	attributes.Credential = &syscall.Credential{Uid: uint32(uid), Gid: uint32(gid)}
	return attributes, os.Chown(c.dir, uid, gid)
}

func (c *cluster) connect() error {
	ctx := context.Background()
	var err error
	for range 100 {
		if c.conn, err = pgx.Connect(ctx, "host="+c.dir+" user=tarjoman dbname=postgres"); err == nil {
			return c.conn.QueryRow(ctx, `select pg_backend_pid()`).Scan(&c.pid)
		}
		time.Sleep(100 * time.Millisecond)
	}
	return fmt.Errorf("PostgreSQL does not answer: %w", err)
}

// cpu is the processor time that the backend has spent.
func (c *cluster) cpu() (time.Duration, error) {
	data, err := os.ReadFile(fmt.Sprintf("/proc/%d/schedstat", c.pid))
	if err != nil {
		return 0, err
	}
	ns, _, _ := strings.Cut(string(data), " ")
	n, err := strconv.ParseInt(ns, 10, 64)
	return time.Duration(n), err
}

// timed returns the backend's time for a call.
func (c *cluster) timed(call func() error) (time.Duration, error) {
	before, err := c.cpu()
	if err := cmp.Or(err, call()); err != nil {
		return 0, err
	}
	after, err := c.cpu()
	return after - before, err
}

func (c *cluster) exec(statements ...string) error {
	for _, s := range statements {
		if _, err := c.conn.Exec(context.Background(), s); err != nil {
			return fmt.Errorf("%s: %w", s, err)
		}
	}
	return nil
}

func (c *cluster) stop() {
	if c.conn != nil {
		c.conn.Close(context.Background())
	}
	if c.server != nil && c.server.Process != nil {
		c.server.Process.Signal(syscall.SIGINT) // a fast shutdown
		c.server.Wait()
	}
	os.RemoveAll(c.dir)
}

// trigrams is pg_trgm with one kind of index, as Weblate asks it.
type trigrams struct {
	title, index, query string
	cluster             **cluster // shared; started by the first
	filled              *bool
}

func newTrigrams() []peer {
	var shared *cluster
	filled := false
	return []peer{
		&trigrams{"PostgreSQL pg_trgm GIN, source % q at 0.5",
			`create index of_gin on tm using gin (source gin_trgm_ops)`,
			`select id, source from tm where source % $1`, &shared, &filled},
		&trigrams{"PostgreSQL pg_trgm GiST, 50 nearest by distance",
			`create index of_gist on tm using gist (left(source, 2048) gist_trgm_ops)`,
			`select id, source from tm order by left(source, 2048) <-> $1 limit 50`, &shared, &filled},
	}
}

func (t *trigrams) name() string { return t.title }

func (t *trigrams) build(b *bed) (cost, error) {
	if err := t.fill(b); err != nil {
		return cost{}, err
	}
	c := *t.cluster
	cpu, err := c.timed(func() error { return c.exec(t.index) })
	if err != nil {
		return cost{}, err
	}
	name := strings.Fields(t.index)[2]
	var size int64
	err = c.conn.QueryRow(context.Background(), `select pg_relation_size($1::regclass)`, name).Scan(&size)
	return cost{cpu, size, "file"}, cmp.Or(err, c.exec(`analyze tm`))
}

func (t *trigrams) fill(b *bed) error {
	if *t.filled {
		return nil
	}
	if *t.cluster != nil {
		return errors.New("PostgreSQL did not start")
	}
	c, err := startCluster()
	if *t.cluster = c; err != nil {
		return err
	}
	if err := c.exec(`create extension pg_trgm`); err != nil {
		return missing("pg_trgm is not installed (apt-get install postgresql-contrib): " + err.Error())
	}
	if err := c.exec(`set synchronize_seqscans = off`, `set pg_trgm.similarity_threshold = 0.5`,
		`create table tm(id integer primary key, source text not null)`); err != nil {
		return err
	}
	rows := pgx.CopyFromSlice(len(b.Units), func(i int) ([]any, error) { return []any{int32(i), b.Units[i].Source}, nil })
	_, err = c.conn.CopyFrom(context.Background(), pgx.Identifier{"tm"}, []string{"id", "source"}, rows)
	*t.filled = err == nil
	return cmp.Or(err, c.exec(`vacuum analyze tm`, `set enable_seqscan = off`))
}

// find counts the backend's time only; scoring the rows would come on top.
func (t *trigrams) find(query string) (units []int32, cpu time.Duration, err error) {
	c := *t.cluster
	cpu, err = c.timed(func() error {
		rows, err := c.conn.Query(context.Background(), t.query, query)
		if err != nil {
			return err
		}
		var id int32
		var source string
		_, err = pgx.ForEachRow(rows, []any{&id, &source}, func() error {
			units = append(units, id)
			return nil
		})
		return err
	})
	return units, cpu, err
}

func (t *trigrams) close() {
	if *t.cluster != nil {
		(*t.cluster).stop()
		*t.cluster = nil
	}
}
