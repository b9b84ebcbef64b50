#!/usr/bin/env bash
# Tries deploy/slurm.sh on this machine alone: a Slurm of one node on loopback. Needs root and Debian's slurmctld, slurmd, munge.
set -euo pipefail
cd "$(dirname "$0")/.."

foremix=$(realpath "${1:-target/release/foremix}")
root=$(mktemp -d)
ours=()
stop() { kill "${ours[@]}" 2>/dev/null || true; wait; rm -rf "$root"; }
trap stop EXIT

mkdir -p /run/munge "$root/state" "$root/spool" "$root/bin"
chown munge: /run/munge
[ -s /etc/munge/munge.key ] || { head -c 1024 /dev/urandom > /etc/munge/munge.key; chown munge: /etc/munge/munge.key; chmod 400 /etc/munge/munge.key; }
ln -s "$foremix" "$root/bin/foremix"
cat > "$root/slurm.conf" <<CONF
ClusterName=try
SlurmctldHost=$(hostname -s)(127.0.0.1)
SlurmUser=root
AuthType=auth/munge
StateSaveLocation=$root/state
SlurmdSpoolDir=$root/spool
SlurmctldPidFile=$root/slurmctld.pid
SlurmdPidFile=$root/slurmd.pid
ProctrackType=proctrack/pgid
TaskPlugin=task/none
SelectType=select/cons_tres
ReturnToService=2
MailProg=/bin/true
NodeName=$(hostname -s) NodeAddr=127.0.0.1 CPUs=$(nproc) State=UNKNOWN
PartitionName=try Nodes=ALL Default=YES State=UP
CONF
export SLURM_CONF=$root/slurm.conf PATH=$root/bin:$PATH
runuser -u munge -- munged --foreground >"$root/munge.log" 2>&1 & ours+=($!)
sleep 1
slurmctld -D >"$root/slurmctld.log" 2>&1 & ours+=($!)
slurmd -D >"$root/slurmd.log" 2>&1 & ours+=($!)
for _ in $(seq 30); do sinfo --noheader --format=%T 2>/dev/null | grep --quiet idle && break; sleep 1; done

script=$PWD/deploy/slurm.sh
cp scenarios/starter.toml "$root/quarter.toml"
cd "$root"
job=$("$script" quarter.toml 8000 3 results)
for _ in $(seq 120); do [ -s results/summary.json ] && break; sleep 1; done
[ -s results/summary.json ] || { echo "nothing came of job $job" >&2; tail -n 20 "$root"/*.log parts/*.log >&2; exit 1; }
foremix run quarter.toml --runs 8000 --out whole --quiet
for file in summary.json revenue.svg report.html; do
  diff <(grep -v '"seconds"' "results/$file") <(grep -v '"seconds"' "whole/$file") >/dev/null || { echo "$file differs" >&2; exit 1; }
done
echo "a Slurm array job gives what one run gives"
