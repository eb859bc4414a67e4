package view

import (
	"slices"
	"strings"

	"github.com/slack-go/slack"
)

// State is what a submitted window holds: block id, action id, value.
type State = map[string]map[string]slack.BlockAction

// field is one line of a form. Its id is both block id and action id, so an
// error can be put at the field. Declared once, it draws and it reads.
type field struct {
	id, label, hint, placeholder string
	options                      []option // a choice instead of a line
	radio                        bool     // all choices in sight
	many                         bool     // any number of them; the value joins them with commas
	person                       bool     // a choice among the people of the workspace; the value is the user id
	optional, multiline          bool
	max                          int // characters; 0 means 200
}

// form is a window with fields.
type form struct {
	callback, title, submit string
	fields                  []field
}

// choosing is the form with these choices in one of its fields, in place of a
// line to write in.
func (f form) choosing(id string, options []option) form {
	f.fields = slices.Clone(f.fields)
	for i := range f.fields {
		if f.fields[i].id == id {
			f.fields[i].options, f.fields[i].hint = options, ""
		}
	}
	return f
}

// without is the form without one of its fields.
func (f form) without(id string) form {
	f.fields = slices.DeleteFunc(slices.Clone(f.fields), func(fd field) bool { return fd.id == id })
	return f
}

// draw draws the form filled with values by field id; before stands above
// the fields.
func (f form) draw(meta string, values map[string]string, before ...slack.Block) *slack.ModalViewRequest {
	blocks := append([]slack.Block(nil), before...)
	for _, fd := range f.fields {
		in := slack.NewInputBlock(fd.id, plain(fd.label, 150), nil, fd.element(values[fd.id]))
		if fd.hint != "" {
			in.Hint = plain(fd.hint, 150)
		}
		in.Optional = fd.optional
		blocks = append(blocks, in)
	}
	return &slack.ModalViewRequest{
		Type: slack.VTModal, CallbackID: f.callback, PrivateMetadata: clip(meta, 3000),
		Title: plain(f.title, 24), Submit: plain(f.submit, 24), Close: plain("Cancel", 24),
		Blocks: slack.Blocks{BlockSet: blocks},
	}
}

func (fd field) element(value string) slack.BlockElement {
	if fd.person {
		e := slack.NewOptionsSelectBlockElement(slack.OptTypeUser, plain("Choose a colleague", 150), fd.id)
		e.InitialUser = value
		return e
	}
	if len(fd.options) == 0 {
		limit := fd.max
		if limit == 0 {
			limit = 200
		}
		e := slack.NewPlainTextInputBlockElement(nil, fd.id)
		if fd.placeholder != "" {
			e.Placeholder = plain(fd.placeholder, 150)
		}
		e.Multiline, e.MaxLength, e.InitialValue = fd.multiline, limit, clip(value, limit)
		return e
	}
	if fd.many {
		e := slack.NewCheckboxGroupsBlockElement(fd.id, drawOptions(fd.options)...)
		for _, o := range fd.options {
			if slices.Contains(strings.Split(value, ","), o.value) {
				e.InitialOptions = append(e.InitialOptions, o.draw())
			}
		}
		return e
	}
	var initial *slack.OptionBlockObject
	for _, o := range fd.options {
		if o.value == value {
			initial = o.draw()
		}
	}
	if fd.radio {
		e := slack.NewRadioButtonsBlockElement(fd.id, drawOptions(fd.options)...)
		e.InitialOption = initial
		return e
	}
	e := slack.NewOptionsSelectBlockElement(slack.OptTypeStatic, plain("Choose", 150), fd.id, drawOptions(fd.options)...)
	e.InitialOption = initial
	return e
}

// read gives back the value of each field by id, trimmed.
func (f form) read(s State) map[string]string {
	values := make(map[string]string, len(f.fields))
	for _, fd := range f.fields {
		a := s[fd.id][fd.id]
		if fd.person {
			values[fd.id] = a.SelectedUser
		} else if fd.many {
			var chosen []string
			for _, o := range a.SelectedOptions {
				chosen = append(chosen, o.Value)
			}
			values[fd.id] = strings.Join(chosen, ",")
		} else if chosen := a.SelectedOption.Value; chosen != "" {
			values[fd.id] = chosen
		} else if len(fd.options) == 0 {
			values[fd.id] = strings.TrimSpace(a.Value)
		}
	}
	return values
}

// CallbackDone is the window that shows an outcome; its button closes it.
const CallbackDone = "done"

// DoneWindow shows in the window itself what came of a form, with Undo.
func DoneWindow(title, text string, undo int64, more ...slack.Block) *slack.ModalViewRequest {
	return &slack.ModalViewRequest{
		Type: slack.VTModal, CallbackID: CallbackDone, Title: plain(title, 24), Close: plain("Done", 24),
		Blocks: slack.Blocks{BlockSet: append(doneBlocks(text, undo), more...)},
	}
}

// NotDone is a window that only says why something was not done.
func NotDone(text string) *slack.ModalViewRequest {
	return &slack.ModalViewRequest{
		Type: slack.VTModal, Title: plain("Not done", 24), Close: plain("Back", 24),
		Blocks: slack.Blocks{BlockSet: []slack.Block{words(text)}},
	}
}
