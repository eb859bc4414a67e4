package localslack

import (
	"encoding/json"
	"fmt"
	"strings"
	"testing"
)

func plainText(n int) string {
	return fmt.Sprintf(`{"type":"plain_text","text":%q}`, strings.Repeat("x", n))
}

func opts(n int) string {
	var list []string
	for i := range n {
		list = append(list, fmt.Sprintf(`{"text":{"type":"plain_text","text":"o%d"},"value":"v%d"}`, i, i))
	}
	return "[" + strings.Join(list, ",") + "]"
}

func bar(series, points int) string {
	var cats, data, all []string
	for i := range points {
		cats = append(cats, fmt.Sprintf(`"c%d"`, i))
		data = append(data, fmt.Sprintf(`{"label":"c%d","value":%d}`, i, i))
	}
	for i := range series {
		all = append(all, fmt.Sprintf(`{"name":"s%d","data":[%s]}`, i, strings.Join(data, ",")))
	}
	return fmt.Sprintf(`{"type":"data_visualization","title":"Week","chart":{"type":"bar","series":[%s],"axis_config":{"categories":[%s]}}}`, strings.Join(all, ","), strings.Join(cats, ","))
}

func times(n int, one string) string { return strings.TrimSuffix(strings.Repeat(one+",", n), ",") }

// TestBlocksAreRefusedWithAPointer holds one row for each rule of Block Kit that
// messages break, with the pointer Slack gives.
func TestBlocksAreRefusedWithAPointer(t *testing.T) {
	t.Parallel()
	button := func(props string) string { return `{"type":"actions","elements":[{"type":"button",` + props + `}]}` }
	ok := plainText(2)
	rows := []struct{ name, block, want string }{
		{"empty text", `{"type":"section","text":{"type":"mrkdwn","text":""}}`, "must be more than 0 characters [json-pointer:/blocks/0/text/text]"},
		{"section 3001", `{"type":"section","text":` + plainText(3001) + `}`, "must be less than 3001 characters [json-pointer:/blocks/0/text/text]"},
		{"section without text", `{"type":"section"}`, "missing required field: text [json-pointer:/blocks/0]"},
		{"eleven fields", `{"type":"section","fields":[` + times(11, ok) + `]}`, "no more than 10 items allowed [json-pointer:/blocks/0/fields]"},
		{"field 2001", `{"type":"section","fields":[` + plainText(2001) + `]}`, "must be less than 2001 characters [json-pointer:/blocks/0/fields/0/text]"},
		{"header 151", `{"type":"header","text":` + plainText(151) + `}`, "must be less than 151 characters [json-pointer:/blocks/0/text/text]"},
		{"header mrkdwn", `{"type":"header","text":{"type":"mrkdwn","text":"x"}}`, "must be plain_text [json-pointer:/blocks/0/text/type]"},
		{"context of eleven", `{"type":"context","elements":[` + times(11, ok) + `]}`, "no more than 10 items allowed [json-pointer:/blocks/0/elements]"},
		{"actions of twenty-six", `{"type":"actions","elements":[` + times(26, `{"type":"button","text":`+ok+`}`) + `]}`, "no more than 25 items allowed [json-pointer:/blocks/0/elements]"},
		{"actions of none", `{"type":"actions","elements":[]}`, "no fewer than 1 items allowed [json-pointer:/blocks/0/elements]"},
		{"button 76", button(`"text":` + plainText(76)), "must be less than 76 characters [json-pointer:/blocks/0/elements/0/text/text]"},
		{"button value 2001", button(`"text":` + ok + `,"value":"` + strings.Repeat("v", 2001) + `"`), "must be less than 2001 characters [json-pointer:/blocks/0/elements/0/value]"},
		{"button style", button(`"text":` + ok + `,"style":"red"`), "must be a valid enum value: primary, danger [json-pointer:/blocks/0/elements/0/style]"},
		{"action id 256", button(`"text":` + ok + `,"action_id":"` + strings.Repeat("a", 256) + `"`), "must be less than 256 characters [json-pointer:/blocks/0/elements/0/action_id]"},
		{"same action id", `{"type":"actions","elements":[` + times(2, `{"type":"button","action_id":"a","text":`+ok+`}`) + `]}`, "`action_id` a already exists, must be unique in its block [json-pointer:/blocks/0/elements/1/action_id]"},
		{"same block id", `{"type":"divider","block_id":"b"},{"type":"divider","block_id":"b"}`, "`block_id` b already exists, must be unique [json-pointer:/blocks/1/block_id]"},
		{"overflow of six", `{"type":"actions","elements":[{"type":"overflow","options":` + opts(6) + `}]}`, "no more than 5 items allowed [json-pointer:/blocks/0/elements/0/options]"},
		{"radio of eleven", `{"type":"actions","elements":[{"type":"radio_buttons","options":` + opts(11) + `}]}`, "no more than 10 items allowed [json-pointer:/blocks/0/elements/0/options]"},
		{"select of 101", `{"type":"actions","elements":[{"type":"static_select","options":` + opts(101) + `}]}`, "no more than 100 items allowed [json-pointer:/blocks/0/elements/0/options]"},
		{"select without options", `{"type":"actions","elements":[{"type":"static_select"}]}`, "must have either options or option_groups [json-pointer:/blocks/0/elements/0]"},
		{"placeholder 151", `{"type":"actions","elements":[{"type":"static_select","options":` + opts(1) + `,"placeholder":` + plainText(151) + `}]}`, "must be less than 151 characters [json-pointer:/blocks/0/elements/0/placeholder/text]"},
		{"option value 76", `{"type":"actions","elements":[{"type":"static_select","options":[{"text":` + ok + `,"value":"` + strings.Repeat("v", 76) + `"}]}]}`, "must be less than 76 characters [json-pointer:/blocks/0/elements/0/options/0/value]"},
		{"initial option not offered", `{"type":"actions","elements":[{"type":"static_select","options":` + opts(2) + `,"initial_option":{"text":` + ok + `,"value":"zz"}}]}`, "initial option does not exactly match one of the provided options [json-pointer:/blocks/0/elements/0]"},
		{"multi select in actions", `{"type":"actions","elements":[{"type":"multi_static_select","options":` + opts(2) + `}]}`, "unsupported type: multi_static_select [json-pointer:/blocks/0/elements/0/type]"},
		{"text input in actions", `{"type":"actions","elements":[{"type":"plain_text_input"}]}`, "unsupported type: plain_text_input [json-pointer:/blocks/0/elements/0/type]"},
		{"confirm title 101", button(`"text":` + ok + `,"confirm":{"title":` + plainText(101) + `,"text":` + ok + `,"confirm":` + ok + `,"deny":` + ok + `}`), "must be less than 101 characters [json-pointer:/blocks/0/elements/0/confirm/title/text]"},
		{"date by hand", `{"type":"actions","elements":[{"type":"datepicker","initial_date":"5 Jan"}]}`, "must be of the form YYYY-MM-DD [json-pointer:/blocks/0/elements/0/initial_date]"},
		{"file input in a message", `{"type":"input","label":` + ok + `,"element":{"type":"file_input"}}`, "unsupported type: file_input [json-pointer:/blocks/0/element/type]"},
		{"image without alt", `{"type":"image","image_url":"https://x.test/a.png"}`, "missing required field: alt_text [json-pointer:/blocks/0]"},
		{"unknown property", `{"type":"divider","colour":"red"}`, "invalid additional property: colour [json-pointer:/blocks/0]"},
		{"unknown block", `{"type":"poem"}`, "unsupported type: poem [json-pointer:/blocks/0/type]"},
		{"alert in a message", `{"type":"alert","text":` + ok + `}`, "unsupported type: alert [json-pointer:/blocks/0/type]"},
		{"video", `{"type":"video"}`, "unsupported type: video [json-pointer:/blocks/0/type]"},
		{"empty run", `{"type":"rich_text","elements":[{"type":"rich_text_section","elements":[{"type":"text","text":""}]}]}`, "must be more than 0 characters [json-pointer:/blocks/0/elements/0/elements/0/text]"},
		{"list of texts", `{"type":"rich_text","elements":[{"type":"rich_text_list","style":"bullet","elements":[{"type":"text","text":"x"}]}]}`, "unsupported type: text [json-pointer:/blocks/0/elements/0/elements/0]"},
		{"markdown 12001", `{"type":"markdown","text":"` + strings.Repeat("x", 12001) + `"}`, "must be less than 12001 characters [json-pointer:/blocks/0/text]"},
		{"markdown together", times(2, `{"type":"markdown","text":"`+strings.Repeat("x", 7000)+`"}`), "must be less than 12001 characters over all markdown blocks [json-pointer:/blocks/1/text]"},
		{"two tables", times(2, `{"type":"table","rows":[[{"type":"raw_text","text":"x"}]]}`), "only_one_table_allowed [json-pointer:/blocks/1]"},
		{"table of numbers", `{"type":"table","rows":[[{"type":"raw_number","value":1}]]}`, "unsupported type: raw_number [json-pointer:/blocks/0/rows/0/0/type]"},
		{"table of 21 cells", `{"type":"table","rows":[[` + times(21, `{"type":"raw_text","text":"x"}`) + `]]}`, "no more than 20 items allowed [json-pointer:/blocks/0/rows/0]"},
		{"three charts", times(3, bar(1, 1)), "no more than 2 data_visualization blocks allowed [json-pointer:/blocks/2]"},
		{"seven series", bar(7, 1), "no more than 6 items allowed [json-pointer:/blocks/0/chart/series]"},
		{"twenty-one points", bar(1, 21), "no more than 20 items allowed [json-pointer:/blocks/0/chart/series/0/data]"},
		{"a point missing", `{"type":"data_visualization","title":"x","chart":{"type":"bar","series":[{"name":"s","data":[{"label":"a","value":1}]}],"axis_config":{"categories":["a","b"]}}}`, "must have exactly one data point for each category [json-pointer:/blocks/0/chart/series/0]"},
		{"pie of nothing", `{"type":"data_visualization","title":"x","chart":{"type":"pie","segments":[{"label":"a","value":0}]}}`, "must be greater than 0 [json-pointer:/blocks/0/chart/segments/0/value]"},
		{"radar", `{"type":"data_visualization","title":"x","chart":{"type":"radar"}}`, "must be a valid enum value: pie, bar, area, line [json-pointer:/blocks/0/chart/type]"},
	}
	o := newOffice(t)
	for _, r := range rows {
		a := o.call("chat.postMessage", "channel", "C1", "blocks", "["+r.block+"]")
		if a.Error != "invalid_blocks" {
			t.Errorf("%s: answered ok=%v %q, want invalid_blocks", r.name, a.OK, a.Error)
			continue
		}
		if got := strings.Join(a.Meta.Messages, "\n"); !strings.Contains(got, "[ERROR] "+r.want) {
			t.Errorf("%s: messages\n%s\nwant %s", r.name, got, r.want)
		}
	}
	if a := o.call("chat.postMessage", "channel", "C1", "blocks", "["+times(51, `{"type":"divider"}`)+"]"); a.Error != "invalid_blocks" || !strings.Contains(a.Meta.Messages[0], "no more than 50 items allowed [json-pointer:/blocks]") {
		t.Errorf("51 blocks: %s %v", a.Error, a.Meta.Messages)
	}
	if n := len(o.Unexpected()); n != 0 {
		t.Errorf("%d messages were posted, want none", n)
	}
}

// TestViewsAreRefusedWithAPointer is the same for modals and the App Home.
func TestViewsAreRefusedWithAPointer(t *testing.T) {
	t.Parallel()
	input := `{"type":"input","label":` + plainText(2) + `,"element":{"type":"plain_text_input"}}`
	title := `"title":` + plainText(3) + `,`
	rows := []struct{ name, view, want string }{
		{"no title", `{"type":"modal","blocks":[]}`, "missing required field: title [json-pointer:/view]"},
		{"title 25", `{"type":"modal","title":` + plainText(25) + `,"blocks":[]}`, "must be less than 25 characters [json-pointer:/view/title/text]"},
		{"submit 25", `{"type":"modal",` + title + `"submit":` + plainText(25) + `,"blocks":[]}`, "must be less than 25 characters [json-pointer:/view/submit/text]"},
		{"input without submit", `{"type":"modal",` + title + `"blocks":[` + input + `]}`, "missing required field: submit [json-pointer:/view]"},
		{"101 blocks", `{"type":"modal",` + title + `"blocks":[` + times(101, `{"type":"divider"}`) + `]}`, "no more than 100 items allowed [json-pointer:/view/blocks]"},
		{"metadata 3001", `{"type":"modal",` + title + `"private_metadata":"` + strings.Repeat("m", 3001) + `","blocks":[]}`, "must be less than 3001 characters [json-pointer:/view/private_metadata]"},
		{"callback 256", `{"type":"modal",` + title + `"callback_id":"` + strings.Repeat("c", 256) + `","blocks":[]}`, "must be less than 256 characters [json-pointer:/view/callback_id]"},
		{"chart in a modal", `{"type":"modal",` + title + `"blocks":[` + bar(1, 1) + `]}`, "unsupported type: data_visualization [json-pointer:/view/blocks/0/type]"},
		{"chart at home", `{"type":"home","blocks":[` + bar(1, 1) + `]}`, "unsupported type: data_visualization [json-pointer:/view/blocks/0/type]"},
		{"alert at home", `{"type":"home","blocks":[{"type":"alert","text":` + plainText(3) + `}]}`, "unsupported type: alert [json-pointer:/view/blocks/0/type]"},
		{"title at home", `{"type":"home",` + title + `"blocks":[]}`, "invalid additional property: title [json-pointer:/view]"},
		{"two in focus", `{"type":"modal",` + title + `"submit":` + plainText(2) + `,"blocks":[` + times(2, `{"type":"input","label":`+plainText(2)+`,"element":{"type":"plain_text_input","focus_on_load":true}}`) + `]}`, "only one element may have focus_on_load [json-pointer:/view/blocks/1/element/focus_on_load]"},
		{"input 3001", `{"type":"modal",` + title + `"submit":` + plainText(2) + `,"blocks":[{"type":"input","label":` + plainText(2) + `,"element":{"type":"plain_text_input","max_length":3001}}]}`, "must be between 1 and 3000 [json-pointer:/view/blocks/0/element/max_length]"},
		{"alert 201", `{"type":"modal",` + title + `"blocks":[{"type":"alert","text":` + plainText(201) + `}]}`, "must be less than 201 characters [json-pointer:/view/blocks/0/text/text]"},
	}
	o := newOffice(t)
	for _, r := range rows {
		o.mu.Lock()
		trigger := o.newTrigger("U1", "")
		o.mu.Unlock()
		method, who := "views.open", "trigger_id"
		value := trigger
		if strings.HasPrefix(r.view, `{"type":"home"`) {
			method, who, value = "views.publish", "user_id", "U1"
		}
		a := o.call(method, who, value, "view", r.view)
		if got := strings.Join(a.Meta.Messages, "\n"); a.Error != "invalid_arguments" || !strings.Contains(got, r.want) {
			t.Errorf("%s: %s %s\nwant %s", r.name, a.Error, got, r.want)
		}
	}
}

// TestGoodBlocksPassAndComeBackRewritten: what is posted is not what is read.
func TestGoodBlocksPassAndComeBackRewritten(t *testing.T) {
	t.Parallel()
	o := newOffice(t)
	posted := `[{"type":"section","text":{"type":"mrkdwn","text":"see https://x.test & <https://y.test|y> 👍"},"accessory":{"type":"button","text":{"type":"plain_text","text":"Go 🎉"},"value":"1"}},` +
		`{"type":"section","block_id":"mine","text":{"type":"mrkdwn","verbatim":true,"text":"see https://x.test"}},` +
		`{"type":"rich_text","elements":[{"type":"rich_text_section","elements":[{"type":"text","text":"<!channel> & co","style":{"bold":true}}]},{"type":"rich_text_list","style":"bullet","indent":0,"border":0,"offset":0,"elements":[{"type":"rich_text_section","elements":[{"type":"text","text":"a"}]}]}]},` +
		bar(6, 20) + `,{"type":"table","rows":[[{"type":"raw_text","text":"a"},{"type":"rich_text","elements":[{"type":"rich_text_section","elements":[{"type":"text","text":"b"}]}]}]],"column_settings":[{"align":"right","is_wrapped":true}]}]`
	a := o.call("chat.postMessage", "channel", "C1", "text", "read https://x.test/a?b=1&c=2. Fish & chips 👍", "blocks", posted)
	if !a.OK {
		t.Fatalf("%s %v", a.Error, a.Meta.Messages)
	}
	m := o.Person("ada").Channel("C1").Last()
	if want := "read <https://x.test/a?b=1&amp;c=2>. Fish &amp; chips :+1:"; m.Text != want {
		t.Errorf("text %q, want %q", m.Text, want)
	}
	var blocks []map[string]any
	if err := json.Unmarshal(m.Blocks, &blocks); err != nil {
		t.Fatal(err)
	}
	for i, b := range blocks {
		if b["block_id"] == nil || b["block_id"] == "" {
			t.Errorf("block %d has no id", i)
		}
	}
	if got := dig(blocks[0], "text", "text"); got != "see <https://x.test> &amp; <https://y.test|y> :+1:" {
		t.Errorf("mrkdwn came back as %q", got)
	}
	if got := dig(blocks[0], "accessory", "text", "text"); got != "Go :tada:" || dig(blocks[0], "accessory", "action_id") == nil {
		t.Errorf("button came back as %v", blocks[0]["accessory"])
	}
	if got := dig(blocks[1], "text", "text"); got != "see https://x.test" || blocks[1]["block_id"] != "mine" {
		t.Errorf("verbatim came back as %q in %v", got, blocks[1]["block_id"])
	}
	if !strings.Contains(m.Visible(), "<!channel> & co") {
		t.Errorf("visible text %q", m.Visible())
	}
}

func TestChartsCanBeRefused(t *testing.T) {
	t.Parallel()
	o := newOffice(t)
	o.Faults().RefuseCharts(true)
	a := o.call("chat.postMessage", "channel", "C1", "blocks", "["+bar(1, 1)+"]")
	if a.Error != "invalid_blocks" || !strings.Contains(a.Meta.Messages[0], "unsupported type: data_visualization") {
		t.Errorf("%s %v", a.Error, a.Meta.Messages)
	}
}
