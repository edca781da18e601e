# Functions shared by the tasks of build.ps1: the manifest, the changelog, dotnet.

function Invoke-DotNet {
    & dotnet @args
    if ($LASTEXITCODE -ne 0) {
        throw "dotnet $($args[0]) failed with exit code $LASTEXITCODE."
    }
}

# Import-PowerShellDataFile accepts only constants, but the manifest chooses its assembly by edition.
function Read-ModuleManifest {
    param([Parameter(Mandatory)][string] $Path)

    $manifest = [scriptblock]::Create([System.IO.File]::ReadAllText($Path))
    $manifest.CheckRestrictedLanguage([string[]] @(), [string[]] @('PSEdition'), $false)
    & $manifest
}

# The newest section of the changelog: the parts of its heading and its text.
function Get-ReleaseNote {
    param([Parameter(Mandatory)][string] $Path)

    $sections = [System.IO.File]::ReadAllText($Path).Replace("`r`n", "`n") -split '(?m)^## ' | Select-Object -Skip 1
    if (-not $sections) {
        throw "$Path has no section: a line that begins with '## ' and a version."
    }

    $heading, $text = @($sections)[0] -split "`n", 2
    [pscustomobject]@{
        Version      = ($heading.Trim('[', ' ') -split '[\] ]')[0]
        IsUnreleased = $heading -match 'unreleased'
        Text         = $text.Trim()
    }
}
