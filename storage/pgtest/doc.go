// Package pgtest starts a throw-away PostgreSQL from the installed programs,
// once per test binary, and hands each test a database of its own. It is for
// tests only and may import the standard library and the driver.
//
// Start reading at [Cluster]: a package's tests keep one in a variable, ask it
// for a [Cluster.Database], and stop it in TestMain. Without the programs the
// tests are skipped loudly, or fail when CI=true.
package pgtest
