# Writes the package's bill of materials in CycloneDX format: every file in it with its hash, by where it comes from.

function Export-Sbom {
    param(
        # The folder of the packed files, and the package itself.
        [Parameter(Mandatory)][string] $Stage,

        [Parameter(Mandatory)][string] $Package,

        # What was restored for the build: its project.assets.json.
        [Parameter(Mandatory)][string] $Assets,

        [Parameter(Mandatory)][string] $Version
    )

    $restored = Get-Content $Assets -Raw | ConvertFrom-Json
    $libraries = @(Get-ShippedLibrary -Restored $restored -Stage $Stage)
    $ofOthers = @($libraries | ForEach-Object { $_.Files })
    $own = Get-ChildItem $Stage -Recurse -File | ForEach-Object { $_.FullName.Substring($Stage.Length + 1).Replace('\', '/') } | Where-Object { $_ -cnotin $ofOthers }

    $bill = [ordered]@{
        bomFormat   = 'CycloneDX'
        specVersion = '1.6'
        version     = 1
        metadata    = [ordered]@{
            component = [ordered]@{
                type       = 'library'
                name       = 'IotCard'
                version    = $Version
                licenses   = @(@{ license = @{ id = 'MIT' } })
                components = @(
                    ConvertTo-FileComponent (Split-Path $Package) (Split-Path $Package -Leaf)
                    $own | Sort-Object -Culture en-US | ForEach-Object { ConvertTo-FileComponent $Stage $_ }
                )
            }
        }
        components  = @($libraries | ForEach-Object { ConvertTo-LibraryComponent $_ $restored $Stage })
    }
    $path = [System.IO.Path]::ChangeExtension($Package, 'cdx.json')
    [System.IO.File]::WriteAllText($path, (ConvertTo-Json $bill -Depth 10).Replace("`r`n", "`n") + "`n")
    $path
}

# The restored packages of which something is in the package: files, or code that was compiled into its own assemblies.
function Get-ShippedLibrary {
    param([Parameter(Mandatory)] $Restored, [Parameter(Mandatory)][string] $Stage)

    $editions = @{ 'net8.0' = 'Core'; 'netstandard2.0' = 'Desktop' }
    $uses = foreach ($target in $Restored.targets.PSObject.Properties) {
        if (-not $editions.ContainsKey($target.Name)) {
            throw "build/Sbom.ps1 does not know which edition is built for $($target.Name)."
        }

        foreach ($library in $target.Value.PSObject.Properties) {
            $runtime = $library.Value.PSObject.Properties['runtime']
            $files = @(if ($runtime) {
                    $runtime.Value.PSObject.Properties.Name | ForEach-Object { "bin/$($editions[$target.Name])/dependencies/$(Split-Path $_ -Leaf)" }
                }) | Where-Object { $library.Value.type -eq 'package' -and (Test-Path (Join-Path $Stage $_) -PathType Leaf) }
            $isCompiledIn = $library.Name -like 'PolySharp/*'
            if ($files -or $isCompiledIn) {
                [pscustomobject]@{ Name = $library.Name; Edition = $editions[$target.Name]; Files = @($files); IsCompiledIn = $isCompiledIn }
            }
        }
    }

    $uses | Group-Object Name | Sort-Object Name -Culture en-US | ForEach-Object {
        [pscustomobject]@{
            Name         = $_.Name
            Editions     = @($_.Group | ForEach-Object Edition | Sort-Object)
            Files        = @($_.Group | ForEach-Object { $_.Files } | Sort-Object -Culture en-US)
            IsCompiledIn = $_.Group[0].IsCompiledIn
        }
    }
}

function ConvertTo-LibraryComponent($Library, $Restored, [string] $Stage) {
    $name, $version = $Library.Name -split '/'
    $component = [ordered]@{
        type       = 'library'
        name       = $name
        version    = $version
        purl       = "pkg:nuget/$name@$version"
        licenses   = @(@{ license = @{ id = Get-License $Restored $Library.Name } })
        properties = @($Library.Editions | ForEach-Object { [ordered]@{ name = 'IotCard:edition'; value = $_ } })
    }
    if ($Library.IsCompiledIn) {
        $component.description = 'Its sources are compiled into IotCard.dll and IotCard.Client.dll.'
    }

    if ($Library.Files) {
        $component.components = @($Library.Files | ForEach-Object { ConvertTo-FileComponent $Stage $_ })
    }

    $component
}

function ConvertTo-FileComponent([string] $Folder, [string] $Name) {
    $hash = (Get-FileHash (Join-Path $Folder $Name) -Algorithm SHA256).Hash.ToLowerInvariant()
    [ordered]@{ type = 'file'; name = $Name; hashes = @([ordered]@{ alg = 'SHA-256'; content = $hash }) }
}

# The SPDX identifier of a restored package's license.
function Get-License($Restored, [string] $Library) {
    # Packages from before there were license expressions name a page.
    $pages = @{ 'https://github.com/dotnet/corefx/blob/master/LICENSE.TXT' = 'MIT' }
    $files = $Restored.libraries.$Library
    $nuspec = $Restored.packageFolders.PSObject.Properties.Name |
        ForEach-Object { Join-Path $_ "$($files.path)/$($files.files | Where-Object { $_ -like '*.nuspec' })" } |
        Where-Object { Test-Path $_ } | Select-Object -First 1
    $text = [System.IO.File]::ReadAllText($nuspec)
    if ($text -match '<license type="expression">([^<]+)</license>') {
        return $Matches[1]
    }

    $page = if ($text -match '<licenseUrl>([^<]+)</licenseUrl>') { $Matches[1] }
    if (-not $page -or -not $pages.ContainsKey($page)) {
        throw "The license of $Library is not known: $nuspec has no expression, and build/Sbom.ps1 does not know the page '$page'."
    }

    $pages[$page]
}
