package main

import (
	"bufio"
	"encoding/json"
	"errors"
	"flag"
	"fmt"
	"io"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"testing"
)

// updateLicences is for whoever changes go.mod: make licences.
var updateLicences = flag.Bool("update-licences", false, "rewrite docs/licences.md")

// permissive are the licences we accept, by words that only their texts hold.
var permissive = []struct {
	name  string
	words []string
}{
	{"Apache-2.0", []string{"Apache License", "Version 2.0, January 2004"}},
	{"MPL-2.0", []string{"Mozilla Public License", "2.0"}}, // in tests only: what is built with it is not passed on
	{"ISC", []string{"Permission to use, copy, modify, and", "distribute this software for any"}},
	{"MIT", []string{"Permission is hereby granted, free of charge", "without restriction"}},
	{"BSD-3-Clause", []string{"Redistribution and use in source and binary forms", "endorse or promote"}},
	{"BSD-2-Clause", []string{"Redistribution and use in source and binary forms", "provided with the distribution"}},
}

var licenceFile = regexp.MustCompile(`(?i)^(licen[cs]e|copying)`)

var copyrightLine = regexp.MustCompile(`(?im)^\W*(copyright (?:\(c\)|©|\d).*?)[\s.*]*$`)

// dependency is one line of the list.
type dependency struct{ path, version, licence, holders string }

// The list of licences names every module of go.mod, each with a permissive
// licence, and nothing of it needs cgo.
func TestTheLicencesOfAllModulesAreListed(t *testing.T) {
	t.Parallel()
	inBinary := linked(t)
	var shipped, tests []dependency
	for _, m := range required(t) {
		if m.licence == "" || m.licence == "MPL-2.0" && inBinary[m.path] {
			t.Errorf("%s has no licence that we know as permissive", m.path)
		}
		if inBinary[m.path] {
			shipped = append(shipped, m)
		} else {
			tests = append(tests, m)
		}
	}
	var b strings.Builder
	b.WriteString("# Licences\n\nprospectcoach stands on these modules. `make licences` rewrites this list from go.mod; a test compares it and\naccepts only permissive licences in the program. The texts lie in each module's own folder, which\n`go mod download -json MODULE@VERSION` names.\n")
	table := func(title string, list []dependency) {
		fmt.Fprintf(&b, "\n## %s\n\n| Module | Version | Licence | Copyright |\n| --- | --- | --- | --- |\n", title)
		for _, m := range list {
			fmt.Fprintf(&b, "| %s | %s | %s | %s |\n", m.path, m.version, m.licence, m.holders)
		}
	}
	table("In the program", shipped)
	table("For its tests and its dependencies' tests only", tests)
	path := filepath.Join("..", "..", "docs", "licences.md")
	if *updateLicences {
		if err := os.WriteFile(path, []byte(b.String()), 0o644); err != nil {
			t.Fatal(err)
		}
	}
	if have, err := os.ReadFile(path); err != nil || string(have) != b.String() {
		t.Errorf("docs/licences.md is not what go.mod says: make licences (%v)", err)
	}
}

// linked are the modules whose packages are in the binary.
func linked(t *testing.T) map[string]bool {
	t.Helper()
	cmd := exec.Command("go", "list", "-deps", "-json=ImportPath,Standard,CgoFiles,Module", ".")
	cmd.Env = append(os.Environ(), "CGO_ENABLED=1")
	out, err := cmd.Output()
	if err != nil {
		t.Fatal(err)
	}
	in := map[string]bool{}
	for d := json.NewDecoder(strings.NewReader(string(out))); ; {
		var p struct {
			ImportPath string
			Standard   bool
			CgoFiles   []string
			Module     *struct {
				Path string
				Main bool
			}
		}
		if err := d.Decode(&p); errors.Is(err, io.EOF) {
			return in
		} else if err != nil {
			t.Fatal(err)
		}
		if !p.Standard && len(p.CgoFiles) > 0 {
			t.Errorf("%s needs cgo", p.ImportPath)
		}
		if p.Module != nil && !p.Module.Main {
			in[p.Module.Path] = true
		}
	}
}

// required are the modules of go.mod, with what their folders say.
func required(t *testing.T) (list []dependency) {
	t.Helper()
	out, err := exec.Command("go", "mod", "edit", "-json", filepath.Join("..", "..", "go.mod")).Output()
	if err != nil {
		t.Fatal(err)
	}
	var mod struct {
		Require []struct{ Path, Version string }
	}
	if err := json.Unmarshal(out, &mod); err != nil {
		t.Fatal(err)
	}
	args := []string{"mod", "download", "-json"}
	for _, r := range mod.Require {
		args = append(args, r.Path+"@"+r.Version)
	}
	if out, err = exec.Command("go", args...).Output(); err != nil {
		t.Fatal(err)
	}
	for d := json.NewDecoder(strings.NewReader(string(out))); ; {
		var m struct{ Path, Version, Dir string }
		if err := d.Decode(&m); errors.Is(err, io.EOF) {
			break
		} else if err != nil {
			t.Fatal(err)
		}
		licence, holders := licenceOf(t, m.Dir)
		list = append(list, dependency{m.Path, m.Version, licence, holders})
	}
	slices.SortFunc(list, func(a, b dependency) int { return strings.Compare(a.path, b.path) })
	return list
}

// licenceOf reads the licence in a module's folder.
func licenceOf(t *testing.T, dir string) (name, holders string) {
	t.Helper()
	files, err := os.ReadDir(dir)
	if err != nil {
		t.Fatal(err)
	}
	var who []string
	for _, f := range files {
		if f.IsDir() || !licenceFile.MatchString(f.Name()) || strings.HasSuffix(f.Name(), ".go") {
			continue
		}
		raw, err := os.ReadFile(filepath.Join(dir, f.Name()))
		if err != nil {
			t.Fatal(err)
		}
		text := strings.Join(strings.Fields(string(raw)), " ")
		for _, p := range permissive {
			if name == "" && strings.Contains(text, p.words[0]) && strings.Contains(text, p.words[1]) {
				name = p.name
			}
		}
		lines := bufio.NewScanner(strings.NewReader(string(raw)))
		for lines.Scan() && len(who) < 3 {
			if hit := copyrightLine.FindStringSubmatch(lines.Text()); hit != nil {
				if line := strings.ReplaceAll(hit[1], "|", "/"); !slices.Contains(who, line) {
					who = append(who, line)
				}
			}
		}
	}
	return name, strings.Join(who, "; ")
}
