# Runs a script in a separate shell of the same PowerShell, with the module's path in $ModulePath.

. (Join-Path $PSScriptRoot '../../build/Shell.ps1')

function Test-Terminal {
    # Whether script(1) can make a pseudo terminal here; that of macOS takes other options.
    [bool] ($PSVersionTable.PSVersion.Major -ge 6 -and $IsLinux -and (Get-Command script -CommandType Application -ErrorAction Ignore))
}

function Invoke-FreshShell {
    param(
        [Parameter(Mandatory)][string] $Script,
        [Parameter(Mandatory)][string] $ModulePath,
        [Parameter(Mandatory)][uri] $Endpoint,

        # The lines that a person types. Without them, the shell cannot prompt.
        [string[]] $Answer,

        # Lets the person type at a terminal; otherwise the lines come through redirected input.
        [switch] $Terminal
    )

    $file = Join-Path $TestDrive "$([guid]::NewGuid().ToString('n')).ps1"
    $preamble = @"
`$ErrorActionPreference = 'Stop'
`$ModulePath = '$ModulePath'
`$PSDefaultParameterValues['*-IotCardBinding:Endpoint'] = '$Endpoint'
`$env:ALIBABA_CLOUD_ACCESS_KEY_ID = 'sandbox-id'
`$env:ALIBABA_CLOUD_ACCESS_KEY_SECRET = 'sandbox-secret'
"@
    [System.IO.File]::WriteAllText($file, "$preamble`n$Script", [System.Text.UTF8Encoding]::new($true))

    $shell, [string[]] $first = Get-ShellCommand
    $lines = if ($Terminal) {
        # The output goes to a file: a console would be asked for its cursor, and script(1) does not answer.
        $null = $Answer | & script --quiet --return --command "$(@($shell) + $first + '-NoProfile', '-File', $file) > $file.out" /dev/null
        Get-Content "$file.out"
    }
    elseif ($PSBoundParameters.ContainsKey('Answer')) { $Answer | & $shell @first -NoProfile -File $file } else { & $shell @first -NoProfile -NonInteractive -File $file }
    [pscustomobject]@{ Lines = @($lines); Text = @($lines) -join "`n"; ExitCode = $LASTEXITCODE }
}
