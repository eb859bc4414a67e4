package localslack

import (
	"bufio"
	"crypto/rand"
	"fmt"
	"net"
	"net/http"
	"sync"
)

// sniffer looks at the websocket frames an app sends. Slack silently drops an
// acknowledgement that comes in several frames (slack-go issue 1196); the
// websocket library puts frames together, so that only their headers tell.
type sniffer struct {
	http.ResponseWriter
	conn *sniffConn
}

// Hijack hands the upgrader a connection that is watched.
func (s *sniffer) Hijack() (net.Conn, *bufio.ReadWriter, error) {
	h, ok := s.ResponseWriter.(http.Hijacker)
	if !ok {
		return nil, nil, http.ErrNotSupported
	}
	c, rw, err := h.Hijack()
	if err != nil {
		return nil, nil, err
	}
	s.conn = &sniffConn{Conn: c}
	return s.conn, bufio.NewReadWriter(bufio.NewReaderSize(s.conn, 4096), rw.Writer), nil
}

// fragmented says, asked once for each message read, whether it came in pieces.
func (s *sniffer) fragmented() bool {
	s.conn.mu.Lock()
	defer s.conn.mu.Unlock()
	if len(s.conn.pieces) == 0 {
		return false
	}
	first := s.conn.pieces[0]
	s.conn.pieces = s.conn.pieces[1:]
	return first
}

// sniffConn follows the frame headers in what is read: two bytes, the longer
// length, the mask, then the payload to be skipped (RFC 6455, section 5.2).
type sniffConn struct {
	net.Conn
	head   []byte
	skip   uint64
	mu     sync.Mutex
	pieces []bool // for each message that began its last frame: was it in pieces
}

func (c *sniffConn) Read(p []byte) (int, error) {
	n, err := c.Conn.Read(p)
	c.follow(p[:n])
	return n, err
}

func (c *sniffConn) follow(p []byte) {
	for len(p) > 0 {
		if c.skip > 0 {
			k := min(c.skip, uint64(len(p)))
			c.skip -= k
			p = p[k:]
			continue
		}
		c.head = append(c.head, p[0])
		p = p[1:]
		if len(c.head) < 2 {
			continue
		}
		size, extra := uint64(c.head[1]&0x7f), 0
		switch size {
		case 126:
			extra = 2
		case 127:
			extra = 8
		}
		mask := 0
		if c.head[1]&0x80 != 0 {
			mask = 4
		}
		if len(c.head) < 2+extra+mask {
			continue
		}
		if extra > 0 {
			size = 0
			for _, b := range c.head[2 : 2+extra] {
				size = size<<8 | uint64(b)
			}
		}
		opcode, fin := c.head[0]&0x0f, c.head[0]&0x80 != 0
		if opcode < 8 && fin {
			c.mu.Lock()
			c.pieces = append(c.pieces, opcode == 0)
			c.mu.Unlock()
		}
		c.head, c.skip = c.head[:0], size
	}
}

// SetLinger lets reset reach the connection below.
func (c *sniffConn) SetLinger(sec int) error {
	if t, ok := c.Conn.(*net.TCPConn); ok {
		return t.SetLinger(sec)
	}
	return nil
}

// uuid makes an envelope id in the shape Slack uses.
func uuid() string {
	var b [16]byte
	_, _ = rand.Read(b[:])
	b[6], b[8] = b[6]&0x0f|0x40, b[8]&0x3f|0x80
	return fmt.Sprintf("%x-%x-%x-%x-%x", b[0:4], b[4:6], b[6:8], b[8:10], b[10:16])
}
