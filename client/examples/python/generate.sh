#!/bin/sh
# Makes the Python stubs of Tutti's public API. Needs the Debian packages protobuf-compiler, protobuf-compiler-grpc and
# libprotobuf-dev.
set -eu

here=$(CDPATH= cd -- "$(dirname -- "$0")" && pwd)
usage="usage: generate.sh STUBS_DIR [PROTO_DIR]
  STUBS_DIR  where the stubs go; it is created
  PROTO_DIR  the folder that holds tutti/v1/*.proto (default: the one of this repository)"
if [ "${1:-}" = --help ]; then
  echo "$usage"
  exit 0
elif [ $# -lt 1 ] || [ $# -gt 2 ]; then
  echo "$usage" >&2
  exit 2
fi
stubs=$1
proto=${2:-$here/../../../proto/src/main/proto}
third_party=$here/../third_party

for tool in protoc grpc_python_plugin; do
  command -v "$tool" >/dev/null || {
    echo "generate.sh: $tool is missing; on Debian or Ubuntu:" \
      "apt-get install protobuf-compiler protobuf-compiler-grpc libprotobuf-dev" >&2
    exit 1
  }
done

mkdir -p "$stubs"
protoc -I "$proto" -I "$third_party" \
  --plugin=protoc-gen-grpc_python="$(command -v grpc_python_plugin)" \
  --python_out="$stubs" --grpc_python_out="$stubs" \
  "$proto"/tutti/v1/*.proto "$third_party"/google/rpc/*.proto
