#!/usr/bin/env bash
# run.sh [MESSAGES]: in one run, on this machine, over loopback, as JSON lines: the limit (smtp-source straight into smtp-sink), Postfix
# as a relay, and Dromedary as a relay (SMTP in, journal synced, every event in PostgreSQL, SMTP out), all with MESSAGES (30000) of 4 KB.
# DELAY=1 makes the sink wait a second at DATA, a slow provider, and gives Dromedary 2,000 conversations at a time and Postfix 1,000.
# LIMIT=no and POSTFIX=no leave these out. WARM (10000) messages go through Dromedary first, for a JVM runs its first ones interpreted; WARM=0 leaves that out.
# Needs Debian's postfix and root, for Postfix. Uses the ports 12525, 12526, 12600, 12825 and 12826, and stops what it started.
set -euo pipefail
cd "$(dirname "$0")/.."
n=${1:-30000} delay=${DELAY:-0} warm=${WARM:-10000} dir=$(mktemp -d) sink= dromedary=
conversations=50
if [ "$delay" != 0 ]; then conversations=${CONVERSATIONS:-2000}; fi
PATH=$PATH:/usr/sbin
cleanup() {
  [ ! -d "$dir/postfix" ] || bench/postfix.sh stop "$dir/postfix" >/dev/null 2>&1 || true
  [ -z "$dromedary" ] || { kill "$dromedary" 2>/dev/null && wait "$dromedary" 2>/dev/null; } || true
  [ -z "$sink" ] || kill "$sink" 2>/dev/null || true
  [ -z "${KEEP_LOG:-}" ] || cp "$dir/dromedary.log" "$KEEP_LOG" || true
  rm -rf "$dir"
}
trap cleanup EXIT
ulimit -n 20000 2>/dev/null || true
now() { date +%s.%N; }
rate() { awk -v n="$1" -v a="$2" -v b="$3" 'BEGIN { printf "%.1f", n / (b - a) }'; }
load() { smtp-source -d -s "$1" -m "$2" -l 4096 -f a@example.com -t b@gmail.example "127.0.0.1:$3"; }
until_open() { for _ in $(seq 100); do (exec 3<>"/dev/tcp/127.0.0.1/$1") 2>/dev/null && return 0; sleep 0.1; done; echo "run.sh: nothing listens on port $1" >&2; return 1; }

smtp-sink -u nobody $([ "$delay" = 0 ] || echo "-w $delay") -m 6000 127.0.0.1:12600 4000 >/dev/null 2>&1 & sink=$!
until_open 12600
if [ "$delay" = 0 ] && [ "${LIMIT:-yes}" = yes ]; then
  a=$(now); load 50 "$n" 12600; echo "{\"name\":\"limit\",\"messages\":$n,\"per_s\":$(rate "$n" "$a" "$(now)")}"
fi

if [ "${POSTFIX:-yes}" = yes ]; then
  bench/postfix.sh start "$dir/postfix" 12525 12600 "$(( delay == 0 ? 50 : 1000 ))"
  until_open 12525
  a=$(now); load 20 "$n" 12525; b=$(now)
  bench/postfix.sh drained "$dir/postfix" 300
  e=$(now)
  sent=$(grep -c 'status=sent' "$dir/postfix/maillog" || true)
  echo "{\"name\":\"postfix\",\"messages\":$n,\"sent\":$sent,\"accept_per_s\":$(rate "$n" "$a" "$b"),\"per_s\":$(rate "$n" "$a" "$e"),\"delay_s\":$delay}"
  bench/postfix.sh stop "$dir/postfix" >/dev/null 2>&1 || true
fi

: > "$dir/dromedary.log"; mkdir "$dir/config"; cp bench/config/dromedary.yaml "$dir/config/"
DROMEDARY_POOLS_SINK_MAX_CONNECTIONS=$conversations DROMEDARY_PROVIDERS_OTHER_CONSUMERS=$conversations \
  bin/dromedary run --config "$dir/config" --data "$dir/data" >"$dir/dromedary.log" 2>&1 & dromedary=$!
for _ in $(seq 600); do grep -q 'dromedary is ready' "$dir/dromedary.log" && break; kill -0 $dromedary 2>/dev/null || { cat "$dir/dromedary.log" >&2; exit 1; }; sleep 0.1; done
delivered() { { curl -s http://127.0.0.1:12826/observe/metrics || true; } | awk '/^dromedary_outcomes_total\{.*outcome="delivered"/ { n += $NF } END { printf "%d", n }'; }
waiting_events() { curl -sf http://127.0.0.1:12825/v1/status | grep -o '"mail.event":[0-9]*' || true; }
in_flight=0
watch_in_flight() {
  local now_in_flight
  now_in_flight=$(curl -sf http://127.0.0.1:12825/v1/status | grep -o '"in_flight":[0-9]*' | head -1 | cut -d: -f2)
  if [ "${now_in_flight:-0}" -gt "$in_flight" ]; then in_flight=$now_in_flight; fi
}
until_delivered() { for _ in $(seq 6000); do [ "$(delivered)" -ge "$1" ] && return 0; [ "$delay" = 0 ] || watch_in_flight; sleep 0.05; done; echo "run.sh: $(delivered) of $1 delivered in 5 minutes" >&2; tail -5 "$dir/dromedary.log" >&2; return 1; }
if [ "$warm" != 0 ]; then load 20 "$warm" 12526; until_delivered "$warm"; fi
cpu() { awk '{ print ($14 + $15) * 10000 }' "/proc/$dromedary/stat"; }
a=$(now); c=$(cpu); load 20 "$n" 12526; b=$(now)
until_delivered $((warm + n)); e=$(now)
for _ in $(seq 3000); do [ -z "$(waiting_events)" ] && break; sleep 0.1; done
f=$(now)
echo "{\"name\":\"dromedary-cpu\",\"us_per_message\":$(( ($(cpu) - c) / n ))}"
echo "{\"name\":\"dromedary\",\"messages\":$n,\"accept_per_s\":$(rate "$n" "$a" "$b"),\"per_s\":$(rate "$n" "$a" "$e"),\"with_events_per_s\":$(rate "$n" "$a" "$f"),$([ "$delay" = 0 ] || echo "\"max_in_flight\":$in_flight,")\"delay_s\":$delay}"
