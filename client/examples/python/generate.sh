#!/bin/sh
# Makes the Python stubs of Tutti's public API, with protoc and its plugin for gRPC (on Debian protobuf-compiler,
# protobuf-compiler-grpc and libprotobuf-dev) or, where these are missing, with Python's grpcio-tools.
set -eu

here=$(CDPATH= cd -- "$(dirname -- "$0")" && pwd)
usage="usage: generate.sh STUBS_DIR [PROTO_DIR]
  STUBS_DIR  where the stubs go; it is created
  PROTO_DIR  the folder that holds tutti/v1/*.proto (default: the one of this distribution or repository)"
if [ "${1:-}" = --help ]; then
  echo "$usage"
  exit 0
elif [ $# -lt 1 ] || [ $# -gt 2 ]; then
  echo "$usage" >&2
  exit 2
fi
stubs=$1
proto=${2:-}
for candidate in "$here/../../proto" "$here/../../../proto/src/main/proto"; do
  [ -z "$proto" ] && [ -d "$candidate/tutti/v1" ] && proto=$candidate
done
if [ ! -d "$proto/tutti/v1" ]; then
  echo "generate.sh: there is no tutti/v1 in ${proto:-the folders around}; give the folder that has it as PROTO_DIR" >&2
  exit 1
fi
third_party=$here/../third_party

mkdir -p "$stubs"
set -- -I "$proto" -I "$third_party" --python_out="$stubs" --grpc_python_out="$stubs" \
  "$proto"/tutti/v1/*.proto "$third_party"/google/rpc/*.proto
if command -v protoc >/dev/null && command -v grpc_python_plugin >/dev/null; then
  protoc --plugin=protoc-gen-grpc_python="$(command -v grpc_python_plugin)" "$@"
elif python3 -c 'import grpc_tools.protoc' 2>/dev/null; then
  python3 -m grpc_tools.protoc "$@"
else
  echo "generate.sh: protoc and grpc_python_plugin are missing; on Debian or Ubuntu:" \
    "apt-get install protobuf-compiler protobuf-compiler-grpc libprotobuf-dev; elsewhere: pip install grpcio-tools" >&2
  exit 1
fi
