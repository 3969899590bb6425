#!/bin/sh
# Measures the memory of many sign-ins at once, a process each: the peak of the sum of their own resident memory (RssAnon:
# what is not the program itself, which all share).
#
#   sh tests/at-once.sh PROGRAM [PROCESSES]      for example: sh tests/at-once.sh target/release/admit 50
#
# Everything happens in a folder of its own under TMPDIR that is removed at the end.
set -eu

program=$(realpath "$1")
many=${2:-50}
place=$(mktemp -d "${TMPDIR:-/tmp}/admit-at-once.XXXXXX")
trap 'rm -rf -- "$place"' EXIT
trap 'exit 1' HUP INT TERM
cd "$place"
export HOME="$place"
unset ADMIT_CONFIG ADMIT_PANEL ADMIT_STORE ADMIT_KEY_FILE XDG_CONFIG_HOME XDG_DATA_HOME

"$program" store init >/dev/null 2>&1
# One first: from then on nothing is made any more.
printf '{"address":"nobody@example.com","password":"x"}' | "$program" gate sign-in --panel main >/dev/null || true

begin=$(date +%s%N)
number=0
processes=
while [ "$number" -lt "$many" ]; do
    printf '{"address":"nobody%s@example.com","password":"x"}' "$number" >"asked$number"
    "$program" gate sign-in --panel main <"asked$number" >"answer$number" &
    processes="$processes $!"
    number=$((number + 1))
done
peak=0
while :; do
    sum=0
    for process in $processes; do
        kib=$(awk '/^RssAnon:/ {print $2}' "/proc/$process/status" 2>/dev/null || true)
        sum=$((sum + ${kib:-0}))
    done
    [ "$sum" -gt 0 ] || break
    [ "$sum" -le "$peak" ] || peak=$sum
done
end=$(date +%s%N)
wait || true
printf '%s sign-ins at once: peak %s MiB, %s ms, %s answered no, %s to try later\n' "$many" "$((peak / 1024))" \
    "$(((end - begin) / 1000000))" "$(grep -l invalid-credentials answer* | wc -l)" "$(grep -l retry_after answer* | wc -l)"
