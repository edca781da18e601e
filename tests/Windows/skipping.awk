# Prints the runner's options that leave out the tests which skip themselves on Windows: in Wine, the exception that says so
# never arrives. A constructor that skips leaves out its class.
FNR == 1 { space = class = member = "" }
/^namespace / { space = $2; sub(/;$/, "", space) }
/^(public|internal) .*class / { match($0, /class [A-Za-z0-9_]+/); class = substr($0, RSTART + 6, RLENGTH - 6) }
/^    public .*\(/ { member = $0; sub(/\(.*/, "", member); sub(/.* /, "", member) }
!/SkipUnless\(OperatingSystem\.IsWindows\(\)/ && /SkipOnWindows\(\);|Assert\.Skip\(|Skip(When|Unless)\(.*(OperatingSystem|IsPrivilegedProcess)|SkipWhen\(ClientBuild\.IsForNet/ {
    print (member == class ? "-class- " space "." class : "-method- " space "." class "." member)
}
