#!/usr/bin/env bash
# metrics.sh [ROUNDS] [MESSAGES]: what metrics and the history's counts cost a delivered message, in nanoseconds of CPU, as JSON lines: the median of ROUNDS (9, of which the first third
# warms up) of MESSAGES (200000) a thread, with one thread and with eight. Run after: mvn -q test-compile
set -euo pipefail
cd "$(dirname "$0")/.."
mkdir -p target
[ -s target/test-classpath ] || mvn -o -q dependency:build-classpath -Dmdep.outputFile=target/test-classpath -Dmdep.includeScope=test
java -XX:+UseParallelGC -Xmx512m -cp "target/test-classes:target/classes:$(cat target/test-classpath)" dev.dromedary.monitor.MetricsCost "${1:-9}" "${2:-200000}"
