# Creates the package for the gallery, and verifies it.

# Everything the package may contain. Anything else that a build produces is reported, not shipped.
function Get-PackageContent {
    param(
        [Parameter(Mandatory)][hashtable] $Manifest,

        # The folders of the client's images, below its portable build.
        [string[]] $Image
    )

    'IotCard.psd1', 'LICENSE', 'THIRD-PARTY-NOTICES'
    $Manifest.FormatsToProcess
    foreach ($culture in 'en-US', 'zh') {
        'IotCard.dll-Help.xml', 'about_IotCard.help.txt', 'about_IotCard_Outcomes.help.txt', 'about_IotCard_Settling.help.txt' | ForEach-Object { "$culture/$_" }
    }

    $dependencies = @{
        Core    = 'IotCard.Client', 'System.IO.Hashing'
        Desktop = 'IotCard.Client', 'Microsoft.Bcl.AsyncInterfaces', 'Microsoft.Bcl.TimeProvider',
        'System.Buffers', 'System.IO.Hashing', 'System.Memory', 'System.Numerics.Vectors',
        'System.Runtime.CompilerServices.Unsafe', 'System.Text.Encodings.Web', 'System.Text.Json',
        'System.Threading.Tasks.Extensions'
    }
    foreach ($edition in $dependencies.Keys) {
        "bin/$edition/IotCard.dll", "bin/$edition/zh/IotCard.resources.dll"
        $dependencies[$edition] | ForEach-Object { "bin/$edition/dependencies/$_.dll" }
    }

    $Image | ForEach-Object { "bin/Core/dependencies/$_/IotCard.Client.dll" }
}

# The folders of the ReadyToRun images that a package of this machine has: all of them, or none if the compiler does not run here.
function Get-ModuleImage {
    param([Parameter(Mandatory)][string] $Project)

    $items = Invoke-DotNet msbuild $Project '-getItem:ModuleImage' '-p:TargetFramework=net8.0' '-p:ModuleImages=all' | Out-String | ConvertFrom-Json
    $items.Items.ModuleImage | ForEach-Object { $_.Identity.Replace('\', '/') }
}

# Fails with a list of what is missing, what is superfluous, and what refers to debug symbols.
function Assert-PackageContent {
    param(
        [Parameter(Mandatory)][string] $Package,
        [Parameter(Mandatory)][string] $Unpacked,
        [Parameter(Mandatory)][hashtable] $Manifest,
        [string[]] $Image
    )

    $ofNuGet = '^(_rels/\.rels|\[Content_Types\]\.xml|IotCard\.nuspec|package/services/metadata/core-properties/[^/]+\.psmdcp)$'
    Add-Type -AssemblyName System.IO.Compression.FileSystem
    $archive = [System.IO.Compression.ZipFile]::OpenRead($Package)
    try {
        $actual = @($archive.Entries | ForEach-Object FullName)
    }
    finally {
        $archive.Dispose()
    }

    $expected = @(Get-PackageContent $Manifest $Image)
    $faults = @(
        $expected | Where-Object { $_ -cnotin $actual } | ForEach-Object { "missing: $_" }
        $actual | Where-Object { $_ -cnotin $expected -and $_ -notmatch $ofNuGet } | ForEach-Object { "does not belong: $_" }
        foreach ($assembly in Get-ChildItem $Unpacked -Recurse -Filter 'IotCard*.dll') {
            $version = [System.Diagnostics.FileVersionInfo]::GetVersionInfo($assembly.FullName).FileVersion
            if ($version -ne "$($Manifest.ModuleVersion).0") {
                "version $version instead of $($Manifest.ModuleVersion): $($assembly.FullName)"
            }

            # The signature of a reference to a file of debug symbols, which contains the path on the build machine.
            $text = [System.Text.Encoding]::GetEncoding('iso-8859-1').GetString([System.IO.File]::ReadAllBytes($assembly.FullName))
            if ($text.Contains('RSDS')) {
                "refers to debug symbols: $($assembly.FullName)"
            }
        }
    )
    if ($faults) {
        throw "The package is not as it should be:`n  $($faults -join "`n  ")"
    }
}

function ConvertTo-Nuspec {
    param([Parameter(Mandatory)][hashtable] $Manifest, [Parameter(Mandatory)][string] $ReleaseNote, [uri] $ProjectUri)

    $data = $Manifest.PrivateData.PSData
    # The gallery finds modules and commands by these tags.
    $tags = @($data.Tags) + 'PSModule', 'PSIncludes_Cmdlet' + @($Manifest.CmdletsToExport | ForEach-Object { "PSCmdlet_$_"; "PSCommand_$_" })
    $values = [ordered]@{
        id                       = 'IotCard'
        version                  = $Manifest.ModuleVersion
        authors                  = $Manifest.Author
        owners                   = $Manifest.CompanyName
        requireLicenseAcceptance = 'false'
        licenseUrl               = $data.LicenseUri
        projectUrl               = $ProjectUri
        description              = $Manifest.Description
        releaseNotes             = $ReleaseNote
        copyright                = $Manifest.Copyright
        tags                     = $tags -join ' '
    }

    $lines = foreach ($name in $values.Keys) {
        if ($values[$name]) {
            "    <$name>$([System.Security.SecurityElement]::Escape($values[$name]))</$name>"
        }
    }
    @"
<?xml version="1.0" encoding="utf-8"?>
<package xmlns="http://schemas.microsoft.com/packaging/2013/05/nuspec.xsd">
  <metadata>
$($lines -join "`n")
  </metadata>
  <files>
    <file src="IotCard/**" target="" />
  </files>
</package>
"@
}

# Windows PowerShell reads a file without a byte order mark in the machine's code page.
function Write-MarkedText([string] $File, [string] $Text) {
    [System.IO.File]::WriteAllText($File, $Text.Replace("`r`n", "`n"), [System.Text.UTF8Encoding]::new($true))
}

# Adds the address of its web page to each command's help. Get-Help -Online opens it, and is not offered without one.
function Add-OnlineHelp {
    param(
        [Parameter(Mandatory)][string] $Stage,

        # The project's page; the help's sources are assumed to be in docs/ at the version's tag, as on GitHub.
        [Parameter(Mandatory)][uri] $ProjectUri,

        [Parameter(Mandatory)][string] $Version
    )

    $maml = 'http://schemas.microsoft.com/maml/2004/10'
    $command = 'http://schemas.microsoft.com/maml/dev/command/2004/10'
    $cultures = @{ 'en-US' = 'en-US'; zh = 'zh-CN' }
    foreach ($folder in $cultures.Keys) {
        $file = Join-Path $Stage "$folder/IotCard.dll-Help.xml"
        $help = [System.Xml.XmlDocument]::new()
        $help.PreserveWhitespace = $true
        $help.LoadXml([System.IO.File]::ReadAllText($file))
        foreach ($section in @($help.GetElementsByTagName('command', $command))) {
            $name = $section['details', $command]['name', $command].InnerText
            $link = $help.CreateElement('maml', 'navigationLink', $maml)
            $null = $section['relatedLinks', $command].AppendChild($link)
            foreach ($part in @('linkText', 'Online Version:'), @('uri', "$("$ProjectUri".TrimEnd('/'))/blob/v$Version/docs/$($cultures[$folder])/$name.md")) {
                $element = $help.CreateElement('maml', $part[0], $maml)
                $element.InnerText = $part[1]
                $null = $link.AppendChild($element)
            }
        }

        [System.IO.File]::WriteAllText($file, $help.OuterXml, [System.Text.UTF8Encoding]::new($false))
    }
}

# Signs what PowerShell verifies under AllSigned and WDAC: scripts, data, formats and the module's own assemblies.
function Set-PackageSignature {
    param(
        [Parameter(Mandatory)][string] $Stage,

        [Parameter(Mandatory)][System.Security.Cryptography.X509Certificates.X509Certificate2] $Certificate
    )

    if (-not (Get-Command Set-AuthenticodeSignature -ErrorAction SilentlyContinue)) {
        throw 'Signing needs Windows: Set-AuthenticodeSignature is not here.'
    }

    $files = Get-ChildItem $Stage -Recurse -Include *.psd1, *.ps1xml, IotCard*.dll
    foreach ($file in $files) {
        $signature = Set-AuthenticodeSignature -FilePath $file.FullName -Certificate $Certificate -HashAlgorithm SHA256 -TimestampServer 'http://timestamp.digicert.com'
        if ($signature.Status -ne 'Valid') {
            throw "$($file.Name) could not be signed: $($signature.StatusMessage)"
        }
    }
}

# Builds both editions apart from any other build, and packs them. The same sources result in the same bytes.
function New-ModulePackage {
    param(
        [Parameter(Mandatory)][string] $Root,

        [uri] $ProjectUri,

        # Null leaves the package unsigned, and identical each time.
        [System.Security.Cryptography.X509Certificates.X509Certificate2] $SigningCertificate
    )

    # -WhatIf is about the later steps; only out/ is written here.
    $WhatIfPreference = $false
    $manifest = Read-ModuleManifest (Join-Path $Root 'IotCard.psd1')
    $notes = Get-ReleaseNote (Join-Path $Root 'CHANGELOG.md')
    if ($notes.Version -ne $manifest.ModuleVersion) {
        throw "CHANGELOG.md's newest section is of $($notes.Version), the manifest of $($manifest.ModuleVersion)."
    }

    $work = Join-Path $Root 'out/package'
    $stage = Join-Path $work 'IotCard'
    $project = Join-Path $Root 'src/IotCard/IotCard.csproj'
    if (Test-Path $work) {
        Remove-Item $work -Recurse -Force
    }

    $apart = '--configuration', 'Release', '--artifacts-path', (Join-Path $work 'build')
    $clean = '-p:DebugType=none', '-p:ContinuousIntegrationBuild=true'
    $clean += "-p:ModuleOutput=$($stage.Replace('\', '/'))/"
    # Twice: Directory.Build.targets says why.
    Invoke-DotNet build $project @apart @clean '-p:EmitCompilerGeneratedFiles=true' '-p:RunAnalyzers=false' '-p:ModuleImages=none' --verbosity quiet -nologo | Out-Host
    Invoke-DotNet build $project @apart @clean '-p:ReadPolyfillsBack=true' '-p:ModuleImages=all' --no-incremental --verbosity quiet -nologo | Out-Host
    $images = @(Get-ModuleImage $project)
    if (-not $images) {
        Write-Host 'Packing without ReadyToRun images: their compiler is pinned for Linux on x64. The module does the same without them; its first command takes longer.'
    }

    $staged = Join-Path $stage 'IotCard.psd1'
    $text = [System.IO.File]::ReadAllText($staged)
    $place = "ReleaseNotes = ''"
    if (-not $text.Contains($place)) {
        throw "The manifest has no place for the release notes: $place"
    }

    $note = [System.Management.Automation.Language.CodeGeneration]::EscapeSingleQuotedStringContent($notes.Text)
    $filled = "ReleaseNotes = '$note'"
    if ($ProjectUri) {
        $filled = "ProjectUri   = '$ProjectUri'`n            $filled"
    }

    Write-MarkedText $staged $text.Replace($place, $filled)
    if ($ProjectUri) {
        Add-OnlineHelp -Stage $stage -ProjectUri $ProjectUri -Version $manifest.ModuleVersion
    }

    if ($SigningCertificate) {
        Set-PackageSignature -Stage $stage -Certificate $SigningCertificate
    }

    $nuspec = Join-Path $work 'IotCard.nuspec'
    Write-MarkedText $nuspec (ConvertTo-Nuspec $manifest $notes.Text $ProjectUri)
    $fixed = '-p:Deterministic=true', '-p:DeterministicTimestamp=946684800'
    # NU5100: a module's assemblies are not those of a library. NU5125: the gallery identifies the license by its URL.
    Invoke-DotNet pack $project --no-build @apart @fixed "-p:NuspecFile=$nuspec" "-p:NuspecBasePath=$work" '-p:NoWarn="NU5100;NU5125"' --output (Join-Path $Root 'out') --verbosity quiet -nologo | Out-Host

    $package = Join-Path $Root "out/IotCard.$($manifest.ModuleVersion).nupkg"
    Assert-PackageContent -Package $package -Unpacked $stage -Manifest $manifest -Image $images
    $null = Export-Sbom -Stage $stage -Package $package -Assets (Join-Path $work 'build/obj/IotCard/project.assets.json') -Version $manifest.ModuleVersion
    [pscustomobject]@{ Path = $package; Folder = $stage; Version = $manifest.ModuleVersion }
}
