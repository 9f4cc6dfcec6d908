#!/usr/bin/env bash
# backlog.sh [ROWS] [QUEUED] [MESSAGES]: in one run, as JSON lines: MESSAGES (30000) of 4 KB through a fast provider's lane with nothing waiting, then the same with
# ROWS (1000000) messages of 4 KB in the table deferred, not due, and QUEUED (1000000) bulk messages of 4 KB on the lane of a provider that takes 10 a second; and how
# long urgent mail to that provider takes meanwhile. The heap is 1 GB unless DROMEDARY_JAVA_OPTS says otherwise. WARM (60000) messages go first. URGENT (200) urgent ones at 5 a second.
# Takes some 12 GB of disk under TMPDIR and half an hour in full. Needs psql, curl, and Postfix's smtp-source and smtp-sink. Uses the ports 12526, 12600, 12825 and 12826.
set -euo pipefail
cd "$(dirname "$0")/.."
rows=${1:-1000000} queued=${2:-1000000} n=${3:-30000} warm=${WARM:-60000} urgent=${URGENT:-200} dir=$(mktemp -d) sink= dromedary=
PATH=$PATH:/usr/sbin
cleanup() {
  [ -z "$dromedary" ] || { kill "$dromedary" 2>/dev/null && wait "$dromedary" 2>/dev/null; } || true
  [ -z "$sink" ] || kill "$sink" 2>/dev/null || true
  [ -z "${KEEP_LOG:-}" ] || cp "$dir/dromedary.log" "$KEEP_LOG" || true
  rm -rf "$dir"
}
trap cleanup EXIT
ulimit -n 20000 2>/dev/null || true
now() { date +%s.%N; }
rate() { awk -v n="$1" -v a="$2" -v b="$3" 'BEGIN { printf "%.1f", n / (b - a) }'; }
seconds() { awk -v a="$1" -v b="$(now)" 'BEGIN { printf "%.0f", b - a }'; }
metric() { { curl -s http://127.0.0.1:12826/observe/metrics || true; } | awk -v s="$1" 'index($0, s) == 1 { n += $NF } END { printf "%d", n }'; }
delivered() { { curl -s http://127.0.0.1:12826/observe/metrics || true; } | awk -v p="provider=\"$1\"" '/^dromedary_outcomes_total\{/ && /outcome="delivered"/ && index($0, p) { n += $NF } END { printf "%d", n }'; }
until_fast() { for _ in $(seq 12000); do [ "$(delivered fast)" -ge "$1" ] && return 0; sleep 0.05; done; echo "backlog.sh: $(delivered fast) of $1 delivered in 10 minutes" >&2; return 1; }
load() { smtp-source -d -s 20 -m "$1" -l 4096 -f a@example.com -t b@fast.example 127.0.0.1:12526; }
sql() { PGPASSWORD=$(cat "$dir/data/postgres/password") psql -qAtX -h 127.0.0.1 -p "$(sed -n 4p "$dir/data/postgres/cluster/postmaster.pid")" -U dromedary dromedary -c "$1"; }
cpu() { awk '{ print ($14 + $15) * 10000 }' "/proc/$dromedary/stat"; }
memory() { echo "\"heap_mb\":$(( $(metric 'jvm_memory_used_bytes{area="heap"') / 1048576 )),\"rss_mb\":$(awk '/^VmRSS/ { print int($2 / 1024) }' "/proc/$dromedary/status"),\"max_rss_mb\":$(awk '/^VmHWM/ { print int($2 / 1024) }' "/proc/$dromedary/status")"; }
# An event is written a little after it happened: until none is left, what is measured next would share the machine with them.
until_events_written() { for _ in $(seq 3000); do [ "$(metric 'dromedary_queue_messages{queue="mail.event"}')" = 0 ] && return 0; sleep 1; done; return 1; }
total=0
measure() {
  local a b c d
  until_events_written; sleep 11; until_events_written
  a=$(now); c=$(cpu); load "$n"; total=$((total + n)); until_fast $total; b=$(now); d=$(cpu)
  echo "{\"name\":\"$1\",\"messages\":$n,\"per_s\":$(rate "$n" "$a" "$b"),\"us_per_message\":$(( (d - c) / n )),$(memory)}"
}

smtp-sink -u nobody -m 6000 127.0.0.1:12600 4000 >/dev/null 2>&1 & sink=$!
: > "$dir/dromedary.log"; cp -r bench/backlog "$dir/config"
bin/dromedary run --config "$dir/config" --data "$dir/data" >"$dir/dromedary.log" 2>&1 & dromedary=$!
for _ in $(seq 600); do grep -q 'dromedary is ready' "$dir/dromedary.log" && break; kill -0 $dromedary 2>/dev/null || { cat "$dir/dromedary.log" >&2; exit 1; }; sleep 0.1; done
load "$warm"; total=$warm; until_fast $total
measure empty

a=$(now)
sql "insert into deferred (message_id, submission_id, attempt, priority, max_retries, size, code, accepted_at, deferred_at, next_attempt, kind, sender, recipient, recipient_domain,
  provider, stream, campaign, category, pool, reason, tags, body)
  select 'wait' || i, 'wait' || i, 2, 100, 30, 4096, 451, now(), now(), now() + interval '4 days' + i * interval '1 millisecond', 'deferred', 'a@example.com', 'w' || i || '@fast.example',
  'fast.example', 'fast', 'default', null, null, 'sink', '451 4.7.1 try again later', '{}', convert_to(rpad('Subject: waits' || chr(13) || chr(10) || chr(13) || chr(10), 4096, 'x'), 'UTF8')
  from generate_series(1, $rows) i"
sql "analyze deferred"
echo "{\"name\":\"deferred\",\"rows\":$(sql 'select count(*) from deferred'),\"seconds\":$(seconds "$a")}"
a=$(now)
text=$(printf 'x%.0s' $(seq 70)); body=; for _ in $(seq 52); do body="$body$text\\n"; done
for first in $(seq 0 1000 $((queued - 1))); do
  to=$(seq -s '","' -f 'b%.0f@slow.example' "$first" $((first + 999)))
  printf '{"from":"a@example.com","to":["%s"],"priority":"bulk","subject":"waits","text":"%s"}' "$to" "$body" |
    curl -sf -o /dev/null -H 'Content-Type: application/json' --data-binary @- http://127.0.0.1:12825/v1/messages
done
took=$(seconds "$a")
until_events_written; sleep 11
echo "{\"name\":\"queued\",\"messages\":$(metric 'dromedary_queue_messages{queue="mail.lane.slow.bulk"}'),\"seconds\":$took,$(memory)}"
measure backlog

a=$(now); before=$(delivered slow)
for i in $(seq "$urgent"); do
  curl -sf -o /dev/null -H 'Content-Type: application/json' -d "{\"from\":\"a@example.com\",\"to\":\"urgent$i@slow.example\",\"priority\":\"urgent\",\"subject\":\"code\",\"text\":\"1234\"}" http://127.0.0.1:12825/v1/messages
  sleep 0.2
done
b=$(now); after=$(delivered slow)
sleep 5; until_events_written
echo "{\"name\":\"urgent\",$(sql "select '\"messages\":' || count(*) || ',\"p50_ms\":' || percentile_cont(0.5) within group (order by ms)::int || ',\"p99_ms\":' || percentile_cont(0.99) within group (order by ms)::int || ',\"max_ms\":' || max(ms)::int
  from (select extract(epoch from d.at - a.at) * 1000 as ms from event a join event d using (message_id) where a.kind = 'accepted' and d.kind = 'delivered' and a.recipient like 'urgent%') t"),\"bulk_per_s\":$(rate $((after - before - urgent)) "$a" "$b")}"
