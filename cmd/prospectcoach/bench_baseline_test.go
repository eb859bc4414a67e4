//go:build bench

package main

import (
	"context"
	"database/sql"
	"encoding/csv"
	"encoding/json"
	"fmt"
	"os"
	"strings"
	"time"

	"github.com/gorilla/websocket"
	"github.com/slack-go/slack"
	"github.com/slack-go/slack/socketmode"

	"github.com/prospectcoach/prospectcoach/storage"
)

func benchClient() *slack.Client {
	return slack.New(demoBotToken, slack.OptionAppLevelToken(demoAppToken), slack.OptionAPIURL(os.Getenv(benchAPI)))
}

// benchEcho is the least that slack-go can do: its own Socket Mode client,
// which acknowledges every command with the same ready-made answer, byte for
// byte what ours answered.
func benchEcho() error {
	answer, err := os.ReadFile(os.Getenv(benchFile))
	if err != nil {
		return err
	}
	ctx, stop := benchContext()
	defer stop()
	client := socketmode.New(benchClient())
	go func() { _ = client.RunContext(ctx) }()
	for {
		select {
		case <-ctx.Done():
			return nil
		case e := <-client.Events:
			if e.Type == socketmode.EventTypeSlashCommand {
				if err := client.Ack(*e.Request, json.RawMessage(answer)); err != nil {
					return err
				}
			}
		}
	}
}

// benchFloor is the answer to list without any layer of ours: one goroutine,
// two prepared statements, JSON written by hand.
func benchFloor() error {
	ctx, stop := benchContext()
	defer stop()
	db, err := sql.Open("sqlite", "file:"+strings.TrimPrefix(os.Getenv("DATABASE_URL"), "sqlite://")+"?mode=ro")
	if err != nil {
		return err
	}
	defer db.Close()
	db.SetMaxOpenConns(1)
	const where = " FROM prospects WHERE owner = $1 AND state IN ('active', 'engaged')"
	count, err := db.PrepareContext(ctx, "SELECT count(*)"+where)
	if err != nil {
		return err
	}
	page, err := db.PrepareContext(ctx, "SELECT id, name, company, due, attempts"+where+" ORDER BY due, id LIMIT 10")
	if err != nil {
		return err
	}
	_, url, err := benchClient().StartSocketModeContext(ctx)
	if err != nil {
		return err
	}
	conn, _, err := websocket.DefaultDialer.DialContext(ctx, url, nil)
	if err != nil {
		return err
	}
	go func() { <-ctx.Done(); conn.Close() }()
	for {
		_, raw, err := conn.ReadMessage()
		if err != nil {
			if ctx.Err() != nil {
				return nil
			}
			return err
		}
		var e struct {
			ID      string `json:"envelope_id"`
			Payload struct {
				User string `json:"user_id"`
			}
		}
		if err := json.Unmarshal(raw, &e); err != nil {
			return err
		}
		if e.ID == "" {
			continue
		}
		answer, err := floorAnswer(ctx, count, page, e.Payload.User)
		if err != nil {
			return err
		}
		if err := conn.WriteMessage(websocket.TextMessage, []byte(`{"envelope_id":"`+e.ID+`","payload":`+answer+`}`)); err != nil {
			return err
		}
	}
}

func floorAnswer(ctx context.Context, count, page *sql.Stmt, user string) (string, error) {
	var total int
	if err := count.QueryRowContext(ctx, user).Scan(&total); err != nil {
		return "", err
	}
	rows, err := page.QueryContext(ctx, user)
	if err != nil {
		return "", err
	}
	defer rows.Close()
	quoted := func(s string) string { b, _ := json.Marshal(s); return string(b) }
	title := fmt.Sprintf("%d prospects active", total)
	text := title
	var blocks strings.Builder
	blocks.WriteString(`[{"type":"header","text":{"type":"plain_text","text":` + quoted(title) + `}}`)
	for rows.Next() {
		var id, attempts int64
		var name, company, due string
		if err := rows.Scan(&id, &name, &company, &due, &attempts); err != nil {
			return "", err
		}
		line := fmt.Sprintf("#%d %s, %s: due %s, %d attempts", id, name, company, due, attempts)
		text += "\n" + line
		blocks.WriteString(`,{"type":"section","text":{"type":"plain_text","text":` + quoted(line) +
			`},"accessory":{"type":"button","action_id":"show","text":{"type":"plain_text","text":"Open"},"value":"` + fmt.Sprint(id) + `"}}`)
	}
	blocks.WriteString("]")
	return `{"response_type":"ephemeral","text":` + quoted(text) + `,"blocks":` + blocks.String() + `}`, rows.Err()
}

// benchBare inserts the very rows that an import wrote, which it reads from
// that database first, into an empty one: prepared statements, as many rows a
// transaction as the import has, the same durability, and nothing else.
func benchBare() error {
	ctx := context.Background()
	type table struct {
		text string
		rows [][]any
	}
	var tables []table
	from, err := sql.Open(benchDriver(os.Getenv(benchFile)))
	if err != nil {
		return err
	}
	defer from.Close()
	for _, name := range []string{"prospects", "change_items"} {
		rows, err := from.QueryContext(ctx, "SELECT * FROM "+name)
		if err != nil {
			return err
		}
		cols, err := rows.Columns()
		if err != nil {
			return err
		}
		marks := make([]string, len(cols))
		for i := range marks {
			marks[i] = fmt.Sprintf("$%d", i+1)
		}
		t := table{text: "INSERT INTO " + name + " (" + strings.Join(cols, ", ") + ") VALUES (" + strings.Join(marks, ", ") + ")"}
		for rows.Next() {
			values, into := make([]any, len(cols)), make([]any, len(cols))
			for i := range values {
				into[i] = &values[i]
			}
			if err := rows.Scan(into...); err != nil {
				return err
			}
			t.rows = append(t.rows, values)
		}
		if err := rows.Err(); err != nil {
			return err
		}
		if len(t.rows) > 0 {
			tables = append(tables, t)
		}
	}
	url := os.Getenv("DATABASE_URL")
	store, err := storage.Open(ctx, storage.Options{URL: url, Now: time.Now}) // makes the tables
	if err != nil {
		return err
	}
	if err := store.Close(); err != nil {
		return err
	}
	db, err := sql.Open(benchDriver(url))
	if err != nil {
		return err
	}
	defer db.Close()
	db.SetMaxOpenConns(1)
	if _, err := db.ExecContext(ctx, "INSERT INTO changes (id, rep, label, at, open, undoable) VALUES (1, 'x', 'x', 0, FALSE, TRUE)"); err != nil {
		return err
	}
	start := time.Now()
	for i := 0; i < len(tables[0].rows); i += storage.ImportStep {
		tx, err := db.BeginTx(ctx, nil)
		if err != nil {
			return err
		}
		for _, t := range tables {
			stmt, err := tx.PrepareContext(ctx, t.text)
			if err != nil {
				return err
			}
			for _, row := range t.rows[min(i, len(t.rows)):min(i+storage.ImportStep, len(t.rows))] {
				if _, err := stmt.ExecContext(ctx, row...); err != nil {
					return err
				}
			}
		}
		if err := tx.Commit(); err != nil {
			return err
		}
	}
	return json.NewEncoder(os.Stdout).Encode([]time.Duration{time.Since(start)})
}

// benchDriver is how database/sql opens the URL, as durable as the store does.
func benchDriver(url string) (driver, dsn string) {
	if path, lite := strings.CutPrefix(url, "sqlite://"); lite {
		return "sqlite", "file:" + path + "?_pragma=busy_timeout(5000)&_pragma=journal_mode(WAL)&_pragma=synchronous(FULL)&_pragma=foreign_keys(1)&_txlock=immediate"
	}
	return "pgx", url
}

// benchRows is how many rows the imported file has.
const benchRows = 20_000

// benchCSV writes the file.
func benchCSV(path string) error {
	f, err := os.Create(path)
	if err != nil {
		return err
	}
	defer f.Close()
	w := csv.NewWriter(f)
	if err := w.Write([]string{"Name", "Company", "Title", "Email", "Phone", "Industry"}); err != nil {
		return err
	}
	for i := range benchRows {
		err := w.Write([]string{
			fmt.Sprintf("%s %s%d", benchFirst[i%len(benchFirst)], benchLast[i%len(benchLast)], i), fmt.Sprintf("%s %d", benchTrade[i%len(benchTrade)], i/3),
			benchTitles[i%len(benchTitles)], fmt.Sprintf("lead%d@example%d.test", i, i/3), fmt.Sprintf("+49 30 %07d", i), "logistics",
		})
		if err != nil {
			return err
		}
	}
	w.Flush()
	return w.Error()
}
