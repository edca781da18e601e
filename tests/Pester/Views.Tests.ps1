param([string] $ModulePath, [string] $Sandbox)

Describe 'The views' {
    BeforeAll {
        . (Join-Path $PSScriptRoot 'Sandbox.ps1')
        . (Join-Path $PSScriptRoot 'Shell.ps1')
        Import-Module $ModulePath -Force
        $service = Start-Sandbox $Sandbox
        $env:ALIBABA_CLOUD_ACCESS_KEY_ID = 'LTAI5tExampleOfKeyId0001'
        $env:ALIBABA_CLOUD_ACCESS_KEY_SECRET = 'a-secret-to-keep'
        $credential = [pscredential]::new('sandbox-id', (ConvertTo-SecureString 'sandbox-secret' -AsPlainText -Force))
        $journal = Join-Path $TestDrive 'job.jsonl'
        $rows = @(
            [pscustomobject]@{ Iccid = '898604201518649757A6'; Imei = '356893113596553'; NewImei = '353918052345671' }
            [pscustomobject]@{ Iccid = '89860625936995492312'; Imei = '8670440507020671'; NewImei = '490154203237518' }
            [pscustomobject]@{ Iccid = '8986062593699549231200004711'; Imei = '8670440507020671'; NewImei = '867044051754489' }
        )
        $results = $rows | Set-IotCardBinding -Endpoint $service.Endpoint -Credential $credential -JournalPath $journal -ErrorAction SilentlyContinue

        # The output at 80 columns, without trailing blanks.
        function Get-Screen {
            param([string] $Rendering = 'PlainText')

            if ($PSVersionTable.PSEdition -eq 'Core') {
                $before = $PSStyle.OutputRendering
                $PSStyle.OutputRendering = $Rendering
            }

            try {
                @(($input | Out-String -Width 79) -split '\r?\n' | ForEach-Object TrimEnd | Where-Object { $_ })
            }
            finally {
                if ($PSVersionTable.PSEdition -eq 'Core') {
                    $PSStyle.OutputRendering = $before
                }
            }
        }
    }

    AfterAll {
        $env:ALIBABA_CLOUD_ACCESS_KEY_ID = $null
        $env:ALIBABA_CLOUD_ACCESS_KEY_SECRET = $null
        Stop-Sandbox $service
        Remove-Module IotCard
    }

    It 'show results as a table that truncates no identifier' {
        $results | Get-Screen | Should -Be @(
            '  Row Iccid                Outcome   Imei             Code'
            '  --- -----                -------   ----             ----'
            '    1 898604201518649757A6 Succeeded 353918052345671  OK'
            '    2 89860625936995492312 Failed    8670440507020671 isv.ERROR_IOT_CHGBINDED_E'
            '                                                      RROR'
            '    3 89860625936995492312 Failed    8670440507020671 InvalidIccid'
            '      00004711'
        )
    }

    It 'show results alike when they come back from another process' {
        $back = [System.Management.Automation.PSSerializer]::Deserialize([System.Management.Automation.PSSerializer]::Serialize($results[0..1]))

        $back | Get-Screen | Should -Be ($results[0..1] | Get-Screen)
    }

    It 'show a result as a list without empty properties' {
        $screen = $results[1] | Format-List | Get-Screen

        ($screen -match '^\w+ +: ' -replace ' .*') | Should -Be 'Row', 'Iccid', 'Operation', 'Outcome', 'Code', 'Message', 'Imei', 'NewImei', 'RequestId', 'Attempts', 'Elapsed', 'CompletedAt', 'FromJournal'
        $screen | Should -Contain 'Imei        : 8670440507020671'
        @($screen -match '^Elapsed     : \d+(\.\d+)? s$').Count | Should -Be 1
        @($screen -match '^CompletedAt : \d{4}-\d\d-\d\d \d\d:\d\d:\d\dZ$').Count | Should -Be 1
    }

    It 'show what comes back from <_> as the same tables' -ForEach 'Start-Job', 'Start-ThreadJob', 'ForEach-Object -Parallel', 'a runspace' {
        if ($PSVersionTable.PSEdition -ne 'Core' -and $_ -in 'Start-ThreadJob', 'ForEach-Object -Parallel') {
            Set-ItResult -Skipped -Because 'Windows PowerShell does not have it'
        }

        $here = { param($ModulePath, $journal, $rows) Import-Module $ModulePath; Get-IotCardJournal $journal; $rows | Test-IotCardBinding -Operation Rebind; Get-IotCardCredential -All }
        $arguments = $ModulePath, $journal, $rows
        $code = "$here"
        $output = switch ($_) {
            'Start-Job' { Start-Job $here -ArgumentList $arguments | Receive-Job -Wait }
            'Start-ThreadJob' { Start-ThreadJob $here -ArgumentList $arguments | Receive-Job -Wait }
            'ForEach-Object -Parallel' { , $arguments | ForEach-Object -Parallel { $said = $_; & ([scriptblock]::Create($using:code)) @said } }
            default { $shell = [powershell]::Create().AddScript($code); $null = $arguments | ForEach-Object { $shell.AddArgument($_) }; $shell.Invoke(); $shell.Dispose() }
        }
        $direct = & $here @arguments

        foreach ($rendering in @('PlainText') + @('Ansi' | Where-Object { $PSVersionTable.PSEdition -eq 'Core' })) {
            foreach ($type in 'BindingResult', 'BindingCheck', 'CredentialInfo') {
                $expected = $direct | Where-Object { $_.PSObject.TypeNames -match "IotCard\.$type$" } | Get-Screen -Rendering $rendering
                $expected.Count | Should -BeGreaterThan 2
                $output | Where-Object { $_.PSObject.TypeNames -match "IotCard\.$type$" } | Get-Screen -Rendering $rendering | Should -Be $expected
            }
        }
    }

    It 'show results side by side, each with its outcome' {
        $results[0..1] | Format-Wide | Get-Screen | Should -Be ('898604201518649757A6 Succeeded'.PadRight(40) + '89860625936995492312 Failed')
    }

    It 'show the entries of a journal with the time' {
        $screen = Get-IotCardJournal $journal | Sort-Object Iccid | Get-Screen

        $screen[0] | Should -Be '   Operation: Rebind'
        $screen[1] | Should -Be 'Iccid                Outcome   CompletedAt          Code'
        ($screen[3] -replace '\d{4}-\d\d-\d\d \d\d:\d\d:\d\dZ', 'TIME') | Should -Be '898604201518649757A6 Succeeded TIME OK'
        ($screen[4] -replace '\d{4}-\d\d-\d\d \d\d:\d\d:\d\dZ', 'TIME') | Should -Be '89860625936995492312 Failed    TIME isv.ERROR_IOT_CHGBINDED_ERR'
        Get-IotCardJournal $journal | Sort-Object Iccid | Format-Wide | Get-Screen | Should -BeLike '898604201518649757A6 Succeeded *'
        Get-IotCardJournal $journal | Sort-Object Iccid | Select-Object -First 1 | Format-List | Get-Screen | Should -Contain 'FromJournal  : True'
    }

    It 'show credentials as a table with room for the reason' {
        $screen = Get-IotCardCredential -All | Get-Screen

        $screen[0] | Should -Be 'Source          State      AccessKeyId, Reason'
        $screen[2] | Should -BeLike 'Environment     Used       LTAI`*`*`*`*`*`*`*`*`*`*`*`*`*`*`*`*0001  *'
        @($screen -match '^(Environment|Oidc|CliProfile|IniProfile|EcsInstanceRole|CredentialsUri) ').Count | Should -Be 6
        $screen | ForEach-Object { $_.Length | Should -BeLessThan 80 }
    }

    It 'show credentials as a list and side by side' {
        $list = Get-IotCardCredential | Format-List | Get-Screen

        ($list -match '^\w+ +: ' -replace ' .*') | Should -Be 'Source', 'State', 'AccessKeyId', 'HasToken', 'Reason'
        Get-IotCardCredential | Format-Wide | Get-Screen | Should -Be 'Environment Used'
    }

    It 'say which results the journal knew' {
        $again = $rows[0] | Set-IotCardBinding -Endpoint $service.Endpoint -Credential $credential -JournalPath $journal

        ($again | Get-Screen)[-1] | Should -Be '    1 898604201518649757A6 Succeeded 353918052345671  OK (journal)'
    }

    It 'color an outcome that needs attention, if the session wants colors' {
        if ($PSVersionTable.PSEdition -ne 'Core') {
            Set-ItResult -Skipped -Because 'Windows PowerShell has no $PSStyle'
        }

        $escape = [char] 27
        $screen = $results | Get-Screen -Rendering Ansi
        $screen[2] | Should -Be '    1 898604201518649757A6 Succeeded 353918052345671  OK'
        $screen[3] | Should -BeLike "*$escape``[31mFailed$escape*"
        $results | Get-Screen | ForEach-Object { $_ | Should -Not -Match $escape }
    }

    It 'write no colors into a file, and work in strict mode' {
        $run = Invoke-FreshShell -ModulePath $ModulePath -Endpoint $service.Endpoint -Script @'
Set-StrictMode -Version Latest
Import-Module $ModulePath
Set-IotCardBinding 89860018521874998319 860456038157932 490154203237518
'@
        $run.Lines | Should -Contain '    1 89860018521874998319 Succeeded 490154203237518  OK'
    }
}
