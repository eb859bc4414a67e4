package view

import (
	"fmt"
	"slices"
	"strconv"
	"strings"

	"github.com/slack-go/slack"
)

// CallbackColumns is the window in which a person says which column is what;
// its meta is the [Dropped].
const CallbackColumns = "importcolumns"

// columnField is a field whose column can be chosen, with the letter that
// stands for it in a button.
type columnField struct{ letter, field, label string }

var columnFields = []columnField{
	{"n", "name", "Name"}, {"f", "first", "First name"}, {"l", "last name", "Last name"}, {"c", "company", "Company"}, {"t", "title", "Title"},
	{"e", "email", "Email"}, {"p", "phone", "Phone"}, {"m", "mobile", "Mobile phone"}, {"k", "linkedin", "LinkedIn"}, {"i", "industry", "Industry"},
	{"r", "research", "Notes: what you know about them"}, {"s", "said", "What they said"}, {"g", "gatekeeper", "Assistant or gatekeeper"},
}

// noColumn is the choice of a field that the file does not have.
const noColumn = "-"

// maxColumns is how many columns can be chosen among: a menu holds a hundred
// lines, and one says that there is none.
const maxColumns = 99

// Columns are the columns as a person chose them: field to number, from 0.
type Columns map[string]int

// String is how they travel in a button: "n0c2".
func (c Columns) String() string {
	var out strings.Builder
	for _, f := range columnFields {
		if i, ok := c[f.field]; ok {
			out.WriteString(f.letter + strconv.Itoa(i))
		}
	}
	return out.String()
}

// ParseColumns reads them back; false for what no button of ours holds.
func ParseColumns(s string) (Columns, bool) {
	c := Columns{}
	for s != "" {
		rest := strings.TrimLeft(s[1:], "0123456789")
		at, err := strconv.Atoi(s[1 : len(s)-len(rest)])
		i := slices.IndexFunc(columnFields, func(f columnField) bool { return f.letter == s[:1] })
		if i < 0 || err != nil || at >= 10_000 {
			return nil, false
		}
		c[columnFields[i].field], s = at, rest
	}
	return c, len(c) > 0
}

// HasColumn tells whether the column of a field can be chosen.
func HasColumn(field string) bool {
	for _, f := range columnFields {
		if f.field == field {
			return true
		}
	}
	return false
}

func columnsForm(labels []string) form {
	options := []option{{noColumn, "Not in this file"}}
	for i, l := range labels[:min(len(labels), maxColumns)] {
		options = append(options, option{strconv.Itoa(i), l})
	}
	f := form{callback: CallbackColumns, title: "Columns", submit: "Read it this way"}
	for _, c := range columnFields {
		f.fields = append(f.fields, field{id: "column_" + c.letter, label: c.label, options: options, optional: c.field != "company"})
	}
	return f
}

// ColumnsForm asks which column is what; labels name the columns of the file,
// now is how they are read.
func ColumnsForm(d Dropped, name string, labels []string, now Columns) *slack.ModalViewRequest {
	values := map[string]string{}
	for _, c := range columnFields {
		values["column_"+c.letter] = noColumn
		if i, ok := now[c.field]; ok {
			values["column_"+c.letter] = strconv.Itoa(i)
		}
	}
	return columnsForm(labels).draw(d.String(), values, words(fmt.Sprintf("Which column of %s is what? Name (or first and last name) and company are needed. What has no place here is left out.", clip(name, 80))))
}

// ColumnsReading stands in that window's place until the file has come.
func ColumnsReading() *slack.ModalViewRequest {
	return &slack.ModalViewRequest{
		Type: slack.VTModal, CallbackID: CallbackDone, Title: plain("Columns", 24), Close: plain("Close", 24),
		Blocks: slack.Blocks{BlockSet: []slack.Block{section("Reading the file. The columns appear here in a moment; closing this changes nothing.")}},
	}
}

// ReadColumns reads the submitted window. errs names the fields that are
// missing, by block.
func ReadColumns(s State) (c Columns, errs map[string]string) {
	c = Columns{}
	values := columnsForm(nil).read(s)
	for _, f := range columnFields {
		if i, err := strconv.Atoi(values["column_"+f.letter]); err == nil && i >= 0 {
			c[f.field] = i
		}
	}
	has := func(field string) bool { _, ok := c[field]; return ok }
	errs = map[string]string{}
	if !has("name") && !has("first") && !has("last name") {
		errs["column_n"] = "Choose the column that holds the name, or those of first and last name below."
	}
	if !has("company") {
		errs["column_c"] = "Choose the column that holds the company."
	}
	return c, errs
}
