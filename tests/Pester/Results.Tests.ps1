param([string] $ModulePath, [string] $Sandbox)

Describe 'The recipes of docs/results.md' {
    BeforeAll {
        . (Join-Path $PSScriptRoot 'Sandbox.ps1')
        Import-Module $ModulePath -Force
        $docs = Join-Path $PSScriptRoot '../../docs'
        $recipes = @([regex]::Matches((Get-Content (Join-Path $docs 'results.md') -Raw -Encoding utf8), '(?s)```powershell\r?\n(.*?)\r?\n```') | ForEach-Object { $_.Groups[1].Value })

        function Invoke-Recipe {
            # Runs the one recipe whose code is like this, in the caller's scope.
            param([string] $Like, [hashtable] $Variable = @{})

            $code = @($recipes -like $Like)
            $code.Count | Should -Be 1 -Because $Like
            $Variable.Keys | ForEach-Object { Set-Variable $_ $Variable[$_] }
            . ([scriptblock]::Create("$($code[0])`nif (Get-Variable back -ErrorAction Ignore) { `$back } elseif (Get-Variable undone -ErrorAction Ignore) { `$undone }"))
        }

        # Where each card is bound to, as the service says.
        function Get-Device {
            (Get-IotCard $list.Iccid -ErrorAction SilentlyContinue).Imei
        }
    }

    BeforeEach {
        $ConfirmPreference = 'None'
        $work = New-Item (Join-Path $TestDrive ([guid]::NewGuid())) -ItemType Directory
        Push-Location $work
        # The second card gets the device that the first one leaves.
        $list = @(
            [pscustomobject]@{ Iccid = '89860000000000000001'; Imei = '860456038157932'; NewImei = '353918052345671'; Site = 'North' }
            [pscustomobject]@{ Iccid = '89860000000000000002'; Imei = '861762040877246'; NewImei = '490154203237518'; Site = 'South' }
            [pscustomobject]@{ Iccid = '89860000000000000009'; Imei = '868019042631722'; NewImei = '356938035643809'; Site = 'West' }
        )
        $list | Export-Csv swaps.csv
        $list | Select-Object -First 2 | Export-Csv fleet.csv
        $service = Start-Sandbox $Sandbox -Options '--fleet', "$(Join-Path $work 'fleet.csv')"
        $env:IOTCARD_ENDPOINT = $service.Endpoint
        $env:ALIBABA_CLOUD_ACCESS_KEY_ID = 'sandbox-id'
        $env:ALIBABA_CLOUD_ACCESS_KEY_SECRET = 'sandbox-secret'
        $WarningPreference = 'SilentlyContinue'
        $results = $list | Set-IotCardBinding -JournalPath swaps.jsonl -ErrorAction SilentlyContinue
        $results | Export-Csv result.csv
    }

    AfterEach {
        Stop-Sandbox $service
        'IOTCARD_ENDPOINT', 'ALIBABA_CLOUD_ACCESS_KEY_ID', 'ALIBABA_CLOUD_ACCESS_KEY_SECRET' | ForEach-Object { Set-Item "env:$_" $null }
        Pop-Location
    }

    AfterAll {
        Remove-Module IotCard
    }

    It 'run a list and look at its results' {
        Remove-Item swaps.jsonl, result.csv
        $output = Invoke-Recipe '*Group-Object Outcome*Measure-Object*' | Out-String

        $output | Should -Match '(?s)Failed, isv.*Average'
        @(Import-Csv result.csv).Count | Should -Be 3
        Invoke-Recipe "*ToLocalTime*" @{ results = $results } | Out-String | Should -Match $results[0].CompletedAt.ToLocalTime().ToString('HH:mm')
    }

    It 'join a column of the list' {
        $null = Invoke-Recipe '*sites.csv*' @{ results = $results; list = $list }
        (Import-Csv sites.csv).Site | Should -Be 'North', 'South', 'West'

        (Invoke-Recipe '*Select-Object Row, Iccid, Code, @*' @{ list = $list }).Site | Should -Be 'West'
    }

    It 'send what failed once more, and nothing else' {
        $before = (Get-SandboxLog $service).Requests
        $again = Invoke-Recipe '$results | Where-Object Outcome -eq Failed |*' @{ results = $results }

        @($again).Count | Should -Be 1
        (Get-SandboxLog $service).Requests - $before | Should -Be 1
    }

    It 'take a list back, <From>' -ForEach @(
        @{ From = 'from its results'; Like = '$back = $results*-WhatIf' }
        @{ From = 'from a CSV'; Like = '$back = Import-Csv*' }
        @{ From = 'from the journal'; Like = '$back = Get-IotCardJournal*' }
    ) {
        Get-Device | Should -Be '353918052345671', '490154203237518'
        $back = Invoke-Recipe $Like @{ results = $results }
        Get-Device | Should -Be '353918052345671', '490154203237518'

        @($back).Iccid | Should -Be '89860000000000000002', '89860000000000000001'
        $null = Invoke-Recipe '$undone = $back*' @{ back = $back }

        Get-Device | Should -Be '860456038157932', '861762040877246'
    }

    It 'take a list back in which a device went from one card to the next' {
        $chain = @(
            [pscustomobject]@{ Iccid = $list[0].Iccid; Imei = '353918052345671'; NewImei = '358265017896546' }
            [pscustomobject]@{ Iccid = $list[1].Iccid; Imei = '490154203237518'; NewImei = '353918052345671' }
        )
        $results = $chain | Set-IotCardBinding -JournalPath chain.jsonl -ErrorAction SilentlyContinue
        $results.Outcome | Should -Be 'Succeeded', 'Succeeded'

        $back = Invoke-Recipe '$back = $results*-WhatIf' @{ results = $results }
        $null = $back | Set-IotCardBinding -JournalPath chain.jsonl
        Get-Device | Should -Be '353918052345671', '490154203237518'
    }

    It 'settle each Unknown rebind by the devices of its own row' {
        # The first card stays where it was, and the second one goes there: by the other row's devices, it too would be where it should.
        $rows = @(
            [pscustomobject]@{ Iccid = $list[1].Iccid; Imei = '490154203237518'; NewImei = '356938035643809' }
            [pscustomobject]@{ Iccid = $list[0].Iccid; Imei = '353918052345671'; NewImei = '490154203237518' }
        )
        $null = Invoke-SandboxCall $service 'faults' -Method Put -Body '{"Rates":{"OkWithoutResult":1}}'
        Remove-Item swaps.jsonl
        $unknown = $rows | Set-IotCardBinding -JournalPath swaps.jsonl -ErrorAction SilentlyContinue
        $unknown.Outcome | Should -Be 'Unknown', 'Unknown'
        $null = Invoke-SandboxCall $service 'faults' -Method Put -Body '{"Rates":{}}'
        Get-IotCard $rows.Iccid | Where-Object Imei -ne '490154203237518' | Select-Object Iccid, Imei, @{ Name = 'NewImei'; Expression = { '490154203237518' } } | Set-IotCardBinding -SkipListCheck -NoJournal
        Get-Device | Should -Be '490154203237518', '490154203237518'

        $settled = Invoke-Recipe 'foreach ($row in Get-IotCardJournal*'

        $settled = $settled | Sort-Object Row
        $settled.Code | Should -Be 'Resolved', 'Resolved'
        $settled.Outcome | Should -Be 'Failed', 'Succeeded'
        $settled.Message | Should -BeLike '*in device 490154203237518*'
    }

    It 'hand the job over' {
        $null = Invoke-Recipe 'Export-IotCardReport*' @{ results = $results }

        'swaps.html', 'swaps.md' | Should -Exist
        Get-Content swaps.md -Raw | Should -BeLike '*Rows: 3.*'
    }
}
