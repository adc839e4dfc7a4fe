#!/usr/bin/env bash
# The Slurm batch file on a Slurm of one machine that this script sets up and takes down (make test-slurm): an ensemble of
# two processes, one killed in the middle and sent again, against the same ensemble without Slurm, bit for bit.
# Needs Debian's slurm-wlm and root (the daemons of a Slurm start jobs as their users); optional, not part of make test.
set -euo pipefail
cd "$(dirname "$0")/../.."
program=${LODESTONE:-$PWD/build/release/lodestone}
for needed in slurmctld slurmd munged sbatch "$program"; do
  command -v "$needed" >/dev/null || { echo "slurm: '$needed' is not there" >&2; exit 1; }
done
[ "$(id -u)" -eq 0 ] || { echo "slurm: run as root" >&2; exit 1; }

folder=$(mktemp -d)
stop() {
  scancel --user=root 2>/dev/null || true
  for daemon in slurmd slurmctld munged; do
    if [ -f "$folder/$daemon.pid" ]; then kill "$(cat "$folder/$daemon.pid")" 2>/dev/null || true; fi
  done
  sleep 1
  rm -rf "$folder"
}
trap stop EXIT
chmod 755 "$folder"
mkdir "$folder/state" "$folder/spool"
host=$(hostname -s)
cat >"$folder/slurm.conf" <<CONF
ClusterName=lodestone
SlurmctldHost=$host(127.0.0.1)
AuthType=auth/munge
AuthInfo=socket=$folder/munge.socket
SlurmUser=root
SlurmctldPort=16817
SlurmdPort=16818
StateSaveLocation=$folder/state
SlurmdSpoolDir=$folder/spool
SlurmctldPidFile=$folder/slurmctld.pid
SlurmdPidFile=$folder/slurmd.pid
SlurmctldLogFile=$folder/slurmctld.log
SlurmdLogFile=$folder/slurmd.log
ProctrackType=proctrack/linuxproc
TaskPlugin=task/none
SelectType=select/cons_tres
SelectTypeParameters=CR_Core
MpiDefault=none
ReturnToService=2
NodeName=$host NodeAddr=127.0.0.1 CPUs=$(nproc) State=UNKNOWN
PartitionName=main Nodes=$host Default=YES State=UP
CONF
head -c 1024 /dev/urandom >"$folder/munge.key"
chmod 400 "$folder/munge.key"
munged --key-file="$folder/munge.key" --socket="$folder/munge.socket" --pid-file="$folder/munged.pid" \
  --log-file="$folder/munged.log" --seed-file="$folder/munge.seed" --force
export SLURM_CONF=$folder/slurm.conf
slurmctld
slurmd
for _ in $(seq 60); do
  if [ "$(sinfo --noheader --format=%T 2>/dev/null)" = idle ]; then break; fi
  sleep 0.5
done
sinfo

export OMPI_ALLOW_RUN_AS_ROOT=1 OMPI_ALLOW_RUN_AS_ROOT_CONFIRM=1 LODESTONE=$program
words=(tests/app/toy_ensemble.toml --data tests/insight/toy --members 1200)
batch() {
  sbatch --nodes=1 --ntasks-per-node=2 --cpus-per-task=1 --mem=0 --output="$folder/job.log" "$@"
}
content() {
  /usr/bin/python3 - "$1" <<'PYTHON'
import glob, hashlib, sys, netCDF4
data = netCDF4.Dataset(glob.glob(sys.argv[1] + "/runs/*/ensemble.nc")[0])
digest = hashlib.sha256()
def add(group):
    for name in sorted(group.variables):
        variable = group.variables[name]
        variable.set_auto_mask(False)
        values = variable[...]
        digest.update(name.encode() + (values.tobytes() if values.dtype != object else repr(values.tolist()).encode()))
    for name in sorted(group.groups):
        add(group.groups[name])
add(data)
print(digest.hexdigest())
PYTHON
}

echo "== without Slurm"
LODESTONE_OUT=$folder/alone "$program" ensemble "${words[@]}" --threads 2 | tail -1
echo "== with Slurm"
export LODESTONE_OUT=$folder/whole
batch --wait scripts/cluster/ensemble.sbatch "${words[@]}"
tail -1 "$folder/job.log"
ls "$folder"/whole/runs/*/members-0001.log >/dev/null  # the second process had its share
echo "== cancelled, then sent again with RUN"
export LODESTONE_OUT=$folder/cut
job=$(batch --parsable scripts/cluster/ensemble.sbatch "${words[@]}")
for _ in $(seq 400); do
  size=$(stat --format=%s "$folder"/cut/runs/*/members-0001.log 2>/dev/null || echo 0)
  if [ "$size" -gt 8000 ]; then break; fi
  sleep 0.05
done
scancel "$job"
while [ -n "$(squeue --noheader --jobs="$job" 2>/dev/null)" ]; do sleep 0.2; done
if ls "$folder"/cut/runs/*/ensemble.nc 2>/dev/null; then echo "slurm: the job was over before it could be cancelled" >&2; exit 1; fi
run=$(basename "$folder"/cut/runs/*)
RUN=$run batch --wait scripts/cluster/ensemble.sbatch
tail -1 "$folder/job.log"

alone=$(content "$folder/alone")
for other in whole cut; do
  found=$(content "$folder/$other")
  if [ "$found" != "$alone" ]; then echo "slurm: '$other' holds $found, not $alone" >&2; exit 1; fi
done
echo "slurm: same bits with Slurm, without it, and after a cancelled job ($alone)"
