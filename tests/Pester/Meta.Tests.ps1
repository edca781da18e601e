param([string] $ModulePath, [string] $Sandbox)

BeforeDiscovery {
    . (Join-Path $PSScriptRoot '../../build/Module.ps1')
    $commands = (Read-ModuleManifest (Join-Path $PSScriptRoot '../../IotCard.psd1')).CmdletsToExport
}

Describe 'Every command' {
    BeforeAll {
        Import-Module $ModulePath -Force
        $root = (Resolve-Path (Join-Path $PSScriptRoot '../..')).Path
        $module = Split-Path $ModulePath
    }

    AfterAll {
        Remove-Module IotCard
    }

    It 'in the manifest is exported' {
        (Get-Command -Module IotCard).Name | Should -Be ($commands | Sort-Object)
    } -ForEach @{ commands = $commands }

    Context '<_>' -ForEach $commands {
        It 'has an English synopsis in the shell, and no placeholder' {
            $help = Get-Help $_
            $help.Synopsis.Trim() | Should -Not -BeNullOrEmpty
            $help.Synopsis | Should -Not -Match '\{\{|^\s*[A-Z]\w+-IotCard\w+ \['
        }
    }
}

Describe 'The script analyzer' {
    It 'finds nothing in any script' {
        if (-not (Get-Module PSScriptAnalyzer -ListAvailable)) {
            Set-ItResult -Skipped -Because 'PSScriptAnalyzer is not installed'
        }

        $root = (Resolve-Path (Join-Path $PSScriptRoot '../..')).Path
        # The manifest is analyzed in the folder of the files that it names.
        $scripts = @($ModulePath) + @(
            Get-ChildItem $root -File | Where-Object Name -NE 'IotCard.psd1'
            'build', 'docs', 'tests' | ForEach-Object { Get-ChildItem (Join-Path $root $_) -Recurse -File } |
                Where-Object FullName -NotMatch '[\\/](bin|obj|node_modules|out)[\\/]'
        ).Where({ $_.Extension -in '.ps1', '.psd1' }).FullName
        $scripts.Count | Should -BeGreaterThan 15

        $findings = $scripts | Invoke-ScriptAnalyzer -Settings (Join-Path $root 'PSScriptAnalyzerSettings.psd1')
        $findings | ForEach-Object { "$($_.RuleName), $($_.ScriptName), line $($_.Line): $($_.Message)" } | Should -BeNullOrEmpty
    }
}
