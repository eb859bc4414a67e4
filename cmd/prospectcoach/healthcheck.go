package main

import (
	"errors"
	"fmt"
	"net"
	"net/http"
	"time"

	"github.com/spf13/cobra"
)

func (p *program) healthcheckCommand() *cobra.Command {
	c := &cobra.Command{
		Use:   "healthcheck",
		Short: "Asks a running bot's /healthz; exit 0 or 1 (for containers, which set HTTP_ADDR)",
		Args:  noArgs,
		RunE: func(c *cobra.Command, _ []string) error {
			s, err := p.settings(c)
			if err != nil {
				return err
			}
			return askHealth(s.HTTPAddr)
		},
	}
	addSettingFlags(c.Flags())
	return c
}

func askHealth(addr string) error {
	if addr == "" {
		return errors.New("HTTP_ADDR is empty, so there is no health to ask for; set it to something like 127.0.0.1:9090")
	}
	host, port, err := net.SplitHostPort(addr)
	if err != nil {
		return fmt.Errorf("HTTP_ADDR held %q; it may hold host:port, such as 127.0.0.1:9090", addr)
	}
	if host == "" || host == "0.0.0.0" || host == "::" {
		host = "127.0.0.1"
	}
	client := &http.Client{Timeout: 4 * time.Second}
	resp, err := client.Get("http://" + net.JoinHostPort(host, port) + "/healthz")
	if err != nil {
		return fmt.Errorf("no answer from %s", addr)
	}
	defer resp.Body.Close()
	if resp.StatusCode != http.StatusOK {
		return fmt.Errorf("unhealthy: %s", resp.Status)
	}
	return nil
}
