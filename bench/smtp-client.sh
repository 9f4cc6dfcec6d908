#!/usr/bin/env bash
# smtp-client.sh [THREADS] [SECONDS]: sends 4 KB messages through the pooled SMTP client to Postfix's smtp-sink over loopback and prints
# the rate of each second. DELAY=1 makes the sink wait a second at DATA: a slow provider. PIPELINING=no takes that offer away.
# HEAP=256m is the heap. Run after: mvn -q test-compile
set -euo pipefail
cd "$(dirname "$0")/.."
threads=${1:-16} seconds=${2:-20} port=${PORT:-12610} sink=
trap '[ -z "$sink" ] || kill "$sink" 2>/dev/null || true' EXIT
mkdir -p target
[ -s target/test-classpath ] || mvn -o -q dependency:build-classpath -Dmdep.outputFile=target/test-classpath -Dmdep.includeScope=test
ulimit -n 20000 2>/dev/null || true
options=(-u nobody -m 6000)
[ "${DELAY:-0}" = 0 ] || options+=(-w "$DELAY")
[ "${PIPELINING:-yes}" = yes ] || options+=(-p)
"$(command -v smtp-sink || echo /usr/sbin/smtp-sink)" "${options[@]}" "127.0.0.1:$port" 4000 >/dev/null 2>&1 & sink=$!
for _ in $(seq 50); do (exec 3<>"/dev/tcp/127.0.0.1/$port") 2>/dev/null && break; sleep 0.1; done
java -Xmx"${HEAP:-256m}" -cp "target/test-classes:target/classes:$(cat target/test-classpath)" dev.dromedary.smtp.SmtpClientLoad "$port" "$threads" "$seconds"
