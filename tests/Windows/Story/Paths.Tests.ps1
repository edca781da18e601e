param([string] $ModulePath, [object] $Sandbox, [string] $Folder)

BeforeDiscovery {
    $paths = @(
        @{ Name = 'blanks'; First = 1; Part = 'my jobs/job of today.jsonl' }
        @{ Name = 'brackets'; First = 4; Part = 'jobs [2026]/job[1].jsonl' }
        @{ Name = 'Chinese characters'; First = 7; Part = [string]::new([char[]] (0x7269, 0x8054, 0x7F51, 0x5361)) + '/' + [string]::new([char[]] (0x89E3, 0x7ED1)) + '.jsonl' }
    )
    if ($PSVersionTable.PSEdition -eq 'Core') {
        $paths += @{ Name = '314 characters'; First = 10; Part = $null }
    }
}

Describe 'The path of a journal' {
    BeforeAll {
        . (Join-Path $PSScriptRoot 'Story.ps1')
        Set-StoryDefault $Sandbox
        Import-Module $ModulePath
    }

    It 'may have <Name>' -ForEach $paths {
        if (-not $Part) {
            $room = 314 - $Folder.Length - 2
            $Part = ('l' * 140) + '/' + ('n' * ($room - 140 - 6)) + '.jsonl'
        }

        $path = [System.IO.Path]::GetFullPath((Join-Path $Folder $Part))
        $null = [System.IO.Directory]::CreateDirectory([System.IO.Path]::GetDirectoryName($path))
        $rows = @(Get-Row $First 3)

        $results = $rows | Remove-IotCardBinding -JournalPath $path
        $again = $rows | Remove-IotCardBinding -JournalPath $path

        $results.Outcome | Should -Be 'Succeeded', 'Succeeded', 'Succeeded'
        $again.FromJournal | Should -Be $true, $true, $true
        (Get-IotCardJournal -LiteralPath $path | Sort-Object Row).Iccid | Should -Be $rows.Iccid
        Get-Executed $Sandbox $rows | Should -Be 1, 1, 1
    }

    It 'may be relative to the current location' {
        Push-Location $Folder
        try {
            $null = Get-Row 20 1 | Remove-IotCardBinding -JournalPath 'relative.jsonl'
        }
        finally {
            Pop-Location
        }

        Join-Path $Folder 'relative.jsonl' | Should -Exist
    }
}
