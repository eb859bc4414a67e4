package localslack

import (
	"regexp"
	"strings"
)

// Slack links what looks like an address, in what people type and in what apps
// post (docs.slack.dev/messaging/formatting-message-text, "Automatic parsing").
var (
	linkable = regexp.MustCompile(`(?i)https?://[^\s<>|]+` +
		`|[a-z0-9._%+-]+@[a-z0-9-]+(?:\.[a-z0-9-]+)*\.[a-z]{2,}` +
		`|(?:[a-z0-9-]+\.)+(?:com|org|net|io|dev|de|test|example|co|uk|eu|app|ai|fr|at|ch)\b(?:/[^\s<>|]*)?` +
		`|\+[0-9][0-9() .-]{5,18}[0-9]`)
	bareURL  = regexp.MustCompile(`https?://[^\s<>|]+`)
	mention  = regexp.MustCompile(`(^|[\s(])([@#])([a-z0-9][a-z0-9._-]*)`)
	notDigit = regexp.MustCompile(`[^0-9+]`)
	entities = strings.NewReplacer("&", "&amp;", "<", "&lt;", ">", "&gt;")
)

// typed turns what a person typed into what an app receives, in a message and
// in a command whose app asks for escaping: & < > as entities, known mentions as
// <@U…> and <#C…|name>, addresses wrapped
// (docs.slack.dev/interactivity/implementing-slash-commands, "Escaping").
func (s *Server) typed(text string) string {
	var b strings.Builder
	at := 0
	for _, loc := range linkable.FindAllStringIndex(text, -1) {
		hit := text[loc[0]:loc[1]]
		trimmed := strings.TrimRight(hit, ".,;:!?)\"'")
		if loc[0] > 0 && glued(text[loc[0]-1]) {
			continue // The middle of a longer word is no address.
		}
		b.WriteString(s.mentions(text[at:loc[0]]))
		b.WriteString(wrapped(trimmed))
		at = loc[0] + len(trimmed)
	}
	b.WriteString(s.mentions(text[at:]))
	return emojiToNames(b.String())
}

func glued(c byte) bool {
	return c == '@' || c == '.' || c == '_' || c >= '0' && c <= '9' || c >= 'a' && c <= 'z' || c >= 'A' && c <= 'Z' || c >= 0x80
}

// wrapped draws one address the way Slack does.
func wrapped(hit string) string {
	esc := entities.Replace(hit)
	switch {
	case strings.HasPrefix(hit, "http://"), strings.HasPrefix(hit, "https://"):
		return "<" + esc + ">"
	case strings.HasPrefix(hit, "+"):
		return "<tel:" + notDigit.ReplaceAllString(hit, "") + "|" + esc + ">"
	case strings.Contains(hit, "@"):
		return "<mailto:" + esc + "|" + esc + ">"
	}
	return "<http://" + esc + "|" + esc + ">"
}

// mentions escapes a stretch of typed text and resolves @handle and #channel.
func (s *Server) mentions(text string) string {
	var b strings.Builder
	at := 0
	for _, loc := range mention.FindAllStringSubmatchIndex(text, -1) {
		name := strings.TrimRight(text[loc[6]:loc[7]], ".-_")
		live := ""
		if text[loc[4]] == '@' {
			live = s.mentionOf(name)
		} else {
			for _, id := range s.convOrder {
				if c := s.convs[id]; c.Name == name && !c.im {
					live = "<#" + c.ID + "|" + c.Name + ">"
					if c.Private {
						live = "<#" + c.ID + ">"
					}
				}
			}
		}
		if live == "" {
			continue
		}
		b.WriteString(entities.Replace(text[at:loc[4]]))
		b.WriteString(live)
		at = loc[6] + len(name)
	}
	b.WriteString(entities.Replace(text[at:]))
	return b.String()
}

func (s *Server) mentionOf(name string) string {
	switch name {
	case "here", "channel", "everyone":
		return "<!" + name + ">"
	}
	for _, id := range s.userOrder {
		if u := s.users[id]; u.Name == name {
			return "<@" + id + ">"
		}
	}
	return ""
}

// rewriteText is what Slack makes of the mrkdwn an app posts: control sequences
// stay, stray & < > become entities, bare URLs are wrapped, emoji become names.
// Reading the message back gives this and not what was sent.
func (s *Server) rewriteText(text string) string {
	if !strings.ContainsAny(text, "&<>:/") && ascii(text) {
		return text
	}
	var b strings.Builder
	rest := text
	for rest != "" {
		i := strings.IndexByte(rest, '<')
		if i < 0 {
			b.WriteString(linkBare(keepEscaped(rest)))
			break
		}
		b.WriteString(linkBare(keepEscaped(rest[:i])))
		j := strings.IndexByte(rest[i:], '>')
		if j < 2 || strings.ContainsAny(rest[i+1:i+j], "<\n") {
			b.WriteString("&lt;")
			rest = rest[i+1:]
			continue
		}
		b.WriteString(rest[i : i+j+1])
		rest = rest[i+j+1:]
	}
	return emojiToNames(b.String())
}

// keepControls keeps control sequences and links as they are, makes the rest
// entities, and links nothing: what verbatim mrkdwn becomes.
func keepControls(text string) string {
	var b strings.Builder
	for text != "" {
		i := strings.IndexByte(text, '<')
		if i < 0 {
			break
		}
		b.WriteString(keepEscaped(text[:i]))
		j := strings.IndexByte(text[i:], '>')
		if j < 2 || strings.ContainsAny(text[i+1:i+j], "<\n") {
			b.WriteString("&lt;")
			text = text[i+1:]
			continue
		}
		b.WriteString(text[i : i+j+1])
		text = text[i+j+1:]
	}
	b.WriteString(keepEscaped(text))
	return emojiToNames(b.String())
}

// keepEscaped turns stray < > and & into entities and leaves entities as they are.
func keepEscaped(text string) string {
	if !strings.ContainsAny(text, "&<>") {
		return text
	}
	var b strings.Builder
	for i := 0; i < len(text); i++ {
		switch c := text[i]; c {
		case '<':
			b.WriteString("&lt;")
		case '>':
			b.WriteString("&gt;")
		case '&':
			if strings.HasPrefix(text[i:], "&amp;") || strings.HasPrefix(text[i:], "&lt;") || strings.HasPrefix(text[i:], "&gt;") {
				b.WriteByte(c)
			} else {
				b.WriteString("&amp;")
			}
		default:
			b.WriteByte(c)
		}
	}
	return b.String()
}

func linkBare(text string) string {
	if !strings.Contains(text, "://") {
		return text
	}
	return bareURL.ReplaceAllStringFunc(text, func(hit string) string {
		trimmed := strings.TrimRight(hit, ".,;:!?)\"'*_~")
		return "<" + trimmed + ">" + hit[len(trimmed):]
	})
}

func ascii(text string) bool {
	for i := 0; i < len(text); i++ {
		if text[i] >= 0x80 {
			return false
		}
	}
	return true
}

// emojiNames are the emoji Slack is known to turn into names among those a
// business text is likely to hold; others stay as they are.
var emojiNames = strings.NewReplacer(
	"👍", ":+1:", "👎", ":-1:", "🎉", ":tada:", "✅", ":white_check_mark:", "❌", ":x:", "⚠️", ":warning:", "📞", ":telephone_receiver:",
	"☎️", ":phone:", "✉️", ":email:", "📧", ":e-mail:", "📅", ":date:", "🔔", ":bell:", "💡", ":bulb:", "🚀", ":rocket:", "😀", ":grinning:",
	"🙂", ":slightly_smiling_face:", "😊", ":blush:", "🙏", ":pray:", "👋", ":wave:", "⏰", ":alarm_clock:", "📝", ":memo:", "📈", ":chart_with_upwards_trend:",
	"🔥", ":fire:", "⭐", ":star:", "❤️", ":heart:", "💬", ":speech_balloon:", "👀", ":eyes:", "🤝", ":handshake:", "💪", ":muscle:",
)

func emojiToNames(text string) string {
	if ascii(text) {
		return text
	}
	return emojiNames.Replace(text)
}
