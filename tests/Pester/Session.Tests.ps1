param([string] $ModulePath, [string] $Sandbox)

BeforeDiscovery {
    . (Join-Path $PSScriptRoot 'Shell.ps1')
    $hasTerminal = Test-Terminal
}

Describe 'A session' {
    BeforeAll {
        . (Join-Path $PSScriptRoot 'Sandbox.ps1')
        . (Join-Path $PSScriptRoot 'Shell.ps1')
        $cards = @(
            [pscustomobject]@{ Iccid = '89860018521874998319'; Imei = '860456038157932'; NewImei = '353918052345671' }
            [pscustomobject]@{ Iccid = '89860219070907095849'; Imei = '861762040877246'; NewImei = '490154203237518' }
        )
    }

    BeforeEach {
        $service = Start-Sandbox $Sandbox
        $shell = @{ ModulePath = $ModulePath; Endpoint = $service.Endpoint }
    }

    AfterEach {
        Stop-Sandbox $service
    }

    It 'imports silently in a fresh process, and leaves nothing behind when it is removed' {
        $run = Invoke-FreshShell @shell -Script @'
function Measure-Session { @((Get-Command).Count, (Get-Variable -Exclude before).Count, (Get-Alias).Count, @(Get-FormatData IotCard.*).Count, @(Get-EventSubscriber).Count) }
$before = Measure-Session
Import-Module $ModulePath
if (-not (Get-FormatData IotCard.*)) { 'no views' }
Remove-Module IotCard
$after = Measure-Session
"left: $(Compare-Object $before $after -SyncWindow 0)"
"module: $(Get-Module IotCard)"
'@
        $run.Text | Should -Be "left: `nmodule: "
        $run.ExitCode | Should -Be 0
    }

    It 'works again after removal and re-import' {
        $run = Invoke-FreshShell @shell -Script @'
Import-Module $ModulePath
(Set-IotCardBinding 89860018521874998319 860456038157932 353918052345671).Outcome
Remove-Module IotCard
Import-Module $ModulePath
(Set-IotCardBinding 89860018521874998319 353918052345671 860456038157932).Outcome
Import-Module $ModulePath -Force
(Remove-IotCardBinding 89860018521874998319 860456038157932 -Confirm:$false).Outcome
'@
        $run.Lines | Should -Be 'Succeeded', 'Succeeded', 'Succeeded'
    }

    It 'prompts for each card on a terminal, and follows the responses' -Skip:(-not $hasTerminal) {
        $run = Invoke-FreshShell @shell -Terminal -Answer 'n', 'y' -Script @'
Import-Module $ModulePath
$rows = [pscustomobject]@{ Iccid = '89860018521874998319'; Imei = '860456038157932' }, [pscustomobject]@{ Iccid = '89860219070907095849'; Imei = '861762040877246' }
$rows | Remove-IotCardBinding | ForEach-Object { "result: $($_.Iccid) $($_.Outcome)" }
'@
        $run.Lines | Where-Object { $_ -like 'result:*' } | Should -Be 'result: 89860219070907095849 Succeeded'
        $run.Text | Should -Match '89860018521874998319'
        $run.ExitCode | Should -Be 0
    }

    It 'accepts Yes to All and No to All on a terminal' -Skip:(-not $hasTerminal) {
        $script = @'
Import-Module $ModulePath
$rows = [pscustomobject]@{ Iccid = '89860018521874998319'; Imei = '860456038157932' }, [pscustomobject]@{ Iccid = '89860219070907095849'; Imei = '861762040877246' }
@($rows | Remove-IotCardBinding) | ForEach-Object { "result: $($_.Outcome)" }
'done'
'@
        $refused = Invoke-FreshShell @shell -Terminal -Answer 'l' -Script $script
        $agreed = Invoke-FreshShell @shell -Terminal -Answer 'a' -Script $script

        @($refused.Lines -like 'result:*').Count | Should -Be 0
        $refused.Lines[-1] | Should -Be 'done'
        $agreed.Lines -like 'result:*' | Should -Be 'result: Succeeded', 'result: Succeeded'
    }

    It 'ends if it cannot prompt, sends nothing, and says what a runbook has to pass: <Name>' -ForEach @(
        @{ Name = 'a shell without prompts'; Script = 'Remove-IotCardBinding 89860018521874998319 860456038157932' }
        @{ Name = 'a runspace without a host'; Script = '$null = ($one = [powershell]::Create()).AddScript({ param($ModulePath, $Endpoint); Import-Module $ModulePath; Remove-IotCardBinding 89860018521874998319 860456038157932 -Endpoint $Endpoint }).AddArgument($ModulePath).AddArgument($PSDefaultParameterValues["*-IotCardBinding:Endpoint"]); $one.Invoke(); $one.Streams.Error | ForEach-Object { throw $_ }' }
        @{ Name = 'a rebind that asks'; Script = 'Set-IotCardBinding 89860018521874998319 860456038157932 353918052345671 -Confirm' }
        @{ Name = 'an unknown row again'; Script = '[pscustomobject]@{ Iccid = "89860018521874998319"; Imei = "860456038157932"; NewImei = "353918052345671"; Outcome = "Unknown" } | Set-IotCardBinding -RetryUnknown' }
    ) {
        $run = Invoke-FreshShell @shell -Script @"
Import-Module `$ModulePath
try { $Script; 'no error' } catch { `$_.FullyQualifiedErrorId, "`$_".Replace("``n", ' ') }
(Remove-IotCardBinding 89860018521874998319 860456038157932 -Confirm:`$false).Outcome
"@
        $run.Lines[0] | Should -BeLike 'CannotPrompt,IotCard.Commands.*'
        $run.Lines[1] | Should -BeLike '*-IotCardBinding asks before it continues*-WhatIf*-Confirm:$false*'
        $run.Lines[2] | Should -Be 'Succeeded'
        (Get-SandboxLog $service).Operations.Count | Should -Be 1
    }

    It 'takes no line of redirected input for an answer: <Name>' -ForEach @(
        @{ Name = 'an empty line'; Answer = ''; Script = 'Remove-IotCardBinding 89860018521874998319 860456038157932' }
        @{ Name = 'a Yes'; Answer = 'y', 'a'; Script = 'Remove-IotCardBinding 89860018521874998319 860456038157932' }
        @{ Name = 'a rebind that asks'; Answer = ''; Script = 'Set-IotCardBinding 89860018521874998319 860456038157932 353918052345671 -Confirm' }
        @{ Name = 'a preference'; Answer = ''; Script = '$ConfirmPreference = "Low"; Set-IotCardBinding 89860018521874998319 860456038157932 353918052345671' }
        @{ Name = 'an unknown row again'; Answer = ''; Script = '[pscustomobject]@{ Iccid = "89860018521874998319"; Imei = "860456038157932"; NewImei = "353918052345671"; Outcome = "Unknown" } | Set-IotCardBinding -RetryUnknown' }
    ) {
        $run = Invoke-FreshShell @shell -Answer $Answer -Script @"
Import-Module `$ModulePath
try { $Script; 'no error' } catch { `$_.FullyQualifiedErrorId }
(Remove-IotCardBinding 89860219070907095849 861762040877246 -Confirm:`$false).Outcome
"@
        $run.Lines | Should -HaveCount 2
        $run.Lines[0] | Should -BeLike 'CannotPrompt,IotCard.Commands.*'
        $run.Lines[1] | Should -Be 'Succeeded'
        @((Get-SandboxLog $service).Operations).Iccid | Should -Be '89860219070907095849'
    }

    It 'takes no line of a script that is read from the input for an answer' {
        $shellPath, [string[]] $first = Get-ShellCommand
        $key = $env:ALIBABA_CLOUD_ACCESS_KEY_ID, $env:ALIBABA_CLOUD_ACCESS_KEY_SECRET
        $env:ALIBABA_CLOUD_ACCESS_KEY_ID, $env:ALIBABA_CLOUD_ACCESS_KEY_SECRET = 'sandbox-id', 'sandbox-secret'
        try {
            $text = @"
Import-Module '$ModulePath'
Remove-IotCardBinding 89860018521874998319 860456038157932 -Endpoint $($service.Endpoint)

'the next line'
"@ -split '\r?\n' | & $shellPath @first -NoProfile -Command - 2>&1
        }
        finally {
            $env:ALIBABA_CLOUD_ACCESS_KEY_ID, $env:ALIBABA_CLOUD_ACCESS_KEY_SECRET = $key
        }

        $text -join "`n" | Should -Match 'Remove-IotCardBinding asks before it continues'
        $text -join "`n" | Should -Match 'the next line'
        @((Get-SandboxLog $service).Operations).Count | Should -Be 0
    }

    It 'does the same at the end of redirected input, in the language of the session' {
        $shellPath, [string[]] $first = Get-ShellCommand
        $script = "[Console]::OutputEncoding = [Text.Encoding]::UTF8; [cultureinfo]::CurrentUICulture = 'zh-CN'; Import-Module '$ModulePath'; Remove-IotCardBinding 89860018521874998319 860456038157932 -Endpoint $($service.Endpoint)"
        $credential = $env:ALIBABA_CLOUD_ACCESS_KEY_ID, $env:ALIBABA_CLOUD_ACCESS_KEY_SECRET
        $env:ALIBABA_CLOUD_ACCESS_KEY_ID, $env:ALIBABA_CLOUD_ACCESS_KEY_SECRET = 'sandbox-id', 'sandbox-secret'
        try {
            $text = @() | & $shellPath @first -NoProfile -Command "try { $script } catch { `$_.FullyQualifiedErrorId; 'advice: ' + `$_.Exception.Message.Contains([string][char]0x65E0 + [char]0x4EBA) }"
        }
        finally {
            $env:ALIBABA_CLOUD_ACCESS_KEY_ID, $env:ALIBABA_CLOUD_ACCESS_KEY_SECRET = $credential
        }

        $text | Should -Contain 'advice: True'
        $text -join "`n" | Should -Match 'CannotPrompt,'
        @((Get-SandboxLog $service).Operations).Count | Should -Be 0
    }

    It 'lets a failing script set its exit code' {
        $run = Invoke-FreshShell @shell -Script @'
Import-Module $ModulePath
$result = Set-IotCardBinding 89860018521874998319 861762040877246 353918052345671 -ErrorAction SilentlyContinue
exit [int]($result.Outcome -ne 'Succeeded')
'@
        $run.ExitCode | Should -Be 1
    }

    It 'works in two runspaces at once' {
        $script = {
            param($ModulePath, $Endpoint, $Row)
            Import-Module $ModulePath
            $credential = [pscredential]::new('sandbox-id', (ConvertTo-SecureString 'sandbox-secret' -AsPlainText -Force))
            $Row | Set-IotCardBinding -Endpoint $Endpoint -Credential $credential
            Remove-Module IotCard
        }
        $running = foreach ($card in $cards) {
            $shellOfItsOwn = [powershell]::Create().AddScript($script).AddParameters(@($ModulePath, $service.Endpoint, $card))
            @{ Shell = $shellOfItsOwn; Handle = $shellOfItsOwn.BeginInvoke() }
        }
        $results = foreach ($one in $running) {
            $one.Shell.EndInvoke($one.Handle)
            $one.Shell.Streams.Error | Should -BeNullOrEmpty
            $one.Shell.Dispose()
        }

        $results.Outcome | Should -Be 'Succeeded', 'Succeeded'
        $results.Iccid | Should -Be $cards.Iccid
    }

    It 'works in ForEach-Object -Parallel' {
        if (-not (Get-Command ForEach-Object).Parameters.ContainsKey('Parallel')) {
            Set-ItResult -Skipped -Because 'Windows PowerShell has no ForEach-Object -Parallel'
        }

        $results = $cards | ForEach-Object -Parallel {
            Import-Module $using:ModulePath
            $credential = [pscredential]::new('sandbox-id', (ConvertTo-SecureString 'sandbox-secret' -AsPlainText -Force))
            $_ | Set-IotCardBinding -Endpoint ($using:service).Endpoint -Credential $credential
        }

        $results.Outcome | Should -Be 'Succeeded', 'Succeeded'
        $results.Iccid | Sort-Object | Should -Be ($cards.Iccid | Sort-Object)
    }

    It 'works in <_>, and its results come back' -ForEach 'Start-ThreadJob', 'Start-Job' {
        if (-not (Get-Command $_ -ErrorAction SilentlyContinue)) {
            Set-ItResult -Skipped -Because "$_ is not here"
        }

        # Start-Job starts the launcher in PowerShell's own folder, which in the .NET tool is built for Linux on x64.
        $launcher = Join-Path $PSHOME 'pwsh'
        if ($_ -eq 'Start-Job' -and (Test-Path $launcher) -and -not $(try { & $launcher -Version } catch { $false })) {
            Set-ItResult -Skipped -Because "$launcher does not run here"
        }

        $job = & $_ -ArgumentList $ModulePath, $service.Endpoint, $cards[0] -ScriptBlock {
            param($ModulePath, $Endpoint, $Row)
            Import-Module $ModulePath
            $credential = [pscredential]::new('sandbox-id', (ConvertTo-SecureString 'sandbox-secret' -AsPlainText -Force))
            $Row | Set-IotCardBinding -Endpoint $Endpoint -Credential $credential
        }
        $result = $job | Receive-Job -Wait -AutoRemoveJob -ErrorAction Stop

        "$($result.Outcome)" | Should -Be 'Succeeded'
        $result.PreviousImei | Should -Be $cards[0].Imei
    }

    It 'imports in sixteen runspaces at once' {
        $run = Invoke-FreshShell @shell -Script @'
$running = foreach ($number in 1..16) {
    $one = [powershell]::Create().AddScript({
            param($ModulePath, $Endpoint)
            Import-Module $ModulePath
            (Set-IotCardBinding 1 2 3 -Endpoint $Endpoint -ErrorAction SilentlyContinue).Code
        }).AddArgument($ModulePath).AddArgument($PSDefaultParameterValues['*-IotCardBinding:Endpoint'])
    @{ Shell = $one; Handle = $one.BeginInvoke() }
}
$running | ForEach-Object { $_.Shell.EndInvoke($_.Handle); $_.Shell.Streams.Error }
'@
        $run.Lines | Should -Be (@('InvalidIccid') * 16)
    }

    It 'refuses a second version in one session as the troubleshooting pages say, and the first continues to work' {
        if ($PSEdition -ne 'Core') {
            Set-ItResult -Skipped -Because '.NET Framework loads both'
        }

        $other = Join-Path $TestDrive 'other/IotCard'
        $null = New-Item $other -ItemType Directory
        $run = Invoke-FreshShell @shell -Script @"
Import-Module `$ModulePath
Add-Type 'public class LoadsTheCompiler { }'
`$source = [Microsoft.CodeAnalysis.CSharp.CSharpSyntaxTree]::ParseText('[assembly: System.Reflection.AssemblyVersion("99.0.0.0")]')
`$reference = [Microsoft.CodeAnalysis.MetadataReference]::CreateFromFile([object].Assembly.Location)
`$options = [Microsoft.CodeAnalysis.CSharp.CSharpCompilationOptions]::new('DynamicallyLinkedLibrary')
`$file = [System.IO.File]::Create('$other/IotCard.dll')
`$null = [Microsoft.CodeAnalysis.CSharp.CSharpCompilation]::Create('IotCard', [Microsoft.CodeAnalysis.SyntaxTree[]] `$source, [Microsoft.CodeAnalysis.MetadataReference[]] `$reference, `$options).Emit(`$file)
`$file.Dispose()
New-ModuleManifest '$other/IotCard.psd1' -RootModule IotCard.dll -ModuleVersion 99.0.0
try { Import-Module '$other/IotCard.psd1'; 'no error' } catch { `$_.FullyQualifiedErrorId, "`$_" }
(Set-IotCardBinding 89860018521874998319 860456038157932 353918052345671).Outcome
"@
        $id = ($run.Lines[0] -split ',')[0]
        $id | Should -Be 'System.IO.FileLoadException'
        foreach ($page in 'troubleshooting.md', 'troubleshooting.zh-CN.md') {
            $text = Get-Content (Join-Path $PSScriptRoot "../../docs/$page") -Raw -Encoding utf8
            $text | Should -Match "(?m)^\| .*``$id``.*Assembly with same name is already loaded"
        }

        $run.Lines[1] | Should -BeLike '*Assembly with same name is already loaded*'
        $run.Lines[2] | Should -Be 'Succeeded'
    }

    It 'sends nothing but https, and nothing for this machine, through the proxy of the environment' {
        $proxy = Start-Sandbox $Sandbox
        try {
            $run = Invoke-FreshShell @shell -Script @"
`$env:HTTP_PROXY = `$env:HTTPS_PROXY = `$env:ALL_PROXY = '$($proxy.Endpoint)'
Import-Module `$ModulePath
(Set-IotCardBinding 89860018521874998319 860456038157932 353918052345671).Outcome
`$env:ALIBABA_CLOUD_ACCESS_KEY_ID = `$env:ALIBABA_CLOUD_ACCESS_KEY_SECRET = `$null
`$env:ALIBABA_CLOUD_ECS_METADATA_DISABLED = 'true'
`$env:ALIBABA_CLOUD_CREDENTIALS_URI = '$($service.Endpoint)credentials'
(Get-IotCardCredential -All -ErrorAction SilentlyContinue)[-1].State
"@
            $run.Lines | Should -Be 'Succeeded', 'Failed'
            (Get-SandboxLog $proxy).Requests | Should -Be 0
        }
        finally {
            Stop-Sandbox $proxy
        }
    }

    It 'works in constrained language mode' {
        $run = Invoke-FreshShell @shell -Script @'
Import-Module $ModulePath
$ExecutionContext.SessionState.LanguageMode = 'ConstrainedLanguage'
$rows = 'Iccid,Imei,NewImei', '89860018521874998319,860456038157932,353918052345671', '89860219070907095849,868019046315868,490154203237518' | ConvertFrom-Csv
$rows | Test-IotCardBinding -Operation Rebind | ForEach-Object Action
$results = $rows | Set-IotCardBinding -ThrottleLimit '16' -Proxy proxy.example:8080 -ErrorAction SilentlyContinue -WarningAction SilentlyContinue
$results | Where-Object Outcome -EQ Succeeded | Format-Table | Out-String -Stream
$results | ConvertTo-Csv | ConvertFrom-Csv | ForEach-Object Outcome
(Get-IotCardCredential | Out-String) -match 'sand.*environment'
"$($ExecutionContext.SessionState.LanguageMode), errors: $($Error.FullyQualifiedErrorId -replace ',.*')"
'@
        $run.Lines[0..1] | Should -Be 'Send', 'Send'
        $run.Text | Should -Match '(?m)^ *1 89860018521874998319 .*Succeeded.* 353918052345671'
        $run.Lines[-4..-1] | Should -Be 'Succeeded', 'Failed', 'True', 'ConstrainedLanguage, errors: isv.ERROR_BIND_NOT_EXIST'
    }

    It 'has results that can be piped: failures into the same command, rebinds into the unbind' {
        Import-Module $ModulePath
        $with = @{ Endpoint = $service.Endpoint; Credential = [pscredential]::new('sandbox-id', (ConvertTo-SecureString 'sandbox-secret' -AsPlainText -Force)) }

        $rebound = $cards | Set-IotCardBinding @with
        $unbound = $rebound | Remove-IotCardBinding @with -Confirm:$false
        $again = $unbound | Remove-IotCardBinding @with -Confirm:$false -ErrorAction SilentlyContinue
        Remove-Module IotCard

        $unbound.Outcome | Should -Be 'Succeeded', 'Succeeded'
        $unbound.PreviousImei | Should -Be $cards.NewImei
        $again.Outcome | Should -Be 'Failed', 'Failed'
    }
}
