package coach

// Problem is an error whose text is a sentence for the person who caused it:
// what was expected, with an example. Everything else that goes wrong is a
// plain error and is shown as one calm line without its text.
type Problem string

// Error is the sentence itself.
func (p Problem) Error() string { return string(p) }
