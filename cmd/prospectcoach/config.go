package main

import (
	"errors"
	"fmt"
	"io/fs"
	"maps"
	"os"
	"reflect"
	"slices"
	"strings"

	"github.com/caarlos0/env/v11"
	"github.com/joho/godotenv"
	"github.com/spf13/pflag"
)

// Settings are all settings of the program. The tag env names the variable,
// may says in words what it may hold; the flag's name is the variable's in
// lower case with dashes. Settings tagged secret are no flags (flags show in
// ps), may come from a file named by NAME_FILE, and never appear in a message.
type Settings struct {
	BotToken    Secret `env:"SLACK_BOT_TOKEN" may:"the bot token, xoxb-…, from OAuth & Permissions" secret:"true"`
	AppToken    Secret `env:"SLACK_APP_TOKEN" may:"the app-level token, xapp-…, with connections:write" secret:"true"`
	APIURL      string `env:"SLACK_API_URL" may:"the Web API of another Slack, such as http://127.0.0.1:8085/api/ (empty: slack.com)"`
	DatabaseURL Secret `env:"DATABASE_URL" envDefault:"sqlite://prospectcoach.db" may:"sqlite://FILE, or postgres://user@host/name for several replicas" secret:"true"`
	HashKey     Secret `env:"HASH_KEY" may:"16 characters or more for the never-contact list; made and kept beside a SQLite file if empty" secret:"true"`

	Company     string `env:"COMPANY" may:"the seller's own company, used in drafts"`
	Reps        string `env:"REPS" may:"who may use it: empty for all full members, or a channel or user group id (C…, G… or S…)"`
	Managers    IDs    `env:"MANAGERS" may:"user ids with commas, such as U024BE7LH,U0G9QF9C6"`
	TeamChannel string `env:"TEAM_CHANNEL" may:"the channel of the weekly summary, an id (C…) or a name"`
	TeamTZ      Zone   `env:"TEAM_TZ" may:"a time zone such as Europe/Berlin (empty: the first manager's, else UTC)"`

	NudgeCron   Cron   `env:"NUDGE_CRON" envDefault:"0 9 * * MON-FRI" may:"five cron fields; its hour is the default hour of the morning nudge, such as 0 9 * * MON-FRI"`
	WeeklyCron  Cron   `env:"WEEKLY_CRON" envDefault:"0 16 * * FRI" may:"five cron fields in the team's zone, such as 0 16 * * FRI"`
	WeeklyReps  Choice `env:"WEEKLY_REPS" envDefault:"off" may:"off or thread"`
	WeeklyNames YesNo  `env:"WEEKLY_NAMES" envDefault:"no" may:"no or yes: whether the weekly summary names prospects"`

	Holidays     Country  `env:"HOLIDAYS" may:"a country code for public holidays that are known, such as DE or GB (empty: none)"`
	WorkingDays  WeekDays `env:"WORKING_DAYS" envDefault:"mon,tue,wed,thu,fri" may:"days with commas, such as mon,tue,wed,thu,fri"`
	WorkingHours Hours    `env:"WORKING_HOURS" envDefault:"08:00-18:00" may:"from-to, such as 08:00-18:00"`

	TemplatesDir string `env:"TEMPLATES_DIR" may:"a folder with the team's own drafts, cadence and word lists (empty: the built-in ones)"`
	HTTPAddr     string `env:"HTTP_ADDR" may:"host:port for health and metrics, such as 127.0.0.1:9090 (empty: off)"`
	LogLevel     Level  `env:"LOG_LEVEL" envDefault:"info" may:"debug, info, warn or error"`
	LogFormat    Format `env:"LOG_FORMAT" envDefault:"text" may:"text or json"`
}

// settingField is one setting as its tags describe it.
type settingField struct {
	index          int
	env, flag, may string
	fallback       string
	secret         bool
}

func settingFields() []settingField {
	t := reflect.TypeFor[Settings]()
	fields := make([]settingField, 0, t.NumField())
	for i := range t.NumField() {
		tag := t.Field(i).Tag
		name := tag.Get("env")
		fields = append(fields, settingField{
			index: i, env: name, may: tag.Get("may"), fallback: tag.Get("envDefault"), secret: tag.Get("secret") == "true",
			flag: strings.ReplaceAll(strings.ToLower(name), "_", "-"),
		})
	}
	return fields
}

// addSettingFlags gives the command a flag for every setting but the secrets.
func addSettingFlags(flags *pflag.FlagSet) {
	for _, f := range settingFields() {
		if !f.secret {
			flags.String(f.flag, f.fallback, f.may+" ["+f.env+"]")
		}
	}
}

// environment is what the settings are read from: .env, then the process's
// environment over it, then the flags that were given over both.
func environment(environ []string, dotenv string, flags *pflag.FlagSet) (map[string]string, error) {
	vars, err := godotenv.Read(dotenv)
	if err != nil && !errors.Is(err, fs.ErrNotExist) {
		// The reader's own message may quote a line, and with it a secret.
		return nil, fmt.Errorf("%s cannot be read; each line is NAME=value", dotenv)
	}
	if vars == nil {
		vars = map[string]string{}
	}
	maps.Copy(vars, env.ToMap(environ))
	if flags != nil {
		for _, f := range settingFields() {
			if given := flags.Lookup(f.flag); given != nil && given.Changed {
				vars[f.env] = given.Value.String()
			}
		}
	}
	return vars, nil
}

// readSettings reads and checks all settings and names every mistake at once,
// one line each: the setting, what it held (never a secret), what it may hold.
func readSettings(vars map[string]string) (Settings, error) {
	vars = maps.Clone(vars)
	var mistakes []string
	for _, f := range settingFields() {
		if f.secret {
			if err := secretFromFile(vars, f.env); err != nil {
				mistakes = append(mistakes, err.Error())
			}
		}
		// A variable that is set but empty means the default.
		if vars[f.env] == "" {
			delete(vars, f.env)
		}
	}
	var s Settings
	err := env.ParseWithOptions(&s, env.Options{Environment: vars})
	var all env.AggregateError
	if errors.As(err, &all) {
		for _, e := range all.Errors {
			mistakes = append(mistakes, settingMistake(e, vars))
		}
	} else if err != nil {
		mistakes = append(mistakes, err.Error())
	}
	slices.Sort(mistakes)
	if len(mistakes) > 0 {
		return s, fmt.Errorf("%s", strings.Join(mistakes, "\n"))
	}
	return s, nil
}

func settingMistake(err error, vars map[string]string) string {
	var parse env.ParseError
	if !errors.As(err, &parse) {
		return err.Error()
	}
	t := reflect.TypeFor[Settings]()
	for _, f := range settingFields() {
		if t.Field(f.index).Name != parse.Name {
			continue
		}
		held := fmt.Sprintf("held %q", vars[f.env])
		if f.secret {
			held = "cannot be read"
		}
		return fmt.Sprintf("%s %s; it may hold %s", f.env, held, f.may)
	}
	return err.Error()
}

// secretFromFile replaces NAME_FILE by the file's content under NAME, without
// the line break that editors leave at the end.
func secretFromFile(vars map[string]string, name string) error {
	path := vars[name+"_FILE"]
	if path == "" {
		return nil
	}
	if vars[name] != "" {
		return fmt.Errorf("%s and %s_FILE are both set; set one of them", name, name)
	}
	b, err := os.ReadFile(path)
	if err != nil {
		return fmt.Errorf("%s_FILE held %q, which cannot be read; it may hold the path of a file with the secret in it", name, path)
	}
	vars[name] = strings.TrimSpace(string(b))
	return nil
}

// needTokens says which of the two tokens is missing or of the wrong sort.
func (s Settings) needTokens() error {
	var mistakes []string
	if !strings.HasPrefix(s.BotToken.Reveal(), "xoxb-") {
		mistakes = append(mistakes, "SLACK_BOT_TOKEN is missing or no bot token; it may hold xoxb-…, from the app's page OAuth & Permissions")
	}
	if !strings.HasPrefix(s.AppToken.Reveal(), "xapp-") {
		mistakes = append(mistakes, "SLACK_APP_TOKEN is missing or no app-level token; it may hold xapp-…, from the app's page Basic Information")
	}
	if len(mistakes) > 0 {
		return errors.New(strings.Join(mistakes, "\n"))
	}
	return nil
}
