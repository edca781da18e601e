# Writes the package's bill of materials in CycloneDX format.

function Export-BillOfMaterials {
    param([Parameter(Mandatory)][string] $Root, [Parameter(Mandatory)][string] $Version)

    $assets = Get-Content (Join-Path $Root 'src/IotCard/obj/project.assets.json') -Raw | ConvertFrom-Json
    $shipped = foreach ($target in $assets.targets.PSObject.Properties) {
        foreach ($library in $target.Value.PSObject.Properties) {
            $isShipped = $library.Value.type -eq 'package' -and $library.Value.PSObject.Properties['runtime']
            if ($isShipped -and @($library.Value.runtime.PSObject.Properties.Name | Where-Object { $_ -notlike '*/_._' })) {
                $library.Name
            }
        }
    }

    $components = foreach ($library in $shipped | Sort-Object -Unique) {
        $name, $number = $library -split '/'
        [ordered]@{
            type    = 'library'
            name    = $name
            version = $number
            purl    = "pkg:nuget/$name@$number"
            hashes  = @([ordered]@{ alg = 'SHA-512'; content = ConvertTo-Hex $assets.libraries.$library.sha512 })
        }
    }

    $bill = [ordered]@{
        bomFormat   = 'CycloneDX'
        specVersion = '1.6'
        version     = 1
        metadata    = [ordered]@{
            component = [ordered]@{ type = 'library'; name = 'IotCard'; version = $Version; licenses = @(@{ license = @{ id = 'MIT' } }) }
        }
        components  = @($components)
    }
    $path = Join-Path $Root "out/IotCard.$Version.cdx.json"
    $null = New-Item (Split-Path $path) -ItemType Directory -Force
    [System.IO.File]::WriteAllText($path, (ConvertTo-Json $bill -Depth 8).Replace("`r`n", "`n") + "`n")
    $path
}

function ConvertTo-Hex {
    param([Parameter(Mandatory)][string] $Base64)

    -join ([Convert]::FromBase64String($Base64) | ForEach-Object { $_.ToString('x2') })
}
