package workbench

import (
	"context"
	"crypto/rand"
	"crypto/sha256"
	"crypto/subtle"
	"encoding/base64"
	"encoding/hex"
	"fmt"
	"strings"
	"unicode/utf8"

	"golang.org/x/crypto/argon2"

	"tarjoman/tm"
)

// Argon2id costs, the OWASP minimum: 19 MiB, two passes, one lane.
const (
	argonMemory  = 19 * 1024
	argonPasses  = 2
	argonLanes   = 1
	argonSize    = 32
	minPassword  = 12
	maxPassword  = 1024 // bytes
	argonVersion = argon2.Version
)

// hashPassword returns the PHC form of an argon2id hash. At most four run at
// once, so that log-ins cannot exhaust the memory.
func (w *Workbench) hashPassword(ctx context.Context, password string) (string, error) {
	salt := make([]byte, 16)
	rand.Read(salt)
	sum, err := w.argon(ctx, password, salt)
	if err != nil {
		return "", err
	}
	return fmt.Sprintf("$argon2id$v=%d$m=%d,t=%d,p=%d$%s$%s", argonVersion, argonMemory, argonPasses, argonLanes,
		base64.RawStdEncoding.EncodeToString(salt), base64.RawStdEncoding.EncodeToString(sum)), nil
}

func (w *Workbench) argon(ctx context.Context, password string, salt []byte) ([]byte, error) {
	select {
	case w.passwords <- struct{}{}:
		defer func() { <-w.passwords }()
		return argon2.IDKey([]byte(password), salt, argonPasses, argonMemory, argonLanes, argonSize), nil
	case <-ctx.Done():
		return nil, ctx.Err()
	}
}

// checkPassword compares in constant time. An empty hash costs the same and
// never fits, so that unknown accounts answer as slowly as known ones.
func (w *Workbench) checkPassword(ctx context.Context, hash, password string) (bool, error) {
	salt, want := make([]byte, 16), make([]byte, argonSize)
	known := false
	if parts := strings.Split(hash, "$"); len(parts) == 6 {
		s, errSalt := base64.RawStdEncoding.DecodeString(parts[4])
		h, errHash := base64.RawStdEncoding.DecodeString(parts[5])
		if errSalt == nil && errHash == nil {
			salt, want, known = s, h, true
		}
	}
	sum, err := w.argon(ctx, password, salt)
	if err != nil {
		return false, err
	}
	return subtle.ConstantTimeCompare(sum, want) == 1 && known, nil
}

// acceptPassword refuses passwords that are too short, too long or easily
// guessed. There are no rules on kinds of characters.
func acceptPassword(password, login string) error {
	switch {
	case !utf8.ValidString(password) || len(password) > maxPassword:
		return tm.NewError(tm.Invalid, "password.too_long", "limit", maxPassword)
	case utf8.RuneCountInString(password) < minPassword:
		return tm.NewError(tm.Invalid, "password.too_short", "limit", minPassword)
	case guessable(strings.ToLower(password), strings.ToLower(login)):
		return tm.NewError(tm.Invalid, "password.guessable")
	}
	return nil
}

// sequences are what weak passwords are made of.
var sequences = []string{
	"abcdefghijklmnopqrstuvwxyz", "01234567890123456789", "98765432109876543210",
	"qwertyuiop", "asdfghjkl", "zxcvbnm", "1q2w3e4r5t6y7u8i9o0p", "qazwsxedcrfvtgbyhnujm",
	"password", "passw0rd", "letmein", "welcome", "iloveyou", "administrator", "changeme", "secret", "tarjoman",
}

// guessable reports whether nothing much is left of a password without the
// log-in name, common words, keyboard rows and repetitions.
func guessable(password, login string) bool {
	rest := password
	if len(login) >= 3 {
		rest = strings.ReplaceAll(rest, login, "")
	}
	for _, s := range sequences {
		for n := len(s); n >= 4; n-- {
			for i := 0; i+n <= len(s); i++ {
				rest = strings.ReplaceAll(rest, s[i:i+n], "")
			}
		}
	}
	distinct := map[rune]bool{}
	for _, r := range rest {
		distinct[r] = true
	}
	return len(distinct) < 4
}

// newToken returns a random token of 256 bits in URL characters.
func newToken() string {
	b := make([]byte, 32)
	rand.Read(b)
	return base64.RawURLEncoding.EncodeToString(b)
}

// tokenHash is what is stored of a token.
func tokenHash(token string) string {
	sum := sha256.Sum256([]byte(token))
	return hex.EncodeToString(sum[:])
}
