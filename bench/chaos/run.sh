#!/usr/bin/env bash
# run.sh [KILLS] [AWAY_SECONDS] [FUZZ_ROUNDS]: the tests of what may go wrong, longer than in the build, on loopback; prints what each counted at the
# receiver. KILLS (50): kill -9 of the program under load, at random moments; the broker process is killed once, under load. AWAY_SECONDS (60): the
# database is stopped for so long. FUZZ_ROUNDS (2000): damaged pieces by every way in. Full disk, servers that drop after the dot, drip, answer garbage or
# without end, 421 and reset, bad TLS, stripped STARTTLS, smuggling in and out, and stops are the build's own. Some 20 minutes in full.
set -euo pipefail
cd "$(dirname "$0")/../.."
log=$(mktemp)
trap 'rm -f "$log"' EXIT
tests=SentLogIT,InDoubtIT,ProgramProcessIT,StopIT,ExternalModeIT,LanesIT,SmtpFaultsIT,SmtpTlsIT,SmtpSmugglingIT,SmugglingIT,FuzzIT
status=0
mvn -B -ntp verify -Dtest=none -Dsurefire.failIfNoSpecifiedTests=false -Dit.test="$tests" \
  -Dsentlog.kills="${1:-50}" -Ddatabase.away.seconds="${2:-60}" -Dfuzz.rounds="${3:-2000}" >"$log" 2>&1 || status=$?
grep -E "sent-log: Toll|assume-delivered: Toll|under load: |drained in |database away|Tests run: .* in dev|ERROR\] .*(IT|Test)\." "$log" | sed 's/^[0-9:.]* *WARN *[^ ]* - //' || true
exit "$status"
