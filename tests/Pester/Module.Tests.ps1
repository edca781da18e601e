param([string] $ModulePath, [string] $Sandbox)

Describe 'The module' {
    BeforeAll {
        Import-Module $ModulePath -Force
    }

    AfterAll {
        Remove-Module IotCard
    }

    It 'has a valid manifest' {
        { Test-ModuleManifest $ModulePath -ErrorAction Stop } | Should -Not -Throw
    }

    It 'exports its commands and nothing else' {
        (Get-Command -Module IotCard).Name | Should -Be 'Get-IotCardCredential', 'Get-IotCardJournal', 'Remove-IotCardBinding', 'Set-IotCardBinding'
        (Get-Command -Module IotCard).CommandType | Select-Object -Unique | Should -Be 'Cmdlet'
        (Get-Module IotCard).ExportedAliases.Count | Should -Be 0
        (Get-Module IotCard).ExportedVariables.Count | Should -Be 0
    }

    It 'uses approved verbs' {
        Get-Command -Module IotCard | ForEach-Object { $_.Verb | Should -BeIn (Get-Verb).Verb }
    }

    It 'says what it gives: <_>' -ForEach 'Set-IotCardBinding', 'Remove-IotCardBinding', 'Get-IotCardJournal' {
        (Get-Command $_).OutputType.Name | Should -Be 'IotCard.BindingResult'
    }

    It 'names in its manifest the edition that it runs on, and a version' {
        $module = Get-Module IotCard
        $module.CompatiblePSEditions | Should -Be 'Core', 'Desktop'
        $module.Version | Should -BeGreaterThan ([version] '0.0')
    }

    It 'completes the signature methods' {
        $line = 'Set-IotCardBinding -SignatureMethod '
        (TabExpansion2 $line $line.Length).CompletionMatches.CompletionText | Should -Be 'ACS3-HMAC-SHA256', 'HMAC-SHA1'
    }

    It 'completes profile names, quoted where they need it' {
        $env:ALIBABA_CLOUD_CONFIG_FILE = Join-Path $TestDrive 'config.json'
        try {
            Set-Content $env:ALIBABA_CLOUD_CONFIG_FILE '{"current":"default","profiles":[{"name":"factory","mode":"AK"},{"name":"field site","mode":"AK"}]}'
            $line = 'Set-IotCardBinding -ProfileName f'
            (TabExpansion2 $line $line.Length).CompletionMatches.CompletionText | Should -Be 'factory', "'field site'"
        }
        finally {
            $env:ALIBABA_CLOUD_CONFIG_FILE = $null
        }
    }
}
