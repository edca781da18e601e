param([string] $ModulePath, [string] $Sandbox)

Describe 'The picture of the README' {
    BeforeAll {
        $isPossible = $PSVersionTable.PSVersion -ge [version] '7.5' -and $IsLinux
        if ($isPossible) {
            $docs = Join-Path $PSScriptRoot '../../docs'
            $made = & (Join-Path $PSScriptRoot '../../build/Picture.ps1') -ModulePath $ModulePath -Sandbox $Sandbox -Path $TestDrive -PassThru
        }

        function Get-Piece([string] $Path) {
            ([xml] (Get-Content $Path -Raw -Encoding utf8)).svg.g.text
        }

        # Request ids, the folder and the time differ from run to run, but not in length.
        function Hide-RequestId([string] $Text) {
            $Text -replace '[0-9A-F]{8}(-[0-9A-F]{4}){3}-[0-9A-F]{12}', 'REQUEST-ID' -replace 'iotcard-[0-9a-f]+', 'FOLDER' -replace
            '\d{8}T\d{9}Z', 'TIME' -replace '127\.0\.0\.1:\d{5}', 'ENDPOINT'
        }
    }

    BeforeEach {
        if (-not $isPossible) {
            Set-ItResult -Skipped -Because 'the picture is made by PowerShell 7.5 or later, on Linux'
        }
    }

    It 'contains everything that the shell wrote: <_>' -ForEach 'session.svg', 'session.zh-CN.svg' {
        $name = $_
        $shown = ($made | Where-Object Name -EQ $name).Shown -replace '\e\[[?\d;]*[a-z]', '' -split '\n' -notmatch '^(PS>|>>) $'

        -join (Get-Piece (Join-Path $TestDrive $name)).InnerText -replace '\s' | Should -Be ((-join $shown) -replace '\s')
    }

    It 'shows it as a terminal does: <_>' -ForEach 'session.svg', 'session.zh-CN.svg' {
        $kept = Get-Piece (Join-Path $docs $_)
        $fresh = Get-Piece (Join-Path $TestDrive $_)

        # If it differs, ./build/Picture.ps1 creates it again.
        Hide-RequestId (-join $kept.InnerText) | Should -Be (Hide-RequestId (-join $fresh.InnerText))
        $places = foreach ($pieces in $kept, $fresh) {
            ($pieces | ForEach-Object { ($_.Attributes | ForEach-Object { "$($_.Name)=$($_.Value)" }) -join ' ' }) -join "`n"
        }
        $places[0] | Should -Be $places[1]
    }
}
