#!/usr/bin/env bash
# A Slurm array job that cuts a run into parts, and a job that merges them. To adapt: partition, memory, time.
#
#   deploy/slurm.sh quarter.toml 1000000 8 results       1,000,000 draws in 8 parts
#
# The plan, what it reads, and the present folder must lie where every node sees them, and `foremix` on its path.
set -euo pipefail

if [ -z "${SLURM_ARRAY_TASK_ID:-}" ]; then
  plan=$1 runs=$2 parts=$3 out=$4
  mkdir -p parts
  job=$(sbatch --parsable --job-name=foremix --array="0-$((parts - 1))" --cpus-per-task="${CPUS:-1}" \
    --export=ALL,PLAN="$plan",RUNS="$runs",PARTS="$parts" --output=parts/%A-%a.log "$0")
  # Only where every part has come; a part that failed is named by merge, with the command that makes it.
  sbatch --parsable --job-name=foremix-merge --dependency="afterok:$job" --output=parts/merge.log \
    --wrap="foremix merge parts/$job-*.part --out '$out'"
  exit
fi

at=$SLURM_ARRAY_TASK_ID
first=$((RUNS * at / PARTS + 1))
last=$((RUNS * (at + 1) / PARTS))
exec foremix run "$PLAN" --draws "$first..$last" --part "parts/$SLURM_ARRAY_JOB_ID-$at.part" \
  --threads "${SLURM_CPUS_PER_TASK:-1}"
