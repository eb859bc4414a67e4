package localslack

import (
	"encoding/json"
	"strconv"
)

// oneTable: a message has one table at most, of at most 10,000 characters
// (docs.slack.dev/reference/block-kit/blocks/table-block).
func oneTable(c *checker, _ map[string]any) {
	if c.tables++; c.tables > 1 {
		c.fail("only_one_table_allowed")
	}
}

func tableRows(c *checker, v any) {
	chars := 0
	c.each(v, 1, 100, func(c *checker, row any) {
		c.each(row, 1, 20, func(c *checker, cell any) { chars += c.cell(cell) })
	})
	if chars > 10000 {
		c.fail("must be less than 10001 characters over all cells")
	}
}

var rawText = shape{must("type", kindIs("raw_text")), must("text", str(1, 3000))}

// cell checks one cell and counts its characters. raw_number is listed in no
// rule that holds everywhere and was refused by workspaces, so it is refused.
func (c *checker) cell(v any) int {
	obj, ok := v.(map[string]any)
	if !ok {
		c.fail("must be an object")
		return 0
	}
	switch word(obj, "type") {
	case "raw_text":
		c.object(v, rawText)
		return length(word(obj, "text"))
	case "rich_text":
		before := c.chars
		c.object(v, shape{must("type", kindIs("rich_text")), may("block_id", str(0, 255)), must("elements", func(c *checker, v any) { c.each(v, 1, 100, richElement) })})
		return c.chars - before
	}
	c.push("type")
	c.fail("unsupported type: %s", word(obj, "type"))
	c.pop()
	return 0
}

func columnSettings(c *checker, v any) {
	c.each(v, 0, 20, func(c *checker, v any) {
		if v != nil { // null skips a column.
			c.object(v, shape{may("align", oneOf("left", "center", "right")), may("is_wrapped", boolean)})
		}
	})
}

// twoCharts: a message has two charts at most, and a workspace that has none yet
// refuses the block type.
func twoCharts(c *checker, _ map[string]any) {
	if c.charts++; c.charts > 2 {
		c.fail("no more than 2 data_visualization blocks allowed")
	}
	if c.noCharts {
		c.push("type")
		c.fail("unsupported type: data_visualization")
		c.pop()
	}
}

var (
	segmentShape = shape{must("label", str(1, 20)), must("value", func(c *checker, v any) {
		anyNumber(c, v)
		if n, ok := v.(json.Number); ok {
			if f, err := n.Float64(); err != nil || f <= 0 {
				c.fail("must be greater than 0")
			}
		}
	})}
	pointShape  = shape{must("label", str(1, 20)), must("value", anyNumber)}
	seriesShape = shape{must("name", str(1, 20)), must("data", func(c *checker, v any) { c.each(v, 1, 20, inside(pointShape)) })}
	axisShape   = shape{must("categories", func(c *checker, v any) { c.each(v, 1, 20, str(1, 20)) }), may("x_label", str(1, 50)), may("y_label", str(1, 50))}
	pieShape    = shape{must("type", kindIs("pie")), must("segments", func(c *checker, v any) { c.each(v, 1, 6, inside(segmentShape)) })}
	plotShape   = shape{must("type", oneOf("bar", "line", "area")), must("series", func(c *checker, v any) { c.each(v, 1, 6, inside(seriesShape)) }),
		must("axis_config", inside(axisShape))}
)

// chart checks docs.slack.dev/reference/block-kit/blocks/data-visualization-block:
// labels and names are unique, and each series has one point per category.
func chart(c *checker, v any) {
	obj, _ := v.(map[string]any)
	switch word(obj, "type") {
	case "pie":
		c.object(v, pieShape)
		c.unique("segments", obj["segments"], "label")
	case "bar", "line", "area":
		c.object(v, plotShape)
		c.unique("series", obj["series"], "name")
		c.points(obj)
	default:
		c.push("type")
		c.fail("must be a valid enum value: pie, bar, area, line")
		c.pop()
	}
}

func (c *checker) unique(field string, v any, key string) {
	list, _ := v.([]any)
	seen := map[string]bool{}
	for i, item := range list {
		obj, _ := item.(map[string]any)
		name := word(obj, key)
		if seen[name] {
			c.push(field)
			c.push(strconv.Itoa(i))
			c.fail("%s must be unique", key)
			c.pop()
			c.pop()
		}
		seen[name] = true
	}
}

func (c *checker) points(obj map[string]any) {
	axis, _ := obj["axis_config"].(map[string]any)
	categories, _ := axis["categories"].([]any)
	want := map[string]bool{}
	for _, cat := range categories {
		s, _ := cat.(string)
		if want[s] {
			c.fail("categories must be unique")
		}
		want[s] = true
	}
	series, _ := obj["series"].([]any)
	for i, item := range series {
		one, _ := item.(map[string]any)
		data, _ := one["data"].([]any)
		got := map[string]bool{}
		for _, d := range data {
			point, _ := d.(map[string]any)
			got[word(point, "label")] = true
		}
		missing := len(data) != len(want) || len(got) != len(want)
		for label := range got {
			missing = missing || !want[label]
		}
		if missing {
			c.push("series")
			c.push(strconv.Itoa(i))
			c.fail("must have exactly one data point for each category")
			c.pop()
			c.pop()
		}
	}
}
