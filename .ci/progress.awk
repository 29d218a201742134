# Shows the packages that go build -v names as one running count, and everything
# else as it is.
/^[a-z0-9][a-zA-Z0-9.\/_~-]*$/ { printf "\r  %d packages built", ++n; fflush(); next }
{ if (n) printf "\n"; n = 0; print; fflush() }
END { if (n) printf "\n" }
