param([string] $ModulePath, [string] $Sandbox)

Describe 'Get-IotCardJournal' {
    BeforeAll {
        . (Join-Path $PSScriptRoot 'Sandbox.ps1')
        Import-Module $ModulePath -Force
        $credential = [pscredential]::new('sandbox-id', (ConvertTo-SecureString 'sandbox-secret' -AsPlainText -Force))
        $service = Start-Sandbox $Sandbox
        $PSDefaultParameterValues['*-IotCardBinding:Endpoint'] = $service.Endpoint
        $PSDefaultParameterValues['*-IotCardBinding:Credential'] = $credential
        $rows = @(
            [pscustomobject]@{ Iccid = '89860018521874998319'; Imei = '860456038157932'; NewImei = '353918052345671' }
            [pscustomobject]@{ Iccid = '89860219070907095849'; Imei = '860456038157932'; NewImei = '490154203237518' }
        )
    }

    AfterAll {
        $PSDefaultParameterValues.Clear()
        Stop-Sandbox $service
        Remove-Module IotCard
    }

    It 'gives back what a run wrote, and the same line again sends nothing' {
        $journal = Join-Path $TestDrive 'job.jsonl'
        $first = $rows | Set-IotCardBinding -JournalPath $journal -ErrorAction SilentlyContinue

        $read = Get-Item $journal | Get-IotCardJournal
        $again = $rows[0] | Set-IotCardBinding -JournalPath $journal

        $read.Iccid | Should -Be $first.Iccid
        $read.Outcome | Should -Be 'Succeeded', 'Failed'
        $read.FromJournal | Should -Be $true, $true
        $again.FromJournal | Should -BeTrue
        $again.RequestId | Should -Be $first[0].RequestId
    }

    It 'is an error that goes on for a file that is not there' {
        Get-IotCardJournal (Join-Path $TestDrive 'none.jsonl') -ErrorAction SilentlyContinue -ErrorVariable problems | Should -BeNullOrEmpty
        @($problems).Count | Should -Be 1
    }
}
