#!/usr/bin/env bash
# Runs the client's netstandard2.0 build on Mono, whose loader behaves like .NET Framework's, against the sandbox.
# Reports success if Mono is not installed, and says so. usage: run.sh [the module's folder]; without it the module is built.
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/../.."

if ! command -v mono >/dev/null 2>&1; then
    echo 'Mono is not here, so nothing was run on it. Debian has it: apt-get install --no-install-recommends mono-devel'
    exit 0
fi

dotnet build tests/Mono --configuration Release --verbosity quiet -nologo
dotnet build src/IotCard.Sandbox --configuration Release --verbosity quiet -nologo
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
module=${1:-}
if [ -z "$module" ]; then
    module=$work/module
    dotnet build src/IotCard --configuration Release --verbosity quiet -nologo "-p:ModuleOutput=$module/"
fi

dotnet src/IotCard.Sandbox/bin/Release/net10.0/IotCard.Sandbox.dll serve >"$work/sandbox" &
sandbox=$!
trap 'kill "$sandbox"; rm -rf "$work"' EXIT
for _ in $(seq 100); do
    endpoint=$(sed -n 's/^listening on \([^,]*\).*/\1/p' "$work/sandbox")
    [ -n "$endpoint" ] && break
    sleep 0.1
done

mono --version | head -n 1
mono tests/Mono/bin/Release/net472/IotCard.Mono.exe "$module/bin/Desktop" "$endpoint"
echo "ran on Mono: $module"
