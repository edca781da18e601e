# Runs a script in a separate shell of the same PowerShell, with the module's path in $ModulePath.

. (Join-Path $PSScriptRoot '../../build/Shell.ps1')

function Invoke-FreshShell {
    param(
        [Parameter(Mandatory)][string] $Script,
        [Parameter(Mandatory)][string] $ModulePath,
        [Parameter(Mandatory)][uri] $Endpoint,

        # The lines that a person types. Without them, the shell cannot prompt.
        [string[]] $Answer
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
    $lines = if ($Answer) { $Answer | & $shell @first -NoProfile -File $file } else { & $shell @first -NoProfile -NonInteractive -File $file }
    [pscustomobject]@{ Lines = @($lines); Text = @($lines) -join "`n"; ExitCode = $LASTEXITCODE }
}
