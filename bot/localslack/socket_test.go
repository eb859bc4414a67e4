package localslack

import (
	"strings"
	"testing"
	"time"

	"github.com/gorilla/websocket"
)

func quick(o *Options) { o.AckDeadline = 60 * time.Millisecond }

// slow deadlines that only a test's own hand lets pass.
func patient(o *Options) { o.AckDeadline = time.Hour }

func TestHelloCountsConnectionsAndTheEleventhIsTurnedAway(t *testing.T) {
	t.Parallel()
	o := newOffice(t)
	for i := 1; i <= 10; i++ {
		hello := o.connect().next()
		if hello["type"] != "hello" || hello["num_connections"] != float64(i) || dig(hello, "connection_info", "app_id") != "A1" {
			t.Fatalf("hello %d: %v", i, hello)
		}
	}
	late := o.connect()
	if f := late.next(); f["reason"] != "too_many_websockets" {
		t.Errorf("eleventh got %v", f)
	}
	if f := late.next(); f != nil {
		t.Errorf("eleventh stays open: %v", f)
	}
	if n := o.Connections(); n != 10 {
		t.Errorf("%d connections", n)
	}
}

func TestASocketURLIsGoodForOneConnection(t *testing.T) {
	t.Parallel()
	o := newOffice(t)
	a := o.call("apps.connections.open", "token!", "xapp-1")
	ws, res, err := websocket.DefaultDialer.Dial(a.URL, nil)
	if err != nil {
		t.Fatal(err)
	}
	_ = res.Body.Close()
	defer func() { _ = ws.Close() }()
	if _, res, err := websocket.DefaultDialer.Dial(a.URL, nil); err == nil || res.StatusCode != 403 {
		t.Error("the same URL opened a second connection")
	}
}

func TestAnEnvelopeGoesToOneConnectionAndAnyMayAnswer(t *testing.T) {
	t.Parallel()
	o := newOffice(t, patient)
	a, b := o.connect(), o.connect()
	a.next()
	b.next()
	got := make(chan *wire, 50)
	for _, pair := range [][2]*wire{{a, b}, {b, a}} {
		go func() {
			for f := range pair[0].frames {
				got <- pair[0]
				_ = f
				// The sibling acknowledges what came here.
				o.mu.Lock()
				l := o.conns[0]
				o.mu.Unlock()
				id, _ := f["envelope_id"].(string)
				o.acknowledged(l, []byte(`{"envelope_id":"`+id+`"}`), false)
			}
		}()
	}
	ada := o.Person("ada")
	for range 40 {
		if _, err := ada.Say("", "hello"); err != nil {
			t.Fatal(err)
		}
	}
	count := map[*wire]int{}
	for range 40 {
		count[<-got]++
	}
	if len(got) != 0 || count[a] == 0 || count[b] == 0 {
		t.Errorf("envelopes: %d and %d, %d left", count[a], count[b], len(got))
	}
}

func TestAnEventIsRepeatedUnderOneEventID(t *testing.T) {
	t.Parallel()
	o := newOffice(t, patient)
	w := o.connect()
	w.next()
	said := make(chan error, 1)
	go func() {
		_, err := o.Person("ada").Say("", "hello")
		said <- err
	}()
	first := w.next()
	if first["retry_attempt"] != float64(0) || first["accepts_response_payload"] != false || first["type"] != "events_api" {
		t.Fatalf("first attempt %v", first)
	}
	o.Faults().ExpireAcks()
	if err := <-said; err != nil {
		t.Errorf("a person does not see that an event was lost: %v", err)
	}
	ids := map[any]bool{first["envelope_id"]: true}
	again := w.next() // at once
	for attempt := 1; ; attempt++ {
		if again["retry_attempt"] != float64(attempt) || again["retry_reason"] != "timeout" || ids[again["envelope_id"]] {
			t.Fatalf("attempt %d: %v", attempt, again)
		}
		if dig(again, "payload", "event_id") != dig(first, "payload", "event_id") {
			t.Fatalf("attempt %d has another event_id", attempt)
		}
		ids[again["envelope_id"]] = true
		o.Faults().ExpireAcks()
		n := o.Faults().RedeliverNow()
		if attempt == 3 {
			if n != 0 {
				t.Error("a fourth repetition is planned")
			}
			return
		}
		if n != 1 {
			t.Fatalf("after attempt %d %d events wait", attempt, n)
		}
		again = w.next()
	}
}

func TestAnEventWithoutAConnectionWaits(t *testing.T) {
	t.Parallel()
	o := newOffice(t, patient)
	if _, err := o.Person("ada").Say("", "anybody there"); err != nil {
		t.Fatal(err)
	}
	w := o.connect()
	w.next()
	if n := o.Faults().RedeliverNow(); n != 1 {
		t.Fatalf("%d events wait", n)
	}
	f := w.next() // The repetition at once found nobody either.
	if dig(f, "payload", "event", "text") != "anybody there" || f["retry_attempt"] != float64(2) {
		t.Errorf("got %v", f)
	}
	w.ack(f, nil)
}

func TestCommandsAndClicksAreNeverRepeated(t *testing.T) {
	t.Parallel()
	o := newOffice(t, quick)
	ada := o.Person("ada")
	if _, err := ada.Command("/prospect help"); code(err) != "dispatch_failed" {
		t.Errorf("without a connection: %v", err)
	}
	w := o.connect()
	w.next()
	if _, err := ada.Command("/prospect help"); code(err) != "operation_timeout" {
		t.Errorf("without an answer: %v", err)
	}
	w.next()
	a := o.call("chat.postMessage", "channel", "U1", "blocks", `[{"type":"actions","elements":[{"type":"button","action_id":"b","text":{"type":"plain_text","text":"Go"}}]}]`)
	if !a.OK {
		t.Fatal(a.Error)
	}
	w.ack(w.next(), nil) // the app's own message
	if _, err := ada.Click(ada.DM().Last(), "Go"); code(err) != "operation_timeout" {
		t.Errorf("click without an answer: %v", err)
	}
	if f := w.next(); dig(f, "payload", "type") != "block_actions" {
		t.Errorf("got %v", f)
	}
	if n := o.Faults().RedeliverNow(); n != 0 || len(w.frames) != 0 {
		t.Errorf("%d wait, %d frames more", n, len(w.frames))
	}
}

func TestLargeAndFragmentedAcksAreDropped(t *testing.T) {
	t.Parallel()
	o := newOffice(t, quick)
	w := o.connect()
	w.next()
	answers := []func(f map[string]any){
		func(f map[string]any) { w.ack(f, map[string]any{"text": strings.Repeat("x", 20000)}) },
		func(f map[string]any) {
			w.mu.Lock()
			defer w.mu.Unlock()
			// A writer that is flushed twice makes two frames of one message.
			if err := w.ws.WriteMessage(websocket.TextMessage, []byte(`{"envelope_id":"`+f["envelope_id"].(string)+`","payload":{"text":"`+strings.Repeat("y", 9000)+`"}}`)); err != nil {
				t.Error(err)
			}
		},
		func(f map[string]any) { w.ack(f, map[string]any{"text": "small"}) },
	}
	want := []string{"operation_timeout", "operation_timeout", ""}
	for i, answer := range answers {
		go func() { answer(w.next()) }()
		if _, err := o.Person("ada").Command("/prospect x"); code(err) != want[i] {
			t.Errorf("answer %d: %v, want %q", i, err, want[i])
		}
	}
	if o.DroppedAcks() != 2 {
		t.Errorf("%d dropped", o.DroppedAcks())
	}
}

func TestRefreshWarnsThenAsksThenCloses(t *testing.T) {
	t.Parallel()
	o := newOffice(t, patient, func(op *Options) { op.WarningTime = 20 * time.Millisecond })
	w := o.connect()
	w.next()
	o.Faults().Refresh(true)
	if f := w.next(); f["type"] != "disconnect" || f["reason"] != "warning" {
		t.Errorf("got %v", f)
	}
	if f := w.next(); f["reason"] != "refresh_requested" {
		t.Errorf("got %v", f)
	}
	if f := w.next(); f != nil {
		t.Errorf("after the refresh came %v", f)
	}
}

func TestADrainingConnectionGetsEnvelopesOnlyWhileAlone(t *testing.T) {
	t.Parallel()
	o := newOffice(t, patient)
	old := o.connect()
	old.next()
	o.Faults().Refresh(false)
	old.next()
	go func() { old.ack(old.next(), nil) }()
	if _, err := o.Person("ada").Command("/prospect x"); err != nil {
		t.Errorf("alone: %v", err)
	}
	fresh := o.connect()
	fresh.next()
	fresh.serve(func(map[string]any) any { return nil })
	for range 20 {
		if _, err := o.Person("ada").Command("/prospect x"); err != nil {
			t.Errorf("with a successor: %v", err)
		}
	}
	if len(old.frames) != 0 {
		t.Errorf("the old connection still got %d", len(old.frames))
	}
}

func TestSocketFaults(t *testing.T) {
	t.Parallel()
	t.Run("drop", func(t *testing.T) {
		t.Parallel()
		o := newOffice(t)
		w := o.connect()
		w.next()
		o.Faults().Drop()
		if f := w.next(); f != nil || o.Connections() != 0 {
			t.Errorf("still there: %v", f)
		}
	})
	t.Run("link disabled", func(t *testing.T) {
		t.Parallel()
		o := newOffice(t)
		w := o.connect()
		w.next()
		o.Faults().LinkDisabled()
		if f := w.next(); f["reason"] != "link_disabled" {
			t.Errorf("got %v", f)
		}
		if f := w.next(); f != nil {
			t.Errorf("then %v", f)
		}
		if a := o.call("apps.connections.open", "token!", "xapp-1"); a.OK {
			t.Error("a new socket was given")
		}
		o.Faults().LinkEnabled()
		o.connect().next()
	})
	t.Run("half open", func(t *testing.T) {
		t.Parallel()
		o := newOffice(t, quick)
		w := o.connect()
		w.next()
		o.Faults().HalfOpen()
		if _, err := o.Person("ada").Command("/prospect x"); code(err) != "operation_timeout" {
			t.Errorf("got %v", err)
		}
		if o.Connections() != 1 {
			t.Error("Slack noticed")
		}
		o.Faults().Reap()
		if f := w.next(); f != nil || o.Connections() != 0 {
			t.Errorf("still there: %v", f)
		}
	})
	t.Run("duplicate", func(t *testing.T) {
		t.Parallel()
		o := newOffice(t)
		w := o.connect()
		w.next()
		o.Faults().DuplicateNext(1)
		go func() { _, _ = o.Person("ada").Say("", "x") }()
		a, b := w.next(), w.next()
		if a["envelope_id"] != b["envelope_id"] {
			t.Errorf("%v and %v", a, b)
		}
		w.ack(a, nil)
		w.ack(b, nil)
		if v := o.Violations(); len(v) != 0 {
			t.Errorf("a second acknowledgement is no offence: %v", v)
		}
	})
	t.Run("reorder", func(t *testing.T) {
		t.Parallel()
		o := newOffice(t)
		w := o.connect()
		w.next()
		o.Faults().Reorder()
		go func() { _, _ = o.Person("ada").Say("", "first") }()
		for { // until the first is held
			o.mu.Lock()
			held := o.faults.held != nil
			o.mu.Unlock()
			if held {
				break
			}
		}
		go func() { _, _ = o.Person("ben").Say("", "second") }()
		a, b := w.next(), w.next()
		if dig(a, "payload", "event", "text") != "second" || dig(b, "payload", "event", "text") != "first" {
			t.Errorf("order: %v, %v", dig(a, "payload", "event", "text"), dig(b, "payload", "event", "text"))
		}
	})
	t.Run("invented acknowledgement", func(t *testing.T) {
		t.Parallel()
		o := newOffice(t)
		w := o.connect()
		w.next()
		w.ack(map[string]any{"envelope_id": "nonsense"}, nil)
		w.serve(func(map[string]any) any { return nil })
		if _, err := o.Person("ada").Say("", "x"); err != nil {
			t.Fatal(err)
		}
		if v := o.Violations(); len(v) != 1 {
			t.Errorf("violations %v", v)
		}
	})
}
