# Finds the program that starts another shell of this PowerShell, and the arguments that must come first.

function Get-ShellCommand {
    # The current process can run here. It is dotnet if PowerShell is a .NET tool: the launcher next to the tool's
    # assemblies is built for Linux on x64 and is not executable for all users.
    $own = (Get-Process -Id $PID).Path
    if ([System.IO.Path]::GetFileNameWithoutExtension($own) -eq 'dotnet') {
        return $own, (Join-Path $PSHOME 'pwsh.dll')
    }

    # An application that hosts the engine is not a shell; the shell is in the engine's folder.
    if ([System.IO.Path]::GetFileNameWithoutExtension($own) -notin 'pwsh', 'pwsh-preview', 'powershell') {
        $own = 'pwsh', 'pwsh.exe', 'powershell.exe' | ForEach-Object { Join-Path $PSHOME $_ } | Where-Object { Test-Path $_ -PathType Leaf } | Select-Object -First 1
    }

    $own
}
