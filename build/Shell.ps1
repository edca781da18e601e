# Which program starts another shell of this PowerShell, and with which arguments before its own.

function Get-ShellCommand {
    # The process that runs this is the one that can run here. It is dotnet where PowerShell is a .NET tool: the launcher
    # beside the tool's assemblies is built for Linux on x64 and is not executable for everybody.
    $own = (Get-Process -Id $PID).Path
    if ([System.IO.Path]::GetFileNameWithoutExtension($own) -eq 'dotnet') {
        return $own, (Join-Path $PSHOME 'pwsh.dll')
    }

    # An application that hosts the engine is no shell; the shell is at home where the engine is.
    if ([System.IO.Path]::GetFileNameWithoutExtension($own) -notin 'pwsh', 'pwsh-preview', 'powershell') {
        $own = 'pwsh', 'pwsh.exe', 'powershell.exe' | ForEach-Object { Join-Path $PSHOME $_ } | Where-Object { Test-Path $_ -PathType Leaf } | Select-Object -First 1
    }

    $own
}
