# Which program starts another shell of this PowerShell.

function Get-ShellPath {
    # The process is dotnet where PowerShell is installed as a .NET tool, so its home is looked at first.
    $ofHome = 'pwsh', 'pwsh.exe', 'powershell.exe' | ForEach-Object { Join-Path $PSHOME $_ }
    $ofHome + (Get-Process -Id $PID).Path | Where-Object { Test-Path $_ -PathType Leaf } | Select-Object -First 1
}
