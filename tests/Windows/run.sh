#!/usr/bin/env bash
# Runs the packed module in PowerShell for Windows, in Debian's Wine, against the sandbox: both builds, part by part of the story.
# It installs Wine from Debian's packages if it is missing. What failed, or did not run to its end, makes it fail.
# usage: run.sh [--package FILE] [PART…]
#        run.sh --tests [CLASS…]
#   --package FILE  the package; without it, the module is packed
#   --tests         the client's and the commands' xunit projects instead, class by class
#   PART, CLASS     only these parts of the story, such as Import, or these classes
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/../.."
. tests/Windows/wine.sh

package=
tests=
parts=()
while [ $# -gt 0 ]; do
    case $1 in
        --package) package=$(realpath "$2"); shift ;;
        --tests) tests=yes ;;
        -*) sed -n '4,8s/^# //p' "$0" >&2; exit 2 ;;
        *) parts+=("$1") ;;
    esac
    shift
done
if [ -z "$tests" ] && [ ${#parts[@]} = 0 ]; then
    for file in tests/Windows/Story/*.Tests.ps1; do
        parts+=("$(basename "$file" .Tests.ps1)")
    done
fi

export DOTNET_CLI_TELEMETRY_OPTOUT=true DOTNET_NOLOGO=true
work=$(mktemp -d)
sandbox=
finish() {
    [ -z "$sandbox" ] || kill "$sandbox" 2>/dev/null || true
    rm -rf "$work"
}
trap finish EXIT

install_wine
mkdir -p "$cache"
# One run at a time has the prefix.
exec 9>"$cache/lock"
flock 9
prepare_prefix
set_environment

if [ -n "$tests" ]; then
    . tests/Windows/classes.sh
    run_classes "${parts[@]}"
    exit
fi

publish_shell
dotnet build src/IotCard.Sandbox --configuration Release --verbosity quiet -nologo -clp:ErrorsOnly
dotnet tool restore >/dev/null
if [ -z "$package" ]; then
    dotnet tool run pwsh -NoProfile -NonInteractive -File build.ps1 -Task Pack
    package=$(ls -t out/IotCard.*.nupkg | head -n 1)
fi

# Each edition's build alone, so that neither can stand in for the other.
for edition in Core Desktop; do
    module=$work/$edition/IotCard
    mkdir -p "$module"
    unzip -q "$package" -d "$module"
    sed -i "s|^\( *RootModule *=\).*|\1 'bin/$edition/IotCard.dll'|" "$module/IotCard.psd1"
    find "$module/bin" -mindepth 1 -maxdepth 1 ! -name "$edition" -exec rm -r {} +
done

dotnet tool run pwsh -NoProfile -NonInteractive -Command ". ./tests/Windows/Story/Story.ps1; Get-Row 1 200 | Export-Csv '$work/fleet.csv'"

start_sandbox() {
    # What the one before said must be gone before anything reads it.
    rm -f "$work/sandbox"
    : >"$work/sandbox"
    dotnet src/IotCard.Sandbox/bin/Release/net10.0/IotCard.Sandbox.dll serve --fleet "$work/fleet.csv" --latency 30 >"$work/sandbox" &
    sandbox=$!
    endpoint= token=
    for _ in $(seq 300); do
        read -r endpoint token <<<"$(sed -n 's/^listening on \(.*\), token \(.*\)/\1 \2/p' "$work/sandbox")"
        [ -n "$token" ] && return
        sleep 0.1
    done
    echo 'The sandbox did not start.' >&2
    return 1
}

stop_sandbox() {
    kill "$sandbox"
    wait "$sandbox" 2>/dev/null || true
    sandbox=
}

# Wine's own runtime ends now and then, so a part that did not reach its end is started again, with a new sandbox. A part
# that reached its end is never repeated, whatever it found.
tell() {
    local edition=$1 part=$2 report=$work/$1-$2.txt attempt
    for attempt in 1 2 3; do
        rm -f "$report"
        rm -rf "$WINEPREFIX/drive_c/users/$(id -un)/.aliyun"
        start_sandbox
        run_windows 240 "$shell/pwsh.exe" -NoProfile -NonInteractive -ExecutionPolicy Bypass \
            -File "$(windows_path tests/Windows/Invoke-Story.ps1)" \
            -Part "$(windows_path "tests/Windows/Story/$part.Tests.ps1")" \
            -ModulePath "$(windows_path "$work/$edition/IotCard/IotCard.psd1")" \
            -Endpoint "$endpoint" -Token "$token" \
            -ReportPath "$(windows_path "$report")" >"$work/console" 2>&1 || true
        stop_sandbox
        grep -qs '^end: ' "$report" && return
        end_windows
        echo "$edition $part did not run to its end; attempt $attempt of 3 ended with:"
        plain <"$work/console" | tail -n 3
    done
    return 1
}

passed=0
failed=0
for edition in Core Desktop; do
    for part in "${parts[@]}"; do
        if ! tell "$edition" "$part"; then
            failed=$((failed + 1))
            continue
        fi
        report=$work/$edition-$part.txt
        sed "/^end: /d; s/\r$//; s/^/$edition /" "$report"
        read -r ok bad <<<"$(sed -n 's/^end: \([0-9]*\) passed, \([0-9]*\) failed.*/\1 \2/p' "$report")"
        [ "$ok" -gt 0 ] || bad=$((bad + 1))
        passed=$((passed + ok))
        failed=$((failed + bad))
    done
done

"$wine" --version
echo "windows: $passed passed, $failed failed"
[ "$failed" = 0 ]
