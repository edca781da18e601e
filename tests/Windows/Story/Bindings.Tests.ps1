param([string] $ModulePath, [object] $Sandbox, [string] $Folder)

Describe 'A list of cards' {
    BeforeAll {
        . (Join-Path $PSScriptRoot 'Story.ps1')
        Set-StoryDefault $Sandbox
        Import-Module $ModulePath
    }

    It 'is only looked at in a dry run' {
        $rows = Get-Row 1 3

        $checks = $rows | Test-IotCardBinding -Operation Unbind
        $results = @($rows | Remove-IotCardBinding -WhatIf)

        $checks.Action | Should -Be 'Send', 'Send', 'Send'
        $results.Count | Should -Be 0
        Get-Executed $Sandbox $rows | Should -Be 0, 0, 0
    }

    It 'is rebound, in its order, from a CSV with Chinese headers' {
        $file = Join-Path $Folder 'swaps.csv'
        $swaps = @(Get-Swap 10 40)
        $swaps | Select-Object Iccid, @{ n = [string]::new([char[]] (0x8BBE, 0x5907, 0x49, 0x4D, 0x45, 0x49)); e = 'Imei' }, NewImei | Export-Csv $file -NoTypeInformation -Encoding utf8

        $results = Import-Csv $file -Encoding utf8 | Set-IotCardBinding -ThrottleLimit 16

        $results.Iccid | Should -Be $swaps.Iccid
        $results.Outcome | Select-Object -Unique | Should -Be 'Succeeded'
        $results.Imei | Should -Be $swaps.NewImei
        Get-Executed $Sandbox $swaps | Select-Object -Unique | Should -Be 1
    }

    It 'is unbound' {
        $rows = @(Get-Row 60 20)

        $results = $rows | Remove-IotCardBinding

        $results.Outcome | Select-Object -Unique | Should -Be 'Succeeded'
        Get-Executed $Sandbox $rows | Select-Object -Unique | Should -Be 1
    }

    It 'speaks Chinese to those who do' {
        $before = [cultureinfo]::CurrentUICulture
        try {
            [cultureinfo]::CurrentUICulture = 'zh-CN'
            $result = [pscustomobject]@{ Iccid = '12'; Imei = '860456038157932' } | Remove-IotCardBinding -ErrorAction SilentlyContinue -ErrorVariable problem
        }
        finally {
            [cultureinfo]::CurrentUICulture = $before
        }

        $result.Code | Should -Be 'InvalidIccid'
        "$problem" | Should -Match '[\u4e00-\u9fff]{4}'
    }

    It 'is shown as a table that a console can show' {
        $shown = Get-Row 90 1 | Remove-IotCardBinding | Format-Table | Out-String -Width 120

        $shown | Should -Match 'Succeeded'
    }
}
