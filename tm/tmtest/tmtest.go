// Package tmtest helps tests of other packages; nothing else imports it.
package tmtest
