#!/usr/bin/env bash
# Asks the upstream scheduler about scenarios that nobody has seen before, and compares every word of its answers with ours:
#
#     npm run fresh -- [COUNT] [SEED]
#
# COUNT scenarios (500 unless told) over all families, of SEED (the time unless told), which is printed so that a difference can be
# found again. It needs Go, and `npm run build` before it. Where there is no Go it says so, and nothing is compared.
set -euo pipefail
here=$(cd "$(dirname "${BASH_SOURCE[0]}")" && pwd)
stowage=$here/../../packages/cli/bin/stowage.js

count=${1:-500} seed=${2:-$(date +%s)}
families=(resources taints nodeaffinity podaffinity spread defaults ports preemption preemptmore leaving features config volumes devices mixed)

if ! command -v go >/dev/null; then
  printf 'Go is not installed: nothing fresh is compared, and only the recorded answers hold.\n'
  exit
fi

scratch=$(mktemp -d)
trap 'rm -rf "$scratch"' EXIT

if ! (cd "$here/kube-scheduler" && go mod download) >"$scratch/download" 2>&1; then
  tail -n 3 "$scratch/download"
  printf 'The upstream scheduler cannot be fetched: nothing fresh is compared, and only the recorded answers hold.\n'
  exit
fi
(cd "$here/kube-scheduler" && go build -o "$scratch/kubeoracle" .)

each=$(((count + ${#families[@]} - 1) / ${#families[@]}))
printf 'Fresh scenarios: %s of each of %s families, seed %s\n\n' "$each" "${#families[@]}" "$seed"
for family in "${families[@]}"; do
  "$scratch/kubeoracle" generate -family "$family" -seed "$seed" -count "$each"
done >"$scratch/scenarios.jsonl"
"$scratch/kubeoracle" verdicts <"$scratch/scenarios.jsonl" >"$scratch/verdicts.jsonl"
node "$stowage" conform kube-scheduler "$scratch/scenarios.jsonl" --against "$scratch/verdicts.jsonl"
