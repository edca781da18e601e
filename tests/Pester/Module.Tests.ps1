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

    It 'has builds of the frameworks on which the editions run' {
        $frameworks = @{ Core = '.NETCoreApp,Version=v8.0'; Desktop = '.NETStandard,Version=v2.0' }
        foreach ($build in Get-ChildItem (Join-Path (Split-Path $ModulePath) 'bin') -Directory) {
            foreach ($assembly in 'IotCard.dll', 'dependencies/IotCard.Client.dll') {
                $text = [System.Text.Encoding]::GetEncoding('iso-8859-1').GetString([System.IO.File]::ReadAllBytes((Join-Path $build.FullName $assembly)))
                $text.Contains($frameworks[$build.Name]) | Should -BeTrue -Because "bin/$($build.Name)/$assembly is for $($frameworks[$build.Name])"
            }

            Test-Path (Join-Path $build.FullName 'dependencies/System.Text.Json.dll') | Should -Be ($build.Name -eq 'Desktop')
            Join-Path $build.FullName 'zh/IotCard.resources.dll' | Should -Exist
        }
    }

    It 'exports commands and nothing else' {
        (Get-Command -Module IotCard).CommandType | Select-Object -Unique | Should -Be 'Cmdlet'
        (Get-Module IotCard).ExportedAliases.Count | Should -Be 0
        (Get-Module IotCard).ExportedVariables.Count | Should -Be 0
    }

    It 'uses approved verbs' {
        Get-Command -Module IotCard | ForEach-Object { $_.Verb | Should -BeIn (Get-Verb).Verb }
    }

    It 'declares its output: <_>' -ForEach 'Set-IotCardBinding', 'Remove-IotCardBinding', 'Get-IotCardJournal' {
        (Get-Command $_).OutputType.Name | Should -Contain 'IotCard.BindingResult'
    }

    It 'has the editions that it runs on and a version in its manifest' {
        $module = Get-Module IotCard
        $module.CompatiblePSEditions | Should -Be 'Core', 'Desktop'
        $module.Version | Should -BeGreaterThan ([version] '0.0')
    }

    It 'completes the signature methods' {
        $line = 'Set-IotCardBinding -SignatureMethod '
        (TabExpansion2 $line $line.Length).CompletionMatches.CompletionText | Should -Be 'ACS3-HMAC-SHA256', 'HMAC-SHA1'
    }

    It 'completes <Line> with possible values, but no files' -ForEach @(
        @{ Line = 'Set-IotCardBinding -ThrottleLimit '; Offered = '1', '5', '16', '32', '64', '128', '256' }
        @{ Line = 'Remove-IotCardBinding -ThrottleLimit 1'; Offered = '1', '16', '128' }
        @{ Line = 'Set-IotCardBinding -Endpoint '; Offered = 'https://dyiotapi.aliyuncs.com', 'http://127.0.0.1:8080' }
        @{ Line = 'Set-IotCardBinding -Endpoint r'; Offered = 'r' }
    ) {
        Push-Location $TestDrive
        try {
            Set-Content 'rows.csv' 'Iccid'
            (TabExpansion2 $Line $Line.Length).CompletionMatches.CompletionText | Should -Be $Offered
        }
        finally {
            Pop-Location
        }
    }

    It 'explains its prompts in <Culture>' -ForEach @(
        @{ Culture = 'en-US'; Word = 'The IMEI of the new device.' }
        @{ Culture = 'zh-CN'; Word = [string]::new([char[]] (0x65B0, 0x8BBE, 0x5907, 0x7684, 0x20, 0x49, 0x4D, 0x45, 0x49, 0x3002)) }
    ) {
        . (Join-Path $PSScriptRoot 'Shell.ps1')
        $run = Invoke-FreshShell -ModulePath $ModulePath -Endpoint 'http://127.0.0.1:1' -Answer '!?', '3' -Script @"
[Console]::OutputEncoding = [System.Text.Encoding]::UTF8
[cultureinfo]::CurrentUICulture = '$Culture'
Import-Module `$ModulePath
Set-IotCardBinding 1 2 -ErrorAction SilentlyContinue
"@
        $run.Lines | Should -Contain $Word
    }

    It 'completes profile names, quoted if necessary' {
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
