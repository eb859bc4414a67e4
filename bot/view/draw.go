package view

import (
	"strings"

	"github.com/slack-go/slack"
)

// Limits of Block Kit that the drawing functions keep, in characters.
const (
	maxSection = 2900
	maxHeader  = 150
	maxButton  = 75
	maxValue   = 2000
	maxOption  = 75
	maxRich    = 2900
	maxLink    = 2900
)

// plain is a plain_text object: people's text may stand in it.
func plain(s string, n int) *slack.TextBlockObject {
	if s == "" {
		s = "–"
	}
	return slack.NewTextBlockObject(slack.PlainTextType, clip(s, n), false, false)
}

// markup is a mrkdwn object of our own words; people's text in it is escaped
// by the caller. Verbatim keeps names and channels from coming alive.
func markup(s string) *slack.TextBlockObject {
	return slack.NewTextBlockObject(slack.MarkdownType, clip(s, maxSection), false, true)
}

// section is a paragraph of our own words and nobody else's: what looks like
// markup in it is markup.
func section(s string) slack.Block { return slack.NewSectionBlock(markup(s), nil, nil) }

// words is a paragraph in which people's text may stand.
func words(s string) *slack.SectionBlock {
	return slack.NewSectionBlock(plain(s, maxSection), nil, nil)
}

// header is a headline; people's text may stand in it.
func header(s string) slack.Block { return slack.NewHeaderBlock(plain(s, maxHeader)) }

// small is a line of our own words in small print.
func small(s string) slack.Block { return slack.NewContextBlock("", markup(s)) }

// smallPlain is small print that may hold people's text.
func smallPlain(s string) slack.Block { return slack.NewContextBlock("", plain(s, 2000)) }

func divider() slack.Block { return slack.NewDividerBlock() }

// span is a piece of rich text, in which nothing ever comes alive.
type span struct {
	text   string
	bold   bool
	italic bool
	code   bool
	url    string
}

func word(s string) span      { return span{text: s} }
func bold(s string) span      { return span{text: s, bold: true} }
func italic(s string) span    { return span{text: s, italic: true} }
func code(s string) span      { return span{text: s, code: true} }
func link(url, s string) span { return span{text: s, url: url} }
func (s span) draw() slack.RichTextSectionElement {
	var style *slack.RichTextSectionTextStyle
	if s.bold || s.italic || s.code {
		style = &slack.RichTextSectionTextStyle{Bold: s.bold, Italic: s.italic, Code: s.code}
	}
	if s.url != "" {
		return slack.NewRichTextSectionLinkElement(s.url, clip(s.text, 300), style)
	}
	return slack.NewRichTextSectionTextElement(clip(s.text, maxRich), style)
}

func spans(parts []span) []slack.RichTextSectionElement {
	var out []slack.RichTextSectionElement
	for _, s := range parts {
		if s.text != "" {
			out = append(out, s.draw())
		}
	}
	return out
}

// said is what the spans say as a message text.
func said(parts ...span) string {
	var b strings.Builder
	for _, s := range parts {
		if s.code {
			b.WriteString("`" + Escape(s.text) + "`")
		} else {
			b.WriteString(Escape(s.text))
		}
	}
	return clipText(b.String())
}

// para is a paragraph of rich text.
func para(parts ...span) slack.RichTextElement { return slack.NewRichTextSection(spans(parts)...) }

// quote is text to be sent by the rep, set apart.
func quote(s string) slack.RichTextElement {
	return &slack.RichTextQuote{Type: slack.RTEQuote, Elements: spans([]span{word(s)})}
}

// bullets is a list of paragraphs.
func bullets(items ...slack.RichTextElement) slack.RichTextElement {
	return slack.NewRichTextList(slack.RTEListBullet, 0, items...)
}

// rich is a block of rich text; id may be "".
func rich(id string, elements ...slack.RichTextElement) slack.Block {
	return slack.NewRichTextBlock(id, elements...)
}

// knob is one button.
type knob struct {
	label, action, value string
	style                slack.Style
	url                  string
	sure                 *slack.ConfirmationBlockObject
}

func (k knob) primary() knob { k.style = slack.StylePrimary; return k }
func (k knob) danger() knob  { k.style = slack.StyleDanger; return k }

// asking puts Slack's own question before the click counts.
func (k knob) asking(title, text, yes string) knob {
	k.sure = slack.NewConfirmationBlockObject(plain(title, 100), plain(text, 300), plain(yes, 30), plain("Cancel", 30))
	return k
}

func button(label, action, value string) knob {
	return knob{label: label, action: action, value: value}
}

func (k knob) draw() slack.BlockElement {
	b := slack.NewButtonBlockElement(k.action, clip(k.value, maxValue), plain(k.label, maxButton))
	b.Style, b.URL, b.Confirm = k.style, k.url, k.sure
	return b
}

// option is one line of a menu or a choice.
type option struct{ value, label string }

func (o option) draw() *slack.OptionBlockObject {
	return slack.NewOptionBlockObject(o.value, plain(o.label, maxOption), nil)
}

func drawOptions(options []option) []*slack.OptionBlockObject {
	out := make([]*slack.OptionBlockObject, len(options))
	for i, o := range options {
		out[i] = o.draw()
	}
	return out
}

// row is a row of buttons, with an overflow menu behind them if more has
// entries. Action ids within a row must differ.
func row(id string, knobs []knob, more ...option) slack.Block {
	var elements []slack.BlockElement
	for _, k := range knobs {
		elements = append(elements, k.draw())
	}
	if len(more) > 0 {
		elements = append(elements, slack.NewOverflowBlockElement(ActionMore, drawOptions(more)...))
	}
	return slack.NewActionBlock(id, elements...)
}
