param([string] $ModulePath, [string] $Sandbox)

BeforeDiscovery {
    # A script's background process ignores SIGINT (bit 1 of the mask), and so do its children.
    $ignoresInterrupt = (Test-Path /proc/self/status) -and ((Get-Content /proc/self/status) -match '^SigIgn:.*[2367abef]$')
    $commands = 'Set-IotCardBinding', 'Remove-IotCardBinding', 'Get-IotCardJournal', 'Get-IotCardCredential', 'Get-IotCard', 'Resolve-IotCardJournal',
        'Test-IotCardBinding', 'Test-IotCardConnection', 'Test-IotCardDevice', 'Register-IotCardDevice', 'Export-IotCardReport', 'Get-IotCardAuditEvent'
    $cultures = 'en-US', 'zh-CN' | ForEach-Object { @{ Culture = $_; Commands = $commands | ForEach-Object { @{ Command = $_ } } } }
}

Describe 'The help in <Culture>' -ForEach $cultures {
    BeforeAll {
        Import-Module $ModulePath -Force

        function Get-HelpText {
            param([hashtable] $Topic)

            $before = [cultureinfo]::CurrentUICulture
            try {
                [cultureinfo]::CurrentUICulture = $Culture
                Get-Help @Topic | Out-String -Width 80
            }
            finally {
                [cultureinfo]::CurrentUICulture = $before
            }
        }

        function Test-Chinese([string] $Text) {
            $Text -match '\p{IsCJKUnifiedIdeographs}.*\u3002'
        }
    }

    AfterAll {
        Remove-Module IotCard
    }

    Context 'Get-Help' {
        It 'finds the complete help of <Command> in this language' -ForEach $Commands {
            $text = Get-HelpText @{ Name = $Command; Full = $true }

            $text | Should -BeLike "*NAME*$Command*SYNOPSIS*SYNTAX*DESCRIPTION*PARAMETERS*INPUTS*OUTPUTS*NOTES*RELATED LINKS*"
            Test-Chinese $text | Should -Be ($Culture -eq 'zh-CN')
            $text | Should -Not -Match '\{\{|```|ProgressAction|System\.Nullable|\u0080'
            foreach ($name in (Get-Command $Command).Parameters.Keys | Where-Object { $_ -notin [System.Management.Automation.Cmdlet]::CommonParameters }) {
                $text | Should -Match "(?m)^    -$name( <|\s*$)"
            }
        }

        It 'shows the examples of <Command>, each with its code under its title' -ForEach $Commands {
            $text = Get-HelpText @{ Name = $Command; Examples = $true }

            [regex]::Matches($text, '(?m)^    ---- (Example|\u793a\u4f8b) \d').Count | Should -BeGreaterOrEqual 4
            $text | Should -Match "(?m)^    ---- (Example|\u793a\u4f8b) 1.* ----\s*\r?\n\s*\r?\n    \S.*$($Command.Split('-')[1])"
        }

        It 'offers -Online for <Command> only if the project has a page' -ForEach $Commands {
            $page = (Get-Module IotCard).ProjectUri

            Get-HelpText @{ Name = $Command } | Should -Match '(See also: |\u53e6\u8bf7\u53c2\u9605\uff1a)\S+'
            (Get-HelpText @{ Name = $Command }) -match "Get-Help $Command -Online" | Should -Be ([bool] $page)
            if (-not $page) {
                { Get-Help $Command -Online } | Should -Throw
            }
        }

        It 'shows the defaults of Endpoint and ThrottleLimit' {
            Get-HelpText @{ Name = 'Set-IotCardBinding'; Full = $true } | Should -Match '(?s)-ThrottleLimit <int>.*?Default value +5'
            Get-HelpText @{ Name = 'Set-IotCardBinding'; Parameter = 'Endpoint' } | Should -Match 'https://dyiotapi\.aliyuncs\.com'
        }

        It 'finds <_>' -ForEach 'about_IotCard', 'about_IotCard_Outcomes', 'about_IotCard_Settling' {
            $text = Get-HelpText @{ Name = $_ }

            $text | Should -BeLike "*$_*"
            Test-Chinese $text | Should -Be ($Culture -eq 'zh-CN')
            $text.Split("`n") | ForEach-Object { $_.TrimEnd().Length | Should -BeLessOrEqual 80 }
        }
    }
}

Describe 'The help for a person whose language is <Culture>' -ForEach @(
    @{ Culture = 'en-GB'; IsChinese = $false }
    @{ Culture = 'de-DE'; IsChinese = $false }
    @{ Culture = 'zh-CN'; IsChinese = $true }
    @{ Culture = 'zh-SG'; IsChinese = $true }
    @{ Culture = 'zh-TW'; IsChinese = $true }
    @{ Culture = 'zh-HK'; IsChinese = $true }
) {
    BeforeAll {
        . (Join-Path $PSScriptRoot 'Shell.ps1')
    }

    # In a separate shell: once read, a command's help does not change within a session.
    It 'is in one of the two languages, the right one' {
        $run = Invoke-FreshShell -ModulePath $ModulePath -Endpoint 'http://127.0.0.1:1' -Script @"
[cultureinfo]::CurrentUICulture = '$Culture'
Import-Module `$ModulePath
'Get-Help Remove-IotCardBinding -Examples', 'Get-Help about_IotCard' | ForEach-Object { (& ([scriptblock]::Create(`$_)) | Out-String) -match '[\u4e00-\u9fff].*\u3002' }
"@
        $run.Lines | Should -Be "$IsChinese", "$IsChinese"
    }
}

Describe 'The help of a package whose project has a page' {
    BeforeAll {
        . (Join-Path $PSScriptRoot 'Shell.ps1')
        . (Join-Path $PSScriptRoot '../../build/Package.ps1')
        $folder = Join-Path $TestDrive 'IotCard'
        Copy-Item (Split-Path $ModulePath) $folder -Recurse
        # The help as it is before packing, wherever this module comes from.
        $docs = Join-Path $PSScriptRoot '../../docs'
        Copy-Item (Join-Path $docs 'en-US/IotCard.dll-Help.xml') (Join-Path $folder 'en-US')
        Copy-Item (Join-Path $docs 'zh-CN/IotCard.dll-Help.xml') (Join-Path $folder 'zh')
        Add-OnlineHelp -Stage $folder -ProjectUri 'https://forge.example/owner/iotcard' -Version '1.2.3'
        $packed = Join-Path $folder 'IotCard.psd1'
    }

    It 'opens the page of <Command> in <Culture>' -ForEach @(
        @{ Command = 'Set-IotCardBinding'; Culture = 'en-US' }
        @{ Command = 'Test-IotCardConnection'; Culture = 'zh-CN' }
    ) {
        $run = Invoke-FreshShell -ModulePath $packed -Endpoint 'http://127.0.0.1:1' -Script @"
[cultureinfo]::CurrentUICulture = '$Culture'
Import-Module `$ModulePath
`$help = Get-Help $Command
"offered: `$((`$help | Out-String) -match 'Get-Help $Command -Online')"
`$help.relatedLinks.navigationLink.uri
if (-not `$IsLinux) { exit }
# The program that opens a page is found in the search path. This one writes to this script's output.
Set-Content '$TestDrive/xdg-open' "#!/bin/sh``necho opened `$([char] 36)1"
chmod +x '$TestDrive/xdg-open'
`$env:PATH = '$TestDrive' + ':' + `$env:PATH
Get-Help $Command -Online
"@
        $address = "https://forge.example/owner/iotcard/blob/v1.2.3/docs/$Culture/$Command.md"
        $run.Lines[0..1] | Should -Be 'offered: True', $address
        if ($PSEdition -eq 'Core' -and $IsLinux) {
            $run.Lines | Should -Contain "opened $address"
        }
    }
}

Describe 'The runbook of <Page>' -ForEach @(
    @{ Page = 'docs/en-US/about_IotCard.md' }
) {
    BeforeAll {
        . (Join-Path $PSScriptRoot 'Sandbox.ps1')
        . (Join-Path $PSScriptRoot 'Shell.ps1')
        $service = Start-Sandbox $Sandbox
        $text = Get-Content (Join-Path $PSScriptRoot "../../$Page") -Raw -Encoding utf8
        $code = [regex]::Matches($text, '(?s)```powershell\r?\n(.*?)\r?\n```') | ForEach-Object { $_.Groups[1].Value } | Where-Object { $_ -like '*exit 1*' }
        $runbook = Join-Path $TestDrive 'runbook.ps1'
        Set-Content $runbook "param([hashtable] `$Defaults)`nImport-Module '$ModulePath'`n`$Defaults.Keys | ForEach-Object { `$PSDefaultParameterValues[`"*-IotCardBinding:`$_`"] = `$Defaults[`$_] }`n$code"
        $env:ALIBABA_CLOUD_ACCESS_KEY_ID = 'sandbox-id'
        $env:ALIBABA_CLOUD_ACCESS_KEY_SECRET = 'sandbox-secret'

        function Start-Runbook {
            param([string[]] $Rows, [string] $Defaults = '')

            Remove-Item (Join-Path $TestDrive '*.jsonl')
            Set-Content (Join-Path $TestDrive 'retired.csv') (@('Iccid,Imei') + $Rows)
            Set-Content (Join-Path $TestDrive 'start.ps1') "& '$runbook' @{ Endpoint = '$($service.Endpoint)'; $Defaults }; exit `$LASTEXITCODE"
            $shell, [string[]] $first = Get-ShellCommand
            $start = [System.Diagnostics.ProcessStartInfo]::new($shell, "$($first -replace '^.+$', '"$0"') -NoProfile -NonInteractive -File start.ps1")
            $start.WorkingDirectory = $TestDrive
            $start.RedirectStandardOutput = $true
            $start.RedirectStandardError = $true
            $start.UseShellExecute = $false
            $process = [System.Diagnostics.Process]::Start($start)
            $null = $process.StandardOutput.ReadToEndAsync(), $process.StandardError.ReadToEndAsync()
            $process
        }

        function Invoke-Runbook {
            param([string[]] $Rows, [string] $Defaults = '')

            $process = Start-Runbook $Rows $Defaults
            $process.WaitForExit()
            $process.ExitCode
        }
    }

    AfterAll {
        $env:ALIBABA_CLOUD_ACCESS_KEY_ID = $null
        $env:ALIBABA_CLOUD_ACCESS_KEY_SECRET = $null
        Stop-Sandbox $service
    }

    It 'ends with 0 if every card is done' {
        Invoke-Runbook '89860018521874998319,860456038157932' | Should -Be 0
    }

    It 'ends with 1 if a card failed' {
        Invoke-Runbook '89860219070907095849,861762040877246', '89860000000000000001,861762040877246' | Should -Be 1
    }

    It 'ends with 1 if the command could not start' {
        Invoke-Runbook '898604201518649757A6,356893113596553' "ProfileName = 'none'" | Should -Be 1
    }

    It 'ends with 2 if a card is Unknown' {
        $null = Invoke-SandboxCall $service 'faults' Put '{"Rates":{"CloseAfter":1}}'
        Invoke-Runbook '898604201518649757A6,356893113596553' 'OutageTimeoutSec = 1' | Should -Be 2
    }

    It 'ends with 3 if SIGINT stops it, as Ctrl+C and a canceled job do' -Skip:($PSEdition -ne 'Core' -or $IsWindows -or $ignoresInterrupt) {
        $null = Invoke-SandboxCall $service 'faults' Put '{"Rates":{"SwallowResponse":1}}'
        $before = (Get-SandboxLog $service).Requests
        $process = Start-Runbook '89860721788800332727,868019046315868'
        do { $requests = (Get-SandboxLog $service).Requests } until ($requests -gt $before -or $process.HasExited)
        kill -INT $process.Id
        $process.WaitForExit()

        $process.ExitCode | Should -Be 3
        Get-Content (Join-Path $TestDrive '*.jsonl') | Select-Object -Last 1 | Should -Match '"kind":"intent"'
    }
}
