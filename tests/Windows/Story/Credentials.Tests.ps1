param([string] $ModulePath, [object] $Sandbox, [string] $Folder)

Describe 'The credential' {
    BeforeAll {
        . (Join-Path $PSScriptRoot 'Story.ps1')
        Set-StoryDefault $Sandbox
        Import-Module $ModulePath
        $env:ALIBABA_CLOUD_ACCESS_KEY_ID = $null
        $env:ALIBABA_CLOUD_ACCESS_KEY_SECRET = $null
        $env:ALIBABA_CLOUD_ECS_METADATA_DISABLED = 'true'

        $config = Join-Path ([System.Environment]::GetFolderPath('UserProfile')) '.aliyun\config.json'
        if (Test-Path $config) {
            throw "This part writes $config, which exists: run it as another user."
        }

        function Set-Profile([string] $Fields) {
            $null = New-Item (Split-Path $config) -ItemType Directory -Force
            [System.IO.File]::WriteAllText($config, '{"current":"default","profiles":[{"name":"default",' + $Fields + '},{"name":"shop floor","mode":"AK","access_key_id":"sandbox-id","access_key_secret":"sandbox-secret"}]}')
        }
    }

    AfterAll {
        if (Test-Path $config) { Remove-Item (Split-Path $config) -Recurse -Force }
    }

    It 'is missed with an error that says so' {
        { Get-Row 1 1 | Remove-IotCardBinding } | Should -Throw -ErrorId 'CredentialNotFound,*'
    }

    It 'is found in the profile of the vendor''s command line' {
        Set-Profile '"mode":"AK","access_key_id":"sandbox-id","access_key_secret":"sandbox-secret"'

        $found = Get-IotCardCredential
        $result = Get-Row 2 1 | Remove-IotCardBinding

        $found.AccessKeyId | Should -Not -Be 'sandbox-id'
        $result.Outcome | Should -Be 'Succeeded'
    }

    It 'is that of a profile given by name' {
        Set-Profile '"mode":"AK","access_key_id":"wrong","access_key_secret":"wrong"'

        (Get-Row 3 1 | Remove-IotCardBinding -ProfileName 'shop floor').Outcome | Should -Be 'Succeeded'
    }

    It 'comes from the program of an External profile, found by PATH and PATHEXT' {
        $tools = New-Item (Join-Path $Folder 'tools of ours') -ItemType Directory -Force
        [System.IO.File]::WriteAllText((Join-Path $tools 'vault.cmd'), "@echo {`"mode`":`"AK`",`"access_key_id`":`"sandbox-id`",`"access_key_secret`":`"sandbox-secret`"}`r`n")
        $before = $env:PATH
        $env:PATH = "$tools;$env:PATH"
        try {
            Set-Profile '"mode":"External","process_command":"vault"'
            (Get-Row 4 1 | Remove-IotCardBinding).Outcome | Should -Be 'Succeeded'
        }
        finally {
            $env:PATH = $before
        }
    }

    It 'comes from a batch file, to which cmd hands every argument as it is' {
        $tools = New-Item (Join-Path $Folder 'batch files') -ItemType Directory -Force
        $seen, $second = (Join-Path $tools 'seen.txt'), (Join-Path $tools 'second.txt')
        [System.IO.File]::WriteAllText((Join-Path $tools 'vault.cmd'), "@echo off`r`necho %1> `"$seen`"`r`necho {`"mode`":`"AK`",`"access_key_id`":`"sandbox-id`",`"access_key_secret`":`"sandbox-secret`"}`r`n")

        # The extension is found as well.
        Set-Profile "`"mode`":`"External`",`"process_command`":`"'$tools\vault' 'a&echo x>$second'`"".Replace('\', '\\')

        (Get-Row 5 1 | Remove-IotCardBinding).Outcome | Should -Be 'Succeeded'
        Get-Content $seen | Should -Match ([regex]::Escape('a&echo x>'))
        Test-Path $second | Should -BeFalse
    }

    It 'comes neither from a program in the current folder nor from arguments that cmd would read' {
        Push-Location $Folder
        try {
            [System.IO.File]::WriteAllText((Join-Path $Folder 'here.cmd'), "@echo x> ran.txt`r`n")
            foreach ($command in '.\here.cmd', 'here.cmd', '\here.cmd', "'$Folder\here.cmd' %PATH%") {
                Set-Profile "`"mode`":`"External`",`"process_command`":`"$command`"".Replace('\', '\\')
                { Get-Row 6 1 | Remove-IotCardBinding -ProfileName default } | Should -Throw -ErrorId 'ExternalCommandFailed,*'
            }

            Test-Path (Join-Path $Folder 'ran.txt') | Should -BeFalse
        }
        finally {
            Pop-Location
        }
    }
}
