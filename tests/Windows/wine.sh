# PowerShell for Windows in Debian's Wine. run.sh sources it.
# Kept between runs, by version: the Wine prefix and the shell, in $XDG_CACHE_HOME/iotcard-windows.

cache=${XDG_CACHE_HOME:-$HOME/.cache}/iotcard-windows
# The script 'wine' asks for a 32-bit Wine, which nothing here needs.
wine=/usr/lib/wine/wine64
wineserver=/usr/lib/wine/wineserver64

install_wine() {
    [ -x "$wine" ] && return
    local sudo=
    [ "$(id -u)" = 0 ] || sudo=sudo
    command -v apt-get >/dev/null 2>&1 || { echo "Wine is not here, and neither is apt-get to install it from Debian's packages." >&2; return 1; }
    echo "Wine is not here. Installing Debian's packages wine and wine64: 101 MB, 668 MB on disk."
    $sudo apt-get update -qq
    DEBIAN_FRONTEND=noninteractive $sudo apt-get install -qq --yes --no-install-recommends wine wine64 >/dev/null
    [ -x "$wine" ]
}

# A prefix is Windows 7 at first, which PowerShell 7 refuses. Without mscoree, System.Runtime does not load.
prepare_prefix() {
    local version
    version=$("$wine" --version | tr -c 'A-Za-z0-9.\n' '-')
    export WINEPREFIX=$cache/prefix-$version WINEDEBUG=-all WINEDLLOVERRIDES=mshtml=d
    unset DISPLAY WAYLAND_DISPLAY
    [ -e "$WINEPREFIX/ready" ] && return
    echo "Creating a Windows in $WINEPREFIX"
    rm -rf "$WINEPREFIX"
    mkdir -p "$cache"
    timeout 300 "$wine" wineboot -i >/dev/null 2>&1
    timeout 60 "$wine" winecfg /v win10 >/dev/null 2>&1
    timeout 60 "$wineserver" -w
    touch "$WINEPREFIX/ready"
}

publish_shell() {
    local key
    key=$(cat tests/Windows/Shell/*.* .config/dotnet-tools.json Directory.Packages.props global.json | sha256sum | cut -c 1-16)
    shell=$cache/shell-$key
    [ -e "$shell/ready" ] && return
    echo "Publishing PowerShell for Windows to $shell"
    rm -rf "$shell"
    dotnet publish tests/Windows/Shell --configuration Release --output "$shell" --verbosity quiet -nologo -clp:ErrorsOnly
    touch "$shell/ready"
}

# What makes .NET last in Wine, and keeps this user's own settings out of it.
set_environment() {
    export DOTNET_EnableWriteXorExecute=0 DOTNET_gcConcurrent=0 DOTNET_GCgen0size=0x40000000
    export POWERSHELL_TELEMETRY_OPTOUT=1 POWERSHELL_UPDATECHECK=Off NO_COLOR=1
    local name
    for name in $(compgen -e | grep -iE '^(ALIBABA|ALICLOUD|IOTCARD_|PSModulePath$|(http|https|all)_proxy$)'); do
        unset "$name"
    done
}

# Runs a program for Windows. It prints nothing without a terminal, so it gets one. usage: run_windows seconds program argument…
run_windows() {
    local limit=$1
    shift
    timeout --kill-after 10 "$limit" script --quiet --return --command "stty columns 500; exec $(printf '%q ' "$wine" "$@")" /dev/null </dev/null
}

# What was printed, without a terminal's codes and blank lines.
plain() {
    tr -d '\r' | sed 's/\x1b[][()?]*[0-9;?]*[A-Za-z]//g; /^[[:space:]]*$/d'
}

# Ends what hangs.
end_windows() {
    "$wineserver" -k || true
    "$wineserver" -w
}

# The same path as Wine's programs see it.
windows_path() {
    printf 'Z:%s' "$(realpath -m "$1" | tr / '\\')"
}
