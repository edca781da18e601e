param([string] $ModulePath, [object] $Sandbox, [string] $Folder)

Describe 'The import' {
    BeforeAll {
        . (Join-Path $PSScriptRoot 'Story.ps1')
        Set-StoryDefault $Sandbox
        $modulePathBefore = $env:PSModulePath
    }

    AfterAll {
        $env:PSModulePath = $modulePathBefore
    }

    It 'is done by the first command, from PSModulePath' {
        $env:PSModulePath = (Split-Path (Split-Path $ModulePath)) + [System.IO.Path]::PathSeparator + $env:PSModulePath

        $result = Get-Swap 1 1 | Set-IotCardBinding

        $result.Outcome | Should -Be 'Succeeded'
        (Get-Module IotCard).ModuleBase | Should -Be (Split-Path $ModulePath)
    }

    It 'can be done again, by path' {
        Remove-Module IotCard -ErrorAction SilentlyContinue
        Import-Module $ModulePath -Force

        (Get-Swap 2 1 | Set-IotCardBinding).Outcome | Should -Be 'Succeeded'
    }

    It 'loads the client that was compiled for this system, processor and runtime, if there is one' {
        $dependencies = Join-Path (Split-Path (Get-Command Set-IotCardBinding).ImplementingType.Assembly.Location) 'dependencies'
        $processor = "$([System.Runtime.InteropServices.RuntimeInformation]::ProcessArchitecture)".ToLowerInvariant()
        $image = Join-Path $dependencies "win-$processor/net$([Environment]::Version.Major).0/IotCard.Client.dll"
        $expected = if (Test-Path $image) { $image } else { Join-Path $dependencies 'IotCard.Client.dll' }

        $client = [System.AppDomain]::CurrentDomain.GetAssemblies() | Where-Object { $_.GetName().Name -eq 'IotCard.Client' }

        $client.Location | Should -Be (Convert-Path $expected)
    }

    It 'needs no policy but RemoteSigned' {
        Remove-Module IotCard -ErrorAction SilentlyContinue
        Set-ExecutionPolicy RemoteSigned -Scope Process -Force

        { Import-Module $ModulePath -ErrorAction Stop } | Should -Not -Throw
    }

    It 'says under the policy Restricted which file is in the way, and where to read on' {
        Remove-Module IotCard -ErrorAction SilentlyContinue
        Set-ExecutionPolicy Restricted -Scope Process -Force
        try {
            { Import-Module $ModulePath -ErrorAction Stop } | Should -Throw '*IotCard.Format.ps1xml*about_Execution_Policies*'
        }
        finally {
            Set-ExecutionPolicy Bypass -Scope Process -Force
        }
    }
}
