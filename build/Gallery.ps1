# Puts the packed module where PowerShell finds it: on this machine, or in a gallery.

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

        # Creates the package; not called under -WhatIf.
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
        [Parameter(Mandatory)][string] $Repository,

        [AllowNull()][securestring] $NuGetApiKey,

        [AllowNull()][uri] $ProjectUri,

        [Parameter(Mandatory)][string] $Version,

        [Parameter(Mandatory)][bool] $IsUnreleased,

        # Creates the package; not called under -WhatIf.
        [Parameter(Mandatory)][scriptblock] $Pack
    )

    $key = if ($NuGetApiKey) { [System.Net.NetworkCredential]::new('', $NuGetApiKey).Password } else { $env:NUGET_API_KEY }

    # A private feed has its own rules; what is published to the gallery is public and permanent.
    $where = "the repository $Repository"
    if ($Repository -eq 'PSGallery') {
        $where = 'the PowerShell Gallery, for everybody and for good'
        if (-not $key) {
            throw 'Publishing needs a key of the gallery: ./build.ps1 -Task Publish -NuGetApiKey (Read-Host -AsSecureString), or the variable NUGET_API_KEY'
        }

        if (-not $ProjectUri) {
            throw "Publishing needs the project's page, to which the gallery and Get-Help -Online link: give it with -ProjectUri."
        }

        if ($IsUnreleased) {
            throw "CHANGELOG.md calls $Version unreleased. Give its section the day's date first."
        }
    }

    $tool = Get-Command Publish-PSResource, Publish-Module -ErrorAction SilentlyContinue | Select-Object -First 1
    if (-not $tool) {
        throw 'Publishing needs Publish-PSResource or Publish-Module, and neither is here: Install-Module Microsoft.PowerShell.PSResourceGet'
    }

    if (-not $PSCmdlet.ShouldProcess("IotCard $Version, to $where", 'Publish')) {
        return
    }

    # The very package that was tested, if the tool can publish one; else a package of the same files.
    $package = & $Pack
    $what = if ($tool.Parameters.ContainsKey('NupkgPath')) { @{ NupkgPath = $package.Path } } else { @{ Path = $package.Folder } }
    if ($key) {
        $what[$(if ($tool.Name -eq 'Publish-PSResource') { 'ApiKey' } else { 'NuGetApiKey' })] = $key
    }

    & $tool @what -Repository $Repository -Confirm:$false
    Write-Host "Published IotCard $Version to $where"
}
