# Puts the packed module where PowerShell finds it: on this machine, or for everybody.

function Get-UserModulePath {
    if ($PSVersionTable.PSEdition -ne 'Core') {
        return Join-Path ([Environment]::GetFolderPath('MyDocuments')) 'WindowsPowerShell/Modules'
    }

    if ($IsWindows) {
        return Join-Path ([Environment]::GetFolderPath('MyDocuments')) 'PowerShell/Modules'
    }

    $data = if ($env:XDG_DATA_HOME) { $env:XDG_DATA_HOME } else { Join-Path $HOME '.local/share' }
    Join-Path $data 'powershell/Modules'
}

function Install-PackedModule {
    [CmdletBinding(SupportsShouldProcess)]
    param(
        [Parameter(Mandatory)][string] $Version,

        # Makes the package; not called in a rehearsal.
        [Parameter(Mandatory)][scriptblock] $Pack
    )

    $target = Join-Path (Get-UserModulePath) "IotCard/$Version"
    if (-not $PSCmdlet.ShouldProcess($target, 'Install IotCard')) {
        return
    }

    $package = & $Pack
    if (Test-Path $target) {
        Remove-Item $target -Recurse -Force
    }

    $null = New-Item $target -ItemType Directory -Force
    Copy-Item (Join-Path $package.Folder '*') $target -Recurse
    Write-Host "Installed $target"
}

function Publish-PackedModule {
    [CmdletBinding(SupportsShouldProcess, ConfirmImpact = 'High')]
    param(
        [AllowEmptyString()][string] $NuGetApiKey,

        [Parameter(Mandatory)][scriptblock] $Pack
    )

    if (-not $NuGetApiKey) {
        throw 'Publishing needs a key of the gallery: ./build.ps1 -Task Publish -NuGetApiKey <key>'
    }

    $tool = Get-Command Publish-PSResource, Publish-Module -ErrorAction SilentlyContinue | Select-Object -First 1
    if (-not $tool) {
        throw 'Publishing needs Publish-PSResource or Publish-Module, and neither is here: Install-Module Microsoft.PowerShell.PSResourceGet'
    }

    $package = & $Pack
    if ($package.IsUnreleased) {
        throw "CHANGELOG.md calls $($package.Version) unreleased. Give its section the day's date first."
    }

    if (-not $PSCmdlet.ShouldProcess("$($package.Path), to the PowerShell Gallery, for everybody and for good", 'Publish')) {
        return
    }

    # The package that was tested, to the letter, where the tool can; else a package of the same files.
    $what = if ($tool.Name -eq 'Publish-PSResource' -and $tool.Parameters.ContainsKey('NupkgPath')) {
        @{ NupkgPath = $package.Path; ApiKey = $NuGetApiKey }
    }
    elseif ($tool.Name -eq 'Publish-PSResource') {
        @{ Path = $package.Folder; ApiKey = $NuGetApiKey }
    }
    else {
        @{ Path = $package.Folder; NuGetApiKey = $NuGetApiKey }
    }
    & $tool @what -Repository PSGallery -Confirm:$false
    Write-Host "Published IotCard $($package.Version)"
}
