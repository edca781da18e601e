param([string] $ModulePath, [string] $Sandbox)

Describe 'A session that is written down' {
    BeforeAll {
        . (Join-Path $PSScriptRoot 'Sandbox.ps1')
        . (Join-Path $PSScriptRoot 'Shell.ps1')
        $secrets = @{ Secret = 'S3cr3tOfTheAccessKey'; Token = 'T0ken/Of+The=Session'; ProxyPassword = 'Pa55wordOfTheProxy' }
        $service = Start-Sandbox $Sandbox -Options '--sts-key', "LTAI5tSandboxKeyId01:$($secrets.Secret):$($secrets.Token)"
        Set-Content (Join-Path $TestDrive 'secrets.json') ($secrets | ConvertTo-Json)

        # A vault that lists the processes, except the sandbox, whose keys are on its command line.
        $hasList = $PSEdition -eq 'Core' -and $IsLinux
        if ($hasList) {
            [System.IO.File]::WriteAllText("$TestDrive/vault.sh", @"
#!/bin/sh
for one in /proc/[0-9]*; do grep -q -a -e --sts-key `$one/cmdline 2>/dev/null || cat `$one/cmdline 2>/dev/null; done | tr '\0' '\n' >'$TestDrive/processes'
tr '\0' '\n' </proc/`$`$/environ >'$TestDrive/environment'
echo '{"mode":"StsToken","access_key_id":"LTAI5tSandboxKeyId01","access_key_secret":"$($secrets.Secret)","sts_token":"$($secrets.Token)"}'
"@.Replace("`r`n", "`n"))
            chmod 700 $TestDrive "$TestDrive/vault.sh"
            Set-Content (Join-Path $TestDrive 'config.json') "{`"current`":`"v`",`"profiles`":[{`"name`":`"v`",`"mode`":`"External`",`"process_command`":`"$TestDrive/vault.sh`"}]}"
            chmod 600 "$TestDrive/config.json"
        }

        $run = Invoke-FreshShell -ModulePath $ModulePath -Endpoint $service.Endpoint -Script @"
Set-Location '$TestDrive'
`$env:ALIBABA_CLOUD_ACCESS_KEY_ID = `$env:ALIBABA_CLOUD_ACCESS_KEY_SECRET = `$null
`$env:ALIBABA_CLOUD_CONFIG_FILE = '$TestDrive/config.json'
`$env:ALIBABA_CLOUD_ECS_METADATA_DISABLED = 'true'
`$given = Get-Content secrets.json -Raw | ConvertFrom-Json
function Protect(`$Text) { ConvertTo-SecureString `$Text -AsPlainText -Force }
`$with = @{ Credential = [pscredential]::new('LTAI5tSandboxKeyId01', (Protect `$given.Secret)); SecurityToken = Protect `$given.Token }
`$wrong = @{ Credential = [pscredential]::new('LTAI5tSandboxKeyId01', (Protect "wrong`$(`$given.Secret)")); SecurityToken = Protect `$given.Token }
`$through = @{ Proxy = [uri] "http://user:`$(`$given.ProxyPassword)@127.0.0.1:1"; ProxyCredential = [pscredential]::new('user', (Protect `$given.ProxyPassword)) }
`$row = [pscustomobject]@{ Iccid = '89860018521874998319'; Imei = '860456038157932'; NewImei = '353918052345671' }
Import-Module `$ModulePath

`$null = Start-Transcript -LiteralPath transcript.txt
`$ErrorActionPreference = `$VerbosePreference = `$DebugPreference = 'Continue'
`$row | Set-IotCardBinding @with -JournalPath job.jsonl | Format-List * | Out-Default
`$row | Set-IotCardBinding @wrong | Out-Default
`$row | Set-IotCardBinding @with @through -Endpoint https://iotcard.invalid -OutageTimeoutSec 0 -MaximumRetryCount 0 -JournalPath other.jsonl | Out-Default
Get-IotCardCredential @with | Format-List * | Out-Default
Test-IotCardConnection @wrong @through | Format-List * | Out-Default
if ('$hasList' -eq 'True') { Test-IotCardConnection @through | Format-List * | Out-Default }
`$Error | Format-List * -Force | Out-Default
if (Get-Command Get-Error -ErrorAction Ignore) { `$Error | Get-Error | Out-Default }
`$Error | ForEach-Object { [System.Management.Automation.PSSerializer]::Serialize(`$_, 5) } | Out-Default
`$null = Stop-Transcript
"errors: `$(`$Error.Count)"
"@

        # Every part of 16 characters, plain and percent-encoded once and twice.
        function Find-Secret([string] $Text) {
            foreach ($name in $secrets.Keys) {
                $once = [uri]::EscapeDataString($secrets[$name])
                foreach ($form in $secrets[$name], $once, [uri]::EscapeDataString($once)) {
                    0..($form.Length - 16) | ForEach-Object { $form.Substring($_, 16) } | Where-Object { $Text.Contains($_) } | ForEach-Object { "$name, $_" }
                }
            }
        }
    }

    AfterAll {
        Stop-Sandbox $service
    }

    It 'ran, and failed as expected' {
        $run.Lines[-1] | Should -Be "errors: $(if ($hasList) { 4 } else { 3 })"
        $run.Text | Should -BeLike '*SignatureDoesNotMatch*'
        Find-Secret (Get-Content (Join-Path $TestDrive 'secrets.json') -Raw) | Should -Not -BeNullOrEmpty -Because 'what is looked for can be found'
    }

    It 'has no secret, token or proxy password in <_>' -ForEach 'transcript.txt', 'job.jsonl', 'other.jsonl' {
        $text = Get-Content (Join-Path $TestDrive $_) -Raw

        $text | Should -Match '89860018521874998319'
        Find-Secret $text | Should -BeNullOrEmpty
    }

    It 'has none on its screen' {
        Find-Secret $run.Text | Should -BeNullOrEmpty
    }

    It 'has none in <_>' -ForEach 'processes', 'environment' {
        if (-not $hasList) {
            Set-ItResult -Skipped -Because 'the list of processes is read from /proc'
        }

        $text = Get-Content (Join-Path $TestDrive $_) -Raw

        $text | Should -Match 'vault\.sh|PATH='
        Find-Secret $text | Should -BeNullOrEmpty
    }
}
